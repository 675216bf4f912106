"""What the options that choose rules did is told in numbers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cleaner.cli import main
from cleaner.cli.choice import choice_lines
from cleaner.cli.parameters import RuleOptions
from tests.places import ROOT


def lines(**options: tuple[str, ...]) -> list[str]:
    return list(choice_lines(RuleOptions(isolated=True, **options).config()))  # type: ignore[arg-type]


def test_the_profile_alone_needs_no_words() -> None:
    assert lines() == []


def test_each_option_says_what_it_does_to_the_rules() -> None:
    profile, drop, select, keep, ignore = lines(
        drop=("dateline",), select=("byline", "dateline"), keep=("byline.by-name",), ignore=("lang:de",)
    )
    assert profile.startswith("the profile default runs ")
    assert drop.startswith("--drop dateline adds 2: ")
    assert select.startswith("--select byline, dateline leaves out all others, ")
    assert keep.startswith("--keep byline.by-name takes 1 away, so their scraps stay in the text: ")
    assert ignore.startswith("--ignore lang:de takes ")
    numbers = [int(line.rpartition(": ")[2].split()[0]) for line in (drop, select, keep, ignore)]
    assert numbers == sorted(numbers, reverse=True)


def test_the_table_of_the_guide_is_true() -> None:
    page = (ROOT / "docs" / "usage.md").read_text("utf-8")
    printed = re.findall(r"^\| `--\w+ NAME` .* \| `(--(\w+) (\S+) .*)` \|$", page, re.MULTILINE)
    assert [key for _, key, _ in printed] == ["drop", "keep", "select", "ignore"]
    for line, key, name in printed:
        shown = lines(**{key: (name,)})[1]
        assert [re.sub(r"\d+", "N", one) for one in (shown, line)] == [re.sub(r"\d+", "N", shown)] * 2


def test_the_list_of_rules_ends_with_it(run_in: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "list", "--keep", "byline"]) == 0
    assert "--keep byline takes " in capsys.readouterr().out.splitlines()[-1]


def test_choices_that_leave_nothing_are_an_error(run_in: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.txt").write_text("The council met.\n")
    assert main(["a.txt", "--check", "--select", "correction-note"]) == 2
    assert capsys.readouterr().err == (
        "error: no rule runs: the profile default has none with --select correction-note; "
        "--drop correction-note adds what it leaves out\n"
    )
