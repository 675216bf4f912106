"""Who speaks."""

from __future__ import annotations

import pytest

from cleaner.scoring.shapes import words_of
from cleaner.scoring.voices import VOICES, Voices, persons_in
from tests.scoring.making import PROSE, evidence_of, named


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("I say you’re wrong, and I know.", 3),
        ("Ich meine, dass du Recht hast.", 3),
        ("Я думаю, вы правы.", 2),
        ("Nie wierzę, że moja gmina to robi.", 1),
        ("我不同意，您看错了。", 2),
        ("The council met on Tuesday.", 0),
        ("", 0),
    ],
)
def test_persons_are_counted_in_many_languages(line: str, count: int) -> None:
    assert persons_in(line, words_of(line)) == count


def test_a_comment_says_i_where_the_article_did_not() -> None:
    comment = "I think you are all wrong about the bridge, and I have said so to my neighbours for years now."
    found = named(evidence_of("\n\n".join((*PROSE, comment)) + "\n")[-1].values)
    assert found["persons"] > 0.1
    assert found["persons-above"] == 0


def test_shares_are_of_the_words_above_and_around() -> None:
    made = Voices([10, 5, 10], [1, 0, 2], [True, False, True])
    found = dict(zip((name for name, _ in VOICES), made.evidence(2), strict=True))
    assert found == {"persons": 0.2, "persons-above": 0.1, "persons-near": round(1 / 15, 3)}
