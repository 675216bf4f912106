"""What the lines around a hit say against it."""

from __future__ import annotations

import pytest

from cleaner import Rule
from cleaner.engine.context import Context, ambiguous_rules, entry_lines
from cleaner.engine.verdicts import Hit
from cleaner.model import Zone
from cleaner.rules.model import Unit
from cleaner.text.lines import TextView
from cleaner.text.zones import find_zones
from tests.engine.making import PROSE, text_of


def rule(**keys: object) -> Rule:
    return Rule(id="own.x", description="X", zones=(Zone.TAIL,), **keys)  # type: ignore[arg-type]


def objection(text: str, line: str, over: Rule, *claimed: str) -> str:
    """What speaks against a hit of the rule on the line, when rules fit it and the claimed lines."""
    view = TextView(text)
    known = {i for i, one in enumerate(view.lines) if one in (line, *claimed)}
    at = view.lines.index(line)
    hit = Hit(over, at, at, {})
    return Context(view, find_zones(view, known), known, ambiguous_rules([hit], view)).objection(hit)


def test_nothing_speaks_against_a_scrap_alone() -> None:
    assert objection(text_of(PROSE, "Share"), "Share", rule()) == ""
    assert objection(text_of(PROSE, "Share"), "Share", rule(once=True)) == ""


@pytest.mark.parametrize(
    ("text", "claimed", "want"),
    [
        (text_of(PROSE, "Lamps", "Share", "Bridges"), (), "an item of a list"),
        (text_of(PROSE, "Share", "Bridges"), (), "an item of a list"),
        (text_of(PROSE, "Share", "Bridges"), ("Bridges",), ""),
        (text_of(PROSE, "Lamps", "Share"), (), ""),
        (text_of(PROSE, "Lamps", "Stones", "Share"), (), "an item of a list"),
    ],
)
def test_a_line_of_the_tail_between_lines_that_no_rule_knows_is_an_item(
    text: str, claimed: tuple[str, ...], want: str
) -> None:
    assert objection(text, "Share", rule(), *claimed) == want


@pytest.mark.parametrize(("line", "want"), [("Share it all", "an item of a list"), ("Share it all now", "")])
def test_one_neighbour_that_no_rule_knows_speaks_against_a_line_of_three_words(line: str, want: str) -> None:
    assert objection(text_of(PROSE, line, "Bridges"), line, rule()) == want
    assert objection(text_of(PROSE, "Lamps", line, "Bridges"), line, rule()) == "an item of a list"


@pytest.mark.parametrize(
    ("neighbour", "claimed", "want"),
    [
        ("Director: Ann Hollis", (), "one of several particulars"),
        ("Director: Ann Hollis", ("Director: Ann Hollis",), ""),
        ("The director", (), ""),
    ],
)
def test_a_label_beside_other_labels_is_a_particular(neighbour: str, claimed: tuple[str, ...], want: str) -> None:
    line = "Photo: Jane Doe and several others"
    assert objection(text_of(PROSE, neighbour, line), line, rule(), *claimed) == want


def test_labels_are_particulars_where_a_text_begins_with_them() -> None:
    lines = ("Director: Ann Hollis", "Photo: Jane Doe")
    assert objection(text_of(*lines), lines[1], rule()) == "one of several particulars"


def test_a_description_and_the_caption_that_says_it_again_are_no_particulars() -> None:
    line = "Power cut: The police lead the cars © Jane Doe"
    assert objection(text_of(PROSE, "Power cut: The police lead the cars", line), line, rule()) == ""


def test_a_section_above_facts_is_the_article_s_own() -> None:
    text = text_of(PROSE, "Further reading", "Ann Hollis: The Old Bridge (1911)")
    section = rule(unit=Unit.SECTION)
    assert objection(text, "Further reading", section) == "a list of facts follows"
    assert objection(text_of(PROSE, "Further reading", "Lamps"), "Further reading", section) == ""


def test_a_rule_that_acts_once_is_ambiguous_when_it_fits_two_wordings() -> None:
    view = TextView("61%\n\n39%\n\n61%\n")
    once = rule(once=True)
    assert ambiguous_rules([Hit(once, 0, 0, {}), Hit(once, 4, 4, {})], view) == frozenset()
    hits = [Hit(once, 0, 0, {}), Hit(once, 2, 2, {})]
    assert ambiguous_rules(hits, view) == {"own.x"}
    context = Context(view, find_zones(view), {0, 2}, ambiguous_rules(hits, view))
    assert context.objection(hits[0]) == "once: several lines fit"
    assert ambiguous_rules([Hit(rule(), 0, 0, {}), Hit(rule(), 2, 2, {})], view) == frozenset()


WRAPPED = "CAESAR goes up to the house of the council, the rest"


@pytest.mark.parametrize(
    ("above", "line", "want"),
    [
        (WRAPPED, "following", "it goes on with the line above"),
        ("So was I bid report here to the state", "By Signior Angelo.", ""),
        (f"{WRAPPED},", "Following", "it goes on with the line above"),
        (f"{WRAPPED}.", "following", ""),
        (WRAPPED, "Following", ""),
        (f"{WRAPPED} to", "Reuters", "it goes on with the line above"),
        (f"{WRAPPED} vor dem", "Reuters", "it goes on with the line above"),
        (f"{WRAPPED} до", "Reuters", "it goes on with the line above"),
        ("Caesar goes up", "following", ""),
        (f"{WRAPPED}\n", "following", ""),
    ],
)
def test_a_line_that_goes_on_with_the_one_above_is_no_scrap(above: str, line: str, want: str) -> None:
    assert objection(f"{PROSE}\n\n{above}\n{line}\n", line, rule()) == want
    assert objection(f"{PROSE}\n\n{above}\n{line}\n", line, rule(), *above.split("\n")) == ""


FORTY = "Caesar goes up to the house of a council"


@pytest.mark.parametrize(("above", "want"), [(FORTY, "it goes on with the line above"), (FORTY.replace("a ", ""), "")])
def test_a_line_of_forty_characters_may_be_wrapped(above: str, want: str) -> None:
    assert len(FORTY) == 40
    assert objection(f"{PROSE}\n\n{above}\nfollowing\n", "following", rule()) == want


def test_a_line_may_go_on_with_the_first_one_and_the_first_goes_on_with_none() -> None:
    assert objection(f"{WRAPPED}\nfollowing\n\n{PROSE}\n", "following", rule()) == "it goes on with the line above"
    assert objection(f"following\n\n{PROSE}\n{WRAPPED}", "following", rule()) == ""


@pytest.mark.parametrize("keys", [{"matcher": "title"}, {"unit": Unit.BLOCK}, {"unit": Unit.SECTION}])
def test_only_single_lines_and_wordings_go_on(keys: dict[str, object]) -> None:
    assert objection(f"{PROSE}\n\n{WRAPPED}\nfollowing\n", "following", rule(**keys)) == ""


@pytest.mark.parametrize(
    ("above", "line", "goes_on"),
    [
        ("So was I bid report here to the state", "By the lord Angelo.", True),
        ("So was I bid report here to the state", "By the good lord Angelo.", False),
        ("So was I bid report here to the state", "By Signior Angelo.", True),
        ("So was I bid report here to the state", "By Signior Angelo", False),
        ("So was I bid report here to the state", "Loading...", False),
        ("So was I bid report here to the state.", "By Signior Angelo.", False),
        ("The old bridge closes", "By Signior Angelo.", False),
    ],
)
def test_a_short_line_of_verse_that_ends_the_sentence_is_no_scrap(above: str, line: str, goes_on: bool) -> None:
    found = objection(f"A messenger\n\nThe ships have turned\n{above}\n{line}\n", line, rule())
    assert (found == "it goes on with the line above") == goes_on


@pytest.mark.parametrize(
    ("text", "heads"),
    [
        (text_of("10:05 GMT", PROSE, "11:40 GMT", PROSE), {"10:05 GMT", "11:40 GMT"}),
        (text_of("10:05 GMT", PROSE, "10:05 GMT", PROSE), set()),  # the same time, printed again
        (text_of("10:05 GMT", PROSE, "Jane Doe", "11:40 GMT", PROSE), set()),  # of a comment
        (text_of("10:05 GMT", PROSE, "Jane Doe", "11:40 GMT", PROSE).rstrip(), set()),
        (text_of("10:05 GMT", PROSE), set()),
        (text_of("10:05 GMT", "11:40 GMT", PROSE), set()),
        (text_of("Ann Hollis", PROSE, "Jane Doe", PROSE), set()),
    ],
)
def test_times_above_several_pieces_of_prose_head_the_entries_of_a_chronicle(text: str, heads: set[str]) -> None:
    view = TextView(text)
    hits = [Hit(rule(), i, i, {}) for i in range(len(view.lines)) if view.lines[i] and not view.is_prose(i)]
    entries = entry_lines(hits, view)
    assert {view.lines[i] for i in entries} == heads
    context = Context(view, find_zones(view), {hit.first for hit in hits}, entries=entries)
    assert all(context.objection(hit) == "it heads one of several entries" for hit in hits if hit.first in entries)
