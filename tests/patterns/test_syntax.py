"""The parser: what it reads, where each node stands, and what it refuses."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.patterns.characters import UnreadableError
from cleaner.patterns.syntax import (
    ENDLESS,
    Assertion,
    Atomic,
    Char,
    Choice,
    Node,
    Reference,
    Repeat,
    Sequence,
    parse,
)
from cleaner.rules import builtin_rules


def nodes(tree: Node) -> Iterator[Node]:
    yield tree
    match tree:
        case Sequence(items=children) | Choice(branches=children):
            for child in children:
                yield from nodes(child)
        case Atomic(body=body) | Repeat(body=body) | Assertion(body=body) if body is not None:
            yield from nodes(body)


def texts(pattern: str) -> list[str]:
    """What stands at each node that has a place."""
    placed = (node for node in nodes(parse(pattern)) if isinstance(node, Char | Assertion | Repeat | Reference))
    return [pattern[node.start : node.end] for node in placed]


def chars(pattern: str) -> list[str]:
    return [node.text for node in nodes(parse(pattern)) if isinstance(node, Char)]


@pytest.mark.parametrize(
    ("pattern", "want"),
    [
        ("ab?", ["a", "b?", "b"]),
        (r"\bads$", [r"\b", "a", "d", "s", "$"]),
        (r"[a-z]+\.", ["[a-z]+", "[a-z]", r"\."]),
        (r"(?:ab){2,3}?c", ["(?:ab){2,3}?", "a", "b", "c"]),
        (r"(?P<author>\w+)!", [r"\w+", r"\w", "!"]),
        (r"x(?=y)", ["x", "(?=y)", "y"]),
        (r"(a)\1", ["a", r"\1"]),
        (r"\p{Lu}\PL", [r"\p{Lu}", r"\PL"]),
    ],
)
def test_a_node_knows_where_it_stands(pattern: str, want: list[str]) -> None:
    assert texts(pattern) == want


@pytest.mark.parametrize(
    ("quantifier", "least", "most", "possessive"),
    [
        ("*", 0, ENDLESS, False),
        ("+?", 1, ENDLESS, False),
        ("?", 0, 1, False),
        ("++", 1, ENDLESS, True),
        ("{3}", 3, 3, False),
        ("{3,}", 3, ENDLESS, False),
        ("{,3}", 0, 3, False),
        ("{,}", 0, ENDLESS, False),
        ("{2,3}+", 2, 3, True),
    ],
)
def test_a_quantifier_says_how_many_times(quantifier: str, least: int, most: int, possessive: bool) -> None:
    repeat = parse(f"a{quantifier}")
    assert isinstance(repeat, Repeat)
    assert (repeat.least, repeat.most, repeat.possessive) == (least, most, possessive)


@pytest.mark.parametrize("pattern", ["a{}", "a{ 2}", "{2", "a{,"])
def test_braces_without_a_count_are_letters(pattern: str) -> None:
    assert "".join(chars(pattern)) == pattern


def test_a_choice_has_branches_of_which_one_may_be_empty() -> None:
    tree = parse("a|bc|")
    assert isinstance(tree, Choice)
    assert [isinstance(branch, Char) for branch in tree.branches] == [True, False, False]
    assert tree.branches[2] == parse("") == Sequence(())


@pytest.mark.parametrize(
    "pattern", ["(?:ab)", "(ab)", "(?P<n>ab)", "(?<n>ab)", "(?i:ab)", "a(?#never (mind)b", "(?|ab)"]
)
def test_groups_and_comments_leave_no_node(pattern: str) -> None:
    assert chars(pattern) == ["a", "b"]
    assert isinstance(parse(pattern), Sequence)


def test_an_atomic_group_is_a_node() -> None:
    assert isinstance(parse("(?>a+)"), Atomic)


@pytest.mark.parametrize("text", [r"\A", r"\Z", r"\B", r"\m", r"\K", "^", "$"])
def test_an_anchor_reads_nothing(text: str) -> None:
    assert parse(text) == Assertion(0, len(text), text)


@pytest.mark.parametrize("begin", ["(?=", "(?!", "(?<=", "(?<!"])
def test_a_look_around_has_a_body(begin: str) -> None:
    tree = parse(f"{begin}a)")
    assert isinstance(tree, Assertion)
    assert tree.text == begin
    assert isinstance(tree.body, Char)


def ignoring(pattern: str, ignore_case: bool = True) -> str:
    """The characters that ignore case."""
    return "".join(
        node.text for node in nodes(parse(pattern, ignore_case)) if isinstance(node, Char) and node.ignore_case
    )


def test_a_flag_holds_to_the_end_of_its_group() -> None:
    assert ignoring("a(?-i:b)c") == "ac"
    assert ignoring("a(?i:b)c", ignore_case=False) == "b"
    assert ignoring("a(?:b(?i)c)d(?i)e", ignore_case=False) == "ce"


@pytest.mark.parametrize(
    ("pattern", "want"),
    [
        ("(?x) a b # a (comment\n c", ["a", "b", "c"]),
        (r"(?x) a \  [ #] \# b", ["a", r"\ ", "[ #]", r"\#", "b"]),
        ("(?x: a b ) c", ["a", "b", " ", "c"]),
        ("(?x: a (?-x: b) )c", ["a", " ", "b", "c"]),
        ("a b(?x) c", ["a", " ", "b", "c"]),
    ],
)
def test_the_verbose_flag_takes_out_blanks_and_comments(pattern: str, want: list[str]) -> None:
    assert chars(pattern) == want


def test_a_quantifier_may_stand_apart_in_a_verbose_pattern() -> None:
    tree = parse("(?x) a # once or twice\n {1,2} ")
    assert isinstance(tree, Repeat)
    assert (tree.least, tree.most) == (1, 2)


def referred(pattern: str) -> list[Node | None]:
    return [node.body for node in nodes(parse(pattern)) if isinstance(node, Reference)]


def test_a_reference_knows_its_group() -> None:
    one, other = (node for node in nodes(parse("(a)(?P<n>b)")) if isinstance(node, Char))
    assert referred(r"(a)(?P<n>b)\1(?P=n)\2\g<n>") == [one, other, other, other]


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?P<n>a)|(?P<n>bc)|(?P=n)",
        r"(?|(a)|(bc))(d)\2",
        r"(a\1)",
        r"(?P<n>a)(?P>n)",
        r"\X",
        r"\R",
    ],
)
def test_what_a_reference_reads_may_be_unknown(pattern: str) -> None:
    assert referred(pattern) == [None]


@pytest.mark.parametrize(
    "pattern",
    [
        "(?:foobar){e<=1}",
        "(?:foobar){e}",
        "a{i,d}",
        "(?x) a {e<=1}",
        "(a)?(?(1)b|c)",
        "(?(DEFINE)a)",
        "(?R)",
        "(?1)(a)",
        "(?V1)[a--b]",
        "(?f)ß",
        "(*PRUNE)a",
        "*a",
        "(a",
        "a)",
        "[a",
        "\\",
        r"\y",
        "(" * 5000 + "a" + ")" * 5000,
    ],
)
def test_what_is_not_known_is_refused(pattern: str) -> None:
    with pytest.raises(UnreadableError, match="cannot read"):
        parse(pattern)


@given(st.text("ab(|)[]?*+{}<>=!:^$\\.,-#1dwpPNx \n", max_size=20))
def test_any_text_is_read_or_refused(pattern: str) -> None:
    try:
        tree = parse(pattern)
    except UnreadableError:
        return
    placed = [node for node in nodes(tree) if isinstance(node, Char | Assertion | Repeat | Reference)]
    assert all(0 <= node.start < node.end <= len(pattern) for node in placed)


def test_every_builtin_pattern_is_read() -> None:
    rules = builtin_rules()
    patterns = {rules.expand(text) for rule in rules for group in rule.patterns.values() for text in group}
    assert len(patterns) > 500
    for pattern in patterns:
        parse(pattern)
