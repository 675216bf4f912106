"""Renew the pictures of the pages: ``python -m docs.generate_pictures``. It needs Chromium, and ``.[browser]``.

The articles are our own: examples and golden cases. The browser is that of the tests in ``tests/report``.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Literal, NamedTuple

from cleaner import Cleaner
from cleaner.authoring.golden import builtin_golden_dir, golden_cases
from cleaner.model import DocumentInfo
from cleaner.report.documents import Document, document_of_result
from cleaner.review.page import ReviewPage
from cleaner.review.server import ReviewServer
from cleaner.review.verdicts import Verdict, VerdictFile
from tests.report.browser import DocumentsSource, chromium, page_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FOLDER = Path(__file__).resolve().parent / "pictures"
EXAMPLE = FOLDER.parent.parent / "examples" / "bridge.txt"
_SITES = ("riverpost.example", "hill-news.example", "ember-times.example", "tagblatt.example", "gazette.example")
_JUDGED = 120


class Picture(NamedTuple):
    """A picture: what is shown of which page, in which size and colours."""

    name: str
    view: str
    width: int
    height: int
    scheme: str = "light"


PICTURES = (
    Picture("overview", "/", 1120, 800),
    Picture("document", "/documents?doc=0", 1100, 660),
    Picture("document-dark", "/documents?doc=0", 1100, 660, "dark"),
    Picture("phone", "/documents?doc=0", 360, 720),
)


def documents() -> list[Document]:
    """The example of the README, and the golden cases."""
    cleaner = Cleaner()
    info = DocumentInfo(title="Newford closes its old bridge for three months", url="https://riverpost.example/bridge")
    result = cleaner.clean(EXAMPLE.read_bytes(), info.title, info.url, site="River Post")
    found = [document_of_result("examples/bridge.txt", result, info, "riverpost.example")]
    for case, site in zip(golden_cases(builtin_golden_dir()), cycle(_SITES), strict=False):
        path = case.folder / "input.txt"
        if path.exists():
            known = DocumentInfo(case.document.title, f"https://{site}/{case.name}")
            result = cleaner.clean(path.read_bytes(), known.title, known.url)
            named = document_of_result(f"articles/{case.name}.txt", result, known, site)
            language = case.settings.get("language", "")
            found.append(replace(named, language=language))
    return found


@contextmanager
def review(found: list[Document], folder: Path) -> Iterator[str]:
    """The address of a review with some verdicts."""
    file = VerdictFile(folder / "verdicts.jsonl")
    page = ReviewPage(DocumentsSource(found), file)
    for number, one in enumerate(found[:_JUDGED]):
        for edit, piece in zip(one.edits, one.pieces, strict=True):
            said: Literal["right", "wrong"] = "wrong" if number % 9 == 7 else "right"
            page.take(
                Verdict(
                    document=one.name,
                    kind="removal",
                    start=edit.start,
                    end=edit.end,
                    text=piece,
                    rule=edit.rule,
                    verdict=said,
                )
            )
    with ReviewServer(page.render, page.take) as server:
        thread = Thread(target=server.serve, daemon=True)
        thread.start()
        try:
            yield server.url
        finally:
            server.stop()
            thread.join()


def take(browser: Browser, address: str, picture: Picture) -> None:
    """Take a picture of a page."""
    size = {"width": picture.width, "height": picture.height}
    page = browser.new_page(viewport=size, color_scheme=picture.scheme)  # type: ignore[arg-type]
    page.goto(f"{address}#{picture.view}")
    page.wait_for_selector("body[data-ready]")
    page.wait_for_selector(".page h1, #reader .mark")
    if "edit" not in picture.view and page.locator("#reader .mark").count():
        page.locator("#reader .mark").nth(0).hover()
    page.wait_for_timeout(300)
    page.screenshot(path=FOLDER / f"{picture.name}.png")
    page.close()


def main() -> None:
    """Take all pictures."""
    FOLDER.mkdir(exist_ok=True)
    found = documents()
    with tempfile.TemporaryDirectory() as name, chromium() as browser:
        report = Path(name) / "report.html"
        report.write_bytes(page_of(found))
        for picture in PICTURES:
            take(browser, report.as_uri(), picture)
        with review(found, Path(name)) as url:
            take(browser, url, Picture("review", "/documents?doc=0&edit=3", 1100, 660))


if __name__ == "__main__":
    main()
