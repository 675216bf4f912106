"""A TOML file that can point into itself: it reads, it finds keys and strings, and it makes errors with a place."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from cleaner.errors import RuleError
from cleaner.patterns.verbose import compact, span_before_compact
from cleaner.rules import toml_scanner
from cleaner.rules.toml_scanner import Key, String
from cleaner.rules.violations import Violation

__all__ = ["Place", "TomlSource", "read_toml"]


class Place(NamedTuple):
    """A piece of one line: 1-based line and column, and how many characters."""

    line: int
    column: int
    length: int


# tomllib takes the square of the number of parts of a key.
_DEEP_KEY = re.compile(r"""^[ \t]*\[{0,2}[ \t]*(?:[\w"'-]+[ \t]*\.[ \t]*){40}""", re.MULTILINE)


def read_toml(path: Path, hint: str = "") -> TomlSource:
    """The text of a file, not yet parsed. ``hint`` says what to do when the file cannot be read.

    Raises:
        RuleError: the file cannot be read, or is not UTF-8.
    """
    try:
        return TomlSource(path.read_text(encoding="utf-8-sig"), path)
    except UnicodeDecodeError as error:
        raise RuleError(f"is not UTF-8 (byte {error.start})", path=path, hint="save it as UTF-8") from None
    except OSError as error:
        raise RuleError(f"cannot be read: {error.strerror}", path=path, hint=hint) from None


@dataclass(frozen=True)
class TomlSource:
    """A TOML text, and the file it is from.

    Attributes:
        text: the text.
        path: the file, for error messages; None for a text from elsewhere.
        table: the table that paths begin at, as ``("tool", "cleaner")``.

    >>> source = TomlSource('[[rule]]\\nid = "a.b"\\nlines = ["Share", "Follow us"]\\n')
    >>> source.key(("rule", 0, "lines"))
    Place(line=3, column=1, length=5)
    >>> source.string(("rule", 0, "lines"), "Follow us")
    Place(line=3, column=20, length=9)
    >>> str(source.error(Violation("is wrong", ("rule", 0, "id"))))
    'is wrong'
    """

    text: str
    path: Path | None = None
    table: toml_scanner.Path = field(default=(), kw_only=True)

    @cached_property
    def data(self) -> dict[str, Any]:
        """The whole document.

        Raises:
            RuleError: the text is not TOML. Names line and column.
        """
        deep = _DEEP_KEY.search(self.text)
        if deep:
            raise self._too_deep(self.text.count("\n", 0, deep.start()) + 1)
        try:
            return tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            at = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", str(error))
            message = str(error)[: at.start()] if at else str(error)
            line, column = (int(at[1]), int(at[2])) if at and at[1] else (self.text.count("\n") + 1, 1)
            hint = _toml_hint(self.text, message, line)
            raise RuleError(f"is not TOML: {message}", path=self.path, line=line, column=column, hint=hint) from None
        except RecursionError:
            raise self._too_deep() from None
        except ValueError as error:  # a number of thousands of digits
            raise RuleError(f"is not TOML: {error}", path=self.path, line=1, column=1) from None

    def _too_deep(self, line: int = 1) -> RuleError:
        return RuleError(
            "is nested too deep", path=self.path, line=line, column=1, hint="a rule file needs three levels of tables"
        )

    def error(self, violation: Violation, rule: str = "") -> RuleError:
        """The error for what is wrong at a key, or at the nearest table above it."""
        place = self.key(violation.keys)
        return RuleError(
            violation.message,
            path=self.path,
            line=place.line,
            column=place.column,
            rule=rule,
            hint=violation.hint,
        )

    def key(self, path: toml_scanner.Path) -> Place:
        """The place of the key or header that a path leads to, or of the nearest table above it.

        The path is what msgspec reports: keys and, for arrays, indices, as ``("rule", 1, "zone")``. An index into an
        array of values is answered with the place of its key. A path that leads nowhere is answered with the start.
        """
        full = (*self.table, *path)
        for depth in range(len(full), 0, -1):
            if key := self._keys.get(full[:depth]):
                return self._place(key.start, key.end)
        return Place(1, 1, 1)

    def string(self, path: toml_scanner.Path, value: str, piece: tuple[int, int] | None = None, skip: int = 0) -> Place:
        """The place of a string below a path, or of a piece of it; that of the key when there is no such string.

        Args:
            path: the key or table.
            value: what the string means. A pattern in verbose form is found by its compact form.
            piece: half-open offsets in the value, in code points.
            skip: how many equal strings to pass over.

        A string with escapes is answered as a whole: its characters do not stand where they are counted.
        """
        equal = (one for one in self._strings.get((*self.table, *path), ()) if compact(one.value) == value)
        found = next(islice(equal, skip, None), None)
        if found is None:
            return self.key(path)
        start, end = found.start, found.end
        if piece is not None and self.text[start:end] == found.value:
            first, last = span_before_compact(found.value, *piece)
            start, end = found.start + first, found.start + last
        return self._place(start, end)

    def path_at(self, line: int, column: int) -> toml_scanner.Path:
        """The path of the key or header that begins at a place; the empty path when none does."""
        return self._paths.get(self._offset(line, column), ())

    def strings(self, path: toml_scanner.Path) -> tuple[str, ...]:
        """The values of the strings below a path, in the order in which they are written."""
        return tuple(one.value for one in self._strings.get((*self.table, *path), ()))

    def word(self, line: int, column: int) -> Place:
        """The place of the key, header, string or single character that begins at a line and column."""
        lines = self.text.split("\n")
        text = lines[line - 1] if 0 < line <= len(lines) else ""
        match = _WORD.match(text, max(0, column - 1))
        return Place(line, column, len(match[0]) if match else 1)

    @cached_property
    def _scanned(self) -> tuple[Key | String, ...]:
        return tuple(toml_scanner.scan(self.text))

    @cached_property
    def _keys(self) -> dict[toml_scanner.Path, Key]:
        """The first key of each path, and of what leads to it."""
        keys: dict[toml_scanner.Path, Key] = {}
        for found in self._scanned:
            if isinstance(found, Key):
                for depth in range(1, len(found.path) + 1):
                    keys.setdefault(found.path[:depth], found)
        return keys

    @cached_property
    def _paths(self) -> dict[int, toml_scanner.Path]:
        """The path of each key by the offset at which it begins."""
        return {found.start: found.path for found in self._scanned if isinstance(found, Key)}

    @cached_property
    def _strings(self) -> dict[toml_scanner.Path, list[String]]:
        """The strings below each path."""
        strings: dict[toml_scanner.Path, list[String]] = {}
        for found in self._scanned:
            if isinstance(found, String):
                for depth in range(len(found.path) + 1):
                    strings.setdefault(found.path[:depth], []).append(found)
        return strings

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    def _offset(self, line: int, column: int) -> int:
        return self._line_starts[line - 1] + column - 1 if 0 < line <= len(self._line_starts) else -1

    def _place(self, start: int, end: int) -> Place:
        """The place of a piece of the text; of one over several lines, the part in the first."""
        line = bisect_right(self._line_starts, start)
        newline = self.text.find("\n", start, end)
        end = end if newline < 0 else newline
        return Place(line, start - self._line_starts[line - 1] + 1, max(1, end - start))


_ADVICE = "write it as TOML: docs/rule-format.md shows how, and `clean rules new SCRAP -o FILE.toml` drafts a rule"
_YAML = re.compile(r"""^(?:---\s*$|%YAML|-\s+\S|[\w-]+:(?:\s|$))""")
_BACKSLASH = re.compile(r"""=\s*(?:\[\s*)?"[^"]*\\""")


def _toml_hint(text: str, message: str, line: int) -> str:
    """What to do about a text that is no TOML: it may be of another format, or hold a regex in double quotes."""
    content = [one for one in text.split("\n") if one.strip() and not one.lstrip().startswith("#")]
    first = content[0] if content else ""
    if _is_json(text):
        return f"it reads like JSON; {_ADVICE}"
    if _YAML.match(first):
        return f"it reads like YAML; {_ADVICE}"
    lines = text.split("\n")
    written = lines[line - 1] if 0 < line <= len(lines) else ""
    if "scape" in message or "\\" in message or _BACKSLASH.search(written):
        return "write a regex between three single quotes, where a backslash is a backslash: '''\\d+'''"
    return ""


def _is_json(text: str) -> bool:
    begin = text.lstrip()
    if not begin.startswith(("{", "[")):
        return False
    import json

    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return begin.startswith("{")  # no line of TOML does
    return True


_WORD = re.compile(r"""\[\[?[^\]\n]*\]\]?|[A-Za-z0-9_-]+(?:\s*\.\s*[A-Za-z0-9_-]+)*|"[^"\n]*"|'[^'\n]*'|\S""")
