"""Regexes that are slow without being endless: measured on texts that are made to be slow for them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import regex

from cleaner.authoring.lint.findings import Finding
from cleaner.authoring.lint.regexes import antipatterns_of, patterns_of
from cleaner.authoring.lint.source import RuleSource
from cleaner.engine.compiler import longest_line
from cleaner.patterns.ambiguity import nested_repetitions
from cleaner.patterns.compiled import compile_regex, thaw
from cleaner.patterns.shape import shape
from cleaner.patterns.worst_cases import worst_cases
from cleaner.rules.model import Rule, Unit
from cleaner.rules.ruleset import RuleSet
from cleaner.text.normalize import bare, plain

__all__ = ["SLOW", "check_slowness", "growing_case", "slowest_case", "worst_seconds"]

SLOW = 0.05
"""Seconds of the processor from which on a regex is too slow on a line."""

_LONGEST = 10_000  # characters of the lines that are tried
_SHORTER = 2_500  # of those that are held against them, where a line may be longer still
_GROWTH = 10  # times as long, for four times the text: between 4, as the text grows, and 16, as its square does
_NOTICED = 0.004  # seconds from which on it is looked at how the time grows
_SHOWN = 40


def check_slowness(source: RuleSource, rules: RuleSet) -> Iterator[Finding]:
    """Regexes that take too long to refuse a line of up to 10,000 characters.

    Args:
        source: the rule.
        rules: for their terms, and for what is known about their regexes.
    """
    rule = source.rule
    located = [(keys, text, True) for keys, text in patterns_of(rule)]
    located += [(keys, text, False) for keys, text in antipatterns_of(rule)]
    for keys, pattern, is_pattern in located:
        expanded = rules.expand(pattern)
        cases = _cases(rule, expanded, rules, is_pattern)
        # What is endless has a finding of its own.
        if cases and not nested_repetitions(expanded, is_pattern and rule.case_sensitive):
            run = _run(rule, expanded, rules, is_pattern)
            message = _too_slow(run, cases) or _growing(run, rule, expanded, rules, is_pattern)
            if message:
                yield source.finding(
                    "slow-pattern",
                    message,
                    source.place_of_value(keys, pattern),
                    "let no two repetitions read the same characters one after the other, make the first of them "
                    "possessive (++), or lower max-words",
                )


def _too_slow(run: Callable[[str], object], cases: list[str]) -> str:
    case = slowest_case(run, cases)
    if not case:
        return ""
    return f"takes more than {SLOW * 1000:.0f} ms to refuse a line of {len(case):,} characters: {_shown(case)}"


def _growing(run: Callable[[str], object], rule: Rule, text: str, rules: RuleSet, is_pattern: bool) -> str:
    """What is wrong with a regex that is quick on the lines that were tried and will not be on longer ones."""
    if _size(rule, text, rules, is_pattern) < _LONGEST:
        return ""  # no line is longer
    case = growing_case(run, list(_pairs(rule, text, is_pattern)))
    if not case:
        return ""
    return (
        f"takes more than {_GROWTH} times as long to refuse a line of {len(case):,} characters as one of a quarter of "
        f"them: {_shown(case)}"
    )


def growing_case(run: Callable[[str], object], pairs: list[tuple[str, str]]) -> str:
    """The first of some texts that takes twice far longer than a shorter one of its kind; "" when none does.

    Args:
        run: what is measured. It may raise TimeoutError.
        pairs: texts, each with one that is four times as long.
    """
    noticed = ((short, long) for short, long in pairs if _seconds(run, long) >= _NOTICED)
    return next((long for short, long in noticed if all(_grows(run, short, long) for _ in range(2))), "")


def _grows(run: Callable[[str], object], short: str, long: str) -> bool:
    """Whether the time for the longer text is out of proportion. A disturbance only ever makes a run slower."""
    seconds = min(_seconds(run, long) for _ in range(3))
    return seconds >= _NOTICED and seconds > _GROWTH * min(_seconds(run, short) for _ in range(3))


def slowest_case(run: Callable[[str], object], cases: list[str]) -> str:
    """The first of some texts that takes too long twice; "" when none does.

    Args:
        run: what is measured. It may raise TimeoutError.
        cases: the texts.
    """
    return next((case for case in cases if _seconds(run, case) > SLOW and _seconds(run, case) > SLOW), "")


def worst_seconds(rule: Rule, text: str, rules: RuleSet, is_pattern: bool) -> tuple[float, str]:
    """The longest time that a regex of a rule takes on the lines that are made for it, in seconds, and the line.

    Args:
        rule: the rule.
        text: the regex, with its terms written out.
        rules: for what is known about their regexes.
        is_pattern: whether it finds lines; an antipattern spares them.
    """
    cases = _cases(rule, text, rules, is_pattern)
    run = _run(rule, text, rules, is_pattern)
    return max(((min(_seconds(run, case), _seconds(run, case)), case) for case in cases), default=(0.0, ""))


def _seconds(run: Callable[[str], object], text: str) -> float:
    start = time.thread_time()
    try:
        run(text)
    except TimeoutError:
        return float("inf")
    return time.thread_time() - start


def _run(rule: Rule, text: str, rules: RuleSet, is_pattern: bool) -> Callable[[str], object]:
    """What the engine does with a regex."""
    ignores_case = not (is_pattern and rule.case_sensitive)
    known = rules.known.get(text)
    compiled = thaw(known.frozen) if known and known.frozen and ignores_case else compile_regex(text, not ignores_case)
    if not is_pattern:
        return lambda line: compiled.search(line, timeout=2 * SLOW)
    if rule.unit is Unit.SPAN:
        return lambda line: _find_all(compiled, line)
    return lambda line: compiled.fullmatch(line, timeout=2 * SLOW)


def _find_all(compiled: regex.Pattern[str], line: str) -> None:
    for _ in compiled.finditer(line, timeout=2 * SLOW):
        pass


def _cases(rule: Rule, text: str, rules: RuleSet, is_pattern: bool) -> list[str]:
    """The lines that are made for a regex, as the engine hands them to it."""
    made = worst_cases(text, _size(rule, text, rules, is_pattern), is_pattern and rule.case_sensitive)
    return list(dict.fromkeys(map(_as_seen(rule, is_pattern), made)))


def _pairs(rule: Rule, text: str, is_pattern: bool) -> Iterator[tuple[str, str]]:
    """The longest lines that are made for a regex, each with a shorter one that is made in the same way."""
    seen, known = _as_seen(rule, is_pattern), set[str]()
    sizes = (worst_cases(text, size, is_pattern and rule.case_sensitive) for size in (_SHORTER, _LONGEST))
    for short, long in zip(*sizes, strict=False):
        if long not in known:
            known.add(long)
            yield seen(short), seen(long)


def _as_seen(rule: Rule, is_pattern: bool) -> Callable[[str], str]:
    return bare if is_pattern and rule.unit is not Unit.SPAN else plain


def _size(rule: Rule, text: str, rules: RuleSet, is_pattern: bool) -> int:
    """Characters of the longest line that a regex is tried on, as far as they are tried here."""
    if not is_pattern or rule.unit is Unit.SPAN:
        return _LONGEST
    known = rules.known.get(text)
    longest = ((known.shape if known else None) or shape(text)).longest
    return min(_LONGEST, longest, longest_line(rule))


def _shown(case: str) -> str:
    return ascii(case[:_SHOWN] + ("…" if len(case) > _SHOWN else ""))
