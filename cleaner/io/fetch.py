"""Bytes from a file or an address, with a limit and a time."""

from __future__ import annotations

import http.client
import re
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from cleaner.errors import CleanerError
from cleaner.io.paths import shown

__all__ = ["fetch", "is_address"]

_SECONDS = 60.0
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")


def is_address(source: str) -> bool:
    """Whether a source is an address with a scheme, and no path of this machine.

    >>> is_address("https://packs.example/a.whl"), is_address("dist/a.whl")
    (True, False)
    """
    return _SCHEME.match(source) is not None


def fetch(source: str, most_bytes: int, seconds: float = _SECONDS) -> bytes:
    """The bytes of a file, or of what an address of the web leads to.

    Args:
        source: a path, or an address of the scheme http or https.
        most_bytes: how many there may be.
        seconds: how long the server may be silent.

    Raises:
        CleanerError: there is no such file, the scheme is another one, the server does not give it, or it is larger.

    >>> fetch("ftp://packs.example/a.whl", 10)
    Traceback (most recent call last):
    ...
    cleaner.errors.CleanerError: ftp://packs.example/a.whl: only http:// and https:// are fetched; download it first
    """
    scheme = _SCHEME.match(source)
    if scheme is None:
        data = _read(Path(source), most_bytes)
    elif scheme[1].lower() in ("http", "https"):
        data = _download(source, most_bytes, seconds)
    else:
        raise CleanerError(f"{source}: only http:// and https:// are fetched; download it first")
    if len(data) > most_bytes:
        raise CleanerError(f"{shown(source)}: is larger than {most_bytes:,} bytes")
    return data


def _read(path: Path, most_bytes: int) -> bytes:
    if not path.is_file():
        raise CleanerError(f"{shown(path)}: {'is no file' if path.exists() else 'does not exist'}; check the path")
    with path.open("rb") as file:
        return file.read(most_bytes + 1)


class _WebOnly(HTTPRedirectHandler):
    """Follows no redirect to another scheme than http and https."""

    def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]
        if not newurl.lower().startswith(("http://", "https://")):
            raise URLError(f"it leads to {newurl}")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _download(address: str, most_bytes: int, seconds: float) -> bytes:
    try:
        with build_opener(_WebOnly).open(
            Request(address, headers={"User-Agent": "article-cleaner"}), timeout=seconds
        ) as answer:
            data: bytes = answer.read(most_bytes + 1)
            missing = answer.length if len(data) <= most_bytes else 0
    except HTTPError as error:
        error.close()
        raise CleanerError(f"{address}: the server answers {error.code} {error.reason}; check the address") from None
    except (URLError, http.client.HTTPException, OSError, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise CleanerError(f"{address}: cannot be fetched: {reason}; check the address and the network") from None
    if missing:
        raise CleanerError(f"{address}: ended before all of it was there; try again")
    return data
