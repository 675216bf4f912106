"""A rule set compiled for matching: which rules a line's wording fits, before anyone asks where the line stands.

Exact lines and prefixes are looked up by their folded text. Regexes run only on the lines in which one of their
keywords stands; a prefilter finds those for all rules at once. The cost of a line therefore does not depend on
the number of rules.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple, Protocol

import ahocorasick_rs
import regex

from cleaner.errors import RuleError
from cleaner.matchers import MATCHERS, SECOND_LOOKS
from cleaner.prose import count_words
from cleaner.rules.model import Rule, RuleSet, Unit
from cleaner.segment import PLAIN, bare, caseless, fold, is_spoken, plain, trimmed, unwrap

__all__ = ["TIMEOUT", "CompiledRules", "LineMatch", "Memo", "Pattern"]

TIMEOUT = 0.25
"""Seconds one regex may take on one line before it counts as not matching."""

DEFAULT_MAX_WORDS = 60
_CHARS_PER_WORD = 16  # generous: a line longer than this many characters a word cannot be within the limit
_LONGEST_SPAN_LINE = 20_000
_BUCKET = 3  # characters of a prefix that name its bucket

Fields = Mapping[str, str]
_NO_FIELDS: Fields = {}


class LineMatch(NamedTuple):
    """A rule whose wording a line fits, and what it harvests there."""

    rule: int
    fields: Fields


@dataclass(slots=True)
class Memo:
    """Verdicts on the wording of lines, by their text: a text is matched several times while its lines go."""

    lines: dict[str, tuple[LineMatch, ...]] = field(default_factory=dict)
    block_starts: set[str] = field(default_factory=set)
    timeouts: set[str] = field(default_factory=set)


class Pattern:
    """One regex of a rule, compiled on first use."""

    __slots__ = ("_compiled", "flags", "longest", "max_words", "rule", "text")

    def __init__(self, rule: int, text: str, case_sensitive: bool, max_words: int) -> None:
        self.rule, self.text, self.max_words = rule, text, max_words
        self.longest = max_words * _CHARS_PER_WORD
        self.flags = 0 if case_sensitive else regex.IGNORECASE
        self._compiled: regex.Pattern[str] | None = None

    @property
    def compiled(self) -> regex.Pattern[str]:
        if self._compiled is None:
            self._compiled = regex.compile(self.text, self.flags)
        return self._compiled

    def __reduce__(self) -> tuple[type[Pattern], tuple[int, str, bool, int]]:
        return Pattern, (self.rule, self.text, not self.flags, self.max_words)


class Prefilter(Protocol):
    """Finds which patterns may match which line. May name too many, never too few."""

    def candidates(self, lines: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Pairs of an index into ``lines`` and an index into the patterns, each pair once."""


_BLANK_RUN = regex.compile(r" {2,}")


def _searchable(text: str) -> str:
    """The text as keywords are looked for in it. What plain() makes equal must be equal here too.

    One replace per character that occurs is several times faster than translate() on text that has curly quotes
    but little else.
    """
    text = caseless(text)
    if not text.isascii() or "\t" in text or "`" in text:
        text = text.replace("\N{SOFT HYPHEN}", "")
        for char, instead in PLAIN.items():
            if char in text:
                text = text.replace(char, instead)
    return _BLANK_RUN.sub(" ", text) if "  " in text else text


class EveryPattern:
    """The reference prefilter: every pattern may match every line that has one of the keywords its rule names."""

    def __init__(self, keywords: Sequence[Iterable[str]]) -> None:
        self._keywords = [tuple(_searchable(word) for word in words) for words in keywords]

    def candidates(self, lines: Sequence[str]) -> Iterator[tuple[int, int]]:
        for i, line in enumerate(lines):
            text = _searchable(line)
            for pattern, words in enumerate(self._keywords):
                if not words or any(word in text for word in words):
                    yield i, pattern


_DIGIT = regex.compile(r"\d")


class KeywordPrefilter:
    """Looks for the keywords of all patterns at once with an Aho-Corasick automaton."""

    def __init__(self, keywords: Sequence[Iterable[str]], with_digit: Container[int] = ()) -> None:
        self._always: list[int] = []
        self._with_digit: list[int] = []
        patterns_of: dict[str, list[int]] = defaultdict(list)
        for pattern, words in enumerate(keywords):
            folded = {_searchable(word) for word in words}
            if not folded:
                (self._with_digit if pattern in with_digit else self._always).append(pattern)
            for word in folded:
                patterns_of[word].append(pattern)
        self._words = list(patterns_of)
        self._patterns = [tuple(patterns_of[word]) for word in self._words]
        self._automaton = ahocorasick_rs.AhoCorasick(self._words) if self._words else None

    def __reduce__(self) -> tuple[object, ...]:
        keywords: dict[int, list[str]] = {pattern: [] for pattern in (*self._always, *self._with_digit)}
        for word, patterns in zip(self._words, self._patterns, strict=True):
            for pattern in patterns:
                keywords.setdefault(pattern, []).append(word)
        return KeywordPrefilter, ([keywords[i] for i in range(len(keywords))], frozenset(self._with_digit))

    def candidates(self, lines: Sequence[str]) -> Iterator[tuple[int, int]]:
        for i, line in enumerate(lines):
            for pattern in self._always:
                yield i, pattern
            if self._with_digit and _DIGIT.search(line):
                for pattern in self._with_digit:
                    yield i, pattern
        if self._automaton is None or not lines:
            return
        text = _searchable("\n".join(lines))
        hits = self._automaton.find_matches_as_indexes(text, overlapping=True)
        if not hits:
            return
        starts = list(accumulate((len(line) + 1 for line in text.split("\n")), initial=0))
        seen: set[tuple[int, int]] = set()
        for word, start, _ in hits:
            at = bisect_right(starts, start) - 1
            for pattern in self._patterns[word]:
                pair = (at, pattern)
                if pair not in seen:
                    seen.add(pair)
                    yield pair


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
        self.matchers: list[int] = []
        self.second_looks: list[int] = []
        self._patterns: list[Pattern] = []
        self._span_patterns: list[Pattern] = []
        for index, rule in enumerate(self.rules):
            for text in _all(rule.lines):
                self._add_exact(index, rule, text)
            for text in _all(rule.prefixes):
                prefixes[fold(text)[:_BUCKET]][_prefix(text)].append(index)
            target = self._span_patterns if rule.unit is Unit.SPAN else self._patterns
            for text in _all(rule.patterns):
                text = _expand(rules, rule, text)
                target.append(Pattern(index, text, rule.case_sensitive, rule.max_words or DEFAULT_MAX_WORDS))
            if rule.matcher:
                if rule.matcher not in MATCHERS and rule.matcher not in SECOND_LOOKS:
                    raise RuleError(
                        f"no matcher {rule.matcher!r}",
                        path=rule.path or None,
                        line=rule.at_line,
                        column=1,
                        rule=rule.id,
                        hint=f"there are {', '.join(sorted({*MATCHERS, *SECOND_LOOKS}))}",
                    )
                (self.matchers if rule.matcher in MATCHERS else self.second_looks).append(index)
        self._prefixes = {
            bucket: [(key, end, tuple(indices)) for (key, end), indices in keys.items()]
            for bucket, keys in prefixes.items()
        }
        keys = (*self._exact, *self._block_exact)
        self._longest_key = max(map(len, keys), default=0) + 40  # bullets and punctuation fold away
        self._longest = max((p.max_words for p in self._patterns), default=DEFAULT_MAX_WORDS) * _CHARS_PER_WORD
        for rule in self.rules:
            if rule.prefixes:
                self._longest = max(self._longest, (rule.max_words or DEFAULT_MAX_WORDS) * _CHARS_PER_WORD)
        self._antipatterns: dict[str, regex.Pattern[str]] = {}  # compiled on first use
        self.has_spans = bool(self._span_patterns)

    def __reduce__(self) -> tuple[type[CompiledRules], tuple[RuleSet, bool]]:
        return CompiledRules, (self._rule_set, self._use_prefilter)

    def search(self, patterns: Iterable[str], line: str) -> str:
        """What the first of some antipatterns found in a line, or ""."""
        text = plain(line)
        for pattern in patterns:
            compiled = self._antipatterns.get(pattern)
            if compiled is None:
                compiled = regex.compile(self._rule_set.expand(pattern), regex.IGNORECASE)
                self._antipatterns[pattern] = compiled
            with suppress(TimeoutError):
                if match := compiled.search(text, timeout=TIMEOUT):
                    return match[0] or pattern
        return ""

    def _add_exact(self, index: int, rule: Rule, text: str) -> None:
        key = fold(text)
        if rule.unit is not Unit.BLOCK:
            self._exact[key].append(index)
            return
        words = key.split(" ")
        self._block_exact[key].append(index)
        # A soft wrap can come after any word.
        self._block_starts.update(fold(" ".join(words[:n])) for n in range(1, len(words) + 1))

    @cached_property
    def _prefilter(self) -> Prefilter:
        return self._build_prefilter(self._patterns)

    @cached_property
    def _span_prefilter(self) -> Prefilter:
        return self._build_prefilter(self._span_patterns)

    def _build_prefilter(self, patterns: Sequence[Pattern]) -> Prefilter:
        named = [self.rules[pattern.rule].keywords for pattern in patterns]
        if not self._use_prefilter:
            return EveryPattern(named)
        from cleaner.keywords import required_literals, requires_digit  # the regex parser costs 5 ms of the import time

        derived = [required_literals(pattern.text) for pattern in patterns]
        with_digit = frozenset(
            i for i, literals in enumerate(derived) if not literals and requires_digit(patterns[i].text)
        )
        keywords = [words or literals for words, literals in zip(named, derived, strict=True)]
        return KeywordPrefilter(keywords, with_digit)

    def match_lines(self, lines: Iterable[str], memo: Memo) -> None:
        """Fill ``memo`` with the verdict on every line that is not in it yet."""
        known = memo.lines
        fresh = [line for line in dict.fromkeys(lines) if line not in known]
        if not fresh:
            return
        known.update(dict.fromkeys(fresh, ()))
        # Matches with the number of their pattern, exact wordings first: the order must not depend on the prefilter.
        found: dict[str, list[tuple[int, LineMatch]]] = {}
        self._look_up(fresh, found, memo)
        longest = self._longest
        short = [line for line in fresh if 0 < len(line) <= longest]
        texts: dict[int, str] = {}
        for i, p in self._prefilter.candidates(short):
            line, pattern = short[i], self._patterns[p]
            if len(line) > pattern.longest:
                continue
            text = texts.get(i)
            if text is None:
                text = texts[i] = bare(line)
            fields = self._full_match(pattern, text, memo)
            if fields is not None:
                found.setdefault(line, []).append((p, LineMatch(pattern.rule, fields)))
        for line, matches in found.items():
            unique = {match.rule: match for _, match in sorted(matches, key=itemgetter(0), reverse=True)}
            known[line] = tuple(unique[rule] for rule in sorted(unique))

    def _look_up(self, fresh: Iterable[str], found: dict[str, list[tuple[int, LineMatch]]], memo: Memo) -> None:
        exact, prefixes, block_starts = self._exact, self._prefixes, self._block_starts
        longest = max(self._longest if prefixes else 0, self._longest_key)
        for line in fresh:
            if len(line) > longest or not line:
                continue
            key = fold(line)
            if key in exact and not is_spoken(line):
                found.setdefault(line, []).extend((-1, LineMatch(rule, self._whole(rule, line))) for rule in exact[key])
            if key in block_starts:
                memo.block_starts.add(line)
            for bucket in {key[:_BUCKET], key[:2], key[:1]}:
                for prefix, end, rules in prefixes.get(bucket, ()):
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

    def match_spans(self, lines: Sequence[str], memo: Memo) -> Iterator[tuple[int, int, regex.Match[str]]]:
        """Matches of span rules: the line's index, the rule's index and the match in the plain text of the line."""
        for i, p in sorted(self._span_prefilter.candidates(lines)):
            line, pattern = lines[i], self._span_patterns[p]
            if not line or len(line) > _LONGEST_SPAN_LINE:
                continue
            try:
                for match in pattern.compiled.finditer(plain(line), timeout=TIMEOUT):
                    yield i, pattern.rule, match
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


def _all(table: Mapping[str, tuple[str, ...]]) -> list[str]:
    return [text for texts in table.values() for text in texts]
