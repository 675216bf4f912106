"""One outcome of rules and scorer: edits that lead back, and a guard over both."""

from __future__ import annotations

import pytest

from cleaner.engine.compiler import CompiledRules
from cleaner.engine.loop import run
from cleaner.engine.verdicts import Outcome, Verdict
from cleaner.model import Zone
from cleaner.rules.model import Rule
from cleaner.rules.ruleset import RuleSet
from cleaner.scoring.application import REFUSED, Look, apply_scores, reasons_at
from cleaner.scoring.model import ForestSpec
from cleaner.scoring.scorer import Scorer
from cleaner.text.edits import apply, check, invert
from cleaner.text.lines import TextView
from tests.scoring.making import HEADLINES, PROSE, model, stump

RULES = CompiledRules(RuleSet([Rule(id="own.x", description="X", lines={"": ("More news",)})]))
TEXT = "\n\n".join((*PROSE, "More news", *HEADLINES)) + "\n"
LOOK = Look(TextView(TEXT))
SCORER = Scorer(model(), rules=RuleSet())


def applied(text: str = TEXT, guard: float = 0.4, scorer: Scorer = SCORER) -> tuple[Outcome, list[tuple[str, float]]]:
    outcome = run(text, RULES, guard=guard)
    after, spans = apply_scores(text, outcome, Look(TextView(outcome.text)), scorer, guard, explain=True)
    return after, [(text[start:end], probability) for start, end, probability in spans]


def test_rules_and_scorer_leave_the_prose_and_lead_back() -> None:
    after, _ = applied()
    assert after.text == "\n\n".join(PROSE) + "\n"
    check(after.edits, len(TEXT))
    assert apply(TEXT, after.edits) == after.text
    assert apply(after.text, invert(TEXT, after.edits)) == TEXT


def test_each_line_is_named_by_what_took_it() -> None:
    after, _ = applied()
    named = [(edit.rule, TEXT[edit.start : edit.end].strip().split("\n")[0]) for edit in after.edits]
    assert named == [("own.x", "More news"), ("thorough.line", HEADLINES[0])]
    assert after.verdicts == tuple(Verdict("thorough.line", line, Zone.TAIL, "") for line in HEADLINES)


def test_scores_are_of_the_lines_that_rules_left_where_they_stood() -> None:
    _, spans = applied()
    assert [line for line, _ in spans] == [*PROSE, *HEADLINES]


def test_the_guard_keeps_what_rules_left() -> None:
    greedy = Scorer(model(calibration=[(-9000, 0.9), (9000, 1.0)]), rules=RuleSet())
    text = "\n\n".join((*PROSE, "More news")) + "\n"
    after, spans = applied(text, scorer=greedy)
    assert after.text == "\n\n".join(PROSE) + "\n"
    assert after.flags == (REFUSED,)
    assert {edit.rule for edit in after.edits} == {"own.x"}
    assert len(spans) == len(PROSE)


def test_a_text_that_rules_refused_is_not_scored() -> None:
    outcome = Outcome(TEXT, flags=("guard",))
    assert apply_scores(TEXT, outcome, LOOK, SCORER, 0.4) == (outcome, ())
    assert reasons_at(TEXT, outcome, LOOK, SCORER, 0, 0.4) is None


def test_nothing_to_take_leaves_the_outcome_as_it_is() -> None:
    text = "\n\n".join(PROSE) + "\n"
    outcome = run(text, RULES)
    assert apply_scores(text, outcome, Look(TextView(text)), SCORER, 0.4)[0] is outcome


@pytest.mark.parametrize(("line", "has"), [(HEADLINES[1], True), ("More news", False), (PROSE[0], True)])
def test_reasons_are_given_for_lines_that_rules_left(line: str, has: bool) -> None:
    outcome = run(TEXT, RULES)
    found = reasons_at(TEXT, outcome, Look(TextView(outcome.text)), SCORER, TEXT.index(line), 0.4)
    assert (found is not None) is has


def test_rules_and_scorer_look_again_until_nothing_goes() -> None:
    alone = ForestSpec(0, [stump("lines-below", 0, 3000, -3000)])
    last_goes = Scorer(model(first=ForestSpec(0, [stump("words", 8, 1000, -9000)]), second=alone), rules=RuleSet())
    after, spans = applied("\n\n".join((*PROSE, *HEADLINES[:2], "More news", HEADLINES[2])) + "\n", scorer=last_goes)
    assert after.text == "\n\n".join(PROSE) + "\n"
    assert [probability for line, probability in spans if line in HEADLINES] == [1, 1, 1]
    again, _ = applied(after.text, scorer=last_goes)
    assert again.text == after.text


def test_a_line_that_went_in_a_later_look_has_the_reasons_of_that_look() -> None:
    alone = ForestSpec(0, [stump("lines-below", 0, 3000, -3000)])
    last_goes = Scorer(model(first=ForestSpec(0, [stump("words", 8, 1000, -9000)]), second=alone), rules=RuleSet())
    outcome = run(TEXT, RULES)
    found = reasons_at(TEXT, outcome, Look(TextView(outcome.text)), last_goes, TEXT.index(HEADLINES[0]), 0.4)
    assert found is not None
    assert found.probability == 1
