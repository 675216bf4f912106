"""One map over processes: the results come in order, few items wait in memory, and no worker outlives its parent."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from functools import partial
from multiprocessing.connection import wait
from typing import Any, TypeVar

from cleaner.io.children import isolated_children

__all__ = ["map_in_order"]

_AHEAD_PER_WORKER = 4
_MOST_WORKERS = 61  # what Windows allows

State = TypeVar("State")
Item = TypeVar("Item")
Result = TypeVar("Result")


Alone = Callable[[Any], Any]
"""Works on one item in a process of its own. Raises BrokenExecutor when that process dies."""


def map_in_order(
    function: Callable[[State, Item], Result],
    items: Iterable[Item],
    state: State,
    workers: int = 1,
    lost: Callable[[State, Item, Alone], Result] | None = None,
    left: Callable[[Item, Result], None] | None = None,
    ahead: Callable[[int], int] | None = None,
) -> Generator[tuple[Item, Result], None, None]:
    """Each item with the result of ``function(state, item)``, in the order of the items.

    The number of workers changes the time and nothing else. Items are taken from the iterable as workers become free,
    and only a few of them are in memory at a time. A worker ends when its parent is killed.

    When a worker dies, as when the system needs its memory, nobody knows of which item. Those that were waiting are
    then worked on one by one, each in a process of its own.

    The generator ends the workers when it is closed.

    Args:
        function: a function of a module, since workers import it.
        items: what to work on; picklable when there are several workers.
        state: what every call needs; each worker gets it once.
        workers: how many processes; 1 works in this process.
        lost: gives the result for an item that its worker does not survive. It is called in this process and can work
            on parts of the item with its third argument.
        left: called when the generator is closed early, or an interrupt ends it: for each item that a worker had done
            ahead, with its result, in the order of the items.
        ahead: for the number of an item, from 0, how many items before it may be unfinished when it is taken from the
            iterable, 1 or more; by default as many as keep the workers busy.

    Raises:
        BrokenExecutor: a worker died, and ``lost`` is not given.

    >>> list(map_in_order(pow, [1, 2, 3], 2))
    [(1, 2), (2, 4), (3, 8)]
    """
    if workers <= 1:
        return ((item, function(state, item)) for item in items)
    waiting = _Waiting(partial(_Pool, function, state), min(workers, _MOST_WORKERS), lost and partial(lost, state))
    return _over_processes(items, waiting, left, ahead)


def _over_processes(
    items: Iterable[Item],
    waiting: _Waiting,
    left: Callable[[Item, Result], None] | None,
    ahead: Callable[[int], int] | None,
) -> Generator[tuple[Item, Result], None, None]:
    waiting.open()
    try:
        for number, item in enumerate(items, 1):
            waiting.add(item)
            most = waiting.workers * _AHEAD_PER_WORKER
            yield from waiting.results(most if ahead is None else min(most, ahead(number)))
        yield from waiting.results(0)
    finally:
        waiting.close()
        if left is not None:
            for item, result in waiting.done():
                left(item, result)


class _Waiting:
    """Items that worker processes were given, in their order, each with its result to come."""

    def __init__(self, start: Callable[[int], _Pool], workers: int, lost: Callable[[Any, Alone], Any] | None) -> None:
        self.workers = workers
        self._start = start
        self._lost = lost
        self._pending: deque[tuple[Any, Future[Any]]] = deque()

    def open(self) -> None:
        self._pool = self._start(self.workers)

    def add(self, item: Any) -> None:
        self._pending.append((item, self._pool.submit(item)))

    def results(self, most: int) -> Iterator[tuple[Any, Any]]:
        """The first items with their results, until no more items than this are left."""
        while len(self._pending) > most:
            item, future = self._pending[0]
            if self._lost is not None and _is_broken(future):
                yield from self._one_by_one(self._lost)
                continue
            result = future.result()
            self._pending.popleft()
            yield item, result

    def _one_by_one(self, lost: Callable[[Any, Alone], Any]) -> Iterator[tuple[Any, Any]]:
        self._pool.close()
        while self._pending:
            item, future = self._pending[0]
            result = _result_alone(self._start, item, future, lost)
            self._pending.popleft()
            yield item, result
        self.open()

    def close(self) -> None:
        self._pool.close()

    def done(self) -> Iterator[tuple[Any, Any]]:
        """The items whose results nobody took, as far as there are results."""
        for item, future in self._pending:
            if future.done() and not future.cancelled() and future.exception() is None:
                yield item, future.result()


class _Pool:
    """Worker processes for one function; they import nothing from the working directory."""

    def __init__(self, function: Callable[[Any, Any], Any], state: Any, workers: int) -> None:
        self.workers = workers
        with isolated_children():
            self._pool = ProcessPoolExecutor(workers, initializer=_start_worker, initargs=(function, state))

    def submit(self, item: Any) -> Future[Any]:
        try:
            with isolated_children():
                return self._pool.submit(_call, item)
        except BrokenExecutor as error:  # a worker died in the meantime
            broken: Future[Any] = Future()
            broken.set_exception(error)
            return broken

    def close(self) -> None:
        self._pool.shutdown(cancel_futures=True)


def _is_broken(future: Future[Any]) -> bool:
    return isinstance(future.exception(), BrokenExecutor)


def _result_alone(
    start: Callable[[int], _Pool], item: Any, future: Future[Any], lost: Callable[[Any, Alone], Any]
) -> Any:
    """The result of an item that waited when a worker died."""

    def alone(part: Any) -> Any:
        single = start(1)
        try:
            return single.submit(part).result()
        finally:
            single.close()

    if not future.cancelled() and future.done() and not _is_broken(future):
        return future.result()
    try:
        return alone(item)
    except BrokenExecutor:
        return lost(item, alone)


# In the workers

_function: Callable[[Any, Any], Any]
_state: Any


def _start_worker(function: Callable[[State, Item], Result], state: State) -> None:
    global _function, _state
    _function, _state = function, state
    # Control-C goes to the whole group. The parent decides: what is under way is finished, and nothing else begun.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process when its parent ends. Without this, a worker whose parent was killed would wait for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _call(item: Any) -> Any:
    return _function(_state, item)
