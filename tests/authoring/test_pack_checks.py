"""No pack is made of rules whose tests do not hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.authoring.pack_checks import pack_figures
from cleaner.authoring.pack_project import read_project
from cleaner.errors import CleanerError
from tests.authoring.pack_folders import TEMPLATE, change
from tests.authoring.pack_folders import pack_folder as pack_folder

RULES = "rules/riverpost.toml"


def test_the_tests_of_the_template_hold_and_are_counted() -> None:
    rules, figures = pack_figures(read_project(TEMPLATE))
    assert len(rules) == 2
    assert (figures.removes, figures.keeps, figures.cases) == (4, 3, 0)
    assert (figures.golden, figures.golden_negative, figures.known_failures) == (2, 1, 0)
    assert figures.unreached_patterns == 0


def test_patterns_that_no_example_reaches_are_counted(pack_folder: Path) -> None:
    change(pack_folder, RULES, "[rule.pattern]", "[rule.pattern]\nfr = '''niveau du moulin : \\d{1,2} m'''")
    assert pack_figures(read_project(pack_folder))[1].unreached_patterns == 1


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (RULES, "Gauge at the lock: 2.1 m", "Gauge at the ferry: 2.1 m", "removes: 'Gauge at the ferry: 2.1 m'"),
        (RULES, r"\d\.\d{1,2} m", r"(\d+)+ m", "nested-repetition: "),
        (RULES, "riverpost.gauge", "riverpost.sign-off", "the id is taken"),
        ("golden/high-water/expected.txt", "Nobody", "Somebody", "high-water: the golden case does not come out"),
        ("golden/high-water/case.toml", "label", "expect = 'known-failure'\nlabel", "is no known failure any more"),
    ],
)
def test_what_does_not_hold_is_told(pack_folder: Path, file: str, old: str, new: str, message: str) -> None:
    change(pack_folder, file, old, new)
    with pytest.raises(CleanerError) as caught:
        pack_figures(read_project(pack_folder))
    assert message in str(caught.value)


def test_an_id_of_a_built_in_rule_is_told(pack_folder: Path) -> None:
    (pack_folder / RULES).rename(pack_folder / "rules" / "mine.toml")
    change(pack_folder, "rules/mine.toml", '[class]\nname = "riverpost"', '[class]\nname = "mine"')
    change(pack_folder, "rules/mine.toml", "riverpost.sign-off", "follow-us.networks")
    with pytest.raises(CleanerError, match="follow-us"):
        pack_figures(read_project(pack_folder))


def test_of_many_faults_the_first_are_told(pack_folder: Path) -> None:
    texts = ", ".join(f'"Text {number}"' for number in range(30))
    change(pack_folder, RULES, 'de = ["Aus den Stuben am Fluss"]', f"de = [{texts}]")
    with pytest.raises(CleanerError) as caught:
        pack_figures(read_project(pack_folder))
    lines = str(caught.value).split("\n")
    assert len(lines) == 22
    assert lines[-2].startswith("and ")
    assert "no pack is made of rules whose tests do not hold" in lines[-1]
