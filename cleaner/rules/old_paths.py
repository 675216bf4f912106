"""Old places of public names: they keep working, with a warning that names the new place."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from importlib import import_module

__all__ = ["moved"]


def moved(module: str, places: Mapping[str, str]) -> Callable[[str], object]:
    """The ``__getattr__`` of a module whose names are now in other modules.

    Args:
        module: the name of the module.
        places: the module that each name is in now.
    """

    def find(name: str) -> object:
        if name not in places:
            raise AttributeError(f"module {module!r} has no attribute {name!r}")
        message = f"{module}.{name} is now {places[name]}.{name}; import it from cleaner"
        warnings.warn(message, DeprecationWarning, stacklevel=2)
        found: object = getattr(import_module(places[name]), name)
        return found

    return find
