"""dolma: a tagger whose spans its own mixer takes out or replaces. ``--tagger_modules cleaner.adapters.dolma``."""

from __future__ import annotations

import json
import re
from typing import Any

from cleaner.adapters.base import Cleaned, Recipe, clean_row, engine
from cleaner.adapters.spans import OLD, FixedSpan, fixed_spans
from cleaner.errors import CleanerError
from cleaner.io.formats.base import FieldNames, document_of

with engine("dolma"):
    import smart_open
    from dolma import add_tagger
    from dolma.core.data_types import DocResult, Span
    from dolma.core.paths import glob_path
    from dolma.core.taggers import BaseTaggerWithMetadata

__all__ = ["TAGGER", "CleanTagger", "span_replacements"]

TAGGER = "article_cleaner"
"""The name of the tagger: ``--taggers article_cleaner``."""


@add_tagger(TAGGER)
class CleanTagger(BaseTaggerWithMetadata):  # type: ignore[misc]
    """Tags the spans that cleaning changes: ``remove_CLASS`` for what goes, ``replace_2019`` for what becomes “’”.

    The number is the code point in hexadecimal. ``insert_…`` puts it in front of the span.
    ``flag_…`` is the whole document, for filters of the mixer. The metadata tell title, url, author, date and site.

    A class of your own has other rules: ``@add_tagger("facts") class Facts(CleanTagger): recipe = Recipe.of(…)``.
    """

    recipe: Recipe | None = None
    keys = FieldNames()

    def __init__(self) -> None:
        self.cleaner = (self.recipe or Recipe.of()).cleaner()

    def predict(self, doc: Any) -> Any:
        """The spans of a document."""
        cleaned = clean_row(doc.text, document_of(doc.metadata, self.keys), self.cleaner)
        spans = [Span(one.start, one.end, _type(one)) for one in fixed_spans(doc.text, cleaned)]
        return DocResult(doc, [*spans, *_flags(doc, cleaned)])


def span_replacements(attributes: str, tagger: str = TAGGER) -> list[dict[str, Any]]:
    """What stands under ``span_replacement`` in the configuration of the mixer, for all that the tagger found.

    Args:
        attributes: a glob of attribute files, as ``"attributes/clean/*.gz"``.
        tagger: the name of the tagger.

    Raises:
        CleanerError: there are no such files.
    """
    keys: set[str] = set()
    paths = list(glob_path(attributes))
    if not paths:
        raise CleanerError(f"{attributes}: no attribute files; run dolma tag --taggers {tagger} before")
    for path in paths:
        with smart_open.open(path, "rt", encoding="utf-8") as lines:
            keys.update(key for line in lines for key in json.loads(line)["attributes"])
    found = {key: re.search(rf"__{tagger}__(remove|replace|insert)_(\w+)$", key) for key in sorted(keys)}
    return [
        {"span": f"$.attributes.{key}", "min_score": 0.5, "replacement": _replacement(match[1], match[2])}
        for key, match in found.items()
        if match
    ]


def _type(span: FixedSpan) -> str:
    if not span.replacement:
        return f"remove_{span.scrap_class.replace('-', '_')}"
    kind = "insert" if span.replacement.endswith(OLD) else "replace"
    return "_".join([kind, *(f"{ord(char):04X}" for char in span.replacement.removesuffix(OLD))])


def _replacement(kind: str, rest: str) -> str:
    text = "" if kind == "remove" else "".join(chr(int(code, 16)) for code in rest.split("_"))
    return text + OLD if kind == "insert" else text


def _flags(doc: Any, cleaned: Cleaned) -> list[Any]:
    return [Span(0, len(doc.text), f"flag_{flag}") for flag in cleaned.flags]
