"""Measure how fast cleaner is. The figures are ratios within one run, because machines differ from hour to hour.

usage: python -m benchmarks.speed [--shared DIR] [--quick] [--json] [--part NAME]... [--phases]

DIR holds `corpus/*.jsonl.gz` and `corpus/html` (default: ../shared beside the checkout). Unless a line says
otherwise, one process uses the built-in rules of the default profile. Each line shows what was measured, the ratio,
and the aim.
  kinds     The whole cleaner on three kinds of text, against other tools: text as resiliparse and trafilatura extract
            it, and text in order. Seconds of the processor are measured, and all tools take turns.
  clean     The whole cleaner, against the obvious pipeline (`ftfy.fix_text`, then the regex of every rule on every
            line) and against the least that Python needs (split, strip, join).
  repair    Encoding repair alone, against `ftfy.fix_text` with the same configuration, on repaired text.
  rules     10,000 generated rules, against 100; compiling them; loading the built-in rules in a new process.
  start     New processes of an installed package that has no cache: the first text, and a file by the command.
  workers   Two worker processes, against one, on a folder and on one file of JSON Lines; the memory of a worker.
  html      The time that cleaning adds to the extraction by trafilatura.
  growth    The time per character at 10 kB, 100 kB, 1 MB and 10 MB, for texts that are made to be slow.
--part measures some of them only. --quick takes a sample of the corpus and fewer files, for a look during development.
--phases prints instead where the time goes on each kind of text.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import ftfy
import regex

from benchmarks.peers import FTFY, peers
from benchmarks.phases import PHASES, seconds_by_phase
from cleaner import Cleaner, RuleSet, builtin_rules
from cleaner.engine.compiler import CompiledRules
from cleaner.rules.builtin import builtin_rules_dir
from cleaner.rules.loader import parse_rules
from cleaner.rules.shipped import SHIPPED, shipped_bytes
from cleaner.text.repair import RepairConfig, repair

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
    """Seconds of the fastest of some runs. A disturbance can only make a run slower."""
    spans = []
    for _ in range(times):
        start = time.perf_counter()
        function()
        spans.append(time.perf_counter() - start)
    return min(spans)


KINDS = {
    "resiliparse text": ("aeb.resiliparse", "fundus.resiliparse"),
    "trafilatura text": ("aeb.trafilatura", "fundus.trafilatura"),
    "text in order": ("harm",),
}
AIMS = {"resiliparse text": ">= 3", "trafilatura text": ">= 5", "text in order": ">= 10"}
"""How many times as fast as ftfy.fix_text the cleaner is to be."""


def read_texts(shared: Path, quick: bool, kind: str = "resiliparse text") -> list[str]:
    texts = []
    for name in KINDS[kind]:
        path = shared / "corpus" / f"{name}.jsonl.gz"
        if not path.is_file():
            raise SystemExit(f"{path}: no such file; name the folder that holds corpus/ with --shared")
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            texts += [str(json.loads(line)["text"]) for line in lines]
    return texts[::8] if quick else texts


def seconds_in_turn(functions: Mapping[str, Callable[[], object]], times: int) -> dict[str, float]:
    """Seconds of the processor of each function: the best of some rounds, in each of which all take their turn."""
    found = dict.fromkeys(functions, math.inf)
    for _ in range(times):
        for name, function in functions.items():
            start = time.process_time()
            function()
            found[name] = min(found[name], time.process_time() - start)
    return found


def measure_kinds(shared: Path, quick: bool) -> Iterator[Row]:
    cleaner, ours = Cleaner(), "Cleaner.clean"
    for kind in KINDS:
        texts = read_texts(shared, quick, kind)
        tools = {ours: cleaner.clean, **peers()}
        runs = {name: partial(_run_on, tool, texts) for name, tool in tools.items()}
        runs[ours]()  # compiles the regexes
        spans = seconds_in_turn(runs, 3)
        chars = sum(map(len, texts)) / 1e6
        yield Row("kinds", f"{ours}, {kind}", chars / spans[ours], "million characters a second")
        for name, span in spans.items():
            if name != ours:
                aim = AIMS[kind] if name == FTFY else ""
                yield Row("kinds", f"against {name}, {kind}", span / spans[ours], "times as fast", aim)


def _run_on(tool: Callable[[str], object], texts: Sequence[str]) -> None:
    for text in texts:
        tool(text)


def obvious_patterns(rules: RuleSet) -> list[regex.Pattern[str]]:
    """The obvious pipeline: for each rule, one regex for its wordings, and its own regexes."""
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
    thorough = Cleaner(profile="thorough")
    thorough.clean(texts[0])
    scored = best(lambda: [thorough.clean(text) for text in texts], 1)
    yield Row("clean", "profile thorough, against default", ours / scored, "of the speed", ">= 0.33")


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
    """Rules such as people write: six of ten are exact lines, two are prefixes, two are regexes."""
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


def measure_start() -> Iterator[Row]:
    """Seconds of the processor of new processes, where the package is installed and has no cache."""
    with tempfile.TemporaryDirectory() as name:
        base = Path(name)
        shutil.copytree(ROOT / "cleaner", base / "cleaner", ignore=shutil.ignore_patterns("__pycache__"))
        folder = shutil.copytree(ROOT / "rules", base / "cleaner" / "rules" / "builtin", dirs_exist_ok=True)
        (folder / SHIPPED).write_bytes(shipped_bytes(builtin_rules_dir(), builtin_rules()))
        (base / "one.txt").write_text("The council met on Tuesday.\n\nFollow us on:\n", encoding="utf-8")
        environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        environment |= {"PYTHONPATH": name, "CLEANER_CACHE_DIR": "", "PYTHONPYCACHEPREFIX": str(base / "bytecode")}
        once = ["-c", 'from cleaner import Cleaner; Cleaner().clean("x")']
        command = ["-m", "cleaner", "one.txt", "-o", "two.txt", "-q", "--overwrite"]
        for what, arguments, aim in (
            ("first process, until the first text is clean", once, "<= 0.5"),
            ("clean one.txt -o two.txt -q", command, "<= 0.3"),
        ):
            spans = [_processor_seconds([sys.executable, *arguments], base, environment) for _ in range(6)]
            yield Row("start", what, min(spans[1:]), "seconds", aim)  # the first one writes the bytecode


def _processor_seconds(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


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
    compiling = best(lambda: CompiledRules(many).fits(["x"]), 2)
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
from cleaner.batch.options import Options
from cleaner.batch.jobs import plan
from cleaner.batch.runner import run_jobs
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
    from cleaner.io.extractors.registry import extract

    paths = sorted((shared / "corpus" / "html").rglob("*.html.gz"))[: 10 if quick else 60]
    cleaner, pages, extracting, cleaning = Cleaner(), 0, 0.0, 0.0
    cleaner.clean("x")
    for _ in ("compiles the regexes", "measures"):
        pages, extracting, cleaning = 0, 0.0, 0.0
        for path in paths:
            page = gzip.decompress(path.read_bytes())
            start = time.process_time()
            try:
                text, document, *_ = extract(page)
            except ExtractionError:
                continue
            middle = time.process_time()
            cleaner.clean_document(text, document)
            extracting, cleaning = extracting + middle - start, cleaning + time.process_time() - middle
            pages += 1
    if pages:
        yield Row("html", f"cleaning, of trafilatura's time, {pages} pages", 100 * cleaning / extracting, "%", "<= 3")


def slow_texts(size: int) -> dict[str, str]:
    """Texts of about the given size that are made to be slow."""
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
    cleaner = Cleaner(document_seconds=1e9)
    cleaner.clean("x")
    sizes = {"10 kB": 10_000, "100 kB": 100_000, "1 MB": 1_000_000} | ({} if quick else {"10 MB": 10_000_000})
    for name in slow_texts(100):
        costs = {}
        for size, count in sizes.items():
            text = slow_texts(count)[name]
            cleaner.clean(text[:1000])
            costs[size] = best(partial(cleaner.clean, text), 3 if count <= 100_000 else 1) / len(text) * 1e6
            yield Row("growth", f"{name}, {size}", costs[size], "µs a character")
        largest = list(sizes)[-1]
        yield Row(
            "growth", f"{name}, {largest} against 100 kB", costs[largest] / costs["100 kB"], "times as long", "<= 2"
        )


def show(rows: Sequence[Row]) -> str:
    lines = ["| part | measured | figure | aim |", "| --- | --- | --- | --- |"]
    for row in rows:
        figure = f"{row.figure:,.0f}" if row.figure >= 100 else f"{row.figure:.3g}"
        lines.append(f"| {row.part} | {row.what} | {figure} {row.unit} | {row.aim} |")
    return "\n".join(lines)


def show_phases(shared: Path, quick: bool) -> str:
    """A table of the share of each phase in the time of cleaning, for each kind of text."""
    cleaner = Cleaner()
    found = {kind: seconds_by_phase(cleaner, read_texts(shared, quick, kind)) for kind in KINDS}
    lines = [f"| phase | {' | '.join(found)} |", "| --- |" + " --- |" * len(found)]
    for phase in PHASES:
        shares = (f"{100 * spans[phase] / sum(spans.values()):.0f} %" for spans in found.values())
        lines.append(f"| {phase} | {' | '.join(shares)} |")
    return "\n".join(lines)


def parts_of(shared: Path, quick: bool) -> dict[str, Callable[[], Iterator[Row]]]:
    """What is measured, by its name."""
    texts = read_texts(shared, quick)
    return {
        "kinds": partial(measure_kinds, shared, quick),
        "clean": partial(measure_clean, texts),
        "repair": partial(measure_repair, texts),
        "rules": partial(measure_rules, texts),
        "start": measure_start,
        "workers": partial(measure_workers, texts, quick),
        "html": partial(measure_html, shared, quick),
        "growth": partial(measure_growth, quick),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--phases", action="store_true")
    parser.add_argument("--part", action="append", metavar="NAME")
    asked = parser.parse_args(arguments)
    if asked.phases:
        print(show_phases(asked.shared, asked.quick))
        return 0
    parts = parts_of(asked.shared, asked.quick)
    if unknown := set(asked.part or ()) - parts.keys():
        parser.error(f"--part {min(unknown)}: there are {', '.join(parts)}")
    rows: list[Row] = []
    for part in asked.part or parts:
        for row in parts[part]():
            rows.append(row)
            if not asked.json:
                print(f"{row.part}: {row.what}: {row.figure:.3g} {row.unit}", file=sys.stderr, flush=True)
    print(json.dumps([asdict(row) for row in rows], indent=2) if asked.json else show(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
