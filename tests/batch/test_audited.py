"""Documents of a run, read back from its audit and its results."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cleaner import Cleaner
from cleaner.batch.audited import Audited, AuditedRun, is_audit, located_below
from cleaner.cli import main
from cleaner.errors import CleanerError
from cleaner.io.compression import codec_of, compress
from tests.articles import article, json_lines, rows

ALL = range(1, 1_000)


def cleaned(*arguments: str) -> None:
    assert main([*arguments, "--audit", "audit.jsonl", "-q", "-j", "1", "--isolated"]) == 0


def documents(output: str | None, wanted: range = ALL) -> tuple[list[Audited], list[str]]:
    run = AuditedRun(Path("audit.jsonl"), located_below(Path(output)) if output else lambda name: None)
    found = list(run.documents(wanted))
    return found, [str(problem) for problem in run.problems]


def repaired(number: int) -> str:
    return Cleaner().clean(article(number)).repaired


def test_files_come_with_their_repaired_texts(run_in: Path) -> None:
    Path("in/sub").mkdir(parents=True)
    for number in range(3):
        Path(f"in/sub/{number}.txt").write_text(article(number), "utf-8")
    cleaned("in", "-o", "out")
    found, problems = documents("out")
    assert [one.line["path"] for one in found] == [f"sub/{number}.txt" for number in range(3)]
    assert [one.text for one in found] == [repaired(number) for number in range(3)]
    assert problems == []


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_compressed_files_come_with_their_repaired_texts(run_in: Path, suffix: str) -> None:
    if suffix == ".zst":
        pytest.importorskip("zstandard", reason="the extra zst is not installed")
    Path("in").mkdir()
    path = Path(f"in/a.txt{suffix}")
    path.write_bytes(compress(article(1).encode(), codec_of(path)))
    cleaned("in", "-o", "out")
    found, problems = documents("out")
    assert ([one.text for one in found], problems) == ([repaired(1)], [])
    result = Path(f"out/a.txt{suffix}")
    result.write_bytes(result.read_bytes()[:-5])
    found, [problem] = documents("out")
    assert found[0].text is None
    assert "is cut off" in problem or "is damaged" in problem


@pytest.mark.parametrize("name", ["rows.jsonl", "rows.csv"])
def test_rows_come_with_their_texts_and_fields(run_in: Path, name: str) -> None:
    if name.endswith("csv"):
        import csv

        with Path(name).open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, ["id", "text"])
            writer.writeheader()
            writer.writerows({"id": row["id"], "text": row["text"]} for row in rows(4))
    else:
        Path(name).write_bytes(json_lines(4))
    cleaned(name, "-o", f"out.{name}")
    found, problems = documents(f"out.{name}", range(2, 4))
    assert [one.fields["id"] for one in found] == ["a1", "a2"]
    assert [(one.text or "").rstrip() for one in found] == [repaired(number).rstrip() for number in (1, 2)]
    assert problems == []


def test_several_texts_of_a_row_come_each_with_its_line(run_in: Path) -> None:
    content = [{"n": i, "a": {"title": f"Lamps {i}", "text": article(i)}} for i in range(3)]
    Path("in.json").write_text(json.dumps({"rows": content}, indent=1), "utf-8")
    cleaned("in.json", "-o", "out.json", "--text-key", "a.title,a.text")
    found, problems = documents("out.json")
    assert problems == []
    assert [(one.line["row"], one.line["field"]) for one in found] == [
        (number, field) for number in (1, 2, 3) for field in ("a.title", "a.text")
    ]
    assert [(one.text or "").rstrip() for one in found[1::2]] == [repaired(number).rstrip() for number in range(3)]


def test_rows_that_were_left_out_are_found_in_the_audit(run_in: Path) -> None:
    text = "Our site uses cookies.\n\nSubscribe to continue reading this article.\n\nAlready a subscriber? Log in\n"
    lines = [{"id": "a", "text": text}, {"id": "b", "text": article(1)}]
    Path("rows.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    cleaned("rows.jsonl", "-o", "out.jsonl", "--drop-flagged")
    assert len(Path("out.jsonl").read_text("utf-8").splitlines()) == 1
    found, problems = documents("out.jsonl")
    assert [one.fields["id"] for one in found] == ["a", "b"]
    assert [one.text for one in found] == [text, repaired(1)]
    assert problems == []


def test_without_results_there_are_lines_alone(run_in: Path) -> None:
    Path("rows.jsonl").write_bytes(json_lines(2))
    cleaned("rows.jsonl", "-o", "out.jsonl")
    found, problems = documents(None)
    assert [one.text for one in found] == [None, None]
    assert problems == []


def test_results_that_somebody_changed_are_told_and_the_rest_goes_on(run_in: Path) -> None:
    Path("in").mkdir()
    for number in range(3):
        Path(f"in/{number}.txt").write_text(article(number), "utf-8")
    cleaned("in", "-o", "out")
    Path("out/0.txt").write_text("Something else.\n", "utf-8")
    Path("out/1.txt").unlink()
    found, problems = documents("out")
    assert [one.text for one in found] == [None, None, repaired(2)]
    assert problems[0].startswith("0.txt: the text was changed") or "0.txt: the text was changed" in problems[0]
    assert "so the page shows only what was removed from it" in problems[1]


def test_a_row_that_is_missing_is_told(run_in: Path) -> None:
    Path("rows.jsonl").write_bytes(json_lines(3))
    cleaned("rows.jsonl", "-o", "out.jsonl")
    kept = Path("out.jsonl").read_bytes().splitlines(keepends=True)
    Path("out.jsonl").write_bytes(b"".join(kept[:2]))
    found, problems = documents("out.jsonl")
    assert [one.text is None for one in found] == [False, False, True]
    assert "has no row 3" in problems[0]


def test_results_that_were_not_written_do_not_count(run_in: Path) -> None:
    Path("rows.jsonl").write_bytes(json_lines(2))
    cleaned("rows.jsonl", "-o", "out.jsonl")
    with Path("audit.jsonl").open("a", encoding="utf-8") as stream:
        stream.write('{"path": "out.jsonl", "void": "the disk was full"}\n')
    assert documents("out.jsonl") == ([], [])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"no json\n", "line 1 is not a line of an audit"),
        (b"[1]\n", "line 1 is not a line of an audit"),
        (b'{"path": ["a"], "void": 1}\n{"path": ["b"]}\n', "line 2 is not a line of an audit"),
        (b'{"path": "a.txt"}\n', "line 1 is not a line of an audit; .*missing required field"),
    ],
)
def test_other_files_are_refused(run_in: Path, content: bytes, message: str) -> None:
    Path("audit.jsonl").write_bytes(content)
    with pytest.raises(CleanerError, match=message):
        documents(None)


def test_names_that_lead_out_have_no_result(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    (tmp_path / "out").mkdir()
    locate = located_below(tmp_path / "out")
    assert locate("../secret.txt") is None
    assert locate("a.txt") == tmp_path / "out" / "a.txt"


def test_an_audit_is_known_by_its_first_line(run_in: Path) -> None:
    Path("rows.jsonl").write_bytes(json_lines(2))
    cleaned("rows.jsonl", "-o", "out.jsonl")
    known: dict[str, Any] = {name: is_audit(Path(name)) for name in ("audit.jsonl", "rows.jsonl", "out.jsonl", ".")}
    assert known == {"audit.jsonl": True, "rows.jsonl": False, "out.jsonl": False, ".": False}
