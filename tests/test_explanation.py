"""``clean why``: what happened to a line, and why."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleaner import Cleaner
from cleaner.cli import main
from cleaner.errors import CleanerError
from cleaner.explanation import explain_line, fates, line_numbers
from cleaner.model import Document
from cleaner.rules import builtin_rules

BODY = "The town council met on Tuesday evening and voted to repair the old stone bridge over the river."
MORE = "Work begins in the spring, the mayor said on Tuesday, and will last until June."
TEXT = f"{BODY}\r\n\r\nFollow us on:\r\n\r\n{MORE}\r\n"


def test_a_line_that_stays_tells_who_spared_it(cleaner: Cleaner) -> None:
    text = f"{BODY}\n\n{MORE}\n\nShare\n\n{BODY.replace('council', 'school board')}\n"
    found = explain_line(cleaner, text, Document(), 5)
    assert (found.fate, found.rule, found.zone, found.is_prose) == ("kept", "", "body", False)
    assert "share-bar" in {verdict.rule.partition(".")[0] for verdict in found.verdicts}
    assert all(verdict.reason.startswith("zone body is not ") for verdict in found.verdicts)


def test_a_rule_that_does_not_run_is_named(cleaner: Cleaner) -> None:
    kept = Cleaner(builtin_rules().select(keep=["follow-us"]), profile="all")
    found = explain_line(kept, TEXT, Document(), 3, builtin_rules())
    assert (found.fate, found.verdicts, found.nearest) == ("kept", (), ())
    assert found.unselected == ("follow-us.networks",)
    assert explain_line(cleaner, TEXT, Document(), 3, builtin_rules()).unselected == ()


def test_prose_tells_that_it_is(cleaner: Cleaner) -> None:
    found = explain_line(cleaner, TEXT, Document(), 1)
    assert (found.fate, found.is_prose, found.is_sentence, found.words) == ("kept", True, True, 18)
    assert (found.verdicts, found.nearest) == ((), ())


def test_a_near_miss_names_the_wording(cleaner: Cleaner) -> None:
    found = explain_line(cleaner, f"{BODY}\n\nFolow us onn\n", Document(), 3)
    assert found.nearest[0].rule == "follow-us.networks"
    assert 0.75 <= found.nearest[0].likeness < 1


def test_numbers_are_those_of_the_input(cleaner: Cleaner) -> None:
    """Repair can take lines away and add some."""
    text = f"\r\n\r\n\r\n\r\n\r\n{TEXT}"
    result = cleaner.clean(text)
    numbers = line_numbers(result)
    assert len(numbers) == len(result.repaired.split("\n"))
    lines = text.replace("\r\n", "\n").split("\n")
    for number, line in zip(numbers, result.repaired.split("\n"), strict=True):
        if line.strip():
            assert lines[number - 1].strip() == line.strip()
    assert explain_line(cleaner, text, Document(), 8).rule == "follow-us.networks"


@pytest.mark.parametrize("number", [0, 2, 7, 99, -1])
def test_lines_that_are_not_there(cleaner: Cleaner, number: int) -> None:
    with pytest.raises(CleanerError, match="is blank or not there; the text has 5 lines"):
        explain_line(cleaner, TEXT, Document(), number)


def test_fates_are_those_of_the_edits(cleaner: Cleaner) -> None:
    result = cleaner.clean(f"{BODY}\n\n[File: Jane Doe/Reuters] {BODY}\nFollow us on:\n")
    lines = result.repaired.split("\n")
    found = {lines[index]: fate for index, fate in fates(result).items() if lines[index]}
    assert found["Follow us on:"] == ("removed", "follow-us.networks")
    assert all(fate in ("removed", "changed") for fate, _ in found.values())
    assert BODY not in found


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
