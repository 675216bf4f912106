"""A rule set compiled for matching: which rules a line's wording fits, before anyone asks where the line stands.

Exact lines and prefixes are looked up by their folded text. A regex runs only on a line that can match it: the
prefilter knows what the text of each regex begins with, ends in or holds, and finds those lines for all rules at once.
The cost of a line therefore does not depend on the number of rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

import regex

from cleaner.engine.captions import CAPTION, CaptionReader, Credited
from cleaner.engine.limits import SURE_LENGTH, Limits
from cleaner.engine.matchers.binding import bind, bind_context
from cleaner.engine.prefilter import EveryPattern, PatientPrefilter, Prefilter
from cleaner.engine.wordings import Wordings, all_texts
from cleaner.errors import RuleError
from cleaner.patterns.compiled import compile_regex, thaw
from cleaner.rules.model import Action, Confidence, Rule, Unit
from cleaner.rules.ruleset import RuleSet
from cleaner.rules.selection import DEFAULT_MAX_WORDS
from cleaner.text.normalize import fold_lines, plain, trimmed
from cleaner.text.prose import count_words

if TYPE_CHECKING:
    from cleaner.rules.known import KnownRegex

__all__ = ["CompiledRules", "Fits", "LineMatch", "SpanMatch", "longest_line"]

_CHARS_PER_WORD = 16  # generous: a line longer than this many characters a word cannot be within the limit
_LONGEST_LINE = 20_000  # longer ones are no lines: a whole text without newlines, a data URI
_OPENERS = "sentence-begin"
_NEAR = 5_000  # characters at both ends of a line that antipatterns look at

_TOO_LONG = "took too long"

_NO_FIELDS: Mapping[str, str] = {}


class LineMatch(NamedTuple):
    """The number of a rule whose wording a line fits, and the metadata that the line holds.

    ``credited`` holds the words before a credit, where the pattern tells them from the credit.
    """

    rule: int
    fields: Mapping[str, str]
    credited: Credited | None = None


class SpanMatch(NamedTuple):
    """The number of a rule that fits a piece of a line, and the match in the plain text of the line."""

    rule: int
    match: regex.Match[str]


class Fits(NamedTuple):
    """Which rules fit the wording of some lines, by the text of the lines.

    Attributes:
        keys: every line that was looked at, with its key in the look-up of exact wordings.
        lines: those that rules fit, with the matches in the order of the rules.
        spans: those that rules find a piece of, with the matches in the order of the patterns and of the pieces.
        block_starts: those that a wording of several lines may begin with.
    """

    keys: Mapping[str, str] = {}
    lines: Mapping[str, tuple[LineMatch, ...]] = {}
    spans: Mapping[str, tuple[SpanMatch, ...]] = {}
    block_starts: frozenset[str] = frozenset()


class CompiledRules:
    """A rule set ready to match. Immutable after construction, picklable, safe to share between threads.

    Regexes are compiled when a line first needs them.

    Args:
        rules: the rules, in order of precedence.
        prefilter: False to try every pattern on every line; the slow reference for tests.

    Attributes:
        rules: the rules, in order; matches name them by their number.
        matchers: the rules that name a matcher, each with its function.
        context_matchers: the same for matchers that look at what other rules remove.
        glued: the numbers of the sure rules for lines whose class says that they may be glued to the article.
        openers: finds the words that have a capital letter at the beginning of a sentence only: the term
            ``sentence-begin``; None where there is none.

    Raises:
        RuleError: a rule names a matcher or a term that does not exist, or an option of its matcher is wrong.

    >>> rules = CompiledRules(RuleSet([Rule(id="own.x", description="X", lines={"en": ("Follow us",)})]))
    >>> rules.fits(["Follow us:", "The town"]).lines
    {'Follow us:': (LineMatch(rule=0, fields={}, credited=None),)}
    """

    def __init__(self, rules: RuleSet, prefilter: bool = True) -> None:
        self.rules: tuple[Rule, ...] = rules.rules
        self._rule_set = rules
        self._use_prefilter = prefilter
        self._wordings = Wordings(self.rules)
        captions = CaptionReader(rules.terms)
        self._patterns = [
            _Pattern(number, rule, expanded, rules.known.get(expanded), captions)
            for number, rule in enumerate(self.rules)
            for expanded in (_expand(rules, rule, text) for text in all_texts(rule.patterns))
        ]
        named = [rule for rule in self.rules if rule.matcher]
        self.matchers = tuple((rule, bound) for rule in named if (bound := bind(rule, rules)))
        self.context_matchers = tuple((rule, asked) for rule in named if (asked := bind_context(rule, rules)))
        self.glued = frozenset(_glued(rules))
        openers = rules.terms.get(_OPENERS)
        self.openers = compile_regex(rf"(?-i:(?:{openers})(?!\w))") if openers else None
        self._antipatterns: dict[str, tuple[regex.Pattern[str], bool]] = {}

    def __reduce__(self) -> tuple[type[CompiledRules], tuple[RuleSet, bool]]:
        return CompiledRules, (self._rule_set, self._use_prefilter)

    def fits(self, lines: Iterable[str], limits: Limits | None = None) -> Fits:
        """Which rules fit the wording of some lines. They hold no newline; empty and endless ones fit nothing.

        Args:
            lines: the lines.
            limits: what regexes may cost; a rule whose regex takes too long fits no line, and the limits note it.

        Raises:
            OutOfTimeError: the document of the limits has no time left.
        """
        limits = limits or Limits()
        fresh = [line for line in dict.fromkeys(lines) if 0 < len(line) <= _LONGEST_LINE]
        if not fresh:
            return Fits()
        folded = fold_lines(fresh)
        keys = dict(zip(fresh, folded.keys, strict=True))
        # Matches with the number of their pattern, exact wordings first: the order must not depend on the prefilter.
        found: dict[str, list[tuple[int, LineMatch]]] = {}
        for i, rule in self._wordings.fitting(fresh, folded.keys):
            found.setdefault(fresh[i], []).append((-1, LineMatch(rule, self._whole(rule, fresh[i]))))
        block_starts = self._wordings.block_starts
        spans: dict[str, list[tuple[int, SpanMatch]]] = {}
        for i, number in self._prefilter.candidates(folded):
            pattern = self._patterns[number]
            if limits.is_slow(pattern.text):
                continue
            try:
                if pattern.is_span:
                    if pieces := [(number, piece) for piece in pattern.find(fresh[i], limits.seconds())]:
                        spans.setdefault(fresh[i], []).extend(pieces)
                elif match := pattern.full_match(folded.bare[i], limits.seconds()):
                    found.setdefault(fresh[i], []).append((number, match))
            except TimeoutError:
                limits.give_up(self.rules[pattern.rule].id, pattern.text)
        return Fits(
            keys,
            {line: _in_order_of_rules(matches) for line, matches in found.items()},
            {line: tuple(span for _, span in sorted(pieces, key=itemgetter(0))) for line, pieces in spans.items()},
            frozenset(
                ()
                if block_starts.isdisjoint(folded.keys)
                else (line for line, key in keys.items() if key in block_starts)
            ),
        )

    def lists(self, rule: int, key: str) -> bool:
        """Whether a folded line is one of the exact wordings of the rule of that number."""
        return self._wordings.lists(rule, key)

    def blocks_at(self, lines: Sequence[str], first: int) -> Iterator[tuple[Rule, int]]:
        """The rules for wordings of several lines that fit at a line, each with the index of the last line."""
        return ((self.rules[rule], last) for last, rule in self._wordings.blocks_at(lines, first))

    def search(self, rule: Rule, patterns: Iterable[str], line: str, limits: Limits) -> str:
        """What the first of some antipatterns of a rule found in a line, or "".

        An antipattern that takes too long counts as found: what it would have spared must not go.

        Raises:
            OutOfTimeError: the document of the limits has no time left.
        """
        text = plain(line if len(line) <= 2 * _NEAR else f"{line[:_NEAR]}\n{line[-_NEAR:]}")
        for pattern in patterns:
            if limits.is_slow(pattern):
                return _TOO_LONG
            compiled, is_quick = self._antipattern(pattern)
            seconds = limits.seconds()
            try:
                match = compiled.search(text, timeout=None if is_quick and len(text) <= SURE_LENGTH else seconds)
            except TimeoutError:
                limits.give_up(rule.id, pattern)
                return _TOO_LONG
            if match:
                return match[0] or pattern
        return ""

    def _antipattern(self, pattern: str) -> tuple[regex.Pattern[str], bool]:
        """The compiled antipattern, and whether it is known to be quick."""
        found = self._antipatterns.get(pattern)
        if found is None:
            expanded = self._rule_set.expand(pattern)
            known = self._rule_set.known.get(expanded)
            is_quick = known is not None and known.is_quick
            found = self._antipatterns[pattern] = (_compile(expanded, known), is_quick)
        return found

    @cached_property
    def _prefilter(self) -> Prefilter:
        named = [self.rules[pattern.rule].keywords for pattern in self._patterns]
        if not self._use_prefilter:
            return EveryPattern(named)
        from cleaner.patterns.shape import shape  # the regex parser costs 5 ms of the import time

        known = self._rule_set.known
        shapes = [
            (known[pattern.text].shape if pattern.text in known else None) or shape(pattern.text)
            for pattern in self._patterns
        ]
        for i, pattern in enumerate(self._patterns):
            found = shapes[i]
            if pattern.is_span:
                shapes[i] = found.of_piece()
            else:
                shapes[i] = found._replace(longest=min(found.longest, pattern.longest))
        return PatientPrefilter(shapes, named)

    def _whole(self, rule: int, line: str) -> Mapping[str, str]:
        """The metadata of an exact wording: the line itself, under the name the rule gives it."""
        name = self.rules[rule].harvest
        return {name: trimmed(line)} if name else _NO_FIELDS


class _Pattern:
    """One regex of a rule, compiled on first use."""

    __slots__ = (
        "_captions",
        "_case_sensitive",
        "_compiled",
        "_is_quick",
        "_known",
        "_max_words",
        "is_span",
        "longest",
        "rule",
        "text",
    )

    def __init__(self, number: int, rule: Rule, text: str, known: KnownRegex | None, captions: CaptionReader) -> None:
        self.rule, self.text = number, text
        self._known, self._captions = known, captions
        self.is_span = rule.unit is Unit.SPAN
        self._max_words = rule.max_words or DEFAULT_MAX_WORDS
        self.longest = longest_line(rule)
        self._case_sensitive = rule.case_sensitive
        self._is_quick = known is not None and known.is_quick
        self._compiled: regex.Pattern[str] | None = None

    @property
    def compiled(self) -> regex.Pattern[str]:
        if self._compiled is None:
            self._compiled = _compile(self.text, self._known, self._case_sensitive)
        return self._compiled

    def full_match(self, text: str, seconds: float) -> LineMatch | None:
        """The match of a whole line, given bare. Raises TimeoutError after some seconds."""
        if len(text) > self.longest:
            return None
        if self._is_quick and len(text) <= SURE_LENGTH:
            match = self.compiled.fullmatch(text)
        else:
            match = self.compiled.fullmatch(text, timeout=seconds)
        if match is None or count_words(text) > self._max_words:
            return None
        fields = {name: value.strip() for name, value in match.groupdict().items() if value and value.strip()}
        credited = self._captions.before_credit(match) if fields.pop(CAPTION, "") else None
        return LineMatch(self.rule, fields, credited)

    def find(self, line: str, seconds: float) -> Iterator[SpanMatch]:
        """The matches inside a line. Raises TimeoutError after some seconds."""
        limit = None if self._is_quick and len(line) <= SURE_LENGTH else seconds
        return (SpanMatch(self.rule, match) for match in self.compiled.finditer(plain(line), timeout=limit))


def longest_line(rule: Rule) -> int:
    """How many characters the longest line has that the regexes of a rule are tried on as a whole.

    >>> longest_line(Rule(id="own.x", description="X", max_words=10))
    160
    """
    return (rule.max_words or DEFAULT_MAX_WORDS) * _CHARS_PER_WORD


def _compile(text: str, known: KnownRegex | None, case_sensitive: bool = False) -> regex.Pattern[str]:
    return thaw(known.frozen) if known and known.frozen and not case_sensitive else compile_regex(text, case_sensitive)


def _in_order_of_rules(matches: Iterable[tuple[int, LineMatch]]) -> tuple[LineMatch, ...]:
    """Each rule once, with the match of its first pattern."""
    unique = {match.rule: match for _, match in sorted(matches, key=itemgetter(0), reverse=True)}
    return tuple(unique[rule] for rule in sorted(unique))


def _glued(rules: RuleSet) -> Iterator[int]:
    """The numbers of the sure rules for lines whose class says ``glued``."""
    classes = {name for name, scrap_class in rules.classes.items() if scrap_class.glued}
    for number, rule in enumerate(rules.rules):
        removes_lines = rule.unit is Unit.LINE and rule.action is Action.REMOVE
        if rule.scrap_class in classes and removes_lines and rule.confidence is Confidence.HIGH and not rule.flag:
            yield number


def _expand(rules: RuleSet, rule: Rule, pattern: str) -> str:
    try:
        return rules.expand(pattern)
    except KeyError as error:
        raise RuleError(
            f"unknown term {{{error.args[0]}}}",
            path=rule.path or None,
            line=rule.at_line,
            column=1,
            rule=rule.id,
        ) from None
