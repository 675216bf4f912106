"""What the tests of pages share: a real browser, and pages on articles of our own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import cycle, islice
from typing import TYPE_CHECKING, NamedTuple

import pytest

from cleaner import Cleaner
from cleaner.authoring.golden import builtin_golden_dir, golden_cases
from cleaner.io.problems import Problem
from cleaner.model import DocumentInfo
from cleaner.pipeline import CleanResult
from cleaner.report.data import Heading, PageBuilder, PageData
from cleaner.report.documents import Document, document_of_result
from cleaner.report.page import render
from cleaner.report.totals import Totals

if TYPE_CHECKING:
    from playwright.sync_api import Browser

__all__ = ["HOSTILE", "DocumentsSource", "Sample", "chromium", "documents", "page_of", "samples"]

_ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_SITES = ("riverpost.example", "hill-news.example", "ember-times.example", "tagblatt.example", "gazette.example")

HOSTILE = (
    "The council's page was broken into on Tuesday, and this is what stood on it the next morning.\n\n"
    "<script>window.hacked = 1</script>\n\n"
    '<img src=x onerror="window.hacked = 1"> <a href="javascript:window.hacked=1">javascript:window.hacked=1</a>\n\n'
    "</script></style></template><!-- --> ]]> <b>never closed <i><svg onload=window.hacked=1>\n\n"
    "${window.hacked = 1} {{window.hacked = 1}} \u2028 \u202egnp.exe \u0000 the mayor said, and closed the page.\n\n"
    "Follow us on:\n"
)
"""An article full of what must stay text."""


class Sample(NamedTuple):
    """An article of our own, and what a cleaner makes of it."""

    info: DocumentInfo
    result: CleanResult


@cache
def samples() -> tuple[Sample, ...]:
    """The texts of every third golden case, with a site for each."""
    cleaner = Cleaner()
    found = []
    for case, site in zip(golden_cases(builtin_golden_dir())[::3], cycle(_SITES), strict=False):
        path = case.folder / "input.txt"
        if not path.exists():
            continue
        known = case.document
        title = known.title or case.name.replace("-", " ")
        info = DocumentInfo(title, known.url or f"https://{site}/{case.name}", known.author, known.date, site)
        found.append(Sample(info, cleaner.clean(path.read_bytes(), title, info.url, site=site)))
    return tuple(found)


def documents(count: int) -> Iterator[Document]:
    """As many documents as wanted; they repeat, under other names. The last one is hostile."""
    for number, sample in enumerate(islice(cycle(samples()), count - 1), 1):
        yield document_of_result(f"articles/{number:05}.txt", sample.result, sample.info, sample.info.site)
    hostile = DocumentInfo(title="<script>window.hacked = 1</script>", url="javascript:window.hacked=1")
    yield document_of_result('"><script>window.hacked=1</script>', Cleaner().clean(HOSTILE), hostile, "evil.example")


class DocumentsSource:
    """Documents that are there already, as a review takes them."""

    def __init__(self, found: list[Document]) -> None:
        self._found = found

    def page_data(self, heading: Heading) -> tuple[PageData, list[Problem]]:
        """The data of a page on them."""
        totals, builder = Totals(), PageBuilder(Cleaner().rules)
        for document in self._found:
            totals.add(document)
            builder.add(document)
        return builder.finish(totals, heading), []

    def documents(self) -> Iterator[Document]:
        """The documents."""
        return iter(self._found)

    def problems(self) -> list[Problem]:
        """None."""
        return []


def page_of(found: list[Document]) -> bytes:
    """A report on documents."""
    data, _ = DocumentsSource(found).page_data(Heading(source="articles"))
    return render(data, "What was removed")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium without a window. Where it or Playwright is missing, the test is skipped and the reason says why."""
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="no Playwright here: pip install 'article-cleaner[browser]'"
    )
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("no Chromium here: apt-get install chromium")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=list(_ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()
