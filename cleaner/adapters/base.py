"""What all adapters share: a cleaner that travels to workers, and how one row is cleaned. No engine is needed here."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from cleaner.errors import CleanerError, extra_advice
from cleaner.model import METADATA_FIELDS, DocumentInfo
from cleaner.pipeline import Cleaner, CleanResult
from cleaner.pipeline.signals import SIGNAL_NAMES, signals_of

__all__ = ["Cleaned", "MissingEngineError", "Recipe", "clean_row", "default_cleaner", "engine"]

_MOST_CLEANERS = 8


class MissingEngineError(CleanerError, ImportError):
    """The engine that an adapter is for is not installed."""


@contextmanager
def engine(extra: str) -> Iterator[None]:
    """Imports inside may fail: the error then names the extra to install.

    >>> with engine("duckdb"):
    ...     import absent
    Traceback (most recent call last):
    ...
    cleaner.adapters.base.MissingEngineError: No module named 'absent'; pip install '.[duckdb]' in the folder of cleaner
    """
    try:
        yield
    except ImportError as error:
        raise MissingEngineError(f"{error}; {extra_advice(extra)}") from None


@cache
def default_cleaner() -> Cleaner:
    """The built-in rules of the default profile, built once."""
    return Cleaner()


@dataclass(frozen=True, slots=True)
class Recipe:
    """A cleaner that can be sent to workers; there, it is built once per process however many tasks it runs.

    The rules travel with it, so that a worker needs no rule files. Two recipes with the same ``key`` clean alike.

    >>> Recipe.of(Cleaner(profile="facts")) == Recipe.of(Cleaner(profile="facts"))
    True
    >>> Recipe.of(Cleaner(profile="facts")) == Recipe.of(Cleaner(guard=0.5))
    False
    """

    key: str
    packed: bytes = field(repr=False, compare=False)

    @classmethod
    def of(cls, cleaner: Cleaner | None = None) -> Recipe:
        """The recipe of a cleaner, by default of the built-in rules."""
        cleaner = cleaner or default_cleaner()
        scorer = cleaner.scorer.digest if cleaner.scorer else ""
        settings = f"{cleaner.rules.digest} {cleaner.repair} {cleaner.guard} {cleaner.document_seconds} {scorer}"
        return cls(hashlib.sha256(settings.encode()).hexdigest()[:16], pickle.dumps(cleaner))

    def cleaner(self) -> Cleaner:
        """The cleaner, the same object each time in one process."""
        return _built(self)


@lru_cache(_MOST_CLEANERS)
def _built(recipe: Recipe) -> Cleaner:
    cleaner: Cleaner = pickle.loads(recipe.packed)
    return cleaner


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A row after cleaning. Without a ``result`` there was nothing to clean, or it failed, as a flag then tells."""

    text: str | None
    result: CleanResult | None = None
    flags: tuple[str, ...] = ()

    @property
    def spans(self) -> list[dict[str, int | str]]:
        """The edits by place, as the column ``removed`` has them."""
        edits = self.result.edits if self.result else ()
        return [{"start": edit.start, "end": edit.end, "rule": edit.rule} for edit in edits]

    @property
    def metadata(self) -> dict[str, str]:
        """A text for each name of metadata; "" where nothing was found."""
        known = self.result.metadata if self.result else {}
        return {name: known.get(name, "") for name in METADATA_FIELDS}

    @property
    def signals(self) -> dict[str, Any]:
        """The signals by name; None for each where there was nothing to clean."""
        return signals_of(self.result).as_dict() if self.result else dict.fromkeys(SIGNAL_NAMES)

    def found(self, signals: bool = False) -> dict[str, Any]:
        """What was found, for engines whose documents have metadata: flags, joined by "; ", metadata and, when
        they are wanted, signals.

        >>> list(Cleaned("", flags=("index",)).found())
        ['clean_flags', 'clean_metadata']
        """
        found: dict[str, Any] = {"clean_flags": "; ".join(self.flags), "clean_metadata": self.metadata}
        return found | {f"clean_{name}": value for name, value in (self.signals if signals else {}).items()}


def clean_row(text: str | None, document: DocumentInfo, cleaner: Cleaner) -> Cleaned:
    """Clean the text of a row, which keeps its own ending: without a final newline before, it has none after.

    Nothing raises: a text that cannot be cleaned stays as it is, flagged with the class of the error.

    >>> clean_row("The council met to vote on the bridge.\\n\\nFollow us on:", DocumentInfo(), default_cleaner()).text
    'The council met to vote on the bridge.'
    >>> clean_row(None, DocumentInfo(), default_cleaner())
    Cleaned(text=None, result=None, flags=())
    """
    if not text:
        return Cleaned(text)
    try:
        result = cleaner.clean_document(text, document)
        result.repaired.encode()  # no engine takes lone surrogates, and one in a batch would fail them all
        result.text.encode()
    except Exception as error:  # one bad document must not end the run of all others
        return Cleaned(text, None, (f"error:{type(error).__name__}",))
    # A row's text keeps its own ending: most have no final newline, and adding one would change every row.
    cleaned = result.text if text.endswith("\n") else result.text.removesuffix("\n")
    return Cleaned(cleaned, result, result.flags)
