"""``clean --engine spark|ray``: for those who have a cluster and no wish to write code."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from cleaner.adapters.arrow import Columns
from cleaner.cli.console import DONE, console
from cleaner.cli.parameters import keys_of
from cleaner.errors import CleanerError
from cleaner.formats.files import kind_of
from cleaner.formats.rows import Keys
from cleaner.pipeline import Cleaner

__all__ = ["ENGINES", "clean_with_engine"]

ENGINES = ("spark", "ray")
_KINDS = ("parquet", "jsonl", "csv")
_NOT_HERE = (
    "audit", "attributes", "keep_removed", "drop_flagged", "stats", "rejects", "site_lines", "max_errors", "jobs",
    "include", "exclude",
)  # fmt: skip
_SPARK_OPTIONS: Mapping[str, Mapping[str, Any]] = {
    "csv": {
        "header": True,
        "inferSchema": True,
        "multiLine": True,
        "escape": '"',
        "ignoreLeadingWhiteSpace": False,  # the defaults cut what is written
        "ignoreTrailingWhiteSpace": False,
    },
    "jsonl": {"ignoreNullFields": False},
}
_TEXT_ONLY = Columns("", "", "")


def clean_with_engine(
    cleaner: Cleaner, paths: tuple[Path, ...], output: Path | None, elsewhere: bool, given: Mapping[str, Any]
) -> int:
    """Clean the rows of files or folders with an engine, into a folder of files of the same kind.

    The columns stay as they are but for the text. How many files there will be, and how many workers, the
    engine decides.

    Raises:
        CleanerError: the engine is not installed, or there is no text column.
    """
    engine = given["engine"]
    asked = [f"--{name.replace('_', '-')}" for name in _NOT_HERE if given[name]]
    if elsewhere or asked:
        named = ", ".join(asked) or "--in-place, --check and --diff"
        raise click.UsageError(f"--engine {engine} writes a folder and nothing else: {named} cannot be had with it")
    if output is None:
        raise click.UsageError("where should the results go? Give -o FOLDER")
    if output.exists() and any(output.iterdir() if output.is_dir() else [output]):
        raise click.UsageError(f"{output}: is there already, and not empty; name a new folder")
    kind = _kind(paths, given["kind"])
    names = [str(path) for path in paths]
    (_spark if engine == "spark" else _ray)(cleaner, names, str(output), kind, keys_of(given))
    if not given["quiet"]:
        console().print(f"written to {output}", markup=False)
    return DONE


def _kind(paths: tuple[Path, ...], named: str | None) -> str:
    """The one kind that all the files are of."""
    kinds = {named} if named else {kind for path in paths for kind in _kinds_in(path)}
    if len(kinds) != 1 or not kinds <= set(_KINDS):
        found = ", ".join(sorted(map(str, kinds))) or "nothing"
        raise CleanerError(
            f"engines read files of one kind, {', '.join(_KINDS)}; here is {found}: name it with --format"
        )
    return str(kinds.pop())


def _kinds_in(path: Path) -> set[str | None]:
    if not path.exists():
        raise CleanerError(f"{path}: no such file or folder")
    files = [path] if path.is_file() else sorted(file for file in path.rglob("*") if file.is_file())
    return {kind_of(file) for file in files if not file.name.startswith((".", "_"))}


def _spark(cleaner: Cleaner, paths: list[str], output: str, kind: str, keys: Keys) -> None:
    from cleaner.adapters.shared import engine
    from cleaner.adapters.spark import clean_spark

    with engine("spark"):
        from pyspark.sql import SparkSession
    spark = SparkSession.builder.appName("clean").getOrCreate()
    try:
        options = _SPARK_OPTIONS.get(kind, {})
        name = {"jsonl": "json"}.get(kind, kind)
        frame = spark.read.options(**options).format(name).load(paths)
        cleaned = clean_spark(frame, cleaner, keys=keys, columns=_TEXT_ONLY)
        cleaned.write.options(**options).format(name).save(output)
    finally:
        spark.stop()


def _ray(cleaner: Cleaner, paths: list[str], output: str, kind: str, keys: Keys) -> None:
    from cleaner.adapters.ray import clean_ray
    from cleaner.adapters.shared import engine

    with engine("ray"):
        import ray
    started = not ray.is_initialized()
    try:
        read = {"parquet": ray.data.read_parquet, "jsonl": ray.data.read_json, "csv": ray.data.read_csv}[kind]
        cleaned = clean_ray(read(paths), cleaner, keys=keys, columns=_TEXT_ONLY)
        {"parquet": cleaned.write_parquet, "jsonl": cleaned.write_json, "csv": cleaned.write_csv}[kind](output)
    finally:
        if started:
            ray.shutdown()
