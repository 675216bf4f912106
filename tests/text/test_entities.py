"""Entities: leftovers are mended, and those that a text is about stay."""

from __future__ import annotations

import pytest

from cleaner.text.edits import apply
from cleaner.text.entities import entity_edits


@pytest.mark.parametrize(
    "text",
    [
        'x = text.replace("&", "&amp;");',
        'Write "&nbsp;" or “&amp;” or `&lt;br&gt;` there.',
        "<code>&eacute;</code> is é",
        "<html>&eacute;",
        "```\nR&amp;D\n```",
        "if a &lt; b && c",
        "<p>&lt;b&gt; and &amp;lt; are no tags</p>",
        "5 < 6 &amp; 7",
        '<a href="x?a=1&amp;b=2">link</a>',
        "In HTML, write &amp; for an ampersand.",
        "Die Entität &uuml; steht für ü.",
        "L'entité &eacute; donne é en HTML.",
        "La entidad &ntilde; es ñ.",
        "&nosuchthing; &; AT&T; a&b",
    ],
)
def test_entities_that_are_meant_stay(text: str) -> None:
    assert list(entity_edits(text)) == []


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("R&amp;D, caf&eacute; &#8217; &#x2014;", "R&D, café ’ —"),
        ("The mayor&#8217;s <b>bridge</b> cost &pound;5m &amp; more.", "The mayor’s <b>bridge</b> cost £5m & more."),
        ("HTML &amp; CSS &amp; caf&eacute;s", "HTML & CSS & cafés"),
        (
            "She writes HTML. " + 9 * "The bridge is closed. " + "R&amp;D",
            "She writes HTML. " + 9 * "The bridge is closed. " + "R&D",
        ),
        ("<p>K&ouml;ln</p>", "<p>Köln</p>"),
        ("<a href='x'>L&rsquo;&eacute;t&eacute;</a><br/>", "<a href='x'>L’été</a><br/>"),
        ("&amp;amp;quot;Yes&amp;amp;quot; &amp;amp; no", '"Yes" & no'),
        ("&NTILDE;", "Ñ"),
        ("```\na\n```\nR&amp;D", "```\na\n```\nR&D"),
    ],
)
def test_leftover_entities_are_mended(text: str, want: str) -> None:
    assert apply(text, entity_edits(text)) == want


def test_entities_in_many_blocks_of_code_are_found_block_by_block() -> None:
    text = "```\n&amp;\n```\nR&amp;D\n" * 20_000
    assert len(list(entity_edits(text))) == 20_000
