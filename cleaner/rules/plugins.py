"""What other packages add: rules as data, matchers as code.

A package offers them by entry points. Those of the group ``cleaner.rules`` name a package that holds rule files (or a
package and a folder in it: ``acme_rules.data``); it is read without being imported, so data never runs code. Those of
the group ``cleaner.matchers`` name a function or a mapping of names to functions; they are imported only when they are
asked for by name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from cleaner.errors import CleanerError
from cleaner.rules.model import PackId
from cleaner.rules.ruleset import RuleSet

__all__ = ["MATCHERS_GROUP", "RULES_GROUP", "is_installed", "plugin_matchers", "plugin_rules", "rule_plugins"]

RULES_GROUP = "cleaner.rules"
MATCHERS_GROUP = "cleaner.matchers"


def rule_plugins() -> tuple[str, ...]:
    """Names of the installed packages of rules, in order."""
    return tuple(sorted({point.name for point in entry_points(group=RULES_GROUP)}))


def plugin_rules(name: str) -> RuleSet:
    """The rules of an installed package of rules. Nothing of the package is imported.

    Raises:
        CleanerError: there is no such package, or it holds no folder of that name.
        RuleError: its rule files are wrong.
    """
    from cleaner.rules.loader import load_rules

    point = _only(name, RULES_GROUP)
    version = point.dist.version if point.dist else ""
    return load_rules(_folder(point)).from_pack(PackId(name, version))


def plugin_matchers(names: Iterable[str]) -> dict[str, Callable[..., Any]]:
    """The matchers that some plugins offer, by the names rules use. This imports the plugins.

    An entry point that is a function gives the matcher of its own name, one that is a mapping gives all of its own.

    Raises:
        CleanerError: a plugin is not installed, cannot be imported or offers no matchers, or two offer the same name.
    """
    found: dict[str, Callable[..., Any]] = {}
    for name in names:
        for matcher, function in _offered(_only(name, MATCHERS_GROUP)).items():
            if found.setdefault(matcher, function) is not function:
                raise CleanerError(f"the matcher {matcher!r} of the plugin {name!r} is offered by another one too")
    return found


def is_installed(name: str, group: str) -> bool:
    """Whether an installed package offers a plugin of this name."""
    return bool(entry_points(group=group, name=name))


def _only(name: str, group: str) -> EntryPoint:
    points = list(entry_points(group=group, name=name))
    if not points:
        known = sorted({point.name for point in entry_points(group=group)})
        hint = f"there are {', '.join(known)}" if known else "none is installed"
        raise CleanerError(f"no plugin {name!r} in the group {group}; {hint}")
    if len({point.value for point in points}) > 1:
        raise CleanerError(f"two packages offer a plugin {name!r} in the group {group}; uninstall one")
    return points[0]


def _folder(point: EntryPoint) -> Path:
    package, *below = point.value.replace(":", ".").split(".")
    spec = find_spec(package)  # of a package at the top, this imports nothing
    for place in (spec.submodule_search_locations or ()) if spec else ():
        folder = Path(place).joinpath(*below)
        if folder.is_dir():
            return folder
    raise CleanerError(
        f"the plugin {point.name!r} names {point.value!r}, which is not a folder of an installed package"
    )


def _offered(point: EntryPoint) -> Mapping[str, Callable[..., Any]]:
    module, _, attribute = point.value.partition(":")
    try:
        found: Any = import_module(module)
        for part in attribute.split(".") if attribute else ():
            found = getattr(found, part)
    except (Exception, SystemExit) as error:  # whatever goes wrong in somebody else's code
        raise CleanerError(
            f"the plugin {point.name!r} cannot be loaded from {point.value!r}: {type(error).__name__}: {error}"
        ) from error
    offered: Mapping[str, Any] = found if isinstance(found, Mapping) else {point.name: found}
    for matcher, function in offered.items():
        if not callable(function) or not hasattr(function, "__qualname__") or "<" in function.__qualname__:
            raise CleanerError(
                f"the plugin {point.name!r} offers {matcher!r}, which is not a function of a module; worker processes "
                "could not import it"
            )
    return offered
