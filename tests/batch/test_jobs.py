"""What is cleaned to where."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.batch.jobs import Plan, plan
from cleaner.errors import CleanerError


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("in/a.txt", "in/a.html", "in/b.html", "in/sub/c.warc.gz", "in/sub/d.jsonl", "more/a.txt"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text("x")
    return tmp_path


def targets(planned: Plan) -> dict[str, str]:
    return {job.source.as_posix(): str(job.target) for job in planned.jobs}


def test_a_folder_is_mirrored_and_pages_become_texts_and_archives_rows(here: Path) -> None:
    planned = plan([Path("in")], Path("out"))
    assert targets(planned) == {
        "in/a.html": "out/a.html.txt",
        "in/a.txt": "out/a.txt",
        "in/b.html": "out/b.txt",
        "in/sub/c.warc.gz": "out/sub/c.jsonl.gz",
        "in/sub/d.jsonl": "out/sub/d.jsonl",
    }
    assert [job.kind for job in planned.jobs] == ["html", "text", "html", "warc", "jsonl"]
    assert [job.name for job in planned.jobs][-1] == "sub/d.jsonl"
    assert planned.problems == []


def test_several_folders_lie_below_their_names(here: Path) -> None:
    found = targets(plan([Path("in"), Path("more")], Path("out"), include=("a.txt",)))
    assert found == {"in/a.txt": "out/in/a.txt", "more/a.txt": "out/more/a.txt"}


def test_a_single_file_goes_to_a_file_or_into_a_folder(here: Path) -> None:
    assert targets(plan([Path("in/a.txt")], Path("new.txt"))) == {"in/a.txt": "new.txt"}
    assert targets(plan([Path("in/a.txt")], Path("more"))) == {"in/a.txt": "more/a.txt"}


def test_without_an_output_there_are_no_targets(here: Path) -> None:
    assert {job.target for job in plan([Path("in")], None).jobs} == {None}


def test_pages_and_archives_cannot_be_cleaned_in_place(here: Path) -> None:
    planned = plan([Path("in")], None, in_place=True)
    assert [job.source.name for job in planned.jobs] == ["a.txt", "d.jsonl"]
    assert {problem.message for problem in planned.problems} == {
        "a page cannot be cleaned in place; give a folder with -o"
    }


def test_a_format_that_is_named_holds_for_all_files(here: Path) -> None:
    planned = plan([Path("in")], Path("out"), include=("b.html",), kind="text")
    assert [(job.kind, job.name) for job in planned.jobs] == [("text", "b.html")]


def test_two_results_never_share_a_name(here: Path) -> None:
    planned = plan([Path("in/a.txt"), Path("more/a.txt")], Path("out"))
    assert len(planned.jobs) == 1
    assert "would be written over the result of in/a.txt" in planned.problems[0].message


def test_rows_are_not_written_as_another_format(here: Path) -> None:
    [problem] = plan([Path("in/sub/d.jsonl")], Path("d.csv")).problems
    assert problem.message.startswith("is jsonl and cannot be written as csv")
    [problem] = plan([Path("in/sub/c.warc.gz")], Path("c.warc.gz")).problems
    assert problem.message.endswith("give the output a name that ends in .jsonl")


def test_a_missing_path_is_a_problem(here: Path) -> None:
    [problem] = plan([Path("none.txt")], Path("out")).problems
    assert str(problem) == "none.txt: does not exist; check the path"


@pytest.mark.parametrize(
    ("output", "message"),
    [
        ("in", "the output is the input folder"),
        ("in/out", "the output lies inside the input in"),
        ("more/a.txt", "is a file, but a folder of results is needed"),
    ],
)
def test_an_output_that_cannot_be_is_an_error(here: Path, output: str, message: str) -> None:
    with pytest.raises(CleanerError, match=message):
        plan([Path("in")], Path(output))


def test_a_result_over_an_input_is_an_error(here: Path) -> None:
    with pytest.raises(CleanerError, match="would be written over an input file"):
        plan([Path("in/a.txt")], Path("in/a.txt"))


@pytest.mark.parametrize(
    ("name", "hint"), [("a.pdf", "pdftotext"), ("a.DOCX", "pandoc FILE.docx"), ("a.txt.bz2", "unpack it")]
)
def test_a_file_that_would_come_out_broken_is_not_read(here: Path, name: str, hint: str) -> None:
    Path(name).write_text("x")
    found = plan([Path(name)], Path("out.txt"))
    assert found.jobs == []
    [problem] = found.problems
    assert problem.fatal
    assert hint in problem.message
    assert len(plan([Path(name)], Path("out.txt"), kind="text").jobs) == 1


def test_files_that_no_format_takes_are_counted_by_suffix(here: Path) -> None:
    Path("folder").mkdir()
    for name in ("a.txt.gz", "b.jsonl.gz", "c.tar.gz", "d.docx", "e.DOCX", "README", ".hidden"):
        Path("folder", name).touch()
    found = plan([Path("folder")], Path("out"))
    assert [job.name for job in found.jobs] == ["a.txt.gz", "b.jsonl.gz"]
    assert found.unread == {".docx": 2, "": 1, ".tar.gz": 1}
    [note] = found.problems
    assert not note.fatal
    assert note.path == "folder"
    assert note.message.startswith("2 .docx, 1 without a suffix and 1 .tar.gz not read; .docx: `pandoc FILE.docx")
    assert plan([Path("folder")], Path("out"), include=("*.gz",)).problems == []


def test_the_output_of_a_single_file_is_a_folder_where_that_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<p>The council met.</p>", "utf-8")
    for to_folder, name in ((True, "out/a.txt"), (False, "out")):
        (job,) = plan([tmp_path / "a.html"], tmp_path / "out", to_folder=to_folder).jobs
        assert job.target == tmp_path / name
