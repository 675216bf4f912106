"""Which golden cases and rules pytest collects."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pytest_projects import BODY, INPUT, RULE, add_case, add_rules


@pytest.fixture
def golden(pytester: pytest.Pytester) -> Path:
    """The folder of cases of a project, with one that passes."""
    add_case(pytester.path / "my-golden" / "harbour", input_txt=INPUT, expected_txt=BODY)
    return pytester.path / "my-golden"


def test_a_case_that_passes_is_run_besides_the_tests(pytester: pytest.Pytester, golden: Path) -> None:
    pytester.makepyfile("def test_one(): pass")
    result = pytester.runpytest("--clean-golden", "my-golden", "-v")
    result.assert_outcomes(passed=2)
    result.stdout.fnmatch_lines(["my-golden::harbour PASSED*"])


def test_one_case_by_its_path_or_by_the_name_that_pytest_prints(pytester: pytest.Pytester, golden: Path) -> None:
    add_case(golden / "other", input_txt=BODY, expected_txt=BODY)
    pytester.makeini("[pytest]\nclean_golden = my-golden")
    for argument in ("my-golden/other", "my-golden::other"):
        result = pytester.runpytest(argument, "-v")
        result.assert_outcomes(passed=1)
        result.stdout.fnmatch_lines(["my-golden::other PASSED*"])
    pytester.runpytest("my-golden").assert_outcomes(passed=2)
    pytester.runpytest("-k", "other").assert_outcomes(passed=1, deselected=1)


def test_last_failed_runs_only_that(pytester: pytest.Pytester, golden: Path) -> None:
    add_case(golden / "bad", input_txt=INPUT, expected_txt="Boats\n")
    add_rules(pytester.path / "own.toml", RULE.replace("News!", "Views!"))
    options = ("--clean-golden", "my-golden", "--clean-rules", "own.toml")
    pytester.runpytest(*options).assert_outcomes(passed=1, failed=2)
    pytester.runpytest(*options, "--lf").assert_outcomes(failed=2, deselected=1)


def test_ini_values_are_collected_when_no_path_is_given(pytester: pytest.Pytester, golden: Path) -> None:
    add_rules(pytester.path / "my-rules" / "deep" / "own.toml")
    pytester.makepyprojecttoml(
        "[tool.pytest.ini_options]\nclean_golden = ['my-golden']\nclean_rules = ['my-rules']\ntestpaths = ['tests']"
    )
    tests = pytester.mkdir("tests")
    (tests / "test_one.py").write_text("def test_one(): pass")
    result = pytester.runpytest("-v")
    result.assert_outcomes(passed=3)
    result.stdout.fnmatch_lines(
        ["tests/test_one.py::test_one*", "my-golden::harbour*", "my-rules/deep/own.toml::own.sign-off*"]
    )
    pytester.runpytest("tests").assert_outcomes(passed=1)
    pytester.runpytest("my-rules").assert_outcomes(passed=1)
    pytester.runpytest("my-rules/deep/own.toml::own.sign-off").assert_outcomes(passed=1)
    pytester.runpytest(".").assert_outcomes(passed=3)
    pytester.runpytest("--clean-golden", "my-golden", "--clean-rules", "my-rules").assert_outcomes(passed=3)


def test_an_empty_folder_is_an_error(pytester: pytest.Pytester) -> None:
    pytester.mkdir("empty")
    result = pytester.runpytest("--clean-golden", "empty")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*empty: holds no golden cases; *"])
    result = pytester.runpytest("--clean-rules", "empty")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*empty: holds no rules; *"])


def test_a_folder_that_is_not_there_or_is_a_case(pytester: pytest.Pytester, golden: Path) -> None:
    result = pytester.runpytest("--clean-golden", "my-goldn")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: *my-goldn: no such file or folder; *"])
    result = pytester.runpytest("--clean-golden", "my-golden/harbour")
    result.stdout.fnmatch_lines(["*harbour: is a golden case itself; *"])


def test_folders_outside_the_project(pytester: pytest.Pytester, golden: Path) -> None:
    inner = pytester.mkdir("inner")
    (inner / "pytest.ini").write_text("[pytest]")
    add_rules(pytester.path / "own.toml")
    options = ("--clean-golden", str(golden), "--clean-rules", str(pytester.path / "own.toml"))
    pytester.runpytest("--rootdir", str(inner), "-c", str(inner / "pytest.ini"), *options).assert_outcomes(passed=2)


def test_a_folder_inside_one_that_pytest_passes_over(pytester: pytest.Pytester) -> None:
    build = pytester.mkdir("build")
    (build / "test_two.py").write_text("def test_two(): pass")
    add_case(build / "golden" / "harbour", input_txt=INPUT, expected_txt=BODY)
    add_rules(build / "rules" / "own.toml")
    pytester.makepyfile("def test_one(): pass")
    options = ("--clean-golden", "build/golden", "--clean-rules", "build/rules")
    result = pytester.runpytest(*options, "-v")
    result.assert_outcomes(passed=3)
    result.stdout.no_fnmatch_line("*test_two*")
    pytester.runpytest(*options, "build/test_two.py").assert_outcomes(passed=3)


def test_update_writes_what_is_missing_and_what_changed(pytester: pytest.Pytester, golden: Path) -> None:
    add_case(golden / "new", input_txt=INPUT)
    limit = add_case(golden / "limit", input_txt=INPUT, expected_txt="Boats\n", case_toml='expect = "known-failure"')
    (golden / "harbour" / "expected.txt").write_text("Boats\n")
    result = pytester.runpytest("--clean-golden", "my-golden", "--update-golden", "-q")
    result.assert_outcomes(passed=2, xfailed=1)
    result.stdout.fnmatch_lines(
        [
            "my-golden/harbour: expected.txt, edits.jsonl",
            "my-golden/new: expected.txt, edits.jsonl",
            "2 written: read them before you commit",
        ]
    )
    assert (golden / "new" / "expected.txt").read_text() == (golden / "harbour" / "expected.txt").read_text() == BODY
    assert '"rule": "follow-us.networks"' in (golden / "new" / "edits.jsonl").read_text()
    assert sorted(path.name for path in limit.iterdir()) == ["case.toml", "expected.txt", "input.txt"]
    again = pytester.runpytest("--clean-golden", "my-golden", "--update-golden")
    again.stdout.fnmatch_lines(["nothing had to be written"])
    pytester.runpytest("--clean-golden", "my-golden").assert_outcomes(passed=2, xfailed=1)
