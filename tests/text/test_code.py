"""Signs of program code, and what is none."""

from __future__ import annotations

import pytest

from cleaner.text.code import fenced_blocks, in_backticks, looks_like_code


@pytest.mark.parametrize(
    "line",
    [
        'text.replace("&", "&amp;")',
        "if (a &lt; b &amp;&amp; c) {",
        'title = "R&amp;D"',
        "items.map(x =&gt; x + 1) => 2",
        "$ grep -c foo",
        "std::string s;",
    ],
)
def test_code_is_known(line: str) -> None:
    assert looks_like_code(line)


@pytest.mark.parametrize(
    "line",
    [
        "R&amp;D costs money;&nbsp;it pays.",
        "He said (“R&amp;D”) that $5 million went.",
        "<a href='x'>Smith &amp; Sons</a> sold it.",
        'The mayor ("R&amp;D man") agreed.',
    ],
)
def test_prose_is_not_code(line: str) -> None:
    assert not looks_like_code(line)


def test_places_in_backticks() -> None:
    assert in_backticks("`a`", 1)
    assert not in_backticks("`a` b", 4)
    assert not in_backticks("`a b", 2)


def test_fences_pair_with_their_own_kind() -> None:
    text = "```\n~~~\n```\n~~~\na"
    assert list(fenced_blocks(text)) == [(0, 11)]
    assert list(fenced_blocks("no fence")) == []
