"""What regexes may cost on one document."""

from __future__ import annotations

from itertools import count

import pytest

from cleaner.engine.limits import TIMEOUT, Limits
from cleaner.text.deadline import Deadline, OutOfTimeError


def test_a_regex_gets_no_more_time_than_the_document_has() -> None:
    now = [0.0]
    limits = Limits(Deadline(10.0, lambda: now[0]))
    assert limits.seconds() == TIMEOUT
    now[0] = 9.9
    assert min(limits.seconds() for _ in range(8)) == pytest.approx(0.1)
    now[0] = 10.1
    with pytest.raises(OutOfTimeError):
        [limits.seconds() for _ in range(8)]


def test_the_clock_is_looked_at_for_some_regexes_only() -> None:
    looks = count()
    limits = Limits(Deadline(1e6, lambda: next(looks)))
    for _ in range(80):
        limits.seconds()
    assert next(looks) == 11


def test_the_first_regex_may_take_what_the_document_has_left_and_no_regex_more_than_a_quarter_of_a_second() -> None:
    limits = Limits(Deadline(0.125, lambda: 0.0))
    assert [limits.seconds() for _ in range(9)] == [0.125, *[0.25] * 7, 0.125]


def test_what_took_too_long_is_remembered_for_this_document_alone() -> None:
    limits = Limits()
    limits.give_up("own.x", "(a|a)+b")
    assert limits.is_slow("(a|a)+b")
    assert not limits.is_slow("a+b")
    assert not Limits().is_slow("(a|a)+b")
