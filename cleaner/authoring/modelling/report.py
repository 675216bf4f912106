"""What a model reached on sites that it had not seen: by corpus and extractor, by language, by genre of clean texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from cleaner.authoring.modelling.labels import agreement, shingles
from cleaner.authoring.modelling.samples import Agreement, Sample
from cleaner.engine.loop import DEFAULT_GUARD
from cleaner.scoring.evidence import EVIDENCE

__all__ = ["Measure", "figures_of", "measure", "report_lines"]

_PROSE = next(i for i, (name, _) in enumerate(EVIDENCE) if name == "prose")


@dataclass(frozen=True, slots=True)
class Measure:
    """What came of some texts.

    Attributes:
        texts: how many there are.
        rules: the share of the gap between the text and its best choice of lines that rules close, at most 1.
        closed: the share that rules and scorer close together.
        lost: words of body lines that are gone, per million.
        lost_by_rules: those of them that rules took.
    """

    texts: int
    rules: float
    closed: float
    lost: float
    lost_by_rules: float


def measure(samples: Sequence[Sample], probabilities: Sequence[Sequence[float]], threshold: float) -> Measure:
    """Measure some texts.

    Args:
        samples: the texts, of which none is a variant of another.
        probabilities: for each text the probability of each of its lines.
        threshold: the probability from which on a line goes.
    """
    after, lost = [], 0.0
    for sample, chances in zip(samples, probabilities, strict=True):
        gone = _guarded(sample, [chance >= threshold for chance in chances])
        after.append(_agreement_without(sample, gone))
        lost += sum(
            len(words)
            for words, label, is_gone in zip(sample.words, sample.labels, gone, strict=True)
            if is_gone and label is False
        )
    words = sum(sample.body_words for sample in samples) or 1
    by_rules = sum(sample.body_lost for sample in samples)
    before = _f1(sample.before for sample in samples)
    gap = _f1(sample.oracle for sample in samples) - before

    def closed(f1: float) -> float:
        return round((f1 - before) / gap, 3) if gap > 0 else 0.0

    return Measure(
        texts=len(samples),
        rules=closed(_f1(sample.after for sample in samples)),
        closed=closed(_f1(after)),
        lost=round(1e6 * (by_rules + lost) / words),
        lost_by_rules=round(1e6 * by_rules / words),
    )


def _guarded(sample: Sample, gone: Sequence[bool]) -> Sequence[bool]:
    """The lines that go; none when the guard would refuse it, since too much of the prose would go."""
    prose = [len(words) if line[_PROSE] else 0 for line, words in zip(sample.values, sample.words, strict=True)]
    lost = sum(words for words, is_gone in zip(prose, gone, strict=True) if is_gone)
    return [False] * len(gone) if lost > DEFAULT_GUARD * sum(prose) else gone


def _agreement_without(sample: Sample, gone: Sequence[bool]) -> Agreement:
    """How well the text agrees with its body when some lines are gone."""
    if not any(gone):
        return sample.after
    left = [word for words, is_gone in zip(sample.words, gone, strict=True) if not is_gone for word in words]
    return agreement(sample.body, shingles(left))


def _f1(found: Iterable[Agreement]) -> float:
    """F1 of the averages of precision and recall. A text that is empty, or whose body is, counts for one of them."""
    precision, recall = [], []
    for common, more, less in found:
        if common + more > 0:
            precision.append(common / (common + more))
        if common + less > 0:
            recall.append(common / (common + less))
    p, r = fmean(precision or [0.0]), fmean(recall or [0.0])
    return 2 * p * r / (p + r) if p + r else 0.0


_GROUPS: Mapping[str, Callable[[Sample], str]] = {
    "texts": lambda sample: "" if sample.is_clean else ".".join(filter(None, (sample.corpus, sample.extractor))),
    "languages": lambda sample: "" if sample.is_clean else sample.language,
    "clean": lambda sample: sample.corpus if sample.is_clean else "",
}


def figures_of(
    samples: Sequence[Sample], probabilities: Sequence[Sequence[float]], thresholds: Sequence[float]
) -> dict[str, Any]:
    """The figures of each group of texts at some thresholds, as a model file carries them.

    Returns:
        By "texts" (corpus and extractor), "languages" and "clean" (genres of clean texts), and by the name of the
        group: the number of texts, what rules do, and for each threshold the share of the gap that is closed and the
        words of the body that are lost per million. For clean texts only the words count.
    """
    found: dict[str, Any] = {}
    for kind, name_of in _GROUPS.items():
        groups: dict[str, list[int]] = {}
        for i, sample in enumerate(samples):
            if not sample.is_variant and (name := name_of(sample)):
                groups.setdefault(name, []).append(i)
        found[kind] = {
            name: _entry([samples[i] for i in at], [probabilities[i] for i in at], thresholds, kind == "clean")
            for name, at in sorted(groups.items())
        }
    return found


def _entry(
    samples: Sequence[Sample], probabilities: Sequence[Sequence[float]], thresholds: Sequence[float], is_clean: bool
) -> dict[str, Any]:
    measures = {threshold: measure(samples, probabilities, threshold) for threshold in thresholds}
    first = next(iter(measures.values()))
    entry: dict[str, Any] = {"texts": first.texts, "rules": {"lost": first.lost_by_rules}}
    if not is_clean:
        entry["rules"]["closed"] = first.rules
    for threshold, one in measures.items():
        entry[f"{threshold:g}"] = {"lost": one.lost} if is_clean else {"closed": one.closed, "lost": one.lost}
    return entry


def report_lines(figures: Mapping[str, Any]) -> Iterator[str]:
    """The figures as tables of text."""
    titles = {
        "texts": "sites not seen: share of the gap closed, and body words lost per million",
        "languages": "the same by language",
        "clean": "clean texts: words lost per million",
    }
    for kind, groups in figures.items():
        if not groups:
            continue
        names = [name for name in next(iter(groups.values())) if name != "texts"]
        yield titles[kind]
        yield f"{'':28}{'texts':>6}" + "".join(f"{name:>16}" for name in names)
        for group, entry in groups.items():
            yield f"{group:28}{entry['texts']:>6}" + "".join(f"{_cell(entry[name]):>16}" for name in names)
        yield ""


def _cell(found: Mapping[str, float]) -> str:
    lost = f"{found['lost']:,.0f}"
    return f"{found['closed']:.2f} at {lost:>7}" if "closed" in found else lost
