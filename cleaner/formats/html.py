"""Articles out of HTML pages, by one of several extractors."""

from __future__ import annotations

import itertools
import logging
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from cleaner.decoding import decode
from cleaner.errors import CleanerError, ExtractionError
from cleaner.model import Document

if TYPE_CHECKING:
    from resiliparse.parse.html import HTMLTree

__all__ = ["DEFAULT_EXTRACTOR", "EXTRACTORS", "SUFFIXES", "Extracted", "check_extractor", "extract"]

SUFFIXES = (".html", ".htm")

Extracted = tuple[str, Document, str]
"""The text of an article, what its page says about it, and the encoding of the page."""

_Found = tuple[str, Mapping[str, str]]
_PAGES_PER_RESET = 500
_pages = itertools.count(1)


def extract(page: bytes | str, url: str = "", extractor: str = "trafilatura") -> Extracted:
    """The article of a page: its text, what the page says about it, and the page's encoding.

    ``extractor`` is one of :data:`EXTRACTORS`. Comments are left out. trafilatura's own removal of repeated lines
    stays off: it remembers lines across pages, so its result would depend on the order of the files. A page without
    a single tag is a plain text and comes back as it is, with nothing known about it but the ``url``.

    Raises:
        DecodingError: the page is not text.
        ExtractionError: no article was found.
        CleanerError: there is no such extractor, or it is not installed.

    >>> extract("The council met on Tuesday, and 3 < 4.")[0]
    'The council met on Tuesday, and 3 < 4.'
    """
    check_extractor(extractor)
    encoding = ""
    if isinstance(page, bytes):
        decoded = decode(page, html=True)
        page, encoding = decoded.text, decoded.encoding
    if _is_plain(page):
        return page, Document(url=url), encoding
    text, fields = EXTRACTORS[extractor](page, url)
    if not text:
        raise ExtractionError("no article found in the page; look at it, or leave it out with --exclude")
    document = Document(fields["title"], url or fields["url"], fields["author"], fields["date"], fields["site"])
    return text.rstrip("\n") + "\n", document, encoding


def check_extractor(name: str) -> None:
    """Raise a CleanerError when there is no extractor of this name."""
    if name not in EXTRACTORS:
        raise CleanerError(f"unknown extractor {name!r}; there are {', '.join(EXTRACTORS)}")


# What may stand between < and > in a tag; "<3", "a < b" and "<ann@example.com>" are text.
_TAG = re.compile(r"<(?:!--|!doctype\b|\?xml\b|/?[a-z][\w:.-]*(?:\s[^<>]*)?/?>)", re.IGNORECASE)


def _is_plain(page: str) -> bool:
    # In a real page the search ends at its first characters.
    return _TAG.search(page) is None and not page.isspace() and page != ""


def _trafilatura(page: str, url: str) -> _Found:
    return _by_trafilatura(page, url, fast=False)


def _trafilatura_fast(page: str, url: str) -> _Found:
    return _by_trafilatura(page, url, fast=True)


def _by_trafilatura(page: str, url: str, fast: bool) -> _Found:
    # trafilatura costs half a second to import; folders of plain text never need it.
    from trafilatura import bare_extraction
    from trafilatura.meta import reset_caches

    if next(_pages) % _PAGES_PER_RESET == 0:
        reset_caches()  # they keep lines and addresses of earlier pages, which never come again
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # its warnings name no file
    found = bare_extraction(
        page, url=url or None, fast=fast, include_comments=False, deduplicate=False, with_metadata=True
    )
    names = {"title": "title", "url": "url", "author": "author", "date": "date", "site": "sitename"}
    fields = {name: str(getattr(found, attribute, None) or "") for name, attribute in names.items()}
    return str(getattr(found, "text", None) or ""), fields


# trafilatura's metadata are better, but take seven times as long as all of resiliparse.
_META = {
    "title": ("og:title", "twitter:title", "dc.title"),
    "url": ("og:url",),
    "author": ("author", "article:author", "dc.creator", "parsely-author", "sailthru.author"),
    "date": ("article:published_time", "datepublished", "dc.date", "date", "parsely-pub-date", "sailthru.date"),
    "site": ("og:site_name", "application-name"),
}
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _resiliparse(page: str, url: str) -> _Found:
    try:
        from resiliparse.extract.html2text import extract_plain_text
        from resiliparse.parse.html import HTMLTree
    except ImportError:
        raise CleanerError(
            "the extractor resiliparse is not installed; pip install 'article-cleaner[resiliparse]'"
        ) from None
    tree = HTMLTree.parse(page)
    fields = _fields(tree)
    return str(extract_plain_text(tree, main_content=True, comments=False)).strip("\n"), fields


def _fields(tree: HTMLTree) -> dict[str, str]:
    """What the head of a page says, by the names that most sites use; "" for what it does not."""
    said = _said(tree)
    fields = {name: next((said[key] for key in keys if said.get(key)), "") for name, keys in _META.items()}
    fields["title"] = fields["title"] or " ".join((tree.title or "").split())
    if _ADDRESS.match(fields["author"]):  # article:author is often the address of a profile
        fields["author"] = ""
    if not _ADDRESS.match(fields["url"]):
        fields["url"] = ""
    day = _DAY.match(fields["date"])
    fields["date"] = day[0] if day else ""
    return fields


def _said(tree: HTMLTree) -> dict[str, str]:
    """The first content of each <meta>, by its property, name or itemprop in lower case."""
    said: dict[str, str] = {}
    # values(), since each step of walking the collection itself runs the query again.
    for meta in tree.document.query_selector_all("meta").values() if tree.document else ():
        key = meta.getattr("property") or meta.getattr("name") or meta.getattr("itemprop") or ""
        content = " ".join((meta.getattr("content") or "").split())
        if key and content:
            said.setdefault(key.strip().lower(), content)
    return said


DEFAULT_EXTRACTOR = "trafilatura"
EXTRACTORS: Mapping[str, Callable[[str, str], _Found]] = MappingProxyType(
    {"trafilatura": _trafilatura, "trafilatura-fast": _trafilatura_fast, "resiliparse": _resiliparse}
)
"""How articles are taken out of pages: functions of a page and its address, by name."""
