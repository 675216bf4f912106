"""All matchers that rules may name, with the options each takes. docs/matchers.md is generated from this list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from cleaner.engine.matchers import headlines, indentation, metadata, neighbours, repetition, title, wrapping
from cleaner.engine.matchers.base import ContextMatcher, Matcher, NoOptions, ScrapClasses
from cleaner.engine.matchers.options import option_problems
from cleaner.errors import RuleError
from cleaner.rules.model import Rule
from cleaner.rules.ruleset import RuleSet

__all__ = [
    "MATCHERS",
    "MatcherEntry",
    "check_matcher",
    "check_options",
    "needs_other_rules",
]


@dataclass(frozen=True, slots=True)
class MatcherEntry:
    """A matcher and what there is to know about it.

    Attributes:
        name: what rules name it by, ``matcher = "…"``.
        description: what it finds, in one line.
        matcher: the function of a matcher that looks at the text alone; None for a context matcher.
        context: the function of a context matcher, which also sees what all other rules remove; None for others.
        options: the class of its options, a frozen dataclass.
        needs_scraps: whether a context matcher finds nothing in a text of which nothing goes.
    """

    name: str
    description: str
    matcher: Matcher | None = None
    context: ContextMatcher | None = None
    options: type[Any] = NoOptions
    needs_scraps: bool = True


_ENTRIES = (
    MatcherEntry(
        "above-scrap",
        "The line right above a scrap, when it is no sentence and not the first of the text",
        context=neighbours.above_scrap,
        options=neighbours.AboveScrapOptions,
    ),
    MatcherEntry(
        "above-title",
        "Each line above the known title",
        title.above_title,
    ),
    MatcherEntry(
        "below-scraps",
        "Every short line below a scrap in the tail of the text",
        context=neighbours.below_scraps,
        options=neighbours.BelowScrapsOptions,
    ),
    MatcherEntry(
        "below-title",
        "Each short line between the known title and the first line of prose that stands with scraps",
        context=title.below_title,
        options=title.BelowTitleOptions,
    ),
    MatcherEntry(
        "bracketed-headline",
        "A headline in square brackets between paragraphs, beside a scrap",
        context=headlines.bracketed_headline,
        options=ScrapClasses,
    ),
    MatcherEntry(
        "common-indent",
        "The blanks with which every line of the text begins",
        indentation.common_indent,
    ),
    MatcherEntry(
        "described-twice",
        "The line above a scrap that begins with the words of that line",
        context=neighbours.described_twice,
        options=ScrapClasses,
    ),
    MatcherEntry(
        "doubled-line",
        "A line that says the same twice",
        repetition.doubled_line,
    ),
    MatcherEntry(
        "gaps",
        "Several blanks or a tab between the words of running text",
        wrapping.gaps_between_words,
    ),
    MatcherEntry(
        "hard-wrap",
        "A newline in the middle of a sentence",
        wrapping.hard_wrap,
        options=wrapping.HardWrapOptions,
    ),
    MatcherEntry(
        "headline-above",
        "The headline of another article between paragraphs, right above a scrap of some wordings",
        context=headlines.headline_above,
        options=headlines.HeadlineAboveOptions,
    ),
    MatcherEntry(
        "known-author",
        "A line that holds the known author's name and little else",
        metadata.known_author,
        options=metadata.KnownAuthorOptions,
    ),
    MatcherEntry(
        "known-date",
        "A short line that holds the known date, in whatever order and language",
        metadata.known_date,
        options=metadata.KnownDateOptions,
    ),
    MatcherEntry(
        "known-site",
        "A line that is the known site's name or the host of the document's address",
        metadata.known_site,
    ),
    MatcherEntry(
        "known-title",
        "The line at the top that repeats the known title",
        title.known_title,
    ),
    MatcherEntry(
        "printed-twice",
        "The second of two equal paragraphs, one below the other",
        repetition.printed_twice,
    ),
    MatcherEntry(
        "repeated-line",
        "A line that recurs in many documents of the site",
        repetition.repeated_line,
    ),
    MatcherEntry(
        "repeated-title",
        "The masthead between two copies of the title at the top, with the second copy",
        context=title.repeated_title,
        needs_scraps=False,
    ),
    MatcherEntry(
        "teasers",
        "All below a heading, when it reads like teasers to the end of the text",
        context=neighbours.teasers,
        options=ScrapClasses,
    ),
    MatcherEntry(
        "timed-title",
        "The title of a video with its running time, beside a line that says it without the time",
        context=headlines.timed_title,
        needs_scraps=False,
    ),
)

MATCHERS: Mapping[str, MatcherEntry] = MappingProxyType({entry.name: entry for entry in _ENTRIES})
"""The built-in matchers by name."""


def needs_other_rules(rule: Rule) -> bool:
    """Whether the rule's matcher looks at what other rules remove: alone, such a rule finds nothing.

    >>> needs_other_rules(Rule(id="own.x", description="X", matcher="teasers"))
    True
    """
    entry = MATCHERS.get(rule.matcher)
    return entry is not None and entry.context is not None


def check_matcher(rule: Rule, rules: RuleSet) -> list[RuleError]:
    """What is wrong with the name of a rule's matcher: nothing, or one error with what there is.

    Args:
        rule: a rule of the set, with or without a matcher.
        rules: the set; it knows the matchers of plugins.
    """
    if not rule.matcher or rule.matcher in MATCHERS or rule.matcher in rules.matchers:
        return []
    from difflib import get_close_matches  # importing cleaner must stay quick

    known = sorted({*MATCHERS, *rules.matchers})
    close = get_close_matches(rule.matcher, known, n=1)
    suggestion = f"did you mean {close[0]!r}? " if close else ""
    available = f"there are {', '.join(known)}; those of plugins run when the configuration names the plugin"
    return [_error(rule, f"no matcher {rule.matcher!r}", suggestion + available, "matcher")]


def check_options(rule: Rule, terms: Mapping[str, str]) -> list[RuleError]:
    """All that is wrong with the options of a rule, in their order; empty when nothing is.

    Each error has the place of the option in the rule's file, as far as it is known, and says what is allowed. The
    options of plugins' matchers are theirs to check.

    Args:
        rule: a rule, with or without a matcher.
        terms: the terms of its rule set, which options may name.

    >>> rule = Rule(id="own.x", description="X", matcher="below-title", options={"wrods": 3})
    >>> [str(error) for error in check_options(rule, {})]
    ["rule own.x: matcher 'below-title': there is no option 'wrods'; did you mean 'words'?"]
    """
    entry = MATCHERS.get(rule.matcher)
    if entry is None:
        return []
    return [
        _error(rule, f"matcher {rule.matcher!r}: {message}", hint, *(("options", key) if key else ("matcher",)))
        for key, message, hint in option_problems(entry.options, rule.options, terms)
    ]


def _error(rule: Rule, message: str, hint: str, *keys: str) -> RuleError:
    from cleaner.rules.rule_source import place_in_rule  # it reads a file, and only errors need it

    line, column = place_in_rule(rule, *keys)
    return RuleError(message, path=rule.path or None, line=line, column=column, rule=rule.id, hint=hint)
