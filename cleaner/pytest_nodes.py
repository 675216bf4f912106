"""What pytest collects for :mod:`cleaner.pytest_plugin`: golden cases, and rules with their examples."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from cleaner.config import Config, find_config, load_config
from cleaner.engine import Verdict
from cleaner.errors import CleanerError, RuleError
from cleaner.explanation import fates
from cleaner.golden import GoldenCase, edit_lines, golden_cases
from cleaner.pipeline import Cleaner, CleanResult
from cleaner.pytest_plugin import WRITTEN, places_of
from cleaner.rulecheck import Failure, check_examples
from cleaner.rules import Rule, RuleSet
from cleaner.rules.builtin import builtin_rules_dir
from cleaner.rules.parse import read_rules

__all__ = ["GoldenFolder", "GoldenItem", "Mismatch", "RuleFile", "RuleFolder", "RuleItem", "reasons", "unified"]


class Mismatch(Exception):  # noqa: N818  # what a test finds, and no error of the program
    """What came out is not what was wanted. The message is all that a person needs to see."""


class _Session:
    """Rules and cleaners of one session, each made once."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self._read: dict[Path, tuple[RuleSet, list[RuleError]]] = {}
        self._cleaners: dict[str, Cleaner] = {}

    @cached_property
    def paths(self) -> tuple[Path, ...]:
        """Where rules lie, without what lies inside another one of them."""
        given = places_of(self.config).rules
        return tuple(path for path in given if not any(path != other and path.is_relative_to(other) for other in given))

    def read(self, path: Path) -> tuple[RuleSet, list[RuleError]]:
        if path not in self._read:
            self._read[path] = read_rules(path)
        return self._read[path]

    @cached_property
    def settled(self) -> Config:
        """What the project settles (``cleaner.toml`` at or above pytest's root), with the rules of the given paths."""
        found = load_config(find_config(self.config.rootpath))
        given = [path.resolve() for path in self.paths if path.resolve() != builtin_rules_dir()]
        known = [(path, origin) for path, origin in found.paths if not _is_in(path.resolve(), given)]
        fresh = [path for path in self.paths if path.resolve() in given]
        fresh = [path for path in fresh if not _is_in(path.resolve(), [other.resolve() for other, _ in known])]
        return replace(found, paths=tuple(known)).with_options(rule_paths=fresh, origin="--clean-rules")

    @cached_property
    def joined(self) -> tuple[RuleSet, list[RuleError]]:
        """The rules of a project, and what is wrong with them."""
        try:
            return self.settled.rules(), []
        except RuleError as error:
            return RuleSet(), [error]

    @property
    def rules(self) -> RuleSet:
        rules, errors = self.joined
        if errors:
            raise errors[0]
        return rules

    def cleaner(self, profile: str) -> Cleaner:
        if profile not in self._cleaners:
            _ = self.rules  # a wrong rule file is told as such
            self._cleaners[profile] = self.settled.with_options(profile=profile).cleaner()
        return self._cleaners[profile]

    def at(self, path: Path) -> tuple[list[Rule], list[RuleError]]:
        """The rules that stand in a file, and what is wrong with the file or folder."""
        given = next(place for place in self.paths if path.is_relative_to(place))
        rules, errors = self.read(given)
        found = {str(error): error for error in (*errors, *self.joined[1]) if str(error.path) == str(path)}
        return [rule for rule in rules if rule.path == str(path)], list(found.values())


def _is_in(path: Path, folders: Iterable[Path]) -> bool:
    """Whether a path is one of some folders or files, or lies in one."""
    return any(path == folder or path.is_relative_to(folder) for folder in folders)


_SESSION = pytest.StashKey[_Session]()


def _session_of(config: pytest.Config) -> _Session:
    if _SESSION not in config.stash:
        config.stash[_SESSION] = _Session(config)
    return config.stash[_SESSION]


def _short(path: str | Path, config: pytest.Config) -> str:
    """A path as a person would write it."""
    path = Path(path)
    return path.relative_to(config.rootpath).as_posix() if path.is_relative_to(config.rootpath) else str(path)


def _told(error: RuleError, config: pytest.Config) -> str:
    place = _short(error.path, config) if error.path else None
    shown = RuleError(error.message, path=place, line=error.line, column=error.column, rule=error.rule, hint=error.hint)
    return str(shown)


class _TextItem(pytest.Item):
    """An item whose failures are told in words, without a traceback."""

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        if isinstance(excinfo.value, RuleError):
            return _told(excinfo.value, self.config)
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
        cleaner = _session_of(self.config).cleaner(case.settings.get("profile", ""))
        result = case.clean(cleaner)
        if self.config.getoption("update_golden") and not case.is_known_failure:
            self._update(result)
        else:
            _compare(case, result, cleaner, _short(case.folder, self.config))

    def _update(self, result: CleanResult) -> None:
        written = self.case.update(result)
        if written:
            self.user_properties.append((WRITTEN, f"{_short(self.path, self.config)}: {', '.join(written)}"))


def _compare(case: GoldenCase, result: CleanResult, cleaner: Cleaner, place: str) -> None:
    if result.text != case.expected:
        _, verdicts = cleaner.explain(result.original(), case.document)
        parts = [
            f"{place}: what came out is not what is expected",
            unified(case.expected, result.text, f"{place}/expected.txt", "what came out"),
            "\n".join(["why", *reasons(case.expected, result, verdicts)]),
        ]
        if result.flags:
            parts.append(f"flags of the document: {', '.join(result.flags)}")
        raise Mismatch("\n\n".join(parts))
    edits, given = case.edits, edit_lines(result)
    if edits is not None and not case.is_known_failure and edits != given:
        message = (
            f"{place}: the text is as expected, but the edits that lead there are others; "
            "if they are right, pytest --update-golden writes them"
        )
        raise Mismatch(f"{message}\n\n{unified(edits, given, f'{place}/edits.jsonl', 'edits that were made')}")


def _visible(line: str) -> str:
    r"""A line of a diff in which characters that cannot be seen are spelled out.

    >>> _visible("-a\N{NO-BREAK SPACE}b\r")
    '-a\\xa0b\\r'
    """
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in line)


def unified(wanted: str, got: str, wanted_name: str, got_name: str) -> str:
    """A unified diff in which a missing newline at the end shows.

    >>> print(unified("a\\nb\\n", "a\\nb", "expected.txt", "what came out"))
    --- expected.txt
    +++ what came out
    @@ -1,2 +1,2 @@
     a
    -b
    +b
    \\ no newline at the end
    """
    lines = difflib.unified_diff(_lines(wanted), _lines(got), wanted_name, got_name)
    return "\n".join(
        _visible(line[:-1]) if line.endswith("\n") else f"{_visible(line)}\n\\ no newline at the end" for line in lines
    )


def _lines(text: str) -> list[str]:
    """Lines with their newlines; other characters that Python takes for line ends stay inside."""
    *whole, last = text.split("\n")
    return [line + "\n" for line in whole] + [last] * bool(last)


def reasons(expected: str, result: CleanResult, verdicts: Iterable[Verdict]) -> Iterator[str]:
    """For each line that is not as expected, what removed, changed or spared it.

    >>> result, verdicts = Cleaner().explain("The council met on Tuesday to vote on the bridge.\\n\\nFollow us on:\\n")
    >>> print("\\n".join(reasons(result.repaired, result, verdicts)))
      - 'Follow us on:'
          removed by follow-us.networks
    """
    lines = _Lines(result, verdicts)
    wanted, got = (text.split("\n") for text in (expected, result.text))
    for _, i, j, k, m in difflib.SequenceMatcher(None, wanted, got, autojunk=False).get_opcodes():
        if wanted[i:j] != got[k:m]:
            yield from _reason("-", wanted[i:j], lines.why_gone)
            yield from _reason("+", got[k:m], lines.why_there)


def _reason(sign: str, lines: Iterable[str], why: Callable[[str], Iterable[str]]) -> Iterator[str]:
    for line in lines:
        if line.strip():
            yield f"  {sign} {line!r}"
            yield from (f"      {reason}" for reason in why(line))


class _Lines:
    """What became of the lines of a text, by their wording."""

    def __init__(self, result: CleanResult, verdicts: Iterable[Verdict]) -> None:
        self.source = result.repaired.split("\n")
        self.gone: dict[str, dict[str, None]] = {}
        self.changed: dict[str, dict[str, None]] = {}
        self.spared: dict[str, dict[str, None]] = {}
        for index, (fate, rule) in fates(result).items():
            table = self.gone if fate == "removed" else self.changed
            table.setdefault(self.source[index], {})[f"{fate} by {rule}"] = None
        for verdict in verdicts:
            if verdict.reason:
                self.spared.setdefault(verdict.text, {})[f"{verdict.rule} spared it: {verdict.reason}"] = None

    def why_gone(self, line: str) -> Iterable[str]:
        if found := {**self.gone.get(line, {}), **self.changed.get(line, {})}:
            return found
        if line in self.source:
            return ["stands in the text, but not here"]
        if close := difflib.get_close_matches(line, self.changed, n=1):
            return [f"{reason}, from {close[0]!r}" for reason in self.changed[close[0]]]
        return ["the input, repaired, has no such line"]

    def why_there(self, line: str) -> Iterable[str]:
        if line in self.spared:
            return self.spared[line]
        if line in self.source:
            return ["no rule's wording fits it"]
        if close := difflib.get_close_matches(line, self.changed, n=1, cutoff=0.3):
            return [f"{reason}, from {close[0]!r}" for reason in self.changed[close[0]]]
        return ["made by edits of several lines"]


class RuleFolder(pytest.Directory):
    """A folder of rule files. When nothing is wrong with it as a whole, pytest collects it as any other."""

    def collect(self) -> Iterable[pytest.Item | pytest.Collector]:
        _fail(self, _session_of(self.config).at(self.path)[1])
        assert self.parent is not None
        return pytest.Dir.from_parent(self.parent, path=self.path).collect()  # a final class, so not inherited from


class RuleFile(pytest.File):
    """A file of rules."""

    def collect(self) -> Iterator[pytest.Item]:
        rules, errors = _session_of(self.config).at(self.path)
        _fail(self, errors)
        for rule in rules:
            yield RuleItem.from_parent(self, name=rule.id, rule=rule)


def _fail(collector: pytest.Collector, errors: Sequence[RuleError]) -> None:
    if errors:
        raise collector.CollectError("\n".join(_told(error, collector.config) for error in errors))


class RuleItem(_TextItem):
    """The examples of one rule."""

    def __init__(self, *, rule: Rule, **options: Any) -> None:
        super().__init__(**options)
        self.rule = rule

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, max(self.rule.at_line - 1, 0), f"rule {self.name}"

    def runtest(self) -> None:
        told = [self._failure_text(failure) for failure in check_examples(self.rule, _session_of(self.config).rules)]
        if told:
            raise Mismatch("\n\n".join(dict.fromkeys(told)))

    def _failure_text(self, failure: Failure) -> str:
        line = _line_of(failure.example, self.rule, self.path.read_text(encoding="utf-8-sig").split("\n"))
        place = f"{_short(self.path, self.config)}:{line}: rule {self.rule.id}: {failure.kind}: {failure.example!r}"
        wanted = _wanted(failure)
        if wanted is None:
            return f"{place}\nno flag {self.rule.flag!r}; flags: {failure.got or 'none'}"
        if wanted == failure.got:
            return f"{place}\nthe text stays as it is, but the flag {self.rule.flag!r} is raised"
        if wanted == "":
            return f"{place}\nnothing was changed in\n\n{failure.got}"
        return f"{place}\n{unified(wanted, failure.got, 'wanted', 'what came out')}"


def _line_of(example: str, rule: Rule, lines: Sequence[str]) -> int:
    """The line of the rule file an example stands in, or that of the rule when it is written with escapes."""
    first = example.strip().partition("\n")[0]
    found = (number for number, line in enumerate(lines, 1) if number >= rule.at_line and first in line)
    in_examples = next((n for n, line in enumerate(lines, 1) if n > rule.at_line and "examples" in line), rule.at_line)
    return next((number for number in found if number >= in_examples), rule.at_line)


def _wanted(failure: Failure) -> str | None:
    """The text that should have come out; "" for any that is changed, None for a flag."""
    if failure.kind == "removes (flag)":
        return None
    return failure.want or ""
