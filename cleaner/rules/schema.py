"""What a rule file may hold, and what a project may change about a rule: closed schemas.

The annotations are the only place that says what a value may be. msgspec checks files against them, the messages
about what is wrong (``schema_errors``) and the JSON Schema for editors (``config.json_schema``) are made from them.
What several keys mean together is in ``validation``.
"""

from __future__ import annotations

import re
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from cleaner.model import MetadataField, Zone
from cleaner.rules.model import PROFILES, Action, Confidence, Profile, Status, Unit
from cleaner.text.hosts import HOST_PATTERN

__all__ = [
    "RULE_KEYS",
    "SCHEMA",
    "CaseSpec",
    "ClassSpec",
    "ExamplesSpec",
    "FileSpec",
    "Host",
    "Language",
    "NonBlank",
    "Override",
    "RuleId",
    "RuleSpec",
    "Spec",
    "Texts",
    "UnlessSpec",
    "is_language",
    "is_rule_id",
    "listed",
    "texts",
]

SCHEMA: Literal[1] = 1
"""Version of the format."""

_ID = r"[a-z0-9]+(?:-[a-z0-9]+)*\.[a-z0-9]+(?:-[a-z0-9]+)*"
_LANGUAGE = r"[a-z]{2,3}(?:-[A-Za-z0-9]+)*"


def _form(pattern: str, expected: str, hint: str) -> Meta:
    """A text of a form: its regex, and for messages what it is and what to do."""
    return Meta(pattern=f"^(?:{pattern})$", extra={"expected": expected, "hint": hint})


# What a value may be

NonBlank = Annotated[str, Meta(pattern=r"\S", extra={"message": "the text is empty"})]
"""A text with at least one character that is not a blank."""

RuleId = Annotated[str, _form(_ID, "of the form class.name", "write two parts of a-z, 0-9 and hyphens")]
Language = Annotated[str, _form(_LANGUAGE, "a language code", "use codes such as en, de, pt-BR")]
LanguageOrNone = Annotated[str, _form(f"(?:{_LANGUAGE})?", "a language code", "use codes such as en, de, pt-BR")]
"""The key of a table of texts: a language code, "mul" for many languages, "" for none in particular."""

Host = Annotated[str, _form(HOST_PATTERN, "a host", "write it as riverpost.example, without scheme and path")]
Count = Annotated[int, Meta(ge=0, le=10_000)]

# Not a regex as in NonBlank: msgspec (0.22) crashes in the garbage collector where a type is a text with a regex or an
# array. What is blank but not empty is found in ``validation``.
_Text = Annotated[str, Meta(min_length=1, extra={"message": "the text is empty"})]

Texts = _Text | list[_Text] | dict[LanguageOrNone, _Text | list[_Text]]
"""One text, several, or either by language."""

Patterns = _Text | list[_Text]
"""One regex or several."""

# What a key means. These keys stand both in a rule and in an override.

_Confidence = Annotated[
    Confidence,
    Meta(description="Share of hits that are scraps: high from 99 %, medium from 95 %, low (only in strict) below."),
]
_Status = Annotated[Status, Meta(description="stable; preview runs on request; deprecated does not run.")]
_Profiles = Annotated[tuple[Profile, ...], Meta(description="Profiles it runs in: default, facts, strict.")]
_Zones = Annotated[
    Zone | Annotated[list[Zone], Meta(min_length=1)],
    Meta(
        description="Where it acts: head (above the prose), deck (between its first two lines), body, tail (below "
        "it), any."
    ),
]
_MaxWords = Annotated[int, Meta(ge=0, le=2000, description="Longest line, in words, that is hit; 0 means 60.")]
_MaxLines = Annotated[int, Meta(ge=0, le=1000, description="Of a section: how many lines at most; 0 means 12.")]
_Once = Annotated[bool, Meta(description="Act only when all the lines that fit in a text are the same.")]
_Languages = Annotated[list[Language], Meta(description="Only wordings and rules of these languages.")]
_Sites = Annotated[list[Host], Meta(description="Only on these sites: hosts or parent domains of the document's url.")]
_ExceptSites = Annotated[list[Host], Meta(description="Not on these sites.")]
_Keywords = Annotated[
    list[NonBlank], Meta(description="Of these literals one must stand in the line before a pattern is tried.")
]
_Lines = Annotated[
    Texts,
    Meta(
        description="Exact wordings, by language. Case, bullets, quotes and punctuation at the ends make no difference."
    ),
]
_Prefixes = Annotated[Texts, Meta(description="Exact beginnings of a line of at most max-words words, by language.")]
_Pattern = Annotated[
    Texts,
    Meta(description="Regexes for the whole line, by language; case is ignored. A span is searched for."),
]


class Spec(msgspec.Struct, forbid_unknown_fields=True, rename="kebab"):
    """Base of the tables of a file: a closed set of kebab-case keys."""


class UnlessSpec(Spec):
    """Regexes that spare a hit: found in the line, or in the nearest line above or below that is not blank."""

    line: Annotated[Patterns, Meta(description="Found in the line itself.")] = []
    previous: Annotated[Patterns, Meta(description="Found in the nearest line above that is not blank.")] = []
    next: Annotated[Patterns, Meta(description="Found in the nearest line below that is not blank.")] = []


class CaseSpec(Spec):
    """A whole text, what is known besides it, and the text that cleaning must give."""

    input: Annotated[str, Meta(description="The text before cleaning.")]
    want: Annotated[str, Meta(description="The text after cleaning.")]
    title: Annotated[str, Meta(description="Title of the article.")] = ""
    url: Annotated[str, Meta(description="Address of the page.")] = ""
    author: Annotated[str, Meta(description="Author of the article.")] = ""
    date: Annotated[str, Meta(description="Date of the article.")] = ""
    site: Annotated[str, Meta(description="Name of the site.")] = ""
    repeated: Annotated[list[str], Meta(description="Lines that recur on the site.")] = []


class ExamplesSpec(Spec):
    """Tests that live in the rule: what goes, what stays, and whole texts."""

    removes: Annotated[Texts, Meta(description="Texts that go.")] = []
    keeps: Annotated[Texts, Meta(description="Texts that stay: near misses, written first.")] = []
    cases: Annotated[list[CaseSpec], Meta(description="Whole texts, and what cleaning makes of each.")] = []


class ClassSpec(Spec):
    """The class of scraps that a file is about."""

    name: Annotated[NonBlank, Meta(description="The file's name, and the first part of every id in it.")]
    title: Annotated[str, Meta(description="Title for readers.")] = ""
    description: Annotated[str, Meta(description="What it is, in a line.")] = ""
    profiles: _Profiles = PROFILES
    glued: Annotated[
        bool,
        Meta(
            description="Whether the lines of its sure rules also go where they stand on the line of the article, in "
            "front of its first sentence or behind its last one."
        ),
    ] = False


class RuleSpec(Spec):
    """A rule as it is written in a file: a key for one or several values takes a value or a list."""

    id: Annotated[RuleId, Meta(description="class.name: permanent, and unique over all rule files.")]
    description: Annotated[NonBlank, Meta(description="What it is, in a line.")]
    unit: Annotated[
        Unit,
        Meta(
            description="What it looks at: a piece of a line, a line, soft-wrapped lines as one, a heading with what "
            "is under it."
        ),
    ] = Unit.LINE
    zone: _Zones = Zone.ANY
    action: Annotated[
        Action,
        Meta(
            description="What happens: the unit goes, or all to the end or from the start; it is rewritten; it is "
            "only marked."
        ),
    ] = Action.REMOVE
    confidence: _Confidence = Confidence.MEDIUM
    status: _Status = Status.STABLE
    since: Annotated[str, Meta(description="Version it came with.")] = ""
    replaced_by: Annotated[str, Meta(description="Id of the rule that takes its place.")] = ""
    profiles: _Profiles | UnsetType = UNSET
    lines: _Lines = []
    prefixes: _Prefixes = []
    pattern: _Pattern = []
    harvest: Annotated[
        MetadataField | Literal[""],
        Meta(description="The metadata field that takes the whole line where one of lines or prefixes fits."),
    ] = ""
    keywords: _Keywords = []
    case_sensitive: Annotated[bool, Meta(description="Whether patterns tell capitals from small letters.")] = False
    matcher: Annotated[str, Meta(description="A named matcher in code, for what needs more than one line.")] = ""
    options: Annotated[
        dict[str, bool | int | float | str | list[str]], Meta(description="Options of the matcher.")
    ] = {}
    unless: Annotated[UnlessSpec, Meta(description="Regexes that spare a hit.")] = msgspec.field(
        default_factory=UnlessSpec
    )
    max_words: _MaxWords = 0
    max_lines: _MaxLines = 0
    above: Annotated[int, Meta(ge=0, le=100, description="How many lines directly above go with the hit.")] = 0
    once: _Once = False
    cut_from: Annotated[Literal["start", "end"], Meta(description="Where a cut goes to: the end or the start.")] = "end"
    replacement: Annotated[str, Meta(description="What takes the place of a span.")] = ""
    flag: Annotated[str, Meta(description="Flag to raise on the document.")] = ""
    languages: _Languages = []
    sites: _Sites = []
    except_sites: _ExceptSites = []
    examples: Annotated[ExamplesSpec, Meta(description="Tests that live in the rule.")] = msgspec.field(
        default_factory=ExamplesSpec
    )
    false_positives: Annotated[list[str], Meta(description="What it is known to hit and should not.")] = []
    references: Annotated[list[str], Meta(description="Where the wording was seen, by name of source.")] = []


class FileSpec(msgspec.Struct, forbid_unknown_fields=True):
    """A rule file."""

    schema: Annotated[Literal[1], Meta(description="Version of the format.")] = SCHEMA
    scrap_class: Annotated[
        ClassSpec | None, Meta(description="The class of scraps this file is about; its name is the file's.")
    ] = msgspec.field(default=None, name="class")
    terms: Annotated[
        dict[str, str | list[str]],
        Meta(description="Fragments of regexes that patterns use as {name}; a list means alternatives."),
    ] = {}
    rule: Annotated[
        list[RuleSpec], Meta(description="The rules, each documentation, contract, tests and pattern in one.")
    ] = []


class Override(Spec, omit_defaults=True):
    """What a project changes about a rule.

    Single values take the place of the rule's own. Wordings, patterns, antipatterns and examples are added to them,
    and ``except-lines`` are wordings that the rule leaves alone whatever its patterns match.
    """

    confidence: _Confidence | UnsetType = UNSET
    status: _Status | UnsetType = UNSET
    profiles: _Profiles | UnsetType = UNSET
    zone: _Zones | UnsetType = UNSET
    max_words: _MaxWords | UnsetType = UNSET
    max_lines: _MaxLines | UnsetType = UNSET
    once: _Once | UnsetType = UNSET
    languages: _Languages | UnsetType = UNSET
    sites: _Sites | UnsetType = UNSET
    except_sites: _ExceptSites | UnsetType = UNSET
    keywords: _Keywords | UnsetType = UNSET
    lines: _Lines = []
    prefixes: _Prefixes = []
    pattern: _Pattern = []
    unless: Annotated[UnlessSpec, Meta(description="Regexes that spare a hit.")] = msgspec.field(
        default_factory=UnlessSpec
    )
    except_lines: Annotated[list[NonBlank], Meta(description="Wordings that the rule leaves alone.")] = []
    examples: Annotated[ExamplesSpec, Meta(description="Tests that live in the rule.")] = msgspec.field(
        default_factory=ExamplesSpec
    )


RULE_KEYS: tuple[str, ...] = RuleSpec.__struct_encode_fields__
"""Every key a rule may have, as it is written in a file."""


def texts(value: Texts) -> dict[str, tuple[str, ...]]:
    """Texts by language, "" for those of none.

    >>> texts("Share"), texts({"de": ["Teilen", "Drucken"]})
    ({'': ('Share',)}, {'de': ('Teilen', 'Drucken')})
    """
    if isinstance(value, dict):
        return {language: listed(found) for language, found in value.items()}
    return {"": listed(value)} if value != [] else {}


def listed(value: str | list[str]) -> tuple[str, ...]:
    """One or several as several."""
    return tuple([value] if isinstance(value, str) else value)


def is_rule_id(text: str) -> bool:
    """Whether a text is of the form class.name.

    >>> is_rule_id("own.sign-off"), is_rule_id("Own")
    (True, False)
    """
    return re.fullmatch(_ID, text) is not None


def is_language(code: str) -> bool:
    """Whether a text is a language code.

    >>> is_language("pt-BR"), is_language("english")
    (True, False)
    """
    return re.fullmatch(_LANGUAGE, code) is not None
