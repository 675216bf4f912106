"""Write a file whole now, and give it its name later, perhaps from another process."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cleaner.io.atomic import temporary_name
from cleaner.io.marks import mark
from cleaner.io.paths import is_remote, signature, staging, upload

__all__ = ["PreparedFile", "prepare", "remove_prepared"]

_SUFFIX = ".tmp"


@dataclass(frozen=True, slots=True)
class PreparedFile:
    """A file that is whole and waits for its name. It can be sent to another process.

    Attributes:
        target: the name that it is to get.
        temporary: the name that it has.
        seen: what it was when it was whole, so that the file of another process is not taken for it.
    """

    target: Path
    temporary: Path
    seen: tuple[int, ...]

    def give_name(self) -> None:
        """Give the file its name. The file that had the name before is gone then.

        Raises:
            OSError: that is not possible, or another process has taken the temporary name. The old file is as it was.
        """
        if not self._is_here():
            raise FileNotFoundError(2, "another run works on the same file", str(self.target))
        if is_remote(self.target):
            upload(self.temporary, self.target)
            self.discard()
            return
        self.temporary.replace(self.target)

    def discard(self) -> None:
        """Remove the file, unless it has its name or is not there any more."""
        if not self._is_here():
            return
        self.temporary.unlink(missing_ok=True)
        if is_remote(self.target):
            with suppress(OSError):
                self.temporary.parent.rmdir()

    def _is_here(self) -> bool:
        try:
            return _state(self.temporary) == self.seen
        except OSError:
            return False


def prepare(target: Path, data: bytes, mode: int, digest: str = "") -> PreparedFile:
    """Write a file beside the place that it is to have.

    The temporary name is the same for each attempt at a target. So what a killed process left is written over by the
    next one, or removed by :func:`remove_prepared`.

    Args:
        target: the name that it is to get, on this machine or remote. Missing folders are made.
        data: its content.
        mode: its permission bits.
        digest: that of the content, when the file is a result; see :mod:`cleaner.io.marks`.

    Raises:
        OSError: the file cannot be written; nothing is left of it.

    >>> import tempfile
    >>> target = Path(tempfile.mkdtemp()) / "a.txt"
    >>> prepared = prepare(target, b"The council met.", 0o644)
    >>> target.exists()
    False
    >>> prepared.give_name()
    >>> target.read_bytes()
    b'The council met.'
    """
    temporary = _temporary(target)
    temporary.parent.mkdir(parents=True, exist_ok=True)
    temporary.unlink(missing_ok=True)
    try:
        with temporary.open("xb") as stream:  # follows no link
            stream.write(data)
        temporary.chmod(mode)
        if digest:
            mark(temporary, digest)
        return PreparedFile(target, temporary, _state(temporary))
    except FileExistsError:
        raise  # it is another process's
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def remove_prepared(target: Path) -> None:
    """Remove what a process that was killed has prepared for a target.

    Should another process be at it still, that one cannot give the name any more and says so: nothing is lost.

    >>> import tempfile
    >>> target = Path(tempfile.mkdtemp()) / "a.txt"
    >>> prepared = prepare(target, b"The council met.", 0o644)
    >>> remove_prepared(target)
    >>> prepared.temporary.exists()
    False
    """
    with suppress(OSError):
        _temporary(target).unlink(missing_ok=True)


def _temporary(target: Path) -> Path:
    folder = staging(target) if is_remote(target) else target.parent
    return folder / temporary_name(target.name, _SUFFIX)


def _state(path: Path) -> tuple[int, ...]:
    return path.lstat().st_ino, *signature(path)
