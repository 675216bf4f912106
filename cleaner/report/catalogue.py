"""What a page tells about rules, and what the rules tell about the language of a text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from cleaner.rules.model import Rule
from cleaner.rules.ruleset import RuleSet
from cleaner.scoring.scorer import RULE as SCORER
from cleaner.text.normalize import fold

__all__ = ["LanguageGuess", "rule_facts"]

_NO_LANGUAGE = ("", "mul")
_BY_EVIDENCE = "A line that no rule knows: the profile thorough took it by evidence. `clean why` lists the evidence."


def rule_facts(rule_id: str, rules: RuleSet) -> dict[str, Any]:
    """The facts about a rule that its page shows; of one that is not in the set only id and class.

    >>> rule_facts("own.unknown", RuleSet())
    {'id': 'own.unknown', 'class': 'own', 'known': False}
    """
    unknown = {"id": rule_id, "class": rule_id.partition(".")[0], "known": False}
    if rule_id == SCORER:
        return {**unknown, "description": _BY_EVIDENCE}
    if rule_id not in rules:
        return unknown
    rule: Rule = rules[rule_id]
    return {
        "id": rule.id,
        "class": rule.scrap_class,
        "known": True,
        "description": rule.description,
        "confidence": str(rule.confidence),
        "unit": str(rule.unit),
        "zones": [str(zone) for zone in rule.zones],
        "languages": list(rule.used_languages),
        "profiles": list(rule.profiles),
        "keeps": [text for texts in rule.examples.keeps.values() for text in texts][:6],
        "risks": list(rule.false_positives),
    }


class LanguageGuess:
    """Tells the language of a text by the scraps that were taken from it: wordings that belong to one language only.

    >>> from cleaner.rules import Rule
    >>> guess = LanguageGuess(RuleSet([Rule(id="own.more", description="More", lines={"de": ("Mehr zum Thema",)})]))
    >>> guess.of(["Mehr zum Thema:\\n"]), guess.of(["The council met."])
    ('de', '')
    """

    def __init__(self, rules: RuleSet) -> None:
        languages: dict[str, set[str]] = {}
        for rule in rules:
            for language, wordings in rule.lines.items():
                for wording in wordings:
                    languages.setdefault(fold(wording), set()).add(language)
        self._languages = {
            key: next(iter(found))
            for key, found in languages.items()
            if len(found) == 1 and not found & set(_NO_LANGUAGE)
        }

    def of(self, pieces: Iterable[str]) -> str:
        """The language that most removed lines are wordings of; "" when no line is one."""
        votes = Counter(
            language
            for piece in pieces
            for line in piece.split("\n")
            if line.strip() and (language := self._languages.get(fold(line)))
        )
        return min(votes, key=lambda language: (-votes[language], language)) if votes else ""
