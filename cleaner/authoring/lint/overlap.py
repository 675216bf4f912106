"""Rules and wordings that other rules own already. The engine says which rules claim a line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from cleaner.authoring.fitting import fitting_rules
from cleaner.authoring.lint.findings import Finding
from cleaner.authoring.lint.source import RuleSource
from cleaner.engine.compiler import CompiledRules
from cleaner.patterns.compiled import compile_regex
from cleaner.rules.model import Rule, Texts, Unit
from cleaner.rules.ruleset import RuleSet
from cleaner.rules.selection import owns_before, running_profiles
from cleaner.rules.wording_keys import PrefixKey, line_key, prefix_key

__all__ = ["RuleIndex", "check_duplicates", "check_shadows"]

_SOME_NAME = "Newford"  # stands behind a prefix, so that the line shows whether another rule has the prefix too

_Key = tuple[str, str | PrefixKey]
"""The table that a wording stands in, "lines" or "prefixes", and what it is looked up by there."""


@dataclass(frozen=True, slots=True)
class _Wording:
    rule: Rule = field(compare=False)
    language: str
    text: str
    nth: int = 0
    """How many equal wordings stand before it in its list."""


class RuleIndex:
    """All rules that run together, by what they claim. What takes long is found out when it is first asked for.

    Args:
        rules: the rules, in order of precedence.
    """

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self.order: Mapping[str, int] = {rule.id: number for number, rule in enumerate(rules)}

    @cached_property
    def _compiled(self) -> CompiledRules:
        running = [rule for rule in self.rules if not rule.matcher and running_profiles(rule)]
        return CompiledRules(self.rules.with_rules(running))

    def claiming(self, texts: Iterable[str]) -> list[tuple[Rule, ...]]:
        """For each text the rules whose wording it fits, in order of precedence."""
        listed = list(texts)
        found = fitting_rules(self._compiled, listed)
        return [found.get(text, ()) for text in listed]

    @cached_property
    def _wordings(self) -> Mapping[_Key, list[_Wording]]:
        found: dict[_Key, list[_Wording]] = defaultdict(list)
        for rule in self.rules:
            for key, wording in _wordings(rule):
                found[key].append(wording)
        return found

    def owner(self, wording: _Wording, key: _Key) -> str:
        """The id of a rule that owns a wording wherever its own rule would act, or "".

        A wording that two languages share is no duplicate: a selection of languages needs both. Between classes it is
        wanted: each may be kept or dropped without the other.
        """
        rule = wording.rule
        for other in self._wordings[key]:
            same = other.language in _alike(wording.language) and other.rule.scrap_class == rule.scrap_class
            if same and other.rule.languages == rule.languages and owns_before(other.rule, rule, self.order):
                return other.rule.id
        return ""


def check_shadows(source: RuleSource, index: RuleIndex) -> Iterator[Finding]:
    """A rule whose wordings and examples are all owned by other rules, so that it never acts."""
    owners = _owners(source.rule, index)
    if owners:
        yield source.finding(
            "shadowed",
            f"all that the rule looks for is claimed by {', '.join(owners)}",
            source.place_of_value(("id",), source.rule.id),
            "take the wordings out of one of the two, or give this rule a zone of its own",
        )


def _owners(rule: Rule, index: RuleIndex) -> list[str]:
    """The rules that own all lines of a rule; empty when one of its lines is its own."""
    if rule.matcher or rule.unit is Unit.SPAN or rule.flag or not running_profiles(rule):
        return []
    texts = [*_all(rule.lines), *(f"{text} {_SOME_NAME}" for text in _all(rule.prefixes))]
    texts += _all(rule.examples.removes) if rule.patterns else []
    if not texts or any("\n" in text for text in texts):
        return []
    owners: dict[str, None] = {}
    for claiming in index.claiming(texts):
        owner = next((other.id for other in claiming if owns_before(other, rule, index.order)), None)
        if owner is None:
            return []
        owners[owner] = None
    return [] if _harvests(rule, index.rules) else list(owners)


def _harvests(rule: Rule, rules: RuleSet) -> bool:
    """Whether the rule finds metadata: it does so even where another rule owns the line."""
    return bool(rule.harvest) or any(
        compile_regex(rules.expand(pattern), rule.case_sensitive).groupindex for pattern in _all(rule.patterns)
    )


def check_duplicates(source: RuleSource, index: RuleIndex, is_shadowed: bool = False) -> Iterator[Finding]:
    """Wordings that stand twice in the rule, and those that another rule owns wherever this one would act.

    Args:
        source: the rule.
        index: all rules that run together.
        is_shadowed: whether the rule is shadowed, so that other rules own all of its wordings anyway.
    """
    seen: set[tuple[str, _Key]] = set()
    for key, wording in _wordings(source.rule):
        if any((language, key) in seen for language in _alike(wording.language)):
            where = "stands in this rule"
        elif not is_shadowed and (owner := index.owner(wording, key)):
            where = f"is claimed by {owner}"
        else:
            seen.add((wording.language, key))
            continue
        place = source.place_of_value((key[0], wording.language), wording.text, nth=wording.nth)
        message = f"{wording.text!r} {where} already"
        yield source.finding("duplicate-wording", message, place, "case and marks at the ends do not count")


def _wordings(rule: Rule) -> Iterator[tuple[_Key, _Wording]]:
    """The exact wordings and the prefixes of a rule, each with what it is looked up by."""
    for language, texts in rule.lines.items():
        for number, text in enumerate(texts):
            yield ("lines", line_key(text)), _Wording(rule, language, text, texts[:number].count(text))
    for language, texts in rule.prefixes.items():
        for number, text in enumerate(texts):
            yield ("prefixes", prefix_key(text)), _Wording(rule, language, text, texts[:number].count(text))


def _alike(language: str) -> tuple[str, ...]:
    """The languages whose wordings run wherever those of a language do."""
    return tuple(dict.fromkeys((language, "", "mul")))


def _all(table: Texts) -> list[str]:
    return list(chain.from_iterable(table.values()))
