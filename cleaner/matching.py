"""A rule set compiled for matching: which rules a line's wording fits, before anyone asks where the line stands.

Exact lines and prefixes are looked up by their folded text. Regexes run only on the lines that begin, end or read as
one of them must; a prefilter finds those for all rules at once. The cost of a line therefore does not depend on the
number of rules.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property, partial
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

import regex

from cleaner.errors import RuleError
from cleaner.matchers import MATCHERS, SECOND_LOOKS, Found, Matcher
from cleaner.prefilter import EveryPattern, Prefilter, ShapePrefilter
from cleaner.prose import count_words
from cleaner.regexes import compile_regex, thaw
from cleaner.rules.model import Rule, RuleSet, Unit
from cleaner.segment import View, fold, fold_lines, is_spoken, plain, trimmed, unwrap

if TYPE_CHECKING:
    from cleaner.rules.known import KnownRegex

__all__ = ["TIMEOUT", "CompiledRules", "LineMatch", "Memo", "Pattern", "SpanMatch"]

TIMEOUT = 0.25
"""Seconds one regex may take on one line before it counts as not matching."""

DEFAULT_MAX_WORDS = 60
_CHARS_PER_WORD = 16  # generous: a line longer than this many characters a word cannot be within the limit
_LONGEST_LINE = 20_000  # longer ones are no lines: a whole text without newlines, a data URI
_BUCKET = 4  # characters of a prefix that name its bucket

Fields = Mapping[str, str]
_NO_FIELDS: Fields = {}


class LineMatch(NamedTuple):
    """A rule whose wording a line fits, and what it harvests there."""

    rule: int
    fields: Fields


class SpanMatch(NamedTuple):
    """A rule that fits a piece of a line, and the match in the plain text of the line."""

    rule: int
    match: regex.Match[str]


@dataclass(slots=True)
class Memo:
    """Verdicts on the wording of lines, by their text: a text is matched several times while its lines go.

    Attributes:
        keys: the lines that were looked at, each with its key in the look-up of exact lines.
        lines: those of them that rules fit, in the order of the rules.
        spans: those that rules find a piece of, in the order of the rules and of the pieces.
        block_starts: those that a wording of several lines may begin with.
        timeouts: ids of rules whose regex took too long.
    """

    keys: dict[str, str] = field(default_factory=dict)
    lines: dict[str, tuple[LineMatch, ...]] = field(default_factory=dict)
    spans: dict[str, tuple[SpanMatch, ...]] = field(default_factory=dict)
    block_starts: set[str] = field(default_factory=set)
    timeouts: set[str] = field(default_factory=set)


class Pattern:
    """One regex of a rule, compiled on first use."""

    __slots__ = ("_case_sensitive", "_compiled", "_known", "is_span", "longest", "max_words", "rule", "text")

    def __init__(self, index: int, rule: Rule, text: str, known: KnownRegex | None) -> None:
        self.rule, self.text = index, text
        self._known = known
        self.is_span = rule.unit is Unit.SPAN
        self.max_words = rule.max_words or DEFAULT_MAX_WORDS
        self.longest = self.max_words * _CHARS_PER_WORD
        self._case_sensitive = rule.case_sensitive
        self._compiled: regex.Pattern[str] | None = None

    @property
    def compiled(self) -> regex.Pattern[str]:
        if self._compiled is None:
            self._compiled = _compile(self.text, self._known, self._case_sensitive)
        return self._compiled


def _compile(text: str, known: KnownRegex | None, case_sensitive: bool = False) -> regex.Pattern[str]:
    return thaw(known.frozen) if known and known.frozen and not case_sensitive else compile_regex(text, case_sensitive)


class CompiledRules:
    """A rule set ready to match. Immutable after construction, picklable, safe to share between threads.

    Args:
        rules: the rules, in order of precedence.
        prefilter: False to try every pattern on every line; the slow reference for tests.

    Raises:
        RuleError: a rule names a matcher that does not exist, or a pattern is no regex.
    """

    def __init__(self, rules: RuleSet, prefilter: bool = True) -> None:
        self.rules: tuple[Rule, ...] = rules.rules
        self._rule_set = rules
        self._use_prefilter = prefilter
        self._exact: dict[str, list[int]] = defaultdict(list)
        self._block_exact: dict[str, list[int]] = defaultdict(list)
        self._block_starts: set[str] = set()
        prefixes: dict[str, dict[tuple[str, str], list[int]]] = defaultdict(lambda: defaultdict(list))
        self.matchers: list[tuple[int, Matcher]] = []  # by the number of the rule
        self.second_looks: list[int] = []
        self._patterns: list[Pattern] = []
        keys = _fold_all(text for rule in self.rules for text in _all(rule.lines))
        for index, rule in enumerate(self.rules):
            for text in _all(rule.lines):
                self._add_exact(index, rule, keys[text])
            for text in _all(rule.prefixes):
                prefixes[fold(text)[:_BUCKET]][_prefix(text)].append(index)
            for text in _all(rule.patterns):
                expanded = _expand(rules, rule, text)
                self._patterns.append(Pattern(index, rule, expanded, rules.known.get(expanded)))
            if rule.matcher:
                self._add_matcher(index, rule)
        self._prefixes = {
            bucket: [(key, end, tuple(indices)) for (key, end), indices in keys.items()]
            for bucket, keys in prefixes.items()
        }
        self._prefix_lengths = sorted({len(bucket) for bucket in prefixes})
        self._antipatterns: dict[str, regex.Pattern[str]] = {}  # compiled on first use

    def __reduce__(self) -> tuple[type[CompiledRules], tuple[RuleSet, bool]]:
        return CompiledRules, (self._rule_set, self._use_prefilter)

    def _add_matcher(self, index: int, rule: Rule) -> None:
        if rule.matcher in SECOND_LOOKS:
            self.second_looks.append(index)
            return
        matcher = MATCHERS.get(rule.matcher) or self._rule_set.matchers.get(rule.matcher)
        if matcher is None:
            from difflib import get_close_matches  # importing cleaner must stay quick

            known = sorted({*MATCHERS, *SECOND_LOOKS, *self._rule_set.matchers})
            close = get_close_matches(rule.matcher, known, n=1)
            raise RuleError(
                f"no matcher {rule.matcher!r}",
                path=rule.path or None,
                line=rule.at_line,
                column=1,
                rule=rule.id,
                hint=(f"did you mean {close[0]!r}? " if close else "")
                + f"there are {', '.join(known)}; those of plugins run when the configuration names the plugin",
            )
        if rule.matcher not in MATCHERS:
            matcher = partial(_run_plugin, rule.id, matcher)
        self.matchers.append((index, matcher))

    def search(self, patterns: Iterable[str], line: str) -> str:
        """What the first of some antipatterns found in a line, or ""."""
        text = plain(line)
        for pattern in patterns:
            compiled = self._antipatterns.get(pattern)
            if compiled is None:
                expanded = self._rule_set.expand(pattern)
                compiled = _compile(expanded, self._rule_set.known.get(expanded))
                self._antipatterns[pattern] = compiled
            with suppress(TimeoutError):
                if match := compiled.search(text, timeout=TIMEOUT):
                    return match[0] or pattern
        return ""

    def _add_exact(self, index: int, rule: Rule, key: str) -> None:
        if rule.unit is not Unit.BLOCK:
            self._exact[key].append(index)
            return
        words = key.split(" ")
        self._block_exact[key].append(index)
        # A soft wrap can come after any word.
        self._block_starts.update(fold(" ".join(words[:n])) for n in range(1, len(words) + 1))

    @cached_property
    def _prefilter(self) -> Prefilter:
        named = [self.rules[pattern.rule].keywords for pattern in self._patterns]
        if not self._use_prefilter:
            return EveryPattern(named)
        from cleaner.literals import Shape, shape  # the regex parser costs 5 ms of the import time

        known = self._rule_set.known
        shapes = [
            (known[pattern.text].shape if pattern.text in known else None) or shape(pattern.text)
            for pattern in self._patterns
        ]
        for i, pattern in enumerate(self._patterns):
            found = shapes[i]
            if pattern.is_span:
                shapes[i] = Shape(literals=found.literals, also=found.also, digit=found.digit)
            else:
                shapes[i] = found._replace(longest=min(found.longest, pattern.longest))
        return ShapePrefilter(shapes, named)

    def match_lines(self, lines: Iterable[str], memo: Memo) -> None:
        """Add to ``memo`` the verdict on every line that is not in it yet."""
        seen = memo.keys
        fresh = [line for line in dict.fromkeys(lines) if line not in seen and 0 < len(line) <= _LONGEST_LINE]
        if not fresh:
            return
        folded = fold_lines(fresh)
        seen.update(zip(fresh, folded.keys, strict=True))
        # Matches with the number of their pattern, exact wordings first: the order must not depend on the prefilter.
        found: dict[str, list[tuple[int, LineMatch]]] = {}
        self._look_up(fresh, folded.keys, found, memo)
        pieces: dict[str, list[tuple[int, SpanMatch]]] = {}
        for i, p in self._prefilter.candidates(folded):
            line, pattern = fresh[i], self._patterns[p]
            if pattern.is_span:
                if spans := [(p, span) for span in self._find(pattern, line, memo)]:
                    pieces.setdefault(line, []).extend(spans)
            elif len(folded.bare[i]) <= pattern.longest:
                fields = self._full_match(pattern, folded.bare[i], memo)
                if fields is not None:
                    found.setdefault(line, []).append((p, LineMatch(pattern.rule, fields)))
        for line, matches in found.items():
            unique = {match.rule: match for _, match in sorted(matches, key=itemgetter(0), reverse=True)}
            memo.lines[line] = tuple(unique[rule] for rule in sorted(unique))
        for line, spans in pieces.items():
            memo.spans[line] = tuple(span for _, span in sorted(spans, key=itemgetter(0)))

    def _look_up(
        self, lines: Sequence[str], keys: Sequence[str], found: dict[str, list[tuple[int, LineMatch]]], memo: Memo
    ) -> None:
        exact, prefixes, block_starts = self._exact, self._prefixes, self._block_starts
        lengths = self._prefix_lengths
        for i, key in enumerate(keys):
            if key in exact and not is_spoken(lines[i]):
                whole = ((-1, LineMatch(rule, self._whole(rule, lines[i]))) for rule in exact[key])
                found.setdefault(lines[i], []).extend(whole)
            if key in block_starts:
                memo.block_starts.add(lines[i])
            for length in lengths:
                bucket = prefixes.get(key[:length])
                if bucket is not None and len(key) >= length:
                    self._look_up_prefix(bucket, lines[i], key, found)

    def _look_up_prefix(
        self,
        bucket: Iterable[tuple[str, str, tuple[int, ...]]],
        line: str,
        key: str,
        found: dict[str, list[tuple[int, LineMatch]]],
    ) -> None:
        for prefix, end, rules in bucket:
            if _begins(key, prefix, end):
                words = count_words(line)
                found.setdefault(line, []).extend(
                    (-1, LineMatch(rule, self._whole(rule, line)))
                    for rule in rules
                    if words <= (self.rules[rule].max_words or DEFAULT_MAX_WORDS)
                )

    def _whole(self, rule: int, line: str) -> Fields:
        """What an exact wording tells: the line itself, under the name the rule gives it."""
        name = self.rules[rule].harvest
        return {name: trimmed(line)} if name else _NO_FIELDS

    def _full_match(self, pattern: Pattern, text: str, memo: Memo) -> Fields | None:
        try:
            match = pattern.compiled.fullmatch(text, timeout=TIMEOUT)
        except TimeoutError:
            memo.timeouts.add(self.rules[pattern.rule].id)
            return None
        if match is None or count_words(text) > pattern.max_words:
            return None
        return {name: value.strip() for name, value in match.groupdict().items() if value and value.strip()}

    def _find(self, pattern: Pattern, line: str, memo: Memo) -> Iterator[SpanMatch]:
        try:
            for match in pattern.compiled.finditer(plain(line), timeout=TIMEOUT):
                yield SpanMatch(pattern.rule, match)
        except TimeoutError:
            memo.timeouts.add(self.rules[pattern.rule].id)

    def match_block(self, lines: Sequence[str], first: int) -> Iterator[tuple[int, int]]:
        """Exact wordings of blocks that begin at a line, soft-wrapped: pairs of the last line and the rule."""
        for last in range(first, min(first + _MAX_BLOCK_LINES, len(lines))):
            if not lines[last].strip():
                return
            key = fold(unwrap(lines[first : last + 1]))
            for rule in self._block_exact.get(key, ()):
                yield last, rule
            if key not in self._block_starts:
                return


_MAX_BLOCK_LINES = 6


def _run_plugin(rule: str, matcher: Matcher, view: View, options: Mapping[str, Any]) -> Iterator[Found]:
    """What a matcher of somebody else finds; what goes wrong in it names the rule."""
    try:
        yield from matcher(view, options)
    except Exception as error:
        name = f"{type(error).__name__}: {error}"
        raise RuleError(
            f"its matcher failed: {name}", rule=rule, hint="check the rule's options, or tell the author of the plugin"
        ) from error


def _prefix(text: str) -> tuple[str, str]:
    """The key of a prefix, and the colon or question mark it ends in: "Source:" must not fit "Source code"."""
    last = plain(text.rstrip())[-1:]
    return fold(text), last if last in (":", "?", "!", "？", "！") else ""


def _begins(key: str, prefix: str, end: str) -> bool:
    """Whether the key begins with the whole words of the prefix. Scripts without blanks have no word ends."""
    if not key.startswith(prefix):
        return False
    if end and len(key) > len(prefix) and not key[len(prefix) :].lstrip().startswith(end):
        return False
    following = key[len(prefix) : len(prefix) + 1]
    return not (following.isalnum() and prefix[-1].isascii() and prefix[-1].isalnum())


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


def _fold_all(texts: Iterable[str]) -> dict[str, str]:
    """Each wording with its key. One that holds a newline is folded on its own."""
    listed = list(texts)
    plain = [text for text in listed if "\n" not in text]
    keys = dict(zip(plain, fold_lines(plain).keys, strict=True)) if plain else {}
    return keys | {text: fold(text) for text in listed if text not in keys}


def _all(table: Mapping[str, tuple[str, ...]]) -> list[str]:
    return [text for texts in table.values() for text in texts]
