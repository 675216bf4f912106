"""The latest documents of a site, and in how many of them each line stands."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from cleaner.text.site_lines import LINES_KEPT, SiteLines, is_everywhere, line_hash
from cleaner.text.site_window import SiteWindow

SITE = "riverpost.example"
DOCUMENTS = st.lists(st.tuples(st.integers(0, 12), st.sets(st.integers(0, 6), max_size=4)), max_size=40)


def test_a_document_that_comes_again_counts_once() -> None:
    window = SiteWindow()
    assert window.add(1, [7, 8]) == (7, 8)
    assert window.add(1, [8, 9]) == (9,)
    assert (window.documents, window.count(7), window.count(8), window.count(9)) == (1, 1, 1, 1)


def test_the_oldest_document_leaves_with_its_lines() -> None:
    window = SiteWindow(most_documents=2)
    for fingerprint in range(3):
        window.add(fingerprint, [7, 100 + fingerprint])
    assert [fingerprint for fingerprint, _ in window] == [1, 2]
    assert window.counts() == {7: 2, 101: 1, 102: 1}


def test_a_document_has_no_more_lines_than_are_kept_of_one() -> None:
    window = SiteWindow()
    window.add(1, range(2 * LINES_KEPT))
    window.add(1, [5 * LINES_KEPT])
    assert window.counts().keys() == set(range(LINES_KEPT))


def test_a_copy_goes_on_alone() -> None:
    window = SiteWindow()
    window.add(1, [7])
    copy = window.copy()
    copy.add(2, [7, 8])
    assert (window.counts(), copy.counts()) == ({7: 1}, {7: 2, 8: 1})


@given(DOCUMENTS, st.integers(1, 8))
def test_counts_are_those_of_a_plain_count(documents: list[tuple[int, set[int]]], most: int) -> None:
    window, kept = SiteWindow(most), dict[int, set[int]]()
    for fingerprint, lines in documents:
        window.add(fingerprint, lines)
        kept.setdefault(fingerprint, set()).update(lines)
        while len(kept) > most:
            del kept[next(iter(kept))]
        counts = Counter(line for of_document in kept.values() for line in of_document)
        assert window.counts() == counts
        assert {line for line in range(7) if line in window.repeated()} == {
            line for line, count in counts.items() if count >= max(4, 0.05 * len(kept))
        }


def test_it_finds_what_two_passes_find() -> None:
    lines, window = SiteLines(), SiteWindow()
    from cleaner.text.site_lines import document_lines

    for number in range(9):
        text = f"On day {number} the masons came.\n\nGood morning, Newford!\n" + "Weather\n" * (number % 2)
        lines.add(SITE, text)
        window.add(*document_lines(text))
    assert window.repeated() == lines.repeated(SITE)
    assert is_everywhere(line_hash("good morning, newford"), window.repeated())
