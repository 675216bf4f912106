"""Two looks at the lines that rules leave."""

from __future__ import annotations

import pickle

import pytest

from cleaner.engine.compiler import CompiledRules
from cleaner.engine.line_cache import LineCache
from cleaner.model import DocumentInfo
from cleaner.rules.builtin import builtin_rules
from cleaner.rules.ruleset import RuleSet
from cleaner.scoring.gaps import NO_GAPS
from cleaner.scoring.model import ForestSpec
from cleaner.scoring.scorer import RULE, Scorer
from cleaner.text.edits import apply
from cleaner.text.lines import TextView
from tests.scoring.making import ARTICLE, HEADLINES, PROSE, TITLE, model, stump

SCORER = Scorer(model(), rules=RuleSet())


def test_the_lines_that_reach_the_threshold_go() -> None:
    view = TextView(ARTICLE)
    scores = SCORER.scores(SCORER.evidence(view), NO_GAPS)
    assert [one.line for one in scores if one.probability >= 0.8] == [8, 10, 12]
    edits = SCORER.edits(view, scores)
    assert apply(ARTICLE, edits) == "\n\n".join(PROSE) + "\n"
    assert {edit.rule for edit in edits} == {RULE}
    assert edits[0].scrap_class == "thorough"


def test_blocks_of_code_stay_whole() -> None:
    text = f"{PROSE[0]}\n\n```\n{HEADLINES[0]}\n```\n\n{PROSE[1]}\n\n{HEADLINES[0]}\n"
    view = TextView(text)
    edits = SCORER.edits(view, SCORER.scores(SCORER.evidence(view), NO_GAPS))
    assert apply(text, edits) == f"{PROSE[0]}\n\n```\n{HEADLINES[0]}\n```\n\n{PROSE[1]}\n"


def test_a_line_of_the_title_stays_where_the_title_is_known() -> None:
    text = f"{PROSE[0]}\n\nRepair the stone bridge\n"
    with_title, without = (TextView(text, DocumentInfo(title)) for title in (TITLE, ""))
    assert SCORER.scores(SCORER.evidence(without), NO_GAPS)[1].probability >= 0.8
    assert SCORER.scores(SCORER.evidence(with_title), NO_GAPS)[1].probability < 0.8


def test_the_second_look_hears_of_the_neighbours() -> None:
    alone = ForestSpec(0, [stump("scrap-run", 1, -5000, 1000)])
    scorer = Scorer(model(second=alone), rules=RuleSet())
    text = f"{PROSE[0]}\n\nA subhead\n\n{PROSE[1]}\n\n{HEADLINES[0]}\n\n{HEADLINES[1]}\n"
    found = [one.probability > 0.5 for one in scorer.scores(scorer.evidence(TextView(text)), NO_GAPS)]
    assert found == [False, False, False, True, True]


def test_a_text_without_lines_has_no_scores() -> None:
    assert SCORER.scores(SCORER.evidence(TextView("\n")), NO_GAPS) == []
    assert SCORER.edits(TextView("\n"), []) == ()


def test_reasons_stand_on_both_sides_in_words() -> None:
    text = f"{PROSE[0]}\n\nRepair the stone bridge\n"
    found = SCORER.reasons(SCORER.evidence(TextView(text, DocumentInfo(TITLE))), NO_GAPS, 2)
    assert found is not None
    assert found.probability < found.threshold == 0.8
    assert [reason.text for reason in found.scrap] == ["it has 4 words"]
    assert [reason.text for reason in found.body] == ["100 % of its words stand in the title"]
    assert found.scrap[0].weight == 2
    assert found.body[0].weight == -3


def test_a_blank_line_has_no_reasons() -> None:
    assert SCORER.reasons(SCORER.evidence(TextView(ARTICLE)), NO_GAPS, 1) is None


@pytest.mark.parametrize("threshold", [0, -0.1, 1.1])
def test_a_threshold_is_a_probability(threshold: float) -> None:
    with pytest.raises(ValueError, match="threshold is a probability above 0 and at most 1"):
        Scorer(model(), threshold=threshold)


def test_a_pickled_scorer_scores_alike() -> None:
    view = TextView(ARTICLE)
    other = pickle.loads(pickle.dumps(SCORER))
    assert other.scores(other.evidence(view), NO_GAPS) == SCORER.scores(SCORER.evidence(view), NO_GAPS)
    assert other.digest == SCORER.digest
    assert Scorer(model(), threshold=0.7, rules=RuleSet()).digest != SCORER.digest


def test_rules_that_ran_are_not_asked_again_and_count_all_the_same() -> None:
    rules = builtin_rules()
    text = f"{PROSE[0]}\n\nFollow us on:\n\nLinks to this article\n\nBy Ann Hollis\n\n{PROSE[1]}\n"
    view = TextView(text)
    asks = Scorer(model(second=ForestSpec(0, [stump("rule-confidence", 1.5, -1000, 1000)])), rules=rules)
    cache = LineCache(CompiledRules(rules.select()))
    cache.add(view.lines)
    assert asks.scores(asks.evidence(view, asks.wordings(cache)), NO_GAPS) == asks.scores(asks.evidence(view), NO_GAPS)
    assert max(one.probability for one in asks.scores(asks.evidence(view, asks.wordings(cache)), NO_GAPS)) > 0.5


def test_a_line_of_a_long_text_must_be_surer_and_the_reasons_say_so() -> None:
    short, long = f"{HEADLINES[0]}\n\n{PROSE[0]}\n", f"{HEADLINES[0]}\n\n" + "\n".join(PROSE * 40) + "\n"
    careful = Scorer(model(caution=400), rules=RuleSet())
    found = [careful.reasons(careful.evidence(TextView(text)), NO_GAPS, 0) for text in (short, long)]
    assert found[0] is not None
    assert found[1] is not None
    assert (
        found[0].probability
        > SCORER.scores(SCORER.evidence(TextView(short)), NO_GAPS)[0].probability
        > found[1].probability
    )
    assert found[1].body[0].text.startswith("the text has ")
    assert found[1].body[0].weight == -0.781
