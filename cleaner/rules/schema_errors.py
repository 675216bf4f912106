"""What msgspec finds wrong with the data of a file, in plain English: what is wrong, at which key, what is allowed.

msgspec stops at the first mistake and tells the path of the value; the keys of tables it leaves out ("[...]"). The
schema classes tell the rest: the names that are allowed, and what a text of some form is called.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

import msgspec

from cleaner.rules.violations import Violation, allowed_names

__all__ = ["violation_in", "violations_in"]


class _Member(NamedTuple):
    """One type that a value may have, without its annotations, and the constraints of these."""

    type: Any
    constraints: tuple[msgspec.Meta, ...]


class _Spot(NamedTuple):
    """The value that is wrong, the types it may have, and the types and the value of what holds it."""

    keys: tuple[str | int, ...]
    value: Any
    members: tuple[_Member, ...]
    holder: Any = None  # the struct that holds the table whose key is wrong


def violation_in(data: Any, spec: Any) -> Violation | None:
    """What is wrong with the data of a file: the first mistake, or None when the data fits.

    Args:
        data: tables, arrays and values, as ``tomllib`` reads them.
        spec: the type that the data should have, such as ``RuleSpec``.

    >>> from cleaner.rules.schema import RuleSpec
    >>> violation_in({"id": "own.by", "description": "A byline", "zonne": "head"}, RuleSpec)
    Violation(message="unknown key 'zonne'", keys=('zonne',), hint="did you mean 'zone'?")
    >>> violation_in({"id": "own.by", "description": "A byline", "max-words": -1}, RuleSpec).message
    'max-words cannot be less than 0'
    """
    try:
        msgspec.convert(data, spec)
    except msgspec.ValidationError as error:
        what, _, path = str(error).partition(" - at `")
        spot = _spot(data, spec, path)
        return _names(what, spot) or _key(spot) or _value(what, spot)
    return None


def violations_in(data: Any, spec: Any) -> Iterator[Violation]:
    """Everything that is wrong with the data of a file, one after the other.

    What was found is taken out of a copy of the data, or filled in, so that the next mistake shows.

    Args:
        data: tables, arrays and values, as ``tomllib`` reads them.
        spec: the type that the data should have.

    >>> from cleaner.rules.schema import RuleSpec
    >>> [found.message for found in violations_in({"id": "own.by", "zonne": "head", "max-words": -1}, RuleSpec)]
    ["unknown key 'zonne'", 'max-words cannot be less than 0', "the key 'description' is missing"]
    """
    left = deepcopy(data)
    filled, taken = set[tuple[str | int, ...]](), set[tuple[str | int, ...]]()
    for _ in range(_MOST):
        violation = violation_in(left, spec)
        if violation is None:
            return
        missing = re.fullmatch(_MISSING, violation.message)
        place = (*violation.keys, missing[1]) if missing else violation.keys
        if place not in taken:
            yield violation
        if not place or place in filled:
            return  # nothing is known that may stand there
        if missing:
            filled.add(place)
            _fill(left, place, spec)
        else:
            if not isinstance(place[-1], int):
                taken.add(place)
            _take_out(left, violation)


_MOST = 40
_MISSING = r"the key '(.+)' is missing"
_FILLINGS: tuple[Any, ...] = ("own.filled", "filled", 1, True, [], {})


def _take_out(data: Any, violation: Violation) -> None:
    """Take out the value that is wrong; a key that is only misspelt gets its name, so that its value is looked at."""
    *above, last = violation.keys
    holder: Any = data
    for key in above:
        holder = holder[key]
    value = holder.pop(last)
    meant = re.fullmatch(r"did you mean '(.+)'\?", violation.hint)
    if meant and violation.message.startswith("unknown key") and meant[1] not in holder:
        holder[meant[1]] = value
    if holder == [] and above:  # it was not empty before
        _take_out(data, Violation("", tuple(above)))


def _fill(data: Any, place: tuple[str | int, ...], spec: Any) -> None:
    """Put something at a place that may stand there."""
    *above, last = place
    holder: Any = data
    for key in above:
        holder = holder[key]
    for filling in _FILLINGS:
        holder[last] = filling
        found = violation_in(data, spec)
        if found is None or found.keys[: len(place)] != place:
            return


# Where it is

_STEP = re.compile(r"\.([^.\[\]`]+)|\[(\d+|\.\.\.)\]")


def _spot(data: Any, spec: Any, path: str) -> _Spot:
    """The spot that the path of a message leads to: "$.rule[0].lines[...]`", or "key` in `$.rule[0].lines`"."""
    spot = _Spot((), data, tuple(_members(spec)))
    holder = None
    for name, index in _STEP.findall(path):
        holder = _struct(spot.members) or holder
        spot = _below(spot, name or (index if index == "..." else int(index)))
    if not path.startswith("key`"):
        return spot
    table = _dict(spot.members)
    for key in spot.value:
        if not _fits(key, table.key):
            return _Spot((*spot.keys, key), key, tuple(_members(table.key)), holder)
    return spot


def _below(spot: _Spot, step: str | int) -> _Spot:
    """The spot one step further down."""
    value: Any
    if isinstance(step, int):
        return _Spot((*spot.keys, step), spot.value[step], tuple(_items(spot.members)))
    if step != "...":
        (field,) = (one for one in msgspec.structs.fields(_struct(spot.members)) if one.encode_name == step)
        return _Spot((*spot.keys, step), spot.value[step], tuple(_members(field.type)))
    table = _dict(spot.members)
    key, value = next((key, value) for key, value in spot.value.items() if not _fits(value, table.value))
    return _Spot((*spot.keys, key), value, tuple(_members(table.value)))


def _members(annotation: Any, constraints: tuple[msgspec.Meta, ...] = ()) -> Iterator[_Member]:
    """The types of a union, each with the constraints of its annotations."""
    if get_origin(annotation) is Annotated:
        inner, *metas = get_args(annotation)
        yield from _members(inner, (*constraints, *metas))
    elif get_origin(annotation) in (Union, UnionType):
        for one in get_args(annotation):
            yield from _members(one, constraints)
    elif annotation not in (NoneType, msgspec.UnsetType):
        yield _Member(annotation, constraints)


class _Table(NamedTuple):
    key: Any
    value: Any


def _dict(members: tuple[_Member, ...]) -> _Table:
    return next(_Table(*get_args(one.type)) for one in members if get_origin(one.type) is dict)


def _struct(members: tuple[_Member, ...]) -> Any:
    """The struct among some types, or None."""
    return next((one.type for one in members if _is_struct(one.type)), None)


def _is_struct(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def _items(members: tuple[_Member, ...]) -> Iterator[_Member]:
    """The types that the items of an array may have."""
    for one in members:
        if get_origin(one.type) in (list, tuple):
            yield from _members(get_args(one.type)[0])


def _fits(value: Any, annotation: Any) -> bool:
    try:
        msgspec.convert(value, annotation)
    except msgspec.ValidationError:
        return False
    return True


# What it is


def _names(what: str, spot: _Spot) -> Violation | None:
    """A key that does not exist, or one that must."""
    if unknown := re.search(r"unknown field `(.+?)`", what):
        allowed = _struct(spot.members).__struct_encode_fields__
        return Violation(f"unknown key {unknown[1]!r}", (*spot.keys, unknown[1]), allowed_names(unknown[1], allowed))
    if missing := re.search(r"missing required field `(.+?)`", what):
        return Violation(f"the key {missing[1]!r} is missing", spot.keys)
    return None


def _key(spot: _Spot) -> Violation | None:
    """A key of a table that is not of the right form."""
    if spot.holder is None:
        return None
    *above, key = spot.keys
    table = _label(tuple(above))
    if key in spot.holder.__struct_encode_fields__:
        message = f"{table}: the key {key!r} stands below the table, so it belongs to it"
        return Violation(message, spot.keys, "write the keys of the rule first, and its tables below them")
    return _of_form(spot, table)


def _value(what: str, spot: _Spot) -> Violation:
    """A value of another type or form, or one that is not among those allowed."""
    label = _label(spot.keys) or "the file"
    if "Invalid enum value" in what:
        choices = [str(choice) for member in spot.members for choice in _choices(member.type)]
        verb = "cannot contain" if isinstance(spot.keys[-1], int) else "cannot be"
        hint = f"{'allowed are' if len(choices) > 1 else 'allowed is'} {', '.join(filter(None, choices))}"
        if isinstance(spot.value, str) and (close := allowed_names(spot.value, choices)).endswith("?"):
            hint = f"{close} {hint}"
        return Violation(f"{label} {verb} {spot.value!r}", spot.keys, hint)
    if ", got `" in what:
        *most, last = dict.fromkeys(_toml_name(member.type) for member in spot.members)
        expected = f"{', '.join(most)} or {last}" if most else last
        message = f"{label}: expected {expected}, got {_toml_name(type(spot.value))}"
        return Violation(message, spot.keys)
    return _of_form(spot, label)


def _of_form(spot: _Spot, label: str) -> Violation:
    """A value of the right type that breaks a constraint."""
    constraints = [one for member in spot.members for one in member.constraints]
    wording: dict[str, str] = {}
    for one in constraints:
        wording |= one.extra or {}
        if one.le is not None and isinstance(spot.value, int) and spot.value > one.le:
            return Violation(f"{label} cannot be more than {one.le:,}", spot.keys)
        if one.ge is not None:
            if isinstance(spot.value, int) and one.le is not None and spot.value > one.le:
                return Violation(f"{label} cannot be more than {one.le}", spot.keys)
            return Violation(f"{label} cannot be less than {one.ge}", spot.keys)
        if one.min_length is not None and isinstance(spot.value, list):
            return Violation(f"{label} is empty", spot.keys, "name at least one value")
    hint = wording.get("hint", "")
    if "message" in wording:
        return Violation(f"{label}: {wording['message']}", spot.keys, hint)
    return Violation(f"{label}: {spot.value!r} is not {wording.get('expected', 'allowed')}", spot.keys, hint)


def _label(keys: tuple[str | int, ...]) -> str:
    """The keys as a dotted name. Indices are left out: the messages quote the value."""
    return ".".join(key for key in keys if isinstance(key, str))


def _choices(kind: Any) -> tuple[Any, ...]:
    if get_origin(kind) is Literal:
        return get_args(kind)
    return tuple(kind) if isinstance(kind, type) and issubclass(kind, Enum) else ()


_TOML_NAMES: Mapping[Any, str] = {
    bool: "a boolean",
    int: "an integer",
    float: "a number",
    str: "a string",
    list: "an array",
    tuple: "an array",
    dict: "a table",
}


def _toml_name(kind: Any) -> str:
    """What a type is called in TOML."""
    if get_origin(kind) is Literal:
        return _toml_name(type(get_args(kind)[0]))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return "a string"
    if _is_struct(kind):
        return "a table"
    return _TOML_NAMES.get(get_origin(kind) or kind, "a date or time")
