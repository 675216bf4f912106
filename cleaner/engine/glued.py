"""Lines of scraps that stand on the same line as the article: in front of its first sentence, or behind its last one.

Rows of tables often hold a whole article as one line. What a page had on lines of their own is then glued to the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from cleaner.engine.compiler import CompiledRules, LineMatch
from cleaner.engine.line_cache import LineCache
from cleaner.engine.verdicts import Hit
from cleaner.text.lines import TextView
from cleaner.text.normalize import fold
from cleaner.text.prose import count_words, is_prose

__all__ = ["Glued", "glued_hits", "glued_pieces"]

_MOST_LINES = 3  # of a text in which lines are glued; in a text of more lines, scraps have lines of their own
_MOST_PARTS = 8  # lines, blank ones included, of such a text
_LONGEST = 160  # characters of a scrap
_LEAST_LEFT = 12  # words of the article that stay
_FEWEST_WORDS = 3  # of a scrap: what begins or ends like a call of two words may be a sentence
_FEWEST_OF_A_SENTENCE = 5  # words of a scrap that ends in a full stop: "Turn on notifications." may be the last step
_MOST_PIECES = 4  # in a row that are looked at

_NEXT = regex.compile(r"(?<=\S\s++)(?=[\p{Lu}\p{Nd}])")
_SENTENCE_END = regex.compile(r"""(?<=[.!?…؟।]["'”’“»)\]]?\s++)(?=\S)""")
_SENTENCE_MARKS = ".!?…؟।"
_DATELINE = regex.compile(r"\p{Lu}[\p{Lu}'’-]{2,}(?:,? \p{Lu}[\p{Lu}.'’-]+)*+ ?(?:[:(–—]|- )")
_QUOTES = regex.compile(r"""["“”„‟«»‹›「」『』]""")
_PAIRS = (("“", "”"), ("«", "»"), ("「", "」"), ("『", "』"))


class _Piece(NamedTuple):
    """A piece at an end of a line: half-open offsets in the line, and what it says."""

    start: int
    end: int
    text: str


class _Found(NamedTuple):
    match: LineMatch
    piece: _Piece


class Glued(NamedTuple):
    """The two lines of a short text at which scraps may be glued to the article, with the pieces that may be scraps."""

    first: int
    last: int
    fronts: Sequence[_Piece]
    backs: Sequence[_Piece]

    @property
    def texts(self) -> list[str]:
        """What the pieces say."""
        return [piece.text for piece in (*self.fronts, *self.backs)]


_NOTHING = Glued(-1, -1, (), ())


def glued_pieces(view: TextView, rules: CompiledRules) -> Glued:
    """The pieces at the two ends of a text of one to three lines that :func:`glued_hits` asks the rules about."""
    if not rules.glued or len(view.lines) > _MOST_PARTS:
        return _NOTHING
    filled = [i for i in range(len(view.lines)) if not view.is_blank(i)]
    if not 0 < len(filled) <= _MOST_LINES:
        return _NOTHING
    first, last, title = filled[0], filled[-1], view.document.title
    fronts = () if title and view.lines[first].startswith(title) else _front_pieces(view.lines[first])
    return Glued(first, last, fronts, _back_pieces(view.lines[last]))


def glued_hits(view: TextView, cache: LineCache, pieces: Glued) -> list[Hit]:
    """The pieces at the two ends of a short text that would be scraps if they had lines of their own.

    Only rules count that are sure and raise no flag, in classes that say ``glued``. One piece is found at each end; the
    next pass finds the next one.

    Args:
        view: the text.
        cache: what is known about lines. It is quicker when it knows the texts of the pieces already.
        pieces: the pieces, as :func:`glued_pieces` finds them.

    Raises:
        OutOfTimeError: the document of the limits of the cache has no time left.
    """
    first, last = pieces.first, pieces.last
    front = _in_front(view.lines[first], pieces.fronts, view.document.title, cache)
    back = _behind(view.lines[last], pieces.backs, cache)
    return [_hit(view, index, found, cache) for index, found in ((first, front), (last, back)) if found is not None]


def _front_pieces(line: str, start: int = 0) -> list[_Piece]:
    """The pieces from an offset on that may be scraps in front of the article, the longest first."""
    pieces = (
        _Piece(start, match.start(), line[start : match.start()].strip())
        for match in reversed(list(_NEXT.finditer(line, start, start + _LONGEST)))
    )
    return [
        piece
        for piece in pieces
        if count_words(piece.text) >= _FEWEST_WORDS and not _QUOTES.search(piece.text) and not piece.text.endswith("?")
    ]


def _in_front(
    line: str, pieces: Sequence[_Piece], title: str, cache: LineCache, depth: int = _MOST_PIECES
) -> _Found | None:
    """The longest scrap in front of the article: "Follow us on" may go on with "Facebook".

    What follows must be the beginning of a text: a word with a capital letter that has none inside a sentence, a
    dateline, the known title, or another scrap. After "Follow us on Facebook", a name may go on with the sentence.
    """
    for piece in pieces:
        for one in _glued(piece.text, cache):
            rest = line[piece.end :]  # only now: the line may be long, and hardly any piece is hit
            if _is_open(one.rule, piece.text, rest.split(maxsplit=1)[0], cache) or not _is_article(rest):
                continue
            if _begins(rest, title, cache) or (
                depth > 1 and _in_front(line, _front_pieces(line, piece.end), title, cache, depth - 1)
            ):
                return _Found(one, piece)
    return None


def _begins(rest: str, title: str, cache: LineCache) -> bool:
    """Whether what follows is surely the beginning of a text."""
    if (title and rest.startswith(title)) or _DATELINE.match(rest):
        return True
    openers = cache.rules.openers
    return openers is not None and openers.match(rest) is not None


def _back_pieces(line: str) -> list[_Piece]:
    """The pieces that may be scraps behind the article, outside quotation marks, the shortest first."""
    pieces = []
    for match in reversed(list(_SENTENCE_END.finditer(line, max(0, len(line) - _LONGEST)))):
        piece = _Piece(match.start(), len(line), line[match.start() :].strip())
        fewest = _FEWEST_OF_A_SENTENCE if piece.text[-1] in _SENTENCE_MARKS else _FEWEST_WORDS
        if count_words(piece.text) >= fewest and not _QUOTES.search(piece.text):
            pieces.append(piece)
    return pieces


def _behind(line: str, pieces: Sequence[_Piece], cache: LineCache) -> _Found | None:
    """The shortest scrap behind the article."""
    for piece in pieces:
        for one in _glued(piece.text, cache):
            rest = line[: piece.start]
            if _is_quoting(rest) or _may_hold_a_sentence(one.rule, piece.text, line, cache):
                continue
            if _is_article(rest):
                return _Found(one, piece)
    return None


def _is_quoting(text: str) -> bool:
    """Whether a quotation that was begun is not ended.

    >>> _is_quoting("She said: “It is old."), _is_quoting("Sie sagte: „Sie ist alt.“"), _is_quoting("It is old.")
    (True, False, False)
    """
    low = text.count("„")
    if text.count('"') % 2 or low > text.count("“") + text.count("”"):
        return True
    return not low and any(text.count(opening) > text.count(closing) for opening, closing in _PAIRS)


def _is_article(rest: str) -> bool:
    return count_words(rest) >= _LEAST_LEFT and is_prose(rest.strip())


def _is_open(rule: int, text: str, following: str, cache: LineCache) -> bool:
    """Whether a rule fits a call and whatever follows, so that nobody knows where the call ends.

    An exact wording never does.
    """
    if cache.rules.lists(rule, fold(text)):
        return False
    return any(match.rule == rule for match in _glued(f"{text} {following}", cache))


def _may_hold_a_sentence(rule: int, text: str, line: str, cache: LineCache) -> bool:
    """Whether the call may end inside the piece, with a sentence of the article behind it."""
    if not _is_open(rule, text, line.split(maxsplit=1)[0], cache):
        return False
    begins = (text[: match.start()].strip() for match in _NEXT.finditer(text))
    return any(match.rule == rule for begin in begins for match in _glued(begin, cache))


def _glued(text: str, cache: LineCache) -> Iterator[LineMatch]:
    """What the sure rules of classes that may be glued say about a piece as a line of its own."""
    cache.add([text])
    return (match for match in cache.lines.get(text, ()) if match.rule in cache.rules.glued)


def _hit(view: TextView, index: int, found: _Found, cache: LineCache) -> Hit:
    start, rule, piece = view.starts[index], cache.rules.rules[found.match.rule], found.piece
    return Hit(rule, index, index, found.match.fields, start + piece.start, start + piece.end)
