"""What happened to a line, and why."""

from __future__ import annotations

import pytest

from cleaner import Cleaner
from cleaner.authoring.explain import explain_line, fates, line_numbers
from cleaner.errors import CleanerError
from cleaner.model import DocumentInfo
from cleaner.rules import builtin_rules

BODY = "The town council met on Tuesday evening and voted to repair the old stone bridge over the river."
MORE = "Work begins in the spring, the mayor said on Tuesday, and will last until June."
TEXT = f"{BODY}\r\n\r\nFollow us on:\r\n\r\n{MORE}\r\n"


def test_a_line_that_stays_tells_who_spared_it(cleaner: Cleaner) -> None:
    text = f"{BODY}\n\n{MORE}\n\nShare\n\n{BODY.replace('council', 'school board')}\n"
    found = explain_line(cleaner, text, DocumentInfo(), 5)
    assert (found.fate, found.rule, found.zone, found.is_prose) == ("kept", "", "body", False)
    assert "share-bar" in {verdict.rule.partition(".")[0] for verdict in found.verdicts}
    assert all(verdict.reason.startswith("zone body is not ") for verdict in found.verdicts)


def test_a_rule_that_does_not_run_is_named(cleaner: Cleaner) -> None:
    kept = Cleaner(builtin_rules().select(keep=["follow-us"]), profile="all")
    found = explain_line(kept, TEXT, DocumentInfo(), 3, builtin_rules())
    assert (found.fate, found.verdicts, found.nearest) == ("kept", (), ())
    assert found.unselected == ("follow-us.networks",)
    assert explain_line(cleaner, TEXT, DocumentInfo(), 3, builtin_rules()).unselected == ()


def test_prose_tells_that_it_is(cleaner: Cleaner) -> None:
    found = explain_line(cleaner, TEXT, DocumentInfo(), 1)
    assert (found.fate, found.is_prose, found.is_sentence, found.words) == ("kept", True, True, 18)
    assert (found.verdicts, found.nearest) == ((), ())


def test_a_near_miss_names_the_wording(cleaner: Cleaner) -> None:
    found = explain_line(cleaner, f"{BODY}\n\nFolow us onn\n", DocumentInfo(), 3)
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
    assert explain_line(cleaner, text, DocumentInfo(), 8).rule == "follow-us.networks"


@pytest.mark.parametrize("number", [0, 2, 7, 99, -1])
def test_lines_that_are_not_there(cleaner: Cleaner, number: int) -> None:
    with pytest.raises(CleanerError, match="is blank or not there; the text has 5 lines"):
        explain_line(cleaner, TEXT, DocumentInfo(), number)


def test_fates_are_those_of_the_edits(cleaner: Cleaner) -> None:
    result = cleaner.clean(f"{BODY}\n\n[File: Jane Doe/Reuters] {BODY}\nFollow us on:\n")
    lines = result.repaired.split("\n")
    found = {lines[index]: fate for index, fate in fates(result).items() if lines[index]}
    assert found["Follow us on:"] == ("removed", "follow-us.networks")
    assert all(fate in ("removed", "changed") for fate, _ in found.values())
    assert BODY not in found
