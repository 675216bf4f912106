"""What the settings ``CLEANER_…`` of a Scrapy project say. Scrapy is not needed here."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any, Protocol

from cleaner.adapters.plain import KNOWN, field_names, plain_cleaner
from cleaner.errors import CleanerError
from cleaner.io.formats.base import FieldNames
from cleaner.pipeline import Cleaner

__all__ = ["SETTINGS", "CleanSettings", "Settings"]

_PREFIX = "CLEANER_"
_FIELDS = {"text": "text", "html": "", "notes": "", **{name: name for name in KNOWN}}
_LISTS = ("keep", "drop", "rules", "drop_flags")

SETTINGS = tuple(
    f"{_PREFIX}{name.upper()}"
    for name in ("profile", "threshold", "config", *_LISTS, *(f"{name}_field" for name in _FIELDS))
)
"""The names of all settings."""


class Settings(Protocol):
    """The part of ``scrapy.settings.BaseSettings`` that is used."""

    def get(self, name: str, default: Any = None) -> Any:
        """The value of a setting."""

    def getlist(self, name: str) -> list[Any]:
        """The value of a setting, where a string is split at commas."""

    def __iter__(self) -> Any:
        """The names of all settings."""


@dataclass(frozen=True, slots=True)
class CleanSettings:
    """What an item pipeline does.

    Attributes:
        cleaner: what cleans.
        keys: the fields of an item that hold the text and what is known about it.
        html: the field that holds the page of an item without text; "" for none.
        notes: the field that gets the notes; "" for none.
        drop_flags: flags of items that are dropped; "error" stands for every "error:CLASS".
    """

    cleaner: Cleaner
    keys: FieldNames
    html: str
    notes: str
    drop_flags: frozenset[str]

    @classmethod
    def of(cls, settings: Settings) -> CleanSettings:
        """What the settings of a crawler say.

        Raises:
            CleanerError: a value is wrong, or there is no setting of that name.
        """
        _check_names(settings)
        threshold = settings.get("CLEANER_THRESHOLD")
        with suppress(ValueError, TypeError):  # the command line has strings; what is no number is told of below
            threshold = float(threshold)
        keep, drop, rules, flags = (settings.getlist(f"{_PREFIX}{name.upper()}") for name in _LISTS)
        profile, config = settings.get("CLEANER_PROFILE"), settings.get("CLEANER_CONFIG")
        cleaner = plain_cleaner(profile=profile, threshold=threshold, keep=keep, drop=drop, rules=rules, config=config)
        names = {name: settings.get(f"{_PREFIX}{name.upper()}_FIELD", usual) for name, usual in _FIELDS.items()}
        text, html, notes = (names.pop(name) for name in ("text", "html", "notes"))
        return cls(cleaner, replace(field_names(names), text=text), html, notes, frozenset(flags))


def _check_names(names: Iterable[str]) -> None:
    words = {name.removeprefix(_PREFIX): name for name in SETTINGS}
    for name in names:
        if name.startswith(_PREFIX) and name not in SETTINGS:
            close = get_close_matches(name.removeprefix(_PREFIX), words, n=1)
            known = f"did you mean {words[close[0]]}?" if close else f"there are {', '.join(SETTINGS)}"
            raise CleanerError(f"there is no setting {name}; {known}")
