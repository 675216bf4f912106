"""What pytest collects for :mod:`cleaner.pytest_plugin`: golden cases, and rules with their examples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from cleaner.authoring.differences import reasons, unified_diff
from cleaner.authoring.examples import Failure, check_examples
from cleaner.authoring.golden import GoldenCase, edit_lines, golden_cases
from cleaner.authoring.project_rules import ProjectRules
from cleaner.errors import CleanerError, RuleError
from cleaner.pipeline import Cleaner, CleanResult
from cleaner.pytest_options import WRITTEN, places_of
from cleaner.rules import Rule

__all__ = ["GoldenFolder", "GoldenItem", "Mismatch", "RuleFile", "RuleFolder", "RuleItem"]


class Mismatch(Exception):  # noqa: N818  # what a test finds, and no error of the program
    """What came out is not what was expected. The message is all that a person needs to see."""


_RULES = pytest.StashKey[ProjectRules]()


def _rules_of(config: pytest.Config) -> ProjectRules:
    if _RULES not in config.stash:
        config.stash[_RULES] = ProjectRules(config.rootpath, places_of(config).rules, "--clean-rules")
    return config.stash[_RULES]


def _short(path: str | Path, config: pytest.Config) -> str:
    """A path as a person would write it."""
    path = Path(path)
    return path.relative_to(config.rootpath).as_posix() if path.is_relative_to(config.rootpath) else str(path)


def _message(error: RuleError, config: pytest.Config) -> str:
    """The message of an error, with the short path of its file."""
    place = _short(error.path, config) if error.path else None
    shown = RuleError(error.message, path=place, line=error.line, column=error.column, rule=error.rule, hint=error.hint)
    return str(shown)


class _TextItem(pytest.Item):
    """An item whose failures are shown in words, without a traceback."""

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        if isinstance(excinfo.value, RuleError):
            return _message(excinfo.value, self.config)
        if isinstance(excinfo.value, (Mismatch, CleanerError)):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)


class GoldenFolder(pytest.Directory):
    """A folder of golden cases."""

    def collect(self) -> Iterator[pytest.Item]:
        try:
            cases = golden_cases(self.path)
        except CleanerError as error:
            raise self.CollectError(str(error)) from None
        for case in cases:
            # Its path is the folder of the case, so that the folder can be named on the command line.
            yield GoldenItem.from_parent(self, name=case.name, path=case.folder, case=case)


class GoldenItem(_TextItem):
    """One golden case."""

    def __init__(self, *, case: GoldenCase, **options: Any) -> None:
        super().__init__(**options)
        self.case = case

    def reportinfo(self) -> tuple[Path, None, str]:
        return self.path, None, f"golden case {self.name}"

    def runtest(self) -> None:
        case = self.case
        if case.is_known_failure:
            mark = pytest.mark.xfail(strict=True, raises=Mismatch, reason="known failure: a limit of the rules")
            self.add_marker(mark)
        cleaner = _rules_of(self.config).cleaner(case.settings.get("profile", ""))
        result = case.clean(cleaner)
        if self.config.getoption("update_golden") and not case.is_known_failure:
            self._update(result)
        else:
            _compare(case, result, cleaner, _short(case.folder, self.config))

    def _update(self, result: CleanResult) -> None:
        written = self.case.update(result)
        if written:
            place = _short(self.case.folder, self.config)
            self.user_properties.append((WRITTEN, f"{place}: {', '.join(written)}"))


def _compare(case: GoldenCase, result: CleanResult, cleaner: Cleaner, place: str) -> None:
    """Raises Mismatch when the text or the edits are not as expected."""
    if result.text != case.expected:
        _, verdicts = cleaner.explain(result.original(), case.document)
        parts = [
            f"{place}: what came out is not what is expected",
            unified_diff(case.expected, result.text, f"{place}/expected.txt", "what came out"),
            "\n".join(["why", *reasons(case.expected, result, verdicts)]),
        ]
        if result.flags:
            parts.append(f"flags of the document: {', '.join(result.flags)}")
        raise Mismatch("\n\n".join(parts))
    edits, made = case.edits, edit_lines(result)
    if edits is not None and not case.is_known_failure and edits != made:
        message = (
            f"{place}: the text is as expected, but the edits that lead there are others; "
            "if they are right, pytest --update-golden writes them"
        )
        raise Mismatch(f"{message}\n\n{unified_diff(edits, made, f'{place}/edits.jsonl', 'edits that were made')}")


class RuleFolder(pytest.Directory):
    """A folder of rule files. When nothing is wrong with it as a whole, pytest collects it as any other."""

    def collect(self) -> Iterable[pytest.Item | pytest.Collector]:
        _fail(self, _rules_of(self.config).at(self.path)[1])
        assert self.parent is not None
        return pytest.Dir.from_parent(self.parent, path=self.path).collect()  # a final class, so not inherited from


class RuleFile(pytest.File):
    """A file of rules."""

    def collect(self) -> Iterator[pytest.Item]:
        rules, errors = _rules_of(self.config).at(self.path)
        _fail(self, errors)
        for rule in rules:
            yield RuleItem.from_parent(self, name=rule.id, rule=rule)


def _fail(collector: pytest.Collector, errors: Sequence[RuleError]) -> None:
    if errors:
        raise collector.CollectError("\n".join(_message(error, collector.config) for error in errors))


class RuleItem(_TextItem):
    """The examples of one rule."""

    def __init__(self, *, rule: Rule, **options: Any) -> None:
        super().__init__(**options)
        self.rule = rule

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, max(self.rule.at_line - 1, 0), f"rule {self.name}"

    def runtest(self) -> None:
        failures = check_examples(self.rule, _rules_of(self.config).rules)
        if messages := dict.fromkeys(map(self._failure_text, failures)):
            raise Mismatch("\n\n".join(messages))

    def _failure_text(self, failure: Failure) -> str:
        line = _line_of(failure.example, self.rule, self.path.read_text(encoding="utf-8-sig").split("\n"))
        place = f"{_short(self.path, self.config)}:{line}: rule {self.rule.id}: {failure.kind}: {failure.example!r}"
        if failure.kind == "removes (flag)":
            return f"{place}\nno flag {self.rule.flag!r}; flags: {failure.got or 'none'}"
        if failure.want == failure.got:
            return f"{place}\nthe text stays as it is, but the flag {self.rule.flag!r} is raised"
        if failure.want is None or failure.want == "":
            return f"{place}\nnothing was changed in\n\n{failure.got}"
        return f"{place}\n{unified_diff(failure.want, failure.got, 'wanted', 'what came out')}"


def _line_of(example: str, rule: Rule, lines: Sequence[str]) -> int:
    """The line of the rule file an example stands in, or that of the rule when it is written with escapes."""
    first = example.strip().partition("\n")[0]
    found = (number for number, line in enumerate(lines, 1) if number >= rule.at_line and first in line)
    in_examples = next((n for n, line in enumerate(lines, 1) if n > rule.at_line and "examples" in line), rule.at_line)
    return next((number for number in found if number >= in_examples), rule.at_line)
