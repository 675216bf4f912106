"""Measure how well signals rank documents: those with scraps left above those without.

usage: python -m benchmarks.signals [--shared DIR] [--json] [CORPUS...]

DIR holds `corpus/*.jsonl.gz` and `bench/score.py` (default: ../shared beside the checkout). Each document is cleaned
with the profile default, and its lines are scored (`expected_scrap`). A line that is left is a scrap when the gold body
does not hold it. The figures are areas under the curve (AUC): the chance that a document with scraps has a higher
signal than one without; .5 is a coin. They are given for three bounds: any scrap, more than 5 % and more than 20 % of
the words left. The last lines say how often the language is told, where the corpus names it.
"""

from __future__ import annotations

import argparse
import json
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.quality import ROOT, load_score, rows
from cleaner import Cleaner
from cleaner.model import DocumentInfo
from cleaner.pipeline.signals import Signals, signals_of
from cleaner.scoring.scorer import Scorer
from cleaner.text.language import guess_language

CORPORA = tuple(
    f"{corpus}.{extractor}"
    for corpus in ("aeb", "fundus", "l3s", "daniel")
    for extractor in ("resiliparse", "trafilatura", "readability")
)
SIGNALS = ("expected_scrap", "residue", "removed_share", "removals")
BOUNDS = (0.0, 0.05, 0.2)
WITH_LANGUAGE = ("daniel.trafilatura", "harm/african")
CODES = {"eng": "en", "fra": "fr", "amh": "am", "swa": "sw"}  # those of the second corpus that can be guessed


class Judged(NamedTuple):
    """The signals on a document, and the share of its words that are scraps."""

    signals: Signals
    scrap: float


def judged(path: Path, cleaner: Cleaner, score: Any) -> Iterator[Judged]:
    """The documents of a corpus."""
    for row in rows(path):
        result = cleaner.clean_document(row["text"], DocumentInfo(row.get("title") or "", row.get("url") or ""))
        labels = score.label(score.plain(result.text), score.plain(row["gold"]))
        words = sum(len(words) for _, words, _ in labels)
        scrap = sum(len(words) for _, words, is_body in labels if not is_body)
        yield Judged(signals_of(result), scrap / words if words else 0.0)


def area(above: Sequence[float], below: Sequence[float]) -> float | None:
    """The chance that a value of the first kind is greater than one of the second; a tie counts half."""
    if not above or not below:
        return None
    ordered = sorted(below)
    wins = sum(bisect_left(ordered, value) + bisect_right(ordered, value) for value in above)
    return wins / (2 * len(above) * len(ordered))


def areas(found: Sequence[Judged]) -> dict[str, dict[str, float | None]]:
    """The figure of each signal, by bound."""
    table: dict[str, dict[str, float | None]] = {}
    for bound in BOUNDS:
        for name in SIGNALS:
            values: dict[bool, list[float]] = defaultdict(list)
            for one in found:
                values[one.scrap > bound].append(getattr(one.signals, name) or 0.0)
            table.setdefault(f"> {bound:.0%}", {})[name] = area(values[True], values[False])
    return table


def languages(shared: Path) -> Iterator[str]:
    """How often the language is told right, not at all, and wrong."""
    for name in WITH_LANGUAGE:
        fates: Counter[str] = Counter()
        unknown: Counter[str] = Counter()
        for row in rows(shared / "corpus" / f"{name}.jsonl.gz"):
            guess, language = guess_language(row.get("gold") or row["text"]), CODES.get(row["lang"], row["lang"])
            if len(language) == 2:
                fates["right" if guess == language else "wrong" if guess else "not told"] += 1
            else:
                unknown["wrong" if guess else "not told"] += 1
        yield f"{name:22} known languages: {dict(fates)}; others: {dict(unknown)}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", nargs="*", default=CORPORA, metavar="CORPUS")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    score, cleaner = load_score(options.shared), Cleaner(scorer=Scorer(threshold=1.0))
    everything: list[Judged] = []
    results = {}
    print(f"{'corpus':22} {'scrap left':10} " + " ".join(f"{name:>14}" for name in SIGNALS))
    for name in [*options.corpora, "all"]:
        path = options.shared / "corpus" / f"{name}.jsonl.gz"
        found = everything if name == "all" else list(judged(path, cleaner, score))
        everything += found if name != "all" else []
        results[name] = areas(found)
        for bound, figures in results[name].items():
            cells = " ".join(f"{'' if figures[one] is None else format(figures[one], '.3f'):>14}" for one in SIGNALS)
            print(f"{name:22} {bound:10} {cells}", flush=True)
    print(*languages(options.shared), sep="\n")
    if options.json:
        print(json.dumps(results, indent=2))


if __name__ == "__main__":
    main()
