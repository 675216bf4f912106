"""Write docs/reference/coverage.md from the figures beside it: python docs/generate_coverage.py.

The figures come from ``python -m benchmarks.coverage``. A test holds the page against them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from math import sqrt
from pathlib import Path
from typing import Any, NamedTuple

__all__ = ["FIGURES", "PAGE", "page"]

FIGURES = Path(__file__).resolve().parent / "reference" / "coverage.json"
PAGE = FIGURES.with_suffix(".md")
_ENOUGH_PAGES = 10
_ENOUGH_HITS = 10
_WORTH_A_LOOK = 0.95
_OTHER = "others"

_INTRODUCTION = """\
# Coverage by language and class

Generated from `coverage.json` by `python docs/generate_coverage.py`. `python -m benchmarks.coverage` measured the
figures on the development corpus with the profile `{profile}` and {rules} rules of version {version}.

The tables say two things: where rules have wordings at all, and what they did on real pages whose bodies people had
marked. {pages:,} pages were looked at, {hits:,} lines were removed from them, and {share} of these were scraps.
[How quality is measured](../explanation/quality.md) tells what these words mean and what the figures do not say.
"""

_BY_LANGUAGE = """
## By language

*Hits* are lines that a rule removed from pages with a marked body; three extractors of one page count once.
*Precision* is the share of the hits that are scraps, with its 95 % interval. *Lines from clean texts* went from texts
in which everything belongs to the article; their genres range from news to law and poems.

| language | pages | hits | precision | interval | lines from clean texts |
| --- | ---: | ---: | ---: | ---: | ---: |
"""

_BY_CLASS = """
## By class

| class | hits | precision | interval | lines from clean texts |
| --- | ---: | ---: | ---: | ---: |
"""

_MATRIX = """
## Class by language

A cell has the hits and, for {enough} hits or more, their precision in percent, in bold where it is below {low} %.
**○** means that the class has wordings in this language, but no rule of it acted on a page of the corpus: nothing is
known. An empty cell has neither. `mul` are wordings that serve several languages at once, as a count. Languages with
fewer than {pages} pages stand together under *{other}*.

<div class="matrix" markdown>

"""


class Cell(NamedTuple):
    """Lines that rules removed: scraps and body of marked pages, and lines of clean texts."""

    scrap: int = 0
    body: int = 0
    clean: int = 0

    @property
    def hits(self) -> int:
        return self.scrap + self.body

    @property
    def precision(self) -> float:
        return self.scrap / self.hits if self.hits else 1.0


Figures = Mapping[str, Any]


def page(figures: Figures) -> str:
    """The whole page as Markdown."""
    whole = _sum(_cells(figures))
    introduction = _INTRODUCTION.format(
        **{key: figures[key] for key in ("profile", "rules", "version")},
        pages=sum(figures["pages"].values()),
        hits=whole.hits,
        share=_percent(whole.precision),
    )
    parts = [introduction, _BY_LANGUAGE, *_language_rows(figures), _BY_CLASS, *_class_rows(figures)]
    parts += [_MATRIX.format(enough=_ENOUGH_HITS, low=round(100 * _WORTH_A_LOOK), pages=_ENOUGH_PAGES, other=_OTHER)]
    return "".join([*parts, *_matrix_rows(figures), "\n</div>\n"])


def _language_rows(figures: Figures) -> Iterator[str]:
    for language in (*_languages(figures), _OTHER):
        cell = _sum(_cells(figures, language=language))
        pages = sum(count for name, count in figures["pages"].items() if _column(figures, name) == language)
        yield f"| {language} | {pages:,} | {_figures(cell)} |\n"


def _class_rows(figures: Figures) -> Iterator[str]:
    for scrap_class in figures["wordings"]:
        yield f"| `{scrap_class}` | {_figures(_sum(_cells(figures, scrap_class=scrap_class)))} |\n"


def _matrix_rows(figures: Figures) -> Iterator[str]:
    languages = (*_languages(figures), _OTHER)
    yield f"| class | {' | '.join(languages)} | mul |\n| --- |{' ---: |' * (len(languages) + 1)}\n"
    for scrap_class, wordings in figures["wordings"].items():
        known = {_column(figures, language) for language in wordings}
        cells = [
            _short(_sum(_cells(figures, scrap_class=scrap_class, language=language)), language in known)
            for language in languages
        ]
        yield f"| `{scrap_class}` | {' | '.join(cells)} | {wordings.get('mul', '')} |\n"


def _languages(figures: Figures) -> list[str]:
    """The languages with enough pages, those with most pages first."""
    pages = figures["pages"]
    return sorted((name for name, count in pages.items() if count >= _ENOUGH_PAGES), key=lambda name: -pages[name])


def _column(figures: Figures, language: str) -> str:
    enough = figures["pages"].get(language, 0) >= _ENOUGH_PAGES
    return language if enough or language == "mul" else _OTHER


def _cells(figures: Figures, *, scrap_class: str = "", language: str = "") -> Iterator[Cell]:
    """The cells of one class or all, in one column or all."""
    for name, row in figures["cells"].items():
        if scrap_class in ("", name):
            for found, counts in row.items():
                if language in ("", _column(figures, found)):
                    yield Cell(*counts)


def _sum(cells: Iterable[Cell]) -> Cell:
    found = list(cells)
    return Cell(*(sum(cell[part] for cell in found) for part in range(3)))


def _figures(cell: Cell) -> str:
    """Hits, precision, its interval, and lines of clean texts, as cells of a table."""
    share = f"{_percent(cell.precision)} | {_interval(cell)}" if cell.hits else "– | –"
    return f"{cell.hits:,} | {share} | {cell.clean:,}"


def _interval(cell: Cell) -> str:
    """The 95 % interval of the precision, by Wilson."""
    z, n, p = 1.96, cell.hits, cell.precision
    middle, spread = p + z * z / (2 * n), z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    low, high = ((middle + sign * spread) / (1 + z * z / n) for sign in (-1, 1))
    return f"{100 * low:.1f} to {100 * min(high, 1):.1f}"


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _short(cell: Cell, known: bool) -> str:
    if not cell.hits:
        return "○" if known else ""
    if cell.hits < _ENOUGH_HITS:
        return str(cell.hits)
    share = f"{100 * cell.precision:.0f}"
    return f"{cell.hits:,} · {f'**{share}**' if cell.precision < _WORTH_A_LOOK else share}"


if __name__ == "__main__":
    PAGE.write_text(page(json.loads(FIGURES.read_text("utf-8"))), encoding="utf-8", newline="\n")
