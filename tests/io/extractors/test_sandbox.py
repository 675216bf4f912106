"""The sandbox: pages that hang or crash the extractor cost only themselves."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import active_children, get_context

import pytest

from cleaner.errors import CleanerError, DecodingError, ExtractionError
from cleaner.io.extractors.base import Article
from cleaner.io.extractors.registry import DEFAULT_EXTRACTOR, EXTRACTORS, extract
from cleaner.io.extractors.sandbox import SandboxedExtractor, extract_in_sandbox
from cleaner.model import DocumentInfo
from tests.io.extractors.pages import PAGE
from tests.places import ROOT


def scripted(page: bytes | str, url: str, extractor: str) -> Article:
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
        return Article(str(os.getpid()), DocumentInfo(), "")
    return Article(str(page), DocumentInfo(url=url), extractor)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[SandboxedExtractor]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(ROOT)  # the child imports `scripted` from here
        with SandboxedExtractor(0.3, function=scripted) as sandbox:
            yield sandbox


def wait_for_end(process: int) -> None:
    """Wait until a child is dead; it is a zombie until the sandbox looks for it."""
    while any(child.pid == process for child in active_children()):
        time.sleep(0.01)


def works(sandbox: SandboxedExtractor) -> bool:
    return sandbox.extract("next", "u") == Article("next", DocumentInfo(url="u"), DEFAULT_EXTRACTOR)


@pytest.mark.parametrize(
    ("page", "kind", "message"),
    [
        ("no article", ExtractionError, "no article found"),
        ("binary", DecodingError, "binary"),
        ("missing", CleanerError, "install it"),
    ],
)
def test_errors_cross_over(sandbox: SandboxedExtractor, page: str, kind: type[CleanerError], message: str) -> None:
    before = sandbox.extract("process")[0]
    with pytest.raises(kind) as caught:
        sandbox.extract(page)
    assert (type(caught.value), str(caught.value)) == (kind, message)
    assert works(sandbox)
    assert sandbox.extract("process")[0] == before


def test_a_bug_is_the_error_of_its_page(sandbox: SandboxedExtractor) -> None:
    with pytest.raises(ExtractionError, match=r"failed \(ValueError: a bug\); .*--exclude"):
        sandbox.extract("fail")
    assert works(sandbox)


@pytest.mark.parametrize(
    ("page", "message"),
    [("hang", r"took longer than 0\.3 s; .*--exclude"), ("crash", "the extractor crashed; .*--exclude")],
)
def test_the_page_after_a_lost_one(sandbox: SandboxedExtractor, page: str, message: str) -> None:
    before = sandbox.extract("process")[0]
    with pytest.raises(ExtractionError, match=message):
        sandbox.extract(page)
    assert works(sandbox)
    assert sandbox.extract("process")[0] != before


def test_a_child_that_died_between_pages(sandbox: SandboxedExtractor) -> None:
    child = int(sandbox.extract("process").text)
    os.kill(child, signal.SIGKILL)
    wait_for_end(child)
    assert works(sandbox)


def test_large_pages_and_threads(sandbox: SandboxedExtractor) -> None:
    pages = [str(number) * 1_000_000 for number in range(8)]
    found = [""] * len(pages)

    def run(number: int) -> None:
        found[number] = sandbox.extract(pages[number])[0]

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(pages))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == pages


def test_closing_twice_and_going_on(sandbox: SandboxedExtractor) -> None:
    before = sandbox.extract("process")
    sandbox.close()
    sandbox.close()
    assert works(sandbox)
    assert sandbox.extract("process") != before


def test_an_unknown_extractor_is_an_error_at_once() -> None:
    with pytest.raises(CleanerError, match="'readability'"):
        SandboxedExtractor(extractor="readability")


def test_a_process_keeps_one_sandbox() -> None:
    for _ in range(2):
        assert extract_in_sandbox("One line", "u", DEFAULT_EXTRACTOR, 20).text == "One line"
    assert [child.name for child in active_children()].count("cleaner-extractor") >= 1


@pytest.mark.slow
@pytest.mark.parametrize("extractor", sorted(EXTRACTORS))
def test_the_same_with_and_without_a_sandbox(extractor: str) -> None:
    if extractor == "resiliparse":
        pytest.importorskip("resiliparse", reason="needs resiliparse")
    with SandboxedExtractor(extractor=extractor) as sandbox:
        assert sandbox.extract(PAGE.encode(), "https://a.example") == extract(
            PAGE.encode(), "https://a.example", extractor
        )


_sandbox: SandboxedExtractor | None = None


def extract_in_worker(page: str) -> str:
    """What a worker of the runner does: the sandbox is made with the first page."""
    global _sandbox
    if _sandbox is None:
        _sandbox = SandboxedExtractor(0.3, function=scripted)
    try:
        return _sandbox.extract(page)[0]
    except ExtractionError as error:
        return str(error).partition(";")[0]


@pytest.mark.slow
@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_in_the_workers_of_a_pool(method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if method == "fork" and sys.platform in ("win32", "darwin"):
        pytest.skip("forking is not safe here")
    monkeypatch.syspath_prepend(ROOT)
    pages = ["one", "hang", "two", "crash", "three", "four"]
    with ProcessPoolExecutor(2, mp_context=get_context(method)) as pool:
        try:
            found = list(pool.map(extract_in_worker, pages))
        except BrokenProcessPool:
            pytest.fail("the crash reached the worker")
    assert found == ["one", "the extractor took longer than 0.3 s", "two", "the extractor crashed", "three", "four"]
