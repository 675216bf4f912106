"""One pass over a text."""

from __future__ import annotations

from cleaner.engine.line_cache import LineCache
from cleaner.engine.passes import Pass, look
from cleaner.model import DocumentInfo
from tests.engine.making import PROSE, compiled, text_of


def looked(text: str, *bodies: str, explain: bool = True) -> Pass:
    rules = compiled(*bodies)
    cache = LineCache(rules)
    return look(cache.view(text, DocumentInfo()), rules, cache, explain)


def test_nothing_to_do_gives_no_edits() -> None:
    assert looked(text_of(PROSE), 'lines = ["Share"]') == Pass()


def test_pieces_go_before_lines_and_lines_get_their_verdicts_later() -> None:
    text = text_of(f"(VOA) {PROSE}", "Share")
    one = looked(text, 'lines = ["Share"]', "unit = 'span'\npattern = '\\(voa\\)'")
    assert [edit.rule for edit in one.edits] == ["own.x1"]
    assert one.verdicts == ()


def test_a_line_that_its_pieces_empty_goes_as_a_line() -> None:
    one = looked(text_of(PROSE, "(VOA)"), "unit = 'span'\npattern = '\\((?P<agency>voa)\\)'")
    assert [(edit.rule, edit.end - edit.start) for edit in one.edits] == [("own.x0", len("\n(VOA)\n"))]
    assert [dict(hit.fields) for hit in one.used] == [{"agency": "VOA"}]


def test_verdicts_are_only_made_when_they_are_asked_for() -> None:
    rules = compiled('lines = ["Share"]')
    cache = LineCache(rules)
    assert look(cache.view(text_of(PROSE, "Share"), DocumentInfo()), rules, cache).verdicts == ()


def test_flags_of_rules_that_only_flag_are_raised_without_edits() -> None:
    one = looked(text_of(PROSE, "Share"), 'lines = ["Share"]\naction = "flag"\nflag = "paywall"')
    assert (one.edits, one.flags) == ((), ("paywall",))
    assert [verdict.reason for verdict in one.verdicts] == ["flag only"]
