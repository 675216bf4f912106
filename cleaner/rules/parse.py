"""The old place of ``load_rules``; import it from ``cleaner``."""

from __future__ import annotations

from cleaner.rules.old_paths import moved

__all__: list[str] = []

TYPE_CHECKING = False
if not TYPE_CHECKING:  # a type checker must still find names that do not exist
    __getattr__ = moved(__name__, {"load_rules": "cleaner.rules.loader"})
