"""Write the tables of docs/thorough.md from the model that is shipped: python -m docs.generate_thorough.

The model carries its data and its figures, and each table stands between two comments that name it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from cleaner.scoring.model import Model, builtin_model

__all__ = ["PAGE", "page"]

PAGE = Path(__file__).resolve().parent / "thorough.md"
_PLACE = re.compile(r"(<!-- generated: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
_FEWEST_TEXTS = 9  # of a language, for its figures to say something


def page(written: str, model: Model | None = None) -> str:
    """The page with its tables as the model has them.

    Args:
        written: the page as it is.
        model: the model; by default the one that is shipped.
    """
    model = model or builtin_model()
    return _PLACE.sub(lambda found: f"{found[1]}\n{_TABLES[found[2]](model)}\n{found[3]}", written)


def _data(model: Model) -> str:
    rows = ([name, *(f"{entry[key]:,}" for key in ("texts", "lines", "scraps"))] for name, entry in _marked(model))
    clean = [entry for name, entry in model.data.items() if name not in dict(_marked(model))]
    last = [f"clean texts of {len(clean)} genres", *(f"{sum(e[key] for e in clean):,}" for key in ("texts", "lines"))]
    return _table(["corpus", "texts", "lines", "scraps among them"], [*rows, [*last, "0"]])


def _marked(model: Model) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The corpora with marked bodies: their names have an extractor."""
    return ((name, entry) for name, entry in model.data.items() if "." in name)


def _texts(model: Model) -> str:
    return _closed(model, "text from", model.figures["texts"])


def _languages(model: Model) -> str:
    found = model.figures["languages"]
    return _closed(model, "language", {name: one for name, one in found.items() if one["texts"] >= _FEWEST_TEXTS})


def _closed(model: Model, title: str, found: Mapping[str, Mapping[str, Any]]) -> str:
    thresholds = _thresholds(found)
    header = [title, "texts", "rules alone", *(_named(one, model) for one in thresholds)]
    return _table(
        header,
        (
            [name, f"{entry['texts']:,}", *(_cell(entry[column]) for column in ("rules", *thresholds))]
            for name, entry in found.items()
        ),
    )


def _clean(model: Model) -> str:
    found = model.figures["clean"]
    thresholds = _thresholds(found)
    own = {
        name: [max(0, entry[one]["lost"] - entry["rules"]["lost"]) for one in thresholds]
        for name, entry in found.items()
    }
    rows = (
        [name, f"{found[name]['texts']:,}", *(f"{lost:,}" for lost in one)] for name, one in own.items() if any(one)
    )
    table = _table(["clean texts", "texts", *(_named(one, model) for one in thresholds)], rows)
    silent = ", ".join(f"`{name}`" for name, one in own.items() if not any(one))
    return f"{table}\nNothing at all goes at any of these thresholds in {silent}.\n"


def _thresholds(found: Mapping[str, Mapping[str, Any]]) -> list[str]:
    return [name for name in next(iter(found.values())) if name not in ("texts", "rules")]


def _named(threshold: str, model: Model) -> str:
    return f"**{threshold}**" if float(threshold) == model.threshold else threshold


def _cell(found: Mapping[str, float]) -> str:
    return f"{found['closed']:.2f} at {found['lost']:,.0f}"


def _table(header: Sequence[str], rows: Any) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


_TABLES: Mapping[str, Callable[[Model], str]] = {
    "data": _data,
    "texts": _texts,
    "languages": _languages,
    "clean": _clean,
}


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
