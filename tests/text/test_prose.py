"""What reads as running text, in any script."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from cleaner.text.prose import count_words, ends_full, ends_sentence, is_prose
from tests.strategies import PROSE, SHORT


@pytest.mark.parametrize("line", PROSE)
def test_sentences_are_prose(line: str) -> None:
    assert is_prose(line)


@pytest.mark.parametrize(
    "line",
    [
        *SHORT,
        "",
        "Yes, he said.",
        "Council votes to close the old bridge for three months of repairs",
        "Home News Sport Weather Travel Culture Opinion Jobs Cars Homes Shop",
        "市议会开会。",
    ],
)
def test_short_and_open_lines_are_not(line: str) -> None:
    assert not is_prose(line)


def test_a_long_line_needs_no_end() -> None:
    assert is_prose("the bridge over the river " * 8)


def test_a_sentence_that_ends_inside_is_enough_for_a_line_of_some_length() -> None:
    words = "the bridge over the river is old and it has to be closed soon"
    assert is_prose(f"{words}. The council has met about it and voted")
    assert not is_prose(f"{words} the council has met about it and voted")


@given(
    st.lists(
        st.sampled_from(["bridge", "don't", "3.5", "-", "बड़ा", "市议会", "“No", "x" * 70]), min_size=60, max_size=120
    ),
    st.sampled_from(["", ".", "?”"]),
)
def test_the_beginning_of_a_long_line_tells_what_the_whole_tells(words: list[str], end: str) -> None:
    line = " ".join(words) + end
    assert is_prose(line) is (count_words(line[:1000]) >= (10 if ends_sentence(line) else 40))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("The council met on Tuesday.", 5),
        ("It's a well-known 3.5 % rise", 5),
        ("l’été – déjà", 2),
        ("Городской совет", 2),
        ("हिन्दी में", 2),
        ("市议会星期二开会。", 4),
        ("ภาษาไทย", 3),
        ("iPhone 15 发布会", 3),
    ],
)
def test_words_are_counted_by_script(text: str, count: int) -> None:
    assert count_words(text) == count


WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:['’\-.,][\p{L}\p{M}\p{N}]+)*")
UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")


@given(st.text() | st.text("aé中あ'’-., 1_²ः“\u0301", max_size=40))
def test_the_short_cuts_of_counting_change_nothing(text: str) -> None:
    spaced, unspaced = UNSPACED.subn(" ", text)
    assert count_words(text) == len(WORD.findall(spaced)) + unspaced // 2


@given(st.text("aé .,'’-/1“”", min_size=15, max_size=90) | st.text("中。aé .", min_size=15))
def test_a_short_line_is_prose_exactly_when_it_has_ten_words_and_an_end(line: str) -> None:
    """Below twenty words the end of a sentence inside the line counts for nothing."""
    if count_words(line) < 20:
        assert is_prose(line) is (len(line) >= 20 and count_words(line) >= 10 and ends_sentence(line))


@pytest.mark.parametrize(
    "line", ["Yes.", "Really?", "“We do.”", "He left …", "市议会开会。", "क्या।", "نعم؟", "(No!)", "(No.) "]
)
def test_sentences_end(line: str) -> None:
    assert ends_sentence(line)


@pytest.mark.parametrize("line", ["", "Related articles", "Source:", "Yes,", "”", "3)"])
def test_labels_do_not(line: str) -> None:
    assert not ends_sentence(line)


def test_only_a_full_stop_is_full() -> None:
    assert all(map(ends_full, ["The bridge is closed.", "“It is.”", "开会。"]))
    assert not any(map(ends_full, ["Is it closed?", "Closed!", "Closed …", "", "Closed"]))
