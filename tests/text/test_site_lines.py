"""Lines that recur on a site: how they are counted."""

from __future__ import annotations

import pickle
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.text.normalize import fold
from cleaner.text.site_lines import SiteLines, is_everywhere, line_hash

SITE = "riverpost.example"
ABOVE = "The council met on Tuesday evening and voted to repair the old stone bridge across the river."
BELOW = "Shopkeepers on the northern bank had asked for a second crossing while the work goes on, but were refused."


def article(number: int, *lines: str) -> str:
    """A different article each time, with the lines between its paragraphs."""
    paragraph = f"On day {number} the masons found {number * 7} more stones that had to be replaced. " * 4
    return "\n\n".join([paragraph.strip(), *lines, BELOW]) + "\n"


def counted(texts: Iterable[str], site: str = SITE, most_documents: int = 1000) -> SiteLines:
    lines = SiteLines(most_documents)
    for text in texts:
        lines.add(site, text)
    return lines


def found(lines: SiteLines, *wordings: str, least_documents: int = 4, least_share: float = 0.1) -> list[str]:
    repeated = lines.repeated(SITE, least_documents, least_share)
    return [wording for wording in wordings if line_hash(fold(wording)) in repeated]


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


def test_many_documents_are_sampled() -> None:
    texts = [article(n, *["Good morning"] * (n % 2)) for n in range(500)]
    lines, backwards = counted(texts, most_documents=50), counted(reversed(texts), most_documents=50)
    assert lines.documents(SITE) == 50
    assert lines == backwards
    assert found(lines, "Good morning", least_share=0.3)


def test_memory_does_not_grow_with_the_documents() -> None:
    texts = [article(n) for n in range(1000)]
    few, many = (counted(texts[:count], most_documents=50) for count in (100, 1000))
    assert len(pickle.dumps(many)) <= len(pickle.dumps(few)) * 1.1


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
