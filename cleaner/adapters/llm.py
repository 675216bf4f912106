"""llm, the command of Simon Willison: a tool that cleans a text, and fragments that are clean.

``llm -T clean_text`` gives the tool to a model. ``llm -f clean:article.html`` adds the clean text of a file or a page
to a prompt. The package registers both when it is installed beside ``llm``.
"""

# Without `from __future__ import annotations`: llm shows the signature of the tool.

from functools import cache
from typing import Any

from cleaner.adapters.base import clean_row, engine
from cleaner.adapters.plain import plain_cleaner
from cleaner.authoring.source import read_source
from cleaner.errors import CleanerError
from cleaner.model import DocumentInfo

with engine("llm"):
    import llm

__all__ = ["clean_text", "load_clean", "register_fragment_loaders", "register_tools"]

_cleaner = cache(plain_cleaner)


def clean_text(text: str, title: str = "", url: str = "", profile: str = "default") -> str:
    """Remove the scraps from the text of an article ("Follow us on:", "3 MIN READ", photo credits, related links) and
    repair its encoding. Returns the clean text. The title and url of the article help to find lines that repeat them.
    The profile is default, facts (remove less), strict or thorough (remove more).
    """
    try:
        cleaner = _cleaner(profile=profile)
    except CleanerError as error:
        return f"Error: {error}"  # a model can read it, and try again
    return clean_row(text, DocumentInfo(title, url), cleaner).text or ""


def load_clean(argument: str) -> llm.Fragment:
    """The clean text of a file: of a text, of the article of an HTML page, or of a row, as in rows.jsonl:12."""
    source = read_source(argument)  # llm prints the message of its errors
    return llm.Fragment(clean_row(source.text, source.info, _cleaner()).text or "", f"clean:{argument}")


@llm.hookimpl  # type: ignore[untyped-decorator]
def register_tools(register: Any) -> None:
    """Called by ``llm``."""
    register(clean_text)


@llm.hookimpl  # type: ignore[untyped-decorator]
def register_fragment_loaders(register: Any) -> None:
    """Called by ``llm``."""
    register("clean", load_clean)
