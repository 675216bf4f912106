"""Start Python children that import nothing from the working directory.

Python puts the working directory first where a child looks for modules, until it has been told where its parent looks.
That directory may be somebody's data: a ``pickle.py`` in it would run. ``PYTHONSAFEPATH`` leaves it out.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["isolated_children"]

_NAME = "PYTHONSAFEPATH"
_turn = threading.RLock()


@contextmanager
def isolated_children() -> Iterator[None]:
    """Within the block this process starts children that do not import from the working directory.

    The environment is the only way to tell that to all of them: to ``multiprocessing``, its resource tracker and its
    fork server. A parent that was started with ``-E`` starts children that read no environment; give it ``-P`` or
    ``-I`` then.

    >>> with isolated_children():
    ...     os.environ[_NAME]
    '1'
    """
    with _turn:
        before = os.environ.get(_NAME)
        os.environ[_NAME] = "1"
        try:
            yield
        finally:
            if before is None:
                del os.environ[_NAME]
            else:
                os.environ[_NAME] = before
