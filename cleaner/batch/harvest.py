"""What was found besides the text, for those who read the results: fields of rows, and files beside files."""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cleaner.pipeline import CleanResult
from cleaner.pipeline.signals import SIGNAL_TYPES, signals_of
from cleaner.text.decoding import GUESSED

__all__ = ["FLAGS", "Harvest", "foreign_field", "found", "joined", "merged", "row_values", "signal_values"]

FLAGS = "flags"
"""The name of the column of flags, beside those of the metadata."""

_OWN_FLAGS = frozenset(
    {"guard", "emptied", "unsettled", "timeout", "index", "paywall", "consent", GUESSED}
    | {f"looks-like-{kind}" for kind in ("html", "json", "csv")}
)
_OWN_KEYS = {"metadata", "flags", "version"}


@dataclass(frozen=True, slots=True)
class Harvest:
    """Where what was found goes. "" and () stand for nowhere.

    Attributes:
        metadata_key: the field of a row that gets metadata, flags, and rules and version as one object.
        flags_key: the field of a row that gets the flags.
        columns: pairs of the name of a metadata field, or "flags", and the field of a row that gets its value.
        sidecar: whether a file that is one document gets a file beside its result with the same object.
        signals: pairs of the name of a signal and the field of a row that gets its value; a sidecar gets them as an
            object.
    """

    metadata_key: str = ""
    flags_key: str = ""
    columns: tuple[tuple[str, str], ...] = ()
    sidecar: bool = False
    signals: tuple[tuple[str, str], ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that rows get.

        >>> Harvest("clean", columns=(("date", "clean_date"),)).fields
        ('clean', 'clean_date')
        """
        columns = (field for _, field in (*self.columns, *self.signals))
        return tuple(filter(None, (self.metadata_key, self.flags_key, *columns)))

    @property
    def kinds(self) -> tuple[tuple[str, str], ...]:
        """The fields that hold no strings, each with what it holds: "int", "float" or "bool".

        >>> Harvest(signals=(("words", "n"), ("language", "lang"))).kinds
        (('n', 'int'),)
        """
        return tuple(
            (field, SIGNAL_TYPES[name].__name__) for name, field in self.signals if SIGNAL_TYPES[name] is not str
        )


def found(results: Sequence[CleanResult], stamp: Mapping[str, str]) -> dict[str, Any]:
    """Metadata and flags of the texts of a document, and what the run says about itself.

    Different values that several texts give for one field are joined by "; ".
    """
    values: dict[str, dict[str, None]] = {}
    for result in results:
        for name, value in result.metadata.items():
            values.setdefault(name, {})[value] = None
    metadata = {name: "; ".join(several) for name, several in values.items()}
    flags = list(dict.fromkeys(flag for result in results for flag in result.flags))
    return {"metadata": metadata, "flags": flags, **stamp}


def merged(new: Mapping[str, Any], old: object) -> dict[str, Any]:
    """What was found, with the metadata that an earlier run found: it removed the lines that told them.

    >>> merged({"metadata": {}, "flags": []}, {"metadata": {"agency": "AP"}, "flags": ["index"]})
    {'metadata': {'agency': 'AP'}, 'flags': []}
    """
    before = old.get("metadata") if isinstance(old := _unpacked(old), Mapping) else None
    return {**new, "metadata": {**before, **new["metadata"]}} if isinstance(before, Mapping) else dict(new)


def row_values(
    harvest: Harvest, about: Mapping[str, Any], fields: Mapping[str, Any], is_structured: bool
) -> dict[str, Any]:
    """The values that a row gets.

    Args:
        harvest: where they go.
        about: what :func:`found` gave.
        fields: the fields of the row, which may be those of an earlier run.
        is_structured: whether a field can hold an object or a list; otherwise objects become JSON, and flags words
            with blanks between them.

    >>> row_values(Harvest(flags_key="flags"), {"metadata": {}, "flags": ["index", "guard"]}, {}, False)
    {'flags': 'index guard'}
    """
    flags = list(about["flags"]) if is_structured else " ".join(about["flags"])
    values: dict[str, Any] = {}
    if harvest.metadata_key:
        whole = merged(about, fields.get(harvest.metadata_key))
        values[harvest.metadata_key] = whole if is_structured else json.dumps(whole, ensure_ascii=False)
    if harvest.flags_key:
        values[harvest.flags_key] = flags
    for name, field in harvest.columns:
        values[field] = flags if name == FLAGS else about["metadata"].get(name) or fields.get(field)
    return values


def signal_values(harvest: Harvest, results: Sequence[CleanResult]) -> dict[str, Any]:
    """The values of the signals that a row gets, from what came of its texts."""
    if not harvest.signals:
        return {}
    found = signals_of(*results).as_dict()
    return {field: found[name] for name, field in harvest.signals}


def joined(old: object, new: str) -> str:
    """What was removed from a row: what an earlier run removed, and then what this one did.

    >>> joined("Advertisement", "Follow us on:"), joined("Advertisement", ""), joined(None, "")
    ('Advertisement\\n\\nFollow us on:', 'Advertisement', '')
    """
    return "\n\n".join(filter(None, (old if isinstance(old, str) else "", new)))


def foreign_field(
    harvest: Harvest, keep_removed: str, fields: Mapping[str, Any], rule_flags: Callable[[], Container[str]]
) -> str:
    """The field of a row that a run would write over although no run wrote it; "" when there is none.

    A string that stands where a run writes any string counts as that of a run.

    Args:
        harvest, keep_removed: the fields that are written.
        fields: the fields of the row.
        rule_flags: gives the flags that rules raise; only called where there are other flags than those of every run.

    >>> foreign_field(Harvest(flags_key="flags"), "", {"flags": ["mine"]}, tuple)
    'flags'
    >>> foreign_field(Harvest(flags_key="flags"), "gone", {"flags": ["index"], "gone": "Advertisement"}, tuple)
    ''
    """
    texts = [keep_removed, *(field for name, field in harvest.columns if name != FLAGS)]
    flags = [harvest.flags_key, *(field for name, field in harvest.columns if name == FLAGS)]
    for field in filter(None, texts):
        if not isinstance(fields.get(field), str | None):
            return field
    for name, field in harvest.signals:
        if not _may_be(fields.get(field), SIGNAL_TYPES[name]):
            return field
    for field in filter(None, flags):
        if not _are_flags(fields.get(field), rule_flags):
            return field
    key = harvest.metadata_key
    return key if key and not _is_about(fields.get(key)) else ""


def _may_be(value: object, kind: type) -> bool:
    """Whether an earlier run may have written a value of a signal; formats without types hold all as strings."""
    if value is None or isinstance(value, str):
        return True
    return isinstance(value, bool) == (kind is bool) and isinstance(value, (int, float) if kind is float else kind)


def _are_flags(value: object, rule_flags: Callable[[], Container[str]]) -> bool:
    flags = value.split() if isinstance(value, str) else [] if value is None else value
    if not isinstance(flags, list) or not all(isinstance(flag, str) for flag in flags):
        return False
    unknown = [flag for flag in flags if flag not in _OWN_FLAGS and not flag.startswith("timeout:")]
    if not unknown:
        return True
    known = rule_flags()
    return all(flag in known for flag in unknown)


def _is_about(value: object) -> bool:
    if value is None or value == "":
        return True
    value = _unpacked(value)
    return isinstance(value, Mapping) and value.keys() >= _OWN_KEYS


def _unpacked(value: object) -> object:
    """The object that stands in a field, which is JSON where fields hold no objects."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return None
