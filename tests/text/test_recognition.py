"""Texts that are no texts are recognised, and articles are not."""

from __future__ import annotations

import pytest

from cleaner import Cleaner
from cleaner.text.recognition import looks_like, shape_flags
from tests.articles import article

PROSE = "The council met on Tuesday to vote on the old bridge, which the town wants to close for three months.\n"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        PROSE,
        "Title\n\n" + PROSE,
        "text, and more\nwords, and more\n",
        "Text: the council\n" + PROSE,
        "Bridge, body, text\n" + PROSE,
        "Body and soul; title and text\n" + PROSE,
        "Title,Author\nThe Bridge,Ann Hollis\nThe River,Ben Mill\n",
        "Text;Musik\nAnna Hollis;Ben Müller\n",
        "body,mind\nand soul, she said.\nall of it, too.\n",
        '{"error": "bridge closed"}\n\nThis was the message that everybody saw on Tuesday: {"error": "river"}\n',
        "<b>Bold</b> claims were made on Tuesday.\n",
        "<3 is what the mayor wrote.\n",
        "<p> is the tag of a paragraph, says the author of this post about HTML.\n",
        "<html> is the first tag that he learned.",
        "{name} is what the letter said.\n",
        '{"quoted": braces} open this article, which goes on in prose.\n' + PROSE,
        "[Update] The council met.\n",
        "[1] {2} and so on\n",
        "text|speech\n" + PROSE,
        "title,text\n" + PROSE * 2 + "One, two, three.\n",
        "Name\tPoints\nAnn\t3\nJohn\t5\n",
        "Text|Foto Anna Hollis\n" + PROSE.replace(" to", "|to") * 2,
        "sep=; is a line that Excel knows.\n" + PROSE,
        "sep=;\n" + PROSE * 2,
        "sep=,\nis a line, says Excel.\nIt helps, now and then, she says.\n",
    ],
)
def test_articles_are_articles(text: str) -> None:
    assert looks_like(text) == ""


@pytest.mark.parametrize("number", range(12))
def test_our_articles_have_no_such_flag(number: int) -> None:
    assert shape_flags(article(number)) == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("\n<!DOCTYPE html>\n<html><head></head></html>", "html"),
        ("<?xml version='1.0'?>\n<!-- a page -->\n<html xmlns='x'><body></body>", "html"),
        ("<p>The council met.</p>\n<p>It voted.</p>", "html"),
        ('<div class="article"><h1>Bridge</h1><p>The council met.</p></div>', "html"),
        ('{"text": "The council met."}\n', "json"),
        ('{"text": "one"}\n{"text": "two"}\n', "jsonl"),
        ('[\n  {\n    "text": "The council met."\n  }\n]\n', "json"),
        ('{\n  "articles": []\n}', "json"),
        ("id,text\n1,The council met.\n", "csv"),
        ('id;"text"\n1;"The council\nmet; it voted."\n2;x\n', "csv"),
        ("id,article text\n1,The council met.\n", "csv"),
        ("sep=;\r\nNr;Inhalt\r\n1;The council met.\r\n", "csv"),
        ('\ufeff"sep=^"\nid^text\n1^The council met.\n', "csv"),
        ("url\tarticleBody\r\na\tThe council met.\r\n", "csv"),
    ],
)
def test_pages_json_and_csv_are_not(text: str, kind: str) -> None:
    assert looks_like(text) == kind
    assert shape_flags(text) == (f"looks-like-{'json' if kind == 'jsonl' else kind}",)


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("Nr,Inhalt,Größe (cm)\n1,The council met.,2\n", ""),
        ('\ufeff"Nr";"Inhalt"\r\n1;"The council\nmet."\r\n', ""),
        ("Nr|Inhalt\n", ""),
        ("Nr^Inhalt\n1^The council met.\n", "^"),
    ],
)
def test_a_column_that_the_user_knows_makes_csv(text: str, delimiter: str) -> None:
    assert looks_like(text) == ""
    assert looks_like(text, ["Inhalt", "Titel"], delimiter) == "csv"


@pytest.mark.parametrize(
    "text",
    [PROSE, f"Inhalt\n\n{PROSE}", f"Inhalt, Titel\n{PROSE}", f"Inhalt,Titel\n{PROSE}{PROSE}It voted, too, she said.\n"],
)
def test_prose_is_no_csv_whatever_the_user_knows(text: str) -> None:
    assert looks_like(text, ["Inhalt"]) == ""


def test_the_cleaner_says_so(cleaner: Cleaner) -> None:
    assert cleaner.clean('[{"text": "The council met."}]').flags == ("looks-like-json",)
    assert cleaner.clean(b"<p>The council met.</p><p>It voted.</p>").flags == ("looks-like-html",)
