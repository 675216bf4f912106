"""Measure the built-in rules by language and class of scrap, and write the figures of docs/reference/coverage.md.

usage: python -m benchmarks.coverage [--shared DIR] [--profile NAME] [-o FILE]

DIR is as for `benchmarks.quality`. A hit is a line that a rule removed from a page with a marked body; a line of a
page counts once for all extractors. It is a scrap or body by the measure of `benchmarks.quality`. Of the pages of
trafilatura only pieces are marked: there a removed line is body when it holds a piece that must stay, and otherwise it
counts as nothing. Lines that go from clean texts (`harm`) are counted apart. The language of a text is what its row
says; otherwise py3langid tells it from the body (`pip install py3langid`).

FILE (default: docs/reference/coverage.json) gets figures only. `python docs/generate_coverage.py` makes the page of it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from benchmarks.quality import ROOT, Tally, corpora, judge, load_score, rows
from cleaner import Cleaner, __version__, builtin_rules
from cleaner.model import DocumentInfo
from cleaner.rules.model import PROFILE_CHOICES, ProfileChoice

FIGURES = ROOT / "docs" / "reference" / "coverage.json"
_TELLING = 3000
"""Code points of a body that are enough to tell its language."""

Row = dict[str, Any]
ByLanguage = dict[str, dict[str, Tally]]
Pages = dict[str, set[str]]


def language_of(row: Row) -> str:
    """The language of a row, as it says or as py3langid tells it from the body."""
    if row.get("lang"):
        return str(row["lang"])
    try:
        import py3langid
    except ModuleNotFoundError:
        raise SystemExit("py3langid tells the languages of the texts; pip install py3langid") from None
    body = row.get("gold") or " ".join(row.get("with") or ()) or row["text"]
    return str(py3langid.classify(body[:_TELLING])[0])


def measure(name: str, shared: Path, profile: ProfileChoice) -> tuple[Pages, ByLanguage]:
    """The pages of one corpus that have a marked body, and what rules removed, by language."""
    score, cleaner = load_score(shared), Cleaner(profile=profile)
    pages: Pages = defaultdict(set)
    tallies: ByLanguage = defaultdict(lambda: defaultdict(Tally))
    for row in rows(shared / "corpus" / f"{name}.jsonl.gz"):
        language = language_of(row)
        if "gold" in row or "with" in row:
            pages[language].add(row["id"])
        document = DocumentInfo(row.get("title") or "", row.get("url") or "")
        judge(row, cleaner.clean_document(row["text"], document), score, tallies[language])
    return dict(pages), {language: dict(found) for language, found in tallies.items()}


def figures(profile: str, pages: Pages, tallies: ByLanguage) -> dict[str, Any]:
    """Counts only: pages by language; wordings, and lines of scraps, body and clean texts, by class and language."""
    rules, cells = builtin_rules(), defaultdict[str, dict[str, list[int]]](dict)
    classes = {rule.id: rule.scrap_class for rule in rules}
    together: dict[tuple[str, str], Tally] = defaultdict(Tally)
    for language, found in tallies.items():
        for rule, tally in found.items():
            add(together[classes[rule], language], tally)
    for (scrap_class, language), cell in sorted(together.items()):
        cells[scrap_class][language] = [len(cell.scrap), len(cell.body), len(cell.harm)]
    return {
        "version": __version__,
        "profile": profile,
        "rules": len(rules),
        "pages": {language: len(ids) for language, ids in sorted(pages.items())},
        "wordings": wordings(),
        "cells": dict(cells),
    }


def wordings() -> dict[str, dict[str, int]]:
    """How many wordings each class has in each language; "mul" holds those that serve several."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in sorted(builtin_rules().classes)}
    for rule in builtin_rules():
        for texts in (rule.lines, rule.prefixes, rule.patterns):
            for language, found in texts.items():
                counts[rule.scrap_class][language] += len(found)
    return {name: dict(sorted(count.items())) for name, count in counts.items()}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--profile", default="default", choices=PROFILE_CHOICES)
    parser.add_argument("-o", "--output", type=Path, default=FIGURES)
    options = parser.parse_args()
    pages, tallies = measure_all(options.shared, options.profile)
    text = json.dumps(figures(options.profile, pages, tallies), indent=1, sort_keys=True)
    options.output.write_text(text + "\n", encoding="utf-8", newline="\n")
    return 0


def measure_all(shared: Path, profile: ProfileChoice) -> tuple[Pages, ByLanguage]:
    """The pages and tallies of all corpora together."""
    pages: Pages = defaultdict(set)
    tallies: ByLanguage = defaultdict(lambda: defaultdict(Tally))
    with ProcessPoolExecutor() as pool:
        for job in [pool.submit(measure, name, shared, profile) for name in corpora(shared)]:
            found_pages, found = job.result()
            for language, ids in found_pages.items():
                pages[language] |= ids
            for language, by_rule in found.items():
                for rule, tally in by_rule.items():
                    add(tallies[language][rule], tally)
    return pages, tallies


def add(to: Tally, more: Tally) -> None:
    to.scrap |= more.scrap
    to.body |= more.body
    to.harm |= more.harm


if __name__ == "__main__":
    sys.exit(main())
