"""Extraction in a process of its own, so that a page that hangs or crashes the extractor costs only itself."""

from __future__ import annotations

import math
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from functools import cache, partial
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from cleaner.errors import CleanerError, ExtractionError
from cleaner.io.children import isolated_children
from cleaner.io.extractors.base import Article
from cleaner.io.extractors.registry import DEFAULT_EXTRACTOR, EXTRACTORS, check_extractor, extract

__all__ = ["SandboxedExtractor", "extract_in_sandbox"]

_Function = Callable[[bytes | str, str, str], Article]

_START_SECONDS = 60.0
_ADVICE = "look at the page, leave it out with --exclude, or take another extractor"


def extract_in_sandbox(
    page: bytes | str, url: str, extractor: str, seconds: float, page_lines: bool = False
) -> Article:
    """The article of a page, by the one sandbox that this process keeps for these choices.

    Raises:
        CleanerError: as :meth:`SandboxedExtractor.extract`.
    """
    return _sandbox(extractor, seconds, page_lines, os.getpid()).extract(page, url)


@cache
def _sandbox(extractor: str, seconds: float, page_lines: bool, process: int) -> SandboxedExtractor:
    """The sandbox of this process. Starting one takes a while, and a fork must not share it with its parent."""
    return SandboxedExtractor(seconds, extractor, function=partial(extract, page_lines=page_lines))


class SandboxedExtractor:
    """Extracts like :func:`cleaner.io.extractors.registry.extract`, with a limit of time and safe from crashes.

    The work is done by one child process. It starts with the first page, and again with the page after one that
    it did not survive. Threads may share a sandbox and take turns; processes must each make their own.

    Args:
        seconds: how long one page may take. Starting the child does not count.
        extractor: the name of one of :data:`cleaner.io.extractors.registry.EXTRACTORS`.
        function: what the child calls with a page, its address and the name of the extractor. It must be a function
            of a module or a partial of one, because the child imports it.
        start: how the child is started. "spawn" works on every system, with threads, and in a worker process.

    Raises:
        CleanerError: there is no such extractor.
    """

    def __init__(
        self,
        seconds: float = 20.0,
        extractor: str = DEFAULT_EXTRACTOR,
        *,
        function: _Function = extract,
        start: str = "spawn",
    ) -> None:
        check_extractor(extractor)
        self._seconds, self._extractor, self._function = seconds, extractor, function
        self._context: Any = multiprocessing.get_context(start)  # typeshed's contexts have no common Process
        self._turn = threading.Lock()
        self._child: BaseProcess | None = None
        self._pipe: Connection[Any, Any] | None = None

    def extract(self, page: bytes | str, url: str = "") -> Article:
        """The article of a page, and what the page says about it.

        Raises:
            DecodingError: the page is not text.
            ExtractionError: no article was found, it took too long, or the extractor failed or crashed.
            CleanerError: the extractor is not installed.
        """
        with self._turn:
            if self._child is not None and not self._child.is_alive():
                self._stop()  # it was killed between pages, which is not the fault of this page
            pipe = self._pipe or self._start()
            try:
                answer = self._ask(pipe, (page, url))
            except (EOFError, OSError):
                self._stop()
                raise ExtractionError(f"the extractor crashed; {_ADVICE}") from None
            except (
                BaseException
            ):  # an interrupt: the answer may still come, and would be mistaken for that of the next page
                self._stop()
                raise
        if isinstance(answer, CleanerError):
            raise answer
        return answer

    def _ask(self, pipe: Connection[Any, Any], request: tuple[bytes | str, str]) -> Article | CleanerError:
        pipe.send(request)
        if not pipe.poll(self._seconds):
            raise ExtractionError(f"the extractor took longer than {self._seconds:g} s; {_ADVICE}")
        answer: Article | CleanerError = pipe.recv()
        return answer

    def _start(self) -> Connection[Any, Any]:
        ours: Connection[Any, Any]
        ours, theirs = self._context.Pipe()
        child = self._context.Process(
            target=_serve,
            args=(theirs, self._function, self._extractor, self._seconds),
            name="cleaner-extractor",
            daemon=True,  # or it would keep the parent alive
        )
        try:
            with isolated_children():
                child.start()
        finally:
            theirs.close()  # otherwise the pipe would stay open when the child dies
        self._child, self._pipe = child, ours
        try:
            ready = ours.poll(_START_SECONDS) and ours.recv()
        except (EOFError, OSError):
            ready = False
        except BaseException:
            self._stop()
            raise
        if not ready:
            self._stop()
            raise CleanerError(
                "the process of the extractor does not start; free some memory, and call cleaner from below "
                "`if __name__ == '__main__':` when you call it from a script"
            )
        return ours

    def _stop(self) -> None:
        child, pipe, self._child, self._pipe = self._child, self._pipe, None, None
        if pipe is not None:
            pipe.close()
        if child is not None:
            child.kill()
            child.join()
            child.close()

    def close(self) -> None:
        """End the child. A page after that starts a new one."""
        with self._turn:
            self._stop()

    def __enter__(self) -> SandboxedExtractor:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


# In the child


def _serve(pipe: Connection[Any, Any], function: _Function, extractor: str, seconds: float) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Control-C goes to the whole group; the parent ends us
    EXTRACTORS[extractor].warm_up()
    pipe.send(True)
    while True:
        try:
            page, url = pipe.recv()
        except EOFError:
            return
        _alarm(math.ceil(2 * seconds) + 5)
        answer = _answer(function, page, url, extractor)
        _alarm(0)
        try:
            pipe.send(answer)
        except BrokenPipeError:
            return


def _alarm(seconds: int) -> None:
    """Have the system end this process after so many seconds, because a parent that was killed can no longer do it.

    0 means never.
    """
    if hasattr(signal, "alarm"):  # not on Windows
        signal.alarm(seconds)


def _answer(function: _Function, page: bytes | str, url: str, extractor: str) -> Article | CleanerError:
    try:
        return function(page, url, extractor)
    except CleanerError as error:
        return error
    except Exception as error:  # whatever lxml and the extractors raise is the page's fault
        return ExtractionError(f"the extractor failed ({type(error).__name__}: {error}); {_ADVICE}")
