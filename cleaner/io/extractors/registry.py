"""The extractors there are, and the article of a page by one of them.

To add an extractor, write its module beside this one and add a line to the list below.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from cleaner.errors import CleanerError, ExtractionError
from cleaner.io.extractors.base import Article, Extractor
from cleaner.io.extractors.page_lines import read_page_lines
from cleaner.io.extractors.resiliparse import Resiliparse
from cleaner.io.extractors.trafilatura import FastTrafilatura, Trafilatura
from cleaner.model import NO_PAGE, DocumentInfo
from cleaner.text.decoding import decode

__all__ = ["DEFAULT_EXTRACTOR", "EXTRACTORS", "check_extractor", "extract", "extractor_named"]

_ALL: tuple[Extractor, ...] = (
    Trafilatura(),
    FastTrafilatura(),
    Resiliparse(),
)

EXTRACTORS: Mapping[str, Extractor] = MappingProxyType({extractor.name: extractor for extractor in _ALL})
"""The extractors by name, the default one first."""

DEFAULT_EXTRACTOR = _ALL[0].name


def extractor_named(name: str) -> Extractor:
    """The extractor of a name.

    Raises:
        CleanerError: there is none.
    """
    if name not in EXTRACTORS:
        raise CleanerError(f"unknown extractor {name!r}; choose one of {', '.join(EXTRACTORS)}")
    return EXTRACTORS[name]


def check_extractor(name: str) -> None:
    """Raise a CleanerError when there is no extractor of this name."""
    extractor_named(name)


def extract(page: bytes | str, url: str = "", extractor: str = DEFAULT_EXTRACTOR, page_lines: bool = False) -> Article:
    """The article of a page, and what the page says about it.

    A page without a single tag is a plain text: it comes back as it is, with nothing known about it but the ``url``.

    Args:
        page: the page as bytes in any encoding, or decoded.
        url: its address, where it is known. It is preferred to the one that the page names.
        extractor: the name of one of :data:`EXTRACTORS`.
        page_lines: whether the article comes with what the page says about its lines: links, elements, lists.

    Raises:
        DecodingError: the page is not text.
        ExtractionError: no article was found.
        CleanerError: there is no such extractor, or it is not installed.

    >>> extract("The council met on Tuesday, and 3 < 4.").text
    'The council met on Tuesday, and 3 < 4.'
    """
    chosen = extractor_named(extractor)
    encoding = ""
    flags: tuple[str, ...] = ()
    if isinstance(page, bytes):
        decoded = decode(page, html=True)
        page, encoding, flags = decoded.text, decoded.encoding, decoded.flags
    if _is_plain(page):
        return Article(page, DocumentInfo(url=url), encoding, flags)
    text, info = chosen.extract(page, url)
    if not text:
        raise ExtractionError("no article found in the page; look at it, or leave it out with --exclude")
    info = replace(info, url=url or info.url, page=read_page_lines(page) if page_lines else NO_PAGE)
    return Article(text.rstrip("\n") + "\n", info, encoding, flags)


# What may stand between < and > in a tag; "<3", "a < b" and "<ann@example.com>" are text.
_TAG = re.compile(r"<(?:!--|!doctype\b|\?xml\b|/?[a-z][\w:.-]*(?:\s[^<>]*)?/?>)", re.IGNORECASE)


def _is_plain(page: str) -> bool:
    # In a real page the search ends at its first characters.
    return _TAG.search(page) is None and not page.isspace() and page != ""
