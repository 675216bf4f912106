"""`clean restore` leads back from what was written to what was read."""

from __future__ import annotations

import gzip
import io
import json
import os
from pathlib import Path

import pytest

from cleaner import Cleaner
from cleaner.cli import main
from tests.articles import article, json_lines

CLEANER = Cleaner()


def clean(*arguments: str) -> None:
    assert main([*arguments, "-q"]) == 0


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("audit", ["audit.jsonl", "audit.jsonl.gz", "audit.jsonl.zst"])
def test_a_folder_is_restored(here: Path, audit: str) -> None:
    if audit.endswith("zst"):
        pytest.importorskip("zstandard", reason="the extra zst is not installed")
    (here / "in" / "sub").mkdir(parents=True)
    for i in range(12):
        (here / "in" / "sub" / f"{i}.txt").write_text(article(i), encoding="utf-8")
    (here / "in" / "rows.jsonl").write_bytes(json_lines(50) + b"no JSON\n\n" + json_lines(3))
    assert main(["in", "-o", "out", "--audit", audit, "-q"]) == 2  # the row that is no JSON
    assert main(["restore", "out", "--audit", audit, "-o", "repaired"]) == 0
    assert main(["restore", "out", "--audit", audit, "-o", "original", "--original"]) == 0
    for i in range(12):
        assert (here / "original" / "sub" / f"{i}.txt").read_text(encoding="utf-8") == article(i)
        repaired = CLEANER.clean(article(i)).repaired
        assert (here / "repaired" / "sub" / f"{i}.txt").read_text(encoding="utf-8") == repaired
    assert (here / "original" / "rows.jsonl").read_bytes() == (here / "in" / "rows.jsonl").read_bytes()
    assert "â€™" not in (here / "repaired" / "rows.jsonl").read_text(encoding="utf-8")
    assert "Follow us on:" in (here / "repaired" / "rows.jsonl").read_text(encoding="utf-8")


def test_restoring_refuses_what_does_not_fit(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.txt").write_text(article(1), encoding="utf-8")
    clean("a.txt", "-o", "b.txt", "--audit", "audit.jsonl")
    Path("b.txt").write_text("Another text.\n", encoding="utf-8")
    assert main(["restore", "b.txt", "--audit", "audit.jsonl", "-o", "c.txt"]) == 2
    assert "must be as the run with this audit left it" in capsys.readouterr().err
    assert not Path("c.txt").exists()
    assert main(["restore", "a.txt", "--audit", "audit.jsonl", "-o", "c.txt"]) == 2
    assert "says nothing about a.txt" in capsys.readouterr().err
    Path("no.jsonl").write_text("{}\n", encoding="utf-8")
    assert main(["restore", "b.txt", "--audit", "no.jsonl", "-o", "c.txt"]) == 2
    assert "no.jsonl: line 1 is not a line of an audit" in capsys.readouterr().err
    assert main(["restore", "b.txt", "--audit", "audit.jsonl", "-o", "b.txt"]) == 2
    assert "the output is the input" in capsys.readouterr().err


def test_a_damaged_audit_is_named(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.txt").write_text(article(1), encoding="utf-8")
    clean("a.txt", "-o", "b.txt", "--audit", "audit.jsonl.gz")
    data = Path("audit.jsonl.gz").read_bytes()
    gzip.decompress(data)
    Path("audit.jsonl.gz").write_bytes(data[:-10])
    assert main(["restore", "b.txt", "--audit", "audit.jsonl.gz", "-o", "c.txt"]) == 2
    assert "audit.jsonl.gz: is cut off" in capsys.readouterr().err


def test_several_folders_are_restored(here: Path) -> None:
    for i, folder in enumerate(("one", "two")):
        Path(folder).mkdir()
        Path(folder, "a.txt").write_text(article(i), encoding="utf-8")
    clean("one", "two", "-o", "out", "--audit", "audit.jsonl")
    assert main(["restore", "out", "--audit", "audit.jsonl", "-o", "back", "--original"]) == 0
    assert [Path("back", folder, "a.txt").read_text(encoding="utf-8") for folder in ("one", "two")] == [
        article(0),
        article(1),
    ]


def test_what_was_cleaned_in_place_is_restored(here: Path) -> None:
    Path("in").mkdir()
    Path("in/a.txt").write_text(article(3), encoding="utf-8")
    Path("in/rows.jsonl.gz").write_bytes(gzip.compress(json_lines(4)))
    clean("in", "--in-place", "--audit", "audit.jsonl")
    assert "Follow us" not in Path("in/a.txt").read_text(encoding="utf-8")
    assert main(["restore", "in", "--audit", "audit.jsonl", "-o", "back", "--original"]) == 0
    assert Path("back/a.txt").read_text(encoding="utf-8") == article(3)
    assert gzip.decompress(Path("back/rows.jsonl.gz").read_bytes()) == json_lines(4)


def test_an_audit_of_a_run_in_place_is_never_lost(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("in").mkdir()
    for i in range(3):
        Path("in", f"{i}.txt").write_text(article(i), encoding="utf-8")
    Path("in/9.jsonl").write_text("no JSON\n")
    assert main(["in", "--in-place", "--audit", "audit.jsonl", "--max-errors", "0", "-q"]) == 2  # stopped at the end
    capsys.readouterr()
    assert main(["in", "--in-place", "--audit", "audit.jsonl", "-q"]) == 2
    assert "keep it and give another name with --audit" in capsys.readouterr().err
    assert main(["in", "--in-place", "--stats", "stats.json", "-q"]) == 2  # the row that is no JSON
    assert main(["in", "--in-place", "--stats", "stats.json", "-q"]) == 2
    assert "give another name" not in capsys.readouterr().err
    assert main(["restore", "in", "--audit", "audit.jsonl", "-o", "back", "--original"]) == 0
    assert Path("back/2.txt").read_text(encoding="utf-8") == article(2)


def test_restoring_knows_kind_and_field(here: Path) -> None:
    rows_as_json = "".join(json.dumps({"body": article(i)}) + "\n" for i in range(3))
    Path("a.json").write_text(rows_as_json)
    clean("a.json", "-o", "b.json", "--format", "jsonl", "--text-key", "body", "--audit", "audit.jsonl")
    assert main(["restore", "b.json", "--audit", "audit.jsonl", "-o", "c.json", "--original"]) == 0
    assert [json.loads(line)["body"] for line in Path("c.json").read_text().splitlines()] == list(
        map(article, range(3))
    )


def test_restoring_writes_over_nothing(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("in").mkdir()
    Path("in/a.txt").write_text(article(1), encoding="utf-8")
    clean("in", "-o", "out", "--audit", "audit.jsonl")
    for target in ("audit.jsonl", "out/sub"):
        assert main(["restore", "out", "--audit", "audit.jsonl", "-o", target]) == 2
        assert "is the audit or lies inside the input" in capsys.readouterr().err
    assert Path("audit.jsonl").read_text().count("\n") == 1


def test_an_archive_of_pages_is_restored_with_the_name_of_its_text_field(here: Path) -> None:
    pytest.importorskip("fastwarc", reason="the extra warc is not installed")
    warcwriter = pytest.importorskip("warcio.warcwriter", reason="warcio is not installed")
    from warcio.statusandheaders import StatusAndHeaders

    with Path("a.warc").open("wb") as stream:
        writer = warcwriter.WARCWriter(stream, gzip=False)
        for i, body in enumerate((article(0), "", article(2))):  # the second page has no article
            paragraphs = "".join(f"<p>{line}</p>" for line in body.split("\n") if line)
            page = f"<html><body><article>{paragraphs}</article></body></html>"
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.0")
            record = writer.create_warc_record(
                f"https://a.example/{i}", "response", payload=io.BytesIO(page.encode()), http_headers=headers
            )
            writer.write_record(record)
    names = ["--extractor", "trafilatura-fast", "--text-key", "body"]
    assert main(["a.warc", "-o", "b.jsonl", "--audit", "audit.jsonl", *names, "-q"]) == 2  # the page without an article
    assert main(["restore", "b.jsonl", "--audit", "audit.jsonl", "-o", "c.jsonl"]) == 0
    cleaned = [json.loads(line)["body"] for line in Path("b.jsonl").read_text("utf-8").splitlines()]
    restored = [json.loads(line)["body"] for line in Path("c.jsonl").read_text("utf-8").splitlines()]
    assert ["Follow us" in text for text in cleaned] == [False, False]
    assert ["Follow us" in text for text in restored] == [True, True]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("western", "Größe und Höhe für Bürger – “endlich”.\n".encode("cp1252") * 5),
        ("korean", "시의회는 화요일 밤 다리를 닫기로 했다.\n".encode("cp949") * 5),
        ("big-endian", b"\xfe\xff" + "The council met on Tuesday.\n".encode("utf-16-be")),
        ("mixed", "Größe, Länge, Höhe, Süden ".encode() + b"\x93quoted\x94\n"),
        ("mark", b"\xef\xbb\xbfThe council met on Tuesday.\n"),
    ],
)
def test_the_very_bytes_come_back(run_in: Path, name: str, data: bytes) -> None:
    (run_in / "in").mkdir()
    (run_in / "in" / f"{name}.txt").write_bytes(data + b"\nFollow us on:\n" if name in ("western", "mark") else data)
    before = (run_in / "in" / f"{name}.txt").read_bytes()
    assert main(["in", "-o", "out", "--audit", "audit.jsonl", "-q"]) == 0
    assert main(["restore", "out", "--audit", "audit.jsonl", "-o", "back", "--original"]) == 0
    assert (run_in / "back" / f"{name}.txt").read_bytes() == before


# Audits that come from somebody else


@pytest.fixture
def stranger(here: Path) -> Path:
    """A folder of cleaned texts with an audit, in a folder of its own so that a test may look outside."""
    (here / "home" / "in").mkdir(parents=True)
    for name in ("a", "b", "c"):
        (here / "home" / "in" / f"{name}.txt").write_text(article(ord(name)), encoding="utf-8")
    os.chdir(here / "home")
    clean("in", "-o", "out", "--audit", "audit.jsonl", "-j", "1")
    return here


def change_line(number: int, **values: object) -> None:
    lines = [json.loads(line) for line in Path("audit.jsonl").read_text().splitlines()]
    lines[number].update(values)
    Path("audit.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))


def files_below(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    "name", ["../../evil.txt", "../evil.txt", "sub/../../evil.txt", "{here}/evil.txt", 7, "", ".."]
)
def test_a_path_that_leads_outside_is_refused_and_the_others_are_restored(
    stranger: Path, capsys: pytest.CaptureFixture[str], name: object
) -> None:
    named = name.format(here=stranger) if isinstance(name, str) else name
    change_line(1, path=named)
    for place in ("../evil.txt", "evil.txt", "../../evil.txt"):
        if Path("out", place).parent.exists():
            Path("out", place).write_bytes(Path("out/b.txt").read_bytes())  # what the line would restore
    before = files_below(stranger)
    assert main(["restore", "out", "--audit", "audit.jsonl", "-o", "back"]) == 2
    assert "error: audit.jsonl:2: " in capsys.readouterr().err
    added = sorted(set(files_below(stranger)) - set(before))
    assert [name for name in added if not name.endswith("-results")] == ["home/back/a.txt", "home/back/c.txt"]


@pytest.mark.parametrize(("output", "name"), [(".", "audit.jsonl"), (".", "out/a.txt")])
def test_a_path_that_names_the_audit_or_an_input_is_refused(
    stranger: Path, capsys: pytest.CaptureFixture[str], output: str, name: str
) -> None:
    change_line(1, path=name)
    kept = [Path(name).read_bytes() for name in ("audit.jsonl", "out/a.txt")]
    main(["restore", "out", "--audit", "audit.jsonl", "-o", output])
    assert "is the audit or lies inside the input" in capsys.readouterr().err
    assert [Path(name).read_bytes() for name in ("audit.jsonl", "out/a.txt")] == kept


def test_a_link_in_the_output_is_not_written_through(stranger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (stranger / "elsewhere").mkdir()
    Path("back").mkdir()
    Path("back/sub").symlink_to(stranger / "elsewhere")
    Path("out/sub").mkdir()
    Path("out/b.txt").rename("out/sub/b.txt")
    change_line(1, path="sub/b.txt")
    assert main(["restore", "out", "--audit", "audit.jsonl", "-o", "back"]) == 2
    assert "is a link, and nothing is written through it" in capsys.readouterr().err
    assert list((stranger / "elsewhere").iterdir()) == []


@pytest.mark.parametrize(
    "values",
    [
        {"edits": 7},
        {"edits": [{"start": -1, "text": "", "replacement": "", "rule": ""}]},
        {"edits": [{"start": 10**9, "text": "", "replacement": "", "rule": ""}]},
        {"edits": [{"start": 0, "end": 1}]},
        {"repairs": [{"step": "x", "inverse": [[0, 1]]}]},
        {"sha": None},
        {"row": -1},
        {"kind": "jsonl"},
        {"kind": "exe"},
        {"kind": []},
        {"field": 3, "kind": "jsonl"},
        {"encoding": 5},
        {"raw": 5},
        {"dropped": {"text": "x"}},
        {"dropped": []},
    ],
    ids=str,
)
def test_a_line_that_no_run_wrote_is_named_and_the_others_are_restored(
    stranger: Path, capsys: pytest.CaptureFixture[str], values: dict[str, object]
) -> None:
    change_line(1, **values)
    assert main(["restore", "out", "--audit", "audit.jsonl", "-o", "back"]) == 2
    found = capsys.readouterr().err
    assert "error: out/b.txt: " in found
    assert "Traceback" not in found
    assert [name for name in files_below(Path("back")) if name.endswith("txt")] == ["a.txt", "c.txt"]


@pytest.mark.parametrize("values", [{"encoding": "no-such-codec"}, {"encoding": "rot13"}, {"raw": "*"}], ids=str)
def test_a_line_with_bytes_that_cannot_be_made_is_named(
    stranger: Path, capsys: pytest.CaptureFixture[str], values: dict[str, object]
) -> None:
    change_line(1, **values)
    assert main(["restore", "out", "--audit", "audit.jsonl", "-o", "back", "--original"]) == 2
    assert "error: out/b.txt: " in capsys.readouterr().err


def test_restoring_twice_works_and_somebodys_own_file_stays(stranger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for options in ([], [], ["--original"]):
        assert main(["restore", "out", "--audit", "audit.jsonl", "-o", "back", *options]) == 0
    Path("back/b.txt").write_text("mine")
    assert main(["restore", "out", "--audit", "audit.jsonl", "-o", "back"]) == 2
    assert "back/b.txt: exists, and no earlier run wrote it" in capsys.readouterr().err
    assert Path("back/b.txt").read_text() == "mine"
    assert main(["restore", "out", "--audit", "audit.jsonl", "-o", "back", "--overwrite"]) == 0


# The shapes that files have


@pytest.mark.parametrize("dropped", [False, True])
def test_a_json_document_is_restored(here: Path, dropped: bool) -> None:
    rows = [{"id": i, "n": 1e400, "text": article(i)} for i in range(6)]
    rows[2]["text"] = "Follow us on:\nAdvertisement\n"
    Path("a.json").write_text(json.dumps({"meta": {}, "articles": rows}, indent=1), encoding="utf-8")
    flags = ["--drop-flagged"] if dropped else []
    clean("a.json", "-o", "b.json", "--audit", "audit.jsonl", "--metadata-key", "clean", *flags)
    left = json.loads(Path("b.json").read_text(encoding="utf-8"))["articles"]
    assert len(left) == 6 - dropped
    assert main(["restore", "b.json", "--audit", "audit.jsonl", "-o", "c.json", "--original"]) == 0
    back = json.loads(Path("c.json").read_text(encoding="utf-8"))["articles"]
    kept = [row for row in rows if not (dropped and row["id"] == 2)]
    assert [(row["id"], row["text"]) for row in back] == [(row["id"], row["text"]) for row in kept]


@pytest.mark.parametrize("suffix", ["jsonl", "csv", "json"])
def test_several_texts_of_a_row_are_restored(here: Path, suffix: str) -> None:
    rows = [{"id": i, "lead": article(i), "body": article(i + 1)} for i in range(4)]
    if suffix == "csv":
        text = "id,lead,body\n" + "".join('{id},"{lead}","{body}"\n'.format(**row) for row in rows)
    else:
        del rows[0]["lead"]
        text = json.dumps(rows) if suffix == "json" else "".join(json.dumps(row) + "\n" for row in rows)
    Path(f"a.{suffix}").write_text(text, encoding="utf-8")
    clean(f"a.{suffix}", "-o", f"b.{suffix}", "--audit", "audit.jsonl", "--text-key", "lead,body")
    assert "Follow us on:" not in Path(f"b.{suffix}").read_text(encoding="utf-8")
    assert main(["restore", f"b.{suffix}", "--audit", "audit.jsonl", "-o", f"c.{suffix}", "--original"]) == 0
    assert Path(f"c.{suffix}").read_text(encoding="utf-8") == text


def test_the_audit_knows_the_delimiter(here: Path) -> None:
    text = f'id:text\n1:"{article(1)}"\n'
    Path("a.csv").write_text(text, encoding="utf-8")
    clean("a.csv", "-o", "b.csv", "--audit", "audit.jsonl", "--delimiter", ":")
    assert main(["restore", "b.csv", "--audit", "audit.jsonl", "-o", "c.csv", "--original"]) == 0
    assert Path("c.csv").read_text(encoding="utf-8") == text


def test_a_compressed_text_is_restored(here: Path) -> None:
    Path("a.txt.gz").write_bytes(gzip.compress(article(1).encode()))
    clean("a.txt.gz", "--in-place", "--audit", "audit.jsonl")
    assert b"Follow us" not in gzip.decompress(Path("a.txt.gz").read_bytes())
    assert main(["restore", "a.txt.gz", "--audit", "audit.jsonl", "-o", "b.txt.gz", "--original"]) == 0
    assert gzip.decompress(Path("b.txt.gz").read_bytes()) == article(1).encode()


def test_files_that_the_audit_does_not_name_are_counted(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("in").mkdir()
    Path("in/a.txt").write_text(article(1), encoding="utf-8")
    Path("in/none.json").write_text("[]")
    Path("in/none.jsonl").write_text("")
    Path("in/none.csv").write_text("id,text\n")
    Path("in/null.jsonl").write_text('{"id": 1, "text": null}\n')
    clean("in", "-o", "out", "--audit", "out/audit.jsonl")
    capsys.readouterr()
    assert main(["restore", "out", "--audit", "out/audit.jsonl", "-o", "back"]) == 0
    expected = "note: out: 4 files are not in the audit, as files without documents are, and not restored: none.csv, "
    assert expected in capsys.readouterr().err


@pytest.mark.parametrize(
    ("left", "message"),
    [
        (8, "2 rows, the first of them row 9, have a text and no line in the audit"),
        (9, "row 10 has a text and no line in the audit"),
    ],
)
def test_an_audit_that_is_cut_off_at_a_line_is_named(
    here: Path, capsys: pytest.CaptureFixture[str], left: int, message: str
) -> None:
    Path("a.jsonl").write_bytes(json_lines(10) + b'{"text": ""}\nno JSON\n')
    assert main(["a.jsonl", "-o", "b.jsonl", "--audit", "audit.jsonl", "-q"]) == 2  # the row that is no JSON
    lines = Path("audit.jsonl").read_bytes().splitlines(True)
    Path("audit.jsonl").write_bytes(b"".join(lines[:left]))
    capsys.readouterr()
    assert main(["restore", "b.jsonl", "--audit", "audit.jsonl", "-o", "c.jsonl", "--original"]) == 2
    assert f"error: b.jsonl: {message}; " in capsys.readouterr().err
    assert Path("c.jsonl").read_bytes().splitlines()[:left] == json_lines(10).splitlines()[:left]


def test_a_text_of_a_row_without_a_line_is_named(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [{"lead": article(i), "body": article(i + 1)} for i in range(2)]
    Path("a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    clean("a.jsonl", "-o", "b.jsonl", "--audit", "audit.jsonl", "--text-key", "lead,body")
    lines = Path("audit.jsonl").read_bytes().splitlines(True)
    Path("audit.jsonl").write_bytes(b"".join(lines[:3]))
    assert main(["restore", "b.jsonl", "--audit", "audit.jsonl", "-o", "c.jsonl"]) == 2
    assert "row 2 has a text and no line in the audit" in capsys.readouterr().err


@pytest.fixture
def killed(here: Path) -> dict[str, bytes]:
    """Files that a run in place has read, by name. The run was killed when two of them were written over."""
    names = ["a.txt", "b.txt", "c.jsonl", "d.jsonl"]
    found = {name: json_lines(3) if name.endswith("l") else article(1).encode() for name in names}
    Path("in").mkdir()
    for name, data in found.items():
        Path("in", name).write_bytes(data)
    clean("in", "--in-place", "--audit", "audit.jsonl")
    for name in ("b.txt", "d.jsonl"):
        Path("in", name).write_bytes(found[name])
    return found


@pytest.mark.parametrize("options", [["--original"], []], ids=["original", "repaired"])
def test_a_file_that_was_not_written_over_is_copied_and_counted(
    killed: dict[str, bytes], capsys: pytest.CaptureFixture[str], options: list[str]
) -> None:
    assert main(["restore", "in", "--audit", "audit.jsonl", "-o", "back", *options]) == 0
    said = " ".join(capsys.readouterr().err.split())
    assert (
        "in: 2 files were not written over, since the run was stopped before, and copied as they are: b.txt, d" in said
    )
    assert "error" not in said
    for name in killed if options else ("b.txt", "d.jsonl"):
        assert Path("back", name).read_bytes() == killed[name]


def test_one_file_that_was_not_written_over_is_copied(
    killed: dict[str, bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["restore", "in/b.txt", "--audit", "audit.jsonl", "-o", "back.txt"]) == 0
    assert (
        "1 file was not written over, since the run was stopped before, and copied as it is" in capsys.readouterr().err
    )
    assert Path("back.txt").read_bytes() == killed["b.txt"]


def test_the_same_run_again_and_both_audits_lead_back(killed: dict[str, bytes]) -> None:
    clean("in", "--in-place", "--audit", "later.jsonl")
    for audit in ("later.jsonl", "audit.jsonl"):
        assert main(["restore", "in", "--audit", audit, "-o", "back", "--original"]) == 0
    assert {name: Path("back", name).read_bytes() for name in killed} == killed


@pytest.mark.parametrize("audit", ["audit.jsonl", "audit.jsonl.gz", "audit.jsonl.zst"])
def test_an_audit_that_ends_within_a_line_leads_back_to_all_others(
    here: Path, audit: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if audit.endswith("zst"):
        pytest.importorskip("zstandard", reason="the extra zst is not installed")
    Path("in").mkdir()
    for number in range(3):
        Path("in", f"{number}.txt").write_text(article(number), "utf-8")
    clean("in", "--in-place", "--audit", audit)
    Path("in/2.txt").write_text(article(2), "utf-8")
    data = Path(audit).read_bytes()
    Path(audit).write_bytes(data[:-60])
    capsys.readouterr()
    assert main(["restore", "in", "--audit", audit, "-o", "back", "--original"]) == 0
    said = " ".join(capsys.readouterr().err.split())
    assert f"note: {audit}:3: is cut off, as when the run was killed at it" in said
    assert "1 file is not in the audit" in said
    assert sorted(path.name for path in Path("back").iterdir()) == ["0.txt", "1.txt"]
    assert [Path("back", f"{i}.txt").read_text("utf-8") for i in range(2)] == [article(0), article(1)]
