"""Tools of other people that benchmarks/speed.py compares the cleaner with, if they are installed."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable

import ftfy

__all__ = ["FTFY", "peers"]

FTFY = "ftfy.fix_text"


def peers() -> dict[str, Callable[[str], object]]:
    """Functions that do something to a text, by the names of the tools.

    ``pip install datatrove spacy clean-text winnow-md`` brings those that are missing.
    """
    found: dict[str, Callable[[str], object]] = {FTFY: ftfy.fix_text}
    if importlib.util.find_spec("datatrove"):
        from datatrove.pipeline.formatters import FTFYFormatter

        found["datatrove's FTFYFormatter"] = FTFYFormatter().format
        if importlib.util.find_spec("spacy"):  # which the filter parts sentences with
            from datatrove.data import Document
            from datatrove.pipeline.filters import C4QualityFilter

            c4 = C4QualityFilter()
            found["datatrove's C4 filter"] = lambda text: c4.filter(Document(text=text, id="0"))
    if importlib.util.find_spec("cleantext"):
        import cleantext

        found["clean-text"] = cleantext.clean
    if importlib.util.find_spec("winnow"):
        import winnow

        if hasattr(winnow, "clean"):  # other packages have the name, too
            found["winnow-md"] = winnow.clean
    return found
