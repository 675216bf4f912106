"""The files of a rule pack, read from its archive in memory: nothing is unpacked, and what is no data is refused."""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from cleaner.errors import CleanerError

__all__ = ["MOST_BYTES", "MOST_FILES", "MOST_UNPACKED", "archive_files"]

MOST_BYTES = 32_000_000
"""Bytes that the file of a pack may have."""
MOST_FILES = 5_000
"""Files that may be in it."""
MOST_UNPACKED = 64_000_000
"""Bytes that these may have together."""

_PLAIN_PART = re.compile(r"[\w.+-][\w .+-]*")
_IS_ENCRYPTED = 0x1


def archive_files(data: bytes, place: Path | str) -> Mapping[str, bytes]:
    """The files in an archive, by their names.

    Args:
        data: the archive.
        place: where it is from, for messages.

    Raises:
        CleanerError: it is no ZIP archive, is damaged or too large, or a name or kind of entry is not allowed.

    >>> archive_files(b"no archive", "a.whl")
    Traceback (most recent call last):
    ...
    cleaner.errors.CleanerError: a.whl: is no ZIP archive; name a pack, as `clean rules pack` makes it
    """
    if len(data) > MOST_BYTES:
        raise CleanerError(f"{place}: is larger than {MOST_BYTES:,} bytes, and so is no rule pack")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _checked_files(archive, place)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, RuntimeError) as error:
        if not data.startswith(b"PK"):
            raise CleanerError(f"{place}: is no ZIP archive; name a pack, as `clean rules pack` makes it") from None
        raise CleanerError(f"{place}: is a damaged archive: {error}; get it again") from None


def _checked_files(archive: zipfile.ZipFile, place: Path | str) -> Mapping[str, bytes]:
    entries = archive.infolist()
    if len(entries) > MOST_FILES:
        raise CleanerError(f"{place}: holds {len(entries):,} files; a rule pack has at most {MOST_FILES:,}")
    size = sum(entry.file_size for entry in entries)
    if size > MOST_UNPACKED:
        raise CleanerError(f"{place}: holds {size:,} bytes unpacked; a rule pack has at most {MOST_UNPACKED:,}")
    files: dict[str, bytes] = {}
    for entry in _files_of(entries, place):
        if entry.filename in files:
            raise CleanerError(f"{place}: holds {entry.filename!r} twice")
        with archive.open(entry) as stream:
            # No more than what the entry says, which was added up above.
            files[entry.filename] = stream.read(entry.file_size)
    return files


def _files_of(entries: list[zipfile.ZipInfo], place: Path | str) -> Iterator[zipfile.ZipInfo]:
    """The entries that are files. Folders are passed over, and anything else is an error."""
    for entry in entries:
        # As it was written: zipfile itself cuts a name at a NUL, and takes a backslash for a slash on Windows.
        name = entry.orig_filename
        parts = name.removesuffix("/").split("/")
        if any(part in (".", "..") or not _PLAIN_PART.fullmatch(part) for part in parts):
            raise CleanerError(f"{place}: the name {name!r} in it is not allowed; it could lead out of the pack")
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise CleanerError(f"{place}: {name!r} in it is a link or a device; a rule pack holds files only")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise CleanerError(f"{place}: {name!r} in it is compressed in another way than wheels are")
        if entry.flag_bits & _IS_ENCRYPTED:
            raise CleanerError(f"{place}: {name!r} in it is encrypted; a rule pack is not")
        if not entry.is_dir():
            yield entry
