"""Measure how fast cleaner is, as ratios in one run: machines differ, and one machine differs from hour to hour.

usage: python -m benchmarks.speed [--shared DIR] [--quick] [--json]

DIR holds `corpus/*.jsonl.gz` and `corpus/html` (default: ../shared beside the checkout). One process and the built-in
rules of the default profile unless a line says otherwise. Printed is for each question what was measured, the ratio,
and the ratio aimed at.
  clean     the whole cleaner against the obvious pipeline (`ftfy.fix_text`, then every rule's regex on every line), and
            against what Python needs at least (split, strip, join); other tools where they are installed
  repair    encoding repair alone against `ftfy.fix_text` with the same configuration, on repaired text
  rules     10,000 generated rules against 100; compiling them; loading the built-in set in a new process
  workers   two worker processes against one, on a folder and on one file of JSON Lines; memory of a worker
  html      what cleaning adds to trafilatura's extraction
  growth    time per character at 10 MB against 100 kB, for texts that are made to be slow
With --quick the corpus is sampled and the files are fewer: for a look while working.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import ftfy
import regex

from cleaner import Cleaner, RuleSet, builtin_rules
from cleaner.matching import CompiledRules, Memo
from cleaner.repair import RepairConfig, repair
from cleaner.rules.parse import parse_rules

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Row:
    """One line of the table: what was measured, the figure, and the figure aimed at ("" for none)."""

    part: str
    what: str
    figure: float
    unit: str
    aim: str = ""


def best(function: Callable[[], object], times: int = 3) -> float:
    """Seconds of the fastest of some runs: what disturbs a run only ever makes it slower."""
    spans = []
    for _ in range(times):
        start = time.perf_counter()
        function()
        spans.append(time.perf_counter() - start)
    return min(spans)


def read_texts(shared: Path, quick: bool) -> list[str]:
    texts = []
    for name in ("aeb.resiliparse", "fundus.resiliparse"):
        path = shared / "corpus" / f"{name}.jsonl.gz"
        if not path.is_file():
            raise SystemExit(f"{path}: no such file; name the folder that holds corpus/ with --shared")
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            texts += [str(json.loads(line)["text"]) for line in lines]
    return texts[::8] if quick else texts


def obvious_patterns(rules: RuleSet) -> list[regex.Pattern[str]]:
    """One regex for the wordings of each rule, and its regexes: what everybody writes."""
    patterns = []
    for rule in rules:
        words = [re.escape(text) for texts in rule.lines.values() for text in texts]
        words += [re.escape(text) + ".*" for texts in rule.prefixes.values() for text in texts]
        if words:
            patterns.append(regex.compile(rf"\W*(?:{'|'.join(words)})\W*", regex.IGNORECASE))
        texts = [rules.expand(text) for texts in rule.patterns.values() for text in texts]
        patterns += [regex.compile(text, regex.IGNORECASE) for text in texts]
    return patterns


def obvious(text: str, patterns: Sequence[regex.Pattern[str]]) -> str:
    kept = []
    for line in ftfy.fix_text(text).split("\n"):
        stripped = line.strip()
        if not stripped or not any(pattern.fullmatch(stripped) for pattern in patterns):
            kept.append(line)
    return "\n".join(kept)


def measure_clean(texts: Sequence[str]) -> Iterator[Row]:
    chars = sum(map(len, texts)) / 1e6
    cleaner, patterns = Cleaner(), obvious_patterns(builtin_rules().select())

    def clean() -> None:
        for text in texts:
            cleaner.clean(text)

    clean()  # compiles the regexes
    ours = best(clean)
    slow = best(lambda: [obvious(text, patterns) for text in texts[::4]], 1) / sum(map(len, texts[::4])) * chars * 1e6
    floor = best(lambda: ["\n".join([line.strip() for line in text.split("\n")]) for text in texts])
    yield Row("clean", "Cleaner.clean", chars / ours, "million characters a second")
    yield Row("clean", "obvious pipeline", chars / slow, "million characters a second")
    yield Row("clean", "split, strip, join", chars / floor, "million characters a second")
    yield Row("clean", "against the obvious pipeline", slow / ours, "times as fast", ">= 50")
    yield Row("clean", "against split, strip, join", ours / floor, "times as long", "<= 10")
    for name, peer in peers().items():
        theirs = best(lambda peer=peer: [peer(text) for text in texts], 1)  # type: ignore[misc]
        yield Row("clean", f"against {name}", theirs / ours, "times as fast")


def peers() -> dict[str, Callable[[str], object]]:
    """Other people's tools, as far as they are installed."""
    found: dict[str, Callable[[str], object]] = {"ftfy.fix_text, which cleans no lines": ftfy.fix_text}
    if importlib.util.find_spec("datatrove"):
        from datatrove.data import Document
        from datatrove.pipeline.filters import C4QualityFilter

        c4 = C4QualityFilter()
        found["datatrove's C4 filter"] = lambda text: c4.filter(Document(text=text, id="0"))
    if importlib.util.find_spec("cleantext"):
        import cleantext

        found["clean-text"] = cleantext.clean
    return found


def measure_repair(texts: Sequence[str]) -> Iterator[Row]:
    repaired = [repair(text).text for text in texts]
    config = RepairConfig().ftfy._replace(explain=False)
    theirs = best(lambda: [ftfy.fix_text(text, config) for text in repaired], 1)
    yield Row(
        "repair",
        "against ftfy.fix_text, clean text",
        theirs / best(lambda: list(map(repair, repaired))),
        "times as fast",
        ">= 40",
    )
    theirs = best(lambda: [ftfy.fix_text(text, config) for text in texts], 1)
    yield Row(
        "repair",
        "against ftfy.fix_text, as extracted",
        theirs / best(lambda: list(map(repair, texts))),
        "times as fast",
    )


_WORDS = [
    "alpha",
    "bravo",
    "river",
    "post",
    "council",
    "notice",
    "photo",
    "share",
    "follow",
    "update",
    "newsletter",
    "editor",
    "reader",
    "subscribe",
    "member",
    "city",
    "daily",
    "journal",
    "tribune",
    "herald",
    "evening",
    "morning",
    "weekly",
    "report",
    "picture",
    "gallery",
]


def generated_rules(count: int) -> RuleSet:
    """Rules as people write them: six of ten are exact lines, two are prefixes, two are regexes."""
    chance = random.Random(count)
    parts = []
    for i in range(count):
        one, two, three = chance.sample(_WORDS, 3)
        body = (
            [f'lines = ["{one} {two} {i}", "{three}{i} {two}"]'] * 6
            + [f'prefixes = ["{one} {two}{i}:"]'] * 2
            + [f"pattern = '(?:{one} )?{two}{i} (?:by|from) .{{2,60}}'"] * 2
        )[i % 10]
        examples = 'examples = { removes = ["x"], keeps = ["y z"] }'
        parts.append(f'[[rule]]\nid = "own{i % 50}.r{i}"\ndescription = "X"\n{body}\n{examples}\n')
    return parse_rules("\n".join(parts), terms={})


_LOAD = """
import time
start = time.perf_counter()
from cleaner import Cleaner, builtin_rules
builtin_rules()
print(time.perf_counter() - start)
Cleaner().clean("x")
print(time.perf_counter() - start)
"""


def measure_rules(texts: Sequence[str]) -> Iterator[Row]:
    few, many = generated_rules(100), generated_rules(10_000)
    compiling = best(lambda: CompiledRules(many).match_lines(["x"], Memo()), 2)
    spans = []
    for rules in (few, many):
        cleaner = Cleaner(rules, profile="all")
        cleaner.clean(texts[0])
        spans.append(best(lambda cleaner=cleaner: [cleaner.clean(text) for text in texts]))  # type: ignore[misc]
    yield Row("rules", "10,000 rules against 100", spans[1] / spans[0], "times as long", "<= 1.5")
    yield Row("rules", "compiling 10,000 rules", compiling, "seconds", "<= 2")
    starts = [subprocess.run([sys.executable, "-c", _LOAD], capture_output=True, check=True).stdout for _ in range(4)]
    loaded, ready = (min(map(float, spans)) for spans in zip(*(out.split() for out in starts), strict=True))
    yield Row("rules", "importing and loading the built-in set, a new process", loaded, "seconds", "<= 0.15")
    yield Row("rules", "the same until the first text is clean", ready, "seconds")


_RUN = """
import resource, sys, time
from pathlib import Path
from cleaner import Cleaner
from cleaner.runner import Options, plan, run_jobs
cleaner, jobs = Cleaner(), plan([Path(sys.argv[1])], Path(sys.argv[2])).jobs
cleaner.clean("x")
start = time.perf_counter()
count = sum(report.documents for report in run_jobs(cleaner, jobs, Options(), int(sys.argv[3])))
span = time.perf_counter() - start
own, workers = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(count, span, max(own, workers) / 1024)
"""


def measure_workers(texts: Sequence[str], quick: bool) -> Iterator[Row]:
    count = 1_000 if quick else 10_000
    with tempfile.TemporaryDirectory() as name:
        base = Path(name)
        files, rows = base / "files", base / "rows"
        files.mkdir()
        rows.mkdir()
        with (rows / "rows.jsonl").open("w", encoding="utf-8") as stream:
            for i in range(count):
                text = texts[i % len(texts)]
                (files / f"{i:05}.txt").write_text(text, encoding="utf-8")
                stream.write(json.dumps({"id": i, "text": text}) + "\n")
        for what, source in ((f"a folder of {count:,} files", files), (f"one file of {count:,} rows", rows)):
            spans, memory = [], 0.0
            for workers in (1, 2):
                command = [
                    sys.executable,
                    "-c",
                    _RUN,
                    str(source),
                    str(base / f"{source.name}-{workers}"),
                    str(workers),
                ]
                done, span, peak = subprocess.run(command, capture_output=True, check=True, text=True).stdout.split()
                if int(done) != count:
                    raise SystemExit(f"{what}: {done} of {count} documents were cleaned")
                spans.append(float(span))
                memory = max(memory, float(peak))
            yield Row("workers", f"two against one, {what}", spans[0] / spans[1], "times as fast", ">= 1.8")
            yield Row("workers", f"memory of the largest process, {what}", memory, "MB", "<= 250")


def measure_html(shared: Path, quick: bool) -> Iterator[Row]:
    from cleaner.errors import ExtractionError
    from cleaner.formats.html import extract

    paths = sorted((shared / "corpus" / "html").rglob("*.html.gz"))[: 10 if quick else 60]
    cleaner, pages, extracting, cleaning = Cleaner(), 0, 0.0, 0.0
    cleaner.clean("x")
    for _ in ("compiles the regexes", "measures"):
        pages, extracting, cleaning = 0, 0.0, 0.0
        for path in paths:
            page = gzip.decompress(path.read_bytes())
            start = time.perf_counter()
            try:
                text, document, _ = extract(page)
            except ExtractionError:
                continue
            middle = time.perf_counter()
            cleaner.clean_document(text, document)
            extracting, cleaning = extracting + middle - start, cleaning + time.perf_counter() - middle
            pages += 1
    if pages:
        yield Row("html", f"cleaning, of trafilatura's time, {pages} pages", 100 * cleaning / extracting, "%", "<= 3")


def slow_texts(size: int) -> dict[str, str]:
    """Texts of about a size that are made to be slow."""
    prose = "The council met on Tuesday evening and voted to repair the old bridge. "
    return {
        "one line": prose * (size // len(prose)),
        "empty lines": "\n" * size,
        "one repeated scrap": "Advertisement\n" * (size // 14),
        "nested brackets": ("(" * 500 + ")" * 500 + "\n") * (size // 1001),
        "nested brackets in one line": "(" * (size // 2) + ")" * (size // 2),
        "mojibake only": "â€™Ã©â€œ" * (size // 8),
        "lines of mojibake": ("Itâ€™s a cafÃ© in the old town.\n") * (size // 31),
    }


def measure_growth(quick: bool) -> Iterator[Row]:
    cleaner = Cleaner()
    cleaner.clean("x")
    small, large = 100_000, 1_000_000 if quick else 10_000_000
    short, long = slow_texts(small), slow_texts(large)
    for name, text in short.items():
        for warm in (text[:1000], text):
            cleaner.clean(warm)
        one = best(lambda text=text: cleaner.clean(text)) / len(text)  # type: ignore[misc]
        ten = best(lambda text=long[name]: cleaner.clean(text), 1) / len(long[name])  # type: ignore[misc]
        yield Row("growth", f"{name}, {large // 1_000_000} MB against 100 kB", ten / one, "times as long", "<= 2")


def show(rows: Sequence[Row]) -> str:
    lines = ["| part | measured | figure | aim |", "| --- | --- | --- | --- |"]
    for row in rows:
        figure = f"{row.figure:,.0f}" if row.figure >= 100 else f"{row.figure:.3g}"
        lines.append(f"| {row.part} | {row.what} | {figure} {row.unit} | {row.aim} |")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    texts = read_texts(asked.shared, asked.quick)
    rows: list[Row] = []
    for part in (
        measure_clean(texts),
        measure_repair(texts),
        measure_rules(texts),
        measure_workers(texts, asked.quick),
        measure_html(asked.shared, asked.quick),
        measure_growth(asked.quick),
    ):
        for row in part:
            rows.append(row)
            if not asked.json:
                print(f"{row.part}: {row.what}: {row.figure:.3g} {row.unit}", file=sys.stderr, flush=True)
    print(json.dumps([asdict(row) for row in rows], indent=2) if asked.json else show(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
