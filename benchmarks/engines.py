"""Measure documents per second by engine, with one worker and with two.

usage: python -m benchmarks.engines [--documents N] [--only NAME ...] [--json]

Each measurement runs in a process of its own, because many engines cannot be started twice. Only cleaning is
measured. Before it, the engine is started, its workers build the cleaner in a first run over a few documents, and the
input is loaded into memory. The command, datasets, datatrove and Ray start processes in each run, so the time of the
first run is subtracted. The command and datatrove also read and write files. The texts are our own prose with scraps.
No two are equal.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FEW = 64

SUBJECTS = (
    "The council",
    "The mayor",
    "A spokeswoman for the mill",
    "The bridge office",
    "A baker on the northern bank",
)
DEEDS = (
    "voted to repair the stone bridge over the river",
    "said that nobody had asked the shopkeepers",
    "counted the carts that crossed on market day",
    "would rather wait until the water is lower",
    "showed a plan with two arches and a footpath",
)
WHEN = ("on Tuesday", "after the flood", "in the spring", "when the hall was full", "before the summer fair")
HEADS = ("3 MIN READ", "By Jane Doe", "March 28, 2026")
TAILS = ("Advertisement", "Follow us on:", "Sign up for our newsletter", "Read more", "(Reporting by Jane Doe)")


def article(number: int) -> str:
    """About 2,500 characters of prose with scraps above and below. Equal numbers give equal articles."""
    chance = random.Random(number)
    pick = chance.choice
    paragraphs = []
    for _ in range(8):
        sentences = [
            f"{pick(SUBJECTS)} {pick(DEEDS)} {pick(WHEN)}, for {chance.randrange(10**6)} crowns." for _ in range(3)
        ]
        paragraphs.append(" ".join(sentences))
    paragraphs[3] = paragraphs[3].replace("crowns", "crowns â€“ or less", 1)
    return "\n\n".join([*chance.sample(HEADS, 2), *paragraphs, *chance.sample(TAILS, 3)]) + "\n"


def timed(function: Callable[[int], Any], texts: int) -> tuple[float, float]:
    """Seconds of a run over a few documents, and of one over all of them."""
    spans = []
    for count in (FEW, texts):
        start = time.perf_counter()
        function(count)
        spans.append(time.perf_counter() - start)
    return spans[0], spans[1]


def table(count: int) -> Any:
    import pyarrow as pa

    return pa.table({"id": range(count), "text": [article(number) for number in range(count)]})


def library(texts: int, workers: int) -> tuple[float, float]:
    from cleaner import Cleaner

    cleaner, articles = Cleaner(), [article(number) for number in range(texts)]
    return timed(lambda count: [cleaner.clean(text) for text in articles[:count]], texts)


def command(texts: int, workers: int) -> tuple[float, float]:
    clean = str(Path(sys.executable).with_name("clean"))

    def run(count: int) -> None:
        call = [clean, f"in-{count}.jsonl", "-o", f"out-{count}.jsonl", "--jobs", str(workers), "-q"]
        subprocess.run(call, check=True)

    for count in (FEW, texts):
        write_rows(Path(f"in-{count}.jsonl"), range(count))
    return timed(run, texts)


def arrow(texts: int, workers: int) -> tuple[float, float]:
    from cleaner.adapters.arrow import clean_table

    rows = table(texts)
    return timed(lambda count: clean_table(rows.slice(0, count)), texts)


def datatrove(texts: int, workers: int) -> tuple[float, float]:
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers import JsonlWriter

    from cleaner.adapters.datatrove import CleanFormatter

    def run(count: int) -> None:
        steps = [JsonlReader(f"in-{count}"), CleanFormatter(), JsonlWriter(f"out-{count}", compression=None)]
        LocalPipelineExecutor(steps, tasks=2, workers=workers, logging_dir=f"logs-{count}").run()

    for count in (FEW, texts):
        for place in range(2):
            write_rows(Path(f"in-{count}/{place}.jsonl"), range(place, count, 2))
    return timed(run, texts)


def spark(texts: int, workers: int) -> tuple[float, float]:
    from pyspark.sql import SparkSession

    from cleaner.adapters.spark import clean_spark

    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master(f"local[{workers}]").config("spark.ui.enabled", "false")
    session = builder.config("spark.driver.host", "127.0.0.1").getOrCreate()
    rows = [(number, article(number)) for number in range(texts)]
    whole = session.createDataFrame(rows, "id int, text string").repartition(4 * workers).cache()
    few = whole.limit(FEW).repartition(4 * workers).cache()
    whole.count(), few.count()
    frames = {FEW: few, texts: whole}
    spans = timed(lambda count: clean_spark(frames[count]).write.format("noop").mode("overwrite").save(), texts)
    session.stop()
    return spans


def ray(texts: int, workers: int) -> tuple[float, float]:
    import ray as engine

    from cleaner.adapters.ray import clean_ray

    engine.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    rows = table(texts)

    def run(count: int) -> None:
        blocks = [rows.slice(start, min(256, count - start)) for start in range(0, count, 256)]
        clean_ray(engine.data.from_arrow(blocks), workers=workers, batch_size=256).materialize()

    spans = timed(run, texts)
    engine.shutdown()
    return spans


def datasets(texts: int, workers: int) -> tuple[float, float]:
    import datasets as engine

    from cleaner.adapters.datasets import clean_dataset

    engine.disable_progress_bars()
    rows = engine.Dataset(table(texts))
    processes = workers if workers > 1 else None
    return timed(lambda count: clean_dataset(rows.select(range(count)), num_proc=processes), texts)


def polars(texts: int, workers: int) -> tuple[float, float]:
    os.environ["POLARS_MAX_THREADS"] = str(workers)
    import polars as pl

    from cleaner.adapters.polars import clean_frame

    rows = pl.DataFrame(table(texts))
    return timed(lambda count: clean_frame(rows.lazy().head(count)).collect(engine="streaming"), texts)


def duckdb(texts: int, workers: int) -> tuple[float, float]:
    import duckdb as engine

    from cleaner.adapters.duckdb import register

    connection = engine.connect(config={"threads": workers})
    rows = table(texts)
    connection.from_arrow(rows).create("articles")
    register(connection)
    query = "CREATE OR REPLACE TABLE made AS SELECT id, clean_text(text) AS text FROM articles WHERE id < {}"
    return timed(lambda count: connection.execute(query.format(count)), texts)


def pandas(texts: int, workers: int) -> tuple[float, float]:
    from cleaner.adapters.pandas import clean_frame

    rows = table(texts).to_pandas()
    return timed(lambda count: clean_frame(rows.head(count)), texts)


ENGINES: dict[str, Callable[[int, int], tuple[float, float]]] = {
    "Cleaner.clean in a loop": library,
    "the command": command,
    "Arrow": arrow,
    "pandas": pandas,
    "Polars": polars,
    "DuckDB": duckdb,
    "datasets": datasets,
    "datatrove": datatrove,
    "Ray Data": ray,
    "Spark": spark,
}
ONE_PROCESS = ("Cleaner.clean in a loop", "Arrow", "pandas")
STARTING_ANEW = ("the command", "datasets", "datatrove", "Ray Data")


def write_rows(path: Path, numbers: Sequence[int]) -> None:
    path.parent.mkdir(exist_ok=True)
    lines = (json.dumps({"id": str(number), "text": article(number)}) for number in numbers)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def measure(name: str, texts: int, workers: int) -> float:
    """Documents per second of one engine, which runs in its own process and its own folder."""
    with tempfile.TemporaryDirectory() as folder:
        call = [sys.executable, "-m", "benchmarks.engines", "--one", name, str(workers), "--documents", str(texts)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(call, cwd=folder, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{name} failed:\n{done.stderr[-3000:]}")
    few, all_of_them = map(float, json.loads(done.stdout.splitlines()[-1]))
    if name in STARTING_ANEW:
        return (texts - FEW) / (all_of_them - few)
    return texts / all_of_them


def report(names: Sequence[str], texts: int) -> list[dict[str, Any]]:
    rows = []
    for name in names:
        two = None if name in ONE_PROCESS else measure(name, texts, 2)
        rows.append({"engine": name, "one": measure(name, texts, 1), "two": two})
        print(rows[-1], file=sys.stderr)
    return rows


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--documents", type=int, default=8000)
    parser.add_argument("--only", nargs="+", choices=list(ENGINES), default=list(ENGINES), metavar="NAME")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.one:
        print(json.dumps(ENGINES[options.one[0]](options.documents, int(options.one[1]))))
        return 0
    rows = report(options.only, options.documents)
    if options.json:
        print(json.dumps(rows))
        return 0
    print("| engine | 1 worker | 2 workers | times |\n| --- | --- | --- | --- |")
    for row in rows:
        two = f"{row['two']:,.0f} | {row['two'] / row['one']:.2f}" if row["two"] else "| "
        print(f"| {row['engine']} | {row['one']:,.0f} | {two} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
