"""Articles out of pages: the extractors, plain text among pages, and the guard against pages that hang or crash."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path

import pytest

from cleaner.errors import CleanerError, DecodingError, ExtractionError
from cleaner.formats import html
from cleaner.formats.guarded import GuardedExtractor
from cleaner.formats.html import DEFAULT_EXTRACTOR, EXTRACTORS, Extracted, extract
from cleaner.model import Document

PROSE = (
    "The ferry across the Ember stays in the harbour until Friday, because the ice has damaged its rudder badly.",
    "Two hundred commuters now take the bus over the northern bridge, which adds half an hour to their way to work.",
    "The harbour master said on Monday that a diver would look at the hull as soon as the wind had gone down a bit.",
    "A spare rudder lies in the yard at Newford, where it was left after the last repair eleven winters ago.",
)
HEAD = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Ferry waits for the ice | River Post</title>
<meta property="og:title" content="Ferry waits for the ice"><meta name="author" content="Ann Hollis">
<meta property="og:site_name" content="River Post"><meta property="og:url" content="https://river.example/ferry">
<meta property="article:published_time" content="2026-01-12T08:30:00+00:00"></head>"""
PAGE = f"""{HEAD}<body><nav><ul><li><a href="/">Home</a></li><li><a href="/weather">Weather</a></li></ul></nav>
<main><article><h1>Ferry waits for the ice</h1>{"".join(f"<p>{line}</p>" for line in PROSE)}</article>
<section class="comments" id="comments"><p>I have been saying for years that they should paint it green.</p></section>
</main><footer><p>Imprint</p></footer></body></html>"""


@pytest.fixture(params=sorted(EXTRACTORS))
def extractor(request: pytest.FixtureRequest) -> str:
    name = str(request.param)
    if name == "resiliparse":
        pytest.importorskip("resiliparse")
    return name


# The extractors


def test_the_article_without_navigation_and_comments(extractor: str) -> None:
    text, document, encoding = extract(PAGE.encode(), "", extractor)
    assert [line in text for line in PROSE] == [True] * len(PROSE)
    assert [scrap for scrap in ("Weather", "paint it green", "Imprint") if scrap in text] == []
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert encoding == "utf-8"
    assert document == Document(
        title="Ferry waits for the ice",
        url="https://river.example/ferry",
        author="Ann Hollis",
        date="2026-01-12",
        site="River Post",
    )


def test_a_known_address_wins(extractor: str) -> None:
    assert extract(PAGE, "https://mirror.example/a", extractor)[1].url == "https://mirror.example/a"


@pytest.mark.parametrize("page", ["", " \n", "<html></html>", "<p></p>"])
def test_no_article(page: str, extractor: str) -> None:
    with pytest.raises(ExtractionError, match="no article found"):
        extract(page, "", extractor)


def test_a_bare_head_is_enough_for_resiliparse() -> None:
    pytest.importorskip("resiliparse")
    page = PAGE.replace(
        HEAD, '<title>\n Ferry  waits\n</title><meta name="article:author" content="https://a.example">'
    )
    document = extract(page, "", "resiliparse")[1]
    assert document == Document(title="Ferry waits")


def test_unknown_extractor() -> None:
    with pytest.raises(CleanerError, match="'readability'; there are trafilatura, trafilatura-fast, resiliparse"):
        extract(PAGE, "", "readability")
    with pytest.raises(CleanerError, match="'readability'"):
        GuardedExtractor(extractor="readability")


def test_extractor_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resiliparse.extract.html2text", None)
    with pytest.raises(CleanerError, match=r"article-cleaner\[resiliparse\]"):
        extract(PAGE, "", "resiliparse")


def test_caches_are_emptied_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "_PAGES_PER_RESET", 2)
    resets: list[int] = []
    monkeypatch.setattr("trafilatura.meta.reset_caches", lambda: resets.append(1))
    for _ in range(6):
        extract(PAGE)
    assert len(resets) == 3


# Plain text


@pytest.mark.parametrize(
    "text",
    [
        "\n\n".join(PROSE),
        "One line",
        "It was < 3 degrees and > 20 knots; i<3u, x <y. Write to <ann@river.example>.\n",
        "An unfinished <b",
    ],
)
def test_plain_text_is_itself(text: str, extractor: str) -> None:
    assert extract(text.encode(), "", extractor) == (text, Document(), "utf-8")


@pytest.mark.parametrize("tag", ["<br>", "<BR/>", "<!-- x -->", "</p>", '<p class="a">', "<o:p>", "<!DOCTYPE html>"])
def test_one_tag_makes_a_page(tag: str) -> None:
    assert not html._is_plain("Short. " + tag)


def test_looking_for_tags_takes_linear_time() -> None:
    start = time.perf_counter()
    extract("<a " * 300_000)
    assert time.perf_counter() - start < 1


# The guard


def scripted(page: bytes | str, url: str, extractor: str) -> Extracted:
    """An extractor that does what the page says."""
    if page == "hang":
        time.sleep(60)
    if page == "crash":
        os._exit(3)
    if page == "fail":
        raise ValueError("a bug")
    if page == "no article":
        raise ExtractionError("no article found")
    if page == "binary":
        raise DecodingError("binary")
    if page == "missing":
        raise CleanerError("install it")
    if page == "process":
        return str(os.getpid()), Document(), ""
    return str(page), Document(url=url), extractor


@pytest.fixture(scope="module")
def guard() -> Iterator[GuardedExtractor]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(Path(__file__).resolve().parent.parent)  # the child imports `scripted` from here
        with GuardedExtractor(0.3, function=scripted) as guard:
            yield guard


def works(guard: GuardedExtractor) -> bool:
    return guard.extract("next", "u") == ("next", Document(url="u"), DEFAULT_EXTRACTOR)


@pytest.mark.parametrize(
    ("page", "kind", "message"),
    [
        ("no article", ExtractionError, "no article found"),
        ("binary", DecodingError, "binary"),
        ("missing", CleanerError, "install it"),
    ],
)
def test_errors_cross_over(guard: GuardedExtractor, page: str, kind: type[CleanerError], message: str) -> None:
    before = guard.extract("process")[0]
    with pytest.raises(kind) as caught:
        guard.extract(page)
    assert (type(caught.value), str(caught.value)) == (kind, message)
    assert works(guard)
    assert guard.extract("process")[0] == before


def test_a_bug_is_the_error_of_its_page(guard: GuardedExtractor) -> None:
    with pytest.raises(ExtractionError, match=r"failed \(ValueError: a bug\); .*--exclude"):
        guard.extract("fail")
    assert works(guard)


@pytest.mark.parametrize(
    ("page", "message"),
    [("hang", r"took longer than 0\.3 s; .*--exclude"), ("crash", "the extractor crashed; .*--exclude")],
)
def test_the_page_after_a_lost_one(guard: GuardedExtractor, page: str, message: str) -> None:
    before = guard.extract("process")[0]
    start = time.perf_counter()
    with pytest.raises(ExtractionError, match=message):
        guard.extract(page)
    assert works(guard)
    assert time.perf_counter() - start < 5
    assert guard.extract("process")[0] != before


def test_a_child_that_died_between_pages(guard: GuardedExtractor) -> None:
    works(guard)
    assert guard._child is not None
    guard._child.kill()
    guard._child.join()
    assert works(guard)


def test_large_pages_and_threads(guard: GuardedExtractor) -> None:
    pages = [str(number) * 1_000_000 for number in range(8)]
    found = [""] * len(pages)

    def run(number: int) -> None:
        found[number] = guard.extract(pages[number])[0]

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(pages))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == pages


def test_closing_twice_and_going_on(guard: GuardedExtractor) -> None:
    guard.close()
    guard.close()
    assert guard._child is None
    assert works(guard)


@pytest.mark.slow
def test_the_same_with_and_without_a_guard(extractor: str) -> None:
    with GuardedExtractor(extractor=extractor) as guard:
        assert guard.extract(PAGE.encode(), "https://a.example") == extract(
            PAGE.encode(), "https://a.example", extractor
        )


_guard: GuardedExtractor | None = None


def extract_in_worker(page: str) -> str:
    """What a worker of the runner does: the guard is made with the first page."""
    global _guard
    if _guard is None:
        _guard = GuardedExtractor(0.3, function=scripted)
    try:
        return _guard.extract(page)[0]
    except ExtractionError as error:
        return str(error).partition(";")[0]


@pytest.mark.slow
@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_in_the_workers_of_a_pool(method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if method == "fork" and sys.platform in ("win32", "darwin"):
        pytest.skip("forking is not safe here")
    monkeypatch.syspath_prepend(Path(__file__).resolve().parent.parent)
    pages = ["one", "hang", "two", "crash", "three", "four"]
    with ProcessPoolExecutor(2, mp_context=get_context(method)) as pool:
        try:
            found = list(pool.map(extract_in_worker, pages))
        except BrokenProcessPool:
            pytest.fail("the crash reached the worker")
    assert found == ["one", "the extractor took longer than 0.3 s", "two", "the extractor crashed", "three", "four"]
