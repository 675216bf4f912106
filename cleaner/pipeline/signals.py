"""What the removals of a document say about it: figures and marks for the filters of a corpus."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, get_type_hints

from cleaner.pipeline.result import CleanResult
from cleaner.text.language import guess_language
from cleaner.text.prose import count_words, is_prose

__all__ = ["SIGNAL_NAMES", "SIGNAL_TYPES", "Signals", "signals_of"]


@dataclass(frozen=True, slots=True)
class Signals:
    """Signals on one document. Shares are 0 to 1; words are counted as the zones count them, in every script.

    Attributes:
        words: words of the cleaned text.
        removed_words: words that were taken out.
        removed_share: the share of the words of the repaired text that were taken out.
        removals: how many pieces were taken out.
        classes: the classes of these pieces with blanks between them, the one with the most words first.
        residue: the share of the words left that stand in lines which are no running text.
        expected_scrap: the share of the words left that the scorer expects to be scraps; None without a scorer.
        paywall: whether the article ends at a paywall.
        consent: whether the text is a notice on cookies or consent.
        index: whether there are many lines and no running text.
        guard: whether nothing was removed, because too much would have gone.
        language: a guess at the language of the cleaned text, as a code of ISO 639-1; "" where nothing tells.
    """

    words: int
    removed_words: int
    removed_share: float
    removals: int
    classes: str
    residue: float
    expected_scrap: float | None
    paywall: bool
    consent: bool
    index: bool
    guard: bool
    language: str

    def as_dict(self) -> dict[str, Any]:
        """The signals by name."""
        return asdict(self)


SIGNAL_NAMES: tuple[str, ...] = tuple(field.name for field in fields(Signals))
"""The names of all signals, in their order."""

SIGNAL_TYPES: dict[str, type] = {
    name: {float | None: float}.get(kind, kind) for name, kind in get_type_hints(Signals).items()
}
"""The type of each signal: int, float, bool or str."""

_GUARDS = {"guard", "emptied"}


def signals_of(*results: CleanResult) -> Signals:
    """The signals on a document.

    Args:
        results: what came of it; of a row with several texts, what came of each.

    >>> from cleaner import clean
    >>> found = signals_of(clean("The council met on Tuesday to vote on the old bridge.\\n\\nFollow us on:\\n"))
    >>> found.words, found.removed_words, found.classes, found.language
    (11, 3, 'follow-us', 'en')
    >>> round(found.removed_share, 3), found.residue, found.expected_scrap
    (0.214, 0.0, None)
    """
    by_class: dict[str, int] = {}
    removals = [piece for result in results for piece in result.removed]
    for piece in removals:
        by_class[piece.scrap_class] = by_class.get(piece.scrap_class, 0) + count_words(piece.text)
    text = "\n".join(result.text for result in results)
    flags = {flag for result in results for flag in result.flags}
    lines = [(line, count_words(line)) for line in text.split("\n") if line.strip()]
    words, removed = sum(count for _, count in lines), sum(by_class.values())
    return Signals(
        words=words,
        removed_words=removed,
        removed_share=_share(removed, words + removed),
        removals=len(removals),
        classes=" ".join(sorted(by_class, key=lambda name: (-by_class[name], name))),
        residue=_share(sum(count for line, count in lines if not is_prose(line)), words),
        expected_scrap=_expected(results),
        paywall="paywall" in flags,
        consent="consent" in flags,
        index="index" in flags,
        guard=not _GUARDS.isdisjoint(flags),
        language=guess_language(text),
    )


def _expected(results: Sequence[CleanResult]) -> float | None:
    """The share of the words left that are expected to be scraps: each line counts by its probability."""
    if not any(result.scores for result in results):
        return None
    words = expected = 0.0
    for result in results:
        starts = [edit.start for edit in result.edits]
        for start, end, probability in result.scores:
            before = bisect_right(starts, start) - 1
            if before >= 0 and result.edits[before].end >= end:
                continue  # the scorer took the line
            count = count_words(result.repaired[start:end])
            words += count
            expected += count * probability
    return _share(expected, words)


def _share(part: float, whole: float) -> float:
    return round(part / whole, 6) if whole else 0.0
