"""What the user reads about a path."""

from __future__ import annotations

from cleaner.errors import CleanerError
from cleaner.io.problems import Problem, RowsError, grouped


def test_a_problem_is_an_error_unless_it_is_a_note() -> None:
    assert Problem("a.txt", "is missing").fatal
    assert str(Problem("a.txt", "is empty", False)) == "a.txt: is empty"


def test_a_file_of_rows_that_cannot_be_read_on_is_an_expected_error() -> None:
    assert issubclass(RowsError, CleanerError)


def test_notes_that_say_the_same_are_one_and_errors_stay() -> None:
    errors = [Problem(name, "is missing") for name in ("a", "b")]
    notes = [Problem(name, "is empty", False) for name in ("c", "d", "e")]
    other = Problem("f", "is long", False)
    found = grouped([errors[0], *notes, errors[1], other])
    assert list(map(str, found)) == ["a: is missing", "c and 2 more: is empty", "b: is missing", "f: is long"]
