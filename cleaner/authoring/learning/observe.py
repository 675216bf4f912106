"""What is worth knowing about the lines of one document. Pure, so that worker processes can do it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from cleaner.authoring.learning.templates import Anchor, Templates
from cleaner.model import DocumentInfo
from cleaner.pipeline import Cleaner
from cleaner.text.lines import TextView, is_spoken
from cleaner.text.prose import count_words
from cleaner.text.repair import repair
from cleaner.text.site_lines import line_hash

__all__ = ["Observed", "ObservedLine", "Observer"]

LONGEST_LINE = 700
_LONGEST_TEMPLATE = 300
_EDGE_LINES = 3
_EDGE_WORDS = 40
_CLIP = 160
_TELLING = 3
# A text with less prose is a recipe, a table or a song: nothing lies above or below its body. In fewer lines than
# these it takes three times as many words.
_LEAST_PROSE = 3
_LEAST_PROSE_WORDS = 60


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

    def observe(self, text: str, document: DocumentInfo, site: str, place: str) -> Observed:
        """The lines of a document that may be scraps, each of them once."""
        cleaned = self.cleaner.clean_document(text, document).text if self.cleaner else repair(text).text
        view = TextView(cleaned, document)
        longest = _longest_lines(view)
        fingerprint, story = line_hash("\n".join(longest)), line_hash("".join(longest[:1]))
        return Observed(site, place, fingerprint, story, tuple(self._lines(view)))

    def _lines(self, view: TextView) -> Iterator[ObservedLine]:
        filled = [i for i in range(len(view.lines)) if not view.is_blank(i)]
        total = sum(view.is_prose(i) for i in filled)
        is_placed = _has_enough_prose(view, filled)
        seen: set[str] = set()
        above = 0
        for at, i in enumerate(filled):
            line, is_prose, key = view.lines[i], view.is_prose(i), view.key(i)
            if len(line) <= LONGEST_LINE and key and key not in seen and not is_spoken(line):
                seen.add(key)
                distance = min(at, len(filled) - 1 - at)
                if anchors := self._anchors(line, is_prose, distance):
                    around = (_neighbour(view, filled, at - 1), _neighbour(view, filled, at + 1))
                    below = total - above - is_prose
                    yield ObservedLine(line, i, above, below, is_placed, is_prose, *around, anchors)
            above += is_prose

    def _anchors(self, line: str, is_prose: bool, distance: int) -> tuple[Anchor, ...]:
        """The ways to look at a line that lies some lines away from the nearer end of the text."""
        is_at_edge = distance < _EDGE_LINES and count_words(line) <= _EDGE_WORDS
        if len(line) > _LONGEST_TEMPLATE or (is_prose and not is_at_edge):
            # Labels count wherever they stand: that is how speakers, who have many lines, are told from links.
            return tuple(self.templates.anchors(line, ("label",)))
        anchors = tuple(self.templates.anchors(line))
        return tuple(filter(_is_telling, anchors)) if is_prose else anchors


def _has_enough_prose(view: TextView, filled: list[int]) -> bool:
    """Whether it means something that a line stands above or below the prose of a text."""
    prose = [view.lines[i] for i in filled if view.is_prose(i)]
    least = _LEAST_PROSE_WORDS * (1 if len(prose) >= _LEAST_PROSE else 3)
    return sum(map(count_words, prose)) >= least


def _is_telling(anchor: Anchor) -> bool:
    """Whether an anchor says enough in running text, where many sentences begin with the same three words."""
    words = anchor.key.count(" ") + 1
    return words >= {"prefix": 5, "suffix": 4}.get(anchor.kind, 0)


def _neighbour(view: TextView, filled: list[int], at: int) -> str:
    return view.lines[filled[at]].strip()[:_CLIP] if 0 <= at < len(filled) else ""


def _longest_lines(view: TextView) -> list[str]:
    """What an article is told by: its longest lines of prose; without any, its longest lines."""
    filled = [i for i in range(len(view.lines)) if not view.is_blank(i)]
    prose = [i for i in filled if view.is_prose(i)] or filled
    return sorted({view.lines[i].strip() for i in prose}, key=lambda line: (-len(line), line))[:_TELLING]
