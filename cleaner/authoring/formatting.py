"""The layout of rule files: one wording a line, sorted within a language, so that a new wording is one new line.

The layout has no options. What a file means stays the same, apart from the order of wordings, which has no meaning;
every result is read again and compared before anybody sees it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from cleaner.authoring.toml_layout import Array, Assignment, Blank, Comment, Header, Item, Statement, statements
from cleaner.errors import RuleError
from cleaner.io.atomic import atomic_write

__all__ = ["WIDTH", "FormattedFile", "format_files", "format_rules"]

WIDTH = 120
"""Characters of a line; a list of names that is longer has one name a line."""

_SORTED = frozenset(["lines", "prefixes"])
_ONE_A_LINE = frozenset(["pattern", "unless", "examples", "false-positives", "references"])
_TOP_LEVEL = frozenset(["schema", "class", "terms", "rule"])


@dataclass(frozen=True, slots=True)
class FormattedFile:
    """A rule file, and what it is to hold. Both texts are as they are on disk."""

    path: Path
    before: bytes
    after: bytes

    @property
    def is_changed(self) -> bool:
        """Whether the layout differs in any byte."""
        return self.before != self.after

    def write(self) -> None:
        """Write the file, whole or not at all. A file that does not change is not touched.

        Raises:
            RuleError: the file cannot be written.
        """
        if not self.is_changed:
            return
        target = self.path.resolve()  # a link stays a link
        try:
            with atomic_write(target, target.stat().st_mode & 0o777) as stream:
                stream.write(self.after)
        except OSError as error:
            raise RuleError(f"cannot be written: {error.strerror}", path=self.path) from None


def format_files(paths: Iterable[Path]) -> list[FormattedFile]:
    """The rule files of some paths, each once, formatted; nothing is written. Of a folder every ``*.toml`` counts.

    Raises:
        RuleError: a path does not exist, or a file cannot be read or is no rule file.
    """
    return [_format_file(path) for path in dict.fromkeys(_files(paths))]


def format_rules(text: str, path: Path | None = None) -> str:
    """A rule file in the one layout. ``path`` is only for error messages.

    Wordings (``lines``, ``prefixes``) stand one a line, sorted without regard to case. Patterns, terms, examples and
    references stand one a line when there are several, in the order they have. Lists of names stand on one line when
    they fit in it. Comments stay with what they stand above or behind.

    Raises:
        RuleError: the text is not TOML, or has keys that no rule file has.

    >>> print(format_rules('[[rule]]\\nlines.en=["Share","print" , "Like"] # buttons\\n'), end="")
    [[rule]]
    lines.en = [
      "Like",
      "print",
      "Share",
    ]  # buttons
    """
    data = _parse(text, path)
    formatted = "".join(line + "\n" for line in _lines(_spaced(statements(text.replace("\r\n", "\n")))))
    if _meaning(tomllib.loads(formatted)) != _meaning(data):
        hint = "this is a mistake of the formatter: please report it with the file"
        raise RuleError("cannot be formatted without changing what it means", path=path, hint=hint)
    return formatted


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(file for file in path.rglob("*.toml") if file.is_file())
        else:
            yield path


def _format_file(path: Path) -> FormattedFile:
    try:
        before = path.read_bytes()
        text = before.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RuleError(f"is not UTF-8 (byte {error.start})", path=path, hint="save it as UTF-8") from None
    except FileNotFoundError:
        raise RuleError("no such file or folder", path=path, hint="name rule files or folders of them") from None
    except OSError as error:
        raise RuleError(f"cannot be read: {error.strerror}", path=path) from None
    after = format_rules(text, path)
    newline = "\r\n" if "\r\n" in text else "\n"  # as git writes them on Windows
    return FormattedFile(path, before, after.replace("\n", newline).encode())


def _parse(text: str, path: Path | None) -> dict[str, Any]:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message, _, place = str(error).partition(" (at ")
        numbers = [int(number) for number in re.findall(r"\d+", place)] or [text.count("\n") + 1, 1]
        hint = "only TOML is formatted: mend the file first"
        raise RuleError(f"is not TOML: {message}", path=path, line=numbers[0], column=numbers[1], hint=hint) from None
    for key in data:
        if key not in _TOP_LEVEL:
            hint = f"a rule file has {', '.join(sorted(_TOP_LEVEL))}: leave other files out"
            raise RuleError(f"is no rule file: it has the key {key!r}", path=path, hint=hint)
    return data


def _spaced(found: Iterable[Statement]) -> Iterator[Statement]:
    """The statements with one blank line above each rule and table of the top level, and never two on end."""
    spaced: list[Statement] = []
    for statement in found:
        if isinstance(statement, Header) and len(statement.keys) == 1:
            above = len(spaced)
            while above and isinstance(spaced[above - 1], Comment):
                above -= 1
            if above and not isinstance(spaced[above - 1], Blank):
                spaced.insert(above, Blank())
        if not isinstance(statement, Blank) or (spaced and not isinstance(spaced[-1], Blank | Header)):
            spaced.append(statement)
    while spaced and isinstance(spaced[-1], Blank):
        spaced.pop()
    return iter(spaced)


def _lines(found: Iterable[Statement]) -> Iterator[str]:
    table: tuple[str, ...] = ()
    for statement in found:
        match statement:
            case Blank():
                yield ""
            case Comment(text):
                yield text.rstrip()
            case Header(text, comment):
                table = statement.keys
                yield text + _behind(comment)
            case Assignment(key, Array() as array, comment):
                yield from _array(key, array, (*table, *statement.keys), comment)
            case Assignment(key, str(value), comment):
                yield f"{key} = {value}{_behind(comment)}"


def _array(key: str, array: Array, path: tuple[str, ...], comment: str) -> Iterator[str]:
    field = path[1] if path[0] == "rule" and len(path) > 1 else ""
    if field in _SORTED:
        array = replace(array, items=_sorted(array.items))
    line = f"{key} = [{', '.join(item.text for item in array.items)}]{_behind(comment)}"
    if not _is_open(array, field, path[0] == "terms", len(line)):
        yield line
        return
    yield f"{key} = [{_behind(array.opening)}"
    for item in array.items:
        yield from (f"  {text}" for text in item.above)
        yield f"  {item.text},{_behind(item.comment)}"
    yield from (f"  {text}" for text in array.below)
    yield f"]{_behind(comment)}"


def _is_open(array: Array, field: str, is_term: bool, width: int) -> bool:
    """Whether the items of an array stand on lines of their own."""
    if array.opening or array.below or any(item.above or item.comment for item in array.items):
        return True
    if any("\n" in item.text or item.text.startswith("{") for item in array.items):
        return True
    if field in _SORTED:
        return bool(array.items)
    if field in _ONE_A_LINE or is_term:
        return len(array.items) > 1
    return width > WIDTH and len(array.items) > 1


def _sorted(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """The items in order of their texts. Case counts only between texts that are else the same."""
    values = tomllib.loads("it = [" + ",\n".join(item.text for item in items) + "]")["it"]
    if not all(isinstance(value, str) for value in values):
        return items
    order = sorted(range(len(items)), key=lambda number: (values[number].casefold(), values[number]))
    return tuple(items[number] for number in order)


def _behind(comment: str) -> str:
    return f"  {comment}" if comment else ""


def _meaning(data: dict[str, Any]) -> dict[str, Any]:
    """What a file holds, with the wordings in an order that does not depend on how they are written."""
    rules = data.get("rule")
    if not isinstance(rules, list):
        return data
    return {**data, "rule": [_rule_meaning(rule) for rule in rules]}


def _rule_meaning(rule: Any) -> Any:
    if not isinstance(rule, dict):
        return rule
    return {key: _in_one_order(value) if key in _SORTED else value for key, value in rule.items()}


def _in_one_order(value: Any) -> Any:
    """Wordings, or wordings by language, each list sorted."""
    if isinstance(value, dict):
        return {language: _in_one_order(texts) for language, texts in value.items()}
    return sorted(value, key=repr) if isinstance(value, list) else value
