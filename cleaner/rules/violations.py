"""What is wrong in a file, before it has a place, and hints about names that do not exist."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

__all__ = ["Violation", "allowed_names"]


@dataclass(frozen=True, slots=True)
class Violation:
    """Something that a file may not say.

    Attributes:
        message: what is wrong.
        keys: the path of the value: keys and, for arrays, indices.
        hint: what is allowed, or what to do; "" when there is nothing to add.
    """

    message: str
    keys: tuple[str | int, ...] = ()
    hint: str = ""

    def below(self, *keys: str | int) -> Violation:
        """The same in a value that these keys lead to."""
        return Violation(self.message, (*keys, *self.keys), self.hint)


def allowed_names(name: str, allowed: Iterable[str]) -> str:
    """A hint for a name that is not allowed: the one that looks like it, or else all there are.

    >>> allowed_names("zonne", ["zone", "unit"]), allowed_names("colour", ["zone", "unit"])
    ("did you mean 'zone'?", 'allowed are zone, unit')
    """
    names = list(allowed)
    close = get_close_matches(name, names, n=1)
    return f"did you mean {close[0]!r}?" if close else f"allowed are {', '.join(names)}"
