"""Lines that recur on a site: how they are counted, what goes, and above all what stays."""

from __future__ import annotations

import gzip
import json
import pickle
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import Cleaner, builtin_rules, repetition
from cleaner.model import Document
from cleaner.repair import repair
from cleaner.repetition import SiteLines, is_everywhere, line_hash, repeated_lines, site_of
from cleaner.rules import RuleSet
from cleaner.segment import fold

SITE = "riverpost.example"
ABOVE = "The council met on Tuesday evening and voted to repair the old stone bridge across the river."
BELOW = "Shopkeepers on the northern bank had asked for a second crossing while the work goes on, but were refused."


def article(number: int, *lines: str) -> str:
    """A different article each time, with the lines between its paragraphs."""
    paragraph = f"On day {number} the masons found {number * 7} more stones that had to be replaced. " * 4
    return "\n\n".join([paragraph.strip(), *lines, BELOW]) + "\n"


def counted(texts: Iterable[str], site: str = SITE) -> SiteLines:
    lines = SiteLines()
    for text in texts:
        lines.add(site, text)
    return lines


def found(lines: SiteLines, *wordings: str, least_documents: int = 4, least_share: float = 0.1) -> list[str]:
    repeated = lines.repeated(SITE, least_documents, least_share)
    return [wording for wording in wordings if line_hash(fold(wording)) in repeated]


# Counting


def test_a_line_counts_once_in_a_document() -> None:
    lines = counted([article(1, *["Good morning!"] * 9), article(2, "good morning"), article(3, "• Good morning")])
    assert found(lines, "Good morning!", least_documents=3)
    assert not found(lines, "Good morning!", least_documents=4)


def test_the_same_article_twice_is_one_document() -> None:
    """A story under several addresses repeats all it says."""
    lines = counted(article(1, "What happened next", f"{n} shares") for n in range(9))
    assert lines.documents(SITE) == 1
    assert not found(lines, "What happened next", least_documents=2)


def test_a_share_of_the_documents_is_needed() -> None:
    lines = counted(article(n, *["Good morning"] * (n % 20 == 0)) for n in range(100))
    assert found(lines, "Good morning", least_share=0.05)
    assert not found(lines, "Good morning", least_share=0.06)


def test_what_is_long_or_empty_is_not_counted() -> None:
    long = "Sing " * 40
    lines = counted(article(n, long, "***", "") for n in range(9))
    assert found(lines, long, "***", BELOW) == [BELOW]


def test_sites_are_kept_apart_and_no_name_is_no_site() -> None:
    lines = counted((article(n, "Good morning") for n in range(9)), "other.example")
    lines.add("", article(1))
    assert lines.sites == ("other.example",)
    assert lines.repeated(SITE) == frozenset()


def test_a_share_is_a_share() -> None:
    with pytest.raises(ValueError, match="0 to 1, not 5"):
        SiteLines().repeated(SITE, least_share=5)


def test_hashes_are_the_same_in_every_process() -> None:
    assert line_hash("story continued below") == 0x0B93FAA6ECD95E63


def test_a_line_in_nearly_all_documents_is_marked() -> None:
    lines = counted(article(n, "Story Continued Below", *["Good morning"] * (n % 2)) for n in range(20))
    repeated = lines.repeated(SITE)
    assert is_everywhere(line_hash("story continued below"), repeated)
    assert not is_everywhere(line_hash("good morning"), repeated)


def test_many_documents_are_sampled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repetition, "_DOCUMENTS_KEPT", 50)
    texts = [article(n, *["Good morning"] * (n % 2)) for n in range(500)]
    lines, backwards = counted(texts), counted(reversed(texts))
    assert lines.documents(SITE) == 50
    assert len(lines._sites[SITE]) <= 100
    assert lines == backwards
    assert found(lines, "Good morning", least_share=0.3)


_TEXTS = st.lists(
    st.tuples(
        st.sampled_from(["a.example", "b.example", ""]),
        st.lists(st.sampled_from([ABOVE, BELOW * 2, "One", "• one!", "Two", "", "\ud800"]), max_size=6),
    ),
    max_size=12,
)


@given(_TEXTS, st.randoms(use_true_random=False), st.integers(0, 12))
def test_order_and_spread_make_no_difference(texts, random, cut) -> None:  # type: ignore[no-untyped-def]
    def add(part: Iterable[tuple[str, list[str]]]) -> SiteLines:
        lines = SiteLines()
        for site, text in part:
            lines.add(site, "\n".join(text))
        return lines

    whole = add(texts)
    shuffled = list(texts)
    random.shuffle(shuffled)
    left, right = add(shuffled[:cut]), pickle.loads(pickle.dumps(add(shuffled[cut:])))
    left.merge(right)
    assert left == whole
    for site in whole.sites:
        assert left.repeated(site, 2, 0) == whole.repeated(site, 2, 0)
        assert whole.repeated(site, 3, 0) <= whole.repeated(site, 2, 0)


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.Riverpost.example/a?b=//c", "riverpost.example"),
        ("http://news.riverpost.example:80", "news.riverpost.example"),
        ("www.riverpost.example/a", "riverpost.example"),
        ("", ""),
        ("http://[bad", ""),
        ("not an address", ""),
        ("localhost", ""),
    ],
)
def test_site_of(url: str, site: str) -> None:
    assert site_of(url) == site


# Cleaning


@pytest.fixture(scope="module")
def alone() -> Cleaner:
    """Only the rule for lines of the site."""
    return Cleaner(RuleSet([rule for rule in builtin_rules() if rule.scrap_class == "site-lines"]), profile="all")


def test_nothing_goes_when_nothing_is_known(alone: Cleaner) -> None:
    assert not alone.clean(article(1, "Story Continued Below")).edits


@pytest.mark.parametrize("line", ["Good morning, Newford!", "Comments", "Newford Hill River"])
def test_what_goes_below_and_above_the_body(alone: Cleaner, line: str) -> None:
    document = Document(repeated=repeated_lines([line]))
    text = f"Bridge closed\n\n{line}\n\n{ABOVE}\n\n{BELOW}\n\n{line}\n"
    assert alone.clean_document(text, document).text == f"Bridge closed\n\n{ABOVE}\n\n{BELOW}\n"


def test_a_label_above_names_goes(alone: Cleaner) -> None:
    document = Document(repeated=repeated_lines(["Authors:"]))
    assert alone.clean_document(f"{ABOVE}\n\nAuthors:\n\nAnn Hollis\n", document).text == f"{ABOVE}\n\nAnn Hollis\n"


@pytest.mark.parametrize(
    "line", ["Story Continued Below", "Give five pounds and keep the River Post free for all of us."]
)
def test_what_stands_everywhere_goes_from_the_body(alone: Cleaner, line: str) -> None:
    text = f"{ABOVE}\n\n{line}\n\n{BELOW}\n"
    document = Document(repeated=repeated_lines([line], everywhere=True))
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
    document = Document(repeated=repeated_lines([line]))
    assert not alone.clean_document(f"{ABOVE}\n\n{line}\n\n{BELOW}\n", document).edits


@pytest.mark.parametrize(
    "line",
    ["Ingredients", "MR. SMITH:", "Why does it matter?", "Yes.", "• Two eggs", "“No comment.”", "A\tB\tC", "2–1"],
)
def test_what_stays_in_the_body_wherever_else_it_stands(alone: Cleaner, line: str) -> None:
    document = Document(repeated=repeated_lines([line], everywhere=True))
    assert not alone.clean_document(f"{ABOVE}\n\n{line}\n\n{BELOW}\n", document).edits


def test_what_stays_below_the_body(alone: Cleaner) -> None:
    """A list of the article's own holds lines that other articles have too; so does an interview's end."""
    lines = ["• Two eggs", "2–1", "“No comment.”", "A | B", "Q:"]
    document = Document(title="The River", repeated=repeated_lines([*lines, "Newford", "The River"]))
    text = "\n".join([ABOVE, "", *lines, "And then?", "Mill Hill", "Newford", "Ember Town", "", "The River"]) + "\n"
    assert not alone.clean_document(text, document).edits


def test_the_first_line_may_be_the_title(alone: Cleaner) -> None:
    text = f"Letters to the editor\n\n{ABOVE}\n\n{BELOW}\n"
    document = Document(repeated=repeated_lines(["Letters to the editor"]))
    assert not alone.clean_document(text, document).edits


def test_a_text_without_prose_is_all_body(alone: Cleaner) -> None:
    document = Document(repeated=repeated_lines(["Row, row, row your boat"]))
    assert not alone.clean_document("Row, row, row your boat\nGently down the stream\n", document).edits


@given(st.lists(st.sampled_from([ABOVE, BELOW, "One", "Two", "", "Story Continued Below", "Q:"]), max_size=12))
def test_cleaning_twice_is_cleaning_once(lines: list[str]) -> None:
    rules = RuleSet([rule for rule in builtin_rules() if rule.scrap_class == "site-lines"])
    cleaner = Cleaner(rules, profile="all")
    known = repeated_lines(["One", "Q:"]) | repeated_lines(["Story Continued Below"], everywhere=True)
    once = cleaner.clean_document("\n".join(lines), Document(repeated=known))
    assert once.restore() == once.repaired
    assert cleaner.clean_document(once.text, Document(repeated=known)).text == once.text


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
        result = cleaner.clean_document(row["text"], Document(repeated=repeated.get(site(row), frozenset())))
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
