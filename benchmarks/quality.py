"""Measure the built-in rules on corpora with hand-made article bodies.

usage: python -m benchmarks.quality [--shared DIR] [--profile NAME]... [--all] [--strict] [--lost] [--json]

DIR holds `corpus/*.jsonl.gz`, `corpus/harm/*.jsonl.gz` and `bench/score.py` (default: ../shared beside the checkout).
--profile may be given several times; each profile has its own output. --all measures every corpus there is, not only
AEB, fundus, the pages of trafilatura and the clean bodies. The output has three parts:
  scores    For each corpus: the gap closed between the extractor's text and a perfect line remover; the scrap
            removed; the words (or segments) of the body that are lost per million, as score.py counts them; and the
            words that are gone per million, which no longer occur in the cleaned text. score.py also counts words as
            lost when a text said something twice and now says it once (a caption that repeats a sentence), and when
            letters were composed (NFC).
  rules     For each rule: the hits that are scrap, the hits that are body, and the hits in clean bodies, in pages and
            lines; its measured precision beside the precision that its confidence promises. A line of a page counts
            once for all extractors.
  coverage  Classes by languages: the number of wordings. A dot is an empty cell.
With --strict the exit code is 1 when the hits of a rule (at least 10) refute the promise of its confidence.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from math import sqrt
from pathlib import Path
from types import ModuleType
from typing import Any

from cleaner import Cleaner, CleanResult, builtin_rules
from cleaner.model import DocumentInfo
from cleaner.rules.model import Confidence, ProfileChoice, Rule

ROOT = Path(__file__).resolve().parent.parent
SETS = (
    *(
        f"{corpus}.{extractor}"
        for corpus in ("aeb", "fundus")
        for extractor in ("resiliparse", "trafilatura", "readability")
    ),
    *(f"traf.{extractor}" for extractor in ("resiliparse", "trafilatura", "readability")),
    "harm",
)
PROFILES: tuple[ProfileChoice, ...] = ("default",)
PROMISED = {Confidence.HIGH: 0.99, Confidence.MEDIUM: 0.95, Confidence.LOW: 0.0}
ENOUGH_HITS = 10
LANGUAGES = (
    *("en", "de", "fr", "es", "pt", "it", "nl", "pl", "tr", "ru", "ar", "zh", "ja", "id", "hi"),
    *("sv", "no", "da", "cs", "ko", "uk", "fi"),
)


@dataclass
class Tally:
    """Lines a rule removed: pairs of page and line, so that three extractors count once."""

    scrap: set[tuple[str, str]] = field(default_factory=set)
    body: set[tuple[str, str]] = field(default_factory=set)
    harm: set[tuple[str, str]] = field(default_factory=set)

    @property
    def precision(self) -> float:
        hits = len(self.scrap) + len(self.body)
        return len(self.scrap) / hits if hits else 1.0


def load_score(shared: Path) -> ModuleType:
    """The measure, from the shared folder."""
    spec = importlib.util.spec_from_file_location("score", shared / "bench" / "score.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"{shared}: holds no bench/score.py; name the folder with --shared")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as source:
        yield from map(json.loads, source)


def removed_lines(result: CleanResult) -> Iterator[tuple[str, str]]:
    """Rule and text of every line that was removed completely."""
    for edit in result.edits:
        if not edit.replacement:
            for line in result.repaired[edit.start : edit.end].split("\n"):
                if line.strip():
                    yield edit.rule, line.strip()


def judge(row: dict[str, Any], result: CleanResult, score: ModuleType, tallies: dict[str, Tally]) -> None:
    """Sort the removed lines of a document into scrap, body and false positives in clean bodies.

    The measure calls a line body when its words stand in the gold body. A caption that repeats a sentence of the
    article is no loss, so a line whose words still stand in the cleaned text counts as scrap.
    """
    body = {line: is_body for line, _, is_body in score.label(result.repaired, row["gold"])} if "gold" in row else {}
    left = score.shingles(score.TOKEN.findall(result.text.lower()))
    for rule, line in removed_lines(result):
        pair, tally = (row["id"], line), tallies[rule]
        if "gold" in row:
            if line in body:
                words = score.shingles(score.TOKEN.findall(line.lower()))
                repeated = sum(left[shingle] > 0 for shingle in words) * 2 >= len(words)
                (tally.body if body[line] and not repeated else tally.scrap).add(pair)
        elif "with" in row:
            if any(segment in line and segment not in result.text for segment in row["with"]):
                tally.body.add(pair)
        else:
            tally.harm.add(pair)


def measure(name: str, shared: Path, profile: ProfileChoice) -> tuple[dict[str, Any], dict[str, Tally]]:
    """Scores and tallies of one corpus."""
    score, cleaner = load_score(shared), Cleaner(profile=profile)
    corpus = shared / "corpus" / f"{name}.jsonl.gz"
    tallies: dict[str, Tally] = defaultdict(Tally)
    with tempfile.TemporaryDirectory() as folder:
        after, repaired = Path(folder) / "after.jsonl", Path(folder) / "repaired.jsonl"
        lost = all_words = 0.0
        with after.open("w", encoding="utf-8") as target, repaired.open("w", encoding="utf-8") as between:
            for row in rows(corpus):
                document = DocumentInfo(row.get("title") or "", row.get("url") or "")
                result = cleaner.clean_document(row["text"], document)
                target.write(json.dumps({"id": row["id"], "text": result.text}) + "\n")
                between.write(json.dumps({"id": row["id"], "text": result.repaired}) + "\n")
                judge(row, result, score, tallies)
                if "gold" in row:
                    gone = words_gone(row, result, score)
                    lost, all_words = lost + gone[0], all_words + gone[1]
        scores = run_score(score, corpus, after)
        scores["words_gone_ppm"] = 1e6 * lost / max(all_words, 1)
        if "words_lost_ppm" in scores:
            # The score's tokens break at soft hyphens, entities and combining marks, so it counts repairs as losses.
            scores["rules_alone"] = run_score(score, repaired, after)
    return scores, dict(tallies)


def words_gone(row: dict[str, Any], result: CleanResult, score: ModuleType) -> tuple[float, int]:
    """The words of body lines that no longer occur in the cleaned text, and all words of body lines."""
    after = score.TOKEN.findall(result.text.lower())
    left, spaced = set(score.shingles(after)), f" {' '.join(after)} "
    gone, total = 0.0, 0
    for _, words, is_body in score.label(result.repaired, row["gold"]):
        if is_body:
            total += len(words)
            if len(words) < _SHINGLE:
                gone += len(words) * (f" {' '.join(words)} " not in spaced)
            else:
                missing = sum(shingle not in left for shingle in score.shingles(words))
                gone += len(words) * missing / (len(words) - _SHINGLE + 1)
    return gone, total


_SHINGLE = 4


def run_score(score: ModuleType, before: Path, after: Path) -> dict[str, Any]:
    import contextlib
    import io

    argv, sys.argv = sys.argv, ["score.py", str(before), str(after), "--json"]
    try:
        with contextlib.redirect_stdout(io.StringIO()) as out:
            score.main()
    finally:
        sys.argv = argv
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def score_lines(scores: dict[str, dict[str, Any]]) -> Iterator[str]:
    yield f"{'text':22} {'F1':>15} {'gap closed':>10} {'scrap lines':>11} {'lost/million':>12} {'gone/million':>12}"
    for name, found in scores.items():
        if "gap_closed" in found:
            change = f"{found['before']['F1']:.4f}→{found['after']['F1']:.4f}"
            gone, lost = found["scrap_lines_removed"], found["body_words_lost_ppm"]
            missing = found["words_gone_ppm"]
            yield f"{name:22} {change:>15} {found['gap_closed']:>10.3f} {gone:>11.3f} {lost:>12.0f} {missing:>12.0f}"
        elif "scrap_segments_removed" in found:
            gone, lost = found["scrap_segments_removed"], found["body_segments_lost_ppm"]
            yield f"{name:22} {'segments':>15} {'':>10} {gone:>11.3f} {lost:>12.0f}"
        else:
            touched, lost = found["documents_touched"], found["words_lost_ppm"]
            yield f"{name:22} {f'{touched:.2%} touched':>15} {'':>10} {'':>11} {lost:>12.0f}"
            touched, lost = found["rules_alone"]["documents_touched"], found["rules_alone"]["words_lost_ppm"]
            yield f"{name + ', rules alone':22} {f'{touched:.2%} touched':>15} {'':>10} {'':>11} {lost:>12.0f}"


def rule_lines(tallies: dict[str, Tally], short: Sequence[str]) -> Iterator[str]:
    yield f"{'rule':42} {'scrap':>6} {'body':>5} {'harm':>5} {'precision':>9}  confidence"
    for rule in builtin_rules():
        tally = tallies.get(rule.id)
        if tally:
            mark = "  < promised" if rule.id in short else ""
            counts = f"{len(tally.scrap):>6} {len(tally.body):>5} {len(tally.harm):>5} {tally.precision:>9.3f}"
            yield f"{rule.id:42} {counts}  {rule.confidence}{mark}"
    silent = [rule.id for rule in builtin_rules() if rule.id not in tallies]
    yield f"without a hit here: {len(silent)} rules"


def falls_short(rule: Rule, tally: Tally) -> bool:
    """Whether the hits refute the promise: even the upper end of the precision's 90 % interval (Wilson) is below it."""
    hits = len(tally.scrap) + len(tally.body)
    if hits < ENOUGH_HITS:
        return False
    z, p = 1.645, tally.precision
    upper = (p + z * z / (2 * hits) + z * sqrt(p * (1 - p) / hits + z * z / (4 * hits * hits))) / (1 + z * z / hits)
    return upper < PROMISED[rule.confidence]


def coverage_lines() -> Iterator[str]:
    table: dict[str, Counter[str]] = defaultdict(Counter)
    for rule in builtin_rules():
        for texts in (rule.lines, rule.prefixes, rule.patterns):
            for language, wordings in texts.items():
                table[rule.scrap_class]["" if language == "mul" else language] += len(wordings)
    yield f"{'class':22} {'any':>4} " + " ".join(f"{language:>3}" for language in LANGUAGES)
    for name in sorted(table):
        cells = " ".join(f"{table[name][language] or '·':>3}" for language in LANGUAGES)
        yield f"{name:22} {table[name][''] or '·':>4} {cells}"


def corpora(shared: Path) -> tuple[str, ...]:
    """Every corpus with a ground truth: pages with marked bodies or segments, then clean texts by genre."""
    folder = shared / "corpus"
    names = [path.name.removesuffix(".jsonl.gz") for path in sorted(folder.glob("*.jsonl.gz"))]
    genres = [f"harm/{path.name.removesuffix('.jsonl.gz')}" for path in sorted(folder.glob("harm/*.jsonl.gz"))]
    return (*(name for name in names if not name.startswith("sites") and name != "harm"), "harm", *genres)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--profile", action="append", dest="profiles", metavar="NAME")
    parser.add_argument("--all", action="store_true", help="every corpus with a ground truth")
    parser.add_argument("--strict", action="store_true")
    parser.add_argument("--lost", action="store_true", help="print every body line that a rule removed")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    return max([report(profile, options) for profile in options.profiles or PROFILES])


def report(profile: ProfileChoice, options: argparse.Namespace) -> int:
    """Measure a profile and print its tables; the exit code."""
    scores: dict[str, dict[str, Any]] = {}
    tallies: dict[str, Tally] = defaultdict(Tally)
    names = corpora(options.shared) if options.all else SETS
    with ProcessPoolExecutor() as pool:
        jobs = {name: pool.submit(measure, name, options.shared, profile) for name in names}
        for name, job in jobs.items():
            scores[name], found = job.result()
            for rule, tally in found.items():
                tallies[rule].scrap |= tally.scrap
                tallies[rule].body |= tally.body
                tallies[rule].harm |= tally.harm
    short = [rule.id for rule in builtin_rules() if rule.id in tallies and falls_short(rule, tallies[rule.id])]
    if options.json:
        counts = {rule: [len(t.scrap), len(t.body), len(t.harm)] for rule, t in sorted(tallies.items())}
        print(json.dumps({"profile": profile, "scores": scores, "rules": counts, "short": short}))
    else:
        print(f"profile {profile}\n")
        for lines in (score_lines(scores), rule_lines(tallies, short), coverage_lines()):
            print(*lines, sep="\n", end="\n\n")
        if options.lost:
            for rule, tally in sorted(tallies.items()):
                for page, line in sorted(tally.body | tally.harm):
                    print(rule, page, line[:200], sep=" | ")
    return 1 if options.strict and short else 0


if __name__ == "__main__":
    sys.exit(main())
