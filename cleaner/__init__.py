"""Removes the scraps from scraped article text. Rule files describe them, a cleaner applies them, nothing is lost."""

from importlib import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cleaner.errors import CleanerError, RuleError
    from cleaner.model import Edit
    from cleaner.pipeline import Cleaner, CleanResult, clean
    from cleaner.rules import Rule, RuleSet, builtin_rules
    from cleaner.rules.parse import load_rules

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

# Imported when it is asked for: the pytest plugin is loaded in projects that never clean a text.
_WHERE = {
    "CleanResult": "pipeline",
    "Cleaner": "pipeline",
    "CleanerError": "errors",
    "Edit": "model",
    "Rule": "rules",
    "RuleError": "errors",
    "RuleSet": "rules",
    "builtin_rules": "rules",
    "clean": "pipeline",
    "load_rules": "rules.parse",
}


def __getattr__(name: str) -> object:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted(__all__)
