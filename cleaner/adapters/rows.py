"""Rows as dicts, for engines that have no tables: what the Arrow kernel does with a batch, done with one row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cleaner.adapters.arrow import Columns, check_columns
from cleaner.adapters.base import Cleaned, clean_row, default_cleaner
from cleaner.errors import CleanerError
from cleaner.io.formats.base import FieldNames, document_of
from cleaner.model import METADATA_FIELDS, DocumentInfo
from cleaner.pipeline import Cleaner

__all__ = ["clean_element", "clean_fields"]


def clean_element(
    element: Any, cleaner: Cleaner | None = None, *, keys: FieldNames = FieldNames(), columns: Columns = Columns()
) -> Any:
    """A text becomes a cleaned text, and a dict becomes a dict with new fields; None stays None.

    Raises:
        CleanerError: the element is something else, or a dict that does not fit, as for :func:`clean_fields`.

    >>> clean_element("The council met to vote on the bridge.\\n\\nFollow us on:")
    'The council met to vote on the bridge.'
    """
    if element is None or isinstance(element, str):
        return clean_row(element, DocumentInfo(), cleaner or default_cleaner()).text
    if isinstance(element, Mapping):
        return clean_fields(element, cleaner, keys=keys, columns=columns)
    raise CleanerError(f"an element is a dict or a text, not {type(element).__name__}; make dicts of them before")


def clean_fields(
    row: Mapping[str, Any],
    cleaner: Cleaner | None = None,
    *,
    keys: FieldNames = FieldNames(),
    columns: Columns = Columns(),
) -> dict[str, Any]:
    """A new dict with its text cleaned and the fields of :class:`Columns` added, with the values that Arrow gives.

    A text that is None stays None. One that is no string stays as it is, with the flag "error:TypeError".

    Raises:
        CleanerError: there is no field of the text, or the name of a new field is taken.

    >>> row = clean_fields({"id": 1, "text": "The council met to vote on the bridge.\\n\\nFollow us on:"})
    >>> row["text"], row["removed"], row["flags"]
    ('The council met to vote on the bridge.', [{'start': 39, 'end': 54, 'rule': 'follow-us.networks'}], [])
    """
    added = {columns.removed, columns.metadata, columns.flags} - {""}
    if keys.text not in row or not added.isdisjoint(row):
        check_columns([(name, type(value).__name__, True) for name, value in row.items()], keys, columns)
    cleaned = _clean(row[keys.text], document_of(row, keys, keys.text), cleaner or default_cleaner())
    found = cleaned.result.metadata if cleaned.result else {}
    made = {
        columns.removed: cleaned.spans,
        columns.metadata: {name: found.get(name) for name in METADATA_FIELDS},
        columns.flags: list(cleaned.flags),
    }
    return {**row, keys.text: cleaned.text, **{name: made[name] for name in made if name}}


def _clean(text: Any, document: DocumentInfo, cleaner: Cleaner) -> Cleaned:
    if text is None or isinstance(text, str):
        return clean_row(text, document, cleaner)
    return Cleaned(text, None, ("error:TypeError",))
