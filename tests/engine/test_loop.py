"""The engine as a whole: passes to the fixed point, the guard, flags and metadata."""

from __future__ import annotations

import pytest

from cleaner.engine.limits import Limits
from cleaner.engine.line_cache import LineCache
from cleaner.engine.loop import run
from cleaner.engine.verdicts import Outcome
from cleaner.model import DocumentInfo
from cleaner.text.deadline import Deadline, OutOfTimeError
from tests.engine.making import MORE, PROSE, compiled, text_of

SHARE = 'lines = ["Share"]\nzone = "tail"'


def test_a_text_without_scraps_comes_out_as_it_is() -> None:
    assert run(text_of(PROSE, MORE), compiled(SHARE)) == Outcome(text_of(PROSE, MORE))


def test_an_empty_text_stays_empty() -> None:
    assert run("", compiled(SHARE)) == Outcome("")


def test_passes_go_on_until_nothing_changes() -> None:
    rules = compiled("unit = 'span'\npattern = '\\(voa\\) '", SHARE, "zone = 'tail'\npattern = 'share (?:it )?now'")
    outcome = run(text_of(f"(VOA) {PROSE}", "Share", "(VOA) Share now"), rules)
    assert outcome.text == text_of(PROSE)
    assert [edit.rule for edit in outcome.edits] == ["own.x0", "own.x1", "own.x2"]
    assert run(outcome.text, rules).edits == ()


def test_each_line_keeps_its_rule_over_several_passes() -> None:
    """The second rule acts only when the first has taken the line that seemed to make it an item of a list."""
    number = "pattern = '\\d'\nzone = 'tail'\nunless.previous = 'voa'"
    text = text_of(PROSE, "(VOA)", "0")
    outcome = run(text, compiled("pattern = '\\(voa\\)'", number))
    assert outcome.text == text_of(PROSE)
    assert [(text[edit.start : edit.end], edit.rule) for edit in outcome.edits] == [
        ("\n(VOA)\n\n", "own.x0"),
        ("0\n", "own.x1"),
    ]


def test_when_too_much_prose_would_go_nothing_goes() -> None:
    rules = compiled("pattern = 'work is to begin.+'\nflag = 'paywall'", SHARE)
    text = text_of(PROSE, MORE, "Share")
    outcome = run(text, rules, guard=0.4, explain=True)
    assert (outcome.text, outcome.edits, outcome.metadata) == (text, (), {})
    assert outcome.flags == ("paywall", "guard")
    assert {verdict.reason for verdict in outcome.verdicts} == {"guard"}
    assert run(text, rules, guard=0.9).text == text_of(PROSE)


@pytest.mark.parametrize(("others", "flags"), [(1, ("guard",)), (2, ())])
def test_without_another_share_two_fifths_of_the_prose_may_go(others: int, flags: tuple[str, ...]) -> None:
    text = text_of(*[PROSE] * others, MORE)
    outcome = run(text, compiled("pattern = 'work is to begin.+'"))
    assert outcome.flags == flags
    assert bool(outcome.edits) is not bool(flags)


def test_what_is_known_about_the_document_reaches_the_matchers() -> None:
    known = compiled("matcher = 'known-site'\nzone = 'any'")
    text = text_of(PROSE, MORE, "River Post")
    assert run(text, known, DocumentInfo(site="River Post")).text == text_of(PROSE, MORE)
    assert run(text, known).text == text


def test_a_text_is_never_emptied() -> None:
    outcome = run("Share\n", compiled('lines = ["Share"]'))
    assert (outcome.text, outcome.flags) == ("Share\n", ("emptied",))


def test_a_text_that_comes_to_no_rest_stays_and_is_flagged() -> None:
    rules = compiled("unit = 'span'\npattern = '\\(\\)'")
    flat = "The () town" + "\n"
    assert run(flat, rules).text == "The town\n"
    deep = "The " + "(" * 40 + ")" * 40 + " town\n"
    outcome = run(deep, rules, explain=True)
    assert (outcome.text, outcome.edits, outcome.flags) == (deep, (), ("unsettled",))
    assert {verdict.reason for verdict in outcome.verdicts} <= {"unsettled"}


def test_a_text_that_takes_too_long_is_given_up() -> None:
    ticks = iter(range(100))
    rules = compiled(SHARE, "matcher = 'known-title'")
    cache = LineCache(rules, Limits(Deadline(0.5, lambda: next(ticks))))
    with pytest.raises(OutOfTimeError):
        run(text_of(PROSE, "Share"), rules, cache=cache)


def test_a_page_without_running_text_is_flagged() -> None:
    assert run("Lamps\n" * 15, compiled(SHARE)).flags == ("index",)
    assert run("Lamps\n" * 14, compiled(SHARE)).flags == ()
    assert run("Lamps\n" * 15 + PROSE, compiled(SHARE)).flags == ()


def test_metadata_has_every_value_once_in_the_order_it_was_found() -> None:
    rules = compiled("pattern = 'by (?P<author>.+)'")
    outcome = run(text_of(PROSE, "By Ann", "By Jo", "By Ann"), rules)
    assert outcome.metadata == {"author": "Ann; Jo"}


def test_verdicts_are_there_when_they_are_asked_for() -> None:
    text = text_of("Share", PROSE, "Share")
    assert run(text, compiled(SHARE)).verdicts == ()
    reasons = {verdict.reason for verdict in run(text, compiled(SHARE), explain=True).verdicts}
    assert reasons == {"", "zone head is not tail"}
