"""Finding hits, before anything speaks against them."""

from __future__ import annotations

import pytest

from cleaner.engine.compiler import CompiledRules
from cleaner.engine.hits import line_hits, matcher_hits, span_hits, wrapped_items
from cleaner.model import DocumentInfo
from cleaner.text.lines import TextView
from tests.engine.making import MORE, PROSE, compiled, looked_at, text_of


def lines_hit(text: str, rules: CompiledRules) -> list[tuple[str, int, int]]:
    view, cache = looked_at(text, rules)
    return [(hit.rule.id, hit.first, hit.last) for hit in line_hits(view, rules, cache)]


def test_every_rule_that_fits_a_line_hits_it_wherever_it_stands() -> None:
    both = compiled('lines = ["Share"]\nzone = "tail"', "pattern = 'sh.re'")
    assert lines_hit("Share\nThe town\nShare\n", both) == [
        ("own.x0", 0, 0),
        ("own.x1", 0, 0),
        ("own.x0", 2, 2),
        ("own.x1", 2, 2),
    ]


def test_a_wrapped_item_is_seen_as_one_line() -> None:
    assert lines_hit("• Oops!\n   Something went wrong.\n", compiled('lines = ["Oops! Something went wrong"]')) == [
        ("own.x0", 0, 1)
    ]


def test_what_follows_a_wrapped_item_is_no_part_of_it() -> None:
    text = "• Oops!\n   Something went wrong.\nLamps\n"
    assert lines_hit(text, compiled('lines = ["Oops! Something went wrong"]')) == [("own.x0", 0, 1)]


def test_a_wording_broken_over_several_lines_is_one_hit() -> None:
    block = compiled("unit = 'block'\nlines = ['Story continues below']")
    assert lines_hit("The town\nStory continues\nbelow\n", block) == [("own.x0", 1, 2)]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("• Oops!\nNot indented\n", []),
        ("Oops!\n   Indented\n", []),
        ("• Oops!\n   • An item of its own\n", []),
        ("• Oops!\n\n   Apart\n", []),
        ("  • Lamps\n  As deep\n", []),
        ("• Oops!\n   At the end", [(0, 1)]),
        ("• Oops!\n   One\n   Two\n• Lamps\n\tThree\n", [(0, 2), (3, 4)]),
    ],
)
def test_items_go_on_in_deeper_indented_lines(text: str, items: list[tuple[int, int]]) -> None:
    assert list(wrapped_items(TextView(text))) == items


def test_pieces_are_found_with_their_place_in_the_text() -> None:
    span = compiled("unit = 'span'\naction = 'replace'\nreplacement = '<\\g<site>>'\npattern = '\\((?P<site>voa)\\)'")
    view, cache = looked_at("The town\nNewford (VOA)\n", span)
    (hit,) = span_hits(view, span, cache)
    assert (view.text[hit.start : hit.end], hit.replacement, dict(hit.fields)) == ("(VOA)", "<VOA>", {"site": "VOA"})


def test_a_piece_of_nothing_is_no_hit() -> None:
    span = compiled("unit = 'span'\npattern = '(?=voa)|x'")
    view, cache = looked_at("VOA\n", span)
    assert span_hits(view, span, cache) == []


def test_matchers_hit_what_they_find() -> None:
    known = compiled("matcher = 'known-site'")
    view, _ = looked_at("River Post\n", known, DocumentInfo(site="River Post"))
    (hit,) = matcher_hits(view, known)
    assert (hit.rule.id, hit.first, hit.last, hit.end, dict(hit.fields)) == ("own.x0", 0, 0, -1, {"site": "River Post"})


CREDIT = "pattern = '(?P<caption>.{6,}[.!?”]) ?Photo: (?P<photographer>.{2,20})'"
GLUED = "unit = 'span'\npattern = ' Photo: Jane Doe/AP'"
REPORT = f"{PROSE} Photo: Jane Doe/AP"
CAPTION = "The old bridge. Photo: Jane Doe/AP"


def test_a_wrapped_item_with_a_credit_is_hit_unless_it_is_prose() -> None:
    assert lines_hit("• The old bridge.\n   Photo: Jane Doe/AP\n", compiled(CREDIT)) == [("own.x0", 0, 1)]
    assert lines_hit(f"• {PROSE}\n   Photo: Jane Doe/AP\n", compiled(CREDIT)) == []


def test_of_prose_with_a_credit_one_rule_takes_the_credit_and_another_the_line() -> None:
    over = compiled(CREDIT, "pattern = '.*bridge.* Photo: .*'")
    view, cache = looked_at(text_of(MORE, REPORT), over)
    found = {
        hit.rule.id: view.text[hit.start : hit.end] if hit.end >= 0 else "" for hit in line_hits(view, over, cache)
    }
    assert found == {"own.x0": " Photo: Jane Doe/AP", "own.x1": ""}


def test_no_piece_of_a_caption_in_company_is_hit() -> None:
    over = compiled(CREDIT, GLUED)
    alone, cache = looked_at(text_of(MORE, REPORT), over)
    assert [hit.first for hit in span_hits(alone, over, cache)] == [2]
    paragraphs = [MORE.replace("spring", f"week {i}") for i in range(4)]
    company, cache = looked_at(text_of(CAPTION, REPORT, *paragraphs), over)
    assert span_hits(company, over, cache) == []
    assert [(hit.first, hit.end) for hit in line_hits(company, over, cache)] == [(0, -1), (2, -1)]


def test_what_is_a_caption_in_its_shortest_reading_goes_as_a_line() -> None:
    over = compiled(CREDIT, "pattern = '(?P<caption>.{6,})Doe/AP'")
    line = "The old bridge. Photo: One more of the boats that wait below it on a Tuesday. In the rain, Jane Doe/AP"
    view, cache = looked_at(text_of(line), over)
    assert [match.credited is not None and match.credited.is_prose for match in cache.lines[line]] == [True]
    assert [hit.end >= 0 for hit in line_hits(view, over, cache)] == [True]
    both = compiled("pattern = '(?P<caption>.{6,}?[.]) Photo: .+'", "pattern = '(?P<caption>.{6,})Doe/AP'")
    view, cache = looked_at(text_of(line), both)
    assert [(hit.first, hit.end) for hit in line_hits(view, both, cache)] == [(0, -1), (0, -1)]
