"""What a line shares with the title and with other lines."""

from __future__ import annotations

from cleaner.scoring.vocabulary import VOCABULARY, Vocabulary, terms_in, terms_of

LINES = [
    ["Council", "closes", "bridge"],
    ["The", "council", "closes", "bridge", "for", "repairs"],
    ["Lottery", "winner", "celebrates"],
    ["Council", "closes", "bridge"],
]


def evidence(index: int, title: list[str] | None = None) -> dict[str, float]:
    terms = list(map(terms_in, LINES))
    vocabulary = Vocabulary(terms, ["a", "b", "c", "a"], [False, True, False, False], terms_of(title or []))
    return dict(zip((name for name, _ in VOCABULARY), vocabulary.evidence(index), strict=True))


def test_a_headline_of_another_article_shares_no_words() -> None:
    assert (evidence(2)["known-words"], evidence(2)["new-words"]) == (0, 3)
    assert (evidence(0)["known-words"], evidence(0)["new-words"]) == (1, 0)


def test_a_paragraph_does_not_vouch_for_itself() -> None:
    assert evidence(1)["known-words"] == 0


def test_copies_are_counted_above_and_below() -> None:
    assert [evidence(index)["copies-above"] for index in (0, 2, 3)] == [0, 0, 1]


def test_the_title_counts_only_where_it_is_known() -> None:
    assert evidence(0)["title-known"] == 0
    found = evidence(0, ["Bridge", "closed"])
    assert (found["title-known"], found["title-held"]) == (1, 0.5)


def test_terms_of_scripts_without_blanks_are_pairs() -> None:
    assert terms_of(["市议会开会"]) == ["市议", "议会", "会开", "开会"]
    assert terms_of(["a", "an"]) == []


def test_terms_of_the_lines_around_are_near() -> None:
    lines = [
        ["Lottery", "Winner"],
        ["Mayor", "Hollis", "spoke"],
        ["The", "mayor", "Hollis"],
        *[["Rain"]] * 3,
        ["Mayor"],
    ]
    vocabulary = Vocabulary(list(map(terms_in, lines)), list("abcdddf"), [False] * 7, [])
    found = [dict(zip((name for name, _ in VOCABULARY), vocabulary.evidence(i), strict=True)) for i in range(7)]
    assert [found[i]["near-words"] for i in (0, 1, 2, 6)] == [0, 0.667, 1, 0]
    assert [found[i]["new-words"] for i in (0, 1, 2, 6)] == [2, 1, 0, 0]


def test_what_many_lines_say_is_the_topic() -> None:
    assert evidence(0)["topic-words"] == 0
    terms = list(map(terms_in, [*LINES, ["Council", "meets"]]))
    vocabulary = Vocabulary(terms, ["a", "b", "c", "a", "d"], [False] * 5, [])
    found = dict(zip((name for name, _ in VOCABULARY), vocabulary.evidence(4), strict=True))
    assert found["topic-words"] == 0.5
