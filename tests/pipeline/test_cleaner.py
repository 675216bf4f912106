"""The cleaner: decoding, repair and rules behind one object."""

from __future__ import annotations

import math
import pickle
import subprocess
import sys
from itertools import count
from unittest.mock import Mock

import pytest
from hypothesis import given, settings

from cleaner import Cleaner, Edit, RuleError, RuleSet, clean
from cleaner.engine import loop
from cleaner.model import DocumentInfo
from cleaner.scoring.scorer import Scorer
from tests.places import ROOT
from tests.scoring.making import ARTICLE, HEADLINES, PROSE, model
from tests.strategies import texts

BODY = "The town council met on Tuesday evening and voted to repair the old stone bridge across the river.\n"
CLEANER = Cleaner()


def test_explaining_gives_the_same_result_as_cleaning() -> None:
    document = DocumentInfo(title="The old bridge", site="River Post")
    text = f"The old bridge\n\n{BODY}\nFollow us on:\n\n0%\n\nRiver Post\n"
    result, verdicts = CLEANER.explain(text, document)
    assert result == CLEANER.clean_document(text, document)
    assert {edit.rule for edit in result.edits} <= {verdict.rule for verdict in verdicts}


@given(texts)
@settings(max_examples=60, deadline=None)
def test_explaining_changes_no_outcome(text: str) -> None:
    assert CLEANER.explain(text)[0] == CLEANER.clean(text)


def test_explaining_runs_the_engine_once(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = Mock(side_effect=loop.run)
    monkeypatch.setattr("cleaner.pipeline.cleaner.run", engine)
    CLEANER.explain(f"{BODY}\nFollow us on:\n")
    assert engine.call_count == 1


def test_each_line_of_the_example_of_the_readme_is_removed_by_its_own_rule() -> None:
    result = CLEANER.clean((ROOT / "examples" / "bridge.txt").read_bytes())
    last = [(result.repaired[edit.start : edit.end], edit.scrap_class) for edit in result.edits][-2:]
    assert last == [("\n(VOA)\n\n", "agency-credit"), ("0\n", "reading-progress")]


def test_what_is_known_is_in_the_metadata() -> None:
    result = CLEANER.clean(BODY, "The old bridge", author="Jo Harker", date="2026-03-28", site="River Post")
    assert result.metadata == {
        "title": "The old bridge",
        "author": "Jo Harker",
        "date": "2026-03-28",
        "site": "River Post",
    }


@pytest.mark.parametrize("charset", ["hex", "undefined", "utf-16", "utf-7", "nonsense"])
def test_a_wrong_charset_does_no_harm(charset: str) -> None:
    result = Cleaner(RuleSet()).clean(b"caf\xe9 ", content_type=f"text/html; charset={charset}")
    assert result.text == "café\n"
    assert result.encoding


def test_repairs_and_edits_can_be_undone() -> None:
    text = f"{BODY}\nâ€œWe had no choiceâ€\x9d, she said.  \n\n\n\nFollow us on:\n"
    result = CLEANER.clean(text)
    assert result.changed
    assert result.restore() == result.repaired
    assert result.original() == text
    assert not CLEANER.clean(result.text).changed


@pytest.mark.parametrize("guard", [-0.1, 1.1])
def test_a_guard_that_is_no_share_is_an_error(guard: float) -> None:
    with pytest.raises(ValueError, match="guard is a share of the words, 0 to 1"):
        Cleaner(guard=guard)


@pytest.mark.parametrize("seconds", [0, -1, float("nan")])
def test_a_limit_of_time_that_is_none_is_an_error(seconds: float) -> None:
    with pytest.raises(ValueError, match="document_seconds is a time in seconds, more than 0"):
        Cleaner(document_seconds=seconds)


@pytest.mark.parametrize("text", [f"{BODY}\nFollow us on:  \n", "Itâ€™s\n" * 50, ""])
@pytest.mark.parametrize("seconds", range(1, 40, 3))
def test_a_document_that_takes_too_long_is_kept_and_flagged(
    text: str, seconds: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here every look at the clock takes a second."""
    ticks = count()
    monkeypatch.setattr("cleaner.pipeline.cleaner.working_seconds", lambda: next(ticks))
    monkeypatch.setattr("cleaner.pipeline.cleaner.passing_seconds", lambda: math.nan)  # it never says that time is left
    result = Cleaner(document_seconds=seconds).clean(text)
    if "timeout" in result.flags:
        assert result.edits == ()
        assert result.text == result.repaired
    assert result.original() == text
    assert next(ticks) <= seconds + 2


def test_a_short_limit_is_met_and_a_long_one_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = count()
    monkeypatch.setattr("cleaner.pipeline.cleaner.working_seconds", lambda: next(ticks))
    monkeypatch.setattr("cleaner.pipeline.cleaner.passing_seconds", lambda: math.nan)  # it never says that time is left
    text = f"{BODY}\nFollow us on:\n"
    assert Cleaner(document_seconds=5).clean(text).flags == ("timeout",)
    assert Cleaner(document_seconds=500).clean(text).flags == ()


def test_a_text_whose_repair_comes_to_no_end_stays_as_it_is() -> None:
    text = "&sh" * 30 + "&shy;" + "y;" * 30 + " end  \n\n\nFollow us on:"
    result = CLEANER.clean(text)
    assert (result.text, result.flags, result.changed) == (text, ("unsettled",), False)


def test_an_unknown_profile_is_an_error() -> None:
    with pytest.raises(RuleError, match="no profile 'gentle'"):
        Cleaner(profile="gentle")  # type: ignore[arg-type]


def test_a_pickled_cleaner_keeps_its_settings() -> None:
    cleaner = pickle.loads(pickle.dumps(Cleaner(profile="facts", guard=0.2, document_seconds=3)))
    assert (cleaner.guard, cleaner.document_seconds) == (0.2, 3)
    assert cleaner.rules == Cleaner(profile="facts").rules


def test_the_short_way_cleans_with_the_default_rules() -> None:
    assert clean(f"{BODY}\nFollow us on:\n").edits == (Edit(99, 114, "", "follow-us.networks"),)


def test_bytes_are_read_in_the_encoding_that_is_named() -> None:
    data = "Zażółć gęślą jaźń.\n".encode("cp1250")
    cleaner = Cleaner(encoding="windows-1250")
    assert cleaner.clean(data).text == "Zażółć gęślą jaźń.\n"
    assert pickle.loads(pickle.dumps(cleaner)).clean(data).encoding == "cp1250"


def test_a_guessed_encoding_is_a_flag_of_the_document() -> None:
    assert Cleaner().clean("Brücke für Bürger.".encode("cp1252")).flags == ("encoding-guessed",)
    assert Cleaner().clean("Brücke für Bürger.").flags == ()


THOROUGH = Cleaner(profile="thorough", scorer=Scorer(model()))


@given(texts)
@settings(max_examples=60, deadline=None)
def test_what_the_scorer_takes_can_be_restored(text: str) -> None:
    result = THOROUGH.clean(text, "The old bridge")
    assert result.restore() == result.repaired
    assert result.original() == text
    assert all(0 <= start < end <= len(result.repaired) and 0 <= share <= 1 for start, end, share in result.scores)


def test_the_thorough_profile_takes_what_no_rule_knows() -> None:
    text = f"{ARTICLE}\nFollow us on:\n"
    result = THOROUGH.clean(text)
    assert result.text == "\n\n".join(PROSE) + "\n"
    assert {edit.scrap_class for edit in result.edits} == {"thorough", "follow-us"}
    assert [text[start:end] for start, end, share in result.scores if share >= 0.8] == list(HEADLINES)
    assert CLEANER.clean(text).text == ARTICLE


def test_the_thorough_profile_runs_the_rules_of_the_default_profile() -> None:
    assert THOROUGH.rules == CLEANER.rules
    assert CLEANER.scorer is None
    assert CLEANER.clean(ARTICLE).scores == ()


def test_a_pickled_thorough_cleaner_cleans_alike() -> None:
    other = pickle.loads(pickle.dumps(THOROUGH))
    assert other.clean(ARTICLE, "Council") == THOROUGH.clean(ARTICLE, "Council")


def test_explaining_the_thorough_profile_names_the_scorer() -> None:
    result, verdicts = THOROUGH.explain(ARTICLE)
    assert result == THOROUGH.clean(ARTICLE)
    assert [verdict.text for verdict in verdicts if verdict.rule == "thorough.line"] == list(HEADLINES)


def test_reasons_are_told_for_a_line_of_the_repaired_text() -> None:
    document = DocumentInfo()
    result = THOROUGH.clean_document(ARTICLE, document)
    found = THOROUGH.reasons(result, document, ARTICLE.index(HEADLINES[0]))
    assert found is not None
    assert found.probability >= found.threshold
    assert CLEANER.reasons(result, document, 0) is None


def test_the_model_of_the_package_takes_headlines_and_leaves_an_article() -> None:
    cleaner = Cleaner(profile="thorough")
    title = "Council votes to repair the old stone bridge"
    article = "\n\n".join((PROSE[0], PROSE[1], "A long debate", PROSE[2], PROSE[3])) + "\n"
    assert cleaner.clean(article, title).text == article
    others = [f"{line} - River Post" for line in (*HEADLINES, "Mayor opens new school", "Ten killed in flood")]
    result = cleaner.clean("\n".join((article, *others, "", "Terms", "Help", "Contact", "Imprint", "")), title)
    assert result.text.startswith(article)
    assert [line for line in others[1:] if line in result.text] == []
    assert "thorough.line" in {edit.rule for edit in result.edits}
    assert result.restore() == result.repaired


def test_the_profile_costs_nothing_when_nobody_asks_for_it() -> None:
    code = "import sys, cleaner; cleaner.clean('The council met.'); print('cleaner.scoring.model' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False"
