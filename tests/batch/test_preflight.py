"""What is settled before a run begins."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.batch.options import Options, Outputs
from cleaner.batch.preflight import check_outputs, plan_files
from cleaner.errors import CleanerError


@pytest.fixture
def here(run_in: Path) -> Path:
    """A folder with two texts, and an empty one."""
    for name in ("in", "empty"):
        Path(name).mkdir()
    for name in ("a.txt", "b.txt"):
        Path("in", name).write_text("A town.\n", "utf-8")
    return run_in


def test_a_plan_has_the_files_and_their_results(here: Path) -> None:
    planned = plan_files([Path("in")], Path("out"), exclude=("b*",))
    assert [(job.source, job.target) for job in planned.jobs] == [(Path("in/a.txt"), Path("out/a.txt"))]


def test_a_path_that_is_not_there_is_a_problem_of_the_plan(here: Path) -> None:
    (problem,) = plan_files([Path("nowhere")]).problems
    assert str(problem) == "nowhere: does not exist; check the path"


@pytest.mark.parametrize(("output", "purpose"), [(None, "read"), (Path("out"), "clean")])
def test_no_files_are_an_error(here: Path, output: Path | None, purpose: str) -> None:
    with pytest.raises(CleanerError, match=f"no files to {purpose} in empty; see --include for other suffixes"):
        plan_files([Path("empty")], output)


def test_an_error_of_a_remote_library_names_the_address(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError("no such bucket")

    monkeypatch.setattr("cleaner.batch.preflight.plan", fail)
    monkeypatch.setattr("cleaner.batch.preflight.is_remote", lambda path: str(path) == "far")
    with pytest.raises(CleanerError, match="far: ValueError: no such bucket; check address and credentials"):
        plan_files([Path("far")], Path("out"))
    with pytest.raises(ValueError, match="no such bucket"):
        plan_files([Path("near")], Path("out"))


@pytest.mark.parametrize(
    ("outputs", "stats"),
    [
        (Outputs(audit=Path("in/a.txt")), None),
        (Outputs(attributes=Path("out/a.txt")), None),
        (Outputs(rejects=Path("x.jsonl")), Path("x.jsonl")),
        (Outputs(audit=Path("x.jsonl"), rejects=Path("x.jsonl")), None),
    ],
)
def test_two_things_of_one_name_are_refused(here: Path, outputs: Outputs, stats: Path | None) -> None:
    planned = plan_files([Path("in")], Path("out"))
    with pytest.raises(CleanerError, match="is an input or a result of this run already; give another name"):
        check_outputs(planned, Options(outputs=outputs), stats)


def test_a_field_that_is_read_is_not_written_over(here: Path) -> None:
    planned = plan_files([Path("in")], Path("out"))
    with pytest.raises(CleanerError, match="--keep-removed title: that field is read; name a new one"):
        check_outputs(planned, Options(keep_removed="title"))


@pytest.mark.parametrize("name", ["audit.jsonl", ".cleaner-audit.jsonl.partial"])
def test_the_audit_of_an_earlier_run_in_place_is_kept(here: Path, name: str) -> None:
    from cleaner.batch.growing import GrowingFile

    audit = Path("audit.jsonl")
    (audit if name == "audit.jsonl" else GrowingFile.partial_of(audit)).write_text("{}\n", "utf-8")
    planned = plan_files([Path("in")], in_place=True)
    with pytest.raises(CleanerError, match="may be the only way back"):
        check_outputs(planned, Options(in_place=True, outputs=Outputs(audit=audit)))
    check_outputs(planned, Options(in_place=True, write=False, outputs=Outputs(audit=audit)))


def test_names_that_are_free_are_accepted(here: Path) -> None:
    planned = plan_files([Path("in")], Path("out"))
    check_outputs(planned, Options(keep_removed="gone", outputs=Outputs(audit=Path("a.jsonl"))), Path("s.json"))
