"""The command ``clean report``, and the option --report."""

from __future__ import annotations

import gzip
import json
import re
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest

from cleaner.cli import main
from tests.articles import article, json_lines


def data(page: str, block: str = "overview") -> Any:
    (content,) = re.findall(rf'id="{block}">([^<]*)<', Path(page).read_text("utf-8"))
    return json.loads(gzip.decompress(b64decode(content)))


def joined(content: Any) -> str:
    return "".join(piece if isinstance(piece, str) else piece.get("text", "") for piece in content["segments"])


@pytest.fixture
def folder(run_in: Path) -> Path:
    Path("in").mkdir()
    for number in range(5):
        Path(f"in/{number}.txt").write_text(article(number), "utf-8")
    return run_in


def clean(*arguments: str) -> int:
    return main([*arguments, "-j", "1", "--isolated"])


def test_a_run_writes_its_page_and_leaves_nothing_else(folder: Path) -> None:
    assert clean("in", "-o", "out", "--report", "report.html", "-q") == 0
    assert sorted(path.name for path in folder.iterdir()) == ["in", "out", "report.html"]
    found = data("report.html")
    assert found["totals"]["documents"] == 5
    assert found["source"] == "in"
    texts = [joined(content) for content in data("report.html", "chunk-0")]
    assert all("couldn’t wait" in text and "Follow us on:" in text for text in texts)


def test_the_page_says_where_it_is(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clean("in", "-o", "out", "--report", "report.html")
    assert "report written to report.html" in capsys.readouterr().err


def test_the_audit_stays_when_it_was_asked_for(folder: Path) -> None:
    assert clean("in", "-o", "out", "--report", "report.html", "--audit", "audit.jsonl", "-q") == 0
    assert Path("audit.jsonl").exists()
    assert main(["report", "audit.jsonl", "--cleaned", "out", "-o", "again.html", "--isolated"]) == 0
    assert data("again.html", "chunk-0") == data("report.html", "chunk-0")


def test_a_run_in_place_shows_whole_texts(folder: Path) -> None:
    assert clean("in", "--in-place", "--report", "report.html", "-q") == 0
    assert "Follow us" not in Path("in/1.txt").read_text("utf-8")
    assert "Follow us on:" in joined(data("report.html", "chunk-0")[1])


def test_a_check_shows_what_would_be_removed(folder: Path) -> None:
    assert clean("in", "--check", "--report", "report.html", "-q") == 1
    assert data("report.html")["notes"]
    assert not data("report.html", "chunk-0")[0]["whole"]


def test_rows_and_a_sample(run_in: Path) -> None:
    Path("rows.jsonl").write_bytes(json_lines(20))
    assert clean("rows.jsonl", "-o", "out.jsonl", "--report", "r.html", "--report-sample", "6", "-q") == 0
    found = data("r.html")
    assert (found["totals"]["documents"], len(found["index"])) == (20, 6)
    assert found["index"][0]["name"].startswith("out.jsonl:")


def test_the_audit_alone_is_enough(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clean("in", "-o", "out", "--audit", "audit.jsonl.gz", "-q")
    assert main(["report", "audit.jsonl.gz", "-o", "r.html", "--isolated"]) == 0
    content = data("r.html", "chunk-0")[1]
    assert not content["whole"]
    assert [piece for piece in content["segments"] if "gap" in piece]


def test_somebodys_own_page_is_not_written_over(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("report.html").write_text("<p>mine</p>", "utf-8")
    assert clean("in", "-o", "out", "--report", "report.html", "-q") == 2
    assert "report.html: exists, and is no report" in capsys.readouterr().err
    assert not Path("out").exists()
    assert Path("report.html").read_text("utf-8") == "<p>mine</p>"
    assert clean("in", "-o", "out", "--report", "report.html", "-q", "--overwrite") == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["report", "in/1.txt", "-o", "r.html"], "line 1 is not a line of an audit"),
        (["report", "none.jsonl", "-o", "r.html"], "none.jsonl: No such file"),
        (["report", "in/1.txt", "-o", "r.html", "--cleaned", "none"], "none: does not exist; name what the run wrote"),
        (["-", "--report", "r.html"], "need files to read, not -"),
    ],
)
def test_mistakes_are_told(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    assert main(arguments) == 2
    assert message in capsys.readouterr().err
    assert not Path("r.html").exists()


def test_a_run_in_which_all_fails_has_an_empty_page(run_in: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("in").mkdir()
    Path("in/a.txt").write_bytes(b"\x00\x01\x02" * 50)
    assert clean("in", "-o", "out", "--report", "report.html", "-q") == 2
    assert data("report.html")["totals"]["documents"] == 0
    assert not Path("report.html.audit.jsonl.gz").exists()


def test_a_run_that_was_stopped_goes_on_to_its_page(folder: Path) -> None:
    Path("in/2.txt").write_bytes(b"\x00\x01\x02" * 50)
    arguments = ["in", "-o", "out", "--report", "report.html", "-q"]
    assert clean(*arguments, "--max-errors", "0") == 2
    assert not Path("report.html").exists()
    assert clean(*arguments) == 2
    assert data("report.html")["totals"]["documents"] == 4
    assert not Path("report.html.audit.jsonl.gz").exists()
