"""Clean files on Spark or Ray, from a folder of files into another one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from cleaner.adapters.arrow import Columns
from cleaner.errors import CleanerError
from cleaner.io.formats.base import FieldNames
from cleaner.io.formats.registry import kind_of
from cleaner.pipeline import Cleaner

__all__ = ["ENGINES", "KINDS", "clean_on_cluster"]

KINDS = ("parquet", "jsonl", "csv")
"""The formats that the engines read and write."""

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


def clean_on_cluster(
    engine: str, cleaner: Cleaner, paths: Sequence[Path], output: Path, kind: str | None, keys: FieldNames
) -> None:
    """Clean the rows of files or folders with an engine, into a folder of files of the same format.

    The columns stay as they are but for the text. The engine decides how many files and workers there are.

    Args:
        engine: one of :data:`ENGINES`.
        cleaner: what cleans each row.
        paths: the files, or folders of them.
        output: the folder for the results; it must be new or empty.
        kind: one of :data:`KINDS`; by default that of the files.
        keys: the columns.

    Raises:
        CleanerError: the engine is not installed, the output is not empty, the files are of several formats, or there
            is no text column.
    """
    if output.exists() and any(output.iterdir() if output.is_dir() else [output]):
        raise CleanerError(f"{output}: exists and is not empty; name a new folder")
    ENGINES[engine](cleaner, [str(path) for path in paths], str(output), _kind(paths, kind), keys)


def _kind(paths: Sequence[Path], named: str | None) -> str:
    """The one format that all the files have."""
    kinds = {named} if named else {kind for path in paths for kind in _kinds_in(path)}
    if len(kinds) != 1 or not kinds <= set(KINDS):
        found = ", ".join(sorted(map(str, kinds))) or "nothing"
        raise CleanerError(
            f"engines read files of one format, {', '.join(KINDS)}; here is {found}: name it with --format"
        )
    return str(kinds.pop())


def _kinds_in(path: Path) -> set[str | None]:
    if not path.exists():
        raise CleanerError(f"{path}: no such file or folder")
    files = [path] if path.is_file() else sorted(file for file in path.rglob("*") if file.is_file())
    return {kind_of(file) for file in files if not file.name.startswith((".", "_"))}


def _clean_with_spark(cleaner: Cleaner, paths: Sequence[str], output: str, kind: str, keys: FieldNames) -> None:
    from cleaner.adapters.base import engine
    from cleaner.adapters.spark import clean_spark

    with engine("spark"):
        from pyspark.sql import SparkSession
    spark = SparkSession.builder.appName("clean").getOrCreate()
    try:
        options = _SPARK_OPTIONS.get(kind, {})
        name = {"jsonl": "json"}.get(kind, kind)
        frame = spark.read.options(**options).format(name).load(list(paths))
        cleaned = clean_spark(frame, cleaner, keys=keys, columns=_TEXT_ONLY)
        cleaned.write.options(**options).format(name).save(output)
    finally:
        spark.stop()


def _clean_with_ray(cleaner: Cleaner, paths: Sequence[str], output: str, kind: str, keys: FieldNames) -> None:
    from cleaner.adapters.base import engine
    from cleaner.adapters.ray import clean_ray

    with engine("ray"):
        import ray
    started = not ray.is_initialized()
    try:
        read = {"parquet": ray.data.read_parquet, "jsonl": ray.data.read_json, "csv": ray.data.read_csv}[kind]
        cleaned = clean_ray(read(list(paths)), cleaner, keys=keys, columns=_TEXT_ONLY)
        {"parquet": cleaned.write_parquet, "jsonl": cleaned.write_json, "csv": cleaned.write_csv}[kind](output)
    finally:
        if started:
            ray.shutdown()


ENGINES: Mapping[str, Callable[[Cleaner, Sequence[str], str, str, FieldNames], None]] = MappingProxyType(
    {"spark": _clean_with_spark, "ray": _clean_with_ray}
)
"""The engines by name."""
