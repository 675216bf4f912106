"""The command: what it writes, what it says, how it exits; wrong input by wrong input."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path

import pytest

from cleaner.cli import main

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


def test_globs_choose_files_as_in_a_shell(folder: Path) -> None:
    assert main(["in", "-o", "a", "--include", "*.txt", "-q"]) == 0
    assert tree("a") == {"scrappy.txt"}
    assert main(["in", "-o", "b", "--include", "**/*.txt", "-q"]) == 0
    assert tree("b") == {"scrappy.txt", "sub/deep.txt"}
    assert main(["in", "-o", "c", "--exclude", "sub", "--exclude", "*.[jh]*", "-q"]) == 0
    assert tree("c") == {"scrappy.txt", "clean.md"}


def test_check_writes_nothing_and_tells(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = tree(folder.parent)
    assert main(["in", "--check"]) == 1
    assert main(["in/clean.md", "--check"]) == 0
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


class Stdin(io.TextIOWrapper):
    """Standard input from bytes, with the buffer that a real one has."""

    def __init__(self, data: bytes) -> None:
        super().__init__(io.BufferedReader(io.BytesIO(data)))


def test_standard_input_to_standard_output(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr(sys, "stdin", Stdin(SCRAPPY.encode()))
    assert main(["-"]) == 0
    assert capsysbinary.readouterr().out == CLEAN.encode()


def test_rows_on_standard_input(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    monkeypatch.setattr(sys, "stdin", Stdin(json.dumps({"text": SCRAPPY, "id": "x"}).encode() + b"\nnonsense\n"))
    assert main(["-"]) == 2
    captured = capsysbinary.readouterr()
    first, second = captured.out.splitlines()
    assert json.loads(first) == {"text": CLEAN, "id": "x"}
    assert second == b"nonsense"
    assert b"-:2: is not JSON" in captured.err


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


def test_rules_list_and_show(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "list"]) == 0
    assert "broken-markup.shortcode" in capsys.readouterr().out
    assert main(["rules", "list", "--class", "follow-us"]) == 0
    assert "follow-us.networks" in capsys.readouterr().out
    assert main(["rules", "show", "follow-us.networks"]) == 0
    page = capsys.readouterr().out
    assert "Follow us on:" in page
    assert "keeps" in page
    assert main(["rules", "show", "follow-us.netwroks"]) == 2
    assert "did you mean 'follow-us.networks'?" in capsys.readouterr().err
    assert main(["rules", "list", "--class", "nonsense"]) == 2


def test_why_explains_a_removal_and_a_survival(run_in: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.txt").write_text(f"{BODY}\n(Reporting by Jane Doe)\n\n{BODY}\nFollow us on:\n")
    assert main(["why", "a.txt"]) == 0
    shown = capsys.readouterr().out
    assert "removed by follow-us.networks" in shown
    assert "spared by zone deck is not head or tail: reporter-credit.reporting-by" in shown


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
        (["why", "nowhere.txt"], "nowhere.txt: No such file"),
        (["why", "in/rows.jsonl"], "holds many documents"),
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
    assert "holds int, not a string" in line_about("in/bad.jsonl:2")
    assert "has no field 'text'" in line_about("in/bad.jsonl:3")
    assert "no JSON object" in line_about("in/bad.jsonl:4")
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


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "secret.txt").write_text(BODY)
    (folder / "secret.txt").chmod(0)
    assert main(["in", "-o", "out"]) == 2
    assert "in/secret.txt: Permission denied; check its permissions" in capsys.readouterr().err


def test_a_file_that_cannot_be_read(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As root every file can be read, so the refusal is made."""
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
    """50 MB on one line, mojibake in the middle: repaired, reported, and done in a reasonable time."""
    half = BODY.strip() + " "
    text = half * 250_000 + "Itâ€™s " + half * 250_000
    Path("long.txt").write_text(text, encoding="utf-8")
    assert Path("long.txt").stat().st_size > 49_000_000
    assert main(["long.txt", "-o", "out.txt"]) == 0
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
