"""Escapes of JSON and Python: a text is unescaped as a whole, or not at all."""

from __future__ import annotations

import pytest

from cleaner.text.edits import apply
from cleaner.text.escapes import escape_edits


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("The mayor\\u2019s bridge.\\n\\nShe said\\xa0so.", "The mayor’s bridge.\n\nShe said so."),
        ("L\\u2019\\u00e9t\\u00e9\\u00a0!", "L’été\xa0!"),
        ("\\u041c\\u044d\\u0440 \\u0441\\u043a\\u0430\\u0437\\u0430\\u043b.", "Мэр сказал."),
        ("\\u5e02\\u9577\\u3002\\n\\u6a4b", "市長。\n橋"),
        ('It closed.\\n\\"We wait,\\" she said.\\n', 'It closed.\n"We wait," she said.\n'),
        ("Der B\\u00fcrger \\ud83d\\ude80 kam.", "Der Bürger 🚀 kam."),
        ("It isn\\'t safe.\\r\\n\\r\\nThe mayor\\'s men left.", "It isn't safe.\n\nThe mayor's men left."),
        ("The mayor\\u2019s bridge.\nShe said \\u201cno\\u201d to us.", "The mayor’s bridge.\nShe said “no” to us."),
        ("L\\'été arrive.\nL\\'eau monte.", "L'été arrive.\nL'eau monte."),
        ("Le pont ferme. \\n \\nLe maire attend.", "Le pont ferme. \n \nLe maire attend."),
    ],
)
def test_an_escaped_text_is_unescaped(text: str, want: str) -> None:
    assert apply(text, escape_edits(text)) == want


@pytest.mark.parametrize(
    "text",
    [
        "Write \\u2019 for the apostrophe and \\n for a new line.",
        'print("The bridge is closed.\\nWe wait.")',
        'const name = "caf\\u00e9";',
        "The string `caf\\u00e9` has four letters.",
        "The file lies in C:\\Users\\new. It is caf\\u00e9.",
        "It holds that \\nabla f = 0.\\nThen \\theta grows.",
        "Write 'isn\\'t' for a word with an apostrophe.",
        "A regex: \\d+\\u00e9\\u00e8",
        "One caf\\u00e9 in a text\nof two lines.",
        "a \\/ b",
        "plain",
    ],
)
def test_backslashes_with_another_use_stay(text: str) -> None:
    assert list(escape_edits(text)) == []
