"""The order in which lines and hits are looked at."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cleaner.engine.order import FreeLines, Rounds

claims = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)).map(lambda pair: range(min(pair), max(pair))))


@given(claims)
def test_a_line_is_taken_by_the_first_who_claims_it(claims: list[range]) -> None:
    free, owners = FreeLines(), dict[int, int]()
    for number, lines in enumerate(claims):
        taken = list(free.take(lines))
        assert taken == [i for i in lines if i not in owners]
        owners |= dict.fromkeys(taken, number)


wishes_of = st.dictionaries(st.integers(0, 8), st.lists(st.integers(0, 8), max_size=3), max_size=6)


@given(wishes_of)
def test_rounds_go_as_if_each_went_over_all_numbers(wishes: dict[int, list[int]]) -> None:
    """A number asks for others the first time that it comes."""
    rounds, seen = Rounds(9), list[int]()
    for number in rounds:
        is_new = number not in seen
        seen.append(number)
        for other in wishes.get(number, ()) if is_new else ():
            rounds.again(other)
    expected, wanted = list[int](), set(range(9))
    while wanted:
        for number in range(9):
            if number in wanted:
                wanted.remove(number)
                wanted |= set(wishes.get(number, ())) if number not in expected else set()
                expected.append(number)
    assert seen == expected


def test_many_claims_of_the_same_lines_take_no_time() -> None:
    free = FreeLines()
    assert sum(len(list(free.take(range(i, 100_000)))) for i in range(100_000)) == 100_000
