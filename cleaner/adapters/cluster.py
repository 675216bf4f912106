"""Clean files on Spark or Ray: the engine hands out the files, and each is cleaned as a run on one machine does."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from cleaner.adapters.base import Recipe
from cleaner.batch.checkpoint import fingerprint
from cleaner.batch.jobs import Plan
from cleaner.batch.options import Options
from cleaner.batch.parts import PART_BYTES, Part, PartsFolder, clean_part, parts_of
from cleaner.batch.preflight import check_outputs, refuse_foreign_outputs
from cleaner.batch.results import Report
from cleaner.batch.session import write_figures
from cleaner.batch.tasks import size_of
from cleaner.errors import CleanerError
from cleaner.io.paths import is_remote
from cleaner.io.site_memory import SiteMemory
from cleaner.pipeline import Cleaner

__all__ = ["ENGINES", "ClusterRun", "absolute"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterRun:
    """A run whose files are handed out by an engine.

    Attributes:
        engine: one of :data:`ENGINES`.
        planned: the files, with names that workers find, as :func:`absolute` gives them.
        options: how documents are treated, and which outputs are written besides the results. A site memory is only
            read: what one part learned, the others could not know.
        output: the folder of the results: new, empty, or what an earlier attempt of the same run left.
        stats: the file for the figures of the run.
        part_bytes: how many bytes of small files a worker gets at a time.
        overwrite: whether the outputs besides the results may be written over files that no run wrote.
    """

    engine: str
    planned: Plan
    options: Options
    output: Path
    stats: Path | None = None
    part_bytes: int = PART_BYTES
    overwrite: bool = False

    def clean(self, cleaner: Cleaner) -> Report:
        """Clean all files, and tell what happened to them.

        Raises:
            CleanerError: the engine is not installed or gave up, or the output holds something else.
        """
        check_outputs(self.planned, self.options, self.stats)
        if self.options.site_memory is not None:
            with SiteMemory(self.options.site_memory, write=False):
                pass  # what is wrong with it is told before an engine starts
        if not self.overwrite:
            refuse_foreign_outputs(self.options, self.stats)
        jobs = self.planned.jobs
        folder = PartsFolder(self.output, fingerprint(cleaner, jobs, self.options))
        task = partial(_clean_part, Recipe.of(cleaner), self.options)
        total = Report("")
        total.problems += self.planned.problems
        if not jobs:
            return total
        with ENGINES[self.engine]() as engine:
            parts = folder.parts(parts_of(jobs, self.part_bytes))
            # Largest first, so that no long part begins when all others are done. What is written keeps the order.
            order = sorted(parts, key=lambda part: sum(map(size_of, part.jobs)), reverse=True)
            reports = dict(zip((part.folder for part in order), engine(task, order), strict=True))
            for part in parts:
                total.merge(Report.from_dict(reports[part.folder]))
        folder.join(parts, self.options.outputs)
        if self.stats is not None:
            write_figures(self.stats, self.planned, total, cleaner)
        return total


def absolute(path: Path) -> Path:
    """The path as workers find it, which have working folders of their own."""
    return path if is_remote(path) else path.absolute()


Engine = Callable[[Callable[[Part], dict[str, Any]], Sequence[Part]], Iterable[dict[str, Any]]]
"""Does a task for each part, on the machines of a cluster, and gives what came of them in the order of the parts."""


def _clean_part(recipe: Recipe, options: Options, part: Part) -> dict[str, Any]:
    """What a worker does. Reports travel as plain values."""
    return clean_part(recipe.cleaner(), options, part).as_dict()


@contextmanager
def _spark() -> Iterator[Engine]:
    from cleaner.adapters.base import engine

    with engine("spark"):
        from pyspark.sql import SparkSession
    spark = SparkSession.builder.appName("clean").getOrCreate()

    def run(task: Callable[[Part], dict[str, Any]], parts: Sequence[Part]) -> Iterable[dict[str, Any]]:
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException

        try:
            done: list[dict[str, Any]] = spark.sparkContext.parallelize(parts, max(1, len(parts))).map(task).collect()
        except (Py4JError, PySparkException) as error:
            raise _gave_up("Spark", error) from None
        return done

    try:
        yield run
    finally:
        spark.stop()


@contextmanager
def _ray() -> Iterator[Engine]:
    from cleaner.adapters.base import engine

    with engine("ray"):
        import ray
    started = not ray.is_initialized()

    if started:
        try:
            ray.init()  # takes the cluster of RAY_ADDRESS, or this machine
        except Exception as error:  # Ray has no class of errors of its own for this
            raise CleanerError(f"Ray did not start: {error}; look whether RAY_ADDRESS is right") from None

    def run(task: Callable[[Part], dict[str, Any]], parts: Sequence[Part]) -> Iterable[dict[str, Any]]:
        shared = ray.put(task)
        remote = ray.remote(_call).options(num_cpus=1, retry_exceptions=True)
        try:
            yield from ray.get([remote.remote(shared, part) for part in parts])
        except ray.exceptions.RayError as error:
            raise _gave_up("Ray", error) from None

    try:
        yield run
    finally:
        if started:
            ray.shutdown()


def _call(task: Callable[[Part], dict[str, Any]], part: Part) -> dict[str, Any]:
    return task(part)


_OF_PYTHON = re.compile(r"^(?:[\w.]+\.)?(\w+Error: .+)", re.MULTILINE)
_OF_JAVA = re.compile(r"Exception: (?!Job aborted)([^.\n]+)")


def _gave_up(name: str, error: Exception) -> CleanerError:
    """The error for an engine that does not go on. Its own message is a page of traces, in which one line says why."""
    text = str(error)
    found = _OF_PYTHON.findall(text) or _OF_JAVA.findall(text)[:1] or [text.strip().partition("\n")[0]]
    reason = found[-1].removeprefix(f"{CleanerError.__name__}: ")
    return CleanerError(f"{name} gave up: {reason}; what is done is kept: run the same command again to go on")


ENGINES: Mapping[str, Callable[[], Any]] = MappingProxyType({"spark": _spark, "ray": _ray})
"""The engines by name: context managers that give an :data:`Engine`."""
