"""Paths of other machines: an object store that fsspec keeps in memory, and a web server of our own."""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from cleaner.cli import main
from cleaner.io.compression import compress
from cleaner.io.paths import printable, shown
from tests.articles import article, json_lines

upath = pytest.importorskip("upath", reason="the extra remote is not installed")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    bucket = upath.UPath("memory://bucket")
    bucket.mkdir(parents=True, exist_ok=True)
    yield bucket
    bucket.fs.rm(bucket.path, recursive=True)


def put(path: Any, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def test_a_folder_of_a_store(store: Any) -> None:
    put(store / "in" / "a.txt", article(0).encode())
    put(store / "in" / "sub" / "rows.jsonl.gz", compress(json_lines(3), "gzip"))
    put(store / "in" / "picture.png", b"no text")
    assert (
        main(["memory://bucket/in", "-o", "memory://bucket/out", "-j", "1", "-q", "--audit", "memory://bucket/a.jsonl"])
        == 0
    )
    assert sorted(str(path) for path in (store / "out").rglob("*") if path.is_file()) == [
        "memory://bucket/out/a.txt",
        "memory://bucket/out/sub/rows.jsonl.gz",
    ]
    assert "Follow us" not in (store / "out" / "a.txt").read_text()
    assert b"Follow us" not in gzip.decompress((store / "out" / "sub" / "rows.jsonl.gz").read_bytes())
    assert len((store / "a.jsonl").read_text().splitlines()) == 4
    back = ["--audit", "memory://bucket/a.jsonl", "-o", "back", "--original"]
    assert main(["restore", "memory://bucket/out", *back]) == 0
    assert Path("back/a.txt").read_text(encoding="utf-8") == article(0)
    assert [path for path in Path("cache").rglob("*") if path.is_file() and "journal" in path.name] == []


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
        assert "s3://bucket/in: Install s3fs" in capsys.readouterr().err


def test_a_missing_object_is_named(store: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["memory://bucket/none.jsonl", "-o", "out.jsonl"]) == 2
    assert "memory://bucket/none.jsonl: does not exist" in capsys.readouterr().err


def test_a_terminal_obeys_nothing_in_a_message() -> None:
    text = "a\x1b[2Jb\x9b31mc\x07\r\u202ed\u2066e\x00"
    assert printable(text) == r"a\x1b[2Jb\x9b31mc\x07\r\u202ed\u2066e\x00"
    assert printable("two\tcolumns\nand lines") == "two\tcolumns\nand lines"
    assert shown("two\nlines\x1b.txt") == r"two\nlines\x1b.txt"
