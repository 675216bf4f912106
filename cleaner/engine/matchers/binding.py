"""Matchers bound to rules: the options are read and checked once, when the rules are compiled."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from cleaner.engine.matchers.base import Matcher, MatcherHit
from cleaner.engine.matchers.options import read_options
from cleaner.engine.matchers.registry import MATCHERS, check_matcher, check_options
from cleaner.errors import RuleError
from cleaner.rules.model import Rule
from cleaner.rules.ruleset import RuleSet
from cleaner.text.lines import TextView
from cleaner.text.zones import Zones

__all__ = ["BoundContextMatcher", "BoundMatcher", "bind", "bind_context"]

BoundMatcher = Callable[[TextView], Iterator[MatcherHit]]
"""A matcher with the options of one rule."""

BoundContextMatcher = Callable[[TextView, Zones, Mapping[int, str]], Iterator[MatcherHit]]
"""A context matcher with the options of one rule."""


def bind(rule: Rule, rules: RuleSet) -> BoundMatcher | None:
    """The matcher of a rule with its options; None when it has none, or one that needs other rules.

    Raises:
        RuleError: there is no such matcher, or an option is wrong.
    """
    _raise_first(check_matcher(rule, rules))
    entry = MATCHERS.get(rule.matcher)
    if entry is not None:
        return _with_options(entry.matcher, rule, rules, entry.options) if entry.matcher else None
    return partial(_run_plugin, rule.id, rules.matchers[rule.matcher], rule.options) if rule.matcher else None


def bind_context(rule: Rule, rules: RuleSet) -> BoundContextMatcher | None:
    """The context matcher of a rule with its options; None when it has none.

    Raises:
        RuleError: an option is wrong.
    """
    entry = MATCHERS.get(rule.matcher)
    return _with_options(entry.context, rule, rules, entry.options) if entry and entry.context else None


def _with_options(function: Callable[..., Iterator[MatcherHit]], rule: Rule, rules: RuleSet, cls: type[Any]) -> Any:
    _raise_first(check_options(rule, rules.terms))
    options = read_options(cls, rule.options, rules.terms)
    return lambda *arguments: function(*arguments, options)


def _run_plugin(rule: str, matcher: Matcher, options: Mapping[str, Any], view: TextView) -> Iterator[MatcherHit]:
    """What a matcher of a plugin finds. An error inside it names the rule."""
    try:
        yield from matcher(view, options)
    except Exception as error:
        name = f"{type(error).__name__}: {error}"
        raise RuleError(
            f"its matcher failed: {name}", rule=rule, hint="check the rule's options, or tell the author of the plugin"
        ) from error


def _raise_first(errors: Sequence[RuleError]) -> None:
    if errors:
        raise errors[0]
