"""Read the lines of a page off its elements, whatever an extractor makes of the page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from cleaner.model import NO_PAGE, Element, PageLine, PageLines

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["read_page_lines"]

_ELEMENTS: dict[str, Element] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("li", "dt", "dd"), "item"),
    **dict.fromkeys(("td", "th"), "cell"),
    **dict.fromkeys(("figcaption", "caption"), "caption"),
    "p": "paragraph",
    "blockquote": "quote",
    "pre": "code",
}
_LISTS = frozenset(("ul", "ol", "dl"))
_BLOCKS = _LISTS.union(
    _ELEMENTS,
    ("address", "article", "aside", "body", "button", "center", "details", "div", "fieldset", "figure", "footer"),
    ("form", "header", "hr", "legend", "main", "nav", "option", "section", "select", "summary"),
    ("table", "tbody", "tfoot", "thead", "tr"),
)
_UNSEEN = frozenset(("script", "style", "noscript", "template", "head", "svg", "iframe", "textarea"))
_MOST_DEPTH = 400  # blocks inside each other: deeper ones come from broken or hostile pages
_STAYS = frozenset(("heading", "item", "cell", "quote", "code", "caption"))  # a <div> inside is still a part of it


def read_page_lines(page: str) -> PageLines:
    """What a page says about its lines; nothing where it cannot be read.

    Args:
        page: the decoded page.

    >>> found = read_page_lines("<ul><li><a href='/sport'>Sport</a></ul><p>The <a href='/c'>council</a> met today.</p>")
    >>> found.of("Sport")
    PageLine(link_share=1.0, element='item', list_depth=1)
    >>> found.of("The council met today.").element
    'paragraph'
    """
    from lxml import etree, html

    try:
        root = html.document_fromstring(page.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError):
        return NO_PAGE
    return PageLines(_Walk().lines(root))


class _Walk:
    """Walks through the elements of a page and gives a line wherever a block or a break ends one."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._letters = self._linked = 0
        self._links = 0  # how many links are open
        self._blocks: list[Element] = ["other"]
        self._lists = 0  # how many lists are open

    def lines(self, root: HtmlElement) -> Iterator[tuple[str, PageLine]]:
        """Each line with what is said about it. Rows of tables come once more, as a whole."""
        from lxml import etree

        skipped: Any = None
        for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
            if event in ("comment", "pi"):
                self._add(element.tail if skipped is None else None)
            elif event == "start" and skipped is None:
                if element.tag in _UNSEEN or len(self._blocks) > _MOST_DEPTH:
                    skipped = element
                else:
                    yield from self._open(element)
            elif event == "end" and skipped is None:
                yield from self._close(element)
            elif event == "end" and element is skipped:
                skipped = None
                self._add(element.tail)
        yield from self._line()

    def _open(self, element: HtmlElement) -> Iterator[tuple[str, PageLine]]:
        tag = element.tag
        if tag in _BLOCKS or tag == "br":
            yield from self._line()
        if tag in _BLOCKS:
            outer = self._blocks[-1]
            self._blocks.append(_ELEMENTS.get(tag) or (outer if outer in _STAYS else "other"))
            self._lists += tag in _LISTS
        self._links += _is_link(element)
        self._add(element.text)

    def _close(self, element: HtmlElement) -> Iterator[tuple[str, PageLine]]:
        tag = element.tag
        if tag in _BLOCKS:
            yield from self._line()
            self._blocks.pop()
            self._lists -= tag in _LISTS
        if tag == "tr":
            yield from _row(element)
        self._links -= _is_link(element)
        self._add(element.tail)

    def _add(self, text: str | None) -> None:
        if text:
            letters = _letters(text)
            self._text.append(text)
            self._letters += letters
            self._linked += letters if self._links else 0

    def _line(self) -> Iterator[tuple[str, PageLine]]:
        if self._letters:
            line = PageLine(round(self._linked / self._letters, 3), self._blocks[-1], self._lists)
            yield "".join(self._text), line
        self._text.clear()
        self._letters = self._linked = 0


def _is_link(element: HtmlElement) -> bool:
    return element.tag == "a" and element.get("href") is not None


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def _row(row: HtmlElement) -> Iterator[tuple[str, PageLine]]:
    """A row of a table as one line, as extractors write it."""
    cells = ["".join(cell.itertext()) for cell in row if isinstance(cell.tag, str)]
    letters = _letters("".join(cells))
    if len(cells) > 1 and letters:
        linked = sum(_letters("".join(link.itertext())) for link in row.iter("a") if _is_link(link))
        yield " ".join(cells), PageLine(round(min(1.0, linked / letters), 3), "cell", 0)
