"""Removes the scraps from scraped article text. Rule files describe them, a cleaner applies them, nothing is lost."""

from importlib import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cleaner.errors import CleanerError, RuleError
    from cleaner.io.site_memory import SiteMemory
    from cleaner.model import Edit
    from cleaner.pipeline import Cleaner, CleanResult, clean
    from cleaner.rules import Rule, RuleSet, builtin_rules
    from cleaner.rules.loader import load_rules

    __version__: str

__all__ = [
    "CleanResult",
    "Cleaner",
    "CleanerError",
    "Edit",
    "Rule",
    "RuleError",
    "RuleSet",
    "SiteMemory",
    "__version__",
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
    "SiteMemory": "io.site_memory",
    "builtin_rules": "rules",
    "clean": "pipeline",
    "load_rules": "rules.loader",
}


def __getattr__(name: str) -> object:
    if name == "__version__":
        found: object = _version()
    elif name in _WHERE:
        found = getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = found
    return found


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("article-cleaner")
    except PackageNotFoundError:
        raise AttributeError("the version is not known: install the package, as with `pip install -e .`") from None


def __dir__() -> list[str]:
    return sorted(__all__)
