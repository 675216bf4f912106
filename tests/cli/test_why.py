"""``clean why``: what happened to the lines of a document."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleaner.cli import main

BODY = "The town council met on Tuesday evening and voted to repair the old stone bridge across the river.\n"
PAGE = f"""<html><head><title>Council votes to repair the bridge</title><meta charset="utf-8"></head>
<body><article><h1>Council votes to repair the bridge</h1>{"".join(f"<p>{i} times {BODY}</p>" for i in range(4))}
<p>Follow us on:</p></article></body></html>"""


def test_why_explains_a_removal_and_a_survival(run_in: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.txt").write_text(f"{BODY}\n(Reporting by Jane Doe)\n\n{BODY}\nFollow us on:\n")
    assert main(["why", "a.txt"]) == 0
    shown = capsys.readouterr().out
    assert "removed by follow-us.networks" in shown
    assert "spared by zone deck is not head or tail: reporter-credit.reporting-by" in shown


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("nowhere.txt", "nowhere.txt: No such file"),
        ("rows.jsonl", "rows.jsonl: holds many documents; name a row"),
        ("nowhere.jsonl:1", "nowhere.jsonl: no such file"),
        ("rows.jsonl:7", "rows.jsonl:7: there is no such row"),
        ("empty.html", "empty.html: no article found"),
    ],
)
def test_places_that_are_not_there(run_in: Path, place: str, message: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("rows.jsonl").write_text(json.dumps({"text": BODY}) + "\n", "utf-8")
    Path("empty.html").write_text("<html></html>", "utf-8")
    assert main(["why", place]) == 2
    assert message in capsys.readouterr().err


@pytest.mark.parametrize("extractor", ["trafilatura", "trafilatura-fast", "resiliparse"])
def test_a_page_is_read_with_the_extractor_of_the_option(
    run_in: Path, extractor: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if extractor == "resiliparse":
        pytest.importorskip("resiliparse", reason="the extra resiliparse is not installed")
    Path("page.html").write_text(PAGE, "utf-8")
    assert main(["why", "page.html", "--extractor", extractor, "--page-seconds", "60"]) == 0
    assert "removed by follow-us.networks" in capsys.readouterr().out


def test_an_extractor_that_does_not_exist_is_refused(run_in: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["why", "page.html", "--extractor", "magic"]) == 2
    assert "'magic' is not one of" in capsys.readouterr().err


def test_title_and_url_are_known_when_they_are_given(run_in: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.txt").write_text(f"Council votes\n\n{BODY}\nCouncil votes | Hill News\n", "utf-8")
    assert main(["why", "a.txt"]) == 0
    without = capsys.readouterr().out
    assert main(["why", "a.txt", "--title", "Council votes", "--url", "https://hill.example/a"]) == 0
    assert capsys.readouterr().out != without
