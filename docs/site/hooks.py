"""What MkDocs does besides: it fills pages from code and takes in the pages that lie beside this folder."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

ROOT = Path(__file__).resolve().parent.parent.parent
if str(ROOT) not in sys.path:  # the command mkdocs does not put the working directory there, as python -m does
    sys.path.insert(0, str(ROOT))

from docs.site import article, catalogue, keys, layers, links, notebook  # noqa: E402

_BESIDE = {"contributing.md": "CONTRIBUTING.md", "changelog.md": "CHANGELOG.md", "security.md": "SECURITY.md"}
_NOTEBOOK = "tutorials/data-frame.md"

_FILLERS: dict[str, Callable[[], str]] = {
    "<!-- filled: catalogue -->": catalogue.table,
    "<!-- filled: rule keys -->": lambda: keys.tables("rules"),
    "<!-- filled: configuration keys -->": lambda: keys.tables("config"),
    "<!-- filled: zones -->": lambda: article.picture(
        ROOT / "examples" / "articles" / "en.txt",
        "The zones of an article. Lines of prose have a background. What is struck through goes, by the rule there.",
    ),
    "<!-- filled: example -->": lambda: article.picture(
        ROOT / "examples" / "bridge.txt",
        "What goes from an article, and by which rule. The site draws it while it is built.",
    ),
    "<!-- filled: notebook -->": lambda: notebook.page(ROOT / "examples" / "notebook" / "data_frame.ipynb"),
}


def on_files(files: Files, config: Any) -> Files:
    """Take in the pages that lie beside the folder of the documentation."""
    for uri, name in _BESIDE.items():
        text = links.from_root((ROOT / name).read_text(encoding="utf-8"), _BESIDE)
        files.append(File.generated(config, uri, content=text))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Fill the marked places of a page, draw its picture, and lead its links to pages of the site."""
    for marker, filler in _FILLERS.items():
        if marker in markdown:
            markdown = markdown.replace(marker, filler())
    return links.in_site(layers.drawn(markdown), page.file.src_uri, _BESIDE)
