"""A rule that is not finished yet, and how it is written into a rule file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from cleaner.model import Zone

__all__ = ["Draft", "draft_toml", "toml_string"]

_MANY = "mul"  # the language of wordings that are of no language, or of many


@dataclass(frozen=True, slots=True)
class Draft:
    """A rule to go on with. The fields are those of a rule file; ``notes`` become comments above it."""

    id: str
    description: str
    zones: tuple[Zone, ...] = (Zone.ANY,)
    status: str = "stable"
    lines: Mapping[str, Sequence[str]] = field(default_factory=dict)
    pattern: Mapping[str, Sequence[str]] = field(default_factory=dict)
    sites: Sequence[str] = ()
    removes: Mapping[str, Sequence[str]] = field(default_factory=dict)
    keeps: Mapping[str, Sequence[str]] = field(default_factory=dict)
    notes: Sequence[str] = ()


def draft_toml(draft: Draft) -> str:
    """The rule as it stands in a rule file.

    >>> print(draft_toml(Draft("own.bye", "Sign-off", lines={"en": ["Bye"]}, removes={"en": ["Bye"]},
    ...                        keeps={"en": ["Bye, he said."]})), end="")
    [[rule]]
    id = "own.bye"
    description = "Sign-off"
    [rule.lines]
    en = ["Bye"]
    [rule.examples.removes]
    en = ["Bye"]
    [rule.examples.keeps]
    en = ["Bye, he said."]
    """
    parts = [f"# {note}".rstrip() for note in draft.notes]
    parts += ["[[rule]]", f"id = {toml_string(draft.id)}", f"description = {toml_string(draft.description)}"]
    if draft.zones != (Zone.ANY,):
        names = [str(zone) for zone in draft.zones]
        parts.append(f"zone = {toml_string(names[0]) if len(names) == 1 else _array(names)}")
    if draft.status != "stable":
        parts.append(f"status = {toml_string(draft.status)}")
    if draft.sites:
        parts.append(f"sites = {_array(draft.sites)}")
    for name, table, write in (
        ("lines", draft.lines, _array),
        ("pattern", draft.pattern, _patterns),
        ("examples.removes", draft.removes, _array),
        ("examples.keeps", draft.keeps, _array),
    ):
        if table:
            parts.append(f"[rule.{name}]")
            parts += [f"{_key(language or _MANY)} = {write(texts)}" for language, texts in table.items()]
    return "\n".join(parts) + "\n"


def _key(language: str) -> str:
    return language if language.replace("-", "").isalnum() else toml_string(language)


def toml_string(text: str) -> str:
    """A basic string of TOML; invisible characters are written as escapes."""
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(char if char.isprintable() else _escape(char) for char in quoted)


def _escape(char: str) -> str:
    return f"\\u{ord(char):04x}" if ord(char) < 0x10000 else f"\\U{ord(char):08x}"


def _array(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(toml_string, texts))}]"


def _patterns(texts: Sequence[str]) -> str:
    """One pattern, or several, one a line; a literal string spares the escapes that a regex is full of."""
    quoted = [f"'''{text}'''" if "'''" not in text and text.isprintable() else toml_string(text) for text in texts]
    return quoted[0] if len(quoted) == 1 else "[\n" + "".join(f"  {text},\n" for text in quoted) + "]"
