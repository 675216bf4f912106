"""Files of one run are opened by no other, and links in their place lead nowhere."""

from __future__ import annotations

import errno
import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from cleaner.errors import CleanerError
from cleaner.io.owned import OutputLock, close_owned, open_owned
from tests.places import ROOT

_HOLD = "import sys; from pathlib import Path; from cleaner.io.owned import OutputLock\n"
_HOLD += "lock = OutputLock(Path(sys.argv[1]), Path('out')); print('held', flush=True); sys.stdin.read()"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "lock"


def start_holder(path: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_file_keeps_what_it_holds(path: Path) -> None:
    path.write_bytes(b"old")
    stream, has_locks = open_owned(path)
    assert (stream.read(), has_locks) == (b"old", True)
    close_owned(stream)
    close_owned(stream)


@pytest.mark.parametrize("link", [os.symlink, os.link])
def test_a_link_to_another_file_is_removed_and_not_followed(path: Path, link: type) -> None:
    other = path.with_name("other")
    other.write_bytes(b"mine")
    link(other, path)
    stream, _ = open_owned(path)
    stream.write(b"theirs")
    close_owned(stream)
    assert other.read_bytes() == b"mine"
    assert path.read_bytes() == b"theirs"
    assert not path.is_symlink()


def test_one_process_cannot_open_a_file_twice(path: Path) -> None:
    stream, _ = open_owned(path)
    with pytest.raises(BlockingIOError):
        open_owned(path)
    close_owned(stream)
    close_owned(open_owned(path)[0])


def test_another_process_is_named_and_its_death_frees_the_lock(path: Path) -> None:
    holder = start_holder(path)
    with pytest.raises(CleanerError, match=rf"out: another run is writing there \(process {holder.pid} on "):
        OutputLock(path, Path("out"))
    os.kill(holder.pid, signal.SIGKILL)
    holder.communicate()
    assert path.exists()
    with OutputLock(path, Path("out")):
        assert json.loads(path.read_bytes())["pid"] == os.getpid()
    assert not path.exists()


def test_this_process_locks_itself_out(path: Path) -> None:
    lock = OutputLock(path, Path("out"))
    with pytest.raises(CleanerError, match=f"process {os.getpid()} on "):
        OutputLock(path, Path("out"))
    with pytest.raises(CleanerError, match=f"process {os.getpid()} on "):
        OutputLock(path, Path("out"))
    lock.release()
    lock.release()
    assert not path.exists()


@pytest.mark.parametrize("content", [b"", b"\xff", b"[]", b'{"pid": "x"}', b"[" * 100_000, b'{"pid": 1, "host": 2}'])
def test_a_damaged_lock_of_a_dead_run_is_taken_over(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with OutputLock(path, Path("out")):
        assert json.loads(path.read_bytes())["pid"] == os.getpid()


@pytest.fixture
def lockless(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system without locks, as some that are shared between machines."""
    fcntl = pytest.importorskip("fcntl", reason="this system has no fcntl")

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "lockf", refuse)


@pytest.mark.parametrize("owner", [{"pid": 1, "host": ""}, {"pid": 12, "host": "another-machine"}])
@pytest.mark.usefixtures("lockless")
def test_without_locks_a_process_that_may_live_keeps_the_output(path: Path, owner: dict[str, object]) -> None:
    path.write_text(json.dumps({"pid": owner["pid"], "host": owner["host"] or socket.gethostname()}))
    with pytest.raises(CleanerError, match=r"if that run has ended, remove .*lock"):
        OutputLock(path, Path("out"))
    assert path.exists()


@pytest.mark.usefixtures("lockless")
def test_without_locks_a_dead_process_of_this_machine_is_known(path: Path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    path.write_text(json.dumps({"pid": dead.pid, "host": socket.gethostname()}))
    with OutputLock(path, Path("out")):
        assert json.loads(path.read_bytes())["pid"] == os.getpid()
