"""The extractor trafilatura, in its thorough and in its fast mode."""

from __future__ import annotations

import itertools
import logging
from contextlib import suppress
from typing import ClassVar

from cleaner.io.extractors.base import Extractor
from cleaner.model import DocumentInfo

__all__ = ["FastTrafilatura", "Trafilatura"]


class Trafilatura(Extractor):
    """Reads with trafilatura, which compares several algorithms.

    trafilatura's own removal of repeated lines stays off: it remembers lines across pages, so its result would depend
    on the order of the files.

    Args:
        pages_per_reset: how many pages to read before the caches of trafilatura are emptied. They keep lines and
            addresses of earlier pages, which do not come again.
    """

    name = "trafilatura"
    fast: ClassVar[bool] = False

    def __init__(self, pages_per_reset: int = 500) -> None:
        self._pages_per_reset = pages_per_reset
        self._pages = itertools.count(1)

    def extract(self, page: str, url: str) -> tuple[str, DocumentInfo]:
        # trafilatura takes half a second to import, and folders of plain text never need it.
        from trafilatura import bare_extraction
        from trafilatura.meta import reset_caches

        if next(self._pages) % self._pages_per_reset == 0:
            reset_caches()
        logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # its warnings name no file
        found = bare_extraction(
            page, url=url or None, fast=self.fast, include_comments=False, deduplicate=False, with_metadata=True
        )
        names = ("title", "url", "author", "date", "sitename")
        title, address, author, date, site = (str(getattr(found, name, None) or "") for name in names)
        return str(getattr(found, "text", None) or ""), DocumentInfo(title, address, author, date, site)

    def warm_up(self) -> None:
        with suppress(ImportError):
            import trafilatura  # noqa: F401


class FastTrafilatura(Trafilatura):
    """The same without the fallbacks that trafilatura tries on hard pages."""

    name = "trafilatura-fast"
    fast = True
