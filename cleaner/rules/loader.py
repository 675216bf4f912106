"""Rules from files, folders and texts. Errors name file, line and column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from cleaner.errors import RuleError, RuleFilesError
from cleaner.rules.locations import builtin_rules_dir
from cleaner.rules.reader import RuleReader
from cleaner.rules.ruleset import RuleSet
from cleaner.rules.schema import RULE_KEYS
from cleaner.rules.terms import alternatives
from cleaner.rules.toml_source import TomlSource, read_toml

__all__ = ["RULE_KEYS", "load_rules", "parse_files", "parse_rules", "read_rules"]


def load_rules(path: str | Path, *, compile_patterns: bool = True) -> RuleSet:
    """Rules of one file, or of every ``*.toml`` in a folder and its subfolders, in order of their names.

    Patterns may use the terms of all the files and those of the built-in ``terms.toml``. With
    ``compile_patterns=False`` regexes are compiled when they are first needed, and a wrong one shows only then.

    Raises:
        RuleError: the path does not exist or holds no rules, or a file is wrong: the first error in order of the
            files and lines. Names file, line and column.
    """
    rules, errors = read_rules(path, compile_patterns=compile_patterns)
    if errors:
        raise RuleFilesError(errors) if len(errors) > 1 else errors[0]
    return rules


def read_rules(path: str | Path, *, compile_patterns: bool = True) -> tuple[RuleSet, list[RuleError]]:
    """What :func:`load_rules` loads, without the rules that are wrong, and the errors about these.

    Every file and every rule is read on its own: one that is wrong gives at least one error and does not hinder the
    others. Of rules with the same id the first counts. The errors are in order of the files and lines.

    >>> import tempfile
    >>> bad = "[[rule]]\\nid = 'own.a'\\n[[rule]]\\nid = 'own.b'\\nzonne = 'head'\\n"
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     written = Path(folder, "bad.toml").write_text(bad)
    ...     rules, errors = read_rules(folder)
    >>> len(rules), [(error.line, error.message) for error in errors]
    (0, [(1, "the key 'description' is missing"), (3, "the key 'description' is missing"), (5, "unknown key 'zonne'")])
    """
    path = Path(path)
    if path.is_dir():
        files = sorted(file for file in path.rglob("*.toml") if file.is_file())
    elif path.is_file():
        files = [path]
    else:
        hint = "name a rule file or a folder of *.toml files"
        return RuleSet(), [RuleError("no such file or folder", path=path, hint=hint)]
    reader = RuleReader(_builtin_terms(path), compile_patterns=compile_patterns)
    rules = reader.read(files)
    if not rules and not reader.errors:
        others = sorted(file.name for file in path.rglob("*.y*ml")) if path.is_dir() else []
        hint = "an empty rule set would clean nothing: check the path"
        if others:
            hint = f"{others[0]} is not read: rule files are TOML; `clean rules new SCRAP -o FILE.toml` drafts one"
        return rules, [RuleError("holds no rules", path=path, hint=hint)]
    order = {str(file): number for number, file in enumerate(files)}
    return rules, sorted(reader.errors, key=lambda error: (order.get(str(error.path), 0), error.line, error.column))


def parse_files(sources: Iterable[TomlSource]) -> RuleSet:
    """Rules from the texts of several rule files, which may use each other's terms and the built-in ones.

    Raises:
        RuleError: a text is wrong; all that is wrong is told.
    """
    sources = tuple(sources)
    reader = RuleReader(_builtin_terms(None), compile_patterns=True)
    rules = reader.gather(sources)
    if reader.errors:
        order = {source.path: number for number, source in enumerate(sources)}
        errors = sorted(reader.errors, key=lambda error: (order.get(_as_path(error.path), 0), error.line, error.column))
        raise RuleFilesError(errors) if len(errors) > 1 else errors[0]
    return rules


def _as_path(path: Path | str | None) -> Path | None:
    return None if path is None else Path(path)


def parse_rules(text: str, path: Path | None = None, *, terms: Mapping[str, str] | None = None) -> RuleSet:
    """Rules from the text of one rule file.

    Args:
        text: the text.
        path: the file, for error messages.
        terms: what patterns may use besides the terms of the text; by default the built-in terms.

    Raises:
        RuleError: see :func:`load_rules`.
    """
    reader = RuleReader(_builtin_terms(path) if terms is None else terms, compile_patterns=True)
    rules = reader.gather([TomlSource(text, path)])
    if reader.errors:
        raise min(reader.errors, key=lambda error: (error.line, error.column))
    return rules


def _builtin_terms(path: Path | None) -> dict[str, str]:
    """The terms of the built-in ``terms.toml``; none for the built-in rules, which hold it."""
    folder = builtin_rules_dir()
    if path is not None and path.resolve() == folder:
        return {}
    data = read_toml(folder / "terms.toml").data
    return {name: alternatives(term) for name, term in data["terms"].items()}
