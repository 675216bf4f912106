"""What the lines around a hit say against it, when its wording alone is ambiguous."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass

import regex

from cleaner.engine.matchers.base import has_running_prose
from cleaner.engine.matchers.neighbours import is_fact
from cleaner.engine.verdicts import Hit
from cleaner.model import Zone
from cleaner.rules.model import Unit
from cleaner.text.lazy_regex import lazily
from cleaner.text.lines import TextView
from cleaner.text.prose import count_words
from cleaner.text.zones import Zones

__all__ = ["Context", "ambiguous_rules", "entry_lines"]

_PARTICULAR = regex.compile(r"[^\W\d_][^:.!?]{1,30} ?[:：] ?\S.*")
_SHORT_WORDS = 3
_WRAPPED_CHARACTERS = 40  # headlines and labels above a button are shorter
_LAST_WORDS = 4
_CLOCK = regex.compile(r"\d{1,2}[:.]\d\d\b[^.!?]{0,12}\.?")
# No heading and no caption ends in an article or a preposition; most have one letter or two.
_LITTLE_WORD = lazily(
    regex.compile,
    r"\s(?:\p{Ll}{1,2}|the|and|for|mit|und|von|vom|zum|zur|der|die|das|den|dem|les|des|par|del|los|las|por|con|per|che"
    r"|het|een|van|met|dla|dos|das|для|при|від)$",
)
_OPEN_END = regex.compile(r"[\p{Ll},;]$")


@dataclass(frozen=True, slots=True)
class Context:
    """The lines around the hits on a text.

    Attributes:
        view, zones: the text and its zones.
        claimed: indices of the lines that some rule fits.
        ambiguous: ids of the rules that act ``once`` and fit several wordings, as :func:`ambiguous_rules` finds them.
        entries: indices of the lines that head the entries of a chronicle, as :func:`entry_lines` finds them.
    """

    view: TextView
    zones: Zones
    claimed: Container[int]
    ambiguous: Container[str] = ()
    entries: Container[int] = ()

    def objection(self, hit: Hit) -> str:
        """Why the hit must not act, or ""."""
        if hit.rule.once and hit.rule.id in self.ambiguous:
            return "once: several lines fit"
        if hit.first in self.entries:
            return "it heads one of several entries"
        zone = self.zones.of(hit.first)
        if self._goes_on(hit):
            return "it goes on with the line above"
        if hit.rule.unit is Unit.SECTION and self._introduces_facts(hit):
            return "a list of facts follows"
        if zone not in (Zone.HEAD, Zone.DECK) and self._is_particular(hit):
            return "one of several particulars"
        if zone is Zone.TAIL and self._is_item(hit):
            return "an item of a list"
        return ""

    def _goes_on(self, hit: Hit) -> bool:
        """'following' right below a long line that stops in the middle of a sentence: the last word of a paragraph.

        So is the end of a sentence in verse, whose lines are shorter: 'By Signior Angelo.' below 'So was I bid report'.
        """
        above, line = hit.first - 1, self.view.lines[hit.first].strip()
        if above < 0 or hit.rule.matcher or hit.rule.unit is not Unit.LINE or above in self.claimed:
            return False
        upper = self.view.lines[above].rstrip()
        if not _OPEN_END.search(upper[-1:]):
            return False
        if line.endswith(".") and count_words(line) <= _LAST_WORDS < count_words(upper):
            return not line.endswith("..") and not has_running_prose(self.view)
        is_open = line[:1].islower() or upper[-1] in ",;" or _LITTLE_WORD.search(upper[-6:]) is not None
        return len(upper) >= _WRAPPED_CHARACTERS and is_open

    def _introduces_facts(self, hit: Hit) -> bool:
        below = self.view.next(hit.last)
        return below >= 0 and below not in self.claimed and is_fact(self.view.lines[below])

    def _is_particular(self, hit: Hit) -> bool:
        """'Photo: Jane Doe' between 'Director: …' and 'Music: …', which no rule knows, belongs to the film."""
        lines = self.view.lines
        if hit.last != hit.first or not _PARTICULAR.fullmatch(lines[hit.first].strip()):
            return False
        around = (self.view.previous(hit.first), self.view.next(hit.last))
        return any(i >= 0 and i not in self.claimed and self._names_one(i, hit) for i in around)

    def _names_one(self, index: int, hit: Hit) -> bool:
        """Whether a line is another particular: no description of a picture, that its caption says again."""
        view = self.view
        if view.is_prose(index) or not _PARTICULAR.fullmatch(view.lines[index].strip()):
            return False
        return not view.key(hit.first).startswith(view.key(index))

    def _is_item(self, hit: Hit) -> bool:
        """A line in the tail between lines that no rule knows; one of a word or two needs only one of them."""
        rule, view = hit.rule, self.view
        if rule.unit is not Unit.LINE or rule.matcher or Zone.ANY in rule.zones or Zone.BODY in rule.zones:
            return False
        above, below = view.previous(hit.first), view.next(hit.last)
        if self._is_unknown(above) and self._is_unknown(below):
            return True
        if hit.fields or count_words(view.lines[hit.first]) > _SHORT_WORDS:
            return False
        return self._is_unknown(below) or (self._is_unknown(above) and self._is_unknown(view.previous(above)))

    def _is_unknown(self, index: int) -> bool:
        return index >= 0 and index not in self.claimed and not self.view.is_prose(index)


def ambiguous_rules(hits: Iterable[Hit], view: TextView) -> frozenset[str]:
    """Ids of the rules that act ``once`` and hit more than one wording: two percentages are a result."""
    wordings: dict[str, set[str]] = {}
    for hit in hits:
        if hit.rule.once:
            wordings.setdefault(hit.rule.id, set()).add(view.lines[hit.first].strip())
    return frozenset(rule for rule, lines in wordings.items() if len(lines) > 1)


def entry_lines(hits: Iterable[Hit], view: TextView) -> frozenset[int]:
    """Indices of the dates and times that head the entries of a live blog, a diary or a chronicle.

    Prose stands right below each of them, and above one that is not the first. Different ones fit the same rule.
    """
    heads: dict[str, list[Hit]] = {}
    for hit in hits:
        is_dated = "date" in hit.fields or _CLOCK.fullmatch(view.lines[hit.first].strip()) is not None
        if is_dated and hit.end < 0 and _is_prose(view, view.next(hit.last)):
            heads.setdefault(hit.rule.id, []).append(hit)
    found: set[int] = set()
    for entries in heads.values():
        wordings = {view.lines[hit.first].strip() for hit in entries}
        if len(wordings) > 1 and any(_is_prose(view, view.previous(hit.first)) for hit in entries):
            found.update(hit.first for hit in entries)
    return frozenset(found)


def _is_prose(view: TextView, index: int) -> bool:
    return index >= 0 and view.is_prose(index)
