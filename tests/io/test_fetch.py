"""Bytes come from files and from the web, no more than asked for, and errors say what to do."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from cleaner.errors import CleanerError
from cleaner.io.fetch import fetch


class Answers(BaseHTTPRequestHandler):
    """What the server of the tests says, by path."""

    def do_GET(self) -> None:
        if self.path == "/a.whl":
            self._answer(200, b"wheel", 5)
        elif self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/a.whl")
            self.end_headers()
        elif self.path == "/to-ftp":
            self.send_response(302)
            self.send_header("Location", "ftp://127.0.0.1/a.whl")
            self.end_headers()
        elif self.path == "/cut-off":
            self._answer(200, b"whe", 5)
        elif self.path == "/no-http":
            self.wfile.write(b"nonsense\n\n")
        else:
            self.send_error(404)

    def _answer(self, status: int, data: bytes, length: int) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(length))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("path", ["/a.whl", "/moved"])
def test_the_bytes_of_an_address_come_also_from_where_it_leads(address: str, path: str) -> None:
    assert fetch(address + path, 5) == b"wheel"


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/none", "the server answers 404 Not Found; check the address"),
        ("/to-ftp", "cannot be fetched: it leads to ftp://127.0.0.1/a.whl"),
        ("/cut-off", "ended before all of it was there; try again"),
        ("/no-http", "cannot be fetched: "),
    ],
)
def test_an_address_that_gives_nothing_is_an_error(address: str, path: str, message: str) -> None:
    with pytest.raises(CleanerError, match=message):
        fetch(address + path, 100)


def test_a_server_that_is_not_there_is_an_error() -> None:
    with pytest.raises(CleanerError, match="check the address and the network"):
        fetch("http://127.0.0.1:1/a.whl", 5)


@pytest.mark.parametrize("source", ["ftp://a.example/b", "file:///etc/passwd", "s3://bucket/a.whl"])
def test_other_schemes_are_not_fetched(source: str) -> None:
    with pytest.raises(CleanerError, match="only http:// and https:// are fetched"):
        fetch(source, 5)


def test_more_than_the_limit_is_an_error(address: str, tmp_path: Path) -> None:
    (tmp_path / "a.whl").write_bytes(b"wheel")
    for source in (f"{address}/a.whl", str(tmp_path / "a.whl")):
        with pytest.raises(CleanerError, match="is larger than 4 bytes"):
            fetch(source, 4)
    assert fetch(str(tmp_path / "a.whl"), 5) == b"wheel"


def test_a_file_that_is_none_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CleanerError, match="is no file"):
        fetch(str(tmp_path), 5)
    with pytest.raises(CleanerError, match="does not exist"):
        fetch(str(tmp_path / "a.whl"), 5)
