"""What differs from the expected text, and why."""

from __future__ import annotations

from cleaner import Cleaner
from cleaner.authoring.differences import reasons, unified_diff

BODY = "The town council met on Tuesday evening and voted to repair the old stone bridge over the river."


def test_equal_texts_have_no_diff() -> None:
    assert unified_diff("a\n", "a\n", "x", "y") == ""


def test_invisible_characters_are_spelled_out() -> None:
    diff = unified_diff("a\N{NO-BREAK SPACE}b\r\n", "a b\n", "x", "y").split("\n")
    assert diff[-2:] == ["-a\\xa0b\\r", "+a b"]


def test_other_line_ends_of_python_stay_inside_a_line() -> None:
    assert unified_diff("a\x0bb\n", "a\n", "x", "y").split("\n")[3:] == ["-a\\x0bb", "+a"]


def why(cleaner: Cleaner, text: str, expected: str) -> list[str]:
    return [line.strip() for line in reasons(expected, *cleaner.explain(text))]


def test_a_line_that_is_gone_names_the_rule(cleaner: Cleaner) -> None:
    text = f"{BODY}\n\nFollow us on:\n"
    assert why(cleaner, text, text) == ["- 'Follow us on:'", "removed by follow-us.networks"]


def test_a_line_that_was_never_there_is_told_apart(cleaner: Cleaner) -> None:
    assert why(cleaner, f"{BODY}\n", f"{BODY}\n\nFish prices\n") == [
        "- 'Fish prices'",
        "the input, repaired, has no such line",
    ]


def test_a_line_that_came_out_names_what_spared_it(cleaner: Cleaner) -> None:
    text = f"{BODY}\n\nMore of it was said.\n\nShare\n\n{BODY.replace('council', 'board')}\n"
    found = why(cleaner, text, text.replace("Share\n\n", ""))
    assert found[0] == "+ 'Share'"
    assert found[1:]
    assert all("spared it: zone " in line for line in found[1:])


def test_a_line_that_no_rule_fits_says_so(cleaner: Cleaner) -> None:
    text = f"{BODY}\n\nAll the news\n"
    assert why(cleaner, text, f"{BODY}\n") == ["+ 'All the news'", "no rule's wording fits it"]
