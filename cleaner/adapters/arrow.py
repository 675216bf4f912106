"""The kernel of all adapters: record batches in, record batches out, with what was removed in columns of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cleaner.adapters.base import Cleaned, clean_row, default_cleaner, engine
from cleaner.errors import CleanerError
from cleaner.io.formats.base import FieldNames, document_of
from cleaner.model import METADATA_FIELDS, DocumentInfo
from cleaner.pipeline import Cleaner
from cleaner.pipeline.signals import SIGNAL_TYPES, signals_of

__all__ = [
    "Columns",
    "check_columns",
    "clean_array",
    "clean_batch",
    "clean_batches",
    "clean_table",
    "new_fields",
    "output_schema",
]

_ROWS = 1024  # of which the Python values are held at a time, whatever the batches


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of the new columns; an empty name leaves one out. None but the signals is ever null.

    Attributes:
        removed: ``list<struct<start: int64, end: int64, rule: string>>``, the edits by place: half-open offsets in
            code points into the repaired text (``CleanResult.repaired``), which is what repair makes of the column's
            old value. Rewritten pieces count too; what they became is to be read in the text.
        metadata: ``struct`` with a string for each of ``METADATA_FIELDS``, null where nothing was found. A struct
            because not every engine has maps.
        flags: ``list<string>``: the flags of the document, or "error:CLASS" for one that could not be cleaned and is
            as it was.
        signals: ``struct`` of the signals of :mod:`cleaner.pipeline.signals`, null for a document that could not be
            cleaned; left out unless it is named.
    """

    removed: str = "removed"
    metadata: str = "metadata"
    flags: str = "flags"
    signals: str = ""


def new_fields(columns: Columns = Columns()) -> list[Any]:
    """The ``pyarrow.Field`` of every new column, in order.

    >>> [field.name for field in new_fields(Columns(metadata="found"))]
    ['removed', 'found', 'flags']
    """
    pa = _pyarrow()
    edit = pa.struct([("start", pa.int64()), ("end", pa.int64()), ("rule", pa.string())])
    kinds = {int: pa.int64(), float: pa.float64(), bool: pa.bool_(), str: pa.string()}
    types = {
        columns.removed: pa.list_(edit),
        columns.metadata: pa.struct([(name, pa.string()) for name in METADATA_FIELDS]),
        columns.flags: pa.list_(pa.string()),
        columns.signals: pa.struct([(name, kinds[kind]) for name, kind in SIGNAL_TYPES.items()]),
    }
    return [pa.field(name, kind) for name, kind in types.items() if name]


def output_schema(schema: Any, keys: FieldNames = FieldNames(), columns: Columns = Columns()) -> Any:
    """The schema of what comes out when batches of this one go in, for engines that ask beforehand.

    Raises:
        CleanerError: there is no text column, it holds no strings, or a new column's name is taken.

    >>> import pyarrow as pa
    >>> output_schema(pa.schema([("id", pa.int64()), ("text", pa.large_string())])).names
    ['id', 'text', 'removed', 'metadata', 'flags']
    """
    check_columns([(field.name, str(field.type), _is_text(field.type)) for field in schema], keys, columns)
    for field in new_fields(columns):
        schema = schema.append(field)
    return schema


def check_columns(found: Sequence[tuple[str, str, bool]], keys: FieldNames, columns: Columns) -> None:
    """See that the columns of an engine fit, each given by its name, its type in words, and whether it holds strings.

    Raises:
        CleanerError: as for :func:`output_schema`.
    """
    shown = ", ".join(f"{name!r}: {kind}" for name, kind, _ in found[:20]) or "no columns"
    kinds = [is_text for name, _, is_text in found if name == keys.text]
    if len(kinds) != 1:
        lack = "more than one" if kinds else "no"
        raise CleanerError(
            f"there is {lack} column {keys.text!r}, only {shown}; name the one of the text: FieldNames(text=…)"
        )
    if not kinds[0]:
        raise CleanerError(
            f"the column {keys.text!r} holds no strings (there is {shown}); name another: FieldNames(text=…)"
        )
    taken = {columns.removed, columns.metadata, columns.flags, columns.signals} & {name for name, _, _ in found} - {""}
    if taken:
        raise CleanerError(f"the name {min(taken)!r} is taken (there is {shown}); choose another one: Columns(…)")


def clean_batch(
    batch: Any, cleaner: Cleaner | None = None, *, keys: FieldNames = FieldNames(), columns: Columns = Columns()
) -> Any:
    """Clean a ``pyarrow.RecordBatch``: all columns stay as they are, the text is cleaned, new columns come last.

    The text column keeps its type; null stays null and empty stays empty. Columns of a known title, url, author, date
    and site are used where there are any. A document that cannot be cleaned stays as it is and is flagged.

    Args:
        batch: any record batch with a column of strings.
        cleaner: by default the built-in rules.
        keys: the names of the columns that matter.
        columns: the names of the new columns.

    Raises:
        CleanerError: as for :func:`output_schema`.

    >>> import pyarrow as pa
    >>> batch = pa.RecordBatch.from_pydict({"text": ["The council met to vote on the bridge.\\n\\nFollow us on:"]})
    >>> clean_batch(batch)["text"].to_pylist()
    ['The council met to vote on the bridge.']
    """
    pa = _pyarrow()
    schema = output_schema(batch.schema, keys, columns)
    rows = _clean_rows(batch, cleaner or default_cleaner(), keys)
    arrays = list(batch.columns)
    place = batch.schema.names.index(keys.text)
    arrays[place] = _with_texts(arrays[place], rows)
    made = {
        columns.removed: [row.spans for row in rows],
        columns.metadata: [_metadata(row) for row in rows],
        columns.flags: [list(row.flags) for row in rows],
        columns.signals: [_signals(row) for row in rows] if columns.signals else [],
    }
    arrays += [pa.array(made[field.name], type=field.type) for field in new_fields(columns)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def clean_batches(
    batches: Iterable[Any],
    cleaner: Cleaner | None = None,
    *,
    keys: FieldNames = FieldNames(),
    columns: Columns = Columns(),
) -> Iterator[Any]:
    """Clean record batches one after the other, in pieces of about a thousand rows: memory does not grow."""
    for batch in batches:
        for start in range(0, max(1, batch.num_rows), _ROWS):
            yield clean_batch(batch.slice(start, _ROWS), cleaner, keys=keys, columns=columns)


def clean_table(
    table: Any, cleaner: Cleaner | None = None, *, keys: FieldNames = FieldNames(), columns: Columns = Columns()
) -> Any:
    """Like :func:`clean_batch`, for a ``pyarrow.Table``."""
    schema = output_schema(table.schema, keys, columns)
    made = clean_batches(table.to_batches(), cleaner, keys=keys, columns=columns)
    return _pyarrow().Table.from_batches(made, schema=schema)


def clean_array(texts: Any, cleaner: Cleaner | None = None) -> Any:
    """Only the cleaned texts, of a ``pyarrow.Array`` or ``ChunkedArray``; the type stays.

    >>> import pyarrow as pa
    >>> clean_array(pa.array(["The council met to vote on the bridge.\\n\\nFollow us on:", None])).to_pylist()
    ['The council met to vote on the bridge.', None]
    """
    pa = _pyarrow()
    table = clean_table(pa.table({"text": texts}), cleaner, columns=Columns("", "", ""))
    return table["text"] if isinstance(texts, pa.ChunkedArray) else table["text"].combine_chunks()


def _clean_rows(batch: Any, cleaner: Cleaner, keys: FieldNames) -> list[Cleaned]:
    wanted = {keys.title, keys.url, keys.author, keys.date, keys.site} - {keys.text, ""}
    names = [name for name in batch.schema.names if name in wanted and _is_text(batch.schema.field(name).type)]
    known = zip(*(_texts(batch.column(name)) for name in names), strict=True) if names else [()] * batch.num_rows
    documents = (document_of(dict(zip(names, values, strict=True)), keys) for values in known)
    texts = _texts(batch.column(keys.text))
    return [_clean(text, document, cleaner) for text, document in zip(texts, documents, strict=True)]


def _clean(text: str | UnicodeDecodeError | None, document: DocumentInfo, cleaner: Cleaner) -> Cleaned:
    if isinstance(text, UnicodeDecodeError):
        return Cleaned(None, None, ("error:UnicodeDecodeError",))
    return clean_row(text, document, cleaner)


def _texts(column: Any) -> list[str | UnicodeDecodeError | None]:
    """The values in Python, with the error in place of one that is not UTF-8."""
    try:
        return list(column.to_pylist())
    except UnicodeDecodeError:
        return [_text(value) for value in column]


def _text(value: Any) -> str | UnicodeDecodeError | None:
    try:
        text: str | None = value.as_py()
    except UnicodeDecodeError as error:
        return error
    return text


def _with_texts(column: Any, rows: Sequence[Cleaned]) -> Any:
    """The column with the cleaned texts, of the same type; what was not cleaned never becomes a Python value."""
    import pyarrow.compute

    pa, kind = _pyarrow(), column.type
    plain = column.dictionary_decode() if pa.types.is_dictionary(kind) else column
    if pa.types.is_string_view(plain.type):
        plain = plain.cast(pa.large_string())  # there is no if_else for views
    new = pa.array([row.text if row.result else None for row in rows], type=plain.type)
    is_new = pa.array([row.result is not None for row in rows], type=pa.bool_())
    made = pyarrow.compute.if_else(is_new, new, plain)
    if pa.types.is_dictionary(kind):
        made = made.cast(kind.value_type).dictionary_encode()
    return made if made.type == kind else made.cast(kind)


def _signals(row: Cleaned) -> dict[str, Any] | None:
    return signals_of(row.result).as_dict() if row.result else None


def _metadata(row: Cleaned) -> dict[str, str]:
    return row.result.metadata if row.result else {}


def _is_text(kind: Any) -> bool:
    types = _pyarrow().types
    if types.is_dictionary(kind):
        kind = kind.value_type
    return bool(types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind))


def _pyarrow() -> Any:
    with engine("arrow"):
        import pyarrow
    return pyarrow
