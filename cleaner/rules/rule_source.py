"""Where the parts of a loaded rule stand in the file it was read from: for messages about rules already loaded."""

from __future__ import annotations

from pathlib import Path

from cleaner.rules.model import Rule
from cleaner.rules.toml_source import TomlSource

__all__ = ["place_in_rule"]


def place_in_rule(rule: Rule, *keys: str) -> tuple[int, int]:
    """1-based line and column of a key of a rule, or of the nearest table above it; line 0 when it is not known.

    The file is read again. When it cannot be read any more, the place of the rule is given.

    >>> place_in_rule(Rule(id="own.made", description="Made in code"), "options", "words")
    (0, 1)
    """
    if not rule.path or not rule.at_line:
        return rule.at_line, 1
    try:
        lines = Path(rule.path).read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError):
        return rule.at_line, 1
    # What stands above the rule is blanked, so it is the first of the file and its place stays the same.
    below = "\n" * (rule.at_line - 1) + "\n".join(lines[rule.at_line - 1 :])
    place = TomlSource(below).key(("rule", 0, *keys))
    return place.line, place.column
