"""The picture of the layers without Mermaid, which browsers would load from the network: a list, drawn by the style."""

from __future__ import annotations

import re
from html import escape

__all__ = ["drawn"]

_PICTURE = re.compile(r"```mermaid\n(.*?)```", re.DOTALL)
_NODE = re.compile(r'^\s*(\w+)\["(.*)"\]', re.MULTILINE)
_PARTS = re.compile(r"<b>(.*?)</b>(?:<br>)?(.*)")
_CLASSES = re.compile(r"^\s*class ([\w,]+) (\w+)", re.MULTILINE)


def drawn(markdown: str) -> str:
    """The page with each flowchart of Mermaid as a list from the top layer to the lowest.

    >>> drawn('```mermaid\\nflowchart TB\\n  a["<b>a</b><br>the top"]\\n  a --> b\\n  class a pure\\n```')
    '<ol class="layers">\\n<li class="pure"><strong>a</strong> the top</li>\\n</ol>'
    """
    return _PICTURE.sub(lambda found: _list(found[1]), markdown)


def _list(flowchart: str) -> str:
    kinds = {name: kind for names, kind in _CLASSES.findall(flowchart) for name in names.split(",")}
    items = []
    for name, label in _NODE.findall(flowchart):
        parts = _PARTS.fullmatch(label)
        if parts is None:
            raise ValueError(f"a node of the picture is not <b>name</b><br>text: {label!r}")
        kind = f' class="{kinds[name]}"' if name in kinds else ""
        items.append(f"<li{kind}><strong>{escape(parts[1])}</strong> {escape(parts[2])}</li>")
    return "\n".join(['<ol class="layers">', *items, "</ol>"])
