"""A pytest plugin for ``.ci/run``: write down what was skipped, and fail when something may not be skipped.

The first phase of CI has only the light dependencies and writes the ids of what it skipped. The second phase has all
dependencies, runs these ids, and lets nothing be skipped but for the reasons in a file::

    pytest -p tests.skips --skipped-to=skipped.txt
    pytest -p tests.skips --may-skip=.ci/may-skip.txt @skipped.txt
"""

from __future__ import annotations

from pathlib import Path

import pytest

__all__ = ["SkipWatch"]


class SkipWatch:
    """Collects the reason of every skipped test and file of a session.

    Args:
        target: Where to write the ids, one a line, in the form that ``pytest @FILE`` reads. None writes nothing.
        allowed: Beginnings of reasons that are allowed. None allows every reason.
    """

    def __init__(self, target: Path | None, allowed: tuple[str, ...] | None) -> None:
        self._target = target
        self._allowed = allowed
        self._reasons: dict[str, str] = {}

    @property
    def forbidden(self) -> dict[str, str]:
        """The reasons that are not allowed, by the id of the test or file."""
        if self._allowed is None:
            return {}
        return {name: reason for name, reason in self._reasons.items() if not reason.startswith(self._allowed)}

    def _note(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        # A known failure is reported as skipped too, but it ran.
        if report.skipped and not hasattr(report, "wasxfail") and isinstance(report.longrepr, tuple):
            self._reasons[report.nodeid] = report.longrepr[2].removeprefix("Skipped: ")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._note(report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        self._note(report)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self._target:
            self._target.write_text("".join(f"{name}\n" for name in sorted(self._reasons)), encoding="utf-8")
        if self.forbidden and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self.forbidden:
            terminalreporter.section("skipped, but may not be: install what is missing, or see --may-skip")
            for name, reason in sorted(self.forbidden.items()):
                terminalreporter.write_line(f"{name}: {reason}")


def read_reasons(path: Path) -> tuple[str, ...]:
    """The beginnings of reasons in a file, one a line. Lines with "#" in front are comments."""
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("skips", "what may be skipped")
    group.addoption("--skipped-to", type=Path, metavar="FILE", help="Write the ids of what was skipped to this file.")
    group.addoption(
        "--may-skip",
        type=Path,
        metavar="FILE",
        help="Fail when something is skipped for a reason that begins with no line of this file.",
    )


def pytest_configure(config: pytest.Config) -> None:
    # The workers of pytest-xdist send their reports to the session that started them.
    if not hasattr(config, "workerinput"):
        path = config.getoption("may_skip")
        watch = SkipWatch(config.getoption("skipped_to"), read_reasons(path) if path else None)
        config.pluginmanager.register(watch, "skip-watch")
