"""Changes of single rules by a project, without a copy of the rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import msgspec
import regex

from cleaner.errors import RuleError
from cleaner.model import Zone
from cleaner.rules.model import PROFILES, Confidence, Examples, Rule, RuleSet, Status, Texts, Unit, Unless
from cleaner.rules.spec import (
    ExamplesSpec,
    Spec,
    TextsSpec,
    UnlessSpec,
    check_pattern,
    is_host,
    is_language,
    listed,
    texts,
)
from cleaner.segment import fold

__all__ = ["Override", "overridden"]

Fail = Callable[..., RuleError]


class Override(Spec, omit_defaults=True):
    """What a project says differently about a rule.

    Single values take the place of the rule's own. Wordings, patterns, antipatterns and examples are added to them,
    and ``except-lines`` are wordings that the rule leaves alone whatever its patterns say.
    """

    confidence: Confidence | msgspec.UnsetType = msgspec.UNSET
    status: Status | msgspec.UnsetType = msgspec.UNSET
    profiles: list[str] | msgspec.UnsetType = msgspec.UNSET
    zone: Zone | list[Zone] | msgspec.UnsetType = msgspec.UNSET
    max_words: int | msgspec.UnsetType = msgspec.UNSET
    max_lines: int | msgspec.UnsetType = msgspec.UNSET
    once: bool | msgspec.UnsetType = msgspec.UNSET
    languages: list[str] | msgspec.UnsetType = msgspec.UNSET
    sites: list[str] | msgspec.UnsetType = msgspec.UNSET
    except_sites: list[str] | msgspec.UnsetType = msgspec.UNSET
    keywords: list[str] | msgspec.UnsetType = msgspec.UNSET
    lines: TextsSpec = []
    prefixes: TextsSpec = []
    pattern: TextsSpec = []
    unless: UnlessSpec = msgspec.field(default_factory=UnlessSpec)
    except_lines: list[str] = []
    examples: ExamplesSpec = msgspec.field(default_factory=ExamplesSpec)


_SINGLE = ("confidence", "status", "max_words", "max_lines", "once")
_LISTS = ("profiles", "languages", "sites", "except_sites", "keywords")


def overridden(rules: RuleSet, overrides: Mapping[str, Override], fail: Fail) -> RuleSet:
    """The rules with what a project says differently about some of them.

    Args:
        rules: the rules.
        overrides: by the id of the rule.
        fail: makes the error for a message, the id of the rule, the key and a hint, so that it names its place.

    Raises:
        RuleError: an id that no rule has, or a value that no rule may have.

    >>> from cleaner.rules import Rule
    >>> rule = Rule(id="own.by", description="A byline", lines={"en": ("By us",)})
    >>> changed = overridden(RuleSet([rule]), {"own.by": Override(lines={"de": "Von uns"})}, RuleError)
    >>> changed["own.by"].lines
    {'en': ('By us',), 'de': ('Von uns',)}
    """
    for rule_id in overrides:
        try:
            rules[rule_id]
        except RuleError as error:
            raise fail(error.message, rule_id, "", error.hint) from None
    return rules.with_rules(
        _changed(rule, overrides[rule.id], rules, fail) if rule.id in overrides else rule for rule in rules
    )


def _changed(rule: Rule, said: Override, rules: RuleSet, fail: Fail) -> Rule:
    changes: dict[str, Any] = {}
    for name in _SINGLE:
        if (value := getattr(said, name)) is not msgspec.UNSET:
            changes[name] = value
    for name in _LISTS:
        if (value := getattr(said, name)) is not msgspec.UNSET:
            changes[name] = tuple(value)
    if said.zone is not msgspec.UNSET:
        changes["zones"] = (said.zone,) if isinstance(said.zone, Zone) else tuple(said.zone)
    _check_values(rule, said, fail)
    _check_patterns(rule, said, rules, fail)
    quoted = tuple(rf"^\W*{regex.escape(text, literal_spaces=True)}\W*$" for text in said.except_lines)
    return replace(
        rule,
        **changes,
        lines=_with(rule.lines, said.lines),
        prefixes=_with(rule.prefixes, said.prefixes),
        patterns=_with(rule.patterns, said.pattern),
        unless=Unless(
            (*rule.unless.line, *listed(said.unless.line), *quoted),
            (*rule.unless.previous, *listed(said.unless.previous)),
            (*rule.unless.next, *listed(said.unless.next)),
        ),
        examples=Examples(
            _with(rule.examples.removes, said.examples.removes),
            _with(rule.examples.keeps, said.examples.keeps),
            (*rule.examples.cases, *(case.value() for case in said.examples.cases)),
        ),
    )


def _check_values(rule: Rule, said: Override, fail: Fail) -> None:
    """What rule files are held to holds here too."""

    def complain(message: str, key: str, hint: str = "") -> RuleError:
        return fail(message, rule.id, key, hint)

    if said.zone == []:
        raise complain("zone is empty: the rule would never act", "zone", "take it out with ignore instead")
    for name in said.profiles or ():
        if name not in PROFILES:
            raise complain(f"no profile {name!r}", "profiles", f"allowed are {', '.join(PROFILES)}")
    for key, number in (("max-words", said.max_words), ("max-lines", said.max_lines)):
        if number is not msgspec.UNSET and number < 0:
            raise complain(f"{key} cannot be negative", key)
    if said.max_lines is not msgspec.UNSET and rule.unit is not Unit.SECTION:
        raise complain("max-lines is for sections, and this rule is none", "max-lines")
    if any(not word.strip() for word in said.keywords or ()):
        raise complain("an empty keyword stands in every line", "keywords")
    for key in ("sites", "except_sites"):
        for site in getattr(said, key) or ():
            if not is_host(site):
                message = f"{key.replace('_', '-')}: {site!r} is no host"
                raise complain(message, key, "write it as riverpost.example, without scheme and path")
    if rule.unit is Unit.SPAN and (texts(said.lines) or texts(said.prefixes)):
        raise complain("a span rule has no whole lines", "lines", "use pattern")
    for key, value in (("lines", said.lines), ("prefixes", said.prefixes), ("pattern", said.pattern)):
        for language, found in texts(value).items():
            if language and not is_language(language):
                raise complain(f"{key}: {language!r} is no language code", key, "use codes such as en, de, pt-BR")
            if any(not text.strip() or (key != "pattern" and not fold(text)) for text in found):
                raise complain(f"{key}: an empty text would fit every line", key)
    if any(not fold(text) for text in said.except_lines):
        raise complain("except-lines: an empty text says nothing", "except-lines")
    for language in said.languages or ():
        if not is_language(language):
            raise complain(f"languages: {language!r} is no language code", "languages", "use codes such as en, de")


def _check_patterns(rule: Rule, said: Override, rules: RuleSet, fail: Fail) -> None:
    def complain(message: str, key: str, hint: str = "") -> RuleError:
        return fail(message, rule.id, key, hint)

    for found in texts(said.pattern).values():
        for pattern in found:
            check_pattern(complain, pattern, rules.terms, "pattern")
    for pattern in (*listed(said.unless.line), *listed(said.unless.previous), *listed(said.unless.next)):
        check_pattern(complain, pattern, rules.terms, "unless")


def _with(table: Texts, added: TextsSpec) -> Texts:
    """A table of texts by language with more of them."""
    more = texts(added)
    return {language: table.get(language, ()) + more.get(language, ()) for language in {**table, **more}}
