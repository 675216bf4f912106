"""Hugging Face datasets: tables, streams, the cache, and worker processes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.adapters.engines import documents, engine, expected
from tests.places import ROOT

datasets = engine("datasets")

FINGERPRINT = """
import datasets
from cleaner import Cleaner
from cleaner.adapters.datasets import DatasetCleaner, clean_dataset
rows = datasets.Dataset.from_dict({"text": ["A text."]})
print(*(clean_dataset(rows, cleaner)._fingerprint for cleaner in (None, Cleaner(), Cleaner(profile="facts"))))
print(rows.map(DatasetCleaner(), batched=True)._fingerprint)
"""


def test_a_dataset_gives_what_the_cleaner_gives() -> None:
    from cleaner.adapters.datasets import clean_dataset

    rows = documents()
    assert list(clean_dataset(datasets.Dataset.from_list(rows), batch_size=7)["text"]) == expected(rows)


def test_a_dataset_in_the_format_of_arrow_gives_what_the_cleaner_gives() -> None:
    from cleaner.adapters.datasets import clean_dataset

    rows = documents()
    made = clean_dataset(datasets.Dataset.from_list(rows).with_format("arrow"), batch_size=7)
    assert list(made.with_format(None)["text"]) == expected(rows)


def test_a_stream_gives_what_the_cleaner_gives() -> None:
    from cleaner.adapters.datasets import DatasetCleaner

    rows = documents()
    stream = datasets.IterableDataset.from_generator(lambda: iter(rows))
    made = stream.map(DatasetCleaner(), batched=True, batch_size=7)
    assert [row["text"] for row in made] == expected(rows)


def test_the_fingerprint_is_the_same_in_every_process_and_without_the_cache_of_rules() -> None:
    def printed(seed: str, **more: str) -> list[str]:
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), **more}
        call = [sys.executable, "-c", FINGERPRINT]
        return subprocess.run(call, capture_output=True, text=True, check=True, env=environment).stdout.split()

    first = printed("1")
    assert first == printed("2", CLEANER_CACHE_DIR="")
    assert first[0] == first[1] != first[2]
    assert len(first) == 4


def test_a_dataset_on_disk_finds_its_cache_and_workers_get_the_rules(tmp_path: Path) -> None:
    from cleaner.adapters.datasets import clean_dataset

    source = tmp_path / "rows.jsonl"
    source.write_text('{"text": "A text.\\n\\nFollow us on:"}\n' * 4, encoding="utf-8")
    rows = datasets.load_dataset("json", data_files=str(source), split="train", cache_dir=str(tmp_path))
    made = [clean_dataset(rows, num_proc=2) for _ in range(2)]
    assert made[0].cache_files == made[1].cache_files != rows.cache_files
    assert made[0]["text"] == made[1]["text"]
    assert made[0].features["removed"].feature.keys() == {"start", "end", "rule"}
