"""What a rule set says about the lines of one text, kept by their wording while the text is looked at again."""

from __future__ import annotations

from collections.abc import Iterable

from cleaner.engine.compiler import CompiledRules, LineMatch, SpanMatch
from cleaner.engine.limits import Limits
from cleaner.model import DocumentInfo
from cleaner.text.lines import TextView

__all__ = ["LineCache"]

_AT_ONCE = 10_000  # lines between two looks at the clock


class LineCache:
    """Asks a rule set about each wording once: most lines of a text are still there after a pass over it.

    A cache owns what it keeps; others only read it. It serves one text, in one thread.

    Args:
        rules: the rule set.
        limits: what regexes may cost on the text.

    Attributes:
        rules: the rules that are asked.
        limits: the same, with what took too long.
        lines: the wordings that rules fit, with the matches in the order of the rules.
        spans: the wordings that rules find a piece of, with the matches in the order of the pieces.
        block_starts: the wordings that a wording of several lines may begin with.

    >>> from cleaner.rules import Rule, RuleSet
    >>> cache = LineCache(CompiledRules(RuleSet([Rule(id="own.x", description="X", lines={"": ("Share",)})])))
    >>> cache.add(["Share!", "The town"])
    >>> list(cache.lines)
    ['Share!']
    """

    __slots__ = ("_keys", "_prose", "block_starts", "limits", "lines", "rules", "spans")

    def __init__(self, rules: CompiledRules, limits: Limits | None = None) -> None:
        self.rules = rules
        self.limits = limits or Limits()
        self._keys: dict[str, str] = {}
        self._prose: dict[str, bool] = {}
        self.lines: dict[str, tuple[LineMatch, ...]] = {}
        self.spans: dict[str, tuple[SpanMatch, ...]] = {}
        self.block_starts: set[str] = set()

    def add(self, lines: Iterable[str]) -> None:
        """Ask the rules about the lines that are new, some thousand at a time.

        Raises:
            OutOfTimeError: the limits leave no time.
        """
        known = self._keys
        fresh = [line for line in dict.fromkeys(lines) if line not in known]
        for first in range(0, len(fresh), _AT_ONCE):
            self.limits.deadline.left()
            found = self.rules.fits(fresh[first : first + _AT_ONCE], self.limits)
            known.update(found.keys)
            self.lines.update(found.lines)
            self.spans.update(found.spans)
            self.block_starts.update(found.block_starts)

    def view(self, text: str, document: DocumentInfo) -> TextView:
        """The view of a text. All views of a cache share what they find out about a line by its wording."""
        return TextView(text, document, self._prose, self._keys)
