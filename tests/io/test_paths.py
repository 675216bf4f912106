"""Paths of other machines: a web server of our own, and what is no path. tests/io/test_object_stores.py has S3."""

from __future__ import annotations

import json
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path

import pytest

from cleaner.cli import main
from cleaner.io.paths import printable, shown
from tests.articles import json_lines

pytest.importorskip("upath", reason="the extra remote is not installed")


def test_a_file_of_a_web_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("aiohttp", reason="fsspec[http] is not installed")
    (tmp_path / "served").mkdir()
    (tmp_path / "served" / "rows.jsonl").write_bytes(json_lines(3))

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Nothing: tests are quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path / "served")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        target = tmp_path / "out.jsonl"
        assert main([f"http://127.0.0.1:{server.server_port}/rows.jsonl", "-o", str(target), "-q", "-j", "1"]) == 0
        assert [json.loads(line)["id"] for line in target.read_text().splitlines()] == ["a0", "a1", "a2"]
    finally:
        server.shutdown()
        server.server_close()


def test_an_unknown_scheme_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["nowhere://a/b", "-o", "out"]) == 2
    assert "nowhere://a/b: " in capsys.readouterr().err
    if find_spec("s3fs") is None:
        assert main(["s3://bucket/in", "-o", "out"]) == 2
        error = capsys.readouterr().err
        assert "s3://bucket/in: Install s3fs" in error
        assert "pip install '.[s3]'" in error


def test_a_terminal_obeys_nothing_in_a_message() -> None:
    text = "a\x1b[2Jb\x9b31mc\x07\r\u202ed\u2066e\x00"
    assert printable(text) == r"a\x1b[2Jb\x9b31mc\x07\r\u202ed\u2066e\x00"
    assert printable("two\tcolumns\nand lines") == "two\tcolumns\nand lines"
    assert shown("two\nlines\x1b.txt") == r"two\nlines\x1b.txt"
