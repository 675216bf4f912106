"""A picture of an article: each line with its zone, and what goes struck through, with the rule that takes it."""

from __future__ import annotations

from html import escape
from pathlib import Path

from cleaner import Cleaner
from cleaner.authoring.explain import LineExplanation, explain_line
from cleaner.model import DocumentInfo

__all__ = ["picture"]


def picture(path: Path, caption: str) -> str:
    """The figure as HTML, made by cleaning the file with the built-in rules.

    Lines that stay whole are shortened by the style and not here, so that they can be searched.
    """
    text, cleaner = path.read_text(encoding="utf-8"), Cleaner()
    numbers = [number for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    lines = "\n".join(_line(explain_line(cleaner, text, DocumentInfo(), number)) for number in numbers)
    return f'<figure class="article">\n{lines}\n<figcaption>{escape(caption)}</figcaption>\n</figure>'


def _line(line: LineExplanation) -> str:
    shown = escape(line.text.strip())
    if line.fate == "removed":
        shown = f"<del>{shown}</del> <code>{escape(line.rule)}</code>"
    prose = " prose" if line.is_prose else ""
    return f'<p class="{line.zone}{prose}"><small>{line.zone}</small><span dir="auto">{shown}</span></p>'
