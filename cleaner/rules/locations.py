"""Where the built-in rule files are."""

from __future__ import annotations

from cleaner.errors import RuleError

TYPE_CHECKING = False
if TYPE_CHECKING:  # pathlib would add to the import time
    from pathlib import Path

__all__ = ["builtin_rules_dir"]


def builtin_rules_dir() -> Path:
    """Folder of the built-in rule files: inside an installed package, at the top of a checkout.

    Raises:
        RuleError: there is none, so the installation is damaged.

    >>> (builtin_rules_dir() / "terms.toml").is_file()
    True
    """
    from pathlib import Path

    here = Path(__file__).resolve().parent
    for folder in (here / "builtin", here.parent.parent / "rules"):
        if (folder / "terms.toml").is_file():
            return folder
    raise RuleError("the built-in rule files are missing", hint="reinstall article-cleaner")
