"""Which hits act, and the reason of those that do not."""

from __future__ import annotations

import pytest

from cleaner.engine.deciding import Decision, Situation, decide, objection
from cleaner.engine.hits import line_hits
from cleaner.engine.verdicts import Verdict
from cleaner.model import DocumentInfo, Zone
from cleaner.text.zones import find_zones
from tests.engine.making import MORE, PROSE, compiled, looked_at, text_of


def decided(body: str, text: str, url: str = "", explain: bool = True) -> Decision:
    rules = compiled(body)
    view, cache = looked_at(text, rules, DocumentInfo(url=url))
    return decide(line_hits(view, rules, cache), Situation(view, find_zones(view), rules, explain=explain))


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("zone = 'head'", "zone tail is not head"),
        ("zone = ['head', 'deck']", "zone tail is not head or deck"),
        ("sites = ['riverpost.example']", "site"),
        ("except-sites = ['hillnews.example']", "site"),
        ("unless.line = 'sh.re'", "unless line: Share"),
        ("unless.previous = 'spring'", "unless previous: spring"),
        ("unless.next = 'lamp'", "unless next: Lamp"),
        ("action = 'flag'\nflag = 'paywall'", "flag only"),
    ],
)
def test_a_hit_that_does_not_act_has_a_reason(body: str, reason: str) -> None:
    text = text_of(PROSE, MORE, "Share", "Lamps")
    found = decided(f'{body}\nlines = ["Share"]', text, "https://www.hillnews.example/a")
    assert found.accepted == ()
    assert found.verdicts == (Verdict("own.x0", "Share", Zone.TAIL, reason),)


def test_a_hit_in_a_block_of_code_is_spared() -> None:
    text = f"{PROSE}\n\n```html\nShare\n```\n\n{MORE}\n"
    found = decided('lines = ["Share"]', text)
    assert found.accepted == ()
    assert [verdict.reason for verdict in found.verdicts] == ["it stands in a block of code"]


def test_fences_around_prose_are_no_code() -> None:
    assert decided('lines = ["Share"]', f"```\n{PROSE}\n\nShare\n```\n").accepted != ()


def test_a_hit_is_spared_when_its_antipattern_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleaner.engine.limits.TIMEOUT", 0.01)
    found = decided("unless.next = '(?:a|a)+b'\nlines = [\"Share\"]", text_of(PROSE, "Share", "a" * 60))
    assert [verdict.reason for verdict in found.verdicts] == ["unless next: took too long"]


def test_a_hit_that_acts_raises_its_flag() -> None:
    found = decided('lines = ["Share"]\nflag = "paywall"', text_of(PROSE, "Share"))
    assert [hit.rule.id for hit in found.accepted] == ["own.x0"]
    assert found.flags == ("paywall",)
    assert [verdict.reason for verdict in found.verdicts] == [""]


def test_a_hit_that_is_spared_raises_no_flag() -> None:
    assert decided('lines = ["Share"]\nflag = "paywall"\nzone = "head"', text_of(PROSE, "Share")).flags == ()


def test_the_first_line_speaks_against_the_next_and_the_last_against_none_below() -> None:
    before = decided("unless.previous = 'spring'\nlines = [\"Share\"]", text_of("The spring", "Share"))
    assert [verdict.reason for verdict in before.verdicts] == ["unless previous: spring"]
    around = "unless.previous = 'spring'\nunless.next = 'spring'\nlines = [\"Share\"]"
    assert len(decided(around, "Share\n\nLamps\n\nThe spring").accepted) == 1
    assert len(decided(around, "The spring\n\nLamps\n\nShare").accepted) == 1


def test_verdicts_are_only_made_when_they_are_asked_for() -> None:
    assert decided('lines = ["Share"]', text_of(PROSE, "Share"), explain=False).verdicts == ()


def test_the_zone_may_be_left_out_of_account() -> None:
    rules = compiled('lines = ["Share"]\nzone = "head"')
    view, cache = looked_at(text_of(PROSE, "Share"), rules)
    (hit,) = line_hits(view, rules, cache)
    situation = Situation(view, find_zones(view), rules)
    assert decide([hit], situation).verdicts == ()
    assert objection(hit, situation) == "zone tail is not head"
    assert objection(hit, situation, any_zone=True) == ""
