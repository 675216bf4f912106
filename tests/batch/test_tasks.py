"""The pieces of work of a run."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.batch.jobs import Job, plan
from cleaner.batch.options import Options
from cleaner.batch.tasks import SHARD_BYTES, row_tasks, size_of, tasks_of
from cleaner.io.formats.base import FieldNames
from tests.articles import json_lines


@pytest.fixture
def jobs(tmp_path: Path) -> list[Job]:
    """Nine small files, then rows of three shards, then one more file."""
    for name in (*(f"a{i}.txt" for i in range(9)), "z.txt"):
        (tmp_path / name).write_text("x" * 10)
    (tmp_path / "rows.jsonl").write_bytes(json_lines(1500))
    return plan([tmp_path], None).jobs


def test_small_files_come_in_batches_and_rows_in_shards(jobs: list[Job]) -> None:
    tasks = list(tasks_of(jobs, Options()))
    assert [[number for number, _ in task.jobs] for task in tasks[:2]] == [[0, 1, 2, 3, 4, 5, 6, 7], [8]]
    shards = [task for task in tasks if task.shard]
    assert len(shards) >= 3
    assert tasks[2:-1] == [*shards, tasks[-2]]
    assert (tasks[-2].end, tasks[-2].error) == (True, "")
    assert [number for number, _ in tasks[-1].jobs] == [10]


def test_the_sizes_add_up_to_those_of_the_files(jobs: list[Job]) -> None:
    assert sum(task.size for task in tasks_of(jobs, Options())) == sum(map(size_of, jobs))


def test_what_was_done_before_is_left_out(jobs: list[Job]) -> None:
    every = [task for task in tasks_of(jobs, Options()) if task.shard]
    left = list(tasks_of(jobs, Options(), finished=range(9), shards_done=2))
    assert [task.shard for task in left if task.shard] == [task.shard for task in every[2:]]
    assert left[0].jobs[0][0] == 9
    assert sum(task.size for task in left) == size_of(jobs[9]) + size_of(jobs[10])


def test_shards_are_small(jobs: list[Job]) -> None:
    assert max(task.size for task in tasks_of(jobs, Options())) < 2 * SHARD_BYTES


def test_a_file_that_cannot_be_read_ends_with_an_error(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    [task] = row_tasks(Job(path, "csv", None, path.name), FieldNames())
    assert (task.end, task.error) == (True, "No such file or directory; check the path")
    path.write_text("id,body\n")
    [task] = row_tasks(Job(path, "csv", None, path.name), FieldNames(), consequence="; nothing was written")
    assert task.error.startswith("has no column 'text'")
    assert task.error.endswith("did you mean --text-key body?; nothing was written")


def test_a_missing_file_has_no_size(tmp_path: Path) -> None:
    assert size_of(Job(tmp_path / "none", "text", None, "none")) == 0
