"""Lists that fit any terminal: a table where there is room, and where there is not, an entry below the other.

Names of rules are there to be copied. They never break over two lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

__all__ = ["Listing"]

_LEAST = 24
"""Cells that the last column needs, which is a description or a text. Its lines may break."""
_GAP = 2
_INDENT = 4


class Listing:
    """Rows of cells. All columns but the last are never broken; the last one is text, or a number as the others.

    Args:
        columns: the names of the columns.
        right: the columns whose values stand at the right, as numbers do.
        title: the column whose cell begins an entry where there is no room for a table.
        header: whether a table shows the names.

    >>> from rich.console import Console
    >>> rules = Listing(["rule", "unit", "description"])
    >>> rules.add("byline.by-name", "line", "Byline with a name, the whole line")
    >>> Console(width=60).print(rules.page(60))  # doctest: +NORMALIZE_WHITESPACE
    rule            unit  description
    byline.by-name  line  Byline with a name, the whole line
    >>> Console(width=40).print(rules.page(40))  # doctest: +NORMALIZE_WHITESPACE
    byline.by-name
        unit: line
        Byline with a name, the whole line
    """

    def __init__(
        self, columns: Sequence[str], *, right: Sequence[str] = (), title: str | None = None, header: bool = True
    ) -> None:
        self._columns, self._right, self._header = tuple(columns), frozenset(right), header
        self._title = self._columns.index(title) if title else 0
        self._rows: list[tuple[Text, ...]] = []

    def add(self, *cells: str | Text) -> None:
        """Add a row."""
        self._rows.append(tuple(cell if isinstance(cell, Text) else Text(cell) for cell in cells))

    def page(self, width: int) -> RenderableType:
        """The rows for a screen of a width in cells."""
        return self._table() if self._least_width() <= width else Group(*self._entries())

    def _least_width(self) -> int:
        """Cells that a table takes when nothing but the last column is broken."""
        heads = (tuple(map(Text, self._columns)),) if self._header else ()
        rows: Iterable[tuple[Text, ...]] = (*heads, *self._rows)
        widths = [max((cell_len(line) for line in _lines(column)), default=0) for column in zip(*rows, strict=True)]
        return sum(widths[:-1]) + min(widths[-1], _LEAST) + _GAP * (len(widths) - 1) if widths else 0

    def _table(self) -> Table:
        table = Table(box=None, pad_edge=False, show_header=self._header, padding=(0, _GAP, 0, 0))
        for name in self._columns:
            is_last = name == self._columns[-1]
            justify = "right" if name in self._right else "left"
            table.add_column(name, no_wrap=not is_last, overflow="fold", justify=justify)  # type: ignore[arg-type]
        for row in self._rows:
            table.add_row(*row)
        return table

    def _entries(self) -> Iterable[RenderableType]:
        for row in self._rows:
            title = row[self._title].copy()
            title.stylize("bold")
            yield title
            last = len(row) - 1
            for number, (name, cell) in enumerate(zip(self._columns, row, strict=True)):
                if number == self._title or not cell.plain:
                    continue
                is_text = number == last and name not in self._right
                shown = cell if is_text else Text.assemble((f"{name}: ", "dim"), cell)
                yield Padding(shown, (0, 0, 0, _INDENT))


def _lines(cells: Iterable[Text]) -> Iterable[str]:
    for cell in cells:
        yield from cell.plain.split("\n")
