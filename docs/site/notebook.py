"""A notebook as a page: its cells, and the outputs that are stored in it. Nothing is run."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

__all__ = ["page"]

Cell = Mapping[str, Any]


def page(path: Path) -> str:
    """The cells of a notebook as Markdown; outputs are HTML where a cell has some, and else text."""
    return "\n\n".join(part for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] for part in _parts(cell))


def _parts(cell: Cell) -> Iterator[str]:
    source = "".join(cell["source"])
    if cell["cell_type"] == "markdown":
        yield source
        return
    yield f"```python\n{source}\n```"
    for output in cell["outputs"]:
        data = output.get("data", {})
        if "text/html" in data:
            yield f'<div class="output">{"".join(data["text/html"])}</div>'
        elif text := "".join(data.get("text/plain", output.get("text", ""))).rstrip():
            yield f"```text\n{text}\n```"
