"""The file of a site memory: a database of SQLite with a mark of its own, opened so that a crash leaves it whole."""

from __future__ import annotations

import sqlite3
import sys
from array import array
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from cleaner.errors import CleanerError
from cleaner.io.owned import OutputLock
from cleaner.io.paths import is_remote, shown

__all__ = ["check_place", "connect", "lock_of", "packed", "signed", "speaking", "unpacked", "unsigned"]

_MARK = 0x436C5365  # application_id: what the file is
_FORMAT = 1  # user_version: how it is laid out
_SECONDS = 30.0  # to wait for a transaction of another process
_HEADER = b"SQLite format 3\0"

_TABLES = """
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE site (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE document (
    seq INTEGER PRIMARY KEY, site INTEGER NOT NULL, tick INTEGER NOT NULL,
    fingerprint INTEGER NOT NULL, more INTEGER NOT NULL, lines BLOB NOT NULL
);
CREATE INDEX document_order ON document (site, seq);
CREATE INDEX document_known ON document (site, fingerprint);
CREATE TABLE wording (site INTEGER, line INTEGER, text TEXT NOT NULL, PRIMARY KEY (site, line)) WITHOUT ROWID;
CREATE TABLE task (job INTEGER, shard INTEGER, tick INTEGER NOT NULL, PRIMARY KEY (job, shard)) WITHOUT ROWID;
"""


def connect(path: Path, write: bool) -> sqlite3.Connection:
    """Open a site memory.

    Args:
        path: its file.
        write: whether it is written; it is made then when it is not there.

    Raises:
        CleanerError: it is no site memory, it is damaged, another version of this package wrote it, or it cannot be
            opened.
    """
    check_place(path, write)
    with speaking(path):
        uri = f"{path.resolve().as_uri()}?mode={'rwc' if write else 'ro'}"
        connection = sqlite3.connect(uri, uri=True, timeout=_SECONDS, isolation_level=None, check_same_thread=False)
        try:
            _check_content(connection, path, write)
        except BaseException:
            connection.close()
            raise
        return connection


def check_place(path: Path, write: bool) -> None:
    """See that a site memory can lie, or lies, where a path leads.

    Raises:
        CleanerError: it cannot, or something else lies there.
    """
    if is_remote(path):
        raise CleanerError(f"{shown(path)}: a site memory lies on this machine; name a file here")
    if path.is_dir():
        raise CleanerError(f"{shown(path)}: is a folder; name a file for the site memory")
    if path.exists():
        with path.open("rb") as stream:
            begin = stream.read(len(_HEADER))
        if begin and begin != _HEADER:
            raise _foreign(path)
    elif not write:
        raise CleanerError(f"{shown(path)}: does not exist; name a file that --site-memory wrote")
    elif not path.absolute().parent.is_dir():
        raise CleanerError(f"{shown(path)}: there is no folder {shown(path.parent)}; make it first")


def _check_content(connection: sqlite3.Connection, path: Path, write: bool) -> None:
    def number(name: str) -> int:
        return int(connection.execute(f"PRAGMA {name}").fetchone()[0])

    if number("application_id") != _MARK and (number("schema_version") or not write):
        raise _foreign(path)
    if write:
        # Readers go on while a transaction is written, and one that was cut off is undone when the file is opened.
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
    if write and not number("schema_version"):
        connection.executescript(
            f"BEGIN; {_TABLES} PRAGMA application_id = {_MARK}; PRAGMA user_version = {_FORMAT}; COMMIT;"
        )
    if number("user_version") != _FORMAT:
        raise CleanerError(
            f"{shown(path)}: is a site memory of format {number('user_version')}, and this version of clean reads "
            f"format {_FORMAT}; use the version that wrote it, or give another file"
        )


def _foreign(path: Path) -> CleanerError:
    return CleanerError(
        f"{shown(path)}: is no site memory; name a file that --site-memory wrote, or one that does not exist yet"
    )


def lock_of(path: Path) -> OutputLock:
    """The lock of a process that writes to a memory: what a run learns depends on what is in it, so one run has it.

    Raises:
        CleanerError: another process has it.
    """
    lock = path.with_name(f"{path.name}.lock")
    advice = "wait until it has ended, or give this run a memory of its own and join them: clean site-memory merge"
    try:
        return OutputLock(lock, path, advice)
    except OSError as error:
        raise CleanerError(f"{shown(lock)}: {error.strerror or error}; check the folder and its permissions") from None


@contextmanager
def speaking(path: Path) -> Iterator[None]:
    """Errors of SQLite inside become errors that name the file and say what to do.

    >>> with speaking(Path("sites.memory")):
    ...     raise sqlite3.DatabaseError("database disk image is malformed")
    Traceback (most recent call last):
    ...
    cleaner.errors.CleanerError: sites.memory: is damaged (database disk image is malformed); remove it and let \
the next run begin a new one, or take a copy
    """
    try:
        yield
    except CleanerError:
        raise
    except sqlite3.OperationalError as error:
        advice = "wait until the other process has ended" if "locked" in str(error) else "check the disk and the folder"
        raise CleanerError(f"{shown(path)}: cannot be used ({error}); {advice}") from None
    except (sqlite3.DatabaseError, ValueError, TypeError, OverflowError) as error:
        raise CleanerError(
            f"{shown(path)}: is damaged ({error}); remove it and let the next run begin a new one, or take a copy"
        ) from None


def signed(number: int) -> int:
    """64 bits as SQLite has them.

    >>> signed(5), signed(2**64 - 1)
    (5, -1)
    """
    return number - (1 << 64) if number >= 1 << 63 else number


def unsigned(number: int) -> int:
    """The way back from :func:`signed`.

    >>> unsigned(-1) == 2**64 - 1
    True
    """
    return number + (1 << 64) if number < 0 else number


def packed(numbers: Iterable[int]) -> bytes:
    """Numbers of 64 bits as bytes that mean the same on every machine.

    >>> packed([1]), list(unpacked(packed([1, 2**64 - 1]))) == [1, 2**64 - 1]
    (b'\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x00', True)
    """
    return _ordered(array("Q", numbers)).tobytes()


def unpacked(data: bytes) -> array[int]:
    """The way back from :func:`packed`.

    Raises:
        ValueError, TypeError: the bytes are not such numbers.
    """
    numbers = array("Q")
    numbers.frombytes(data)
    return _ordered(numbers)


def _ordered(numbers: array[int]) -> array[int]:
    if sys.byteorder == "big":  # pragma: no cover
        numbers.byteswap()
    return numbers
