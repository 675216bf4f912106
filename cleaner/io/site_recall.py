"""What a worker knows of sites while it cleans: what was learned up to a moment, and its own documents since then.

The results of a run do not depend on the number of its workers. So a task does not see whatever happens to be in the
memory, but what earlier tasks learned up to one whose number follows from its own (:func:`known_tasks`), and the
documents of the task itself.
"""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from cleaner.io.site_memory import Sighting, SiteMemory
from cleaner.text.normalize import fold
from cleaner.text.site_lines import LEAST_DOCUMENTS, LONGEST_LINE, document_lines, line_hash
from cleaner.text.site_window import SiteWindow

__all__ = ["MemoryReader", "Recall", "Repeated", "forget_reader", "known_tasks", "unknown_tasks"]

_BEHIND = 64  # tasks that may be unfinished: enough for fifteen workers that never wait
_SITES = 32  # whose windows a worker keeps; a large one takes about three megabytes
_READERS = 2

Repeated = Callable[[str], frozenset[int]]
"""Gives the lines that recur on the site of a document, from its repaired text."""


def known_tasks(number: int) -> int:
    """How many tasks of a run are known to the task with this number, from 0.

    At first it is half of those before it, so that a small run learns too; later all but the latest.

    >>> known_tasks(0), known_tasks(9), known_tasks(1000)
    (0, 4, 936)
    """
    return max(number // 2, number - _BEHIND)


def unknown_tasks(number: int) -> int:
    """How many tasks may be unfinished when the one with this number begins, 1 or more."""
    return max(1, number - known_tasks(number))


class MemoryReader(NamedTuple):
    """A memory as a worker gets it: its file, and what tells one run from another."""

    path: Path
    token: str

    @classmethod
    def of(cls, memory: SiteMemory) -> MemoryReader:
        """How workers read a memory that is open."""
        return cls(memory.path, memory.token)


class Recall:
    """What one task knows of sites, and what it sees.

    Args:
        reader: the memory; each process opens it once.
        until: the tick up to which it is known.

    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "sites.memory"
    >>> with SiteMemory(file) as memory:
    ...     recall = Recall(MemoryReader.of(memory), memory.tick)
    ...     for day in ("Monday", "Tuesday", "Friday", "Sunday"):
    ...         found = recall.of("riverpost.example")(f"It met on {day}.\\n\\nGood morning, Newford!\\n")
    ...     memory.add(recall.take())
    >>> line_hash("good morning, newford") in found
    True
    """

    def __init__(self, reader: MemoryReader, until: int) -> None:
        self._reader, self._until = reader, until
        self._windows: dict[str, SiteWindow] = {}
        self._seen: list[Sighting] = []

    def of(self, site: str) -> Repeated | None:
        """What cleaning a document of a site asks, once; None where there is no site."""
        if not site:
            return None

        def repeated(text: str) -> frozenset[int]:
            found = document_lines(text)
            window = self._window(site)
            window.add(found.fingerprint, found.lines)
            wordings = {line: key for line, key in found.lines.items() if window.count(line) >= LEAST_DOCUMENTS}
            self._seen.append(Sighting(site, found.fingerprint, tuple(found.lines), wordings))
            return window.repeated()

        return repeated

    def take(self) -> tuple[Sighting, ...]:
        """The documents that were seen since the last call."""
        seen, self._seen = tuple(self._seen), []
        return seen

    def standing(self, site: str, text: str) -> tuple[int, int]:
        """In how many documents of a site some removed text stands, and how many documents of it are known.

        Of several lines the one that stands in the fewest counts.
        """
        window = self._window(site)
        keys = (fold(line) for line in text.split("\n") if 0 < len(line) <= LONGEST_LINE)
        return min((window.count(line_hash(key)) for key in keys if key), default=0), window.documents

    def _window(self, site: str) -> SiteWindow:
        if site not in self._windows:
            self._windows[site] = _cache_of(self._reader).window(site, self._until).copy()
        return self._windows[site]


class _Cache:
    """An open memory, and the windows of the sites that were asked for last, each with its tick."""

    def __init__(self, path: Path) -> None:
        self._memory = SiteMemory(path, write=False)
        self._windows: OrderedDict[str, tuple[SiteWindow, int]] = OrderedDict()

    def window(self, site: str, until: int) -> SiteWindow:
        known = self._windows.pop(site, None)
        if known is None or known[1] > until:
            window = self._memory.window(site, until)
        elif known[1] < until:
            window = self._memory.window(site, until, known)
        else:
            window = known[0]
        self._windows[site] = window, until
        while len(self._windows) > _SITES:
            self._windows.popitem(last=False)
        return window

    def close(self) -> None:
        self._memory.close()


_caches: OrderedDict[tuple[int, MemoryReader], _Cache] = OrderedDict()
"""By process, since a connection must not be used in a child, and by run, since a file can be replaced."""


def _cache_of(reader: MemoryReader) -> _Cache:
    key = os.getpid(), reader
    if key not in _caches:
        _caches[key] = _Cache(reader.path)
        while len(_caches) > _READERS:
            (owner, _), oldest = _caches.popitem(last=False)
            if owner == os.getpid():
                oldest.close()
    return _caches[key]


def forget_reader(reader: MemoryReader) -> None:
    """Close what this process has open of a memory."""
    if cache := _caches.pop((os.getpid(), reader), None):
        cache.close()
