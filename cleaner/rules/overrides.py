"""Changes of single rules by a project, without a copy of the rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import chain

import regex

from cleaner.errors import RuleError
from cleaner.rules.conversion import rule_fields
from cleaner.rules.model import Examples, Rule, Texts, Unless
from cleaner.rules.ruleset import RuleSet
from cleaner.rules.schema import Override
from cleaner.rules.validation import check_regexes, check_rule
from cleaner.rules.violations import Violation
from cleaner.text.normalize import fold

__all__ = ["Fail", "overridden"]

Fail = Callable[[str, Violation], RuleError]
"""Makes the error for a rule, by its id, and what is wrong with its override."""


def overridden(rules: RuleSet, overrides: Mapping[str, Override], fail: Fail) -> RuleSet:
    """The rules with what a project changes about some of them.

    Args:
        rules: the rules.
        overrides: by the id of the rule.
        fail: makes the error, so that it names the place of the override.

    Raises:
        RuleError: an id that no rule has, or a value that the rule may not have.

    >>> from cleaner.rules import Rule
    >>> rule = Rule(id="own.by", description="A byline", lines={"en": ("By us",)})
    >>> fail = lambda rule, violation: RuleError(violation.message, rule=rule)
    >>> overridden(RuleSet([rule]), {"own.by": Override(lines={"de": "Von uns"})}, fail)["own.by"].lines
    {'en': ('By us',), 'de': ('Von uns',)}
    """
    for rule_id in overrides:
        try:
            rules[rule_id]
        except RuleError as error:
            raise fail(rule_id, Violation(error.message, (), error.hint)) from None
    changed = {}
    for rule_id, override in overrides.items():
        changed[rule_id] = _changed(rules[rule_id], override)
        for violation in _violations(changed[rule_id], override, rules.terms):
            raise fail(rule_id, violation)
    return rules.with_rules(changed.get(rule.id, rule) for rule in rules)


def _violations(changed: Rule, override: Override, terms: Mapping[str, str]) -> Iterator[Violation]:
    """What is wrong with a changed rule. Of its regexes only those of the override are looked at."""
    for text in override.except_lines:
        if not fold(text):
            yield Violation(f"except-lines: {text!r} has no letter or digit, and fits no line", ("except-lines",))
    yield from check_rule(changed)
    added = rule_fields(override)
    yield from check_regexes(added["patterns"], added["unless"], terms)


def _changed(rule: Rule, override: Override) -> Rule:
    fields = rule_fields(override)
    spared = tuple(rf"^\W*{regex.escape(text, literal_spaces=True)}\W*$" for text in override.except_lines)
    for name in ("lines", "prefixes", "patterns"):
        fields[name] = _joined(getattr(rule, name), fields[name])
    unless, examples = fields["unless"], fields["examples"]
    fields["unless"] = Unless(
        rule.unless.line + unless.line + spared,
        rule.unless.previous + unless.previous,
        rule.unless.next + unless.next,
    )
    fields["examples"] = Examples(
        _joined(rule.examples.removes, examples.removes),
        _joined(rule.examples.keeps, examples.keeps),
        rule.examples.cases + examples.cases,
    )
    return replace(rule, **fields)


def _joined(table: Texts, added: Texts) -> Texts:
    """Two tables of texts by language as one."""
    languages = dict.fromkeys(chain(table, added))
    return {language: table.get(language, ()) + added.get(language, ()) for language in languages}
