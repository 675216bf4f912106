"""What differs between the text that came out and the one that was expected, and which rules are the reason."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator

from cleaner.authoring.explain import fates
from cleaner.engine.verdicts import Verdict
from cleaner.pipeline import CleanResult

__all__ = ["reasons", "unified_diff"]

_VAGUELY_ALIKE = 0.3  # an edit may remove most of a line


def unified_diff(expected: str, got: str, expected_name: str, got_name: str) -> str:
    """A unified diff in which invisible characters and a missing newline at the end show.

    >>> print(unified_diff("a\\nb\\n", "a\\nb", "expected.txt", "what came out"))
    --- expected.txt
    +++ what came out
    @@ -1,2 +1,2 @@
     a
    -b
    +b
    \\ no newline at the end
    """
    lines = difflib.unified_diff(_lines(expected), _lines(got), expected_name, got_name)
    return "\n".join(
        _visible(line[:-1]) if line.endswith("\n") else f"{_visible(line)}\n\\ no newline at the end" for line in lines
    )


def _lines(text: str) -> list[str]:
    """Lines with their newlines; other characters that Python counts as line ends stay inside."""
    *whole, last = text.split("\n")
    return [line + "\n" for line in whole] + [last] * bool(last)


def _visible(line: str) -> str:
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in line)


def reasons(expected: str, result: CleanResult, verdicts: Iterable[Verdict]) -> Iterator[str]:
    """For each line that is not as expected, what removed, changed or spared it.

    Args:
        expected: the text that should have come out.
        result: what came out.
        verdicts: those of the same run, as :meth:`Cleaner.explain` gives them.

    >>> from cleaner.pipeline import Cleaner
    >>> result, verdicts = Cleaner().explain("The council met on Tuesday to vote on the bridge.\\n\\nFollow us on:\\n")
    >>> print("\\n".join(reasons(result.repaired, result, verdicts)))
      - 'Follow us on:'
          removed by follow-us.networks
    """
    lines = _LineFates(result, verdicts)
    wanted, got = (text.split("\n") for text in (expected, result.text))
    for _, i, j, k, m in difflib.SequenceMatcher(None, wanted, got, autojunk=False).get_opcodes():
        if wanted[i:j] != got[k:m]:
            yield from _with_reasons("-", wanted[i:j], lines.why_gone)
            yield from _with_reasons("+", got[k:m], lines.why_there)


def _with_reasons(sign: str, lines: Iterable[str], why: Callable[[str], Iterable[str]]) -> Iterator[str]:
    for line in lines:
        if line.strip():
            yield f"  {sign} {line!r}"
            yield from (f"      {reason}" for reason in why(line))


class _LineFates:
    """What became of the lines of a text, by their wording."""

    def __init__(self, result: CleanResult, verdicts: Iterable[Verdict]) -> None:
        self._source = result.repaired.split("\n")
        self._removed: dict[str, dict[str, None]] = {}
        self._changed: dict[str, dict[str, None]] = {}
        self._spared: dict[str, dict[str, None]] = {}
        for index, (fate, rule) in fates(result).items():
            table = self._removed if fate == "removed" else self._changed
            table.setdefault(self._source[index], {})[f"{fate} by {rule}"] = None
        for verdict in verdicts:
            if verdict.reason:
                self._spared.setdefault(verdict.text, {})[f"{verdict.rule} spared it: {verdict.reason}"] = None

    def why_gone(self, line: str) -> Iterable[str]:
        """Why an expected line did not come out."""
        if found := {**self._removed.get(line, {}), **self._changed.get(line, {})}:
            return found
        if line in self._source:
            return ["stands in the text, but not here"]
        if close := difflib.get_close_matches(line, self._changed, n=1):
            return [f"{reason}, from {close[0]!r}" for reason in self._changed[close[0]]]
        return ["the input, repaired, has no such line"]

    def why_there(self, line: str) -> Iterable[str]:
        """Why a line came out that was not expected."""
        if line in self._spared:
            return self._spared[line]
        if line in self._source:
            return ["no rule's wording fits it"]
        if close := difflib.get_close_matches(line, self._changed, n=1, cutoff=_VAGUELY_ALIKE):
            return [f"{reason}, from {close[0]!r}" for reason in self._changed[close[0]]]
        return ["made by edits of several lines"]
