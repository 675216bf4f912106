"""The cache of lines: it asks the rules once, and its views share what they find out."""

from __future__ import annotations

import pytest

from cleaner.engine.compiler import CompiledRules, Fits
from cleaner.engine.limits import Limits
from cleaner.engine.line_cache import LineCache
from cleaner.model import DocumentInfo
from cleaner.text.deadline import Deadline, OutOfTimeError
from tests.engine.making import compiled


def test_a_line_is_asked_about_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    original = CompiledRules.fits

    def fits(rules: CompiledRules, lines: list[str], limits: Limits) -> Fits:
        asked.extend(lines)
        return original(rules, lines, limits)

    monkeypatch.setattr(CompiledRules, "fits", fits)
    cache = LineCache(compiled('lines = ["Share"]'))
    cache.add(["Share", "The town"])
    cache.add(["The town", "Share", "New"])
    assert asked == ["Share", "The town", "New"]
    assert list(cache.lines) == ["Share"]


def test_the_clock_is_looked_at_while_many_lines_are_asked_about() -> None:
    ticks = iter(range(100))
    limits = Limits(Deadline(2.5, lambda: float(next(ticks))))
    with pytest.raises(OutOfTimeError):
        LineCache(compiled('lines = ["Share"]'), limits).add(map(str, range(100_000)))
    assert next(ticks) == 4


def test_all_kinds_of_fits_are_kept() -> None:
    cache = LineCache(compiled("unit = 'span'\npattern = '\\(voa\\)'", "unit = 'block'\nlines = ['Story continues']"))
    cache.add(["Newford (VOA)", "Story"])
    assert list(cache.spans) == ["Newford (VOA)"]
    assert cache.block_starts == {"Story"}
    assert cache.limits.timeouts == set()


def test_views_share_what_they_find_out() -> None:
    cache = LineCache(compiled('lines = ["Share"]'))
    first, second = (cache.view("The town\n", DocumentInfo()) for _ in range(2))
    assert first.is_prose(0) is second.is_prose(0) is False
    assert first.key(0) == second.key(0) == "the town"
    assert first.prose is second.prose
