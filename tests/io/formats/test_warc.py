"""Web archives: every HTML page becomes a row, however it was sent, and damage is told."""

from __future__ import annotations

import gzip
import io
import json
import pickle
import sys
import zlib
from typing import Any

import pytest

from cleaner.errors import CleanerError
from cleaner.io.formats.base import FieldNames, Row, Shard, document_of
from cleaner.io.formats.warc import WarcFormat
from cleaner.io.problems import RowsError

pytest.importorskip("fastwarc", reason="reads WARC: install article-cleaner[warc]")
warcwriter = pytest.importorskip("warcio.warcwriter", reason="writes the archives of the tests: install warcio")
statusandheaders = pytest.importorskip("warcio.statusandheaders", reason="writes the archives: install warcio")

HTML = ("Content-Type", "text/html; charset=utf-8")


def page(number: int) -> str:
    prose = "".join(
        f"<p>On day {day} of month {number} the town council met in the hall by the river and voted to repair the old "
        "stone bridge, which carts and lorries have worn for three hundred years.</p>"
        for day in range(1, 6)
    )
    return (
        f"<html><head><title>Bridge {number}</title><meta name='author' content='Ann Hollis'></head>"
        f"<body><article><h1>Bridge {number} closes – for months</h1>{prose}</article></body></html>"
    )


def chunked(body: bytes) -> bytes:
    half = len(body) // 2
    parts = [body[:half], body[half:]]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


class Archive:
    def __init__(self, zipped: bool = True) -> None:
        self.out = io.BytesIO()
        self.writer = warcwriter.WARCWriter(self.out, gzip=zipped)
        self.writer.write_record(self.writer.create_warcinfo_record("news.warc.gz", {"software": "tests"}))
        self.starts: list[int] = []

    def add(self, body: bytes, *headers: tuple[str, str], status: str = "200 OK", kind: str = "response") -> Archive:
        self.starts.append(self.out.tell())
        url = f"https://news.example/{len(self.starts)}"
        http = statusandheaders.StatusAndHeaders(status, list(headers or (HTML,)), protocol="HTTP/1.1")
        self.writer.write_record(
            self.writer.create_warc_record(
                url,
                kind,
                payload=io.BytesIO(body),
                http_headers=http,
                warc_headers_dict={"WARC-Date": "2026-03-28T12:00:00Z"},
            )
        )
        return self

    def data(self) -> bytes:
        return self.out.getvalue()


def pages(count: int, zipped: bool = True) -> Archive:
    archive = Archive(zipped)
    for number in range(1, count + 1):
        archive.add(page(number).encode())
    return archive


def shards(data: bytes, least: int = 1) -> list[Shard]:
    found = list(WarcFormat().shards(io.BytesIO(data), FieldNames(), least))
    return pickle.loads(pickle.dumps(found))  # type: ignore[no-any-return]


def rows(data: bytes, keys: FieldNames | None = None, least: int = 1) -> list[Row]:
    return [row for shard in shards(data, least) for row in WarcFormat().rows(shard, keys or FieldNames())]


@pytest.mark.parametrize("zipped", [True, False])
@pytest.mark.parametrize("least", [1, 1_000_000])
def test_pages_become_rows(zipped: bool, least: int) -> None:
    archive = Archive(zipped)
    archive.add(page(1).encode())
    archive.add(b"GET / HTTP/1.1\r\n\r\n", kind="request")
    archive.add(b"\x89PNG", ("Content-Type", "image/png"))
    archive.add(b"<p>Not found</p>" * 20, status="404 Not Found")
    archive.add(page(2).encode(), ("Content-Type", "application/xhtml+xml"))
    found = rows(archive.data(), least=least)
    assert [(row.number, row.error) for row in found] == [(1, ""), (2, "")]
    assert [row.fields["url"] for row in found] == ["https://news.example/1", "https://news.example/5"]
    assert "On day 3 of month 2 the town council met" in found[1].text
    assert set(found[0].fields) == {"id", "url", "title", "author", "date", "site", "text", "warc_date"}
    assert found[0].fields["id"].startswith("<urn:uuid:")
    assert found[0].fields["warc_date"] == "2026-03-28T12:00:00Z"
    assert document_of(found[0].fields, FieldNames()).author == "Ann Hollis"


def test_zstd(tmp_path: Any) -> None:
    zstandard = pytest.importorskip("zstandard", reason="writes .warc.zst: install zstandard")
    data = zstandard.ZstdCompressor().compress(pages(2, zipped=False).data())
    assert len(rows(data)) == 2
    with pytest.raises(RowsError, match="damaged"):
        rows(data[:-20])


DEFLATE = zlib.compressobj(wbits=-15)
SENT = {
    "gzip": (gzip.compress(page(1).encode()), "gzip", ""),
    "zlib": (zlib.compress(page(1).encode()), "deflate", ""),
    "deflate": (DEFLATE.compress(page(1).encode()) + DEFLATE.flush(), "deflate", ""),
    "chunked": (chunked(page(1).encode()), "", "chunked"),
    "both": (chunked(gzip.compress(page(1).encode())), "gzip", "chunked"),
    "undone, headers kept": (page(1).encode(), "gzip", "chunked"),
    "undone brotli": (page(1).encode(), "br", ""),
    "unknown": (page(1).encode(), "aws-chunked", ""),
}


@pytest.mark.parametrize("name", SENT)
def test_encodings_are_undone(name: str) -> None:
    body, content, transfer = SENT[name]
    headers = [HTML]
    headers += [("Content-Encoding", content)] if content else []
    headers += [("Transfer-Encoding", transfer)] if transfer else []
    plain = rows(Archive().add(page(1).encode()).data())[0]
    archive = Archive().add(body, *headers).add(page(2).encode())
    found = rows(archive.data())
    assert len(found) == 2
    assert found[0].text == plain.text


def test_the_charset_of_the_header_counts() -> None:
    text = page(1).replace("council", "conseil municipal à côté de l’église")
    body = text.encode("cp1252")
    assert (
        "conseil municipal à côté"
        in rows(Archive().add(body, ("Content-Type", "text/html; charset=cp1252")).data())[0].text
    )


def test_a_bomb_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleaner.io.formats.warc._MOST_BYTES", 10_000)
    bomb = gzip.compress(b"<p>boom" * 100_000)
    archive = Archive().add(bomb, HTML, ("Content-Encoding", "gzip")).add(b"<p>long" * 3000).add(page(3).encode())
    found = rows(archive.data())
    assert ["longer than" in row.error for row in found] == [True, True, False]


def test_encode_gives_json_lines() -> None:
    archive = pages(1).add(b"<html><body></body></html>").add(page(3).encode()).add(page(4).encode())
    form = WarcFormat()
    [shard] = shards(archive.data(), 1_000_000)
    found = list(form.rows(shard, FieldNames()))
    assert "no article" in found[1].error
    lines = form.encode(shard, {3: {"text": "new – text", "removed": "x"}}, (4,)).splitlines()
    assert [json.loads(line)["url"][-1] for line in lines] == ["1", "3"]
    assert json.loads(lines[0]) == found[0].fields
    assert list(json.loads(lines[1]).items())[-1] == ("removed", "x")
    assert "new – text" in lines[1].decode()


def test_fields_have_the_names_of_the_keys() -> None:
    keys = FieldNames(text="body", title="headline")
    form = WarcFormat()
    [shard] = shards(pages(1).data())
    [row] = form.rows(shard, keys)
    assert row.fields["body"] == row.text
    assert row.fields["headline"]
    assert set(json.loads(form.encode(shard, {}, ()))) == set(row.fields)


@pytest.mark.parametrize("zipped", [True, False])
@pytest.mark.parametrize("beyond", [3, 30, 150, 500])
def test_a_file_cut_off_gives_its_whole_pages_and_an_error(zipped: bool, beyond: int) -> None:
    archive = pages(4, zipped)
    found = WarcFormat().shards(io.BytesIO(archive.data()[: archive.starts[3] + beyond]), FieldNames(), 1)
    for number in (1, 2, 3):
        assert next(found).first == number
    with pytest.raises(RowsError, match=r"cut off after record 4 .*; fetch it again"):  # with the warcinfo record
        next(found)


def test_damage_in_the_middle() -> None:
    archive = pages(4)
    data = bytearray(archive.data())
    data[archive.starts[2] + 200] ^= 0xFF
    found = WarcFormat().shards(io.BytesIO(bytes(data)), FieldNames(), 1_000_000)
    assert len(next(found).data.pages) >= 2
    with pytest.raises(RowsError, match="is damaged or cut off after record"):
        next(found)


@pytest.mark.parametrize(
    "data", [b"no archive at all\n" * 20, gzip.compress(b"nor this\n" * 20)], ids=["plain", "compressed"]
)
def test_files_that_are_none(data: bytes) -> None:
    with pytest.raises(RowsError, match="is not a WARC file"):
        shards(data)


def test_an_empty_file_has_no_rows() -> None:
    assert shards(b"") == []


def test_without_fastwarc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fastwarc", None)
    monkeypatch.delitem(sys.modules, "fastwarc.warc", raising=False)
    with pytest.raises(CleanerError, match=r"pip install '\.\[warc\]'"):
        shards(b"")
