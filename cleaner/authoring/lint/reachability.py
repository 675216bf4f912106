"""Rules that can never act, whatever the text is."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from cleaner.authoring.lint.findings import Finding
from cleaner.authoring.lint.source import RuleSource
from cleaner.rules.model import PROFILES, Rule, Status, Unit
from cleaner.rules.selection import cut_zone, has_no_site, in_languages, running_profiles
from cleaner.text.normalize import searchable
from cleaner.text.prose import count_words

__all__ = ["check_reachability"]


class _Obstacle(NamedTuple):
    """What keeps a rule from acting: in words, the key of the rule that causes it, and what to do."""

    message: str
    key: str
    hint: str


def check_reachability(source: RuleSource) -> Iterator[Finding]:
    """Everything that keeps a rule from ever acting."""
    for check in (_no_profile, _no_zone, _no_site, _no_language, _too_few_words, _no_keyword):
        obstacle = check(source.rule)
        if obstacle is not None:
            yield source.finding("unreachable", obstacle.message, source.place_of_key(obstacle.key), obstacle.hint)


def _no_profile(rule: Rule) -> _Obstacle | None:
    if not rule.profiles:
        return _Obstacle("no profile runs the rule", "profiles", f"name some of {', '.join(PROFILES)}")
    if rule.status is Status.DEPRECATED or running_profiles(rule, preview=True):
        return None
    message = "the confidence is low, which runs only in strict, and strict is not among the profiles"
    return _Obstacle(message, "profiles", "add strict, or measure the rule and raise its confidence")


def _no_zone(rule: Rule) -> _Obstacle | None:
    """A cut acts only where no prose lies in what it removes."""
    zone = cut_zone(rule)
    if zone is None or zone.is_in(rule.zones):
        return None
    return _Obstacle(f"a cut to the {rule.cut_from} acts in the {zone} only", "zone", f'add "{zone}"')


def _no_site(rule: Rule) -> _Obstacle | None:
    if not has_no_site(rule):
        return None
    return _Obstacle("every site of the rule stands in except-sites", "except-sites", "take one of the two out")


def _no_language(rule: Rule) -> _Obstacle | None:
    """Somebody who selects the languages of the rule gets none of its wordings."""
    written = sorted({language for table in (rule.lines, rule.prefixes, rule.patterns) for language in table})
    if not rule.languages or not written or in_languages(rule, set(rule.languages), set()) is not None:
        return None
    message = f"the rule is for {', '.join(rule.languages)}, but its wordings are {', '.join(written)}"
    return _Obstacle(message, "languages", "name the languages of the wordings, or leave the key out")


def _too_few_words(rule: Rule) -> _Obstacle | None:
    """``max-words`` limits prefixes and patterns, not exact lines; no line is shorter than its prefix."""
    if not rule.max_words or rule.lines or rule.matcher:
        return None
    removes = () if rule.unit is Unit.SPAN else tuple(chain.from_iterable(rule.examples.removes.values()))
    texts = tuple(chain.from_iterable(rule.prefixes.values())) or removes
    shortest = min(map(count_words, texts), default=0)
    if shortest <= rule.max_words:
        return None
    message = f"the shortest wording has {shortest} words, and max-words allows {rule.max_words}"
    return _Obstacle(message, "max-words", f"allow {shortest} or more")


def _no_keyword(rule: Rule) -> _Obstacle | None:
    if not (rule.keywords and rule.patterns):
        return None
    removes = chain.from_iterable(rule.examples.removes.values())
    texts = [searchable(text) for text in (*removes, *(case.input for case in rule.examples.cases))]
    if any(word in text for word in map(searchable, rule.keywords) for text in texts):
        return None
    message = "none of the keywords stands in an example of what the rule removes"
    return _Obstacle(message, "keywords", "name words of the lines")
