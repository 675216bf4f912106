"""Regexes that are slow on lines made for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.authoring.lint import slowness
from cleaner.authoring.lint.slowness import growing_case, slowest_case
from tests.authoring.lint.own_rules import RULE, codes, linted


@pytest.mark.parametrize(
    "keys",
    [
        "pattern = 'sent from the [a-z ]{2,60}(?:, [a-z ]{2,60})?'",
        "pattern = 'sent from (?:\\w++ ?)+'",
        "pattern = 'sent from .+'\nunless.next = 'newsroom$'",
    ],
)
def test_quick_regexes_are_left_alone(keys: str, tmp_path: Path) -> None:
    assert codes(keys, tmp_path) == []


@pytest.mark.parametrize(
    "keys",
    [
        r"pattern = 'sent from (?:the|\d{1,4}){1,14} newsroom'",
        "unit = 'span'\n" r"pattern = 'sent (?:from )?[\w .]+[\w,]+[\w-]+!'",
        "pattern = 'sent from .+'\n" r"unless.previous = '\w+ ?\w+ ?\w+!'",
    ],
)
def test_slow_regexes_are_found(keys: str, tmp_path: Path) -> None:
    found = [one for one in linted(RULE.format(keys=keys), tmp_path) if one.code == "slow-pattern"]
    assert len(found) == 1
    assert "takes more than 50 ms to refuse a line of" in found[0].message


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        ("unit = 'span'\n" r"pattern = 'a[a-z]*\d'", True),
        ("pattern = 'sent from .+'\n" r"unless.line = '\w+@x'", True),
        ("unit = 'span'\n" r"pattern = '\ba[a-z]*\d'", False),
        (r"pattern = 'a[a-z]*a[a-z]*\d'", False),  # no line is long enough to make it slow
    ],
)
def test_regexes_whose_time_grows_with_the_square_of_a_line_are_found(
    keys: str, found: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slowness, "SLOW", 5.0)  # so that their time as such is no matter
    messages = [one.message for one in linted(RULE.format(keys=keys), tmp_path) if one.code == "slow-pattern"]
    assert len(messages) == found
    assert all("takes more than 10 times as long to refuse a line of 10,0" in message for message in messages)


@pytest.mark.parametrize(("power", "grows"), [(0, False), (1, False), (2, True), (3, True)])
def test_the_growth_of_the_time_is_measured(monkeypatch: pytest.MonkeyPatch, power: int, grows: bool) -> None:
    monkeypatch.setattr(slowness, "_seconds", lambda run, text: 0.001 * (len(text) / 10) ** power + 0.003)
    assert growing_case(len, [("x", "x" * 4)]) == ""  # too quick to tell
    assert growing_case(len, [("x" * 100, "x" * 400)]) == ("x" * 400 if grows else "")


def test_what_is_endless_is_told_once(tmp_path: Path) -> None:
    assert codes(r"pattern = 'sent from (?:\w+ ?)+'", tmp_path) == ["nested-repetition"]


def test_one_slow_run_may_be_an_accident() -> None:
    calls: list[str] = []

    def run(case: str) -> None:
        calls.append(case)
        if case == "slow" or calls.count(case) == 1:
            raise TimeoutError

    assert slowest_case(run, ["once", "slow", "later"]) == "slow"
    assert calls == ["once", "once", "slow", "slow"]
    assert slowest_case(lambda case: None, ["quick"]) == ""
