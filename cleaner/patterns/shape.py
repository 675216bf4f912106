"""What a text must hold, begin with or end in for a regex to match: what the prefilter looks for before a regex runs.

All of it is read off the tree of the pattern. Where a pattern holds something the parser does not know, the answer is
"unknown", never a guess.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from cleaner.patterns.characters import UnreadableError
from cleaner.patterns.edges import EDGE, TAIL, beginnings, ends
from cleaner.patterns.literals import required_literals
from cleaner.patterns.simplify import Parts, simplified
from cleaner.patterns.size import UNBOUNDED, longest_of
from cleaner.patterns.syntax import Assertion, Atomic, Char, Choice, Node, Repeat, Sequence, parse
from cleaner.text.normalize import LAYOUT, searchable

__all__ = ["EDGE", "TAIL", "UNBOUNDED", "KnownRegex", "Shape", "shape"]


class Shape(NamedTuple):
    """What every text a pattern matches has, as ``normalize.searchable`` writes it; nothing where that is unknown.

    Attributes:
        heads: beginnings of at most EDGE characters, one of which the text has; "0" stands for any digit.
        tails: ends, in the same way; of at most TAIL characters where beginnings are known, since then they only
            confirm.
        literals: strings of which one stands in the text.
        also: more such sets, not as telling as the first.
        digit: characters at the beginning of the text among which there is a digit; UNBOUNDED where it may stand
            anywhere, 0 where there need not be one.
        longest: characters the text has at most.
        at_start: whether a match begins where the line does.
        at_end: whether it ends where the line does.
    """

    heads: tuple[str, ...] = ()
    tails: tuple[str, ...] = ()
    literals: tuple[str, ...] = ()
    also: tuple[tuple[str, ...], ...] = ()
    digit: int = 0
    longest: int = UNBOUNDED
    at_start: bool = False
    at_end: bool = False

    def of_piece(self) -> Shape:
        """The shape of the lines in which a match may be a piece: an edge is known only where the match is held to it.

        >>> shape("(?:ads|adverts)$").of_piece().tails, shape("(?:ads|adverts)").of_piece().tails
        (('ads', 'erts'), ())
        """
        return self._replace(
            # A line is looked up without the blanks and bullets at both its ends, and may hold nothing but the match.
            heads=_known([head.strip(LAYOUT) for head in self.heads]) if self.at_start else (),
            tails=_known([tail.strip(LAYOUT) for tail in self.tails]) if self.at_end else (),
            digit=UNBOUNDED if self.digit else 0,
            longest=UNBOUNDED,
        )


class KnownRegex(NamedTuple):
    """What is kept of a regex, so that a new process need not find it out.

    Attributes:
        shape: its shape; None for an antipattern, which no prefilter looks for.
        frozen: the compiled regex, as :func:`cleaner.patterns.compiled.freeze` writes it.
        is_quick: whether ``clean rules check`` has measured it on the worst lines, so that it needs no limit of time.
    """

    shape: Shape | None
    frozen: bytes
    is_quick: bool = False


def shape(pattern: str) -> Shape:
    r"""The shape of a pattern; one without any condition when the pattern cannot be read.

    >>> found = shape(r"(?:\d )?min read\b.*")
    >>> found.heads, found.tails, found.literals, found.digit
    (('0 min read', 'min read'), (), ('min read',), 0)
    >>> shape(r"(?=\D{0,30}\d).+").digit, shape(r".+ \d+").digit == UNBOUNDED
    (31, True)
    >>> shape("(?:foobar){e<=1}") == Shape()
    True
    """
    try:
        parts = simplified(parse(pattern))
    except UnreadableError:
        return Shape()
    literals, *also = map(_searchable, required_literals(parts) or [frozenset[str]()])
    heads = _searchable(beginnings(_without_first_blanks(parts)))
    # A tail may be cut within a letter that folding writes as two characters; what follows the cut is a tail, too.
    tails = _searchable(ends(_without_last_blanks(parts), TAIL if heads else EDGE))
    tails = _known([tail.lstrip("\N{COMBINING DOT ABOVE}") for tail in tails])
    return Shape(
        heads,
        tails,
        literals,
        tuple(filter(None, also)),
        _digit_among(Sequence(parts)),
        _longest(parts),
        _is_anchor(parts[:1], "^", r"\A"),
        _is_anchor(parts[-1:], "$", r"\Z"),
    )


def _without_first_blanks(parts: Parts) -> Parts:
    """The parts without ` ?` or `\\s*` at their beginning, as :func:`_without_last_blanks` has them at the end."""
    start = int(_is_anchor(parts[:1], "^", r"\A"))
    while start < len(parts) and _may_be_blank(parts[start]):
        start += 1
    return parts[start:]


def _without_last_blanks(parts: Parts) -> Parts:
    """The parts without ` ?` or `\\s*` at their end: a line has no blanks there when its edges are looked at."""
    end = len(parts) - _is_anchor(parts[-1:], "$", r"\Z")
    while end and _may_be_blank(parts[end - 1]):
        end -= 1
    return parts[:end]


def _may_be_blank(part: Node) -> bool:
    match part:
        case Repeat(body=Sequence(items=(Char(text=" " | r"\s"),)), least=0):
            return True
    return False


def _is_anchor(parts: Parts, *anchors: str) -> bool:
    return any(isinstance(part, Assertion) and part.text in anchors for part in parts)


def _known(edges: Iterable[str]) -> tuple[str, ...]:
    """Each edge once, in order; none when one of them is empty, since then nothing is known."""
    unique = tuple(sorted(set(edges)))
    return () if "" in unique else unique


def _searchable(texts: Iterable[str]) -> tuple[str, ...]:
    """Each text as it is looked for in a line, once, in order; none when nothing is left of one of them."""
    return _known(searchable("\n".join(texts)).split("\n"))


def _digit_among(node: Node) -> int:
    """Among how many of the first characters that a node reads, or looks ahead to, there is a decimal digit for sure.

    UNBOUNDED where it may stand anywhere, 0 where there need not be one.
    """
    if isinstance(node, Char):
        chars = node.chars
        return int(chars.only.isdecimal() or (chars.digits and not chars.ranges and not chars.is_open))
    if isinstance(node, Sequence):
        return _first_digit(node.items)
    if isinstance(node, Choice):
        among = [_digit_among(branch) for branch in node.branches]
        return max(among) if all(among) else 0
    if isinstance(node, Repeat):
        return _digit_among(node.body) if node.least >= 1 else 0
    if isinstance(node, Atomic):
        return _digit_among(node.body)
    if isinstance(node, Assertion) and node.text == "(?=" and node.body is not None:
        return _digit_among(node.body)
    return 0


def _first_digit(items: Parts) -> int:
    """The same for nodes that are read one after the other."""
    before, least = 0, 0
    for item in items:
        among = _digit_among(item)
        if among:
            least = min(least or UNBOUNDED, before + among)
        before += longest_of(item)
    return least


def _longest(parts: Parts) -> int:
    """The width of the widest match, or what a leading ``(?!.{60})`` allows."""
    widest = longest_of(Sequence(parts))
    first = parts[0] if parts else None
    if isinstance(first, Assertion) and first.text == "(?!" and isinstance(first.body, Sequence):
        match first.body.items:
            case (Repeat(body=Sequence(items=(Char(text="."),)), least=least),) if least >= 1:
                return min(widest, least - 1)
    return widest
