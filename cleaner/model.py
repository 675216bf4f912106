"""Values that every layer shares. They import nothing and nothing changes them."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Literal, NamedTuple, get_args

__all__ = [
    "ELEMENTS",
    "METADATA_FIELDS",
    "NO_PAGE",
    "DocumentInfo",
    "Edit",
    "Element",
    "MetadataField",
    "PageLine",
    "PageLines",
    "RepairStep",
    "ScoredSpan",
    "Zone",
]

MetadataField = Literal[
    "agency",
    "author",
    "date",
    "editor",
    "language",
    "photographer",
    "reading_time",
    "reporter",
    "site",
    "source",
    "title",
    "updated",
]
METADATA_FIELDS: tuple[MetadataField, ...] = get_args(MetadataField)
"""What a rule may harvest from the text it removes: the names allowed for named groups in patterns."""


class Zone(StrEnum):
    """Part of an article, anchored in its prose: above the first line of prose, below the last, between.

    The deck is the beginning of the body: what stands between the first and the second line of prose. Where the
    first is a standfirst, bylines and dates follow below it.
    """

    HEAD = "head"
    DECK = "deck"
    BODY = "body"
    TAIL = "tail"
    ANY = "any"

    def is_in(self, wanted: Container[Zone]) -> bool:
        """Whether a line of this zone lies in one of the zones a rule wants; the deck is part of the body.

        >>> Zone.DECK.is_in([Zone.BODY]), Zone.HEAD.is_in([Zone.ANY]), Zone.TAIL.is_in([Zone.HEAD])
        (True, True, False)
        """
        return self in wanted or Zone.ANY in wanted or (self is Zone.DECK and Zone.BODY in wanted)


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Replace ``text[start:end]`` by ``replacement``; an empty replacement removes.

    Offsets are half-open code-point offsets into the text that the edit belongs to. ``rule`` is the id of the
    rule (or repair step) that asked for it; the part before its first dot is the class of scrap.

    >>> Edit(0, 5, "", "ad-marker.label").scrap_class
    'ad-marker'
    """

    start: int
    end: int
    replacement: str
    rule: str

    @property
    def scrap_class(self) -> str:
        return self.rule.partition(".")[0]


class ScoredSpan(NamedTuple):
    """The probability, 0 to 1, that ``text[start:end]`` is a scrap. Half-open code-point offsets."""

    start: int
    end: int
    probability: float


@dataclass(frozen=True, slots=True)
class RepairStep:
    """One step from the decoded input to the repaired text.

    ``edits`` point into the text before the step, ``inverse`` into the text after it and lead back.
    """

    name: str
    edits: tuple[Edit, ...]
    inverse: tuple[Edit, ...]


Element = Literal["quote", "code", "cell", "item", "paragraph", "heading", "other", "caption"]
ELEMENTS: tuple[Element, ...] = get_args(Element)
"""The kinds of elements of a page that a line can stand in."""


class PageLine(NamedTuple):
    """What a page says about one line.

    Attributes:
        link_share: the share of the characters of its words that are links, 0 to 1.
        element: the kind of the element that it stands in.
        list_depth: in how many lists it stands, one inside the other.
    """

    link_share: float
    element: Element
    list_depth: int


_WORD = re.compile(r"[^\W_]+")


class PageLines:
    """What a page says about its lines. Immutable; picklable.

    An extractor hands over text. A caption, an item of a menu and a short paragraph look alike in it; in the page they
    do not. A line is known by its words, so bullets, blanks and bars that an extractor sets do not matter. Of lines
    with the same words the one with the fewest links counts: what is a link in a menu may be a subhead of the article.

    Args:
        lines: the lines of the page, and what is said about each.

    >>> page = PageLines([("News", PageLine(1.0, "item", 1)), ("The council met.", PageLine(0.0, "paragraph", 0))])
    >>> page.of("• News")
    PageLine(link_share=1.0, element='item', list_depth=1)
    >>> page.of("Sport") is None, len(page)
    (True, 2)
    """

    __slots__ = ("_lines",)

    def __init__(self, lines: Iterable[tuple[str, PageLine]] = ()) -> None:
        found: dict[str, PageLine] = {}
        for text, line in lines:
            words = _words(text)
            if words and (words not in found or line.link_share < found[words].link_share):
                found[words] = line
        self._lines: Mapping[str, PageLine] = MappingProxyType(found)

    def of(self, line: str) -> PageLine | None:
        """What is known about a line of a text; None when the page has no such line."""
        return self._lines.get(_words(line))

    def __len__(self) -> int:
        return len(self._lines)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PageLines) and self._lines == other._lines

    def __hash__(self) -> int:
        return hash(tuple(self._lines))

    def __repr__(self) -> str:
        return f"PageLines({len(self)} lines)"

    def __reduce__(self) -> tuple[object, ...]:
        return PageLines, (tuple(self._lines.items()),)


def _words(text: str) -> str:
    return " ".join(_WORD.findall(text)).casefold()


NO_PAGE = PageLines()


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """What is known about a text besides the text itself. Every field is optional."""

    title: str = ""
    url: str = ""
    author: str = ""
    date: str = ""
    site: str = ""
    repeated: frozenset[int] = frozenset()
    """Lines that recur on the document's site, as :mod:`cleaner.text.site_lines` finds them."""
    page: PageLines = field(default=NO_PAGE, repr=False)
    """What the page says about its lines, where the text was taken out of one and somebody asked for it."""

    @property
    def known(self) -> Mapping[str, str]:
        """The fields that are known, by metadata name."""
        pairs = {"title": self.title, "author": self.author, "date": self.date, "site": self.site}
        return {name: value for name, value in pairs.items() if value}
