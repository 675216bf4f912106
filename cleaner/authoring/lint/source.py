"""The text of rule files, and the places in it that findings point at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from pathlib import Path

from cleaner.authoring.lint.findings import Finding, severity_of
from cleaner.rules.model import Rule
from cleaner.rules.toml_source import Place, TomlSource

__all__ = ["RuleSource", "SourceFiles", "is_allowed", "make_finding", "rule_files"]

_ALLOW = re.compile(r"^\s*#\s*lint:\s*allow\s+([a-z, -]+)", re.MULTILINE)
_RULE_HEADER = re.compile(r"^[ \t]*\[\[\s*rule\s*\]\]", re.MULTILINE)


def rule_files(path: Path) -> list[Path]:
    """The rule files of a folder, sorted; a file stands for itself."""
    return sorted(file for file in path.rglob("*.toml") if file.is_file()) if path.is_dir() else [path]


class SourceFiles:
    """The texts of files, each read once."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}

    def text(self, path: str | Path) -> str:
        """The text of a file; "" when it cannot be read, which loading its rules reports."""
        name = str(path)
        if name not in self._texts:
            try:
                self._texts[name] = Path(path).read_text(encoding="utf-8-sig")
            except (OSError, UnicodeDecodeError):
                self._texts[name] = ""
        return self._texts[name]


# The rules of a file come one after the other, and each would scan its text again.
_parsed = lru_cache(maxsize=4)(TomlSource)


class RuleSource:
    """A rule and the text of the file it was read from.

    Args:
        rule: the rule, which knows its file and the line of its header.
        text: the text of the file.

    >>> text = '[[rule]]\\nid = "own.a"\\n\\n[[rule]]\\nid = "own.b"\\nlines = ["Share", "Follow us"]\\n'
    >>> source = RuleSource(Rule(id="own.b", description="B", path="own.toml", at_line=4), text)
    >>> source.place_of_key("lines").line, source.place_of_value(("lines",), "Follow us")
    (6, Place(line=6, column=20, length=9))
    """

    def __init__(self, rule: Rule, text: str) -> None:
        self.rule = rule
        self._source = _parsed(text)

    @cached_property
    def _number(self) -> int:
        """The number of the rule among those of its file, from 0."""
        number = 0
        while (place := self._source.key(("rule", number))).line < self.rule.at_line:
            number += 1
            if place == self._source.key(("rule", number)):
                break
        return number

    def place_of_key(self, *keys: str) -> Place:
        """The place of a key of the rule, or of the nearest table above it."""
        return self._source.key(("rule", self._number, *keys))

    def place_of_value(
        self, keys: tuple[str, ...], value: str, piece: tuple[int, int] | None = None, nth: int = 0
    ) -> Place:
        """The place of a string below a key of the rule, or that of the key when the string is not there.

        Args:
            keys: the key; empty parts, as that of no language, are left out.
            value: the string.
            piece: half-open code-point offsets into the string: only that part of it is meant.
            nth: how many equal strings to pass over.
        """
        path: tuple[str | int, ...] = ("rule", self._number, *(key for key in keys if key))
        return self._source.string(path, value, piece, nth)

    def finding(self, code: str, message: str, place: Place, hint: str = "") -> Finding:
        """A finding about the rule."""
        return make_finding(code, message, self.rule.path, place, rule=self.rule.id, hint=hint)


def make_finding(code: str, message: str, path: str | Path, place: Place, *, rule: str = "", hint: str = "") -> Finding:
    """A finding of the severity that its code has.

    >>> make_finding("shadowed", "it never acts", "own.toml", Place(3, 1, 2)).severity
    'error'
    """
    return Finding(severity_of(code), code, message, Path(path), *place, rule, hint)


def is_allowed(finding: Finding, text: str) -> bool:
    """Whether a comment ``# lint: allow CODE`` in the rule, from its header to the next one, allows the finding.

    Args:
        finding: a finding in a rule; one outside of rules cannot be allowed.
        text: the text of its file.
    """
    return bool(finding.rule) and finding.code in _allowed_codes(text, finding.line)


def _allowed_codes(text: str, line: int) -> Iterator[str]:
    """The codes that comments allow in the rule which holds a line."""
    at = sum(len(one) + 1 for one in text.split("\n")[:line])
    headers = [match.start() for match in _RULE_HEADER.finditer(text)]
    start = max((header for header in headers if header < at), default=0)
    end = min((header for header in headers if header >= at), default=len(text))
    return (code.strip() for match in _ALLOW.finditer(text, start, end) for code in match[1].split(","))
