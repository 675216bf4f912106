"""Files that belong to one process: they are opened without following links, and no other process may have them open.

The system holds the lock and drops it when the process ends, however that ends, so a lock is never stale. Some shared
file systems have no locks; there the process and its machine, which stand in the file of an :class:`OutputLock`, have
to do.
"""

from __future__ import annotations

import errno
import json
import os
import socket
import stat
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from cleaner.errors import CleanerError
from cleaner.io.paths import shown

__all__ = ["OutputLock", "close_owned", "open_owned"]

_NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL}
_WAIT = "wait until it has ended, or give another output with -o"
_LOCK_AT = 1 << 40  # Windows locks bytes, and the beginning of the file must stay readable
_held: set[tuple[int, int, int]] = set()
"""Process, device and inode of what this process has locked. Locks of the system are between processes only."""


def open_owned(path: Path) -> tuple[IO[bytes], bool]:
    """Open a file to read and to write it, and make it when there is none. Nothing is cut off.

    A link in its place is removed and not followed, and so is a file that has a second name: either would lead to
    another file.

    Returns:
        the stream at its beginning, and whether the file system has locks.

    Raises:
        BlockingIOError: another process, or this one, has it open.
        OSError: it cannot be opened.
    """
    flags = os.O_RDWR | os.O_CREAT
    for name in ("O_NOFOLLOW", "O_BINARY", "O_CLOEXEC"):
        flags |= getattr(os, name, 0)
    while True:
        if path.is_symlink():
            path.unlink(missing_ok=True)
        if _is_held(path):
            raise _busy(path)
        stream = os.fdopen(os.open(path, flags, 0o666), "r+b")
        try:
            has_locks = _lock(stream, path)
            found = os.fstat(stream.fileno())
            if not stat.S_ISREG(found.st_mode) or found.st_nlink > 1:
                path.unlink(missing_ok=True)
            elif _is_at(path, found):
                _held.add(_key(found))
                return stream, has_locks
        except BaseException:
            stream.close()
            raise
        stream.close()  # its owner gave it another name in the meantime


def close_owned(stream: IO[bytes]) -> None:
    """Close a stream of :func:`open_owned`, so that others may open the file."""
    if not stream.closed:
        with suppress(OSError):
            _held.discard(_key(os.fstat(stream.fileno())))
        stream.close()


def _key(found: os.stat_result) -> tuple[int, int, int]:
    return os.getpid(), found.st_dev, found.st_ino


def _is_held(path: Path) -> bool:
    """Asked before the file is opened: to close it again would drop the lock that this process has."""
    try:
        return _key(path.stat()) in _held
    except OSError:
        return False


def _is_at(path: Path, found: os.stat_result) -> bool:
    try:
        return os.path.samestat(path.lstat(), found)
    except OSError:
        return False


def _busy(path: Path) -> BlockingIOError:
    return BlockingIOError(errno.EAGAIN, "another run is writing it at this moment", str(path))


def _lock(stream: IO[bytes], path: Path) -> bool:
    """Lock a file; False where the file system has no locks."""
    try:
        if sys.platform == "win32":  # pragma: no cover
            import msvcrt

            stream.seek(_LOCK_AT)
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
            stream.seek(0)
        else:
            import fcntl

            # Not flock: a worker would inherit that, and hold it for a moment after its parent was killed.
            fcntl.lockf(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _NO_LOCKS:
            return False
        if error.errno in (errno.EACCES, errno.EAGAIN):
            raise _busy(path) from None
        raise
    return True


class OutputLock:
    """Keeps other runs from writing to the same place. A context manager.

    Args:
        path: the file of the lock, which is removed at the end.
        place: what is locked, for the error.
        advice: what to do, for the error.

    Raises:
        CleanerError: another run writes there. The message names its process and machine.
        OSError: the file cannot be made.

    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "lock"
    >>> with OutputLock(path, path.parent):
    ...     path.exists()
    True
    >>> path.exists()
    False
    """

    def __init__(self, path: Path, place: Path, advice: str = _WAIT) -> None:
        self._path = path
        try:
            self._stream, has_locks = open_owned(path)
        except BlockingIOError:
            raise _locked(place, _me() if _is_held(path) else _owner(path), advice) from None
        owner = _owner(path, self._stream)
        if not has_locks and _may_live(owner):
            close_owned(self._stream)
            raise CleanerError(f"{_locked(place, owner, advice)}; if that run has ended, remove {shown(path)}")
        self._stream.truncate(0)
        self._stream.seek(0)
        self._stream.write(json.dumps(_me()).encode())
        self._stream.flush()

    def __enter__(self) -> OutputLock:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()

    def release(self) -> None:
        """Let other runs write there again."""
        if not self._stream.closed:
            with suppress(OSError):
                self._path.unlink(missing_ok=True)
            close_owned(self._stream)


def _me() -> dict[str, Any]:
    return {"pid": os.getpid(), "host": socket.gethostname()}


def _owner(path: Path, stream: IO[bytes] | None = None) -> dict[str, Any]:
    """Process and machine as the file of a lock names them; empty when it does not."""
    try:
        content = json.loads(stream.read() if stream is not None else path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}


def _may_live(owner: dict[str, Any]) -> bool:
    """Whether the process may still run: of another machine nobody knows."""
    if not owner:
        return False
    pid = owner.get("pid")
    if sys.platform == "win32" or owner.get("host") != socket.gethostname() or not isinstance(pid, int) or pid <= 0:
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return pid != os.getpid()


def _locked(place: Path, owner: dict[str, Any], advice: str) -> CleanerError:
    who = (
        f"process {owner.get('pid', '?')} on {owner.get('host', 'this machine')}"
        if owner
        else "its process is not known"
    )
    return CleanerError(f"{shown(place)}: another run is writing there ({who}); {advice}")
