"""A rule and a set of rules: immutable values, the same whether they came from a file or from code."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from cleaner.errors import RuleError
from cleaner.model import Zone

TYPE_CHECKING = False
if TYPE_CHECKING:  # the regex parser costs 5 ms of the import time
    from cleaner.rules.known import KnownRegex

__all__ = [
    "PROFILES",
    "Action",
    "Confidence",
    "ExampleCase",
    "Examples",
    "Rule",
    "RuleSet",
    "ScrapClass",
    "Status",
    "Unit",
    "Unless",
]


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


PROFILES = ("default", "facts", "strict")
"""Named choices of classes: what hand-made article bodies leave out; only widgets and calls; that and more."""

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
    """A class of scraps: one rule file."""

    name: str
    title: str = ""
    description: str = ""
    profiles: tuple[str, ...] = PROFILES


class RuleSet:
    """An immutable set of rules, in order, and the terms their patterns use.

    ``a | b`` joins two; an id that stands in both is an error, and so is a term with two meanings.

    >>> from cleaner.rules.parse import parse_rules
    >>> rules = parse_rules('''
    ... [[rule]]
    ... id = "ads.label"
    ... description = "Label of an advertisement"
    ... lines = ["Advertisement"]
    ... [rule.examples]
    ... removes = ["Advertisement"]
    ... keeps = ["The advertisement ran for a week."]
    ... ''')
    >>> len(rules), rules["ads.label"].scrap_class
    (1, 'ads')
    """

    __slots__ = ("_by_id", "classes", "known", "matchers", "rules", "terms")

    def __init__(
        self,
        rules: Iterable[Rule] = (),
        classes: Iterable[ScrapClass] = (),
        terms: Mapping[str, str] = MappingProxyType({}),
        known: Mapping[str, KnownRegex] = MappingProxyType({}),
        matchers: Mapping[str, Callable[..., Any]] = MappingProxyType({}),
    ) -> None:
        self.matchers: Mapping[str, Callable[..., Any]] = MappingProxyType(dict(matchers))  # those of plugins
        self.known = known  # of expanded regexes, as far as it is: only saves finding it out again
        self.terms: Mapping[str, str] = MappingProxyType(dict(terms))
        self.rules: tuple[Rule, ...] = tuple(rules)
        self.classes: Mapping[str, ScrapClass] = MappingProxyType({item.name: item for item in classes})
        by_id: dict[str, Rule] = {}
        for rule in self.rules:
            if rule.id in by_id:
                first = by_id[rule.id]
                raise RuleError(
                    f"the id is taken by the rule at {first.place or '(code)'}",
                    path=rule.path or None,
                    line=rule.at_line,
                    column=1,
                    rule=rule.id,
                    hint="ids are unique over all rule files: choose another id",
                )
            by_id[rule.id] = rule
        self._by_id = by_id

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.rules)

    def __len__(self) -> int:
        return len(self.rules)

    def __contains__(self, rule_id: object) -> bool:
        return rule_id in self._by_id

    def __getitem__(self, rule_id: str) -> Rule:
        try:
            return self._by_id[rule_id]
        except KeyError:
            raise RuleError(f"no rule {rule_id!r}", hint=_did_you_mean(rule_id, self._by_id)) from None

    def __or__(self, other: RuleSet) -> RuleSet:
        for name, meaning in other.terms.items():
            if self.terms.get(name, meaning) != meaning:
                raise RuleError(f"the term {{{name}}} has two meanings", hint="rename it in one of the rule sets")
        return RuleSet(
            (*self.rules, *other.rules),
            (*self.classes.values(), *other.classes.values()),
            {**self.terms, **other.terms},
            {**self.known, **other.known},
            {**self.matchers, **other.matchers},
        )

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, RuleSet):
            return NotImplemented
        mine, theirs = (self.rules, self.terms, self.matchers), (other.rules, other.terms, other.matchers)
        return mine == theirs

    def __hash__(self) -> int:
        return hash(self.digest)

    def __repr__(self) -> str:
        return f"RuleSet({len(self)} rules in {len({rule.scrap_class for rule in self})} classes)"

    def __reduce__(self) -> tuple[type[RuleSet], tuple[object, ...]]:
        parts = (self.rules, tuple(self.classes.values()), dict(self.terms), dict(self.known), dict(self.matchers))
        return RuleSet, parts

    def with_rules(self, rules: Iterable[Rule]) -> RuleSet:
        """Other rules with the classes, terms and matchers of this set."""
        return RuleSet(rules, self.classes.values(), self.terms, self.known, self.matchers)

    def with_matchers(self, matchers: Mapping[str, Callable[..., Any]]) -> RuleSet:
        """The same rules, and matchers that they may name besides the built-in ones. They must be functions of
        modules, so that a rule set can be sent to other processes."""
        return RuleSet(self.rules, self.classes.values(), self.terms, self.known, {**self.matchers, **matchers})

    def with_known(self, known: Mapping[str, KnownRegex]) -> RuleSet:
        """The same rules, with what is known about their expanded regexes."""
        return RuleSet(self.rules, self.classes.values(), self.terms, known, self.matchers)

    def expand(self, pattern: str) -> str:
        """A pattern with every ``{term}`` filled in. Raises KeyError with the name of an unknown term.

        >>> RuleSet(terms={"name": "[A-Z]+"}).expand(r"by {name}")
        'by (?:[A-Z]+)'
        """
        return expand_terms(pattern, self.terms)

    @property
    def digest(self) -> str:
        """A hash of what the rules do, the same on every machine: paths and line numbers do not count."""
        import hashlib

        import msgspec

        bare = [replace(rule, path="", at_line=0) for rule in self.rules]
        used = sorted(self.terms.items())
        parts: tuple[object, ...] = (bare, used)
        if self.matchers:
            parts += (sorted((name, f"{call.__module__}:{call.__qualname__}") for name, call in self.matchers.items()),)
        return hashlib.sha256(msgspec.msgpack.encode(parts)).hexdigest()[:16]

    def select(
        self,
        profile: str = "default",
        *,
        keep: Iterable[str] = (),
        drop: Iterable[str] = (),
        select: Iterable[str] = (),
        ignore: Iterable[str] = (),
        languages: Iterable[str] = (),
        preview: bool = False,
    ) -> RuleSet:
        """The rules of a profile.

        Args:
            profile: "default", "facts" or "strict"; "all" for every rule whatever its confidence.
            keep: classes, ids or globs of ids whose scraps stay in the text.
            drop: classes, ids or globs of ids that run though the profile leaves them out.
            select: when given, only these classes, ids, globs of ids and languages ("lang:de") run, as far as the
                profile has them.
            ignore: classes, ids, globs of ids and languages that do not run.
            languages: only wordings and rules of these languages (those of no language always run).
            preview: also rules that are new and not yet measured.

        Raises:
            RuleError: an unknown profile, or a name that fits no rule.
        """
        if profile not in (*PROFILES, "all"):
            raise RuleError(f"no profile {profile!r}", hint=f"there are {', '.join(PROFILES)} and all")
        wanted, selected = _split_languages(select)
        unwanted, ignored = _split_languages(ignore)
        kept, dropped = (*keep, *ignored), tuple(drop)
        wanted |= set(languages)
        self._check_names((*kept, *dropped, *selected), wanted | unwanted)
        chosen = []
        for rule in self.rules:
            asked = any(_named(rule, name) for name in dropped)
            if not (asked or profile == "all" or _in_profile(rule, profile, preview)):
                continue
            if any(_named(rule, name) for name in kept):
                continue
            if selected and not any(_named(rule, name) for name in selected):
                continue
            narrowed = _in_languages(rule, wanted, unwanted)
            if narrowed is not None:
                chosen.append(narrowed)
        return self.with_rules(chosen)

    def ignoring_on_sites(self, ignores: Mapping[str, Iterable[str]]) -> RuleSet:
        """The same rules, some of which do not act on some sites.

        Args:
            ignores: by site (a host or a parent domain of it), the classes, ids or globs of ids.

        Raises:
            RuleError: a name fits no rule.
        """
        by_site = {site: tuple(names) for site, names in ignores.items()}
        self._check_names([name for names in by_site.values() for name in names], set())
        changed = []
        for rule in self.rules:
            sites = [site for site, names in by_site.items() if any(_named(rule, name) for name in names)]
            changed.append(replace(rule, except_sites=(*rule.except_sites, *sites)) if sites else rule)
        return self.with_rules(changed)

    def _check_names(self, names: Iterable[str], languages: Iterable[str]) -> None:
        for name in names:
            if not any(_named(rule, name) for rule in self.rules):
                known = sorted({rule.scrap_class for rule in self.rules} | set(self._by_id))
                raise RuleError(f"{name!r} is no class and no rule", hint=_did_you_mean(name, known))
        spoken = {language for rule in self.rules for language in rule.used_languages}
        for language in sorted(languages):
            if language not in spoken:
                hint = f"there are {' '.join(sorted(spoken))}"
                raise RuleError(f"no rule has words of the language {language!r}", hint=hint)


_LANGUAGE = "lang:"


def _split_languages(names: Iterable[str]) -> tuple[set[str], tuple[str, ...]]:
    listed = tuple(names)
    languages = {name.removeprefix(_LANGUAGE) for name in listed if name.startswith(_LANGUAGE)}
    return languages, tuple(name for name in listed if not name.startswith(_LANGUAGE))


def _in_profile(rule: Rule, profile: str, preview: bool) -> bool:
    if profile not in rule.profiles or rule.status is Status.DEPRECATED:
        return False
    if rule.confidence is Confidence.LOW and profile != "strict":
        return False
    return rule.status is not Status.PREVIEW or preview


def _in_languages(rule: Rule, wanted: set[str], unwanted: set[str]) -> Rule | None:
    """The rule with the wordings of the languages that are wanted; None for a rule of other languages."""
    if not wanted and not unwanted:
        return rule
    if rule.languages:
        left = {language for language in rule.languages if language not in unwanted}
        if not (left & wanted if wanted else left):
            return None

    def only(table: Texts) -> Texts:
        return {
            language: texts
            for language, texts in table.items()
            if language in ("", "mul") or (language not in unwanted and (not wanted or language in wanted))
        }

    narrow = replace(rule, lines=only(rule.lines), prefixes=only(rule.prefixes), patterns=only(rule.patterns))
    return narrow if narrow.lines or narrow.prefixes or narrow.patterns or narrow.matcher else None


_TERM = re.compile(r"\{([a-z][a-z0-9_-]*)\}")
_MAX_NESTING = 8


def expand_terms(pattern: str, terms: Mapping[str, str]) -> str:
    """A pattern with every ``{name}`` filled in; terms may use terms. Raises KeyError with an unknown name."""
    for _ in range(_MAX_NESTING):
        expanded = _TERM.sub(lambda match: f"(?:{terms[match[1]]})", pattern)
        if expanded == pattern:
            return pattern
        pattern = expanded
    raise KeyError(_TERM.findall(pattern)[0])


def _named(rule: Rule, name: str) -> bool:
    if "*" in name:
        from fnmatch import fnmatchcase

        return fnmatchcase(rule.id, name)
    return name in (rule.id, rule.scrap_class)


def _did_you_mean(name: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name, list(known), n=1)
    return f"did you mean {close[0]!r}?" if close else "see `clean rules list`"
