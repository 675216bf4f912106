"""Many texts, with a memory of the sites they are from: each profits from texts before it, and is remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from typing import Any, NamedTuple, Protocol

from cleaner.errors import CleanerError, InputError
from cleaner.io.pool import map_in_order
from cleaner.io.site_memory import Sighting, SiteMemory
from cleaner.io.site_recall import MemoryReader, Recall, forget_reader, known_tasks, unknown_tasks
from cleaner.model import DocumentInfo
from cleaner.pipeline.many import Item, chunks
from cleaner.pipeline.result import CleanResult
from cleaner.text.hosts import site_of

__all__ = ["clean_remembered"]


class _Cleans(Protocol):
    """A cleaner; its module imports this one."""

    @property
    def read(self) -> Callable[..., tuple[str, DocumentInfo, str, tuple[str, ...]]]: ...

    @property
    def clean_document(self) -> Callable[..., CleanResult]: ...


class _Chunk(NamedTuple):
    """Some texts, and the tick of the memory up to which they know it."""

    items: Sequence[Item]
    until: int


def clean_remembered(
    cleaner: _Cleans, texts: Iterable[str | bytes | Mapping[str, Any]], jobs: int, memory: SiteMemory
) -> Iterator[CleanResult]:
    """The result for each text, in order; see :meth:`cleaner.Cleaner.clean_batch`.

    Raises:
        InputError: ``memory`` is no memory.
    """
    if not isinstance(memory, SiteMemory):
        raise InputError(f"memory is a {type(memory).__name__}; give a SiteMemory, as SiteMemory('sites.memory')")
    return _results(cleaner, texts, jobs, memory)


def _results(
    cleaner: _Cleans, texts: Iterable[str | bytes | Mapping[str, Any]], jobs: int, memory: SiteMemory
) -> Iterator[CleanResult]:
    base, reader = memory.tick, MemoryReader.of(memory)
    numbered = (
        _Chunk(items, base + known_tasks(number) if memory.writes else base)
        for number, items in enumerate(chunks(texts))
    )
    ahead = unknown_tasks if memory.writes else None
    try:
        with closing(map_in_order(_clean_chunk, numbered, (cleaner, reader), jobs, ahead=ahead)) as found:
            for number, (_, (results, seen)) in enumerate(found):
                if memory.writes:
                    memory.add(seen, base + 1 + number)
                yield from results
    finally:
        forget_reader(reader)


def _clean_chunk(state: tuple[_Cleans, MemoryReader], chunk: _Chunk) -> tuple[list[CleanResult], tuple[Sighting, ...]]:
    (cleaner, reader), results = state, []
    recall = Recall(reader, chunk.until)
    for number, arguments in chunk.items:
        try:
            article = cleaner.read(**arguments)
            site = site_of(article[1].url) or article[1].site
            results.append(cleaner.clean_document(*article, repeated=recall.of(site)))
        except CleanerError as error:
            raise type(error)(f"text {number}: {error}") from None
    return results, recall.take()
