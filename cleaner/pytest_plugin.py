"""The pytest plugin: options, and which folders hold golden cases and rules.

pytest loads this module in every session of an environment that has the package, so it imports nothing that costs
time; :mod:`cleaner.pytest_nodes` is imported when there is something to collect.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from _pytest.terminal import TerminalReporter

__all__ = ["WRITTEN", "Places", "places_of"]

WRITTEN = "golden_written"
"""The property in the report of a golden case that tells what was written: workers of xdist only send reports."""


class Places(NamedTuple):
    """Absolute paths of folders of golden cases, and of files and folders of rules."""

    golden: tuple[Path, ...]
    rules: tuple[Path, ...]


_PLACES = pytest.StashKey[Places]()
_WANTED = pytest.StashKey[tuple[Path, ...]]()
_OPENED = pytest.StashKey[set[Path]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("cleaner", "golden cases and rules of article-cleaner")
    group.addoption(
        "--clean-golden",
        action="append",
        default=[],
        metavar="DIR",
        help="Also run the golden cases in this folder (repeatable).",
    )
    group.addoption(
        "--clean-rules",
        action="append",
        default=[],
        metavar="PATH",
        help="Also run the examples of the rules in this file or folder, and clean golden cases with these rules "
        "besides the built-in ones (repeatable).",
    )
    group.addoption(
        "--update-golden",
        action="store_true",
        help="Write what comes out into expected.txt and edits.jsonl of the golden cases, and say which changed.",
    )
    parser.addini("clean_golden", "Folders of golden cases, run when no path is given.", type="paths", default=[])
    parser.addini(
        "clean_rules",
        "Files and folders of rules, whose examples run when no path is given; golden cases are cleaned with them.",
        type="paths",
        default=[],
    )


def pytest_configure(config: pytest.Config) -> None:
    asked = _asked(config)
    settled = Places(_absolute(config.getini("clean_golden")), _absolute(config.getini("clean_rules")))
    config.stash[_PLACES] = Places(_unique(asked.golden, settled.golden), _unique(asked.rules, settled.rules))


def places_of(config: pytest.Config) -> Places:
    """All folders of golden cases and rules, of the command line and of the configuration."""
    return config.stash[_PLACES]


def _asked(config: pytest.Config) -> Places:
    """What the command line names."""
    start = config.invocation_params.dir
    golden, rules = (
        _absolute(start / name for name in config.getoption(f"clean_{kind}")) for kind in ("golden", "rules")
    )
    return Places(golden, rules)


def _absolute(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Paths as pytest knows them: without "..", with links left as they are."""
    return tuple(Path(os.path.abspath(path)) for path in paths)  # noqa: PTH100  # resolve() would follow links


def _unique(*paths: tuple[Path, ...]) -> tuple[Path, ...]:
    return tuple(dict.fromkeys(path for some in paths for path in some))


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """Add the folders to what pytest collects: those of the configuration only when no path was given."""
    config = session.config
    places = _asked(config) if config.args_source is pytest.Config.ArgsSource.ARGS else places_of(config)
    wanted = _unique(places.golden, places.rules)
    for path in wanted:
        if not path.exists():
            raise pytest.UsageError(f"{path}: no such file or folder; see --clean-golden and --clean-rules")
    if wanted and not hasattr(pytest, "Directory"):
        raise pytest.UsageError("golden cases and rules need pytest 8 or newer")
    config.stash[_WANTED], config.stash[_OPENED] = wanted, set()
    config.args = [_without_colons(argument, config) for argument in config.args]
    config.args += [str(path) for path in _not_covered(wanted, config)]


def _not_covered(paths: Iterable[Path], config: pytest.Config) -> Iterator[Path]:
    """The paths that no argument leads to anyway: pytest 8 goes wrong when one argument lies inside another."""
    folders = _absolute(config.invocation_params.dir / argument for argument in config.args if "::" not in argument)
    return (path for path in paths if not any(path.is_relative_to(folder) for folder in folders))


@pytest.hookimpl(hookwrapper=True)
def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> Iterator[None]:
    """Let pytest come to our folders through folders it passes over, as "build", but to nothing else in there."""
    outcome = yield
    opened = config.stash.get(_OPENED, set())
    leads = any(path.is_relative_to(collection_path) for path in config.stash.get(_WANTED, ()))
    if leads and outcome.get_result():  # type: ignore[attr-defined]  # pluggy's Result
        opened.add(collection_path)
        outcome.force_result(False)  # type: ignore[attr-defined]
    elif not leads and collection_path.parent in opened and collection_path.parent not in config.stash[_WANTED]:
        outcome.force_result(True)  # type: ignore[attr-defined]


def _without_colons(argument: str, config: pytest.Config) -> str:
    """``golden::case`` as the path of the case: pytest takes no names inside a folder, yet prints them so."""
    folder, colons, case = argument.partition("::")
    is_golden = colons and _absolute([config.invocation_params.dir / folder])[0] in places_of(config).golden
    return str(Path(folder, case)) if is_golden else argument


@pytest.hookimpl(tryfirst=True, optionalhook=True)
def pytest_collect_directory(path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    places = places_of(parent.config)
    if path in places.golden:
        from cleaner.pytest_nodes import GoldenFolder

        return GoldenFolder.from_parent(parent, path=path)
    if path in places.rules:
        from cleaner.pytest_nodes import RuleFolder

        return RuleFolder.from_parent(parent, path=path)
    return None


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    if file_path.suffix != ".toml" and file_path not in places_of(parent.config).rules:
        return None
    if not any(file_path.is_relative_to(path) for path in places_of(parent.config).rules):
        return None
    from cleaner.pytest_nodes import RuleFile

    return RuleFile.from_parent(parent, path=file_path)


def pytest_terminal_summary(terminalreporter: TerminalReporter, config: pytest.Config) -> None:
    """Say which golden cases were written."""
    if not config.getoption("update_golden"):
        return
    reports = terminalreporter.getreports("passed")
    written = [str(value) for report in reports for name, value in report.user_properties if name == WRITTEN]
    terminalreporter.section("golden cases")
    for line in written or ["nothing had to be written"]:
        terminalreporter.line(line)
    if written:
        terminalreporter.line(f"{len(written)} written: read them before you commit", yellow=True)
