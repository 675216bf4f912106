"""A run: every cleaner on every corpus, with ftfy beside it as the measure of speed."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version

import ftfy

from benchmarks.leaderboard.cleaners import Cleaned, Cleaner
from benchmarks.leaderboard.corpora import BenchmarkError, Corpus
from benchmarks.leaderboard.results import CorpusFacts, Entry, Machine, Results, Score
from benchmarks.leaderboard.scoring import Judge

__all__ = ["Contestant", "measure"]

_WARM_UP = "The council met on Tuesday evening to vote on the bridge.\n"


@dataclass(frozen=True)
class Contestant:
    """A cleaner that is measured, and what is said about it.

    Attributes:
        name: its name in the table.
        cleaner: it.
        version, note, trained_on: as :class:`~benchmarks.leaderboard.results.Entry` has them.
    """

    name: str
    cleaner: Cleaner
    version: str = ""
    note: str = ""
    trained_on: tuple[str, ...] = ()


def measure(contestants: Sequence[Contestant], corpora: Sequence[Corpus], tell: Callable[[str], None]) -> Results:
    """Measure some cleaners.

    Args:
        contestants: the cleaners.
        corpora: the texts.
        tell: gets a line about each problem and each step.

    Raises:
        BenchmarkError: two have one name, or one fails on each of the first texts that it gets.
    """
    names = [one.name for one in contestants]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise BenchmarkError(f"two cleaners are called {twice!r}; give each a name of its own")
    characters = sum(len(document.text) for corpus in corpora for document in corpus.documents)
    scores: dict[str, dict[str, Score]] = {name: {} for name in names}
    seconds, ftfy_seconds = dict.fromkeys(names, 0.0), 0.0
    for corpus in corpora:
        judge = Judge(corpus)
        ftfy_seconds += _ftfy_seconds(corpus)
        for one in contestants:
            cleaned = _cleaned(one, corpus, is_first=not scores[one.name], tell=tell)
            seconds[one.name] += cleaned.seconds
            scores[one.name][corpus.name] = judge.score(cleaned.texts)
        tell(f"{corpus.name}: {len(corpus.documents)} of {corpus.rows} rows")
    entries = [_entry(one, scores[one.name], ftfy_seconds / max(seconds[one.name], 1e-9)) for one in contestants]
    return Results(corpora=_facts(corpora), machines=[_machine(characters / max(ftfy_seconds, 1e-9))], cleaners=entries)


def _cleaned(one: Contestant, corpus: Corpus, is_first: bool, tell: Callable[[str], None]) -> Cleaned:
    if is_first:
        # What a cleaner loads when it is first used is no part of its speed; for commands it is, at each start.
        if one.cleaner.how in ("baseline", "function"):
            one.cleaner.clean([corpus.documents[0]])
        trial = one.cleaner.clean(corpus.documents[:1])
        if trial.texts == [None]:
            raise BenchmarkError(f"{one.name}: fails on the first text, {trial.problem}")
    cleaned = one.cleaner.clean(corpus.documents)
    if cleaned.problem:
        failed = sum(text is None for text in cleaned.texts)
        tell(f"{one.name}: {corpus.name}: {failed} texts failed and count as empty; the first, {cleaned.problem}")
    return cleaned


def _ftfy_seconds(corpus: Corpus) -> float:
    ftfy.fix_text(_WARM_UP)
    start = time.perf_counter()
    for document in corpus.documents:
        ftfy.fix_text(document.text)
    return time.perf_counter() - start


def _entry(one: Contestant, scores: dict[str, Score], speed: float) -> Entry:
    return Entry(
        name=one.name,
        how=one.cleaner.how,
        call=one.cleaner.call,
        version=one.version,
        note=one.note,
        trained_on=list(one.trained_on),
        speed=round(speed, 4),
        scores=scores,
    )


def _facts(corpora: Iterable[Corpus]) -> dict[str, CorpusFacts]:
    return {
        one.name: CorpusFacts(kind=one.kind, documents=len(one.documents), rows=one.rows, digest=one.digest)
        for one in corpora
    }


def _machine(ftfy_speed: float) -> Machine:
    return Machine(
        date=datetime.now(UTC).date().isoformat(),
        python=platform.python_version(),
        system=f"{platform.system()} {platform.machine()}",
        processors=os.cpu_count() or 0,
        ftfy=version("ftfy"),
        ftfy_characters_per_second=round(ftfy_speed),
    )
