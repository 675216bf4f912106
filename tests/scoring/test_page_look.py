"""The look at the page."""

from __future__ import annotations

from cleaner.model import DocumentInfo, PageLine, PageLines
from cleaner.rules.ruleset import RuleSet
from cleaner.scoring.gaps import NO_GAPS
from cleaner.scoring.model import ForestSpec
from cleaner.scoring.page_look import PAGE_LOOK, page_look
from cleaner.scoring.scorer import Scorer
from cleaner.text.lines import TextView
from tests.scoring.making import PROSE, model, stump

LINKS_GO = ForestSpec(0, [stump("link-share", 0.8, 0, 5000)])
TEXT = "\n\n".join((*PROSE, "A subhead of nine words that nobody would miss today")) + "\n"
LAST = 8


def chance(page: PageLines, forest: ForestSpec = LINKS_GO) -> float:
    view = TextView(TEXT, DocumentInfo(page=page))
    scorer = Scorer(model(page=forest), rules=RuleSet())
    return scorer.scores(scorer.evidence(view), NO_GAPS)[-1].probability


def test_a_piece_of_evidence_for_each_name() -> None:
    found = dict(zip((name for name, _ in PAGE_LOOK), page_look(-5, PageLine(0.5, "item", 9)), strict=True))
    assert found == {"page-score": -5, "link-share": 0.5, "element": 3, "list-depth": 4}


def test_links_on_the_page_speak_against_a_line() -> None:
    text = TEXT.strip().rsplit("\n", 1)[1]
    assert chance(PageLines([(text, PageLine(1.0, "other", 0))])) > 0.8
    assert chance(PageLines([(text, PageLine(0.0, "other", 0))])) < 0.5


def test_a_line_that_the_page_does_not_have_keeps_its_score() -> None:
    without = chance(PageLines())
    assert chance(PageLines([("Menu", PageLine(1.0, "item", 1))])) == without
    linked = PageLines([(TEXT.strip().rsplit("\n", 1)[1], PageLine(1.0, "other", 0))])
    assert chance(linked, ForestSpec(0, [])) == without


def test_the_reasons_name_the_page() -> None:
    text = TEXT.strip().rsplit("\n", 1)[1]
    page = PageLines([(text, PageLine(1.0, "caption", 0))])
    scorer = Scorer(model(page=LINKS_GO), rules=RuleSet())
    found = scorer.reasons(scorer.evidence(TextView(TEXT, DocumentInfo(page=page))), NO_GAPS, LAST)
    assert found is not None
    assert "100 % of it is links on the page" in [reason.text for reason in found.scrap]
