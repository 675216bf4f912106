"""Write the generated parts of docs/architecture.md: ``python -m docs.generate_architecture``.

The picture of the layers comes from ``tests/layers.py``. The table of modules comes from the first line of each
docstring.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.layers import LAYERS, PURE

PAGE = Path(__file__).resolve().parent / "architecture.md"
PACKAGE = PAGE.parent.parent / "cleaner"
_PART = re.compile(r"(<!-- generated: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def page(current: str) -> str:
    """The page with its generated parts made anew; the text around them stays."""
    parts = {"picture": _picture, "modules": _modules}
    return _PART.sub(lambda found: f"{found[1]}\n{parts[found[2]]()}\n{found[3]}", current)


def _layers() -> list[str]:
    """The layers that the package has, highest first."""
    return [name for name in reversed(LAYERS) if (PACKAGE / name).is_dir() or (PACKAGE / f"{name}.py").is_file()]


def _picture() -> str:
    """A Mermaid chart: one box for each layer, and an arrow to the next layer below."""
    packages = [name for name in _layers() if not name.startswith(("__", "pytest"))]
    boxes = [f'  {name}["<b>{name}</b><br>{LAYERS[name]}"]' for name in packages]
    arrows = "  " + " --> ".join(packages)
    pure = f"  class {','.join(name for name in packages if name in PURE)} pure"
    return "\n".join(
        ["```mermaid", "flowchart TB", *boxes, arrows, "  classDef pure fill:#dfd,color:#000", pure, "```", ""]
    )


def _modules() -> str:
    rows = ["| module | what it does |", "| --- | --- |"]
    for name in _layers():
        rows.append(f"| **`{name}`** | {LAYERS[name]} |")
        for path in sorted((PACKAGE / name).rglob("*.py")):
            summary = _summary(path)
            if summary:
                inner = path.relative_to(PACKAGE / name).with_suffix("").as_posix().removesuffix("/__init__")
                rows.append(f"| `{name}/{inner}` | {summary} |")
    return "\n".join(rows) + "\n"


def _summary(path: Path) -> str:
    """The first line of a module's docstring as Markdown; "" for the package of a layer and where there is none."""
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    if path.name == "__init__.py" and path.parent.parent == PACKAGE:
        return ""
    first = docstring.partition("\n\n")[0].replace("\n", " ")
    return first.replace("``", "`").replace(":mod:", "").replace(":func:", "").replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
