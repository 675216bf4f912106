"""``clean PATH...``: what it writes, what it prints, how it exits; wrong input by wrong input."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path

import pytest

from cleaner.cli import main
from tests.unprivileged import run_unprivileged

BODY = "The town council met on Tuesday evening and voted to repair the old stone bridge across the river.\n"
SCRAPPY = f"Council votes to repair the bridge\n\n{BODY}\nFollow us on:\n"
CLEAN = f"Council votes to repair the bridge\n\n{BODY}"
PAGE = f"""<html><head><title>Council votes to repair the bridge</title><meta charset="utf-8"></head>
<body><article><h1>Council votes to repair the bridge</h1>{"".join(f"<p>{i} times {BODY}</p>" for i in range(4))}
<p>Follow us on:</p></article></body></html>"""


@pytest.fixture
def folder(run_in: Path) -> Path:
    """A folder with a scrappy text, a clean one, one in a subfolder, a page and rows."""
    root = run_in / "in"
    (root / "sub").mkdir(parents=True)
    (root / "scrappy.txt").write_text(SCRAPPY)
    (root / "clean.md").write_text(CLEAN)
    (root / "sub" / "deep.txt").write_text(SCRAPPY)
    (root / "page.html").write_text(PAGE)
    (root / "picture.png").write_bytes(b"\x89PNG\0\0")
    rows = [{"id": 1, "text": SCRAPPY, "n": 1.50, "tags": ["a"]}, {"id": 2, "text": CLEAN, "extra": None}]
    (root / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return root


def tree(folder: str | Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in Path(folder).rglob("*") if path.is_file()}


def test_a_folder_is_mirrored(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["in", "-o", "out"]) == 0
    assert tree("out") == {"scrappy.txt", "clean.md", "sub/deep.txt", "page.txt", "rows.jsonl"}
    assert Path("out/scrappy.txt").read_text() == CLEAN
    assert Path("out/sub/deep.txt").read_text() == CLEAN
    assert Path("out/clean.md").read_bytes() == (folder / "clean.md").read_bytes()
    assert Path("out/page.txt").read_text().count("council met") == 4
    table = capsys.readouterr().err
    assert "follow-us" in table
    assert "errors" in table


def test_a_document_that_takes_too_long_is_kept_and_flagged(folder: Path) -> None:
    """No document is done in so little time."""
    options = ["--document-seconds", "0.000000001", "--audit", "audit.jsonl", "-q"]
    assert main(["in/scrappy.txt", "-o", "out.txt", *options]) == 0
    assert Path("out.txt").read_text() == SCRAPPY
    (line,) = map(json.loads, Path("audit.jsonl").read_text().splitlines())
    assert line["flags"] == ["timeout"]


@pytest.mark.parametrize("seconds", ["0", "-1", "soon"])
def test_a_limit_of_time_is_more_than_nothing(folder: Path, seconds: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["in", "-o", "out", "--document-seconds", seconds]) == 2
    assert "--document-seconds" in capsys.readouterr().err


def test_other_fields_of_rows_pass_through(folder: Path) -> None:
    main(["in/rows.jsonl", "-o", "out.jsonl", "--quiet"])
    first, second = Path("out.jsonl").read_text().splitlines()
    assert json.loads(first) == {"id": 1, "text": CLEAN, "n": 1.5, "tags": ["a"]}
    assert list(json.loads(first)) == ["id", "text", "n", "tags"]
    assert second == (folder / "rows.jsonl").read_text().splitlines()[1]  # untouched rows are the same bytes


def test_the_title_of_a_row_is_known(run_in: Path) -> None:
    row = {"title": "A", "content": SCRAPPY.removesuffix("\n")}
    Path("in.jsonl").write_text(json.dumps(row))
    assert main(["in.jsonl", "-o", "out.jsonl", "--text-key", "content", "-q"]) == 0
    assert json.loads(Path("out.jsonl").read_text())["content"] == CLEAN.removesuffix("\n")


def test_globs_choose_files_as_git_does(folder: Path) -> None:
    assert main(["in", "-o", "a", "--include", "/*.txt", "-q"]) == 0
    assert tree("a") == {"scrappy.txt"}
    assert main(["in", "-o", "b", "--include", "*.txt", "-q"]) == 0
    assert tree("b") == {"scrappy.txt", "sub/deep.txt"}
    assert main(["in", "-o", "c", "--exclude", "sub", "--exclude", "*.[jh]*", "-q"]) == 0
    assert tree("c") == {"scrappy.txt", "clean.md"}


def test_check_writes_nothing_and_tells(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = tree(folder.parent)
    assert main(["in", "--check"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "would change: in/page.html",
        "would change: in/rows.jsonl (1 of 2 documents)",
        "would change: in/scrappy.txt",
        "would change: in/sub/deep.txt",
    ]
    assert main(["in/clean.md", "--check"]) == 0
    assert capsys.readouterr().out == ""
    assert main(["in/scrappy.txt", "--check", "--quiet"]) == 1
    assert capsys.readouterr() == ("", "")
    assert tree(folder.parent) == before


def test_diff_shows_what_goes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["in/scrappy.txt", "--diff", "--quiet"]) == 0
    assert "-Follow us on:" in capsys.readouterr().out
    assert (folder / "scrappy.txt").read_text() == SCRAPPY


def test_in_place_leaves_clean_files_alone(folder: Path) -> None:
    os.utime(folder / "clean.md", (1, 1))
    assert main(["in/scrappy.txt", "in/clean.md", "--in-place", "-q"]) == 0
    assert (folder / "scrappy.txt").read_text() == CLEAN
    assert (folder / "clean.md").stat().st_mtime == 1


@pytest.mark.parametrize("jobs", ["1", "2", "3"])
def test_workers_change_nothing(folder: Path, jobs: str) -> None:
    for i in range(30):
        (folder / f"{i}.txt").write_text(SCRAPPY.replace("Tuesday", f"day {i}"))
    assert main(["in", "-o", "one", "-q", "-j", "1"]) == 0
    assert main(["in", "-o", "many", "-q", "-j", jobs]) == 0
    assert {p: (Path("one") / p).read_bytes() for p in tree("one")} == {
        p: (Path("many") / p).read_bytes() for p in tree("many")
    }


def test_profiles_and_classes(folder: Path) -> None:
    Path("a.txt").write_text(f"Title of it all\n\nBy Jane Doe\n\n{BODY}\nFollow us on:\n")
    assert main(["a.txt", "-o", "b.txt", "--profile", "facts", "-q"]) == 0
    assert Path("b.txt").read_text() == f"Title of it all\n\nBy Jane Doe\n\n{BODY}"
    assert main(["a.txt", "-o", "c.txt", "--keep", "follow-us", "-q"]) == 0
    assert Path("c.txt").read_text() == f"Title of it all\n\n{BODY}\nFollow us on:\n"


def test_own_rules_add_to_the_built_in_ones(folder: Path) -> None:
    Path("own.toml").write_text(
        '[[rule]]\nid = "own.x"\ndescription = "X"\nlines = ["Hill News online"]\n'
        'examples = { removes = ["Hill News online"], keeps = ["Hill News online said so."] }\n'
    )
    Path("a.txt").write_text(f"{BODY}\nHill News Online\n\nFollow us on:\n")
    assert main(["a.txt", "-o", "b.txt", "--rules", "own.toml", "-q"]) == 0
    assert Path("b.txt").read_text() == BODY


def test_results_never_replace_other_inputs(run_in: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two folders whose mirrors land on the inputs."""
    for name in ("a", "b"):
        Path(name).mkdir()
        (Path(name) / "x.txt").write_text(SCRAPPY)
    assert main(["a", "b", "-o", ".", "-q"]) == 2
    assert "would be written over an input file" in capsys.readouterr().err or Path("a/x.txt").read_text() == SCRAPPY
    assert Path("a/x.txt").read_text() == SCRAPPY
    assert Path("b/x.txt").read_text() == SCRAPPY


def test_only_the_text_of_a_row_changes(run_in: Path) -> None:
    text = json.dumps(SCRAPPY)
    Path("in.jsonl").write_bytes(
        b'{"n": 1e400, "f": 0.1234567890123456789012, "text": ' + text.encode() + b', "a": 1}\r\n'
    )
    assert main(["in.jsonl", "-o", "out.jsonl", "-q"]) == 0
    wanted = b'{"n": 1e400, "f": 0.1234567890123456789012, "text": ' + json.dumps(CLEAN).encode() + b', "a": 1}\r\n'
    assert Path("out.jsonl").read_bytes() == wanted


def test_in_place_leaves_clean_rows_alone(run_in: Path) -> None:
    Path("rows.jsonl").write_text(json.dumps({"text": CLEAN}))
    os.utime("rows.jsonl", (1, 1))
    assert main(["rows.jsonl", "--in-place", "-q"]) == 0
    assert Path("rows.jsonl").stat().st_mtime == 1


def test_check_tells_what_a_run_would_write(run_in: Path) -> None:
    Path("latin.txt").write_bytes(f"Café\n\n{BODY}".encode("latin-1"))
    assert main(["latin.txt", "--check", "-q"]) == 1
    Path("page.html").write_text(
        PAGE.replace("<p>Follow us on:</p>", "").replace("<h1>Council votes to repair the bridge</h1>", "")
    )
    assert main(["page.html", "--check", "-q"]) == 0


@pytest.mark.parametrize("glob", ["[z-a].txt", "x[!].txt"])
def test_a_bad_glob(folder: Path, glob: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["in", "-o", "out", "--include", glob]) == 2
    assert "error" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["in"], "where should the results go?"),
        (["in", "-o", "out", "--in-place"], "not both"),
        (["in", "-o", "in"], "the output is the input folder"),
        (["in", "-o", "in/out"], "lies inside the input"),
        (["in/scrappy.txt", "-o", "in/scrappy.txt"], "would be written over an input file"),
        (["in", "-o", "in/../in/sub/x"], "lies inside the input"),
        (["in", "-o", "in/scrappy.txt"], "lies inside the input"),
        (["-", "in", "-o", "out"], "give it alone"),
        (["nowhere", "-o", "out"], "nowhere: does not exist"),
        (["in", "-o", "out", "--keep", "folow-us"], "did you mean 'follow-us'"),
        (["in", "-o", "out", "--rules", "none.toml"], "no such file or folder"),
        (["in", "-o", "out", "--profile", "gentle"], "Invalid value"),
        (["in", "-o", "out", "--include", "*.xyz"], "no files to clean"),
        ([], "Usage"),
    ],
)
def test_wrong_calls_exit_with_2_and_say_what_to_do(
    folder: Path, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = tree(folder)
    assert main(arguments) == 2
    assert message in capsys.readouterr().err
    assert tree(folder) == before


def test_bad_files_get_one_line_each_and_the_others_are_cleaned(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 50)
    (folder / "empty.txt").write_bytes(b"")
    (folder / "nopage.html").write_text("<html></html>")
    (folder / "bad.jsonl").write_text('{"text": "fine."}\n{"text": 3}\n{"txt": "a"}\n[1]\n{oops\n')
    (folder / "dangling.txt").symlink_to("nowhere")
    (folder / "loop").symlink_to(".")
    (folder / "self.txt").symlink_to("self.txt")
    odd = os.fsencode(folder) + b"/caf\xe9.txt"
    Path(os.fsdecode(odd)).write_text(SCRAPPY)
    assert main(["in", "-o", "out"]) == 2
    lines = capsys.readouterr().err.splitlines()

    def line_about(name: str) -> str:
        (found,) = [line for line in lines if name in line]
        return found

    assert "looks like binary data" in line_about("in/binary.txt")
    assert "is empty" in line_about("in/empty.txt")
    assert "no article found" in line_about("in/nopage.html")
    assert "holds a number, not a string" in line_about("in/bad.jsonl:2")
    assert "has no field 'text'" in line_about("in/bad.jsonl:3")
    assert "is JSON, but not an object" in line_about("in/bad.jsonl:4")
    assert "is not JSON" in line_about("in/bad.jsonl:5")
    assert "leads nowhere" in line_about("in/dangling.txt")
    assert "not followed" in line_about("in/loop")
    assert "in/self.txt" in line_about("in/self.txt")
    assert r"caf\xe9.txt" in line_about("not UTF-8")
    assert Path("out/scrappy.txt").read_text() == CLEAN
    assert Path("out/empty.txt").read_bytes() == b""
    assert Path("out/bad.jsonl").read_bytes() == (folder / "bad.jsonl").read_bytes()
    assert Path(os.fsdecode(b"out/caf\xe9.txt")).read_text() == CLEAN
    assert not Path("out/binary.txt").exists()
    assert [name for name in tree("out") if name.endswith(".tmp")] == []


def test_an_unreadable_file(folder: Path) -> None:
    (folder / "secret.txt").write_text(BODY)
    (folder / "secret.txt").chmod(0)
    done = run_unprivileged("in", "-o", "out")
    assert done.returncode == 2
    assert "in/secret.txt: Permission denied; check its permissions" in done.stderr


def test_a_file_that_cannot_be_read(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "scrappy.txt":
            raise PermissionError(13, "Permission denied", str(path))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert main(["in", "-o", "out", "-j", "1"]) == 2
    assert "in/scrappy.txt: Permission denied; check its permissions" in capsys.readouterr().err
    assert Path("out/sub/deep.txt").exists()


@pytest.mark.slow
def test_a_very_long_line(run_in: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """15 MB on one line, nearly as much as a document may have, mojibake in the middle: repaired and reported."""
    half = BODY.strip() + " "
    text = half * 75_000 + "Itâ€™s " + half * 75_000
    Path("long.txt").write_text(text, encoding="utf-8")
    assert Path("long.txt").stat().st_size > 14_000_000
    assert main(["long.txt", "-o", "out.txt", "--document-seconds", "600"]) == 0
    assert "rules only look at shorter lines" in capsys.readouterr().err
    assert Path("out.txt").read_text(encoding="utf-8") == text.replace("â€™", "’").rstrip() + "\n"


def test_nothing_half_written_when_writing_fails(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device", str(target))

    monkeypatch.setattr(Path, "replace", fail)
    assert main(["in", "-o", "out", "-j", "1", "-q"]) == 2
    assert tree("out") == set()


def test_help_names_every_option_of_the_readme(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    page = capsys.readouterr().out
    for option in (
        "--output",
        "--in-place",
        "--check",
        "--diff",
        "--include",
        "--exclude",
        "--jobs",
        "--profile",
    ):
        assert option in page


def test_a_named_encoding_is_read_and_an_unknown_one_is_an_error(
    run_in: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("a.txt").write_bytes("Zażółć gęślą jaźń.\n".encode("cp1250"))
    assert main(["a.txt", "-o", "out.txt", "--encoding", "windows-1250", "-q"]) == 0
    assert Path("out.txt").read_text("utf-8") == "Zażółć gęślą jaźń.\n"
    assert main(["a.txt", "-o", "out.txt", "--encoding", "latin-one"]) == 2
    assert "there is no encoding 'latin-one'; name one such as windows-1252" in capsys.readouterr().err


# Metadata in the results

CREDITED = f"{CLEAN}\n(Reporting by Ann Hollis; editing by John Roe)\n\nFollow us on:\n"


def test_metadata_reaches_the_columns_of_csv(run_in: Path) -> None:
    Path("a.csv").write_text(f'id,text\n1,"{CREDITED}"\n2,"{CLEAN}"\n3\n', "utf-8")
    columns = ["--metadata-key", "about", "--metadata-columns", "reporter,editor=edited_by", "--flags-key", "flags"]
    assert main(["a.csv", "-o", "b.csv", "-q", *columns]) == 2  # the third row lacks a field
    with Path("b.csv").open(encoding="utf-8", newline="") as stream:
        first, second, third = csv.DictReader(stream)
    assert first["text"] == second["text"] == CLEAN
    assert (first["clean_reporter"], second["clean_reporter"]) == ("Ann Hollis", "")
    about = json.loads(first["about"])
    assert about["metadata"]["reporter"] == "Ann Hollis"
    assert set(about) == {"metadata", "flags", "rules", "version"}
    assert third["id"] == "3"
    before = Path("b.csv").read_bytes()
    assert main(["b.csv", "--in-place", "-q", *columns]) == 2
    assert Path("b.csv").read_bytes() == before


def test_metadata_reaches_the_rows_of_json(run_in: Path) -> None:
    Path("a.json").write_text(json.dumps([{"id": 1, "text": CREDITED}, {"id": 2, "text": None}]))
    assert main(["a.json", "-o", "b.json", "-q", "--metadata-key", "clean", "--flags-key", "flags"]) == 0
    first, second = json.loads(Path("b.json").read_text())
    assert first["clean"]["metadata"]["reporter"] == "Ann Hollis"
    assert first["flags"] == []
    assert second == {"id": 2, "text": None}


def test_metadata_stands_beside_texts(run_in: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("in").mkdir()
    Path("in/a.txt").write_text(CREDITED, "utf-8")
    assert main(["in", "--in-place", "--sidecar", "-q"]) == 0
    about = json.loads(Path("in/a.txt.json").read_text("utf-8"))
    assert about["metadata"]["reporter"] == "Ann Hollis"
    assert main(["in", "--in-place", "--sidecar", "-q"]) == 0  # the file beside the text is no input
    assert json.loads(Path("in/a.txt.json").read_text("utf-8")) == about
    Path("in/a.txt.json").write_text('{"mine": 1}', "utf-8")
    assert main(["in/a.txt", "--in-place", "--sidecar", "-q"]) == 2
    assert "is not what --sidecar writes" in capsys.readouterr().err
    assert Path("in/a.txt.json").read_text("utf-8") == '{"mine": 1}'


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--metadata-columns", "reportr"], "there is no metadata 'reportr'; did you mean reporter?"),
        (["--metadata-key", "text"], "--metadata-key text: that field is read; name a new one"),
        (["--metadata-key", "x", "--flags-key", "x"], "--flags-key x: --metadata-key writes it already"),
        (["--delimiter", "ab"], "'ab' is not one character"),
    ],
)
def test_fields_that_cannot_be_are_refused(
    run_in: Path, options: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("a.csv").write_text("id,text\n1,a\n")
    assert main(["a.csv", "-o", "b.csv", *options]) == 2
    assert message in capsys.readouterr().err
    assert not Path("b.csv").exists()


# What people have


@pytest.mark.parametrize("codec", [".gz", ".zst"])
def test_compressed_texts_and_pages_come_out_compressed(run_in: Path, codec: str) -> None:
    from cleaner.io.compression import codec_of, compress, open_decoded

    if codec == ".zst":
        pytest.importorskip("zstandard", reason="the extra zst is not installed")
    Path("in").mkdir()
    page = f"<html><body><article><p>{CLEAN * 3}</p></article></body></html>"
    for name, content in (("a.txt", SCRAPPY), ("b.html", page)):
        path = Path("in", name + codec)
        path.write_bytes(compress(content.encode(), codec_of(path)))
    assert main(["in", "-o", "out", "-q", "-j", "1"]) == 0
    assert tree("out") == {f"a.txt{codec}", f"b.txt{codec}"}
    with open_decoded(Path(f"out/a.txt{codec}")) as stream:
        assert stream.read() == CLEAN.encode()


def test_a_folder_says_what_it_does_not_read(run_in: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("in").mkdir()
    Path("in/a.txt").write_text(CLEAN)
    for name in ("b.docx", "c.docx", "d.pdf"):
        Path("in", name).touch()
    assert main(["in", "-o", "out"]) == 0
    said = " ".join(capsys.readouterr().err.split())
    assert "note: in: 2 .docx and 1 .pdf not read; .docx: `pandoc FILE.docx" in said
    Path("in/a.txt").unlink()
    assert main(["in", "-o", "out2"]) == 2
    assert "no files to clean in in (2 .docx and 1 .pdf not read" in capsys.readouterr().err


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_csv_as_people_have_it(run_in: Path, delimiter: str, encoding: str) -> None:
    text = "Der Rat tagte am Dienstag; über die alte Brücke, die schließt, wurde | lange | geredet; es war spät."
    content = f'"id"{delimiter}"Größe"{delimiter}"content"\r\n1{delimiter}2{delimiter}"{text}\n\nFollow us on:"\r\n'
    Path("a.csv").write_bytes(content.encode(encoding))
    assert main(["a.csv", "-o", "b.csv", "-q"]) == 0
    assert Path("b.csv").read_bytes().decode() == content.replace("\n\nFollow us on:", "")


@pytest.mark.parametrize("more", [[], ["-o", "out"]])
def test_the_command_typed_twice_gets_an_answer(
    run_in: Path, capsys: pytest.CaptureFixture[str], more: list[str]
) -> None:
    Path("a.txt").write_text("The council met.\n", "utf-8")
    assert main(["clean", "a.txt", *more]) == 2
    assert capsys.readouterr().err == "error: clean: does not exist; the command itself is typed once: clean PATH...\n"
    assert not Path("out").exists()


@pytest.mark.parametrize("words", [["hepl"], ["hepl", "rules"], ["hepl", "--check"]])
def test_a_mistyped_command_gets_a_hint(run_in: Path, capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    assert main(words) == 2
    message = "error: hepl: does not exist; check the path, or did you mean the command `clean help`?"
    assert message in capsys.readouterr().err


def test_a_file_that_is_called_almost_like_a_command_is_a_file(
    run_in: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("hepl").write_text("The council met.\n", "utf-8")
    assert main(["hepl"]) == 0
    assert capsys.readouterr().out == "The council met.\n"
    assert main(["hepl", "rulse", "-o", "out"]) == 2  # the other one is cleaned
    assert Path("out/hepl").exists()
    assert main(["rulse", "hepl", "-o", "out"]) == 2
    assert "rulse: does not exist; check the path\n" in capsys.readouterr().err
