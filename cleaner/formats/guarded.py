"""Extraction in a process of its own, so that a page that hangs or crashes the extractor costs only itself."""

from __future__ import annotations

import math
import multiprocessing
import signal
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from cleaner.errors import CleanerError, ExtractionError
from cleaner.formats.html import DEFAULT_EXTRACTOR, Extracted, check_extractor, extract

__all__ = ["Extract", "GuardedExtractor"]

Extract = Callable[[bytes | str, str, str], Extracted]
"""What :func:`cleaner.formats.html.extract` is: a function of a page, its address and the extractor's name."""

_START_SECONDS = 60.0
_ADVICE = "look at the page, leave it out with --exclude, or take another extractor"


class GuardedExtractor:
    """Extracts like :func:`cleaner.formats.html.extract`, with a limit of time and safe from crashes.

    The work is done by one child process. It starts with the first page, and anew with the page after one that
    it did not survive. Threads may share a guard and take turns; processes must each make their own.

    Args:
        seconds: how long one page may take. Starting the child does not count.
        extractor: one of :data:`cleaner.formats.html.EXTRACTORS`.
        function: what the child calls; it must be a function of a module, for the child imports it.
        start: how the child is started. "spawn" works on every system, among threads, and in a worker process.

    Raises:
        CleanerError: there is no such extractor.
    """

    def __init__(
        self,
        seconds: float = 20.0,
        extractor: str = DEFAULT_EXTRACTOR,
        *,
        function: Extract = extract,
        start: str = "spawn",
    ) -> None:
        check_extractor(extractor)
        self._seconds, self._extractor, self._function = seconds, extractor, function
        self._context: Any = multiprocessing.get_context(start)  # typeshed's contexts have no common Process
        self._turn = threading.Lock()
        self._child: BaseProcess | None = None
        self._pipe: Connection[Any, Any] | None = None

    def extract(self, page: bytes | str, url: str = "") -> Extracted:
        """The article of a page: its text, what the page says about it, and the page's encoding.

        Raises:
            DecodingError: the page is not text.
            ExtractionError: no article was found, it took too long, or the extractor failed or crashed.
            CleanerError: the extractor is not installed.
        """
        with self._turn:
            if self._child is not None and not self._child.is_alive():
                self._stop()  # killed between pages, which is not the fault of this one
            pipe = self._pipe or self._start()
            try:
                answer = self._ask(pipe, (page, url))
            except (EOFError, OSError):
                self._stop()
                raise ExtractionError(f"the extractor crashed; {_ADVICE}") from None
            except BaseException:  # an interrupt: the answer may still come, and would be taken for the next page's
                self._stop()
                raise
        if isinstance(answer, CleanerError):
            raise answer
        return answer

    def _ask(self, pipe: Connection[Any, Any], request: tuple[bytes | str, str]) -> Extracted | CleanerError:
        pipe.send(request)
        if not pipe.poll(self._seconds):
            raise ExtractionError(f"the extractor took longer than {self._seconds:g} s; {_ADVICE}")
        answer: Extracted | CleanerError = pipe.recv()
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
            child.start()
        finally:
            theirs.close()  # only so does the pipe end when the child dies
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

    def __enter__(self) -> GuardedExtractor:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


# In the child


def _serve(pipe: Connection[Any, Any], function: Extract, extractor: str, seconds: float) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Control-C goes to the whole group; the parent ends us
    _import(extractor)
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


def _import(extractor: str) -> None:
    """Import what the extractor needs, lest the first page pay for it. What is missing shows with the page."""
    if extractor == "resiliparse":
        from contextlib import suppress

        with suppress(ImportError):
            import resiliparse.extract.html2text  # noqa: F401
    else:
        import trafilatura  # noqa: F401


def _alarm(seconds: int) -> None:
    """Have the system end this process then: a parent that was killed itself can no longer do it. 0 is never."""
    if hasattr(signal, "alarm"):  # not on Windows
        signal.alarm(seconds)


def _answer(function: Extract, page: bytes | str, url: str, extractor: str) -> Extracted | CleanerError:
    try:
        return function(page, url, extractor)
    except CleanerError as error:
        return error
    except Exception as error:  # whatever lxml and the extractors raise is the page's fault
        return ExtractionError(f"the extractor failed ({type(error).__name__}: {error}); {_ADVICE}")
