"""What is wrong with the regexes of a rule: slow repetitions, needless anchors, patterns that suit no prefilter."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from cleaner.authoring.lint.findings import Finding
from cleaner.authoring.lint.source import RuleSource
from cleaner.patterns.ambiguity import needless_anchors, nested_repetitions
from cleaner.patterns.shape import shape
from cleaner.rules.model import Rule, Unit
from cleaner.rules.ruleset import RuleSet
from cleaner.rules.terms import span_before_expansion

__all__ = ["antipatterns_of", "check_anchors", "check_keywords", "check_repetitions", "patterns_of"]

_LONGEST_PIECE = 60

_Located = tuple[tuple[str, ...], str]
"""The keys that lead to a regex, and the regex as it is written."""


def check_repetitions(source: RuleSource, rules: RuleSet) -> Iterator[Finding]:
    """Repetitions that can read the same text in many ways: a line that nearly fits can then take forever.

    Args:
        source: the rule.
        rules: for their terms.
    """
    rule = source.rule
    for keys, pattern in (*patterns_of(rule), *antipatterns_of(rule)):
        for piece in nested_repetitions(rules.expand(pattern), rule.case_sensitive):
            place = span_before_expansion(pattern, rules.terms, piece.start, piece.end)
            yield source.finding(
                "nested-repetition",
                "the inner and the outer repetition can share a text in many ways"
                if _repeats_inside(piece.text)
                else "the alternatives of the repetition can read the same text in many ways",
                source.place_of_value(keys, pattern, place),
                "put a separator that the inner class does not hold between the repetitions, "
                f"or use a possessive one: {_clipped(piece.text)}+",
            )


def check_anchors(source: RuleSource, rules: RuleSet) -> Iterator[Finding]:
    """Anchors that bind to one alternative only, and those that say what is true anyway.

    Args:
        source: the rule.
        rules: for their terms.
    """
    is_span = source.rule.unit is Unit.SPAN
    for keys, pattern in patterns_of(source.rule):
        for anchor in needless_anchors(rules.expand(pattern)):
            start, end = span_before_expansion(pattern, rules.terms, anchor.start, anchor.end)
            place = source.place_of_value(keys, pattern, (start, end))
            sign = pattern[start:end]
            if anchor.one_of_several:
                message = f"{sign} binds to one alternative only"
                hint = "write (?:…|…) around the alternatives"
                also = "" if is_span else ", or leave the anchors out: the pattern matches the whole line"
                yield source.finding("anchored-alternative", message, place, hint + also)
            elif not is_span:
                message = f"{sign} is not needed: the pattern matches the whole line"
                yield source.finding("needless-anchor", message, place, "leave it out")


def check_keywords(source: RuleSource, rules: RuleSet) -> Iterator[Finding]:
    """Patterns that say nothing about what a line must begin with, end in or hold: the prefilter cannot help them.

    Args:
        source: the rule.
        rules: for their terms, and for what is known about their regexes.
    """
    rule = source.rule
    for keys, pattern in () if rule.keywords else patterns_of(rule):
        expanded = rules.expand(pattern)
        known = rules.known.get(expanded)
        found = (known.shape if known else None) or shape(expanded)
        edges = () if rule.unit is Unit.SPAN else (*found.heads, *found.tails)
        if not (edges or found.literals):
            yield source.finding(
                "no-keyword",
                "nothing says what a line must begin with, end in or hold: the pattern is tried on every line",
                source.place_of_value(keys, pattern),
                "add keywords = […], or begin the pattern with what the lines begin with",
            )


def patterns_of(rule: Rule) -> Iterator[_Located]:
    """The regexes that find lines, each with the keys that lead to it."""
    for language, texts in rule.patterns.items():
        for text in texts:
            yield ("pattern", language), text


def antipatterns_of(rule: Rule) -> Iterator[_Located]:
    """The regexes that spare lines, each with the keys that lead to it."""
    unless = rule.unless
    for name, texts in (("line", unless.line), ("previous", unless.previous), ("next", unless.next)):
        for text in texts:
            yield ("unless", name), text


def _repeats_inside(piece: str) -> bool:
    """Whether a repeated group holds a repetition itself."""
    return regex.search(r"(?<!\\)[*+}?](?!$)", regex.sub(r"\(\?|\[[^\]]*\]", "", piece[:-1])) is not None


def _clipped(piece: str) -> str:
    """The end of a long piece: that is where the quantifier stands."""
    return piece if len(piece) <= _LONGEST_PIECE else "…" + piece[1 - _LONGEST_PIECE :]
