"""Measure what a site memory removes and what it costs, on pages of sites that have several in a corpus.

usage: python -m benchmarks.site_memory [--shared DIR] [--least N] [--lines] [--json] [CORPUS...]

DIR holds `corpus/*.jsonl.gz` and `bench/score.py` (default: ../shared beside the checkout). Only sites with N documents
or more count (default 5). Five ways are compared:
  none     no lines of sites
  twice    --site-lines: two passes
  first    --site-memory, with a memory that begins empty: one pass, each document knows those before it
  second   --site-memory again, with the memory that the first run filled
  half     --site-memory-fixed: one half of the documents, with a memory of the other half, and the other way round
Of a corpus with gold bodies the table has the share of the words of scraps that are gone, and the words of the body
that are lost per million, as score.py counts them. Of any corpus it has the lines that went because they recur, and how
many different ones they are; --lines prints these.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.quality import ROOT, load_score, rows
from cleaner import Cleaner
from cleaner.batch.options import Options, Outputs
from cleaner.batch.preflight import plan_files
from cleaner.batch.session import RunRequest, Session
from cleaner.text.hosts import site_of

CORPORA = (
    *(f"daniel.{extractor}" for extractor in ("resiliparse", "trafilatura", "readability")),
    *(f"l3s.{extractor}" for extractor in ("resiliparse", "trafilatura", "readability")),
    *(f"czech.{extractor}" for extractor in ("resiliparse", "trafilatura", "readability")),
    *(f"cleanportal.{extractor}" for extractor in ("resiliparse", "trafilatura", "readability")),
    *("sites", "sites.saudi", "sites.kurdistan", "sites.vietnam"),
)
WAYS = ("none", "twice", "first", "second", "half")
LEAST = 5


class Cleaned(NamedTuple):
    """The cleaned texts by id, and the lines that went because they recur."""

    texts: dict[Any, str]
    lines: Counter[str]


def documents(path: Path, least: int) -> list[dict[str, Any]]:
    """The documents of sites that have several."""
    found = list(rows(path))
    sites = Counter(site_of(row.get("url") or "") for row in found)
    return [row for row in found if (site := site_of(row.get("url") or "")) and sites[site] >= least]


def cleaned(cleaner: Cleaner, folder: Path, given: Sequence[dict[str, Any]], options: Options) -> Cleaned:
    """What a run makes of some documents."""
    source, target, audit = folder / "in.jsonl", folder / "out.jsonl", folder / "audit.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in given), "utf-8")
    options = Options(
        site_lines=options.site_lines,
        site_memory=options.site_memory,
        site_memory_fixed=options.site_memory_fixed,
        outputs=Outputs(audit=audit),
    )
    planned = plan_files([source], target)
    with Session(cleaner, RunRequest(planned=planned, options=options, output=target, overwrite=True)) as session:
        session.run()
    lines: Counter[str] = Counter()
    for line in map(json.loads, audit.read_text("utf-8").splitlines()):
        for edit in line["edits"]:
            if edit["class"] == "site-lines":
                lines.update(one.strip() for one in edit["text"].split("\n") if one.strip())
    texts = {row["id"]: row["text"] for row in map(json.loads, target.read_text("utf-8").splitlines())}
    return Cleaned(texts, lines)


def run_way(way: str, cleaner: Cleaner, folder: Path, given: Sequence[dict[str, Any]]) -> Cleaned:
    """What one of the ways makes of the documents."""
    memory = folder / "sites.memory"
    if way == "half":
        both = [run_half(cleaner, folder, given[1 - half :: 2], given[half::2]) for half in (0, 1)]
        return Cleaned(both[0].texts | both[1].texts, both[0].lines + both[1].lines)
    if way == "first":
        memory.unlink(missing_ok=True)
    options = Options(site_lines=way == "twice", site_memory=memory if way in ("first", "second") else None)
    return cleaned(cleaner, folder, given, options)


def run_half(
    cleaner: Cleaner, folder: Path, seen: Sequence[dict[str, Any]], given: Sequence[dict[str, Any]]
) -> Cleaned:
    """What becomes of some documents when only others were seen."""
    memory = folder / "half.memory"
    memory.unlink(missing_ok=True)
    cleaned(cleaner, folder, seen, Options(site_memory=memory))
    return cleaned(cleaner, folder, given, Options(site_memory=memory, site_memory_fixed=True))


def judged(given: Sequence[dict[str, Any]], found: Cleaned, score: Any) -> dict[str, Any]:
    """The figures of one way."""
    figures: dict[str, Any] = {"lines": found.lines.total(), "different": len(found.lines)}
    scrap = gone = body = 0
    lost = 0.0
    for row in (row for row in given if "gold" in row):
        labels = score.label(score.plain(row["text"]), score.plain(row["gold"]))
        left = score.surviving(labels, score.plain(found.texts.get(row["id"], "")))
        for (_, words, is_body), share in zip(labels, left, strict=True):
            if is_body:
                body += len(words)
                lost += len(words) * (1 - share)
            else:
                scrap += len(words)
                gone += len(words) * (share < 0.5)
    if scrap:
        figures |= {"scrap_removed": gone / scrap, "body_lost_ppm": 1e6 * lost / max(body, 1)}
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", nargs="*", default=CORPORA, metavar="CORPUS")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--least", type=int, default=LEAST)
    parser.add_argument("--lines", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    score, cleaner, results = load_score(options.shared), Cleaner(), dict[str, Any]()
    print(f"{'corpus':24} {'documents':>9} {'way':8} {'scrap gone':>10} {'lost ppm':>9} {'lines':>6} {'different':>9}")
    for name in options.corpora:
        given = documents(options.shared / "corpus" / f"{name}.jsonl.gz", options.least)
        with tempfile.TemporaryDirectory() as folder:
            for way in WAYS:
                found = run_way(way, cleaner, Path(folder), given)
                figures = results.setdefault(name, {})[way] = judged(given, found, score)
                gone = f"{figures['scrap_removed']:.3f}" if "scrap_removed" in figures else ""
                lost = f"{figures['body_lost_ppm']:.0f}" if "body_lost_ppm" in figures else ""
                counts = f"{figures['lines']:>6} {figures['different']:>9}"
                print(f"{name:24} {len(given):>9} {way:8} {gone:>10} {lost:>9} {counts}", flush=True)
                if options.lines:
                    for line, count in found.lines.most_common():
                        print(f"    {count:>4} {line}")
    if options.json:
        print(json.dumps(results, indent=2))


if __name__ == "__main__":
    main()
