"""Nobody's own file is written over, and the same command works again."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from cleaner.batch.jobs import Job
from cleaner.batch.own_results import RECORD, OwnResults
from cleaner.cli import main
from cleaner.errors import CleanerError
from cleaner.io.marks import can_mark
from cleaner.io.paths import digest_of
from tests.articles import article, json_lines


def refuse(*_: object, **__: object) -> None:
    raise OSError(errno.ENOTSUP, "Operation not supported")


@pytest.fixture
def markless(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system without extended attributes, where a record stands in for the marks."""
    monkeypatch.setattr(os, "setxattr", refuse, raising=False)


@pytest.fixture(params=["marks", "record"])
def texts(run_in: Path, request: pytest.FixtureRequest) -> Path:
    if request.param == "record":
        request.getfixturevalue("markless")
    elif not can_mark(run_in):
        pytest.skip("files cannot be marked here")
    (run_in / "in" / "sub").mkdir(parents=True)
    (run_in / "in" / "a.txt").write_text(article(0), "utf-8")
    (run_in / "in" / "sub" / "b.txt").write_text(article(1), "utf-8")
    return run_in


def test_the_same_command_works_again_and_other_options_do_too(texts: Path) -> None:
    for options in ([], [], ["--profile", "facts"], ["--audit", "audit.jsonl"], ["--audit", "audit.jsonl"]):
        assert main(["in", "-o", "out", "-q", *options]) == 0
    (texts / "in" / "a.txt").write_text(article(5), "utf-8")
    (texts / "in" / "c.txt").write_text(article(6), "utf-8")
    assert main(["in", "-o", "out", "-q"]) == 0
    assert main(["in/a.txt", "-o", "out", "-q"]) == 0


def test_a_single_file_can_be_written_again(texts: Path) -> None:
    (texts / "rows.jsonl").write_bytes(json_lines(3))
    for _ in range(2):
        assert main(["rows.jsonl", "-o", "clean.jsonl", "-q"]) == 0
        assert main(["in/a.txt", "-o", "clean.txt", "-q"]) == 0


@pytest.mark.parametrize("arguments", [["in", "-o", "out"], ["in/a.txt", "-o", "out/a.txt"], ["in/a.txt", "-o", "out"]])
def test_a_file_that_no_run_wrote_stays(texts: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    (texts / "out").mkdir()
    mine = texts / "out" / "a.txt"
    mine.write_text("My own notes.\n")
    assert main([*arguments, "-q"]) == 2
    assert "out/a.txt: exists, and no earlier run wrote it" in capsys.readouterr().err
    assert mine.read_text() == "My own notes.\n"
    assert [path.name for path in (texts / "out").iterdir()] == ["a.txt"]  # nothing was begun
    assert main([*arguments, "-q", "--overwrite"]) == 0
    assert mine.read_text("utf-8") != "My own notes.\n"
    assert main([*arguments, "-q"]) == 0


def test_a_result_that_somebody_changed_stays(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["in", "-o", "out", "-q"]) == 0
    changed = texts / "out" / "sub" / "b.txt"
    changed.write_text(changed.read_text("utf-8").replace("council", "COUNCIL"), "utf-8")
    before = changed.read_bytes()
    assert main(["in", "-o", "out", "-q"]) == 2
    assert "out/sub/b.txt: exists, and no earlier run wrote it as it is now" in capsys.readouterr().err
    assert changed.read_bytes() == before
    assert main(["in/a.txt", "-o", "out", "-q"]) == 0


def test_an_empty_file_is_nothing_to_lose(texts: Path) -> None:
    (texts / "out").mkdir()
    (texts / "out" / "a.txt").touch()
    assert main(["in", "-o", "out", "-q"]) == 0


@pytest.mark.parametrize("name", ["audit", "attributes", "rejects", "stats"])
def test_an_output_of_the_run_is_written_over_only_when_it_is_one(
    texts: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (texts / "in" / "bad.txt").write_bytes(bytes(range(256)))
    arguments = ["in", "-o", "out", "-q", f"--{name}", "log.jsonl"]
    (texts / "log.jsonl").write_text('{"text": "mine", "id": 1}\n')
    assert main(arguments) == 2
    assert f"log.jsonl: exists, and is not what --{name} writes" in capsys.readouterr().err
    assert (texts / "log.jsonl").read_text() == '{"text": "mine", "id": 1}\n'
    assert not (texts / "out").exists()
    (texts / "log.jsonl").unlink()
    for _ in range(2):
        assert main(arguments) == 2  # the file that is no text
        assert "exists" not in capsys.readouterr().err


@pytest.mark.parametrize("name", [".cleaner-journal", ".cleaner-lock", RECORD, ".cleaner-a.txt.partial"])
def test_an_output_of_the_run_never_lies_on_a_file_of_the_run(
    texts: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert main(["in", "-o", "out", "-q", "--audit", f"out/{name}"]) == 2
    assert f"out/{name}: names that begin with .cleaner- belong to runs" in capsys.readouterr().err


def jobs_of(*names: str) -> list[Job]:
    return [Job(Path(name), "text", Path("out", name), name) for name in names]


@pytest.mark.usefixtures("markless")
def test_what_a_killed_run_had_begun_is_its_own(run_in: Path) -> None:
    own = OwnResults(jobs_of("a.txt", "sub/b.txt"))
    own.begin()
    (run_in / "out" / "a.txt").write_text("half of the run\n")
    again = OwnResults(jobs_of("a.txt", "sub/b.txt"))
    again.refuse_foreign()
    again.begin()
    again.end({"a.txt": digest_of(Path("out/a.txt"))}, True)
    (run_in / "out" / "sub").mkdir()
    (run_in / "out" / "sub" / "b.txt").write_text("somebody's own\n")
    last = OwnResults(jobs_of("a.txt", "sub/b.txt"))
    assert last.foreign() == [Path("out/sub/b.txt")]
    with pytest.raises(CleanerError, match="--overwrite"):
        last.refuse_foreign()


@pytest.mark.usefixtures("markless")
def test_what_a_run_did_not_write_again_stays_known(run_in: Path) -> None:
    own = OwnResults(jobs_of("a.txt"))
    own.begin()
    (run_in / "out" / "a.txt").write_text("one\n")
    own.end({"a.txt": digest_of(Path("out/a.txt"))}, True)
    again = OwnResults(jobs_of("a.txt"))
    again.begin()
    again.end({}, True)
    assert OwnResults(jobs_of("a.txt")).foreign() == []


@pytest.mark.parametrize("content", [b"\xff\n", b"[]\n{}\n", b'{"name": 1, "digest": 2}\n', b"[" * 99_999])
def test_a_damaged_record_makes_every_file_somebodys_own(run_in: Path, content: bytes) -> None:
    (run_in / "out").mkdir()
    (run_in / "out" / "a.txt").write_text("one\n")
    (run_in / "out" / RECORD).write_bytes(content)
    assert OwnResults(jobs_of("a.txt")).foreign() == [Path("out/a.txt")]


@pytest.mark.usefixtures("markless")
def test_a_record_that_is_a_link_is_not_believed_and_not_written_through(run_in: Path) -> None:
    (run_in / "out").mkdir()
    (run_in / "mine").write_text("mine\n")
    (run_in / "out" / RECORD).symlink_to("../mine")
    OwnResults(jobs_of("a.txt")).begin()
    assert (run_in / "mine").read_text() == "mine\n"
    assert not (run_in / "out" / RECORD).is_symlink()


def test_two_runs_leave_the_same_folder(texts: Path) -> None:
    for output in ("one", "two"):
        assert main(["in", "-o", output, "-q"]) == 0
    one, two = (
        {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in map(Path, ("one", "two"))
    )
    assert one == two
    assert (RECORD in one) is not can_mark(texts)


def test_a_copy_of_a_result_is_somebodys_own(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["in", "-o", "out", "-q"]) == 0
    (texts / "copy").mkdir()
    (texts / "copy" / "a.txt").write_bytes((texts / "out" / "a.txt").read_bytes())
    assert main(["in", "-o", "copy", "-q"]) == 2
    assert "--overwrite" in capsys.readouterr().err
