"""spaCy: a component that marks scraps as spans, and texts that are clean before the tokenizer sees them."""

# Without `from __future__ import annotations`: older versions of spaCy read the types of a factory from objects only.

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from cleaner.adapters.base import Recipe, clean_row, default_cleaner, engine
from cleaner.adapters.notes import clean_noted, note_of
from cleaner.adapters.places import places_of
from cleaner.adapters.plain import plain_cleaner
from cleaner.io.formats.base import FieldNames, document_of
from cleaner.pipeline import Cleaner

with engine("spacy"):
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["FACTORY", "ScrapMarker", "clean_texts", "make_scrap_marker"]

FACTORY = "article_cleaner"
"""The name of the factory, and the key of ``doc.user_data`` that holds the notes."""

_NONE = {"profile": None, "threshold": None, "config": None}
_DEFAULTS: dict[str, Any] = {"spans_key": "scraps", **_NONE, "keep": [], "drop": [], "rules": []}


def clean_texts(
    texts: Iterable[str | tuple[str, Mapping[str, Any]]], cleaner: Cleaner | None = None
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Cleaned texts with their contexts, for ``nlp.pipe(clean_texts(texts), as_tuples=True)``. A context may tell
    title, url, author, date and site, and gains what :func:`cleaner.adapters.notes.note_of` notes.

    >>> [(text, context)] = clean_texts([("The council met to vote on the bridge.\\n\\nFollow us on:", {"id": 7})])
    >>> text, context["id"], context["clean_removed_by"]
    ('The council met to vote on the bridge.', 7, 'follow-us.networks')
    """
    for one in texts:
        text, context = (one, {}) if isinstance(one, str) else one
        cleaned, notes = clean_noted(text, context, FieldNames(), cleaner or default_cleaner())
        yield cleaned, {**context, **notes}


class ScrapMarker:
    """Marks in ``doc.spans`` what cleaning would remove, and leaves the text as it is.

    A span has the class of scrap as its label and the rule as its id; it covers whole tokens. Title, url, author, date
    and site are read from ``doc.user_data``, where the notes come as well. It pickles.
    """

    def __init__(self, cleaner: Cleaner | None = None, spans_key: str = "scraps") -> None:
        self.recipe, self.spans_key = Recipe.of(cleaner), spans_key

    def __call__(self, doc: Doc) -> Doc:
        document = document_of(doc.user_data, FieldNames())
        cleaned = clean_row(doc.text, document, self.recipe.cleaner())
        doc.spans[self.spans_key] = [
            doc.char_span(place.start, place.end, place.scrap_class, span_id=place.rule, alignment_mode="expand")
            for place in (places_of(cleaned.result) if cleaned.result else ())
        ]
        doc.user_data[FACTORY] = note_of(cleaned, document)
        return doc


@Language.factory(FACTORY, default_config=_DEFAULTS, assigns=["doc.spans"])  # type: ignore[untyped-decorator]
def make_scrap_marker(
    nlp: Language,
    name: str,
    spans_key: str,
    profile: str | None,
    threshold: float | None,
    keep: list[str],
    drop: list[str],
    rules: list[str],
    config: str | None,
) -> ScrapMarker:
    """The component ``article_cleaner``; its settings are those of :func:`cleaner.adapters.plain.plain_cleaner`."""
    lists = {"keep": keep, "drop": drop, "rules": rules}
    return ScrapMarker(plain_cleaner(profile=profile, threshold=threshold, config=config, **lists), spans_key)
