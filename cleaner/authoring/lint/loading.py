"""What cannot be loaded: the errors of the rule loader as findings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from cleaner.authoring.lint.findings import Finding
from cleaner.authoring.lint.source import RuleSource, SourceFiles, make_finding
from cleaner.errors import RuleError
from cleaner.rules.model import Rule
from cleaner.rules.ruleset import RuleSet
from cleaner.rules.toml_source import Place, TomlSource

__all__ = ["id_taken", "not_loaded"]

_LONGEST_MESSAGE = 200


def not_loaded(error: RuleError, path: Path, sources: SourceFiles, rules: RuleSet) -> Finding:
    """The finding for an error of a rule file.

    An error about one of several values, such as one pattern of a list, knows the place of the key only. The finding
    points at the value.

    Args:
        error: the error.
        path: the file or folder that was loaded, for an error that names no file.
        sources: the texts of the files.
        rules: for their terms, which patterns use.
    """
    path = Path(error.path) if error.path is not None else path
    place = _place(error, sources.text(path), rules.expand) if error.line else Place(0, 0, 0)
    return make_finding("invalid", _clipped(error.message), path, place, rule=error.rule, hint=error.hint)


def _place(error: RuleError, text: str, expand: Callable[[str], str]) -> Place:
    source = TomlSource(text)
    path = source.path_at(error.line, error.column)
    values = source.strings(path) if path else ()
    meant = [value for value in values if _is_about(error.message, value, expand)]
    return source.string(path, meant[-1]) if meant else source.word(error.line, error.column)


def _is_about(message: str, value: str, expand: Callable[[str], str]) -> bool:
    """Whether a message about a key means this one of its values: it ends with the value, or names its term."""
    if message.endswith(repr(value)):
        return True
    try:
        return message.endswith(": " + expand(value))
    except KeyError as error:
        return message == f"unknown term {{{error.args[0]}}}"


def _clipped(message: str) -> str:
    return message if len(message) <= _LONGEST_MESSAGE else message[: _LONGEST_MESSAGE - 1] + "…"


def id_taken(source: RuleSource, first: Rule) -> Finding:
    """The finding for a rule whose id another rule has."""
    message = f"the id is taken by the rule at {first.place or '(code)'}"
    hint = "ids are unique over all rule files: choose another id"
    return source.finding("invalid", message, source.place_of_value(("id",), source.rule.id), hint)
