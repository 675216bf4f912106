"""A TOML text is read with its comments and with the way it is written."""

from __future__ import annotations

import pytest

from cleaner.authoring.toml_layout import Array, Assignment, Blank, Comment, Header, Item, statements


def only_array(text: str) -> Array:
    (statement,) = statements(text)
    assert isinstance(statement, Assignment)
    assert isinstance(statement.value, Array)
    return statement.value


def test_nothing_holds_no_statements() -> None:
    assert list(statements("")) == []


def test_statements_come_in_order_with_their_comments() -> None:
    text = "# ours\n\n[rule . 'a.b']  # here\n  key = 1 # one\nlast = 2"
    header = Header("[rule . 'a.b']", "# here")
    assert header.keys == ("rule", "a.b")
    assert list(statements(text)) == [
        Comment("# ours"),
        Blank(),
        header,
        Assignment("key", "1", "# one"),
        Assignment("last", "2"),
    ]


@pytest.mark.parametrize(
    "value",
    [
        '"a # b = [c]"',
        "'''a\n# b\n\"'''",
        '"""a \\""" # b"""',
        "1979-05-27 07:32:00",
        "{ a = [1, # one\n 2], b = 'x' }",
        '"""ends in quotes"""""',
    ],
)
def test_a_value_is_kept_as_it_is_written(value: str) -> None:
    assert list(statements(f"key={value}#end\n")) == [Assignment("key", value, "#end")]


def test_a_dotted_key_has_several_parts() -> None:
    (statement,) = statements("unless . \"line\" = 'x'")
    assert isinstance(statement, Assignment)
    assert statement.keys == ("unless", "line")


def test_comments_belong_to_the_item_below_or_before_them() -> None:
    text = """it = [  # opening
      # above a
      # also above a
      'a', # behind a
      'b'  # behind b
      , 'c', 'd', # behind d
      # below
    ]"""
    assert only_array(text) == Array(
        (
            Item("'a'", ("# above a", "# also above a"), "# behind a"),
            Item("'b'", (), "# behind b"),
            Item("'c'"),
            Item("'d'", (), "# behind d"),
        ),
        "# opening",
        ("# below",),
    )


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("it = []", []),
        ("it = [\n\n]", []),
        ("it=['a',\n'b',]", ["'a'", "'b'"]),
        ("it = [[1, 2], { a = 'x, y' }]", ["[1, 2]", "{ a = 'x, y' }"]),
        ("it = ['''a,\n]''', \"]\"]", ["'''a,\n]'''", '"]"']),
    ],
)
def test_items_are_kept_as_they_are_written(text: str, items: list[str]) -> None:
    assert [item.text for item in only_array(text).items] == items
