"""An extension of griffe: docstrings as Markdown. Doctests become blocks of code, roles of Sphinx become code."""

from __future__ import annotations

import re
from typing import Any

from griffe import Extension, Object

__all__ = ["MarkdownDocstrings", "as_markdown"]

_EXAMPLE = re.compile(r"^( *)>>> .*(?:\n\1(?=\S).*)*", re.MULTILINE)
_ROLE = re.compile(r":(?:attr|class|func|meth|mod):(?=`)")


def as_markdown(docstring: str) -> str:
    """A docstring whose doctests stand in fences; one ends at the next blank line.

    >>> as_markdown("See :func:`add`.\\n\\n>>> 1 + 1\\n2\\n\\nSo it does.")
    'See `add`.\\n\\n```pycon\\n>>> 1 + 1\\n2\\n```\\n\\nSo it does.'
    """
    plain = _ROLE.sub("", docstring)
    return _EXAMPLE.sub(lambda found: f"{found[1]}```pycon\n{found[0]}\n{found[1]}```", plain)


class MarkdownDocstrings(Extension):
    """Rewrites the docstring of every object before it is parsed."""

    def on_object(self, *, obj: Object, **_: Any) -> None:
        if obj.docstring is not None:
            obj.docstring.value = as_markdown(obj.docstring.value)
