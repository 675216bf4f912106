"""Where the time of cleaning goes: seconds of each phase, measured on the running code.

A phase is a set of functions. While one of them runs, the time is its own, and not that of the phase that called it.
The clocks cost something too, so the shares are what counts, and not the sum.
"""

from __future__ import annotations

import contextlib
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from cleaner import Cleaner
from cleaner.engine import compiler, deciding, guard, hits, line_cache, loop, ownership, removal
from cleaner.engine.prefilter import ShapePrefilter
from cleaner.engine.wordings import Wordings
from cleaner.text import edits, normalize, prose, repair, zones
from cleaner.text.lines import TextView

__all__ = ["PHASES", "seconds_by_phase"]

PHASES: dict[str, Sequence[tuple[Any, str]]] = {
    "repair": [(repair, "repair")],
    "folding": [(normalize, "fold_lines"), (normalize, "plain")],
    "wordings": [(Wordings, "fitting")],
    "candidate search": [(ShapePrefilter, "candidates")],
    "confirming regexes": [(compiler._Pattern, "full_match"), (compiler._Pattern, "find")],
    "hits": [(line_cache.LineCache, "add"), (hits, "line_hits"), (hits, "span_hits")],
    "matchers": [(hits, "matcher_hits")],
    "context matchers": [(ownership, "_ask_context_matchers")],
    "decisions": [(ownership, "own_lines"), (deciding, "decide")],
    "antipatterns": [(compiler.CompiledRules, "search")],
    "prose and zones": [(prose, "is_prose"), (prose, "count_words"), (zones, "find_zones")],
    "views and edits": [(TextView, "__init__"), (removal, "remove_lines"), (edits, "apply"), (edits, "compose")],
    "guard and flags": [(guard, "refusal"), (loop, "_index_flag")],
    "the rest": [],
}
"""The functions of each phase, as the modules or classes that hold them and their names."""


class _Clock:
    """Adds up the time of phases, of which the innermost one counts."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self._running = ["the rest"]
        self._since = time.thread_time()

    def enter(self, phase: str) -> None:
        now = time.thread_time()
        self.spent[self._running[-1]] += now - self._since
        self._running.append(phase)
        self._since = time.thread_time()

    def leave(self) -> None:
        now = time.thread_time()
        self.spent[self._running.pop()] += now - self._since
        self._since = time.thread_time()

    def timed(self, phase: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function; what it yields is made at once, so that the time is its own."""

        def call(*arguments: Any, **named: Any) -> Any:
            self.enter(phase)
            try:
                made = function(*arguments, **named)
                return list(made) if isinstance(made, Iterator) else made
            finally:
                self.leave()

        return call


@contextlib.contextmanager
def _replaced(clock: _Clock) -> Iterator[None]:
    """The functions of all phases replaced by timed ones, wherever a module of cleaner has imported them."""
    before: list[tuple[Any, str, Any]] = []
    modules = [module for name, module in sys.modules.items() if name.startswith("cleaner")]
    for phase, functions in PHASES.items():
        for owner, name in functions:
            function = getattr(owner, name)
            timed = clock.timed(phase, function)
            holders = (
                [module for module in modules if vars(module).get(name) is function] if owner in modules else [owner]
            )
            for holder in holders:
                before.append((holder, name, function))
                setattr(holder, name, timed)
    try:
        yield
    finally:
        for holder, name, function in reversed(before):
            setattr(holder, name, function)


def seconds_by_phase(cleaner: Cleaner, texts: Sequence[str]) -> dict[str, float]:
    """Seconds of each phase of cleaning some texts, in the order of :data:`PHASES`."""
    for text in texts:
        cleaner.clean(text)  # compiles the regexes
    clock = _Clock()
    with _replaced(clock):
        for text in texts:
            cleaner.clean(text)
    return {phase: clock.spent[phase] for phase in PHASES}
