"""Finding: where rules fit a text, by wording or by matcher, whatever may speak against it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cleaner.engine.caption_company import captions_in_company, credited_words
from cleaner.engine.captions import credit_start
from cleaner.engine.compiler import CompiledRules, LineMatch
from cleaner.engine.limits import Limits
from cleaner.engine.line_cache import LineCache
from cleaner.engine.verdicts import Hit
from cleaner.rules.model import Action
from cleaner.text.lines import TextView, indent, is_bulleted, unwrap

__all__ = ["line_hits", "matcher_hits", "span_hits", "wrapped_items"]

# re looks for the newline alone, ten times as fast as for two characters of which the second is on every line.
_INDENTED = re.compile(r"\n[ \t]")


def matcher_hits(view: TextView, rules: CompiledRules, limits: Limits | None = None) -> list[Hit]:
    """What the matchers find that need no other rules: lines and pieces.

    Raises:
        OutOfTimeError: the document of the limits has no time left.
    """
    if limits is not None:
        limits.deadline.left()
    return [
        Hit(rule, found.first, found.last, found.fields, found.start, found.end, rule.replacement)
        for rule, matcher in rules.matchers
        for found in matcher(view)
    ]


def span_hits(view: TextView, rules: CompiledRules, cache: LineCache) -> list[Hit]:
    """The pieces of lines that patterns of spans find. The cache must know the lines of the view.

    None is found in a caption with its credit: it goes as a whole.
    """
    spans = cache.spans
    if not spans:
        return []
    hits = []
    captions = captions_in_company(view, cache.lines)
    for i, line in enumerate(view.lines):
        for number, match in spans.get(line, ()) if i not in captions else ():
            if match.end() > match.start():
                rule, start = rules.rules[number], view.starts[i]
                replacement = match.expand(rule.replacement) if rule.action is Action.REPLACE else ""
                fields = {name: value for name, value in match.groupdict().items() if value}
                hits.append(Hit(rule, i, i, fields, start + match.start(), start + match.end(), replacement))
    return hits


def line_hits(view: TextView, rules: CompiledRules, cache: LineCache) -> list[Hit]:
    """The lines whose wording rules fit: single ones, wrapped items of lists, wordings broken over several.

    Of a line of prose that ends in a credit only the credit is hit: a piece.

    The cache must know the lines of the view; it is asked about the wrapped items.
    """
    items = {unwrap(view.lines[first : last + 1]): (first, last) for first, last in wrapped_items(view)}
    cache.add(items)
    found = cache.lines
    captions = captions_in_company(view, found)
    hits = [
        hit
        for i, line in (enumerate(view.lines) if found else ())
        if line in found
        for hit in _hits_of_line(rules, found[line], view, i, i in captions)
    ]
    for text, (first, last) in items.items():
        matches = (match for match in found.get(text, ()) if not match.credited or not match.credited.is_prose)
        hits += [Hit(rules.rules[match.rule], first, last, match.fields) for match in matches]
    if cache.block_starts:
        for i, line in enumerate(view.lines):
            if line in cache.block_starts:
                hits += [Hit(rule, i, last, {}) for rule, last in rules.blocks_at(view.lines, i)]
    return hits


def _hits_of_line(
    rules: CompiledRules, matches: Sequence[LineMatch], view: TextView, index: int, is_caption: bool
) -> Iterator[Hit]:
    """The hits on one line. What is a caption in the reading with the longest credit is one in every reading."""
    credited = credited_words(matches)
    whole = is_caption or credited is None or not credited.is_prose
    for match in matches:
        if whole or match.credited is None or not match.credited.is_prose:
            yield Hit(rules.rules[match.rule], index, index, match.fields)
        else:
            yield _credit(rules, match, match.credited.words, view, index)


def _credit(rules: CompiledRules, match: LineMatch, words: str, view: TextView, index: int) -> Hit:
    """The piece of a line that follows the words before its credit."""
    start, line = view.starts[index], view.lines[index]
    return Hit(
        rules.rules[match.rule], index, index, match.fields, start + credit_start(line, words), start + len(line)
    )


def wrapped_items(view: TextView) -> Iterator[tuple[int, int]]:
    """Items of lists that go on in deeper indented lines: indices of the first and the last line of each.

    >>> list(wrapped_items(TextView("• Oops!\\n   Something went wrong.\\n• Lamps\\n")))
    [(0, 1)]
    """
    if not _INDENTED.search(view.text):
        return
    lines = view.lines
    i = 0
    while i < len(lines) - 1:
        if lines[i + 1][:1] in (" ", "\t") and is_bulleted(lines[i]):
            first, depth = i, indent(lines[i])
            while i + 1 < len(lines) and _goes_on(lines[i + 1], depth):
                i += 1
            if i > first:
                yield first, i
        i += 1


def _goes_on(line: str, depth: int) -> bool:
    """Whether a line goes on with the item above it, which is indented by ``depth``."""
    return bool(line.strip()) and indent(line) > depth and not is_bulleted(line)
