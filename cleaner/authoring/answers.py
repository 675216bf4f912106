"""Rules and explanations as plain data, for programs that ask about them. The commands print the same for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cleaner.authoring.explain import LineExplanation, fates, line_numbers
from cleaner.engine.verdicts import Verdict
from cleaner.errors import CleanerError
from cleaner.pipeline import CleanResult
from cleaner.rules.model import Rule
from cleaner.rules.ruleset import RuleSet
from cleaner.rules.selection import did_you_mean

__all__ = ["line_answer", "lines_answer", "rule_facts", "rules_answer"]


def rule_facts(rule: Rule) -> dict[str, Any]:
    """What a rule is, without its wordings."""
    return {
        "id": rule.id,
        "class": rule.scrap_class,
        "description": rule.description,
        "unit": rule.unit,
        "zone": list(rule.zones),
        "action": rule.action,
        "confidence": rule.confidence,
        "status": rule.status,
        "profiles": list(rule.profiles),
        "languages": list(rule.used_languages),
        "sites": list(rule.sites),
        "since": rule.since,
        "file": rule.path,
        "line": rule.at_line or None,
    }


def rules_answer(name: str, rules: RuleSet, running: RuleSet) -> dict[str, Any]:
    """What there is of a name: all classes for "", the rules of a class, or a rule with its examples.

    Args:
        name: the name of a class, the id of a rule, or "".
        rules: all rules there are.
        running: those of them that run.

    Raises:
        CleanerError: there is neither a class nor a rule of that name.

    >>> from cleaner.rules import builtin_rules
    >>> found = rules_answer("ad-marker.label", builtin_rules(), builtin_rules().select())
    >>> found["runs"], found["examples"]["removes"]["en"][0]
    (True, 'Advertisement')
    """
    if not name:
        members = {one: [rule for rule in rules if rule.scrap_class == one] for one in rules.classes}
        return {"classes": [_class_facts(one, found, rules, running) for one, found in members.items()]}
    if found := [rule for rule in rules if rule.scrap_class == name]:
        listed = [{"id": one.id, "description": one.description, "runs": one.id in running} for one in found]
        return {**_class_facts(name, found, rules, running), "rules": listed}
    if name not in rules:
        raise CleanerError(
            f"no rule and no class {name!r}; {did_you_mean(name, [*rules.classes, *(one.id for one in rules)])}"
        )
    examples = rules[name].examples
    tables = {"removes": examples.removes, "keeps": examples.keeps}
    shown = {kind: {language: list(texts) for language, texts in table.items()} for kind, table in tables.items()}
    return {**rule_facts(rules[name]), "runs": name in running, "examples": shown}


def lines_answer(result: CleanResult, verdicts: Sequence[Verdict]) -> list[dict[str, Any]]:
    """The lines that rules removed, changed or spared, by their numbers in the text that was given."""
    spared: dict[str, dict[str, str]] = {}
    for verdict in verdicts:
        if verdict.reason:
            spared.setdefault(verdict.text, {})[verdict.rule] = verdict.reason
    fate, answers = fates(result), list[dict[str, Any]]()
    for number, (index, line) in zip(line_numbers(result), enumerate(result.repaired.split("\n")), strict=True):
        what, rule = fate.get(index, ("kept", ""))
        if line.strip() and (rule or line in spared):
            answers.append(
                {"line": number, "text": line, "fate": what, "rule": rule, "spared_by": spared.get(line, {})}
            )
    return answers


def line_answer(found: LineExplanation) -> dict[str, Any]:
    """All that is known about a line."""
    answer: dict[str, Any] = {
        "line": found.number,
        "text": found.text,
        "fate": found.fate,
        "rule": found.rule,
        "zone": str(found.zone),
        "is_prose": found.is_prose,
        "verdicts": [{"rule": one.rule, "zone": str(one.zone), "spared_by": one.reason} for one in found.verdicts],
        "rules_that_do_not_run": list(found.unselected),
        "nearly": [{"rule": near.rule, "wording": near.wording} for near in found.nearest],
        "flags": list(found.flags),
    }
    if found.reasons is not None:
        answer |= {"probability": round(found.reasons.probability, 4), "threshold": found.reasons.threshold}
    return answer


def _class_facts(name: str, members: Sequence[Rule], rules: RuleSet, running: RuleSet) -> dict[str, Any]:
    about = rules.classes.get(name)
    run = sum(rule.id in running for rule in members)
    return {"class": name, "description": about.description if about else "", "count": len(members), "running": run}
