"""No run writes over the audit of a run in place."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.batch.growing import GrowingFile
from cleaner.batch.session import Session
from cleaner.batch.way_back import after_stop, is_way_back, refuse_ways_back
from cleaner.cli import main
from cleaner.errors import CleanerError
from tests.articles import article

AUDITS = ["kin.jsonl", "kin.jsonl.gz", "kin.jsonl.zst"]


@pytest.fixture(params=AUDITS)
def audit(request: pytest.FixtureRequest, run_in: Path) -> Path:
    """The audit of a run over a folder of texts."""
    if request.param.endswith("zst"):
        pytest.importorskip("zstandard", reason="the extra zst is not installed")
    for folder in ("ow", "other"):
        Path(folder).mkdir()
        Path(folder, "a.txt").write_text(article(1), "utf-8")
    assert main(["ow", "--in-place", "--audit", request.param, "-q"]) == 0
    return Path(request.param)


def test_the_audit_of_a_run_in_place_is_known(audit: Path) -> None:
    assert is_way_back(audit)
    assert main(["other", "-o", "out", "--audit", "plain.jsonl", "-q"]) == 0
    assert not is_way_back(Path("plain.jsonl"))
    assert not is_way_back(Path("other"))
    refuse_ways_back([Path("plain.jsonl"), Path("new.jsonl")])


@pytest.mark.parametrize("is_partial", [False, True], ids=["whole", "begun"])
@pytest.mark.parametrize("more", [[], ["--overwrite"], ["--in-place"]], ids=["", "overwrite", "in place"])
def test_no_audit_is_written_over_it(
    audit: Path, more: list[str], is_partial: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    there = audit.rename(GrowingFile.partial_of(audit)) if is_partial else audit
    before = there.read_bytes()
    output = [] if "--in-place" in more else ["-o", "out"]
    assert main(["other", *output, "--audit", str(audit), "-q", *more]) == 2
    assert "only way back" in capsys.readouterr().err
    assert there.read_bytes() == before


@pytest.mark.parametrize("option", ["-o", "--rejects", "--attributes", "--stats", "--report"])
def test_nothing_else_is_written_over_it(audit: Path, option: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = audit.read_bytes()
    output = [] if option == "-o" else ["-o", "out/a.txt"]
    assert main(["other/a.txt", *output, option, str(audit), "--overwrite", "-q"]) == 2
    assert f"error: {audit}: is the audit of a run with --in-place" in capsys.readouterr().err
    assert audit.read_bytes() == before


def test_no_restored_text_is_written_over_it(audit: Path) -> None:
    assert main(["other/a.txt", "-o", "out/a.txt", "--audit", "plain.jsonl", "-q"]) == 0
    before = audit.read_bytes()
    assert main(["restore", "out/a.txt", "--audit", "plain.jsonl", "-o", str(audit), "--overwrite"]) == 2
    assert audit.read_bytes() == before
    assert main(["restore", "ow", "--audit", str(audit), "-o", "back"]) == 0


def test_an_audit_that_was_moved_away_makes_room(audit: Path) -> None:
    with pytest.raises(CleanerError, match="move the audit first"):
        refuse_ways_back([audit])
    audit.rename("kept.jsonl")
    assert main(["other", "-o", "out", "--audit", str(audit), "-q"]) == 0


def test_after_a_stop_the_file_that_leads_back_is_named(audit: Path) -> None:
    assert after_stop(Path("new.jsonl")) == ""
    assert after_stop(audit).startswith(f"{audit} holds the way back")
    partial = audit.rename(GrowingFile.partial_of(audit))
    assert after_stop(audit).startswith(f"{partial} holds the way back")


def test_restoring_names_what_a_killed_run_left(audit: Path, capsys: pytest.CaptureFixture[str]) -> None:
    partial = audit.rename(GrowingFile.partial_of(audit))
    assert main(["restore", "ow", "--audit", str(audit), "-o", "back", "--original"]) == 2
    told = f"error: {audit}: does not exist, but {partial} does, which a run that was killed left; rename it so"
    assert told in capsys.readouterr().err
    partial.rename(audit)
    assert main(["restore", "ow", "--audit", str(audit), "-o", "back", "--original"]) == 0
    assert Path("back/a.txt").read_text("utf-8") == article(1)


def test_restoring_says_how_a_run_that_has_a_checkpoint_goes_on(
    run_in: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    GrowingFile.partial_of(Path("kin.jsonl")).write_text('{"path": "a.txt"}\n')
    assert main(["restore", "out", "--audit", "kin.jsonl", "-o", "back"]) == 2
    assert "give the same command again to go on" in capsys.readouterr().err


@pytest.mark.parametrize("number", [0, 2])
def test_a_run_in_place_that_is_stopped_says_how_to_go_on(
    run_in: Path, number: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("in").mkdir()
    for name in range(4):
        Path("in", f"{name}.txt").write_text(article(name), "utf-8")
    reports: list[object] = []

    def stop(session: Session) -> None:
        reports.append(session)
        if len(reports) > number:
            raise KeyboardInterrupt

    command = ["in", "--in-place", "-q", "-j", "1", "--audit"]
    with monkeypatch.context() as patched:
        patched.setattr(Session, "_check_errors", stop)
        assert main([*command, "kin.jsonl"]) == 130
    assert "kin.jsonl holds the way back, so keep it; to go on, give the same command" in capsys.readouterr().err
    assert main([*command, "kin.jsonl"]) == 2
    assert "kin.jsonl: exists, and may be the only way back" in capsys.readouterr().err
    assert main([*command, "more.jsonl"]) == 0
    for later in ("more.jsonl", "kin.jsonl"):  # the later audit first
        assert main(["restore", "in", "--audit", later, "-o", "back", "--original"]) == 0
    assert [Path(f"back/{i}.txt").read_text("utf-8") for i in range(4)] == [article(i) for i in range(4)]


def test_what_workers_did_ahead_of_a_stop_is_in_the_audit(run_in: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("in").mkdir()
    count = 60
    for number in range(count):
        Path("in", f"{number:02}.txt").write_text(article(number), "utf-8")

    def stop(session: Session) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("cleaner.batch.tasks._BATCH", 2)
    monkeypatch.setattr(Session, "_check_errors", stop)
    assert main(["in", "--in-place", "-q", "-j", "2", "--audit", "kin.jsonl"]) == 130
    assert main(["restore", "in", "--audit", "kin.jsonl", "-o", "back", "--original"]) == 0
    for number in range(count):
        name = f"{number:02}.txt"
        restored = Path("back", name) if Path("back", name).exists() else Path("in", name)
        assert restored.read_text("utf-8") == article(number)
