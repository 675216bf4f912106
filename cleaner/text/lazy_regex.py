"""Regexes that are compiled when they are first used: most texts need only few of them, and so does a short run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

__all__ = ["lazily"]

_P = TypeVar("_P")


def lazily(compile_pattern: Callable[..., _P], *arguments: Any) -> _P:
    """A pattern that is compiled when one of its methods is first asked for, and as quick as any other from then on.

    Args:
        compile_pattern: ``re.compile``, ``regex.compile`` or whatever else gives a pattern.
        arguments: what it is called with.

    >>> import re
    >>> _TWO = lazily(re.compile, "ab|ba")
    >>> _TWO.search("cab").start()
    1
    """
    return cast("_P", _Lazy(compile_pattern, arguments))


class _Lazy:
    def __init__(self, compile_pattern: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
        self._compile, self._arguments = compile_pattern, arguments

    def __getattr__(self, name: str) -> Any:
        """Called for what is not there yet: a method is kept, so that it is found at once the next time."""
        if name.startswith("__"):  # copy, pickle and others only try what there may be
            raise AttributeError(name)
        if "_pattern" not in vars(self):
            self._pattern = self._compile(*self._arguments)
        found = getattr(self._pattern, name)
        setattr(self, name, found)
        return found
