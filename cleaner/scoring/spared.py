"""Lines that the scorer leaves alone whatever they look like: where marked texts differ, the article has the benefit.

Some of those who marked bodies left out every list and every time of day. A model that believes them takes the results
of a race and the hours of a live report from other articles.
"""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.scoring.evidence import EVIDENCE

__all__ = ["CODE", "reason_to_spare"]

_AT = {name: i for i, (name, _) in enumerate(EVIDENCE)}
_COUNTED, _CLOCK, _DIGITS, _PROSE_BELOW, _ALIKE, _LINES = (
    _AT[name] for name in ("counted", "clock", "digits", "prose+1", "alike-all", "text-lines")
)
_LEAST_COUNTED = 4  # lines: a ranking, a programme, a list of persons
_LEAST_TIMES = 4  # lines of a live report that hold nothing but a time
_MOSTLY = 0.7

CODE = "it stands in a block of code, and such blocks stay whole"
_LIST = "it stands in a list that counts up, and such lists stay whole"
_HOUR = "it is a time above a paragraph, as in a live report, and such times stay"


def reason_to_spare(values: Sequence[float]) -> str:
    """Why a line stays whatever its score is; "" when it may go.

    Args:
        values: its evidence, in the order of :data:`cleaner.scoring.evidence.EVIDENCE`.
    """
    if values[_COUNTED] >= _LEAST_COUNTED:
        return _LIST
    if values[_CLOCK] and values[_DIGITS] >= _MOSTLY and values[_PROSE_BELOW] == 1:
        return _HOUR if values[_ALIKE] * values[_LINES] >= _LEAST_TIMES else ""
    return ""
