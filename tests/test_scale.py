"""Large inputs in little memory. CLEANER_TEST_SCALE=100 makes them as large as is promised: 1 GB, 200,000 rows."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.articles import article

SCALE = int(os.environ.get("CLEANER_TEST_SCALE", "1"))
_LARGEST = 250  # MB a process
_RUN = """
import re, resource, sys
from pathlib import Path
from cleaner.cli import main
code = main(sys.argv[1:])
workers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
own = int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024
print(code, own, workers)
"""
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads the memory of a process as Linux shows it")


def run(*arguments: str) -> tuple[int, int, int]:
    """Exit code, and the largest memory in MB of the parent and of a worker."""
    command = [sys.executable, "-c", _RUN, *arguments, "-q", "-j", "2"]
    code, parent, worker = map(int, subprocess.run(command, capture_output=True, check=True, text=True).stdout.split())
    return code, parent, worker


@pytest.mark.slow
def test_a_huge_file_of_rows(tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    count = 0
    with source.open("w", encoding="utf-8") as stream:
        while stream.tell() < 10_000_000 * SCALE:
            stream.write(json.dumps({"id": count, "text": article(count) * 3}) + "\n")
            count += 1
    code, parent, worker = run(str(source), "-o", str(target), "--audit", str(tmp_path / "audit.jsonl.gz"))
    assert code == 0
    assert sum(1 for _ in target.open("rb")) == count
    assert max(parent, worker) <= _LARGEST


@pytest.mark.slow
def test_a_huge_table(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
    from pyarrow import parquet

    schema = pa.schema([("id", pa.int64()), ("text", pa.string()), ("tags", pa.list_(pa.string()))])
    source, target = tmp_path / "in.parquet", tmp_path / "out.parquet"
    with parquet.ParquetWriter(source, schema) as writer:
        for group in range(2 * SCALE):
            numbers = range(group * 1000, group * 1000 + 1000)
            rows = [{"id": i, "text": article(i), "tags": ["x"]} for i in numbers]
            writer.write_table(pa.Table.from_pylist(rows, schema))
    code, parent, worker = run(str(source), "-o", str(target))
    assert code == 0
    found = parquet.ParquetFile(target)
    assert found.metadata.num_rows == 2000 * SCALE
    assert found.schema_arrow == schema
    assert max(parent, worker) <= _LARGEST + 100  # pyarrow itself takes 100 MB
