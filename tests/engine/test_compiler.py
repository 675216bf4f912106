"""Compiled rules: which rules fit the wording of a line, with the prefilter and without it."""

from __future__ import annotations

import pickle

import pytest

from cleaner import RuleError, RuleSet
from cleaner.engine.compiler import CompiledRules
from cleaner.engine.limits import Limits
from cleaner.rules import Rule
from cleaner.rules.known import known_regexes
from cleaner.text.deadline import Deadline, OutOfTimeError
from tests.engine.making import compiled, rules


@pytest.mark.parametrize("prefilter", [True, False])
@pytest.mark.parametrize(
    ("body", "line", "want"),
    [
        ('lines = ["Follow us"]', "  • FOLLOW\N{NO-BREAK SPACE} us:", True),
        ('lines = ["Follow us"]', "Follow us all", False),
        ('lines = ["No comments"]', "“No comments.”", False),
        ('prefixes = ["Source:"]', "Source: River Post", True),
        ('prefixes = ["Source:"]', "Source code of the machine is public", False),
        ('prefixes = ["来源"]', "来源：新华社", True),
        ('prefixes = ["By"]', "By Jane Doe", True),
        ('prefixes = ["By"]', "Byron wrote it", False),
        ("pattern = 'reporting by .+'", "Reporting  by Jane Doe", True),
        ("pattern = 'reporting by .+'", "(Reporting\tby Jane Doe", False),
        ("pattern = '\\d+ shares'", "12 shares", True),
        ("pattern = 'x[*+] foo'", "x+ foo", True),
        ("pattern = '[[:alpha:]] foobar'", "x foobar", True),
        ("pattern = '(?:foobar){e<=1}'", "fobar", True),
        ("pattern = 'a++b\\d'", "aab1", True),
        ("pattern = 'it.s'", "it’s", True),
        ("pattern = 'by .+'\nmax-words = 3", "By Jane Doe", True),
        ("pattern = 'by .+'\nmax-words = 3", "By Jane van Doe", False),
        ("pattern = 'By .+'\ncase-sensitive = true", "by Jane", False),
    ],
)
def test_a_line_fits(body: str, line: str, want: bool, prefilter: bool) -> None:
    assert (line in CompiledRules(rules(body), prefilter).fits([line]).lines) is want


def test_explicit_keywords_narrow_both_ways_of_matching() -> None:
    narrowed = rules("pattern = '.+ today'\nkeywords = [\"bridge\"]")
    lines = ["The bridge is closed today", "The road is closed today"]
    for prefilter in (True, False):
        assert list(CompiledRules(narrowed, prefilter).fits(lines).lines) == lines[:1]


def test_every_line_that_is_looked_at_gets_its_key_once() -> None:
    found = compiled('lines = ["Share"]').fits(["Share!", "", "x" * 30_000, "Share!", "The town"])
    assert dict(found.keys) == {"Share!": "share", "The town": "the town"}


def test_no_lines_fit_nothing() -> None:
    assert compiled('lines = ["Share"]').fits([]) == compiled('lines = ["Share"]').fits([""])


def test_matches_are_in_the_order_of_the_rules_and_a_wording_comes_before_a_pattern() -> None:
    wording_and_pattern = 'lines = ["Share"]\nharvest = "author"\npattern = "(?P<site>share)"'
    both = compiled("pattern = '(?P<site>share)'", wording_and_pattern)
    found = both.fits(["Share!"]).lines["Share!"]
    assert [(match.rule, dict(match.fields)) for match in found] == [(1, {"author": "Share"})]
    found = both.fits(["Share"]).lines["Share"]
    assert [(match.rule, dict(match.fields)) for match in found] == [(0, {"site": "Share"}), (1, {"author": "Share"})]


def test_a_span_is_found_inside_a_line() -> None:
    found = compiled("unit = 'span'\npattern = '\\(voa\\)'").fits(["Newford (VOA) and (VOA)"])
    assert [span.match.span() for span in found.spans["Newford (VOA) and (VOA)"]] == [(8, 13), (18, 23)]
    assert not found.lines


def test_the_first_lines_of_a_wording_of_several_are_known() -> None:
    block = compiled("unit = 'block'\nlines = ['Story continues below advertisement']")
    assert block.fits(["Story continues", "advertisement"]).block_starts == {"Story continues"}
    lines = ["Story continues", "below advertisement", "The town"]
    assert [(rule.id, last) for rule, last in block.blocks_at(lines, 0)] == [("own.x0", 1)]


def test_antipatterns_are_searched_in_plain_text() -> None:
    some = compiled('lines = ["Share"]')
    rule = some.rules[0]
    assert some.search(rule, ("he said", "it's"), "It’s a share", Limits()) == "It's"
    assert some.search(rule, ("he said",), "It’s a share", Limits()) == ""


def test_antipatterns_look_at_both_ends_of_a_long_line() -> None:
    some = compiled('lines = ["Share"]')
    line = "he said" + "x" * 100_000 + ":"
    assert some.search(some.rules[0], ("he said.{9}",), line, Limits()) == "he saidxxxxxxxxx"
    assert some.search(some.rules[0], (":$",), line, Limits()) == ":"


SLOW = "(?:a|a)+b"
HARD = "a" * 60 + "bcab"


def test_an_antipattern_that_takes_too_long_counts_as_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleaner.engine.limits.TIMEOUT", 0.01)
    some, limits = compiled('lines = ["Share"]'), Limits()
    assert some.search(some.rules[0], (SLOW + "$",), HARD, limits) == "took too long"
    assert some.search(some.rules[0], (SLOW + "$",), "The town", limits) == "took too long"  # it is not tried again
    assert limits.timeouts == {"own.x0"}


def test_a_regex_that_takes_too_long_is_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleaner.engine.limits.TIMEOUT", 0.01)
    some, limits = compiled(f"pattern = '{SLOW}'", "pattern = 'a+bcab'"), Limits()
    found = some.fits([HARD], limits)
    assert [match.rule for match in found.lines[HARD]] == [1]
    assert some.fits(["aab"], limits).lines == {}
    assert limits.timeouts == {"own.x0"}
    assert "aab" in some.fits(["aab"]).lines


def test_a_regex_that_is_known_to_be_quick_runs_without_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleaner.engine.limits.TIMEOUT", 0.01)
    own = rules(f"pattern = '{SLOW}'")
    hard = "a" * 18 + "bcab"
    for are_quick, given_up in (True, set()), (False, {"own.x0"}):
        limits = Limits()
        assert CompiledRules(own.with_known(known_regexes(own, are_quick))).fits([hard], limits).lines == {}
        assert limits.timeouts == given_up


def test_nothing_is_tried_when_no_time_is_left() -> None:
    ticks = iter(range(1000))
    limits = Limits(Deadline(2.5, lambda: float(next(ticks))))
    with pytest.raises(OutOfTimeError):
        compiled("pattern = 'a+'").fits(["a" * i for i in range(1, 100)], limits)
    assert next(ticks) <= 5


def test_a_pickled_rule_set_finds_the_same() -> None:
    some = compiled('lines = ["Share"]', "matcher = 'known-title'")
    again = pickle.loads(pickle.dumps(some))
    assert again.fits(["Share"]) == some.fits(["Share"])
    assert [rule.id for rule, _ in again.matchers] == ["own.x1"]


def test_matchers_that_need_other_rules_are_kept_apart() -> None:
    some = compiled("matcher = 'known-title'", "matcher = 'teasers'\noptions.classes = 'share-bar'")
    assert [rule.id for rule, _ in some.matchers] == ["own.x0"]
    assert [rule.id for rule, _ in some.context_matchers] == ["own.x1"]


def test_an_unknown_term_names_the_rule() -> None:
    rule = Rule(id="own.x", description="X", patterns={"": ("by {nobody}",)})
    with pytest.raises(RuleError, match=r"rule own\.x: unknown term \{nobody\}"):
        CompiledRules(RuleSet([rule]))


def test_a_failing_matcher_of_a_plugin_names_the_rule() -> None:
    ruleset = RuleSet([Rule(id="own.x", description="X", matcher="acme-fails")], matchers={"acme-fails": _fails})
    ((_, matcher),) = CompiledRules(ruleset).matchers
    with pytest.raises(RuleError, match=r"rule own\.x: its matcher failed: ZeroDivisionError"):
        list(matcher(None))  # type: ignore[arg-type]


def _fails(view: object, options: object) -> list[object]:
    raise ZeroDivisionError


@pytest.mark.parametrize(
    ("before", "after", "found"), [(6000, 6000, ""), (4990, 9000, "zzz"), (9000, 4990, "zzz"), (4000, 4000, "zzz")]
)
def test_an_antipattern_looks_at_both_ends_of_a_long_line(before: int, after: int, found: str) -> None:
    over = compiled("unless.line = 'zzz'\nlines = ['x']")
    line = "a" * before + "zzz" + "a" * after
    assert over.search(over.rules[0], ("zzz",), line, Limits()) == found


@pytest.mark.parametrize(("length", "found"), [(20_000, True), (20_001, False)])
def test_what_is_longer_than_any_line_is_not_looked_at(length: int, found: bool) -> None:
    line = "zzz ".ljust(length, "a")
    assert bool(compiled("unit = 'span'\npattern = 'zzz'").fits([line]).spans) is found
