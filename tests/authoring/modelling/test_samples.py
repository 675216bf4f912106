"""Files of marked texts, and the samples that come of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleaner import Cleaner
from cleaner.authoring.modelling.samples import MarkedText, read_marked, sample_of
from cleaner.batch.jobs import plan
from cleaner.engine.compiler import CompiledRules
from cleaner.errors import CleanerError
from cleaner.model import DocumentInfo, PageLine
from cleaner.rules import RuleSet
from tests.authoring.modelling.making import row, write_corpus

NO_RULES = RuleSet()


def marked(path: Path) -> list[MarkedText]:
    return list(read_marked(plan([path], None).jobs))


def sample_text(text: str, body: str | None) -> MarkedText:
    return MarkedText("own", "", "en", "a.example", DocumentInfo(), text, body)


def test_a_row_tells_where_it_is_from(tmp_path: Path) -> None:
    path, clean = write_corpus(tmp_path, 2, 2)
    first = marked(path)[0]
    assert (first.corpus, first.extractor, first.language, first.site) == ("town", "resiliparse", "en", "site0.example")
    assert first.body == row(0, 0)["gold"]
    negative = marked(clean)[1]
    assert (negative.corpus, negative.extractor, negative.body, negative.site) == ("tales", "", None, "tales:c1")


def test_a_row_may_have_its_page(tmp_path: Path) -> None:
    path = tmp_path / "town.jsonl"
    page = "<p>The council met.</p><ul><li><a href='/a'>Rain on Sunday</a></ul>"
    text = "The council met.\nRain on Sunday\n"
    path.write_text(json.dumps({"text": text, "gold": "The council met.", "html": page}) + "\n", "utf-8")
    sample = sample_of(marked(path)[0], Cleaner(NO_RULES, profile="all"), CompiledRules(NO_RULES))
    assert sample is not None
    assert sample.page == [PageLine(0.0, "paragraph", 0), PageLine(1.0, "item", 1)]


def test_parts_of_a_book_are_one_site(tmp_path: Path) -> None:
    path = tmp_path / "books.jsonl"
    rows = [{"id": name, "text": "It rained."} for name in ("emma#1", "emma#2", "persuasion#1")]
    path.write_text("".join(json.dumps(one) + "\n" for one in rows), "utf-8")
    assert [one.site for one in marked(path)] == ["books:emma", "books:emma", "books:persuasion"]


def test_what_holds_no_rows_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A text.\n", "utf-8")
    with pytest.raises(CleanerError, match=r"a\.txt: holds no rows; name files of JSON Lines, CSV or Parquet"):
        marked(tmp_path / "a.txt")
    (tmp_path / "b.jsonl").write_text("{}\n[1]\n", "utf-8")
    with pytest.raises(CleanerError, match=r"b\.jsonl"):
        marked(tmp_path / "b.jsonl")


def test_a_sample_knows_its_scraps_and_how_well_it_agrees() -> None:
    cleaner, rules = Cleaner(NO_RULES, profile="all"), CompiledRules(NO_RULES)
    body = "The council met on Tuesday evening to vote."
    sample = sample_of(sample_text(f"{body}\nBuy a castle today and win\n", body), cleaner, rules)
    assert sample is not None
    assert list(sample.labels) == [False, True]
    assert sample.oracle_f1 == 1
    assert sample.before == sample.after
    assert (sample.body_words, sample.body_lost, sample.is_clean) == (8, 0, False)
    assert sample_of(sample_text("\n", ""), cleaner, rules) is None


def test_what_rules_take_from_the_body_is_counted() -> None:
    text = "The council met on Tuesday evening to vote.\n\nFollow us on:\n"
    cleaner = Cleaner()
    sample = sample_of(sample_text(text, None), cleaner, CompiledRules(cleaner.rules))
    assert sample is not None
    assert sample.is_clean
    assert (sample.body_words, sample.body_lost) == (11, 3)


def test_pieces_that_must_stay_and_go_are_labels_of_some_lines() -> None:
    text = sample_text("The council met on Tuesday.\nBuy now\nSomething else\n", None)
    marked_pieces = text._replace(kept=("council met on",), dropped=("Buy now",))
    sample = sample_of(marked_pieces, Cleaner(NO_RULES, profile="all"), CompiledRules(NO_RULES))
    assert sample is not None
    assert list(sample.labels) == [False, True, None]
    assert sample.is_variant
    assert not sample.is_clean
