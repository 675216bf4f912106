"""Two rule sets on a corpus."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from cleaner import Cleaner, Rule, RuleSet
from cleaner.batch.corpus import Corpus
from cleaner.batch.preflight import plan_files
from cleaner.report.data import Heading
from cleaner.report.from_comparison import RuleSetComparison
from tests.articles import article

FOLLOW = Rule(id="own.follow", description="A call", lines={"en": ("Follow us on",)})
MORE = Rule(id="own.more", description="More", lines={"en": ("Read more",)})


def comparison(folder: Path) -> RuleSetComparison:
    for number in range(10):
        (folder / f"{number}.txt").write_text(article(number), "utf-8")
    old, new = Cleaner(RuleSet([FOLLOW])), Cleaner(RuleSet([FOLLOW, MORE]))
    return RuleSetComparison(Corpus(plan_files([folder])), old, new)


def test_the_page_holds_the_documents_that_differ(tmp_path: Path) -> None:
    made = comparison(tmp_path)
    figures, data = made.page_data(Heading(kind="diff"))
    assert figures == made.figures()
    assert (figures.documents, figures.changed, figures.lost) == (10, 2, 2)
    overview = json.loads(gzip.decompress(data.overview))
    assert len(overview["index"]) == 2
    assert overview["changes"] == [{"rule": "own.more", "lost": 2, "words": 4, "back": 0, "renamed": 0}]
    assert overview["totals"]["edits"] == 2
    assert "2 of 10 documents come out differently" in overview["lead"]


def test_rules_that_are_gone_are_explained_too(tmp_path: Path) -> None:
    made = comparison(tmp_path)
    _, data = RuleSetComparison(made.corpus, made.new, made.old).page_data(Heading(kind="diff"))
    rules = {rule["id"]: rule for rule in json.loads(gzip.decompress(data.overview))["rules"]}
    assert rules["own.more"]["description"] == "More"
