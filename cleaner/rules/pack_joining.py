"""The rules of a package beside others: an id, a class and a term mean one thing, whoever wrote them."""

from __future__ import annotations

from cleaner.errors import RuleError
from cleaner.rules.ruleset import RuleSet

__all__ = ["joined_with_pack"]


def joined_with_pack(rules: RuleSet, added: RuleSet) -> RuleSet:
    """Rules together with those of a pack.

    Args:
        rules: those that there are.
        added: those of a pack.

    Raises:
        RuleError: the pack has an id that is taken, changes a class, or gives a term another meaning.
    """
    name = " ".join(str(part) for part in added.packs[0][:2]) if added.packs else "(code)"
    advice = "leave the pack out, or ask its author to rename it"
    taken = [rule for rule in added if rule.id in rules]
    if taken:
        owner = rules[taken[0].id].place or "(code)"
        more = f" (and {len(taken) - 1} more)" if len(taken) > 1 else ""
        message = f"the pack {name} has a rule whose id is taken{more} by the one at {owner}"
        raise RuleError(message, path=taken[0].path, line=taken[0].at_line, column=1, rule=taken[0].id, hint=advice)
    for title, one in added.classes.items():
        if rules.classes.get(title, one) != one:
            raise RuleError(f"the pack {name} says something else about the class {title!r} than others", hint=advice)
    for term, meaning in added.terms.items():
        if rules.terms.get(term, meaning) != meaning:
            raise RuleError(f"the pack {name} gives the term {{{term}}} another meaning than others", hint=advice)
    return rules | added
