"""The rule for lines that recur on a site: what goes, and above all what stays."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import Cleaner, builtin_rules
from cleaner.model import DocumentInfo
from cleaner.rules import RuleSet
from cleaner.text.hosts import site_of
from cleaner.text.repair import repair
from cleaner.text.site_lines import SiteLines, repeated_lines

ABOVE = "The council met on Tuesday evening and voted to repair the old stone bridge across the river."
BELOW = "Shopkeepers on the northern bank had asked for a second crossing while the work goes on, but were refused."


@pytest.fixture(scope="module")
def alone() -> Cleaner:
    """Only the rule for lines of the site."""
    return Cleaner(RuleSet([rule for rule in builtin_rules() if rule.scrap_class == "site-lines"]), profile="all")


def test_nothing_goes_when_nothing_is_known(alone: Cleaner) -> None:
    assert not alone.clean(f"{ABOVE}\n\nStory Continued Below\n\n{BELOW}\n").edits


@pytest.mark.parametrize("line", ["Good morning, Newford!", "Comments", "Newford Hill River"])
def test_what_goes_below_and_above_the_body(alone: Cleaner, line: str) -> None:
    document = DocumentInfo(repeated=repeated_lines([line]))
    text = f"Bridge closed\n\n{line}\n\n{ABOVE}\n\n{BELOW}\n\n{line}\n"
    assert alone.clean_document(text, document).text == f"Bridge closed\n\n{ABOVE}\n\n{BELOW}\n"


def test_a_label_above_names_goes(alone: Cleaner) -> None:
    document = DocumentInfo(repeated=repeated_lines(["Authors:"]))
    assert alone.clean_document(f"{ABOVE}\n\nAuthors:\n\nAnn Hollis\n", document).text == f"{ABOVE}\n\nAnn Hollis\n"


@pytest.mark.parametrize(
    "line", ["Story Continued Below", "Give five pounds and keep the River Post free for all of us."]
)
def test_what_stands_everywhere_goes_from_the_body(alone: Cleaner, line: str) -> None:
    text = f"{ABOVE}\n\n{line}\n\n{BELOW}\n"
    document = DocumentInfo(repeated=repeated_lines([line], everywhere=True))
    assert alone.clean_document(text, document).text == f"{ABOVE}\n\n{BELOW}\n"


@pytest.mark.parametrize(
    "line",
    [
        "What happened next",
        "MR. SMITH:",
        "Q:",
        "Yes.",
        "Row, row, row your boat,",
        "• Two eggs",
        "“No comment.”",
        "— Home.",
        "Newford | 3 | 1",
        "Newford\t3",
        "2–1",
        "And the walls came tumbling down.",
        ABOVE,
    ],
)
def test_what_stays_in_the_body(alone: Cleaner, line: str) -> None:
    document = DocumentInfo(repeated=repeated_lines([line]))
    assert not alone.clean_document(f"{ABOVE}\n\n{line}\n\n{BELOW}\n", document).edits


@pytest.mark.parametrize(
    "line",
    ["Ingredients", "MR. SMITH:", "Why does it matter?", "Yes.", "• Two eggs", "“No comment.”", "A\tB\tC", "2–1"],
)
def test_what_stays_in_the_body_wherever_else_it_stands(alone: Cleaner, line: str) -> None:
    document = DocumentInfo(repeated=repeated_lines([line], everywhere=True))
    assert not alone.clean_document(f"{ABOVE}\n\n{line}\n\n{BELOW}\n", document).edits


def test_what_stays_below_the_body(alone: Cleaner) -> None:
    """A list of the article's own holds lines that other articles have too; so does an interview's end."""
    lines = ["• Two eggs", "2–1", "“No comment.”", "A | B", "Q:"]
    document = DocumentInfo(title="The River", repeated=repeated_lines([*lines, "Newford", "The River"]))
    text = "\n".join([ABOVE, "", *lines, "And then?", "Mill Hill", "Newford", "Ember Town", "", "The River"]) + "\n"
    assert not alone.clean_document(text, document).edits


def test_the_first_line_may_be_the_title(alone: Cleaner) -> None:
    text = f"Letters to the editor\n\n{ABOVE}\n\n{BELOW}\n"
    document = DocumentInfo(repeated=repeated_lines(["Letters to the editor"]))
    assert not alone.clean_document(text, document).edits


def test_a_text_without_prose_is_all_body(alone: Cleaner) -> None:
    document = DocumentInfo(repeated=repeated_lines(["Row, row, row your boat"]))
    assert not alone.clean_document("Row, row, row your boat\nGently down the stream\n", document).edits


@given(st.lists(st.sampled_from([ABOVE, BELOW, "One", "Two", "", "Story Continued Below", "Q:"]), max_size=12))
def test_cleaning_twice_is_cleaning_once(lines: list[str]) -> None:
    rules = RuleSet([rule for rule in builtin_rules() if rule.scrap_class == "site-lines"])
    cleaner = Cleaner(rules, profile="all")
    known = repeated_lines(["One", "Q:"]) | repeated_lines(["Story Continued Below"], everywhere=True)
    once = cleaner.clean_document("\n".join(lines), DocumentInfo(repeated=known))
    assert once.restore() == once.repaired
    assert cleaner.clean_document(once.text, DocumentInfo(repeated=known)).text == once.text


# Measuring

Row = dict[str, str]


def _rows(path: Path) -> list[Row]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _two_passes(cleaner: Cleaner, rows: list[Row], site: Callable[[Row], str]) -> Counter[tuple[str, str]]:
    """What goes in how many documents, by site and line."""
    lines = SiteLines()
    for row in rows:
        lines.add(site(row), repair(row["text"]).text)
    repeated = {name: lines.repeated(name) for name in lines.sites}
    gone: Counter[tuple[str, str]] = Counter()
    for row in rows:
        result = cleaner.clean_document(row["text"], DocumentInfo(repeated=repeated.get(site(row), frozenset())))
        for edit in result.edits:
            removed = result.repaired[edit.start : edit.end].split("\n")
            gone.update({(site(row), line.strip()) for line in removed if line.strip()})
    return gone


def test_what_is_found_on_sites(alone: Cleaner, shared: Path) -> None:
    gone = _two_passes(alone, _rows(shared / "corpus" / "sites.jsonl.gz"), lambda row: site_of(row["url"]))
    assert gone["politi.co", "Story Continued Below"] >= 39
    assert gone["politi.co", "Authors:"] >= 30
    assert gone["cnn.it", "Read More"] >= 15
    assert sum(count for (_, line), count in gone.items() if line.startswith("Add your name")) >= 8  # an appeal
    assert len(gone) <= 8, gone


def test_clean_bodies_stay(alone: Cleaner, shared: Path) -> None:
    """Each collection as one site, which is worse than real sites are: the rows have no address."""
    rows = _rows(shared / "corpus" / "harm.jsonl.gz")
    gone = _two_passes(alone, rows, lambda row: site_of(row.get("url", "")) or row["id"].partition("/")[0])
    lost = sum(len(line.split()) * count for (_, line), count in gone.items())
    assert lost * 1_000_000 <= 200 * sum(len(row["text"].split()) for row in rows), gone
