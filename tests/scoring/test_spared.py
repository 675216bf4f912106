"""Lines that the scorer leaves alone."""

from __future__ import annotations

import pytest

from cleaner.rules.ruleset import RuleSet
from cleaner.scoring.gaps import NO_GAPS
from cleaner.scoring.scorer import Scorer
from cleaner.scoring.spared import CODE, reason_to_spare
from cleaner.text.lines import TextView
from tests.scoring.making import PROSE, evidence_of, model

SCORER = Scorer(model(), rules=RuleSet())
RACE = ["1 Ann Hollis 5040 5", "2 Tom Weaver 5035 7", "3 Lea Marsh 5033 4", "4 Ida Brook 5027 6"]


def spared(text: str) -> list[int]:
    """The numbers of the lines that are not blank and that stay whatever they look like."""
    return [at for at, one in enumerate(evidence_of(text)) if reason_to_spare(one.values)]


def test_a_list_that_counts_up_stays_whole() -> None:
    assert spared("\n".join((PROSE[0], *RACE, PROSE[1]))) == [1, 2, 3, 4]
    assert spared("\n".join((PROSE[0], *RACE[:3], PROSE[1]))) == []
    assert spared("\n".join((PROSE[0], *[line[2:] for line in RACE], PROSE[1]))) == []


def test_the_times_of_a_live_report_stay() -> None:
    report = "\n".join(f"{hour}:15\n{PROSE[hour % 4]}" for hour in range(10, 16))
    assert spared(report) == [0, 2, 4, 6, 8, 10]
    assert spared(f"10:15\n{PROSE[0]}\n{PROSE[1]}") == []  # the time of an article
    assert spared("\n".join(f"{hour}:15" for hour in range(8, 20, 2))) == []  # no report


def test_what_is_spared_has_no_probability_and_a_reason() -> None:
    text = "\n\n".join((PROSE[0], *RACE, PROSE[1])) + "\n"
    view = TextView(text)
    scores = SCORER.scores(SCORER.evidence(view), NO_GAPS)
    assert [one.probability for one in scores[1:5]] == [0.0] * 4
    assert SCORER.edits(view, scores) == ()
    found = SCORER.reasons(SCORER.evidence(view), NO_GAPS, 2)
    assert found is not None
    assert found.probability == 0.0
    assert found.body[0].text == "it stands in a list that counts up, and such lists stay whole"


@pytest.mark.parametrize("fence", ["```", "~~~"])
def test_a_block_of_code_has_a_reason_of_its_own(fence: str) -> None:
    text = f"{PROSE[0]}\n\n{fence}\nRain expected\n{fence}\n\n{PROSE[1]}\n"
    found = SCORER.reasons(SCORER.evidence(TextView(text)), NO_GAPS, 3)
    assert found is not None
    assert found.body[0].text == CODE
