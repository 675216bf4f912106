"""Clean files on a cluster: what is refused, what is left behind, and how a run goes on that was stopped.

Here the parts are done in this process, one after the other. The engines run in tests/cli/test_cluster.py.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cleaner import Cleaner, CleanerError
from cleaner.adapters import cluster
from cleaner.adapters.cluster import ClusterRun, absolute
from cleaner.batch.jobs import Plan
from cleaner.batch.options import Options, Outputs
from cleaner.batch.parts import Part
from cleaner.batch.preflight import plan_files
from cleaner.batch.results import Report
from cleaner.batch.runner import run_jobs
from tests.articles import article, json_lines


class InThisProcess:
    """An engine that does the parts itself, and gives up before the part with a number."""

    def __init__(self) -> None:
        self.stops_at, self.done = -1, list[str]()

    @contextmanager
    def __call__(self) -> Iterator[cluster.Engine]:
        yield self._run

    def _run(self, task: Any, parts: Sequence[Part]) -> Iterator[dict[str, Any]]:
        for number, part in enumerate(parts):
            if number == self.stops_at:
                raise CleanerError("the engine gave up")
            self.done.append(part.folder.name)
            yield task(part)


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> InThisProcess:
    made = InThisProcess()
    monkeypatch.setattr(cluster, "ENGINES", {"here": made})
    return made


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three files to clean, and a folder with something in it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    for number in range(3):
        lines = json_lines(4) + b"{bad\n"
        (tmp_path / "in" / f"{number}.jsonl").write_bytes(lines)
    (tmp_path / "in" / "z.txt").write_text(article(1), "utf-8")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("a", "utf-8")
    (tmp_path / "empty").mkdir()
    return tmp_path


def planned(folder: Path, output: str) -> Plan:
    return plan_files([folder / "in"], folder / output)


def options_to(folder: Path, prefix: str, suffix: str = "") -> Options:
    audit, rejects = folder / f"{prefix}-audit.jsonl{suffix}", folder / f"{prefix}-rejects.jsonl{suffix}"
    return Options(outputs=Outputs(audit=audit, rejects=rejects))


def local(folder: Path, cleaner: Cleaner, suffix: str = "") -> None:
    list(run_jobs(cleaner, planned(folder, "local").jobs, options_to(folder, "local", suffix)))


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def clean_here(cleaner: Cleaner, paths: Sequence[Path], output: Path) -> Report:
    planned = plan_files(paths, output, to_folder=True)
    return ClusterRun(engine="here", planned=planned, options=Options(), output=output).clean(cleaner)


def run_on(folder: Path, suffix: str = "", part_bytes: int = 1, stats: Path | None = None) -> ClusterRun:
    plan, options = planned(folder, "out"), options_to(folder, "out", suffix)
    return ClusterRun(
        engine="here", planned=plan, options=options, output=folder / "out", stats=stats, part_bytes=part_bytes
    )


def is_the_same(folder: Path, suffix: str = "") -> bool:
    """Whether the cluster left what a run on one machine leaves; what is packed is compared unpacked."""
    from cleaner.io.compression import open_decoded

    for name in ("audit", "rejects"):
        found = []
        for prefix in ("out", "local"):
            with open_decoded(folder / f"{prefix}-{name}.jsonl{suffix}") as stream:
                found.append(stream.read())
        if found[0] != found[1] or not found[0]:
            return False
    return content(folder / "out") == content(folder / "local")


@pytest.mark.parametrize(("suffix", "part_bytes"), [("", 1), (".gz", 1), ("", 1 << 20)])
def test_results_audit_and_rejects_are_those_of_a_run_on_one_machine(
    folder: Path, engine: InThisProcess, cleaner: Cleaner, suffix: str, part_bytes: int
) -> None:
    local(folder, cleaner, suffix)
    total = run_on(folder, suffix, part_bytes, folder / "stats.json").clean(cleaner)
    assert is_the_same(folder, suffix)
    assert len(engine.done) == (4 if part_bytes == 1 else 1)
    assert (total.documents, total.errors) == (13, 3)
    figures = json.loads((folder / "stats.json").read_bytes())
    assert (figures["files"], figures["documents"], figures["errors"]) == (4, 13, 3)
    assert figures["rules"] == cleaner.rules.digest


def test_large_parts_are_handed_out_first(folder: Path, engine: InThisProcess, cleaner: Cleaner) -> None:
    (folder / "in" / "2.jsonl").write_bytes(json_lines(9))
    local(folder, cleaner)
    run_on(folder).clean(cleaner)
    assert engine.done == ["000002", "000000", "000001", "000003"]
    assert is_the_same(folder)  # whatever the order was


def test_a_run_that_was_stopped_goes_on_where_it_was(folder: Path, engine: InThisProcess, cleaner: Cleaner) -> None:
    local(folder, cleaner)
    engine.stops_at = 2
    with pytest.raises(CleanerError, match="gave up"):
        run_on(folder).clean(cleaner)
    assert not (folder / "out-audit.jsonl").exists()
    (folder / "out" / "0.jsonl").write_bytes(b"as the first attempt left it")
    engine.stops_at = -1
    assert run_on(folder).clean(cleaner).documents == 13
    assert (folder / "out" / "0.jsonl").read_bytes() == b"as the first attempt left it"  # it was not cleaned again
    (folder / "out" / "0.jsonl").write_bytes((folder / "local" / "0.jsonl").read_bytes())
    assert is_the_same(folder)


def test_what_another_run_began_is_not_mixed_with_this_one(
    folder: Path, engine: InThisProcess, cleaner: Cleaner
) -> None:
    engine.stops_at = 1
    with pytest.raises(CleanerError, match="gave up"):
        run_on(folder).clean(cleaner)
    with pytest.raises(CleanerError, match="holds what a run with other rules, options or files began"):
        run_on(folder).clean(Cleaner(profile="facts"))


def test_a_part_that_is_being_cleaned_is_not_cleaned_twice(
    folder: Path, engine: InThisProcess, cleaner: Cleaner
) -> None:
    from cleaner.batch.parts import clean_part
    from cleaner.io.owned import OutputLock

    job = planned(folder, "out").jobs[0]
    part = Part(folder / "out" / "part", (job,))
    part.folder.mkdir(parents=True)
    with OutputLock(part.folder / ".cleaner-lock", part.folder), pytest.raises(CleanerError, match="another run is"):
        clean_part(cleaner, Options(), part)
    assert clean_part(cleaner, Options(), part).documents == 4


@pytest.mark.parametrize(
    ("name", "output", "message"),
    [
        ("in", "full", "full: exists and is not empty; name a new folder"),
        ("empty", "out", "no files to clean in"),
        ("in", "in", "the output is the input folder"),
    ],
)
def test_files_and_folders_that_do_not_fit_are_refused(
    folder: Path, engine: InThisProcess, name: str, output: str, message: str, cleaner: Cleaner
) -> None:
    with pytest.raises(CleanerError) as error:
        clean_here(cleaner, [folder / name], folder / output)
    assert message in str(error.value)
    assert not (folder / "out").exists()


def test_somebodys_own_file_is_not_written_over(folder: Path, engine: InThisProcess, cleaner: Cleaner) -> None:
    (folder / "out-audit.jsonl").write_text("my notes\n", "utf-8")
    with pytest.raises(CleanerError, match=r"out-audit.jsonl: exists, and is not what --audit writes"):
        run_on(folder).clean(cleaner)
    assert engine.done == []
    assert replace(run_on(folder), overwrite=True).clean(cleaner).documents == 13
    assert (folder / "out-audit.jsonl").read_bytes().count(b"\n") == 13


def test_a_missing_file_is_a_problem_of_its_own(folder: Path, engine: InThisProcess, cleaner: Cleaner) -> None:
    paths = [Path("in/z.txt"), Path("nope.jsonl")]  # relative: workers have working folders of their own
    total = clean_here(cleaner, [absolute(path) for path in paths], absolute(Path("out")))
    assert [problem.message for problem in total.problems] == ["does not exist; check the path"]
    assert (folder / "out" / "z.txt").read_text("utf-8") == cleaner.clean(article(1)).text


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (
            "Traceback:\n  raise CleanerError(\ncleaner.errors.CleanerError: /x: is full; make room\n",
            "/x: is full; make room",
        ),
        (
            "An error.\n: org.apache.spark.SparkException: Job aborted due to stage failure: Task 0 failed: "
            "org.apache.spark.SparkException: Python worker exited unexpectedly (crashed). Consider\n\tat org.x"
            "\nCaused by: java.io.EOFException\n",
            "Python worker exited unexpectedly (crashed)",
        ),
        ("The worker died unexpectedly.\nIts pid was 3.", "The worker died unexpectedly."),
        (
            "cause\n\x1b[36mray::f()\x1b[39m\nOSError: [Errno 28] No space left on device",
            "OSError: [Errno 28] No space left",
        ),
    ],
)
def test_of_the_traces_of_an_engine_the_reason_is_left(said: str, reason: str) -> None:
    message = str(cluster._gave_up("Spark", RuntimeError(said)))
    assert message.startswith(f"Spark gave up: {reason}")
    assert message.endswith("; what is done is kept: run the same command again to go on")
