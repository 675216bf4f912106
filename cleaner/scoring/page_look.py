"""The look at the page: what links, elements and lists say about a line that was taken out of a page.

A line of links between paragraphs could be a reference or a teaser. In a text both look alike; its page tells.
"""

from __future__ import annotations

from cleaner.model import ELEMENTS, PageLine

__all__ = ["PAGE_LOOK", "page_look"]

PAGE_LOOK: tuple[tuple[str, str], ...] = (
    ("page-score", "the looks at the text gave it {score}"),
    ("link-share", "{%} of it is links on the page"),
    ("element", "it stands in {element} on the page"),
    ("list-depth", "it stands in {} lists on the page, one inside the other"),
)
"""The evidence of the page: the name of each piece, and what it says in words."""


def page_look(score: int, line: PageLine) -> list[float]:
    """The evidence of :data:`PAGE_LOOK` for a line.

    Args:
        score: the score that the looks at the text gave it, in thousandths of a unit of log-odds.
        line: what the page says about it.

    >>> page_look(-300, PageLine(1.0, "caption", 0))
    [-300, 1.0, 7, 0]
    """
    return [score, line.link_share, ELEMENTS.index(line.element), min(line.list_depth, 4)]
