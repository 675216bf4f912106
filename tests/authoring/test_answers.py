"""What programs are told about rules and texts: plain data, complete, and the same as the commands show."""

from __future__ import annotations

import json

import pytest

from cleaner import Cleaner, CleanerError, builtin_rules
from cleaner.authoring.answers import line_answer, lines_answer, rule_facts, rules_answer
from cleaner.authoring.explain import explain_line
from cleaner.model import DocumentInfo
from tests.articles import article

TEXT = (
    "By Jane Doe\r\n\r\n\r\n\r\nThe council met on Tuesday to vote on the old bridge, which is closed.\r\n\r\n"
    "Follow us on:\r\n"
)


def test_lines_are_numbered_as_in_the_text_that_was_given(cleaner: Cleaner) -> None:
    found = lines_answer(*cleaner.explain(TEXT))
    assert [(one["line"], one["fate"], one["rule"]) for one in found] == [
        (1, "removed", "byline.by-name"),
        (7, "removed", "follow-us.networks"),
    ]


def test_spared_lines_say_by_which_rule_and_why(cleaner: Cleaner) -> None:
    text = f"{article(1).rstrip()}\n\nFollow us on:\n\n{article(4)}"
    answers = [lines_answer(*cleaner.explain(text)), lines_answer(*cleaner.explain("Advertisement\n"))]
    spared = [one for answer in answers for one in answer if one["fate"] == "kept"]
    assert spared
    assert all(one["spared_by"] and not one["rule"] for one in spared)
    assert json.loads(json.dumps(answers)) == answers


def test_a_line_has_its_fate_its_zone_and_the_rules_that_nearly_fit(cleaner: Cleaner) -> None:
    gone = line_answer(explain_line(cleaner, TEXT, DocumentInfo(), 7, builtin_rules()))
    assert (gone["line"], gone["fate"], gone["rule"], gone["zone"]) == (7, "removed", "follow-us.networks", "tail")
    assert gone["verdicts"][0] == {"rule": "follow-us.networks", "zone": "tail", "spared_by": ""}
    near = line_answer(explain_line(cleaner, f"Advertisemant\n\n{article(1)}", DocumentInfo(), 1))
    assert (near["fate"], near["nearly"][0]["rule"]) == ("kept", "ad-marker.label")
    assert "probability" not in near
    assert json.loads(json.dumps(near)) == near


def test_a_scored_line_has_its_probability() -> None:
    cleaner = Cleaner(profile="thorough")
    found = line_answer(explain_line(cleaner, article(1), DocumentInfo(), 1, builtin_rules()))
    assert 0 <= found["probability"] < found["threshold"] <= 1


def test_classes_add_up_to_all_rules() -> None:
    rules = builtin_rules()
    found = rules_answer("", rules, rules.select("facts"))["classes"]
    assert sum(one["count"] for one in found) == len(rules)
    assert sum(one["running"] for one in found) == len(rules.select("facts"))
    assert all(one["description"] for one in found)


def test_a_class_lists_its_rules_and_a_rule_its_examples() -> None:
    rules = builtin_rules()
    listed = rules_answer("byline", rules, rules.select("facts"))
    assert {one["id"] for one in listed["rules"]} == {rule.id for rule in rules if rule.scrap_class == "byline"}
    assert not any(one["runs"] for one in listed["rules"])
    shown = rules_answer("byline.by-name", rules, rules.select())
    assert shown["runs"]
    assert set(rule_facts(rules["byline.by-name"])) < set(shown)
    assert shown["examples"]["removes"]["en"]
    assert shown["examples"]["keeps"]


def test_a_name_that_is_not_there_is_told() -> None:
    with pytest.raises(CleanerError, match=r"no rule and no class 'follow-us\.network'; did you mean"):
        rules_answer("follow-us.network", builtin_rules(), builtin_rules())
