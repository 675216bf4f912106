"""A cleaner sent to another process: a few kilobytes that say how to make it, and each process makes it once.

``ProcessPoolExecutor.map(cleaner.clean, texts)`` sends the cleaner with every text. A process keeps the last few
cleaners that it made or sent, so all texts but the first find theirs ready.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, TypeVar

__all__ = ["keep_built", "kept_or_built"]

_MOST_KEPT = 4
_built: OrderedDict[tuple[object, ...], Any] = OrderedDict()
_turn = threading.Lock()

Built = TypeVar("Built")


def keep_built(recipe: tuple[object, ...], built: object) -> None:
    """Keep a cleaner for when its recipe is met again: in this process, or in one that is forked off it."""
    with _turn:
        _built[recipe] = built
        _built.move_to_end(recipe)
        while len(_built) > _MOST_KEPT:
            _built.popitem(last=False)


def kept_or_built(recipe: tuple[object, ...], build: Callable[[], Built]) -> Built:
    """The cleaner of a recipe: the one that is kept, or a new one, which is kept from now on.

    >>> kept_or_built(("a recipe",), lambda: [1]) is kept_or_built(("a recipe",), lambda: [1])
    True
    """
    with _turn:
        found: Built | None = _built.get(recipe)
    if found is None:
        found = build()
        keep_built(recipe, found)
    return found
