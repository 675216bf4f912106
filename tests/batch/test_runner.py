"""Runs over many files: every format gives back its shape, every failure says where and what to do, and workers change
the time, never the result."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest

from cleaner import Cleaner
from cleaner.batch.checkpoint import Journal
from cleaner.batch.jobs import Job, plan
from cleaner.batch.options import Options
from cleaner.batch.results import Report
from cleaner.batch.runner import run_jobs
from cleaner.cli import main
from cleaner.io.compression import compress, open_decoded
from tests.articles import article, json_lines, rows

CLEANER = Cleaner()


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def cleaned(text: str) -> str:
    return CLEANER.clean(text).text if text.endswith("\n") else CLEANER.clean(text).text.removesuffix("\n")


@pytest.mark.parametrize("suffix", [".jsonl", ".ndjson", ".jsonl.gz", ".jsonl.zst"])
def test_rows_keep_their_fields(here: Path, suffix: str) -> None:
    if suffix.endswith("zst"):
        pytest.importorskip("zstandard", reason="the extra zst is not installed")
    codec = {"z": "gzip", "t": "zstd"}.get(suffix[-1], "")
    Path("in" + suffix).write_bytes(compress(json_lines(30), codec) + compress(json_lines(5), codec))
    assert main(["in" + suffix, "-o", "out" + suffix, "-q"]) == 0
    data = Path("out" + suffix).read_bytes()
    if codec == "gzip":
        data = gzip.decompress(data)
    elif codec:
        with open_decoded(Path("out" + suffix)) as stream:
            data = b"".join(stream)
    expected = [{**row, "text": cleaned(str(row["text"]))} for row in [*rows(30), *rows(5)]]
    assert [json.loads(line) for line in data.splitlines()] == expected


def test_other_names_of_fields(here: Path) -> None:
    Path("a.jsonl").write_text(json.dumps({"body": article(1), "headline": "Old bridge"}) + "\n", encoding="utf-8")
    assert main(["a.jsonl", "-o", "b.jsonl", "--text-key", "body", "--title-key", "headline", "-q"]) == 0
    assert "Follow us" not in Path("b.jsonl").read_text(encoding="utf-8")


def test_what_was_removed_can_be_kept(here: Path) -> None:
    Path("a.jsonl").write_bytes(json_lines(3) + b'{"text": "The council met."}\n')
    assert main(["a.jsonl", "-o", "b.jsonl", "--keep-removed", "gone", "-q"]) == 0
    found = [json.loads(line)["gone"] for line in Path("b.jsonl").read_text(encoding="utf-8").splitlines()]
    assert found[0] == "Advertisement\n\nFollow us on:"
    assert found[3] == ""
    before = Path("b.jsonl").read_bytes()
    assert main(["b.jsonl", "--in-place", "--keep-removed", "gone", "-q"]) == 0
    assert Path("b.jsonl").read_bytes() == before


def test_a_text_whose_field_was_guessed_is_not_written_over(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.jsonl").write_text(json.dumps({"content": article(1)}) + "\n", encoding="utf-8")
    assert main(["a.jsonl", "-o", "b.jsonl", "--keep-removed", "content", "-q"]) == 2
    assert "a.jsonl:1: has its text in the field 'content', which is to be written" in capsys.readouterr().err
    assert Path("b.jsonl").read_bytes() == Path("a.jsonl").read_bytes()


def test_what_was_removed_from_a_table_stays_in_a_second_run(here: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra parquet is not installed")
    parquet.write_table(pyarrow.table({"id": [1], "text": [article(0)]}), "a.parquet")
    options = ["--keep-removed", "gone", "--metadata-key", "clean", "--flags-key", "flags", "-q"]
    assert main(["a.parquet", "-o", "b.parquet", *options]) == 0
    assert main(["b.parquet", "-o", "c.parquet", *options]) == 0
    first, second = (parquet.read_table(name).to_pylist() for name in ("b.parquet", "c.parquet"))
    assert first == second
    assert first[0]["gone"] == "Advertisement\n\nFollow us on:"


_PAYWALL = (
    "This article is for subscribers only.\n\nSubscribe now to continue reading\n\nAlready a subscriber? Log in\n"
)


def test_flagged_documents_are_kept_unless_told(here: Path) -> None:
    (here / "in").mkdir()
    scraps = "Advertisement\n\nFollow us on:\n"
    (here / "in" / "rows.jsonl").write_text(
        "".join(json.dumps({"id": i, "text": text}) + "\n" for i, text in enumerate([scraps, article(2), scraps])),
        encoding="utf-8",
    )
    (here / "in" / "bad.txt").write_text(scraps, encoding="utf-8")
    assert main(["in", "-o", "all", "--stats", "stats.json", "-q"]) == 0
    assert json.loads(Path("stats.json").read_text())["flags"] == {"emptied": 3}
    assert len(Path("all/rows.jsonl").read_text().splitlines()) == 3
    assert main(["in", "-o", "some", "--drop-flagged", "--audit", "audit.jsonl", "-q"]) == 0
    assert [json.loads(line)["id"] for line in Path("some/rows.jsonl").read_text().splitlines()] == [1]
    assert not Path("some/bad.txt").exists()
    assert Path("audit.jsonl").read_text().count('"dropped"') == 3
    assert main(["restore", "some", "--audit", "audit.jsonl", "-o", "back", "--original"]) == 0
    assert Path("back/bad.txt").read_text() == scraps
    assert json.loads(Path("back/rows.jsonl").read_text())["text"] == article(2)


def test_rejects_say_why(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "in").mkdir()
    Path("in/rows.jsonl").write_bytes(json_lines(1) + b'{"id": 7, "text": 3}\n[]\n')
    Path("in/a.txt").write_bytes(bytes(range(256)) * 9)
    assert main(["in", "-o", "out", "--rejects", "rejects.jsonl", "-q"]) == 2
    found = [json.loads(line) for line in Path("rejects.jsonl").read_text().splitlines()]
    assert [(line["path"], line["row"], line["id"]) for line in found] == [
        ("a.txt", 0, None),
        ("rows.jsonl", 2, 7),
        ("rows.jsonl", 3, None),
    ]
    assert all(line["reason"] for line in found)
    assert Path("out/rows.jsonl").read_bytes().count(b"\n") == 3


@pytest.mark.parametrize("suffix", [".jsonl.gz", ".jsonl.zst"])
def test_a_file_that_is_cut_off(here: Path, capsys: pytest.CaptureFixture[str], suffix: str) -> None:
    if suffix.endswith("zst"):
        pytest.importorskip("zstandard", reason="the extra zst is not installed")
    (here / "in").mkdir()
    whole = compress(json_lines(2000), "gzip" if suffix.endswith("gz") else "zstd")
    Path("in/a" + suffix).write_bytes(whole[: len(whole) // 2])
    Path("in/b.txt").write_text(article(0), encoding="utf-8")
    assert main(["in", "-o", "out", "-q"]) == 2
    assert f"in/a{suffix}: is " in capsys.readouterr().err
    assert sorted(path.name for path in Path("out").iterdir()) == ["b.txt"]


def test_a_wrong_codec_is_named(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.jsonl.gz").write_bytes(json_lines(3))
    assert main(["a.jsonl.gz", "-o", "b.jsonl"]) == 2
    assert "a.jsonl.gz: is damaged" in capsys.readouterr().err


def test_rows_are_not_written_as_another_format(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.jsonl").write_bytes(json_lines(3))
    assert main(["a.jsonl", "-o", "b.csv"]) == 2
    assert (
        "is jsonl and cannot be written as csv; give the output a name that ends in .jsonl" in capsys.readouterr().err
    )


def test_a_format_can_be_named(here: Path) -> None:
    Path("rows.data").write_bytes(json_lines(3))
    assert main(["rows.data", "-o", "out.data", "--format", "jsonl", "-q"]) == 0
    assert len(Path("out.data").read_bytes().splitlines()) == 3


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="mounts a small file system, as root on Linux")
def test_a_full_disk(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("small").mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=300k", "none", "small"], check=False).returncode:
        pytest.skip("may not mount a file system")
    try:
        (here / "in").mkdir()
        Path("in/big.jsonl").write_bytes(json_lines(2000))
        Path("in/z.txt").write_text(article(0), encoding="utf-8")
        assert main(["in", "-o", "small/out", "-q"]) == 2
        assert "in/big.jsonl: No space left on device" in capsys.readouterr().err
        assert sorted(path.name for path in Path("small/out").iterdir()) == ["z.txt"]
    finally:
        subprocess.run(["umount", "small"], check=True)


def test_a_table_of_csv(here: Path) -> None:
    Path("a.csv").write_text('id,body,n\r\n1,"' + article(0) + '",2\r\n2,plain,3\r\n', encoding="utf-8", newline="")
    assert main(["a.csv", "-o", "b.csv", "--text-key", "body", "--audit", "audit.jsonl", "-q"]) == 0
    assert Path("b.csv").read_bytes().decode() == f'id,body,n\r\n1,"{cleaned(article(0))}",2\r\n2,plain,3\r\n'
    arguments = ["--audit", "audit.jsonl", "-o", "c.csv", "--original"]
    assert main(["restore", "b.csv", *arguments]) == 0
    assert Path("c.csv").read_bytes() == Path("a.csv").read_bytes()


def test_a_table_of_parquet(here: Path) -> None:
    pa = pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
    from pyarrow import parquet

    table = pa.Table.from_pylist(rows(3000)).replace_schema_metadata({"made": "by us"})
    parquet.write_table(table, "a.parquet", row_group_size=400)
    arguments = ["-q", "-j", "2", "--audit", "audit.jsonl", "--keep-removed", "gone"]
    assert main(["a.parquet", "-o", "b.parquet", *arguments]) == 0
    found = parquet.read_table("b.parquet")
    assert found.drop_columns(["text", "gone"]).equals(table.drop_columns(["text"]))
    assert found.schema.metadata[b"made"] == b"by us"
    assert found["text"].to_pylist() == [cleaned(article(i)) for i in range(3000)]
    assert found["gone"][0].as_py() == "Advertisement\n\nFollow us on:"
    assert main(["restore", "b.parquet", "--audit", "audit.jsonl", "-o", "c.parquet", "--original"]) == 0
    assert parquet.read_table("c.parquet")["text"].to_pylist() == table["text"].to_pylist()
    assert sorted(path.name for path in here.iterdir()) == [
        "a.parquet",
        "audit.jsonl",
        "b.parquet",
        "c.parquet",
    ]


def test_an_archive_of_pages(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("fastwarc", reason="the extra warc is not installed")
    warcwriter = pytest.importorskip("warcio.warcwriter", reason="warcio is not installed")
    from io import BytesIO

    from warcio.statusandheaders import StatusAndHeaders

    (here / "in").mkdir()
    with Path("in/a.warc.gz").open("wb") as stream:
        writer = warcwriter.WARCWriter(stream, gzip=True)
        for i in range(3):
            paragraphs = "".join(f"<p>{line}</p>" for line in article(i).split("\n") if line)
            head = f"<head><title>The old bridge {i}</title></head>"
            page = f"<html>{head}<body><article>{paragraphs}</article></body></html>"
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.0")
            url = f"https://hill-news.example/{i}"
            writer.write_record(
                writer.create_warc_record(url, "response", payload=BytesIO(page.encode()), http_headers=headers)
            )
    assert main(["in", "-o", "out", "--extractor", "trafilatura-fast"]) == 0
    found = [json.loads(line) for line in gzip.decompress(Path("out/a.jsonl.gz").read_bytes()).splitlines()]
    assert [row["url"] for row in found] == [f"https://hill-news.example/{i}" for i in range(3)]
    assert [row["title"] for row in found] == [f"The old bridge {i}" for i in range(3)]
    assert all("voted to repair" in row["text"] and "Follow us" not in row["text"] for row in found)
    data = Path("in/a.warc.gz").read_bytes()
    Path("in/a.warc.gz").write_bytes(data[: len(data) - 50])
    assert main(["in", "-o", "out2", "-q"]) == 2
    assert "in/a.warc.gz: " in capsys.readouterr().err


def test_lines_of_a_site(here: Path) -> None:
    (here / "in").mkdir()
    stories = [" ".join(article(i).split("\n\n")[:3]) + "\n\nThe Hill News Quiz\n" for i in range(8)]
    rows = [{"url": f"https://hill-news.example/{i}", "text": text} for i, text in enumerate(stories)]
    Path("in/rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert main(["in", "-o", "plain", "-q"]) == 0
    assert "Hill News Quiz" in Path("plain/rows.jsonl").read_text()
    assert main(["in", "-o", "twice", "--site-lines", "-q", "--stats", "stats.json"]) == 0
    assert "Hill News Quiz" not in Path("twice/rows.jsonl").read_text()
    assert json.loads(Path("stats.json").read_text())["removed"]["site-lines"] == 8


def test_a_thousand_errors_are_counted(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.jsonl").write_bytes(json_lines(1) + b'{"id": 1}\n' * 300)
    arguments = ["a.jsonl", "-o", "b.jsonl", "--stats", "stats.json", "--rejects", "rejects.jsonl"]
    assert main([*arguments, "-q"]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert sum("has no field 'text'" in line for line in lines) == 100
    assert "and 200 errors more; --rejects FILE writes them all" in lines[-1]
    assert json.loads(Path("stats.json").read_text())["errors"] == 300
    assert len(Path("rejects.jsonl").read_text().splitlines()) == 300


def test_standard_output_is_for_standard_input(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.jsonl").write_bytes(json_lines(3))
    assert main(["a.jsonl", "-o", "-"]) == 2
    assert "clean - < FILE" in capsys.readouterr().err


def test_nothing_is_written_over(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "in").mkdir()
    Path("in/a.jsonl").write_bytes(json_lines(3))
    for option in ("--audit", "--attributes", "--rejects", "--stats"):
        assert main(["in", "-o", "out", option, "in/a.jsonl"]) == 2
        assert main(["in", "-o", "out", option, "out/a.jsonl"]) == 2
    assert main(["in", "-o", "out", "--audit", "x.jsonl", "--rejects", "x.jsonl"]) == 2
    assert "is an input or a result of this run already" in capsys.readouterr().err
    assert main(["in", "-o", "out", "--keep-removed", "id"]) == 2
    assert "that field is read; name a new one" in capsys.readouterr().err
    assert Path("in/a.jsonl").read_bytes() == json_lines(3)
    assert not Path("out/a.jsonl").exists()


def test_a_line_in_utf_16_passes_through(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = '{"text": "Body text here.\\n\\nAdvertisement\\n"}'.encode("utf-16-le")
    Path("a.jsonl").write_bytes(line)
    assert main(["a.jsonl", "-o", "b.jsonl", "-q"]) == 2
    assert "a.jsonl:1: is not JSON" in capsys.readouterr().err
    assert Path("b.jsonl").read_bytes() == line


def test_a_file_named_twice_is_cleaned_once(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.jsonl").write_bytes(json_lines(3))
    assert main(["a.jsonl", "a.jsonl", "--in-place", "--audit", "audit.jsonl", "-q"]) == 2
    assert "is named twice" in capsys.readouterr().err
    assert len(Path("audit.jsonl").read_bytes().splitlines()) == 3


def test_a_slash_means_a_folder(here: Path) -> None:
    Path("a.jsonl").write_bytes(json_lines(3))
    assert main(["a.jsonl", "-o", "out/", "-q"]) == 0
    assert Path("out/a.jsonl").is_file()


# Without the command

PROSE = "The council met on Tuesday evening and voted to repair the old stone bridge over the river.\n\n"


def run(source: Path, output: Path, workers: int) -> list[Report]:
    found = plan([source], output)
    return list(run_jobs(Cleaner(), found.jobs, Options(), workers))


@pytest.mark.slow
def test_workers_share_the_rows_of_a_big_file(tmp_path: Path) -> None:
    prose = "".join(f"On day {day} of the month, {PROSE}" for day in range(5))
    texts = [f"{prose}Row {i}.\n\nAdvertisement\n\nFollow us on:\n" for i in range(1500)]
    rows = [json.dumps({"id": i, "text": text}) for i, text in enumerate(texts)]
    rows[700] = "no JSON"
    rows[900] = ""
    source = tmp_path / "in"
    source.mkdir()
    (source / "big.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (source / "small.txt").write_text(PROSE + "Follow us on:\n", encoding="utf-8")
    one = run(source, tmp_path / "one", 1)
    two = run(source, tmp_path / "two", 2)
    assert list(map(asdict, one)) == list(map(asdict, two))
    assert [report.documents for report in two] == [1498, 1]
    assert [problem.path.rpartition(":")[2] for problem in two[0].problems] == ["701"]
    cleaned = (tmp_path / "two" / "big.jsonl").read_bytes()
    assert cleaned == (tmp_path / "one" / "big.jsonl").read_bytes()
    assert b"Advertisement" not in cleaned
    assert cleaned.count(b"\n") == 1500


@pytest.mark.slow
def test_a_missing_file_ends_nothing(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    for name in "abc":
        (source / f"{name}.txt").write_text(PROSE, encoding="utf-8")
    jobs = plan([source], tmp_path / "out").jobs
    (source / "b.txt").unlink()
    reports = list(run_jobs(Cleaner(), jobs, Options(), 2))
    assert [bool(report.problems) for report in reports] == [False, True, False]


# Documents of JSON


def test_a_json_document_goes_on_where_it_stopped(
    here: Path, cleaner: Cleaner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cleaner.batch.tasks.SHARD_BYTES", 2000)
    Path("a.json").write_text(json.dumps({"n": 1, "rows": rows(20)}, indent=1), "utf-8")

    def run(target: str, stops_after: int = 10**9) -> None:
        job = Job(Path("a.json"), "json", Path(target), target)
        journal = Journal(Path(f"{target}.journal"), "x")
        left = iter(range(stops_after))

        def advance(size: int) -> None:
            if next(left, None) is None:
                raise KeyboardInterrupt

        try:
            for _ in run_jobs(cleaner, [job], Options(), advance=advance, journal=journal):
                pass
        finally:
            journal.close(False)

    run("whole.json")
    with pytest.raises(KeyboardInterrupt):
        run("stopped.json", 4)
    assert not Path("stopped.json").exists()
    again = Journal(Path("stopped.json.journal"), "x")
    again.close(False)
    assert again.shards[0] == 4
    run("stopped.json")
    assert Path("stopped.json").read_bytes() == Path("whole.json").read_bytes()
    assert len(json.loads(Path("whole.json").read_bytes())["rows"]) == 20
