"""Matchers with the options of their rules."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cleaner import Rule, RuleError, RuleSet
from cleaner.engine.matchers import MatcherHit
from cleaner.engine.matchers.binding import bind, bind_context
from cleaner.text.lines import TextView
from cleaner.text.zones import Zones


def rule_with(matcher: str, **options: int | str) -> Rule:
    return Rule(id="own.x", description="X", matcher=matcher, options=options)


def test_a_rule_without_a_matcher_is_bound_to_nothing() -> None:
    rule = Rule(id="own.x", description="X")
    assert bind(rule, RuleSet()) is None
    assert bind_context(rule, RuleSet()) is None


def test_a_rule_is_bound_to_one_kind_of_matcher() -> None:
    title, teasers = rule_with("known-title"), rule_with("teasers", classes="share-bar")
    assert bind(title, RuleSet()) is not None
    assert bind_context(title, RuleSet()) is None
    assert bind(teasers, RuleSet()) is None
    assert bind_context(teasers, RuleSet()) is not None


def test_a_bound_matcher_knows_the_options_of_its_rule() -> None:
    text = "The mayor at the bridge\n\nThe old mill\n\nPhoto: Jane Doe\n"
    view = TextView(text)
    for words, want in ((2, []), (3, [2])):
        matcher = bind_context(rule_with("above-scrap", classes="photo-credit", words=words), RuleSet())
        assert matcher is not None
        assert [hit.first for hit in matcher(view, Zones(-1, -1, -1), {4: "photo-credit"})] == want


def test_a_wrong_option_is_an_error_when_the_matcher_is_bound() -> None:
    with pytest.raises(RuleError, match="there is no option 'wrods'"):
        bind(rule_with("hard-wrap", wrods=3), RuleSet())
    with pytest.raises(RuleError, match="there is no option 'wrods'"):
        bind_context(rule_with("teasers", wrods=3), RuleSet())
    with pytest.raises(RuleError, match="no matcher 'magic'"):
        bind(rule_with("magic"), RuleSet())


def test_a_matcher_of_a_plugin_gets_its_options_as_they_are_written() -> None:
    given: list[object] = []

    def matcher_of_plugin(view: TextView, options: object) -> Iterator[MatcherHit]:
        given.append(options)
        yield MatcherHit(0, 0)

    rule = rule_with("acme", words="many")
    rules = RuleSet([rule], matchers={"acme": matcher_of_plugin})
    matcher = bind(rule, rules)
    assert matcher is not None
    assert list(matcher(TextView(""))) == [MatcherHit(0, 0)]
    assert given == [{"words": "many"}]
