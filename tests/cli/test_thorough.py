"""``--profile thorough`` in the commands: what it takes, what it writes, and what it tells."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleaner.cli import main
from tests.scoring.making import ARTICLE, HEADLINES, PROSE, write_model

BODY = "\n\n".join(PROSE) + "\n"


@pytest.fixture
def folder(run_in: Path) -> Path:
    """A folder with an article, and a model of a few hand-made trees."""
    (run_in / "in").mkdir()
    (run_in / "in" / "a.txt").write_text(f"{ARTICLE}\nFollow us on:\n", "utf-8")
    write_model(run_in / "m.json")
    return run_in


def test_the_profile_takes_lines_without_a_wording_of_their_own(folder: Path) -> None:
    assert main(["in", "-o", "out", "-q", "--profile", "thorough", "--model", "m.json"]) == 0
    assert Path("out/a.txt").read_text("utf-8") == BODY


def test_the_threshold_says_how_bold_it_is(folder: Path) -> None:
    assert main(["in", "-o", "out", "-q", "--profile", "thorough", "--model", "m.json", "--threshold", "0.99"]) == 0
    assert Path("out/a.txt").read_text("utf-8") == ARTICLE


def test_the_file_of_a_project_may_name_all_of_it(folder: Path) -> None:
    (folder / "settings").mkdir()
    write_model(folder / "settings" / "own.json")
    Path("settings/cleaner.toml").write_text('profile = "thorough"\nthreshold = 0.99\nmodel = "own.json"\n', "utf-8")
    assert main(["in", "-o", "out", "-q", "--config", "settings/cleaner.toml"]) == 0
    assert Path("out/a.txt").read_text("utf-8") == ARTICLE
    assert main(["in", "-o", "bold", "-q", "--config", "settings/cleaner.toml", "--threshold", "0.8"]) == 0
    assert Path("bold/a.txt").read_text("utf-8") == BODY


def test_the_audit_leads_back(folder: Path) -> None:
    command = ["in", "-o", "out", "-q", "--profile", "thorough", "--model", "m.json", "--audit", "audit.jsonl"]
    assert main(command) == 0
    line = json.loads(Path("audit.jsonl").read_text("utf-8"))
    assert [edit["class"] for edit in line["edits"]] == ["thorough", "follow-us"]
    assert line["scorer"].endswith(" 0.8")
    assert main(["restore", "out", "--audit", "audit.jsonl", "-o", "back"]) == 0
    assert Path("back/a.txt").read_bytes() == Path("in/a.txt").read_bytes()


def test_scores_are_written_for_each_line(folder: Path) -> None:
    text = f"\ufeff{ARTICLE}"  # the repaired text begins one character later
    rows = [{"id": "x", "text": text}, {"id": "y", "text": None}]
    Path("rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    command = ["rows.jsonl", "-o", "out.jsonl", "-q", "--profile", "thorough", "--model", "m.json"]
    assert main([*command, "--scores", "scores.jsonl"]) == 0
    (line,) = map(json.loads, Path("scores.jsonl").read_text("utf-8").splitlines())
    assert (line["id"], line["row"]) == ("x", 1)
    found = [(ARTICLE[one["start"] : one["end"]], one["probability"]) for one in line["lines"]]
    assert [text for text, _ in found] == [*PROSE, *HEADLINES]
    assert [probability > 0.8 for _, probability in found] == [False] * 4 + [True] * 3
    spans = line["attributes"]["cleaner__scrap"]
    assert [(text[start:end], probability) for start, end, probability in spans] == found


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--scores", "s.jsonl"], "--scores writes what the profile thorough finds; add --profile thorough"),
        (["--threshold", "0.5"], "--threshold is for the profile thorough; add --profile thorough"),
        (["--model", "m.json"], "--model is for the profile thorough; add --profile thorough"),
        (["--profile", "thorough", "--threshold", "0"], "0.0 is not in the range"),
        (["--profile", "thorough", "--model", "in/a.txt"], "a.txt: is no model"),
        (["--profile", "thorough", "--model", "no.json"], "no.json: No such file or directory"),
    ],
)
def test_what_does_not_go_together_is_refused(
    folder: Path, options: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["in", "-o", "out", *options]) == 2
    assert message in capsys.readouterr().err
    assert not Path("out/a.txt").exists()


def test_why_lists_the_strongest_evidence_in_words(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--profile", "thorough", "--model", "m.json", "--title", "A castle for the lottery winner"]
    assert main(["why", "in/a.txt:9", *options]) == 0
    shown = capsys.readouterr().out
    assert "which is below the threshold of 0.8" in shown
    assert "+2.00  it has 4 words" in shown
    assert "-3.00  75 % of its words stand in the title" in shown
    assert main(["why", "in/a.txt:11", *options]) == 0
    shown = capsys.readouterr().out
    assert "removed by thorough.line" in shown
    assert "which reaches the threshold of 0.8" in shown


def test_why_shows_what_the_scorer_took_from_a_document(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["why", "in/a.txt", "--profile", "thorough", "--model", "m.json"]) == 0
    assert capsys.readouterr().out.count("removed by thorough.line") == len(HEADLINES)


def test_why_without_the_profile_tells_no_probability(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["why", "in/a.txt:9"]) == 0
    assert "probability" not in capsys.readouterr().out
