"""From the tables of a file to the fields of a rule: by name, with a converter for a key of several spellings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from cleaner.model import Zone
from cleaner.patterns.verbose import compact
from cleaner.rules.model import ExampleCase, Examples, Rule, Unless
from cleaner.rules.schema import CaseSpec, ExamplesSpec, Override, RuleSpec, UnlessSpec, listed, texts

__all__ = ["rule_fields"]

_NAMES = {"zone": "zones", "pattern": "patterns"}
"""The fields of a rule that have another name than the key."""


def rule_fields(spec: RuleSpec | Override) -> dict[str, Any]:
    """The fields of a rule that a table of a file sets, by their names in :class:`~cleaner.rules.model.Rule`.

    Keys that an override leaves out are left out; keys that only an override has are skipped.

    >>> rule_fields(Override(zone=Zone.HEAD, lines={"en": "By us"}, max_words=4))["lines"]
    {'en': ('By us',)}
    """
    fields = {}
    for key in spec.__struct_fields__:
        name, value = _NAMES.get(key, key), getattr(spec, key)
        if name in Rule.__dataclass_fields__ and value is not msgspec.UNSET:
            fields[name] = _CONVERTERS.get(key, _frozen)(value)
    return fields


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _zones(zone: Zone | list[Zone]) -> tuple[Zone, ...]:
    return (zone,) if isinstance(zone, Zone) else tuple(zone)


def _options(options: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _frozen(value) for name, value in options.items()}


def _patterns(value: Any) -> dict[str, tuple[str, ...]]:
    return {language: tuple(map(compact, found)) for language, found in texts(value).items()}


def _unless(unless: UnlessSpec) -> Unless:
    return Unless(*(tuple(map(compact, listed(found))) for found in (unless.line, unless.previous, unless.next)))


def _examples(examples: ExamplesSpec) -> Examples:
    return Examples(texts(examples.removes), texts(examples.keeps), tuple(_case(case) for case in examples.cases))


def _case(case: CaseSpec) -> ExampleCase:
    return ExampleCase(**{name: _frozen(value) for name, value in msgspec.structs.asdict(case).items()})


_CONVERTERS: Mapping[str, Callable[[Any], Any]] = {
    "zone": _zones,
    "lines": texts,
    "prefixes": texts,
    "pattern": _patterns,
    "options": _options,
    "unless": _unless,
    "examples": _examples,
}
