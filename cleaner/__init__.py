"""Removes the scraps from scraped article text. Rule files describe them, a cleaner applies them, nothing is lost."""

from cleaner.errors import CleanerError, RuleError
from cleaner.model import Edit
from cleaner.pipeline import Cleaner, CleanResult, clean
from cleaner.rules import Rule, RuleSet, builtin_rules

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "CleanResult",
    "Cleaner",
    "CleanerError",
    "Edit",
    "Rule",
    "RuleError",
    "RuleSet",
    "builtin_rules",
    "clean",
    "load_rules",
]


def load_rules(path: "str | Path") -> RuleSet:
    """Rules of one file, or of every ``*.toml`` file in a folder. Raises RuleError naming file, line and column."""
    from cleaner.rules.parse import load_rules  # reading TOML costs 20 ms that most programs never need

    return load_rules(path)
