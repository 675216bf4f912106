"""What a rule is: an immutable value, the same whether it came from a file or from code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, NamedTuple, get_args

from cleaner.model import Zone
from cleaner.rules.old_paths import moved

TYPE_CHECKING = False

__all__ = [
    "PROFILES",
    "PROFILE_CHOICES",
    "THOROUGH",
    "Action",
    "Confidence",
    "ExampleCase",
    "Examples",
    "PackId",
    "Profile",
    "ProfileChoice",
    "Rule",
    "ScrapClass",
    "Status",
    "Texts",
    "Unit",
    "Unless",
]


class PackId(NamedTuple):
    """A package of rules, as results name it.

    Attributes:
        name: the name of the package.
        version: its version.
        hash: "sha256:" and the hash of its file; "" where there is none to hold it against, as for what pip installed.

    >>> str(PackId("riverpost-rules", "1.0"))
    'riverpost-rules 1.0'
    """

    name: str
    version: str
    hash: str = ""

    def __str__(self) -> str:
        return " ".join(filter(None, self))


class Unit(StrEnum):
    """What a rule looks at: a piece of a line, a line, soft-wrapped lines as one, a heading with what is under it."""

    SPAN = "span"
    LINE = "line"
    BLOCK = "block"
    SECTION = "section"


class Action(StrEnum):
    """What happens: the unit goes, or all to the end or from the start; it is rewritten; it is only marked."""

    REMOVE = "remove"
    CUT = "cut"
    REPLACE = "replace"
    FLAG = "flag"


class Confidence(StrEnum):
    """Measured precision on the development corpus: high >= 99 %, medium >= 95 %, low below."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Status(StrEnum):
    STABLE = "stable"
    PREVIEW = "preview"
    DEPRECATED = "deprecated"


Profile = Literal["default", "facts", "strict"]
PROFILES: tuple[Profile, ...] = get_args(Profile)
"""Named choices of classes: what hand-made article bodies leave out; only widgets and calls; that and more."""
THOROUGH = "thorough"
"""The profile that runs the rules of "default", and then scores every line that is left by evidence."""
ProfileChoice = Literal["default", "facts", "strict", "thorough", "all"]
PROFILE_CHOICES: tuple[ProfileChoice, ...] = get_args(ProfileChoice)
"""What a user may choose: the profiles, "thorough", and "all" for every rule."""
Texts = dict[str, tuple[str, ...]]
"""Wordings or patterns by language code; "" holds those that belong to no language."""


@dataclass(frozen=True, slots=True)
class Unless:
    """Antipatterns: a hit is spared when one of them is found in the line or in its neighbour that is not blank."""

    line: tuple[str, ...] = ()
    previous: tuple[str, ...] = ()
    next: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExampleCase:
    """A whole text, what is known besides it, and what must become of it."""

    input: str
    want: str
    title: str = ""
    url: str = ""
    author: str = ""
    date: str = ""
    site: str = ""
    repeated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Examples:
    """Tests that live in the rule: wordings by language that go, that stay, and whole texts."""

    removes: Texts = field(default_factory=dict)
    keeps: Texts = field(default_factory=dict)
    cases: tuple[ExampleCase, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: documentation, contract, tests and pattern in one value. See docs/rule-format.md for each field.

    ``lines`` and ``prefixes`` are exact wordings, ``patterns`` are regexes of the ``regex`` module in which
    ``{term}`` stands for a term of the rule set; each is keyed by language ("" for none in particular).
    """

    id: str
    description: str
    unit: Unit = Unit.LINE
    zones: tuple[Zone, ...] = (Zone.ANY,)
    action: Action = Action.REMOVE
    confidence: Confidence = Confidence.MEDIUM
    status: Status = Status.STABLE
    since: str = ""
    replaced_by: str = ""
    profiles: tuple[str, ...] = PROFILES

    lines: Texts = field(default_factory=dict)
    prefixes: Texts = field(default_factory=dict)
    patterns: Texts = field(default_factory=dict)
    harvest: str = ""
    keywords: tuple[str, ...] = ()
    case_sensitive: bool = False
    matcher: str = ""
    options: Mapping[str, bool | int | float | str | tuple[str, ...]] = field(default_factory=dict)

    unless: Unless = Unless()
    max_words: int = 0
    max_lines: int = 0
    above: int = 0
    once: bool = False
    cut_from: str = "end"
    replacement: str = ""
    flag: str = ""
    languages: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    except_sites: tuple[str, ...] = ()

    examples: Examples = Examples()
    false_positives: tuple[str, ...] = ()
    references: tuple[str, ...] = ()

    path: str = ""
    at_line: int = 0

    @property
    def scrap_class(self) -> str:
        """The part of the id before the dot."""
        return self.id.partition(".")[0]

    @property
    def place(self) -> str:
        """File and line, as far as they are known: of the built-in rules only the file is."""
        return f"{self.path}:{self.at_line}" if self.path and self.at_line else self.path

    @property
    def used_languages(self) -> tuple[str, ...]:
        """Languages the rule has wordings, patterns or examples for."""
        tables = (self.lines, self.prefixes, self.patterns, self.examples.removes)
        return tuple(sorted({language for table in tables for language in table if language not in ("", "mul")}))


@dataclass(frozen=True, slots=True)
class ScrapClass:
    """A class of scraps: one rule file.

    ``glued`` says that its lines also go where they stand on the line of the article: see :mod:`cleaner.engine.glued`.
    """

    name: str
    title: str = ""
    description: str = ""
    profiles: tuple[str, ...] = PROFILES
    glued: bool = False


if not TYPE_CHECKING:  # a type checker must still find names that do not exist
    __getattr__ = moved(__name__, {"RuleSet": "cleaner.rules.ruleset"})
