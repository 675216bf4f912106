"""Which rule removes which line."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cleaner import Rule, RuleSet
from cleaner.engine import ownership
from cleaner.engine.compiler import CompiledRules
from cleaner.engine.hits import line_hits
from cleaner.engine.ownership import Ownership, own_lines
from cleaner.model import Zone
from tests.engine.making import MORE, PROSE, compiled, looked_at, text_of


def owned(text: str, rules: CompiledRules, explain: bool = False) -> Ownership:
    view, cache = looked_at(text, rules)
    return own_lines(line_hits(view, rules, cache), view, rules, explain)


def owners(text: str, rules: CompiledRules) -> dict[str, str]:
    """By line, the rule that removes it."""
    lines = text.split("\n")
    return {lines[i]: hit.rule.id for i, hit in owned(text, rules).owners.items()}


def test_the_surer_rule_owns_a_line() -> None:
    both = compiled('lines = ["Share"]\nconfidence = "medium"', 'pattern = "sh.re"\nconfidence = "high"')
    assert owners(text_of(PROSE, "Share"), both) == {"Share": "own.x1"}


def test_of_equals_the_first_rule_owns_a_line() -> None:
    assert owners(text_of(PROSE, "Share"), compiled('lines = ["Share"]', 'pattern = "sh.re"')) == {"Share": "own.x0"}


def test_a_rule_acts_outside_its_zone_beside_a_scrap_of_its_class() -> None:
    both = compiled('lines = ["Share"]', 'lines = ["Print"]\nzone = "tail"')
    beside = text_of(PROSE, "Share", "Print", MORE)
    assert owners(beside, both) == {"Share": "own.x0", "Print": "own.x1"}
    assert owners(text_of(PROSE, "Print", MORE, "Share"), both) == {"Share": "own.x0"}


def test_a_neighbour_that_something_speaks_against_stays() -> None:
    both = compiled('lines = ["Share"]', 'lines = ["Print"]\nzone = "tail"\nunless.next = "spring"')
    view, cache = looked_at(text_of(PROSE, "Share", "Print", MORE), both)
    found = own_lines(line_hits(view, both, cache), view, both)
    assert {view.lines[i] for i in found.owners} == {"Share"}
    assert found.verdicts == ()


def test_a_scrap_of_another_class_is_no_company() -> None:
    share = Rule(id="ads.share", description="X", lines={"": ("Share",)})
    print_ = Rule(id="poll.print", description="X", lines={"": ("Print",)}, zones=(Zone.TAIL,))
    for rules in ((share, print_), (replace(share, id="zoo.share"), print_)):
        assert set(owners(text_of(PROSE, "Share", "Print", MORE), CompiledRules(RuleSet(rules)))) == {"Share"}


def test_a_line_that_a_rule_fits_divides_nothing_and_the_line_below_it_does() -> None:
    sentence = compiled(f'lines = ["{MORE}"]\nzone = "tail"', 'lines = ["Share"]\nzone = "tail"')
    assert set(owners(text_of(PROSE, MORE), sentence)) == {MORE}
    share = compiled('lines = ["Share"]\nzone = "tail"')
    assert owners(f"{PROSE}\n\nShare\n{MORE}\n", share) == {}


def test_neighbours_speak_for_their_neighbours() -> None:
    both = compiled('lines = ["Share"]', 'lines = ["Print", "Mail"]\nzone = "tail"')
    assert set(owners(text_of(PROSE, "Mail", "Print", "Share", MORE), both)) == {"Share", "Print", "Mail"}


@pytest.mark.parametrize("above", [True, False])
def test_a_long_row_of_neighbours_is_looked_at_a_few_times(above: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """The looks grow with the lines and not with their square."""
    looks = [0]
    ask = ownership._has_company

    def counted(*arguments: Any) -> bool:
        looks[0] += 1
        return ask(*arguments)

    monkeypatch.setattr(ownership, "_has_company", counted)
    both = compiled('lines = ["Share"]', 'lines = ["Print"]\nzone = "tail"')
    row = ["Print"] * 300
    text = text_of(PROSE, *row, "Share", MORE) if above else text_of(PROSE, "Share", *row, MORE)
    assert len(owned(text, both).owners) == 301
    assert looks[0] <= 4 * 300


def test_many_cuts_take_each_line_once() -> None:
    """All of them take all below: were each line taken for each cut, this would never end."""
    cut = compiled('action = "cut"\nlines = ["Share"]')
    text = text_of(PROSE, *["Share"] * 30_000)
    assert {hit.first for hit in owned(text, cut).owners.values()} == {2}


def test_context_matchers_see_what_goes() -> None:
    both = compiled('lines = ["Follow us on"]', "matcher = 'below-scraps'\nzone = 'tail'\noptions.classes = 'own'")
    found = owners(text_of(PROSE, "Follow us on", "Lamps"), both)
    assert found == {"Follow us on": "own.x0", "Lamps": "own.x1"}
    assert owners(f"{PROSE}\nFollow us on\n\nLamps\n", both) == found
    assert owners(text_of(PROSE, "Lamps"), both) == {}


def test_where_nothing_goes_only_matchers_that_need_no_scraps_are_asked() -> None:
    both = compiled("matcher = 'repeated-title'", "matcher = 'teasers'\noptions.classes = 'own'")
    title = "Old bridge to close for the winter"
    assert owners(text_of(title, title, PROSE, MORE), both) == {title: "own.x0"}
    assert owners(text_of(title, PROSE, MORE), both) == {}


def test_the_metadata_of_hits_that_take_nothing_is_not_kept() -> None:
    cut = compiled("action = 'cut'\npattern = '(?P<site>share)'")
    assert owned(text_of(PROSE, "Share", MORE), cut).used == ()
    assert [dict(hit.fields) for hit in owned(text_of(PROSE, "Share"), cut).used] == [{"site": "Share"}]


def test_there_is_a_verdict_on_every_hit() -> None:
    both = compiled('lines = ["Share"]', 'lines = ["Share"]\nzone = "head"')
    found = owned(text_of(PROSE, "Share"), both, explain=True)
    assert [(verdict.rule, verdict.reason) for verdict in found.verdicts] == [
        ("own.x0", ""),
        ("own.x1", "zone tail is not head"),
    ]
