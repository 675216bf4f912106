"""The plugin of .ci/run: nothing that was skipped is lost, and nothing is skipped in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.places import ROOT
from tests.skips import read_reasons

TESTS = """
import pytest

def test_that_passes():
    pass

def test_that_is_skipped():
    pytest.skip("no engine")

@pytest.mark.skipif(True, reason="only on Mars")
def test_of_another_platform():
    pass

@pytest.mark.parametrize("name", ["a b", "é"])
def test_with_names(name):
    pytest.skip("no engine")

@pytest.mark.xfail(strict=True)
def test_of_a_known_failure():
    raise ValueError
"""
MODULE = """
import pytest
pytest.skip("no engine at all", allow_module_level=True)

def test_that_is_never_seen():
    pass
"""
SKIPPED = [
    "test_module.py",
    "test_some.py::test_of_another_platform",
    "test_some.py::test_that_is_skipped",
    "test_some.py::test_with_names[\\xe9]",
    "test_some.py::test_with_names[a b]",
]


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    pytester.makepyfile(test_some=TESTS, test_module=MODULE)
    return pytester


def run(project: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    return project.runpytest("-p", "tests.skips", "-p", "no:cleaner", *arguments)


def may_skip(project: pytest.Pytester, *reasons: str) -> str:
    path = project.path / "may-skip.txt"
    path.write_text("# why\n\n" + "".join(f"{reason}\n" for reason in reasons), encoding="utf-8")
    return f"--may-skip={path}"


def test_what_was_skipped_is_written_and_can_be_run(project: pytest.Pytester) -> None:
    assert run(project, "--skipped-to=skipped.txt").ret == 0
    assert (project.path / "skipped.txt").read_text(encoding="utf-8").splitlines() == SKIPPED
    project.makepyfile(test_module="def test_now(): pass")
    run(project, "@skipped.txt").assert_outcomes(passed=1, skipped=4)


def test_a_skip_for_another_reason_fails_the_run(project: pytest.Pytester) -> None:
    result = run(project, may_skip(project, "no engine"))
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["*skipped, but may not be*", "test_some.py::test_of_another_platform: only on Mars"])
    result.stdout.no_fnmatch_line("*test_that_is_skipped: no engine")


def test_reasons_in_the_list_are_allowed(project: pytest.Pytester) -> None:
    assert run(project, may_skip(project, "no engine", "only on")).ret == 0


def test_an_empty_list_allows_nothing_and_no_list_allows_everything(project: pytest.Pytester) -> None:
    assert run(project, may_skip(project)).ret == pytest.ExitCode.TESTS_FAILED
    assert run(project).ret == 0


def test_the_workers_of_xdist_report_what_they_skip(project: pytest.Pytester) -> None:
    pytest.importorskip("xdist", reason="pytest-xdist is not installed: pip install 'article-cleaner[dev]'")
    result = run(project, "-n", "1", may_skip(project, "no engine at all"), "--skipped-to=skipped.txt")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    assert (project.path / "skipped.txt").read_text(encoding="utf-8").splitlines() == SKIPPED


def test_every_allowed_reason_is_one_that_a_test_gives() -> None:
    here = Path(__file__).name
    modules = [path for path in (ROOT / "tests").rglob("*.py") if path.name != here]
    code = "".join(path.read_text(encoding="utf-8") for path in modules)
    reasons = read_reasons(ROOT / ".ci" / "may-skip.txt")
    assert [reason for reason in reasons if reason not in code] == []
