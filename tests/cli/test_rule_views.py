"""Pages about rules."""

from __future__ import annotations

from collections import Counter
from io import StringIO

from rich.console import Console, RenderableType

from cleaner.authoring.coverage import Coverage
from cleaner.authoring.evaluate import CorpusStats, FalsePositives, RemovedLine, RuleStats, RuleTrial
from cleaner.authoring.examples import Failure
from cleaner.cli.rule_views import (
    coverage_page,
    failure_text,
    false_positives_page,
    rule_page,
    rule_table,
    stats_page,
    trial_page,
)
from cleaner.rules.loader import parse_rules
from tests.cli.own_rules import OWN

(RULE,) = parse_rules(OWN)


def plain(page: RenderableType) -> str:
    stream = StringIO()
    Console(file=stream, width=160).print(page)
    return stream.getvalue()


def test_a_table_has_a_line_for_each_rule() -> None:
    lines = plain(rule_table([RULE, RULE])).splitlines()
    assert len(lines) == 3
    assert lines[1].startswith("own.bye")


def test_a_page_shows_facts_wordings_and_examples() -> None:
    page = rule_page(RULE).plain
    assert page.startswith("own.bye\nSign-off\n\n")
    assert "        zone  tail\n" in page
    assert "\nlines\n    en  Bye from the Hill News\n" in page
    assert "\npatterns\n    en  bye number \\d+\n" in page
    assert "\nremoves\n   any  ✓ Bye from the Hill News\n" in page
    assert "sites" not in page


def test_examples_that_do_not_hold_are_marked() -> None:
    page = rule_page(RULE, {"Bye from the Hill News"}).plain
    assert "✗ does not hold: Bye from the Hill News\n" in page
    assert "✓ Bye from the Hill News, he said.\n" in page


def test_a_failure_shows_what_came_of_an_example() -> None:
    page = failure_text(Failure(RULE, "keeps (tail)", "Bye\nnumber 12", "A town.\n\nAn end.\n")).plain
    assert ": own.bye\n  keeps (tail): Bye ⏎ number 12\n  gave:\n    A town.\n    An end.\n" in page


def test_coverage_names_what_nothing_reaches() -> None:
    page = coverage_page(Coverage([("own.bye", "bye number")], ["own.bye"]), 3).plain
    assert "2 of 3 rules are fired by a golden case; not own.bye\n" in page
    assert "1 patterns are fired by no example of their rule\n  own.bye  bye number\n" in page


def test_a_trial_shows_lines_in_their_place() -> None:
    trial = RuleTrial(documents=2, lines=3, new_lines=2, spared=Counter({"zone": 1, "prose": 2}))
    trial.hits.append(RemovedLine("a.txt", 7, ("above",), "Bye", ("below",), True))
    page = trial_page(RULE, trial, 9).plain
    assert "3 lines of 2 of 9 documents, 1 of them taken already\n" in page
    assert "  spared 2 times: prose\n  spared once: zone\n" in page
    assert "\n  a.txt:7\n      above\n    - Bye\n      below\n" in page
    assert "and 2 more; --limit shows them" in page


def test_false_positives_are_named_with_their_lines() -> None:
    assert false_positives_page({}, 7).plain == "takes nothing of 7 clean texts"
    found = {"own.bye": FalsePositives(documents=1, words=3, lines=(("poem", "Bye for now"),))}
    assert false_positives_page(found, 7).plain == (
        "FALSE POSITIVES: own.bye takes 3 words of 1 of 7 clean texts\n  poem: Bye for now\n"
    )


def test_stats_rank_rules_and_name_those_that_never_act() -> None:
    rules = {"a.x": RuleStats(1, 1, 2), "b.x": RuleStats(2, 5, 9, Counter({"zone": 3})), "c.x": RuleStats()}
    page = plain(stats_page(CorpusStats(4, 2, rules, Counter({("a.x", "b.x"): 2})), limit=1))
    lines = page.splitlines()
    assert lines[1].split() == ["b.x", "2", "5", "9", "3", "zone"]
    assert "4 documents, 2 changed; 2 rules fit a line" in page
    assert "1 rules more; --limit shows them" in page
    assert "fit no line (1): c.x" in page
    assert "2  a.x, b.x" in page
