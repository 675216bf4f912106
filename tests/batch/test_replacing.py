"""An input is written over only when its way back is on disk, and what fails in between costs nothing."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from cleaner.batch.growing import GrowingFile
from cleaner.batch.replacing import Replacement
from cleaner.cli import main
from cleaner.errors import CleanerError
from cleaner.io.paths import signature
from cleaner.io.prepared import PreparedFile, prepare
from tests.articles import article, json_lines
from tests.cli.processes import MODULE

AUDIT = Path("audit.jsonl")
RUN = ["in", "--in-place", "-q", "-j", "1", "--audit", str(AUDIT)]


@pytest.fixture
def originals(run_in: Path) -> dict[str, bytes]:
    """The files of a folder `in`, by name: texts with scraps, one of them in another encoding, and one without."""
    found = {f"{number}.txt": article(number).encode() for number in range(3)}
    found["latin.txt"] = article(1).replace("The", "Thé").encode("cp1252", "replace")
    found["plain.txt"] = b"The council met on Tuesday to vote on the bridge.\n"
    Path("in").mkdir()
    for name, data in found.items():
        Path("in", name).write_bytes(data)
    return found


def contents(folder: str = "in") -> dict[str, bytes]:
    """All files of a folder."""
    return {path.name: path.read_bytes() for path in Path(folder).iterdir()}


def lines() -> list[dict[str, Any]]:
    """The lines of the audit."""
    return [json.loads(line) for line in AUDIT.read_bytes().splitlines()]


def restored(audit: Path = AUDIT) -> dict[str, bytes]:
    """The very bytes that leads back to."""
    assert main(["restore", "in", "--audit", str(audit), "-o", "back", "--original"]) == 0
    return contents("back")


def change_before(monkeypatch: pytest.MonkeyPatch, name: str, change: Callable[[], object]) -> None:
    """Do something right before a file gets its name."""
    give_name = PreparedFile.give_name

    def changed(self: PreparedFile) -> None:
        if self.target.name == name:
            change()
        give_name(self)

    monkeypatch.setattr(PreparedFile, "give_name", changed)


# One replacement


@pytest.fixture
def replacement(run_in: Path) -> Replacement:
    """A text that is prepared, with a file beside it."""
    source = run_in / "a.txt"
    source.write_text("old\n")
    files = [prepare(run_in / "a.txt.json", b"{}\n", 0o644), prepare(source, b"new\n", 0o600)]
    return Replacement(source, signature(source), files)


def test_the_input_is_written_over_last(
    replacement: Replacement, run_in: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[list[str]] = []
    change_before(monkeypatch, "a.txt", lambda: seen.append(sorted(contents("."))))
    assert replacement.source.read_text() == "old\n"
    assert replacement.carry_out()
    assert seen == [[".cleaner-a.txt.tmp", "a.txt", "a.txt.json"]]
    assert contents(".") == {"a.txt": b"new\n", "a.txt.json": b"{}\n"}


def test_an_input_that_changed_since_it_was_read_stays(replacement: Replacement, run_in: Path) -> None:
    replacement.source.write_text("new\n")
    with pytest.raises(CleanerError, match="was changed by another program"):
        replacement.carry_out()
    assert contents(".") == {"a.txt": b"new\n"}


def test_an_input_that_is_gone_is_not_made_again(replacement: Replacement, run_in: Path) -> None:
    replacement.source.unlink()
    with pytest.raises(CleanerError, match="was changed by another program"):
        replacement.carry_out()
    assert contents(".") == {}


def test_what_is_not_carried_out_leaves_nothing(replacement: Replacement, run_in: Path) -> None:
    replacement.discard()
    assert contents(".") == {"a.txt": b"old\n"}


# A run


def test_the_audit_is_on_disk_before_the_first_input_is_written_over(
    originals: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    happened: list[str] = []
    sync, give_name = GrowingFile.sync, PreparedFile.give_name

    def synced(self: GrowingFile) -> None:
        sync(self)
        happened.append(self.path.name)

    def named(self: PreparedFile) -> None:
        give_name(self)
        happened.append(self.target.name)

    monkeypatch.setattr(GrowingFile, "sync", synced)
    monkeypatch.setattr(PreparedFile, "give_name", named)
    assert main(RUN) == 0
    assert happened == ["audit.jsonl", "0.txt", "1.txt", "2.txt", "latin.txt", "audit.jsonl"]
    assert restored() == originals


def fail(error: BaseException) -> Callable[[], None]:
    def raised() -> None:
        raise error

    return raised


FAILURES: dict[str, tuple[Callable[[], object], str]] = {
    "changed": (lambda: Path("in/1.txt").write_bytes(b"newer\n"), "was changed by another program"),
    "gone": (lambda: Path("in/1.txt").unlink(), "was changed by another program"),
    "full": (fail(OSError(28, "No space left on device")), "No space left on device; nothing was written"),
    "forbidden": (fail(PermissionError(13, "Permission denied")), "Permission denied; check its permissions"),
    "taken": (lambda: Path("in/.cleaner-1.txt.tmp").write_bytes(b"x"), "another run works on the same file"),
}


@pytest.mark.parametrize("kind", FAILURES)
def test_a_file_that_is_not_written_over_after_all_is_void(
    originals: dict[str, bytes], monkeypatch: pytest.MonkeyPatch, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    change, message = FAILURES[kind]
    check = Replacement._check

    def checked(self: Replacement) -> None:
        if self.source.name == "1.txt":
            change()
        check(self)

    monkeypatch.setattr(Replacement, "_check", checked)
    assert main([*RUN, "--rejects", "rejects.jsonl", "--stats", "stats.json"]) == 2
    assert f"error: in/1.txt: {message}" in capsys.readouterr().err
    [void] = [line for line in lines() if "void" in line]
    assert (void["in_place"], void["path"]) == (True, "1.txt")
    assert void["void"].startswith(message)
    reject = json.loads(Path("rejects.jsonl").read_bytes())
    assert (reject["path"], reject["reason"]) == ("1.txt", void["void"])
    after = contents()
    assert {"changed": b"newer\n", "gone": None}.get(kind, originals["1.txt"]) == after.get("1.txt")
    assert b"Follow us" not in after["2.txt"]
    assert [name for name in after if name.startswith(".")] == ([".cleaner-1.txt.tmp"] if kind == "taken" else [])
    assert restored() == {name: data for name, data in originals.items() if name != "1.txt"}


@pytest.mark.parametrize("step", ["append", "sync"])
def test_no_input_is_written_over_when_the_audit_cannot_be_written(
    originals: dict[str, bytes], monkeypatch: pytest.MonkeyPatch, step: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(GrowingFile, step, full)
    assert main(RUN) == 2
    assert "audit.jsonl: No space left on device; make room" in capsys.readouterr().err
    assert contents() == originals


def test_rows_are_not_written_over_when_the_audit_cannot_be_written(
    run_in: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("in").mkdir()
    Path("in/rows.jsonl").write_bytes(json_lines(3))
    sync = GrowingFile.sync

    def full(self: GrowingFile) -> None:
        if self.path == AUDIT:
            raise OSError(28, "No space left on device")
        sync(self)

    monkeypatch.setattr(GrowingFile, "sync", full)
    assert main(RUN) == 2
    assert contents() == {"rows.jsonl": json_lines(3)}


def test_what_was_found_beside_a_text_is_written_before_it(
    originals: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    change_before(monkeypatch, "1.txt.json", fail(OSError(28, "No space left on device")))
    change_before(monkeypatch, "2.txt", fail(OSError(28, "No space left on device")))
    assert main([*RUN, "--sidecar"]) == 2
    after = contents()
    assert {name for name in after if name.endswith(".json")} == {
        f"{name}.json" for name in originals if name != "1.txt"
    }
    assert [after[name] == originals[name] for name in originals] == [False, True, True, False, True]
    assert restored() == {name: data for name, data in originals.items() if name not in ("1.txt", "2.txt")}


def test_a_run_that_is_stopped_lets_go_of_what_workers_prepared(
    originals: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(60):
        Path("in", f"more{number:02}.txt").write_text(article(number), "utf-8")
    before = contents()
    monkeypatch.setattr("cleaner.batch.tasks._BATCH", 2)
    change_before(monkeypatch, "0.txt", fail(KeyboardInterrupt()))
    assert main([*RUN[:3], "-j", "2", *RUN[-2:]]) == 130
    assert contents() == before


# A run that is killed


def is_killed_at(number: int, command: list[str]) -> bool:
    """Run a command in a process that is killed at a step of its writing; False when it has no such step."""
    steps: list[str] = []

    def counted(function: Callable[..., Any]) -> Callable[..., Any]:
        def step(*given: Any) -> Any:
            if len(steps) == number:
                os.kill(os.getpid(), signal.SIGKILL)
            steps.append(function.__name__)
            return function(*given)

        return step

    def run() -> None:
        for owner, name in ((GrowingFile, "append"), (GrowingFile, "sync"), (PreparedFile, "give_name")):
            setattr(owner, name, counted(getattr(owner, name)))
        main(command)

    process = multiprocessing.get_context("fork").Process(target=run)
    process.start()
    process.join()
    return process.exitcode == -signal.SIGKILL


@pytest.mark.slow
@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="this system has no safe fork")
@pytest.mark.parametrize("rows", [b"", json_lines(4)], ids=["texts", "rows"])
def test_killed_at_each_step_every_file_is_as_it_was_or_can_be_restored(
    originals: dict[str, bytes], rows: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    originals = (
        {"rows.jsonl": rows} if rows else {name: originals[name] for name in ("0.txt", "latin.txt", "plain.txt")}
    )
    number, is_killed = 0, True
    while is_killed:
        for path in [*Path("in").iterdir(), *Path().glob("*audit.jsonl*"), *Path().glob("back/*")]:
            path.unlink()
        for name, data in originals.items():
            Path("in", name).write_bytes(data)
        is_killed = is_killed_at(number, RUN)
        partial = GrowingFile.partial_of(AUDIT)
        if partial.exists():
            partial.rename(AUDIT)
        after = {name: data for name, data in contents().items() if not name.startswith(".")}
        changed = {name for name in originals if after[name] != originals[name]}
        if changed or AUDIT.stat().st_size:
            back = restored()
            assert {name: back[name] for name in changed} == {name: originals[name] for name in changed}
            assert back.items() <= originals.items()
            said = capsys.readouterr().err
            waiting = any(name.startswith(".cleaner-") and name.endswith(".tmp") for name in contents())
            assert ("not written over, since the run was stopped before" in said) >= waiting
        AUDIT.unlink()
        assert main(RUN) == 0
        assert not any(name.startswith(".") for name in contents())
        number += 1
    assert number > (5 if rows else 7)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="sends signals")
def test_killed_in_place_at_many_moments(run_in: Path) -> None:
    Path("in").mkdir()
    originals = {f"{number:04}.txt": article(number).encode() for number in range(200)}
    chance, audits, kills = random.Random(17), list[Path](), 0
    for attempt in range(40):
        if kills == 5:
            break
        if not audits:
            for name, data in originals.items():
                Path("in", name).write_bytes(data)
        audits.append(Path(f"audit{attempt}.jsonl"))
        is_killed = is_killed_after(chance.randrange(100_000), chance.choice([os.kill, os.killpg]), audits[-1])
        kills += is_killed
        check_way_back(originals, audits)
        if not is_killed:  # all is clean: from the start again
            audits.clear()
    assert kills == 5
    assert main(["in", "--in-place", "-q"]) == 0
    assert not any(name.startswith(".") for name in contents())
    assert all(b"Follow us" not in data for data in contents().values())


def is_killed_after(size: int, kill: Callable[[int, int], None], audit: Path) -> bool:
    """Kill a run, or also its workers, when its audit has so many bytes; False when it is done before."""
    command = [*MODULE, "in", "--in-place", "-q", "-j", "2", "--audit", str(audit)]
    process = subprocess.Popen(command, start_new_session=True)
    partial = GrowingFile.partial_of(audit)
    while process.poll() is None and not (partial.exists() and partial.stat().st_size > size):
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.01)
    is_killed = process.poll() is None
    if is_killed:
        kill(process.pid, signal.SIGKILL)
    process.wait()
    if partial.exists():
        partial.rename(audit)
    return is_killed


def check_way_back(originals: dict[str, bytes], audits: list[Path]) -> None:
    """Each file is as it was, or the audits give back its very bytes, the later ones first."""
    for path in Path().glob("back/*"):
        path.unlink()
    back: dict[str, bytes] = {}
    for audit in reversed(audits):
        if audit.exists() and audit.stat().st_size:
            back = restored(audit)
    for name, data in originals.items():
        assert back.get(name, Path("in", name).read_bytes()) == data
