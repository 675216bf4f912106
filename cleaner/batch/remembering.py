"""A run that remembers sites: what each task may know, what came of it, and how a run that was stopped goes on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from types import TracebackType

from cleaner.batch.options import Options
from cleaner.batch.results import ShardResult
from cleaner.batch.tasks import Task
from cleaner.io.site_memory import SiteMemory, scratch_copy
from cleaner.io.site_recall import MemoryReader, Recall, forget_reader, known_tasks, unknown_tasks

__all__ = ["Remembering"]


class Remembering:
    """The site memory of one run. A context manager.

    A run that writes nothing works on a copy. A run that goes on counts its tasks from where it was stopped, so that
    each knows what it would have known.

    Args:
        options: those of the run, with a file for the memory.

    Raises:
        CleanerError: the file is no site memory, or another process writes to it.
    """

    def __init__(self, options: Options) -> None:
        assert options.site_memory is not None
        self._closing = ExitStack()
        self._learns = not options.site_memory_fixed
        with self._closing:  # undone again when what follows fails
            path = options.site_memory
            if self._learns and not options.write:
                path = self._closing.enter_context(scratch_copy(path))
            self._memory = self._closing.enter_context(SiteMemory(path, write=self._learns))
            self.reader = MemoryReader.of(self._memory)
            self._closing.callback(forget_reader, self.reader)
            self._base = self._memory.tick
            self._closing = self._closing.pop_all()
        self._number, self._taken = 0, 0

    def __enter__(self) -> Remembering:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with self._closing:
            if kind is None and self._learns:
                self._memory.end()

    def knows(self, run: str) -> bool:
        """Whether a run that was stopped can go on with this memory; no other run has changed it since then."""
        return not self._learns or self._memory.knows(run)

    def begin(self, run: str = "") -> None:
        """Begin a run, or go on with it.

        Args:
            run: what tells it from others; "" when it cannot go on.
        """
        if self._learns:
            self._base = self._memory.begin(run)

    def tasks(self, tasks: Iterable[Task]) -> Iterator[Task]:
        """The tasks of the run, each with what it may know."""
        for position, task in enumerate(tasks):
            if position == 0:
                self._number = self._first(task)
            until = self._base + known_tasks(self._number + position) if self._learns else self._base
            yield task._replace(until=until)

    def ahead(self, position: int) -> int:
        """How many tasks before the one at a position may be unfinished when it begins."""
        return unknown_tasks(self._number + position) if self._learns else 1 << 30

    def take(self, task: Task, results: Sequence[ShardResult]) -> None:
        """Remember the documents of the next task; tasks come in their order.

        Raises:
            CleanerError: the memory cannot be written.
        """
        if self._learns:
            self._taken += 1
            sightings = (sighting for result in results for sighting in result.seen)
            self._memory.add(sightings, self._base + self._number + self._taken, task.name)

    @contextmanager
    def following(self) -> Iterator[Recall]:
        """What is known now, for documents that are cleaned one behind the other; at the end they are remembered."""
        recall = Recall(self.reader, self._memory.tick)
        yield recall
        if self._learns:
            self._memory.add(recall.take())

    def _first(self, task: Task) -> int:
        """The number of the first task that is left to do."""
        if not self._learns:
            return 0
        tick = self._memory.tick_of(task.name)
        last = self._memory.last_tick_of_run()
        if tick is None:
            return 0 if last is None else last - self._base
        return tick - self._base - 1
