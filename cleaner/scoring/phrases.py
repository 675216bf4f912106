"""Evidence in words, for people who ask why a line went or stayed."""

from __future__ import annotations

import re

from cleaner.model import ELEMENTS
from cleaner.scoring.shapes import FIRST, LAST

__all__ = ["phrase"]

_ARTICLES = {"item": "an item of a list", "cell": "a cell of a table", "other": "an element of no kind", "code": "code"}
_NAMED = {
    "element": tuple(_ARTICLES.get(name, f"a {name}") for name in ELEMENTS),
    "last": LAST,
    "first": FIRST,
    "zone": ("head", "deck", "body", "tail"),
    "confidence": ("no rule fits", *(f"a rule of {name} confidence fits" for name in ("low", "medium", "high"))),
}
_HOLE = re.compile(r"\{([^{}]*)\}")
_OUTSIDE = 9999


def phrase(template: str, value: float) -> str:
    """What a piece of evidence says.

    Args:
        template: the text of the evidence. ``{}`` stands for the number, ``{%}`` for a share, ``{score}`` for
            log-odds, ``{last}`` and the like for a name, and ``{yes/no}`` for one of two words.
        value: the number; -1 for what there is not.

    >>> phrase("it has {} words", 3), phrase("{%} of its words stand in the title", 0.5)
    ('it has 3 words', '50 % of its words stand in the title')
    >>> phrase("it {ends/does not end} like a sentence", False), phrase("it ends in {last}", 4)
    ('it does not end like a sentence', 'it ends in a colon')
    >>> phrase("the line below has {} words", -1)
    'the line below is not there'
    """
    if value in (-1, _OUTSIDE) and template.startswith(("the line ", "the first look gave the line ")):
        start = template.split(" {")[0]
        place = re.sub(r" (?:has|reads|ends).*|^the first look gave ", "", start)
        return f"{place} is not there"
    return _HOLE.sub(lambda hole: _filled(hole[1], value), template)


def _filled(hole: str, value: float) -> str:
    if hole == "%":
        return f"{value:.0%}".replace("%", " %") if value >= 0 else "none"
    if hole == "score":
        return f"{value / 1000:+.1f}"
    if hole in _NAMED:
        names, at = _NAMED[hole], int(value)
        return names[at] if 0 <= at < len(names) else "nothing"
    yes, slash, no = hole.partition("/")
    return (yes if value > 0 else no) if slash else f"{value:g}"
