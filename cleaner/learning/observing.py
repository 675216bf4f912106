"""What is worth knowing about the lines of one document. Pure, so that worker processes can do it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from cleaner.learning.templates import Anchor, Templates
from cleaner.model import Document
from cleaner.pipeline import Cleaner
from cleaner.prose import count_words
from cleaner.repair import repair
from cleaner.repetition import line_hash
from cleaner.segment import View, is_spoken

__all__ = ["Observed", "ObservedLine", "Observer"]

LONGEST_LINE = 700
_LONGEST_TEMPLATE = 300
_EDGE_LINES = 3
_EDGE_WORDS = 40
_CLIP = 160
_TELLING = 3
_LEAST_PROSE = 3
_LEAST_PROSE_WORDS = (
    60  # three times as many in fewer lines; less is a recipe, a table or a song, and nothing lies above or below it
)


class ObservedLine(NamedTuple):
    """A line that may be a scrap.

    Attributes:
        text: the line.
        number: its index in the text.
        head, tail: how many lines of prose lie above it and below it.
        is_placed: whether the text has enough prose for that to mean something.
        is_prose: whether it reads as running text itself.
        above, below: the nearest lines, clipped.
        anchors: the ways to look at it. Of prose far from the edges of the text only the whole line.
    """

    text: str
    number: int
    head: int
    tail: int
    is_placed: bool
    is_prose: bool
    above: str
    below: str
    anchors: tuple[Anchor, ...]


class Observed(NamedTuple):
    """A document.

    Attributes:
        site: the site it is of.
        place: where it was found.
        fingerprint: tells articles of a site apart, whatever scraps stand around them.
        story: the same for articles of all sites; coarser, since the scraps of sites differ more.
        lines: its lines.
    """

    site: str
    place: str
    fingerprint: int
    story: int
    lines: tuple[ObservedLine, ...]


@dataclass(frozen=True, slots=True)
class Observer:
    """Looks at documents. With a cleaner, only at what its rules leave."""

    templates: Templates
    cleaner: Cleaner | None = None

    def observe(self, text: str, document: Document, site: str, place: str) -> Observed:
        """The lines of a document that may be scraps, each of them once."""
        cleaned = self.cleaner.clean_document(text, document).text if self.cleaner else repair(text).text
        view = View(cleaned, document)
        longest = _longest_lines(view)
        told, story = line_hash("\n".join(longest)), line_hash("".join(longest[:1]))
        return Observed(site, place, told, story, tuple(self._lines(view)))

    def _lines(self, view: View) -> Iterator[ObservedLine]:
        filled = [i for i in range(len(view.lines)) if not view.is_blank(i)]
        prose_lines = [view.lines[i] for i in filled if view.is_prose(i)]
        total, words = len(prose_lines), sum(map(count_words, prose_lines))
        enough = words >= _LEAST_PROSE_WORDS * (1 if total >= _LEAST_PROSE else 3)
        seen: set[str] = set()
        before = 0
        for at, i in enumerate(filled):
            line, prose = view.lines[i], view.is_prose(i)
            if len(line) <= LONGEST_LINE and view.key(i) not in seen and view.key(i) and not is_spoken(line):
                seen.add(view.key(i))
                at_edge = min(at, len(filled) - 1 - at) < _EDGE_LINES and count_words(line) <= _EDGE_WORDS
                varied = len(line) <= _LONGEST_TEMPLATE and (not prose or at_edge)
                anchors = tuple(self.templates.anchors(line))
                around = (_neighbour(view, filled, at - 1), _neighbour(view, filled, at + 1))
                if anchors:
                    if not varied:  # labels count wherever they stand: speakers have many lines
                        anchors = tuple(one for one in anchors if one.kind in ("exact", "label"))
                    elif prose:
                        anchors = tuple(filter(_is_telling, anchors))
                    placed = (before, total - before - prose, enough)
                    yield ObservedLine(line, i, *placed, prose, *around, anchors)
            before += prose


def _is_telling(anchor: Anchor) -> bool:
    """Whether an anchor says enough in running text, where many sentences begin with the same three words."""
    words = anchor.key.count(" ") + 1
    return words >= {"prefix": 5, "suffix": 4}.get(anchor.kind, 0)


def _neighbour(view: View, filled: list[int], at: int) -> str:
    return view.lines[filled[at]].strip()[:_CLIP] if 0 <= at < len(filled) else ""


def _longest_lines(view: View) -> list[str]:
    """What an article is told by: its longest lines of prose; without any, its longest lines."""
    filled = [i for i in range(len(view.lines)) if not view.is_blank(i)]
    prose = [i for i in filled if view.is_prose(i)] or filled
    return sorted({view.lines[i].strip() for i in prose}, key=lambda line: (-len(line), line))[:_TELLING]
