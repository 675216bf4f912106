"""What may stand in a rule file: its closed schema, and what a value written in one of several ways means."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches

import msgspec
import regex

from cleaner.errors import RuleError
from cleaner.model import METADATA_FIELDS, Zone
from cleaner.rules.model import PROFILES, Action, Confidence, ExampleCase, Status, Unit, expand_terms

__all__ = [
    "SCHEMA",
    "CaseSpec",
    "ClassSpec",
    "ExamplesSpec",
    "FileSpec",
    "RuleSpec",
    "Spec",
    "TextsSpec",
    "UnlessSpec",
    "check_pattern",
    "is_host",
    "is_language",
    "is_rule_id",
    "listed",
    "texts",
]

SCHEMA = 1

TextsSpec = str | list[str] | dict[str, str | list[str]]
"""One text, several, or either by language."""


class Spec(msgspec.Struct, forbid_unknown_fields=True, rename="kebab"):
    """Base of what stands in a file: a closed set of kebab-case keys."""


class UnlessSpec(Spec):
    """Regexes that spare a hit: found in the line, or in the nearest line above or below that is not blank."""

    line: str | list[str] = []
    previous: str | list[str] = []
    next: str | list[str] = []


class CaseSpec(Spec):
    """A whole text, what is known besides it, and what must become of it."""

    input: str
    want: str
    title: str = ""
    url: str = ""
    author: str = ""
    date: str = ""
    site: str = ""
    repeated: tuple[str, ...] = ()

    def value(self) -> ExampleCase:
        return ExampleCase(**msgspec.structs.asdict(self))


class ExamplesSpec(Spec):
    """Tests that live in the rule: what goes, what stays, and whole texts."""

    removes: TextsSpec = []
    keeps: TextsSpec = []
    cases: list[CaseSpec] = []


class ClassSpec(Spec):
    """The class of scraps that a file is about."""

    name: str
    title: str = ""
    description: str = ""
    profiles: tuple[str, ...] = PROFILES


class RuleSpec(Spec):
    """A rule as it stands in a file: what may be one value or several may be written as one."""

    id: str
    description: str
    unit: Unit = Unit.LINE
    zone: Zone | list[Zone] = Zone.ANY
    action: Action = Action.REMOVE
    confidence: Confidence = Confidence.MEDIUM
    status: Status = Status.STABLE
    since: str = ""
    replaced_by: str = ""
    profiles: list[str] | None = None
    lines: TextsSpec = []
    prefixes: TextsSpec = []
    pattern: TextsSpec = []
    harvest: str = ""
    keywords: list[str] = []
    case_sensitive: bool = False
    matcher: str = ""
    options: dict[str, bool | int | float | str | list[str]] = {}
    unless: UnlessSpec = msgspec.field(default_factory=UnlessSpec)
    max_words: int = 0
    max_lines: int = 0
    above: int = 0
    once: bool = False
    cut_from: str = "end"
    replacement: str = ""
    flag: str = ""
    languages: list[str] = []
    sites: list[str] = []
    except_sites: list[str] = []
    examples: ExamplesSpec = msgspec.field(default_factory=ExamplesSpec)
    false_positives: list[str] = []
    references: list[str] = []


class FileSpec(msgspec.Struct, forbid_unknown_fields=True):
    """A rule file."""

    schema: int = SCHEMA
    scrap_class: ClassSpec | None = msgspec.field(default=None, name="class")
    terms: dict[str, str | list[str]] = {}
    rule: list[RuleSpec] = []


def texts(value: TextsSpec) -> dict[str, tuple[str, ...]]:
    """Texts by language, "" for those of none.

    >>> texts("Share"), texts({"de": ["Teilen", "Drucken"]})
    ({'': ('Share',)}, {'de': ('Teilen', 'Drucken')})
    """
    if isinstance(value, dict):
        return {language: listed(found) for language, found in value.items()}
    return {"": listed(value)} if value != [] else {}


_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\.[a-z0-9]+(?:-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]+)*")
_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)+|localhost")


def is_rule_id(text: str) -> bool:
    """Whether a text is of the form class.name.

    >>> is_rule_id("own.sign-off"), is_rule_id("Own")
    (True, False)
    """
    return _ID.fullmatch(text) is not None


def is_language(code: str) -> bool:
    """Whether a text is a language code.

    >>> is_language("pt-BR"), is_language("english")
    (True, False)
    """
    return _LANGUAGE.fullmatch(code) is not None


def is_host(site: str) -> bool:
    """Whether a text is a host or a domain, as sites of rules are.

    >>> is_host("riverpost.example"), is_host("https://riverpost.example/")
    (True, False)
    """
    return _HOST.fullmatch(site) is not None


def listed(value: str | list[str]) -> tuple[str, ...]:
    """One or several as several."""
    return tuple([value] if isinstance(value, str) else value)


def check_pattern(fail: Callable[..., RuleError], pattern: str, terms: Mapping[str, str], key: str) -> None:
    """Raise what is wrong with a pattern (``key`` "pattern") or an antipattern (``key`` "unless").

    ``fail`` makes the error for a message, the key and a hint.
    """
    try:
        expanded = expand_terms(pattern, terms)
    except KeyError as error:
        name = str(error.args[0])
        close = get_close_matches(name, list(terms), n=1)
        hint = f"did you mean {{{close[0]}}}?" if close else f"there are {', '.join(sorted(terms))}"
        raise fail(f"unknown term {{{name}}}", key, hint=hint) from None
    try:
        compiled = regex.compile(expanded)
    except regex.error as error:
        raise fail(f"{key} is no regex: {error}: {expanded}", key) from None
    if compiled.fullmatch(""):
        raise fail(f"{key} matches the empty text: {expanded}", key, hint="require at least one character")
    for name in compiled.groupindex if key == "pattern" else ():
        if name not in METADATA_FIELDS:
            close = get_close_matches(name, METADATA_FIELDS, n=1)
            hint = f"did you mean {close[0]!r}?" if close else f"allowed are {', '.join(METADATA_FIELDS)}"
            raise fail(f"{key} harvests {name!r}, which is no metadata field", key, hint=hint)
