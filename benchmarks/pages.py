"""Measure whole pages: extraction and cleaning together, against hand-made article bodies.

usage: python -m benchmarks.pages [--shared DIR] [--extractor NAME] [--threshold T]...

DIR holds `corpus/html/aeb/*.html.gz`, `corpus/aeb.*.jsonl.gz` with their bodies and `bench/score.py` (default:
../shared beside the checkout). The table has the extractor's text as it is, the profile default, and thorough at each
threshold: F1, the share of texts whose words are exactly those of the body, and the words of body lines that are lost
per million.
The model that is shipped has learned from these pages; docs/thorough.md has its figures by cross-validation, too.
"""

from __future__ import annotations

import argparse
import gzip
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from benchmarks.quality import ROOT, load_score, rows, words_gone
from cleaner import Cleaner, CleanResult
from cleaner.errors import CleanerError
from cleaner.scoring.scorer import Scorer


class Page(NamedTuple):
    """A page and the body that somebody marked in it."""

    html: bytes
    gold: str


def pages_of(shared: Path, score: ModuleType) -> Iterator[Page]:
    """The pages of aeb."""
    golds = {row["id"]: row["gold"] for row in rows(shared / "corpus" / "aeb.resiliparse.jsonl.gz")}
    for path in sorted((shared / "corpus" / "html" / "aeb").glob("*.html.gz")):
        yield Page(gzip.decompress(path.read_bytes()), score.plain(golds[path.name.removesuffix(".html.gz")]))


def line(name: str, pages: Sequence[Page], results: Sequence[CleanResult | None], score: ModuleType, raw: bool) -> str:
    """A line of the table. ``raw`` takes the text before the rules."""
    texts = ["" if one is None else one.repaired if raw else one.text for one in results]
    found = score.f1([(page.gold, score.plain(text)) for page, text in zip(pages, texts, strict=True)])
    lost = [words_gone({"gold": page.gold}, one, score) for page, one in zip(pages, results, strict=True) if one]
    gone = 0.0 if raw else 1e6 * sum(words for words, _ in lost) / (sum(of for _, of in lost) or 1)
    return f"{name:16} {found['F1']:6.3f} {found['acc']:6.3f} {gone:12,.0f}"


def cleaned(cleaner: Cleaner, pages: Sequence[Page], extractor: str) -> list[CleanResult | None]:
    """What comes of each page; None where there is no article."""
    found: list[CleanResult | None] = []
    for page in pages:
        try:
            found.append(cleaner.clean_html(page.html, extractor=extractor))
        except CleanerError:
            found.append(None)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--extractor", default="trafilatura")
    parser.add_argument("--threshold", type=float, action="append")
    options = parser.parse_args()
    score = load_score(options.shared)
    pages = list(pages_of(options.shared, score))
    print(f"{'':16} {'F1':>6} {'exact':>6} {'lost/million':>12}")
    default = cleaned(Cleaner(), pages, options.extractor)
    print(line(options.extractor, pages, default, score, raw=True))
    print(line("default", pages, default, score, raw=False))
    for threshold in options.threshold or (Scorer().threshold,):
        thorough = cleaned(Cleaner(profile="thorough", scorer=Scorer(threshold=threshold)), pages, options.extractor)
        print(line(f"thorough {threshold:g}", pages, thorough, score, raw=False))


if __name__ == "__main__":
    main()
