"""Pages as files: written whole or not at all, and never over what is no page."""

from __future__ import annotations

from pathlib import Path

from cleaner.batch.way_back import refuse_ways_back
from cleaner.errors import CleanerError
from cleaner.io.atomic import atomic_write
from cleaner.io.paths import is_remote, shown

__all__ = ["GENERATOR", "check_page", "write_page"]

GENERATOR = '<meta name="generator" content="article-cleaner">'
"""The line by which a page is known as one that this package wrote."""

_HEAD_BYTES = 4096


def check_page(path: Path, overwrite: bool = False, mark: str = GENERATOR, what: str = "report") -> None:
    """Refuse to write a page over a file that no page is.

    Args:
        path: the page.
        overwrite: whether somebody allowed to write over any file.
        mark: what stands in the first lines of every page of its kind.
        what: the name of the kind.

    Raises:
        CleanerError: the file exists, and nobody allowed to write over it; or it is the only way back of a run.
    """
    refuse_ways_back([path])
    if overwrite or is_remote(path) or not path.exists():
        return
    if not path.is_file() or mark.encode() not in _head(path):
        raise CleanerError(
            f"{shown(path)}: exists, and is no {what}; name another file, or write over it with --overwrite"
        )


def _head(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(_HEAD_BYTES)


def write_page(path: Path, page: bytes) -> None:
    """Write a page whole or not at all.

    Raises:
        CleanerError: it cannot be written.
    """
    try:
        with atomic_write(path, 0o644) as stream:
            stream.write(page)
    except OSError as error:
        raise CleanerError(f"{shown(path)}: {error.strerror or error}; check the path") from None
