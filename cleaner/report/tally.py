"""What went together: a count of removals, their words, and the texts that went most often."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from cleaner.text.prose import count_words

__all__ = ["Tally"]

_MOST_TEXTS = 500  # different texts that are counted, so that memory has an end
_LONGEST_TEXT = 300  # code points of such a text


@dataclass(slots=True)
class Tally:
    """What was removed by a rule, or from the documents of a language.

    Attributes:
        documents: how many documents lost something so. Whoever adds the pieces counts the documents.
        removals: how many pieces went.
        words: how many words they had.
        texts: the pieces, and how often each went; only the first 500 different ones are counted, and long ones are
            cut.

    >>> tally = Tally()
    >>> for piece in ("Follow us\\n", "Follow us", "关注我们的频道"): tally.add(piece)
    >>> tally.removals, tally.words, tally.texts["Follow us"]
    (3, 7, 2)
    """

    documents: int = 0
    removals: int = 0
    words: int = 0
    texts: Counter[str] = field(default_factory=Counter)

    def add(self, piece: str) -> None:
        """Count a piece."""
        self.removals += 1
        self.words += count_words(piece)
        text = piece.strip()
        text = text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1] + "…"
        if text and (text in self.texts or len(self.texts) < _MOST_TEXTS):
            self.texts[text] += 1
