"""Results as tables, in Markdown: all in one, harm by genre, and the gap by ground truth."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fnmatch import fnmatchcase
from typing import TypeVar

from benchmarks.leaderboard.results import Bodies, Clean, Entry, Pieces, Results

__all__ = ["tables"]

Kind = TypeVar("Kind", Bodies, Pieces, Clean)

_COLUMNS = (
    *("cleaner", "gap closed", "words lost /M", "exact", "pieces: scrap gone, body lost /M"),
    *("harm /M, texts touched", "speed", "failed"),
)
_FASTEST = 1000  # what does nothing has no speed that means something
_NONE = "–"
_TRAINED = "†"


def tables(results: Results) -> Iterator[str]:
    """The lines of all tables."""
    entries = sorted(results.cleaners, key=_rank)
    yield from _summary(entries)
    yield from _notes(results, entries)
    genres = [name for name, facts in results.corpora.items() if facts.kind == "clean"]
    if genres:
        yield from ("", "Words lost per million in clean texts, by genre:", "")
        yield from _grid("genre", genres, entries, _harm_cell)
    truths = [name for name, facts in results.corpora.items() if facts.kind == "bodies"]
    if truths:
        yield from ("", "Gap closed, and words of the body lost per million, by ground truth:", "")
        yield from _grid("text", truths, entries, _gap_cell)


def _rank(entry: Entry) -> tuple[float, str]:
    closed = _closed(_bodies(entry))
    return (-closed if closed is not None else 0.0, entry.name)


def _summary(entries: Sequence[Entry]) -> Iterator[str]:
    yield f"| {' | '.join(_COLUMNS)} |"
    yield f"| --- |{' ---: |' * (len(_COLUMNS) - 1)}"
    for entry in entries:
        bodies, pieces, clean = _bodies(entry), _of(entry, Pieces), _of(entry, Clean)
        mark = f" {_TRAINED}" if _is_trained(entry, list(entry.scores)) else ""
        cells = (
            f"{entry.name}{mark}",
            _number(_closed(bodies), "{:.2f}"),
            _number(_ppm(sum(one.body_words_lost for one in bodies), sum(one.body_words for one in bodies)), "{:,.0f}"),
            _exact(entry),
            _piece_cell(pieces),
            _clean_cell(clean),
            _speed(entry.speed),
            str(sum(score.failed for score in entry.scores.values())),
        )
        yield f"| {' | '.join(cells)} |"


def _notes(results: Results, entries: Sequence[Entry]) -> Iterator[str]:
    measured = sum(facts.documents for facts in results.corpora.values())
    rows = sum(facts.rows for facts in results.corpora.values())
    yield ""
    exact = _exact_before(entries)
    yield f"{measured:,} of {rows:,} rows of {len(results.corpora)} files. Exact was, before cleaning, {exact}."
    yield "Speed is characters a second, as a share of what ftfy did on the same texts in the same run."
    for entry in entries:
        is_trained = _is_trained(entry, list(entry.scores))
        if entry.note or is_trained:
            told = entry.note or "It was made with some of these texts, and their figures flatter it."
            yield f"{_TRAINED if is_trained else '-'} {entry.name}: {told}"


def _grid(
    title: str, names: Sequence[str], entries: Sequence[Entry], cell: Callable[[Entry, str], str]
) -> Iterator[str]:
    yield f"| {title} | {' | '.join(entry.name for entry in entries)} |"
    yield f"| --- |{' ---: |' * len(entries)}"
    for name in names:
        found = (cell(entry, name) for entry in entries)
        yield f"| {name.removeprefix('harm/')} | {' | '.join(found)} |"


def _harm_cell(entry: Entry, name: str) -> str:
    score = entry.scores.get(name)
    found = _number(_ppm(score.words_lost, score.words), "{:,.0f}") if isinstance(score, Clean) else _NONE
    return _marked(entry, name, found)


def _gap_cell(entry: Entry, name: str) -> str:
    score = entry.scores.get(name)
    if not isinstance(score, Bodies):
        return _NONE
    lost = _number(_ppm(score.body_words_lost, score.body_words), "{:,.0f}")
    return _marked(entry, name, f"{_number(_closed([score]), '{:.2f}')} at {lost}")


def _marked(entry: Entry, name: str, cell: str) -> str:
    return f"{cell} {_TRAINED}" if cell != _NONE and _is_trained(entry, [name]) else cell


def _is_trained(entry: Entry, names: Sequence[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in entry.trained_on for name in names)


def _bodies(entry: Entry) -> list[Bodies]:
    return _of(entry, Bodies)


def _of(entry: Entry, kind: type[Kind]) -> list[Kind]:
    return [score for score in entry.scores.values() if isinstance(score, kind)]


def _closed(scores: Sequence[Bodies]) -> float | None:
    """The gain of F1 over all files, as a share of what the best choice of lines would gain over all.

    Sums are divided, and not ratios averaged: a file with hardly any scrap has a tiny gap, and would outweigh others.
    """
    gap = sum(one.f1_best - one.f1_before for one in scores)
    return sum(one.f1_after - one.f1_before for one in scores) / gap if gap > 0 else None


def _ppm(lost: float, all_: float) -> float | None:
    return 1e6 * lost / all_ if all_ else None


def _number(value: float | None, form: str) -> str:
    return _NONE if value is None else form.format(value + 0.0)


def _speed(ratio: float) -> str:
    if ratio >= _FASTEST:
        return f"> {_FASTEST:,}"
    return f"{ratio:.2f}" if ratio >= 0.1 else f"{ratio:.1g}"


def _exact(entry: Entry) -> str:
    after = sum(one.exact_after for one in _bodies(entry))
    return _share(after, _documents(entry))


def _documents(entry: Entry) -> int:
    return sum(one.documents for one in _bodies(entry))


def _share(part: float, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else _NONE


def _exact_before(entries: Sequence[Entry]) -> str:
    first = next((entry for entry in entries if _documents(entry)), None)
    return _share(sum(one.exact_before for one in _bodies(first)), _documents(first)) if first else _NONE


def _piece_cell(scores: Sequence[Pieces]) -> str:
    if not scores:
        return _NONE
    gone = _share(sum(one.scrap_gone for one in scores), sum(one.scrap for one in scores))
    return f"{gone}, {_number(_ppm(sum(one.body_lost for one in scores), sum(one.body for one in scores)), '{:,.0f}')}"


def _clean_cell(scores: Sequence[Clean]) -> str:
    if not scores:
        return _NONE
    lost = _ppm(sum(one.words_lost for one in scores), sum(one.words for one in scores))
    touched = _share(sum(one.touched for one in scores), sum(one.documents for one in scores))
    return f"{_number(lost, '{:,.0f}')}, {touched}"
