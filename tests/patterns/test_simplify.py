"""Simplified trees: what is joined, what is moved out of alternatives, and what is left alone."""

from __future__ import annotations

import pytest

from cleaner.patterns.simplify import Parts, simplified
from cleaner.patterns.syntax import Assertion, Atomic, Char, Choice, Node, Reference, Repeat, Sequence, parse


def written(parts: Parts) -> str:
    """The parts as a pattern, with classes for merged characters."""
    return "".join(map(_written, parts))


def _written(node: Node) -> str:
    match node:
        case Char(chars=chars):
            return chars.only or f"[{chars.listed}]"
        case Sequence(items=items):
            return written(items)
        case Choice(branches=branches):
            return f"(?:{'|'.join(map(_written, branches))})"
        case Repeat(body=body, least=least, most=most):
            return f"(?:{_written(body)}){{{least},{most}}}"
        case Atomic(body=body):
            return f"(?>{_written(body)})"
        case Assertion(text=text, body=body):
            return text if body is None else f"{text}{_written(body)})"
        case Reference():
            return "(?P=x)"


@pytest.mark.parametrize(
    ("pattern", "want"),
    [
        ("abc", "abc"),
        ("a(?:b(?:c))d", "abcd"),
        ("a|b", "[ab]"),
        ("a|[bc]|a", "[abc]"),
        ("foo|bar", "(?:foo|bar)"),
        ("foo|foobar", "foo(?:|bar)"),
        ("(?:by ann|by bob) smith", "by (?:ann|bob) smith"),
        ("(?:ab|ac)d|ae", "a(?:[bc]d|e)"),
        ("(?:ads|adz){2,3}", "(?:ad[sz]){2,3}"),
        ("(?>ab|ac)", "(?>a[bc])"),
        ("(?=ab|ac)", "(?=a[bc])"),
        ("^a|^b", "^[ab]"),
        ("a|", "(?:a|)"),
        ("a?b|a?c", "(?:(?:a){0,1}b|(?:a){0,1}c)"),
    ],
)
def test_a_tree_is_simplified(pattern: str, want: str) -> None:
    assert written(simplified(parse(pattern))) == want


def test_all_but_some_characters_are_not_merged() -> None:
    (choice,) = simplified(parse("[^a]|b|."))
    assert isinstance(choice, Choice)
    assert len(choice.branches) == 3


def test_the_empty_pattern_has_no_parts() -> None:
    assert simplified(parse("")) == ()


def test_simplifying_twice_is_simplifying_once() -> None:
    parts = simplified(parse(r"(?:by (?:ann|anna)|by \d+)(?:x|y)*"))
    assert simplified(Sequence(parts)) == parts
