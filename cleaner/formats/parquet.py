"""Parquet: batches of rows go through as Arrow has them; only the columns with new values are made anew."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from cleaner.errors import CleanerError
from cleaner.formats.rows import Keys, Row, RowsError, Shard

__all__ = ["SUFFIXES", "ParquetFormat", "ParquetSink", "compression_of"]

SUFFIXES = (".parquet", ".pq")

# Shards are small so that all workers have some; row groups that small would compress badly and read slowly.
_GROUP_BYTES = 32 << 20
_BUFFER_BYTES = 1 << 20


class ParquetFormat:
    """Rows of a Parquet file. The data of a shard, and what ``encode`` gives, is a stream of Arrow IPC with one batch.

    Columns named in ``extra`` that the file lacks are added as its last ones, as strings that may be null. Needs
    pyarrow.
    """

    def __init__(self, extra: tuple[str, ...] = ()) -> None:
        self.extra = extra

    def shards(self, source: IO[bytes], keys: Keys, least_bytes: int) -> Iterator[Shard]:
        """See ``RowFormat``. ``source`` must be seekable. A file without rows is one shard without rows.

        Raises:
            CleanerError: pyarrow is not installed.
        """
        pa = _pyarrow()
        with _damage(0):
            file = _open(source)
            schema = file.schema_arrow
        _check_text(schema, keys)
        _check_extra(schema, self.extra)
        done = 0
        batches = _batches(file, least_bytes)
        while True:
            with _damage(done):
                batch = next(batches, None)
                if batch is None:
                    break
                data = _to_ipc(batch)
            yield Shard(done + 1, data)
            done += batch.num_rows
        if not done:
            yield Shard(1, _to_ipc(pa.RecordBatch.from_pylist([], schema=schema)))

    def rows(self, shard: Shard, keys: Keys) -> Iterator[Row]:
        """See ``RowFormat``. Fields are those named in ``keys`` that are strings or whole numbers."""
        batch = _from_ipc(shard.data)
        named = dict.fromkeys((keys.text, keys.id, keys.title, keys.url, keys.author, keys.date, keys.site))
        types = {field.name: field.type for field in batch.schema}
        # Not all types have a value in Python: timestamps in nanoseconds, say, would need pandas.
        columns = {
            name: _values(batch.column(name))
            for name in named
            if name in types and (_is_string(types[name]) or _pyarrow().types.is_integer(types[name]))
        }
        for number, values in enumerate(zip(*columns.values(), strict=True), shard.first):
            fields = dict(zip(columns, values, strict=True))
            text = fields[keys.text] or ""
            if _is_utf8(text):
                yield Row(number, fields, text)
            else:
                yield Row(number, fields, "", f"the column {keys.text!r} is not UTF-8; write it again as UTF-8")

    def encode(self, shard: Shard, changes: Mapping[int, Mapping[str, Any]], dropped: Collection[int]) -> bytes:
        """See ``RowFormat``. New fields must be named in ``extra``, so that all batches have the same columns.

        Raises:
            ValueError: a change names a field that is neither a column nor in ``extra``.
        """
        batch = _from_ipc(shard.data)
        added = [name for name in self.extra if name not in batch.schema.names]
        new = _by_column(changes, shard.first)
        unknown = set(new) - set(batch.schema.names) - set(added)
        if unknown:
            raise ValueError(f"no columns {sorted(unknown)}; name new ones in extra")
        if not new and not added and not dropped:
            return bytes(shard.data)
        batch = _with_columns(batch, added, new)
        if dropped:
            pa = _pyarrow()
            kept = [number not in dropped for number in range(shard.first, shard.first + batch.num_rows)]
            batch = batch.filter(pa.array(kept, type=pa.bool_()))
        return _to_ipc(batch)


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


def compression_of(source: IO[bytes]) -> str:
    """How a Parquet file is compressed, as ``ParquetSink`` takes it; "zstd" for one without rows.

    The file is at its beginning afterwards.

    Raises:
        RowsError: the file is damaged.
    """
    with _damage(0):
        about = _open(source).metadata
    source.seek(0)
    if not about.num_row_groups or not about.num_columns:
        return "zstd"
    name = about.row_group(0).column(0).compression.lower()
    return {"uncompressed": "none", "lz4_raw": "lz4"}.get(name, str(name))


def _pyarrow() -> Any:
    try:
        import pyarrow
    except ImportError:
        raise CleanerError("Parquet files need pyarrow; install article-cleaner[parquet]") from None
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
    """Errors of pyarrow become ``RowsError``; ``rows`` were read before. Those of the disk pass."""
    try:
        yield
    except (_pyarrow().ArrowException, OSError, EOFError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        reason = " ".join(str(error).split())[:200].rstrip(".")
        place = f"is damaged after row {rows}" if rows else "is damaged or no Parquet file"
        raise RowsError(f"{place} ({reason}); fetch it again or write it anew") from None


def _batches(file: Any, least_bytes: int) -> Iterator[Any]:
    """All batches, row group by row group: a batch of two would depend on how the reader stitches them."""
    for group in range(file.metadata.num_row_groups):
        about = file.metadata.row_group(group)
        if not about.num_rows:
            continue
        row_bytes = max(1, about.total_byte_size // about.num_rows)
        yield from file.iter_batches(batch_size=max(1, least_bytes // row_bytes), row_groups=[group])


def _check_text(schema: Any, keys: Keys) -> None:
    shown = ", ".join(f"{field.name!r}: {field.type}" for field in list(schema)[:20])
    count = schema.names.count(keys.text)
    if count != 1:
        lack = "no column" if not count else "more than one column"
        raise RowsError(f"has {lack} {keys.text!r} (it has {shown}); name the one of the text with --text-key")
    kind = schema.field(keys.text).type
    if not _is_string(kind):
        raise RowsError(
            f"the column {keys.text!r} holds {kind}, not strings (the file has {shown}); "
            "name the one of the text with --text-key"
        )


def _check_extra(schema: Any, extra: tuple[str, ...]) -> None:
    for name in extra:
        kind = schema.field(name).type if name in schema.names else None
        if kind is not None and not _is_string(kind):
            raise RowsError(f"has a column {name!r} of {kind} already; rename it, or choose another for the new one")


def _is_string(kind: Any) -> bool:
    types = _pyarrow().types
    if types.is_dictionary(kind):
        kind = kind.value_type
    return bool(types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind))


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
        values = _plain(column).cast(_pyarrow().large_binary()).to_pylist()
        return [None if value is None else value.decode("utf-8", "surrogateescape") for value in values]


def _is_utf8(text: str) -> bool:
    return text.isascii() or not any("\udc80" <= char <= "\udcff" for char in text)


def _plain(column: Any) -> Any:
    return column.dictionary_decode() if _pyarrow().types.is_dictionary(column.type) else column


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


def _with_columns(batch: Any, added: list[str], new: Mapping[str, Mapping[int, Any]]) -> Any:
    pa = _pyarrow()
    schema, columns = batch.schema, list(batch.columns)
    for name in added:
        schema = schema.append(pa.field(name, pa.string()))
        columns.append(pa.nulls(batch.num_rows, pa.string()))
    for name, values in new.items():
        place = schema.names.index(name)
        columns[place] = _replaced(columns[place], values)
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def _replaced(column: Any, new: Mapping[int, Any]) -> Any:
    """A column with new values in some places, of the same type. The other values never become Python's."""
    import pyarrow.compute

    pa, kind = _pyarrow(), column.type
    plain = _plain(column)
    if pa.types.is_string_view(plain.type):
        plain = plain.cast(pa.large_string())
    mask = pa.array([place in new for place in range(len(column))], type=pa.bool_())
    values = pa.array([new[place] for place in sorted(new)], type=plain.type)
    made = pyarrow.compute.replace_with_mask(plain, mask, values)
    if pa.types.is_dictionary(kind):
        made = made.cast(kind.value_type).dictionary_encode()
    return made if made.type == kind else made.cast(kind)
