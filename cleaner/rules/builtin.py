"""The rules that come with the package."""

from __future__ import annotations

from functools import cache

from cleaner.errors import RuleError
from cleaner.rules.model import RuleSet

TYPE_CHECKING = False
if TYPE_CHECKING:  # pathlib and the parser would double the import time
    from pathlib import Path

__all__ = ["builtin_rules", "builtin_rules_dir"]


def builtin_rules_dir() -> Path:
    """Folder of the built-in rule files: inside an installed package, at the top of a checkout."""
    from pathlib import Path

    here = Path(__file__).resolve().parent
    for folder in (here / "builtin", here.parent.parent / "rules"):
        if (folder / "terms.toml").is_file():
            return folder
    raise RuleError("the built-in rule files are missing", hint="reinstall article-cleaner")


@cache
def builtin_rules() -> RuleSet:
    """All built-in rules, of every profile.

    >>> "ad-marker.label" in builtin_rules()
    True
    """
    from pathlib import Path

    from cleaner.rules.cache import cache_key, load_cached, store_cached  # importing cleaner must stay quick

    folder = builtin_rules_dir()
    package = Path(__file__).resolve().parent
    code = (package / "parse.py", package / "model.py", package.parent / "literals.py")
    key = cache_key(sorted(folder.rglob("*.toml")), code)
    rules = load_cached(key)
    if rules is None:
        from cleaner.literals import shape
        from cleaner.rules.parse import load_rules

        rules = load_rules(folder, compile_patterns=False)
        texts = {rules.expand(text) for rule in rules for texts in rule.patterns.values() for text in texts}
        rules = rules.with_shapes({text: shape(text) for text in texts})
        store_cached(key, rules)
    return rules
