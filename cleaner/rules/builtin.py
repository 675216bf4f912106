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
    code = [package / name for name in ("parse.py", "spec.py", "model.py", "known.py")]
    code += [package.parent / name for name in ("literals.py", "segment.py", "regexes.py")]
    key = cache_key(sorted(folder.rglob("*.toml")), code)
    rules = load_cached(key)
    if rules is None:
        from cleaner.rules.known import known_regexes
        from cleaner.rules.parse import load_rules

        rules = load_rules(folder, compile_patterns=False)
        rules = rules.with_known(known_regexes(rules))
        store_cached(key, rules)
    return rules
