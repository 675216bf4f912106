"""What is wrong in a file, before it has a place."""

from __future__ import annotations

from cleaner.rules.violations import Violation, allowed_names


def test_a_violation_of_a_rule_is_one_of_its_file() -> None:
    assert Violation("is wrong", ("zone",), "mend it").below("rule", 2) == Violation(
        "is wrong", ("rule", 2, "zone"), "mend it"
    )


def test_a_hint_names_what_looks_alike_or_all_there_are() -> None:
    assert allowed_names("tale", ["head", "tail"]) == "did you mean 'tail'?"
    assert allowed_names("somewhere", ["head", "tail"]) == "allowed are head, tail"
