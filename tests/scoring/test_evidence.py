"""All evidence on the lines of a text."""

from __future__ import annotations

from cleaner.rules.model import Confidence, Rule
from cleaner.rules.ruleset import RuleSet
from cleaner.scoring.evidence import EVIDENCE
from tests.scoring.making import ARTICLE, HEADLINES, PROSE, TITLE, evidence_of, named


def test_every_line_that_is_not_blank_has_all_evidence() -> None:
    found = evidence_of(ARTICLE)
    assert [one.line for one in found] == list(range(0, 14, 2))
    assert {len(one.values) for one in found} == {len(EVIDENCE)}


def test_each_piece_of_evidence_has_a_name_of_its_own() -> None:
    names = [name for name, _ in EVIDENCE]
    assert len(names) == len(set(names))


def test_a_text_without_lines_has_no_evidence() -> None:
    assert evidence_of("") == evidence_of("\n \n") == []


def test_rules_that_do_not_act_count_by_their_wording() -> None:
    rules = RuleSet([Rule(id="own.x", description="X", lines={"": (HEADLINES[0],)}, confidence=Confidence.LOW)])
    found = [named(one.values)["rule-confidence"] for one in evidence_of(ARTICLE, rules=rules)]
    assert found == [0, 0, 0, 0, 1, 0, 0]


def test_the_distance_to_the_line_that_repeats_the_title_counts() -> None:
    text = f"{TITLE}\n\n{PROSE[0]}\n"
    assert [named(one.values)["title-distance"] for one in evidence_of(text, TITLE)] == [0, 1]
    assert [named(one.values)["title-distance"] for one in evidence_of(text)] == [-100, -100]


def test_long_texts_count_no_further() -> None:
    found = named(evidence_of("\n".join(["A line of verse"] * 300))[200].values)
    assert (found["line-number"], found["lines-below"], found["text-lines"], found["run"]) == (40, 40, 80, 40)


def test_rows_of_tables_are_known_by_their_bars() -> None:
    found = evidence_of("| Driver | Points |\n| Ann Hollis | 40 |\nHome | News\n")
    assert [named(one.values)["cells"] for one in found] == [3, 3, 0]
