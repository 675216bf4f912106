"""The errors a caller can meet. Every one says where it happened and what to do about it."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:  # pathlib costs 8 ms of the import time
    from pathlib import Path

__all__ = ["CleanerError", "DecodingError", "ExtractionError", "RuleError"]


class CleanerError(Exception):
    """Base of every error this package raises on purpose."""


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
