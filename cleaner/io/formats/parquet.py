"""Parquet: batches of rows go through as Arrow has them; only the columns with new values are built again."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from cleaner.errors import CleanerError, extra_advice
from cleaner.io.compression import MOST_EXPANDED
from cleaner.io.formats.base import FieldNames, Row, RowFormat, RowOptions, Shard
from cleaner.io.formats.fields import settled, settled_note, with_texts
from cleaner.io.formats.parquet_columns import column_of, is_string, plain, type_of, with_values
from cleaner.io.problems import RowsError

__all__ = ["ParquetFormat", "ParquetSink"]

# Shards are small so that all workers have some; row groups that small would compress badly and read slowly.
_GROUP_BYTES = 32 << 20
_BUFFER_BYTES = 1 << 20


class ParquetFormat(RowFormat):
    """Rows of a Parquet file. The data of a shard, and what ``encode`` gives, is a stream of Arrow IPC with one batch.

    Columns named in ``added`` that the file lacks are added as its last ones, as strings that may be null, or of the
    type that ``kinds`` names. A name with dots leads into a column of structs. Needs pyarrow.
    """

    name = "parquet"
    suffixes = (".parquet",)
    pipeable = False
    sequential = False
    appendable = False

    def __init__(self, options: RowOptions = RowOptions()) -> None:
        self._added, self._most = options.added, options.most_bytes
        self._kinds = dict(options.kinds)

    def with_options(self, options: RowOptions) -> ParquetFormat:
        """See ``RowFormat``."""
        return ParquetFormat(options)

    def shards(self, source: IO[bytes], keys: FieldNames, least_bytes: int) -> Iterator[Shard]:
        """See ``RowFormat``. ``source`` must be seekable. A file without rows is one shard without rows.

        Raises:
            CleanerError: pyarrow is not installed.
        """
        pa = _pyarrow()
        with _damage(0):
            file = _open(source)
            schema = file.schema_arrow
        texts = _texts(schema, keys)
        _check_added(schema, self._types())
        done, notes = 0, settled_note(keys, texts)
        batches = _batches(file, least_bytes, texts)
        while True:
            with _damage(done):
                batch = next(batches, None)
                if batch is None:
                    break
                data = _to_ipc(batch)
            yield Shard(done + 1, data, texts, () if done else notes)
            done += batch.num_rows
        if not done:
            yield Shard(1, _to_ipc(pa.RecordBatch.from_pylist([], schema=schema)), texts, notes)

    def rows(self, shard: Shard, keys: FieldNames) -> Iterator[Row]:
        """See ``RowFormat``. Fields are those named in ``keys`` that are strings or whole numbers, and the only ones of
        their name."""
        batch = _from_ipc(shard.data)
        names = with_texts(keys, shard.texts)
        # Not all types have a value in Python: timestamps in nanoseconds, say, would need pandas.
        columns = {
            name: _values(column)
            for name in (*names.all, *self._added)
            if (column := column_of(batch, name)) is not None
            and (is_string(column.type) or _pyarrow().types.is_integer(column.type))
        }
        for number, values in enumerate(zip(*columns.values(), strict=True), shard.first):
            fields = dict(zip(columns, values, strict=True))
            for name in names.texts:
                yield self._row(number, fields, name)

    def _row(self, number: int, fields: dict[str, Any], name: str) -> Row:
        text = fields[name] or ""
        if len(text) > self._most:
            error = f"is longer than {self._most:,} bytes; raise --max-document-bytes to clean it"
            return Row(number, {**fields, name: ""}, "", error, name)
        if _is_utf8(text):
            return Row(number, fields, text, field=name)
        return Row(number, fields, "", f"the column {name!r} is not UTF-8; write it again as UTF-8", name)

    def encode(self, shard: Shard, changes: Mapping[int, Mapping[str, Any]], dropped: Collection[int]) -> bytes:
        """See ``RowFormat``. New fields must be named in ``added``, so that all batches have the same columns.

        Raises:
            ValueError: a change names a field that is neither a column nor in ``added``.
        """
        batch = _from_ipc(shard.data)
        added = [name for name in self._added if name not in batch.schema.names]
        new = _by_column(changes, shard.first)
        unknown = [name for name in new if name not in added and column_of(batch, name) is None]
        if unknown:
            raise ValueError(f"no columns {sorted(unknown)}; name new ones in added")
        if not new and not added and not dropped:
            return bytes(shard.data)
        types = self._types()
        batch = _with_columns(batch, {name: types[name] for name in added}, new)
        if dropped:
            pa = _pyarrow()
            kept = [number not in dropped for number in range(shard.first, shard.first + batch.num_rows)]
            batch = batch.filter(pa.array(kept, type=pa.bool_()))
        return _to_ipc(batch)

    def _types(self) -> dict[str, Any]:
        """The types of the new columns."""
        pa = _pyarrow()
        types = {"int": pa.int64(), "float": pa.float64(), "bool": pa.bool_()}
        return {name: types.get(self._kinds.get(name, ""), pa.string()) for name in self._added}

    def join(self, pieces: Iterable[bytes], target: Path) -> None:
        """See ``RowFormat``. The file is compressed with Zstandard."""
        with ParquetSink(target) as sink:
            for piece in pieces:
                sink.append(piece)


class ParquetSink:
    """A Parquet file to which batches of Arrow IPC are appended, all with the columns of the first.

    Without one batch at least there is no schema and nothing is written. Batches are gathered into row groups of about
    32 MB. ``target`` may be an open file, which stays open.

    >>> sink = ParquetSink(io.BytesIO(), compression="snappy")
    >>> sink.close()
    """

    def __init__(self, target: Path | str | IO[bytes], compression: str = "zstd") -> None:
        self._target, self._compression = target, compression
        self._writer: Any = None
        self._batches: list[Any] = []
        self._bytes = 0

    def append(self, data: bytes) -> None:
        """Add what ``ParquetFormat.encode`` gave."""
        batch = _from_ipc(data)
        if self._writer is None:
            target = str(self._target) if isinstance(self._target, Path) else self._target
            self._writer = _parquet().ParquetWriter(target, batch.schema, compression=self._compression)
        self._batches.append(batch)
        self._bytes += batch.nbytes
        if self._bytes >= _GROUP_BYTES:
            self._flush()

    def _flush(self) -> None:
        table = _pyarrow().Table.from_batches(self._batches, schema=self._writer.schema)
        if table.num_rows:
            # Every batch brings its own dictionary, and a column chunk has only one.
            self._writer.write_table(table.unify_dictionaries(), row_group_size=table.num_rows)
        self._batches, self._bytes = [], 0

    def close(self) -> None:
        """Write what is left. The file cannot be read before."""
        if self._writer is not None:
            self._flush()
            self._writer.close()
            self._writer = None

    def __enter__(self) -> ParquetSink:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _pyarrow() -> Any:
    try:
        import pyarrow
    except ImportError:
        raise CleanerError(f"Parquet files need pyarrow: {extra_advice('parquet')}") from None
    return pyarrow


def _parquet() -> Any:
    _pyarrow()
    import pyarrow.parquet

    return pyarrow.parquet


def _open(source: IO[bytes]) -> Any:
    # Without these two, whole row groups are read ahead: those can be as large as the file.
    return _parquet().ParquetFile(source, buffer_size=_BUFFER_BYTES, pre_buffer=False)


@contextmanager
def _damage(rows: int) -> Iterator[None]:
    """Turn errors of pyarrow into ``RowsError``; ``rows`` were read before. Errors of the disk pass."""
    try:
        yield
    except (_pyarrow().ArrowException, OSError, EOFError, UnicodeError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        reason = " ".join(str(error).split())[:200].rstrip(".")
        place = f"is damaged after row {rows}" if rows else "is damaged or not a Parquet file"
        raise RowsError(f"{place} ({reason}); fetch it again or write it anew") from None


def _batches(file: Any, least_bytes: int, texts: tuple[str, ...]) -> Iterator[Any]:
    """All batches, row group by row group: a batch of two would depend on how the reader stitches them."""
    for group in range(file.metadata.num_row_groups):
        about = file.metadata.row_group(group)
        if not about.num_rows:
            continue
        row_bytes = max(1, about.total_byte_size // about.num_rows)
        size = max(1, min(least_bytes // row_bytes, _most_rows(about, texts)))
        yield from file.iter_batches(batch_size=size, row_groups=[group])


_FREE_BYTES = 64 << 20
_BATCH_BYTES = 1 << 30
_INDEX_BYTES = 64


def _most_rows(about: Any, texts: tuple[str, ...]) -> int:
    """How many rows of a row group may be in memory together: a few bytes can stand for a long text of a dictionary.

    Raises:
        RowsError: a column expands to far more than text does.
    """
    most = int(about.num_rows)
    for number in range(about.num_columns):
        column = about.column(number)
        size, packed = column.total_uncompressed_size, max(1, column.total_compressed_size)
        if size > _FREE_BYTES and size > MOST_EXPANDED * packed:
            raise RowsError(f"has a column that expands to more than {MOST_EXPANDED} times its size; no text does that")
        if column.path_in_schema in texts and column.has_dictionary_page and size < _INDEX_BYTES * about.num_rows:
            most = min(most, _BATCH_BYTES // max(1, size))
    return most


def _texts(schema: Any, keys: FieldNames) -> tuple[str, ...]:
    """The columns that hold text.

    Raises:
        RowsError: there is none, or one that was asked for is missing or of another type.
    """
    shown = ", ".join(f"{field.name!r}: {field.type}" for field in list(schema)[:20])
    texts = settled(keys, lambda name: _is_text(schema, name, name in keys.texts), all_of_them=True)
    for name in texts or keys.texts:
        kind = type_of(schema, name)
        if kind is None:
            lack = "more than one column" if schema.names.count(name) > 1 else "no column"
            raise RowsError(f"has {lack} {name!r} (it has {shown}); name it with --text-key")
        if not is_string(kind):
            raise RowsError(
                f"the column {name!r} holds {kind}, not strings (the file has {shown}); "
                "name the one of the text with --text-key"
            )
    return texts or keys.texts


def _is_text(schema: Any, name: str, is_wanted: bool) -> bool:
    if is_wanted:
        return name in schema.names or type_of(schema, name) is not None
    kind = type_of(schema, name)
    return kind is not None and is_string(kind)


def _check_added(schema: Any, added: Mapping[str, Any]) -> None:
    for name, wanted in added.items():
        if schema.names.count(name) > 1:
            raise RowsError(f"has more than one column {name!r} already; choose another name for the new one")
        kind = schema.field(name).type if name in schema.names else None
        if kind is not None and kind != wanted and not (is_string(kind) and is_string(wanted)):
            raise RowsError(f"has a column {name!r} of {kind} already; rename it, or choose another for the new one")


def _to_ipc(batch: Any) -> bytes:
    sink = io.BytesIO()
    with _pyarrow().ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    return sink.getvalue()


def _from_ipc(data: bytes) -> Any:
    with _pyarrow().ipc.open_stream(data) as reader:
        return reader.read_next_batch()


def _values(column: Any) -> list[Any]:
    """The values in Python; bytes of strings that are not UTF-8 as surrogates (surrogateescape)."""
    try:
        return list(column.to_pylist())
    except UnicodeDecodeError:
        values = plain(column).cast(_pyarrow().large_binary()).to_pylist()
        return [None if value is None else value.decode("utf-8", "surrogateescape") for value in values]


def _is_utf8(text: str) -> bool:
    return text.isascii() or not any("\udc80" <= char <= "\udcff" for char in text)


def _by_column(changes: Mapping[int, Mapping[str, Any]], first: int) -> dict[str, dict[int, Any]]:
    """New values by column and by place in the batch.

    >>> _by_column({7: {"text": "a"}, 9: {"text": "b"}}, 7)
    {'text': {0: 'a', 2: 'b'}}
    """
    columns: dict[str, dict[int, Any]] = {}
    for number, change in changes.items():
        for name, value in change.items():
            columns.setdefault(name, {})[number - first] = value
    return columns


def _with_columns(batch: Any, added: Mapping[str, Any], new: Mapping[str, Mapping[int, Any]]) -> Any:
    pa = _pyarrow()
    schema, columns = batch.schema, list(batch.columns)
    for name, kind in added.items():
        schema = schema.append(pa.field(name, kind))
        columns.append(pa.nulls(batch.num_rows, kind))
    made = pa.RecordBatch.from_arrays(columns, schema=schema)
    for name, values in new.items():
        made = with_values(made, name, values)
    return made
