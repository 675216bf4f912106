"""``clean why``: the lines of texts and rows, and names with colons."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleaner.cli import main
from tests.authoring.test_explain import TEXT


def test_the_command(run_in: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.txt").write_bytes(TEXT.encode())
    assert main(["why", "a.txt:3"]) == 0
    page = capsys.readouterr().out
    assert "fate  removed by follow-us.networks" in page
    assert "follow-us.networks  removes it (seen in the deck)" in page
    assert main(["why", "a.txt:1"]) == 0
    assert "yes: rules of the body's edges stop here (18 words, ends like a sentence)" in capsys.readouterr().out
    assert main(["why", "a.txt"]) == 0
    assert "3  removed by follow-us.networks  Follow us on:" in capsys.readouterr().out
    assert main(["why", "a.txt:2"]) == 2
    assert "error: line 2 is blank or not there" in capsys.readouterr().err
    assert main(["why", "a.txt:0"]) == main(["why", "a.txt:3:4"]) == 2
    assert "a.txt: is one document; name a line of it from 1 on, as a.txt:12" in capsys.readouterr().err
    assert main(["why", "a.txt:3", "--keep", "follow-us"]) == 0
    assert "that do not run" in capsys.readouterr().out
    assert main(["why", "nope.txt:2"]) == 2
    assert "nope.txt: No such file or directory" in capsys.readouterr().err


def test_rows_and_names_with_colons(run_in: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = {"body": TEXT, "head": "The bridge"}
    Path("rows.jsonl").write_text(
        "\n".join(json.dumps(one) for one in ({"body": "x"}, row, {"body": 1})) + "\n", "utf-8"
    )
    keys = ["--text-key", "body", "--title-key", "head"]
    assert main(["why", "rows.jsonl:2:3", *keys]) == 0
    assert "removed by follow-us.networks" in capsys.readouterr().out
    assert main(["why", "rows.jsonl:2", *keys]) == 0
    assert main(["why", "rows.jsonl", *keys]) == 2
    assert "holds many documents; name a row, as rows.jsonl:12" in capsys.readouterr().err
    assert main(["why", "rows.jsonl:3", *keys]) == 2
    assert "rows.jsonl:3: " in capsys.readouterr().err
    assert main(["why", "rows.jsonl:9", *keys]) == 2
    assert "rows.jsonl:9: there is no such row" in capsys.readouterr().err
    Path("b:3").write_text(TEXT, "utf-8")
    assert main(["why", "b:3"]) == 0
    assert "removed by" in capsys.readouterr().out
    assert main(["why", "b:3:3"]) == 0
    assert "fate  removed" in capsys.readouterr().out
