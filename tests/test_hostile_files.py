"""Files from strangers: each costs only itself, in bounded memory, and the others are cleaned."""

from __future__ import annotations

import gzip
import json
import resource
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import pytest

from cleaner.batch.own_results import RECORD
from cleaner.cli import main
from tests.articles import article, json_lines
from tests.cli.processes import MODULE

_MB = 1 << 20


@pytest.fixture
def folder(run_in: Path) -> Path:
    """A folder with good files before and behind the bad ones."""
    (run_in / "in").mkdir()
    for name in ("a.txt", "z.txt"):
        (run_in / "in" / name).write_text(article(1), "utf-8")
    (run_in / "in" / "zz.jsonl").write_bytes(json_lines(3))
    return run_in / "in"


GOOD = ["a.txt", "z.txt", "zz.jsonl"]


def results() -> list[str]:
    return sorted(path.name for path in Path("out").iterdir() if path.name != RECORD)


def gzip_bomb(path: Path, megabytes: int, before: bytes = b"", after: bytes = b"") -> None:
    """A file that expands to so many megabytes; it is made piece by piece."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    with path.open("wb") as stream:
        stream.write(packer.compress(before))
        for _ in range(megabytes):
            stream.write(packer.compress(b"a" * _MB))
        stream.write(packer.compress(after) + packer.flush())


def run_with_memory(megabytes: int, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command in a process that gets no more memory than this beyond what its programs take."""
    most = megabytes * _MB

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))

    return subprocess.run(
        [*MODULE, *arguments],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=limit if sys.platform == "linux" else None,
    )


@pytest.mark.slow
@pytest.mark.parametrize("suffix", [".jsonl.gz", ".jsonl.zst", ".csv.gz"])
def test_a_bomb_is_refused_and_the_others_are_cleaned(folder: Path, suffix: str) -> None:
    bomb = folder / f"m{suffix}"
    if suffix.endswith("zst"):
        zstandard = pytest.importorskip("zstandard", reason="the extra zst is not installed")
        with bomb.open("wb") as raw, zstandard.ZstdCompressor(level=19).stream_writer(raw) as stream:
            stream.write(b'{"text": "')
            for _ in range(1000):
                stream.write(b"a" * _MB)
    else:
        gzip_bomb(bomb, 1000, b'id,text\n1,"' if "csv" in suffix else b'{"text": "')
    assert bomb.stat().st_size < 2 * _MB
    done = run_with_memory(1200, "in", "-o", "out", "-j", "1", "-q")
    assert done.returncode == 2, done.stderr
    assert f"in/{bomb.name}: " in done.stderr
    assert "expands to more than 250 times its size" in done.stderr or "is longer than" in done.stderr
    assert "Traceback" not in done.stderr
    assert results() == GOOD


@pytest.mark.slow
def test_a_row_of_a_gigabyte_passes_through_in_little_memory(folder: Path) -> None:
    huge = folder / "m.jsonl"
    piece = b"a" * _MB
    with huge.open("wb") as stream:
        stream.write(json_lines(1) + b'{"text": "')
        for _ in range(600):
            stream.write(piece)
        stream.write(b'"}\n' + json_lines(1))
    done = run_with_memory(1200, "in", "-o", "out", "-j", "1", "-q", "--rejects", "rejects.jsonl")
    assert done.returncode == 2
    assert "in/m.jsonl:2: is longer than 16,777,216 bytes" in done.stderr
    assert results() == ["a.txt", "m.jsonl", "z.txt", "zz.jsonl"]
    size = huge.stat().st_size
    written = Path("out/m.jsonl")
    assert written.stat().st_size < size
    with written.open("rb") as stream:
        assert b"Follow us" not in stream.readline()
        stream.seek(-len(json_lines(1)), 2)
        assert b"Follow us" not in stream.readlines()[-1]


@pytest.mark.slow
@pytest.mark.parametrize("content", [b"\n", b"Follow us on:\n\n"], ids=["newlines", "scraps"])
def test_a_document_that_is_too_long_is_kept(folder: Path, content: bytes) -> None:
    with (folder / "m.txt").open("wb") as stream:
        for _ in range(100):
            stream.write(content * (_MB // len(content)))
    done = run_with_memory(1200, "in", "-o", "out", "-j", "1", "-q")
    assert done.returncode == 2
    assert "in/m.txt: is longer than 16,777,216 bytes; raise --max-document-bytes" in done.stderr
    assert results() == GOOD


def test_the_limit_is_an_option(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "rows.csv").write_text('id,text\n1,short\n2,"' + "x" * 500 + '"\n3,short\n', "utf-8")
    (folder / "zz.jsonl").write_bytes(json_lines(3) + json.dumps({"text": "y" * 500}).encode() + b"\n")
    assert main(["in", "-o", "out", "-q", "--max-document-bytes", "600"]) == 0
    assert main(["in", "-o", "out", "-q", "--max-document-bytes", "400"]) == 2
    said = capsys.readouterr().err
    assert "in/rows.csv: row 2 is longer than 400 bytes" in said
    assert "in/zz.jsonl:4: is longer than 400 bytes" in said
    assert main(["why", "in/zz.jsonl:4", "--max-document-bytes", "400"]) == 2


# Parquet


@pytest.fixture
def parquet() -> Any:
    return pytest.importorskip("pyarrow.parquet", reason="the extra parquet is not installed")


def test_two_columns_of_one_name_cost_nothing_or_their_file(
    folder: Path, parquet: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    import pyarrow as pa

    texts, ids = pa.array([article(i) for i in range(3)]), pa.array([1, 2, 3])
    parquet.write_table(pa.Table.from_arrays([ids, texts, ids], names=["id", "text", "id"]), folder / "m.parquet")
    parquet.write_table(pa.Table.from_arrays([texts, texts], names=["text", "text"]), folder / "n.parquet")
    assert main(["in", "-o", "out", "-q", "-j", "1"]) == 2
    assert "in/n.parquet: has more than one column 'text'" in capsys.readouterr().err
    assert results() == ["a.txt", "m.parquet", "z.txt", "zz.jsonl"]
    found = parquet.ParquetFile("out/m.parquet").read()
    assert found.schema.names == ["id", "text", "id"]
    assert found.column(2).to_pylist() == [1, 2, 3]
    assert "Follow us" not in found.column(1)[0].as_py()


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_schema_that_is_not_utf_8_costs_its_file(
    folder: Path, parquet: Any, capsys: pytest.CaptureFixture[str], workers: str
) -> None:
    import pyarrow as pa

    table = pa.table({"text": [article(1)], "something": ["x"]}, metadata={"about-this": "x"})
    for number, (name, options) in enumerate(
        [("something", {"store_schema": False}), ("something", {}), ("about-this", {})]
    ):
        path = folder / f"m{number}.parquet"
        parquet.write_table(table, path, **options)
        path.write_bytes(path.read_bytes().replace(name.encode(), b"\xff\xfe" + name.encode()[2:]))
    assert main(["in", "-o", "out", "-q", "-j", workers]) == 2
    said = capsys.readouterr().err
    assert said.count("is damaged or not a Parquet file") >= 2
    assert set(results()) >= set(GOOD)


@pytest.mark.slow
def test_a_few_bytes_that_stand_for_many_long_texts_stay_small(folder: Path, parquet: Any) -> None:
    import pyarrow as pa

    text = pa.DictionaryArray.from_arrays(
        pa.array([0] * 3000, pa.int32()), pa.array(["The town council met. " * 50_000])
    )
    parquet.write_table(
        pa.table({"text": text}), folder / "m.parquet", store_schema=False, dictionary_pagesize_limit=4 * _MB
    )
    assert (folder / "m.parquet").stat().st_size < 200_000
    done = run_with_memory(2500, "in", "-o", "out", "-j", "1", "-q", "--max-document-bytes", "100000")
    assert "Traceback" not in done.stderr
    assert set(results()) >= set(GOOD)


# WARC and HTML


def warc_record(
    length: int | str, body: bytes, http: bytes = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
) -> bytes:
    head = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\n"
    head += f"Content-Type: application/http; msgtype=response\r\nContent-Length: {length}\r\n\r\n"
    return head.encode() + http + body + b"\r\n\r\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    "length", [0, 1, 10**9, 10**30, -5, "x", ""], ids=["none", "one", "giga", "huge", "negative", "word", "empty"]
)
def test_a_wrong_length_in_an_archive_costs_its_file(folder: Path, length: int | str) -> None:
    pytest.importorskip("fastwarc", reason="the extra warc is not installed")
    body = f"<html><body><article><p>{article(1)}</p></article></body></html>".encode()
    (folder / "m.warc").write_bytes(warc_record(length, body) + warc_record(200, body))
    done = run_with_memory(2000, "in", "-o", "out", "-j", "1", "-q")
    assert done.returncode in (0, 2)
    assert "Traceback" not in done.stderr
    assert set(results()) >= set(GOOD)


@pytest.mark.slow
@pytest.mark.parametrize(
    "page",
    [
        "<html><body>" + "<div>" * 100_000 + article(1),
        "<html><body>" + "<b><i><a href=x>" * 30_000 + article(1),
        "<html><body><p>" + "&#55296;&#0;&#x110000;" * 1000 + article(1),
        "<html" + " a=b" * 200_000 + ">" + article(1),
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><html><body><p>&b;' + article(1),
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><html><body><p>&a;' + article(1),
    ],
    ids=["deep", "deep inline", "surrogates", "attributes", "entities", "external"],
)
def test_a_hostile_page_costs_only_itself(folder: Path, page: str) -> None:
    (folder / "m.html").write_text(page, "utf-8")
    done = subprocess.run(
        [*MODULE, "in", "-o", "out", "-j", "1", "-q", "--page-seconds", "20"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 2)
    assert "Traceback" not in done.stderr
    assert set(results()) >= set(GOOD)
    if Path("out/m.txt").exists():
        assert "root:" not in Path("out/m.txt").read_text("utf-8")


# Texts


@pytest.mark.parametrize(
    "data",
    [
        b"The council met.\0\0\0 It voted.\n",
        "The council\u202e met\u2066. It voted.\n".encode(),
        b"The council met. \xed\xa0\x80 It voted.\n",
        b"\xef\xbb\xbf\xef\xbb\xbfThe council met.\n",
        bytes(range(256)) * 8,
        bytes([0, 1, 2]) * 999,
        b"\xff\xfe" + b"\x00\xd8" * 99,
        b"\r" * 9999,
    ],
    ids=["NUL", "bidi", "surrogate", "two marks", "binary", "012", "UTF-16 surrogates", "returns"],
)
def test_an_odd_text_is_restored_exactly_or_refused(
    folder: Path, data: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "m.txt").write_bytes(data)
    code = main(["in", "-o", "out", "-q", "--audit", "audit.jsonl"])
    if code == 2:
        assert "error: in/m.txt: " in capsys.readouterr().err
        assert results() == GOOD
        return
    assert main(["restore", "out", "--audit", "audit.jsonl", "-o", "back", "--original"]) == 0
    assert Path("back/m.txt").read_bytes() == data


def test_the_mark_of_a_file_of_rows_comes_back(folder: Path) -> None:
    mark = b"\xef\xbb\xbf"
    (folder / "m.jsonl").write_bytes(mark + json_lines(2))
    (folder / "m.csv").write_bytes(mark + b'text,id\n"' + article(1).encode() + b'",1\n')
    (folder / "m.md").write_bytes(mark + article(2).encode())
    assert main(["in", "-o", "out", "-q", "--audit", "audit.jsonl", "--encoding", "utf-8"]) == 0
    assert main(["restore", "out", "--audit", "audit.jsonl", "-o", "back", "--original"]) == 0
    for name in ("m.jsonl", "m.csv", "m.md"):
        assert Path("back", name).read_bytes() == (folder / name).read_bytes()


@pytest.mark.parametrize(
    "row_id", ["1e400", "NaN", "-Infinity", '["a"]', '{"a": 1}', '"../../x"', "1.50", '"\\ud800"', "null"]
)
def test_an_odd_id_is_kept_and_harms_no_output(folder: Path, row_id: str) -> None:
    line = f'{{"id": {row_id}, "text": {json.dumps(article(1))}}}\n'
    (folder / "zz.jsonl").write_text(line + f'{{"id": {row_id}, "text": 7}}\n')
    outputs = ["--audit", "audit.jsonl", "--attributes", "attributes.jsonl", "--rejects", "rejects.jsonl"]
    assert main(["in", "-o", "out", "-q", *outputs]) == 2
    assert Path("out/zz.jsonl").read_text().startswith(f'{{"id": {row_id}, "text": ')

    def refuse(constant: str) -> None:
        raise ValueError(f"{constant} is not JSON")

    for name in ("audit.jsonl", "attributes.jsonl", "rejects.jsonl"):
        for found in Path(name).read_text().splitlines():
            json.loads(found, parse_constant=refuse)
    assert main(["restore", "out", "--audit", "audit.jsonl", "-o", "back", "--original"]) == 0
    assert Path("back/zz.jsonl").read_bytes() == (folder / "zz.jsonl").read_bytes()


@pytest.mark.parametrize("depth", [500, 100_000])
def test_a_deep_value_is_kept_or_reported(folder: Path, depth: int) -> None:
    deep = "[" * depth + "]" * depth
    (folder / "zz.jsonl").write_text(f'{{"deep": {deep}, "text": {json.dumps(article(1))}}}\n' + json_lines(1).decode())
    assert main(["in", "-o", "out", "-q", "--audit", "audit.jsonl"]) in (0, 2)
    lines = Path("out/zz.jsonl").read_text().splitlines()
    assert deep in lines[0]
    assert "Follow us" not in lines[1]


def test_a_number_of_too_many_digits_is_reported(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = b'{"n": ' + b"7" * 10_000 + b', "text": "x"}\n'
    (folder / "zz.jsonl").write_bytes(data)
    assert main(["in", "-o", "out", "-q"]) == 2
    assert "in/zz.jsonl:1: is not JSON" in capsys.readouterr().err
    assert Path("out/zz.jsonl").read_bytes() == data


def test_a_compressed_file_within_a_compressed_file_is_not_unpacked(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "m.jsonl.gz").write_bytes(gzip.compress(gzip.compress(json_lines(3))))
    assert main(["in", "-o", "out", "-q"]) == 2
    assert "in/m.jsonl.gz:1: is not UTF-8" in capsys.readouterr().err


# JSON documents


def test_an_array_called_jsonl_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "m.jsonl").write_text('[{"text": "The council met."}]\n', "utf-8")
    assert main(["in", "-o", "out", "-q", "-j", "1"]) == 2
    assert "holds a JSON array, not one object a line; give --format json, or call it .json" in capsys.readouterr().err
    assert not Path("out/m.jsonl").exists()
    assert set(GOOD) <= set(results())


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'[{"text": ' + b"[" * 100_000 + b"]" * 100_000 + b"}]", "in/m.json:1: is not JSON"),
        (b'{"a": ' * 50_000 + b"1" + b"}" * 50_000, "in/m.json:1: is not JSON"),
        (b'[{"text": "a"}, {"text": "b"', "in/m.json: is cut off"),
        (b'[{"text": "a"}}, {"text": "b"}]', "in/m.json: lacks a comma"),
        (b"\xff\xfe[\0]\0", "in/m.json: is in UTF-16"),
        (b'{"text": "\xff"}', "in/m.json"),
    ],
    ids=["deep-row", "deep-document", "cut-off", "stray-brace", "utf-16", "not-utf-8"],
)
def test_a_bad_json_document_costs_itself(
    folder: Path, content: bytes, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "m.json").write_bytes(content)
    assert main(["in", "-o", "out", "-q", "-j", "1"]) == 2
    assert message in capsys.readouterr().err
    assert set(GOOD) <= set(results())


def test_what_json_can_hold_stays_as_it_is(folder: Path) -> None:
    rows = b'[ {"n":1e400 , "n":NaN,"t":"\\ud800", "text":"%s"}\n,{"text":null}, {"text" : "a\\/b"} ]\n'
    scrappy = json.dumps(article(1).split("\n")[0] + "\n\nFollow us on:").strip('"').encode()
    (folder / "m.json").write_bytes(rows % scrappy)
    assert main(["in", "-o", "out", "-q", "-j", "1", "--audit", "audit.jsonl"]) == 0
    cleaned = scrappy.removesuffix(b"\\n\\nFollow us on:")
    assert Path("out/m.json").read_bytes() == rows % cleaned
    assert main(["restore", "out", "--audit", "audit.jsonl", "-o", "back", "--original"]) == 0
    assert Path("back/m.json").read_bytes() == rows % scrappy


@pytest.mark.slow
def test_a_json_row_of_200_megabytes_passes_through_in_little_memory(folder: Path) -> None:
    with (folder / "m.json").open("wb") as stream:
        stream.write(b'{"rows": [{"text": "a"}, {"text": "')
        for _ in range(200):
            stream.write(b"a" * _MB)
        stream.write(b'"}, {"text": "b"}]}')
    done = run_with_memory(600, "in", "-o", "out", "-j", "1", "-q")
    assert done.returncode == 2
    assert "in/m.json:2: is longer than 16,777,216 bytes" in done.stderr
    assert results() == ["a.txt", "m.json", "z.txt", "zz.jsonl"]
    assert Path("out/m.json").stat().st_size == (folder / "m.json").stat().st_size
