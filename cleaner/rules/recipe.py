"""How a rule set differs from the built-in rules: a few kilobytes that another process makes the rule set from.

A rule set with its compiled regexes takes megabytes. Most of it is the built-in rules, which every process has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any

from cleaner.errors import RuleError
from cleaner.rules.builtin import builtin_rules
from cleaner.rules.model import PackId, Rule, ScrapClass
from cleaner.rules.ruleset import RuleSet

__all__ = ["RuleRecipe"]

_FIELDS = tuple(one.name for one in fields(Rule))


@dataclass(frozen=True, slots=True)
class _Languages:
    """The part of a table of wordings that is left: that of some languages."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Changed:
    """A built-in rule, by its number, with other values of some fields."""

    number: int
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RuleRecipe:
    """What a rule set is made of.

    Attributes:
        builtin: the digest of the built-in rules that it names; "" when it names none.
        rules: built-in rules by their number, changed ones, and others.
        classes, terms: those that the built-in rules do not have.
        matchers: those of plugins.
        chosen: the profiles that the rules were chosen with: for each profile the numbers in ``rules``.
        shared_classes, shared_terms: the names of those that are the same in the built-in rules.
        packs: the packs that rules came from.

    >>> rules = builtin_rules().select("facts", languages=["de"])
    >>> RuleRecipe.of(rules).rule_set() == rules
    True
    """

    builtin: str
    rules: tuple[int | _Changed | Rule, ...]
    classes: tuple[ScrapClass, ...]
    terms: Mapping[str, str]
    matchers: Mapping[str, Any]
    chosen: Mapping[str, tuple[int, ...]]
    shared_classes: tuple[str, ...]
    shared_terms: tuple[str, ...]
    packs: tuple[PackId, ...] = ()

    @classmethod
    def of(cls, rules: RuleSet) -> RuleRecipe:
        """The recipe of a rule set."""
        base = builtin_rules()
        numbers = {rule.id: number for number, rule in enumerate(base)}
        parts = tuple(_part(rule, numbers.get(rule.id)) for rule in rules)
        classes = tuple(name for name, one in rules.classes.items() if base.classes.get(name) == one)
        terms = tuple(name for name, meaning in rules.terms.items() if base.terms.get(name) == meaning)
        is_based = classes or terms or any(not isinstance(part, Rule) for part in parts)
        return cls(
            _builtin_digest() if is_based else "",
            parts,
            tuple(one for name, one in rules.classes.items() if name not in classes),
            {name: meaning for name, meaning in rules.terms.items() if name not in terms},
            dict(rules.matchers),
            _numbers_by_profile(rules),
            classes,
            terms,
            rules.packs,
        )

    def rule_set(self) -> RuleSet:
        """The rule set.

        Raises:
            RuleError: it was made with other built-in rules than those of this process.
        """
        if self.builtin and self.builtin != _builtin_digest():
            raise RuleError(
                "this cleaner was made with other built-in rules than this process has",
                hint="install the same version of cleaner wherever it is sent to",
            )
        base = builtin_rules() if self.builtin else RuleSet()
        found = tuple(self._made(base))
        chosen = {found[number].id: profile for profile, numbers in self.chosen.items() for number in numbers}
        classes = (*(base.classes[name] for name in self.shared_classes), *self.classes)
        terms = {**{name: base.terms[name] for name in self.shared_terms}, **self.terms}
        return RuleSet(found, classes, terms, base.known, self.matchers, chosen=chosen, packs=self.packs)

    def _made(self, base: RuleSet) -> Iterator[Rule]:
        for part in self.rules:
            if isinstance(part, Rule):
                yield part
            elif isinstance(part, int):
                yield base.rules[part]
            else:
                rule = base.rules[part.number]
                yield replace(rule, **{name: _value(rule, name, value) for name, value in part.values.items()})


@cache
def _builtin_digest() -> str:
    return builtin_rules().digest


def _part(rule: Rule, number: int | None) -> int | _Changed | Rule:
    if number is None:
        return rule
    original = builtin_rules().rules[number]
    if rule is original:
        return number
    changes = {
        name: _change(getattr(original, name), value)
        for name in _FIELDS
        if (value := getattr(rule, name)) != getattr(original, name)
    }
    return _Changed(number, changes) if changes else number


def _change(before: Any, after: Any) -> Any:
    """A new value of a field; of a table from which languages were left out only the languages that stay."""
    if isinstance(after, dict) and isinstance(before, dict) and after.items() <= before.items():
        return _Languages(tuple(after))
    return after


def _value(rule: Rule, name: str, value: Any) -> Any:
    if isinstance(value, _Languages):
        table = getattr(rule, name)
        return {language: table[language] for language in value.names}
    return value


def _numbers_by_profile(rules: RuleSet) -> dict[str, tuple[int, ...]]:
    profiles = dict.fromkeys(rules.chosen.values())
    return {
        name: tuple(number for number, rule in enumerate(rules) if rules.chosen.get(rule.id) == name)
        for name in profiles
    }
