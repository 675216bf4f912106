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
    assert (evidence(0)["copies-above"], evidence(0)["copies-below"]) == (0, 1)
    assert (evidence(3)["copies-above"], evidence(3)["copies-below"]) == (1, 0)


def test_the_title_counts_only_where_it_is_known() -> None:
    assert evidence(0)["title-known"] == 0
    found = evidence(0, ["Bridge", "closed"])
    assert (found["title-known"], found["title-held"]) == (1, 0.5)


def test_terms_of_scripts_without_blanks_are_pairs() -> None:
    assert terms_of(["市议会开会"]) == ["市议", "议会", "会开", "开会"]
    assert terms_of(["a", "an"]) == []


def test_names_of_another_article_are_new() -> None:
    lines = [["Lottery", "Winner", "Buys", "Castle"], ["Mayor", "Ann", "Hollis", "spoke"], ["The", "mayor", "Hollis"]]
    vocabulary = Vocabulary(list(map(terms_in, lines)), ["a", "b", "c"], [False, True, True], [])
    found = [dict(zip((name for name, _ in VOCABULARY), vocabulary.evidence(i), strict=True)) for i in range(3)]
    assert (found[0]["names-known"], found[0]["names-new"]) == (0, 3)
    assert (found[2]["names-known"], found[2]["names-new"]) == (1, 0)
    assert found[2]["near-words"] == 1


def test_what_many_lines_say_is_the_topic() -> None:
    assert evidence(0)["topic-words"] == 0
    terms = list(map(terms_in, [*LINES, ["Council", "meets"]]))
    vocabulary = Vocabulary(terms, ["a", "b", "c", "a", "d"], [False] * 5, [])
    found = dict(zip((name for name, _ in VOCABULARY), vocabulary.evidence(4), strict=True))
    assert found["topic-words"] == 0.5
