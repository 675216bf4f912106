"""The rules that come with the package."""

from __future__ import annotations

from functools import cache

from cleaner.rules.locations import builtin_rules_dir
from cleaner.rules.ruleset import RuleSet

__all__ = ["builtin_rules", "builtin_rules_dir"]


@cache
def builtin_rules() -> RuleSet:
    """All built-in rules, of every profile.

    >>> "ad-marker.label" in builtin_rules()
    True
    """
    from cleaner.rules.shipped import load_shipped  # importing cleaner must stay quick

    folder = builtin_rules_dir()
    shipped = load_shipped(folder)
    if shipped is not None and all(regex.frozen for regex in shipped.known.values()):
        return shipped
    from cleaner.rules.cache import cache_key, load_cached, store_cached

    key = cache_key(folder)
    rules = load_cached(key)
    if rules is None:
        from cleaner.rules.known import known_regexes
        from cleaner.rules.loader import load_rules

        rules = shipped or load_rules(folder, compile_patterns=False)
        rules = rules.with_known(known_regexes(rules, are_quick=True))  # CI checks them
        store_cached(key, rules)
    return rules
