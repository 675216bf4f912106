"""The hooks with which pytest collects golden cases and rules. They are only registered where there are some.

:mod:`cleaner.pytest_items` takes long to import: it is imported when there is something to collect.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cleaner.pytest_options import WRITTEN, absolute, asked_places, places_of, unique

if TYPE_CHECKING:
    from _pytest.terminal import TerminalReporter

__all__: list[str] = []

_WANTED = pytest.StashKey[tuple[Path, ...]]()
_OPENED = pytest.StashKey[set[Path]]()


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """Add the folders to what pytest collects: those of the configuration only when no path was named."""
    config = session.config
    places = asked_places(config) if config.args_source is pytest.Config.ArgsSource.ARGS else places_of(config)
    wanted = unique(places.golden, places.rules)
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
    folders = absolute(config.invocation_params.dir / argument for argument in config.args if "::" not in argument)
    return (path for path in paths if not any(path.is_relative_to(folder) for folder in folders))


def _without_colons(argument: str, config: pytest.Config) -> str:
    """``golden::case`` as the path of the case: pytest takes no names inside a folder, yet prints them so."""
    folder, colons, case = argument.partition("::")
    is_golden = colons and absolute([config.invocation_params.dir / folder])[0] in places_of(config).golden
    return str(Path(folder, case)) if is_golden else argument


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


@pytest.hookimpl(tryfirst=True, optionalhook=True)
def pytest_collect_directory(path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Our folders as collectors of their own."""
    places = places_of(parent.config)
    if path in places.golden:
        from cleaner.pytest_items import GoldenFolder

        return GoldenFolder.from_parent(parent, path=path)
    if path in places.rules:
        from cleaner.pytest_items import RuleFolder

        return RuleFolder.from_parent(parent, path=path)
    return None


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """The rule files of our folders, and those that were named themselves."""
    rules = places_of(parent.config).rules
    if file_path.suffix != ".toml" and file_path not in rules:
        return None
    if not any(file_path.is_relative_to(path) for path in rules):
        return None
    from cleaner.pytest_items import RuleFile

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
