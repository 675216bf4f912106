"""The errors a caller can meet. Every one says where it happened and what to do about it."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:  # pathlib costs 8 ms of the import time
    from collections.abc import Sequence
    from pathlib import Path

__all__ = [
    "CleanerError",
    "DecodingError",
    "ExtractionError",
    "InputError",
    "RuleError",
    "RuleFilesError",
    "extra_advice",
]


_MOST_ERRORS = 20  # that one message lists


class CleanerError(Exception):
    """Base of every error this package raises on purpose."""


class InputError(CleanerError, TypeError):
    """What was given to clean is not a text, or not what a cleaner takes besides it."""


class DecodingError(CleanerError):
    """The bytes are not text in any encoding that could be found."""


class ExtractionError(CleanerError):
    """No article could be extracted from an HTML page."""


class RuleError(CleanerError):
    """A rule file (or a selection of rules) is not valid.

    Attributes:
        message: what is wrong, and what is allowed.
        path: the rule file, or None for rules built in code.
        line, column: 1-based position in the file, 0 when unknown.
        rule: id of the rule, "" when the error is not inside one.
        hint: what to do, "" when there is nothing to add.

    >>> from pathlib import Path
    >>> str(RuleError("unknown key 'zonne'", path=Path("ads.toml"), line=7, column=1, rule="ad-marker.label",
    ...               hint="did you mean 'zone'?"))
    "ads.toml:7:1: rule ad-marker.label: unknown key 'zonne'; did you mean 'zone'?"
    """

    def __init__(
        self,
        message: str,
        *,
        path: Path | str | None = None,
        line: int = 0,
        column: int = 0,
        rule: str = "",
        hint: str = "",
    ) -> None:
        self.message, self.path, self.line, self.column = message, path, line, column
        self.rule, self.hint = rule, hint
        place = ""
        if path is not None:
            place = f"{path}:{line}:{column}: " if line else f"{path}: "
        inside = f"rule {rule}: " if rule else ""
        super().__init__(f"{place}{inside}{message}{'; ' + hint if hint else ''}")


class RuleFilesError(RuleError):
    """Several things are wrong in rule files. It has the attributes of the first.

    Attributes:
        errors: all of them, in the order of files and lines.

    >>> print(RuleFilesError([RuleError("is wrong", path="a.toml", line=1), RuleError("holds no rules")]))
    a.toml:1:0: is wrong
    holds no rules
    """

    def __init__(self, errors: Sequence[RuleError]) -> None:
        first = errors[0]
        super().__init__(
            first.message, path=first.path, line=first.line, column=first.column, rule=first.rule, hint=first.hint
        )
        self.errors = tuple(errors)

    def __str__(self) -> str:
        shown = [str(error) for error in self.errors[:_MOST_ERRORS]]
        rest = len(self.errors) - len(shown)
        return "\n".join([*shown, *([f"and {rest} more; `clean rules check` shows all"] if rest else [])])


def extra_advice(*extras: str) -> str:
    """How to install extras; what works from a checkout, as long as cleaner is on no package index.

    >>> extra_advice("zst")
    "pip install '.[zst]' in the folder of cleaner"
    """
    return f"pip install '.[{','.join(extras)}]' in the folder of cleaner"
