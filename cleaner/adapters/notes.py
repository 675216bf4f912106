"""What is noted about a cleaned text, in plain values: strings and numbers, as metadata of vector stores hold them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple

from cleaner.adapters.base import Cleaned, clean_row
from cleaner.io.formats.base import FieldNames, document_of
from cleaner.model import DocumentInfo
from cleaner.pipeline import Cleaner
from cleaner.text.prose import count_words

__all__ = ["NOTES", "Noted", "clean_noted", "counts_of", "note_of"]

NOTES = ("clean_words_lost", "clean_removed_by", "clean_flags")
"""The notes that every cleaned text has."""


class Noted(NamedTuple):
    """A text after cleaning, and what is noted about it."""

    text: str
    notes: dict[str, str | int]


def clean_noted(text: str, fields: Mapping[str, Any], keys: FieldNames, cleaner: Cleaner) -> Noted:
    """Clean a text with what the fields beside it say. Nothing raises: a text that fails stays, and a flag tells why.

    >>> text = "The council met to vote on the bridge.\\n\\nBy Jane Doe\\n\\nFollow us on:"
    >>> for name, value in clean_noted(text, {"title": "A bridge"}, FieldNames(), Cleaner()).notes.items():
    ...     print(f"{name}: {value!r}")
    clean_words_lost: 6
    clean_removed_by: 'byline.by-name; follow-us.networks'
    clean_flags: ''
    clean_author: 'Jane Doe'
    """
    document = document_of(fields, keys)
    cleaned = clean_row(text, document, cleaner)
    return Noted(cleaned.text or "", note_of(cleaned, document))


def note_of(cleaned: Cleaned, document: DocumentInfo) -> dict[str, str | int]:
    """What is noted about a cleaned text, as strings and numbers; several of one kind are joined by "; ".

    ``clean_words_lost`` is how many words of the repaired text are gone, ``clean_removed_by`` names the rules, and
    ``clean_flags`` the flags. ``clean_author``, ``clean_date`` and the like are what removed lines told and the
    document did not know.
    """
    result = cleaned.result
    rules = dict.fromkeys(edit.rule for edit in (result.edits if result else ()))
    found = {name: value for name, value in (result.metadata if result else {}).items() if name not in document.known}
    return {
        **dict(zip(NOTES, (_words_lost(cleaned), "; ".join(rules), "; ".join(cleaned.flags)), strict=True)),
        **{f"clean_{name}": value for name, value in found.items()},
    }


def counts_of(cleaned: Cleaned) -> dict[str, int]:
    """What a cleaned text adds to the statistics of a run.

    ``documents``, ``changed`` and ``words_lost``, then ``removed/CLASS`` and ``flags/FLAG`` where there are some.

    >>> counts_of(clean_row("The council met to vote.\\n\\nFollow us on:", DocumentInfo(), Cleaner()))
    {'documents': 1, 'changed': 1, 'words_lost': 3, 'removed/follow-us': 1}
    """
    result = cleaned.result
    changed = int(result is not None and cleaned.text != result.original())  # the ending of a text is no change
    counts = Counter({"documents": 1, "changed": changed, "words_lost": _words_lost(cleaned)})
    counts.update(f"removed/{edit.scrap_class}" for edit in (result.edits if result else ()))
    counts.update(f"flags/{flag}" for flag in cleaned.flags)
    return dict(counts)


def _words_lost(cleaned: Cleaned) -> int:
    result = cleaned.result
    return max(0, count_words(result.repaired) - count_words(result.text)) if result else 0
