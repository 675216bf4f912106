"""Columns of Arrow by their names, also inside structs, and new values in them. Importing this needs no pyarrow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cleaner.io.formats.fields import paths_of

__all__ = ["column_of", "is_string", "plain", "type_of", "with_values"]


def is_string(kind: Any) -> bool:
    """Whether a type is one of strings."""
    import pyarrow.types as types

    if types.is_dictionary(kind):
        kind = kind.value_type
    return bool(types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind))


def plain(column: Any) -> Any:
    """A column without a dictionary."""
    import pyarrow.types as types

    return column.dictionary_decode() if types.is_dictionary(column.type) else column


def type_of(schema: Any, name: str) -> Any:
    """The type of a column, or of a field in its structs; None without exactly one of that name."""
    import pyarrow.types as types

    for head, rest in paths_of(name):
        if schema.names.count(head) != 1:
            continue
        kind = schema.field(head).type
        for part in rest.split(".") if rest else ():
            place = kind.get_field_index(part) if types.is_struct(kind) else -1
            if place < 0:
                break
            kind = kind.field(place).type
        else:
            return kind
    return None


def column_of(batch: Any, name: str) -> Any:
    """The values that a name leads to, null where a struct is; None without exactly one column of that name."""
    import pyarrow.types as types

    for head, rest in paths_of(name):
        if batch.schema.names.count(head) != 1:
            continue
        column = batch.column(head)
        for part in rest.split(".") if rest else ():
            place = column.type.get_field_index(part) if types.is_struct(column.type) else -1
            if place < 0:
                break
            column = column.flatten()[place]
        else:
            return column
    return None


def with_values(batch: Any, name: str, new: Mapping[int, Any]) -> Any:
    """A batch with new values of a column, or of a field in its structs, in some places; all types stay."""
    import pyarrow as pa

    head, rest = next((head, rest) for head, rest in paths_of(name) if batch.schema.names.count(head) == 1)
    place = batch.schema.names.index(head)
    columns = list(batch.columns)
    columns[place] = _with_values(columns[place], rest.split(".") if rest else [], new)
    return pa.RecordBatch.from_arrays(columns, schema=batch.schema)


def _with_values(column: Any, path: list[str], new: Mapping[int, Any]) -> Any:
    import pyarrow as pa

    if not path:
        return _replaced(column, new)
    children = column.flatten()
    place = column.type.get_field_index(path[0])
    children[place] = _with_values(children[place], path[1:], new)
    fields = [column.type.field(number) for number in range(column.type.num_fields)]
    return pa.StructArray.from_arrays(children, fields=fields, mask=column.is_null())


def _replaced(column: Any, new: Mapping[int, Any]) -> Any:
    """A column with new values in some places, of the same type. The other values never become Python's."""
    import pyarrow as pa
    import pyarrow.compute

    kind = column.type
    values_of = plain(column)
    if pa.types.is_string_view(values_of.type):
        values_of = values_of.cast(pa.large_string())
    mask = pa.array([place in new for place in range(len(column))], type=pa.bool_())
    values = pa.array([new[place] for place in sorted(new)], type=values_of.type)
    made = pyarrow.compute.replace_with_mask(values_of, mask, values)
    if pa.types.is_dictionary(kind):
        made = made.cast(kind.value_type).dictionary_encode()
    return made if made.type == kind else made.cast(kind)
