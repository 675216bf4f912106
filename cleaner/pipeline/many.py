"""Many texts, one result each, in their order: in this process or in several."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from itertools import islice
from typing import Any, Protocol

from cleaner.errors import CleanerError
from cleaner.io.pool import map_in_order
from cleaner.pipeline.inputs import check_known, checked_text
from cleaner.pipeline.result import CleanResult

__all__ = ["Item", "chunks", "clean_many"]

_TOGETHER = 16  # texts that are sent to a worker at once

Item = tuple[int, dict[str, Any]]
"""The number of a text from 1, and the arguments of Cleaner.clean."""


class _Cleans(Protocol):
    """A cleaner; its module imports this one."""

    @property
    def clean(self) -> Callable[..., CleanResult]: ...


def clean_many(
    cleaner: _Cleans, texts: Iterable[str | bytes | Mapping[str, Any]], jobs: int = 1
) -> Iterator[CleanResult]:
    """The result for each text, in order; see :meth:`Cleaner.clean_batch`."""
    with closing(map_in_order(_clean_chunk, chunks(texts), cleaner, jobs)) as found:
        for _, results in found:
            yield from results


def chunks(texts: Iterable[str | bytes | Mapping[str, Any]]) -> Iterator[list[Item]]:
    """Some texts at a time, numbered from 1 and checked."""
    items = enumerate(texts, 1)
    while chunk := [(number, _arguments(number, text)) for number, text in islice(items, _TOGETHER)]:
        yield chunk


def _arguments(number: int, item: Any) -> dict[str, Any]:
    """The arguments for :meth:`Cleaner.clean`, checked before they are sent away."""
    values = dict(item) if isinstance(item, Mapping) and "text" in item else {"text": item}
    try:
        text = checked_text(values.pop("text"))
        check_known(**values)
    except CleanerError as error:
        raise type(error)(f"text {number}: {error}") from None
    return {"text": text, **values}


def _clean_chunk(cleaner: _Cleans, chunk: Sequence[Item]) -> list[CleanResult]:
    results = []
    for number, arguments in chunk:
        try:
            results.append(cleaner.clean(**arguments))
        except CleanerError as error:
            raise type(error)(f"text {number}: {error}") from None
    return results
