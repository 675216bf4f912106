"""The built-in rules as the wheel brings them: read, their regexes compiled, so that the first process is a quick one.

A build makes the file (`hatch_build.py`). It lies among the rule files, so who could forge it could change the code as
well. It counts only when its key fits: the contents of the rule files, and of the code that made rules of them.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from cleaner.rules.packed import code_files, digest_of, pack, rule_files, unpack
from cleaner.rules.ruleset import RuleSet

__all__ = ["SHIPPED", "load_shipped", "shipped_bytes"]

SHIPPED = "compiled.msgpack"
"""The name of the file, in the folder of the built-in rules."""

_FORMAT = 1


def load_shipped(folder: Path) -> RuleSet | None:
    """The rules of a folder as they were shipped in it; None when they were not, or the folder has changed.

    Regexes are missing where they were compiled for another version of the regex module.
    """
    with suppress(OSError):
        rules = unpack(_key(folder), (folder / SHIPPED).read_bytes())
        return rules and _placed(rules, folder)
    return None


def shipped_bytes(folder: Path, rules: RuleSet) -> bytes:
    """What is shipped in a folder with these rules: the same bytes wherever the folder is."""
    named = (replace(rule, path=Path(rule.path).relative_to(folder).as_posix()) for rule in rules)
    return pack(_key(folder), RuleSet(named, rules.classes.values(), rules.terms, rules.known))


def _placed(rules: RuleSet, folder: Path) -> RuleSet:
    named = (replace(rule, path=str(folder / rule.path)) for rule in rules)
    return RuleSet(named, rules.classes.values(), rules.terms, rules.known)


def _key(folder: Path) -> str:
    code = Path(__file__).resolve().parent.parent
    files = [(file.relative_to(code).as_posix(), file) for file in code_files()]
    return digest_of([*files, *((file.relative_to(folder).as_posix(), file) for file in rule_files(folder))], _FORMAT)
