"""Cleaned texts become figures: of bodies, of pieces, of clean texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.leaderboard.corpora import Corpus, Document, read_corpora
from benchmarks.leaderboard.results import Bodies, Clean, Pieces
from benchmarks.leaderboard.scoring import Judge
from tests.benchmarks.tiny import corpus_folder


@pytest.fixture
def corpora(tmp_path: Path) -> dict[str, Corpus]:
    return {one.name: one for one in read_corpora([corpus_folder(tmp_path)])}


def test_the_body_itself_closes_the_gap_and_loses_nothing(corpora: dict[str, Corpus]) -> None:
    corpus = corpora["river.plain"]
    found = Judge(corpus).score([one.body for one in corpus.documents])
    assert isinstance(found, Bodies)
    assert found.f1_after == found.f1_best == 1.0
    assert found.f1_before < 1.0
    assert (found.exact_before, found.exact_after, found.documents) == (0, 2, 2)
    assert found.body_words_lost == 0
    assert found.scrap_words_gone == found.scrap_words == 3 + 3 + 9


def test_doing_nothing_changes_nothing(corpora: dict[str, Corpus]) -> None:
    for corpus in corpora.values():
        found = Judge(corpus).score([one.text for one in corpus.documents])
        if isinstance(found, Bodies):
            assert (found.f1_after, found.scrap_words_gone) == (found.f1_before, 0)
            assert found.body_words_lost == 0
        elif isinstance(found, Pieces):
            assert (found.body, found.body_lost, found.scrap, found.scrap_gone) == (1, 0, 1, 0)
        else:
            assert (found.words_lost, found.touched) == (0, 0)


def test_repairs_and_entities_count_neither_way() -> None:
    text = "The mill &amp;lt; the “bridge” was sold on Monday &amp; closed.\n"
    corpus = Corpus("harm", "clean", (Document("a", text),), 1)
    for cleaned in (text, text.replace("“", '"').replace("”", '"'), text.replace("&amp; ", "& ")):
        found = Judge(corpus).score([cleaned])
        assert isinstance(found, Clean)
        assert found.words_lost == 0


def test_a_text_that_failed_counts_as_empty(corpora: dict[str, Corpus]) -> None:
    corpus = corpora["river.plain"]
    found = Judge(corpus).score([None, corpus.documents[1].body])
    assert isinstance(found, Bodies)
    assert found.failed == 1
    assert found.body_words_lost == len(corpus.documents[0].body.split())


def test_pieces_are_counted_where_the_text_has_them(corpora: dict[str, Corpus]) -> None:
    corpus = corpora["pieces"]
    text = corpus.documents[0].text
    assert Judge(corpus).score([text.replace("Follow us on:", "")]) == Pieces(
        documents=1, failed=0, body=1, body_lost=0, scrap=1, scrap_gone=1
    )
    assert Judge(corpus).score([""]) == Pieces(documents=1, failed=0, body=1, body_lost=1, scrap=1, scrap_gone=1)


def test_every_word_that_a_clean_text_loses_is_harm(corpora: dict[str, Corpus]) -> None:
    corpus = corpora["harm/poem"]
    poem, ferry = (one.text for one in corpus.documents)
    found = Judge(corpus).score([poem.replace("above the weir,\n", ""), ferry])
    assert isinstance(found, Clean)
    assert (found.words_lost, found.touched, found.documents) == (3.0, 1, 2)
