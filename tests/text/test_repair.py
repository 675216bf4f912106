"""Repair: what is mended, what stays as the author wrote it, and that every step can be undone."""

from __future__ import annotations

import unicodedata

import pytest

from cleaner.text.deadline import Deadline, OutOfTimeError
from cleaner.text.repair import RepairConfig, repair, undo

KEPT = [
    "“Curly quotes” and ‘single’ ones stay.",
    "A ﬁne ligature, full-width ＡＢＣ, ½ and ™ stay.",
    "« Guillemets »\N{NO-BREAK SPACE}and a\N{NO-BREAK SPACE}no-break space stay.",
    "naïve café, Ærø, Øresund, Ångström",
    "می\N{ZERO WIDTH NON-JOINER}خواهم",
    "👩\N{ZERO WIDTH JOINER}🚀",
    "क्\N{ZERO WIDTH JOINER}ष",
    "ภาษา\N{ZERO WIDTH SPACE}ไทย",
    "“Ça va ?” — « Oui ! »",
    "5 < 6 and AT&T and R&D;",
    "  - an indented item",
    "Ó Á Ã Â ÇA",
    "“AMANHÃ” e «IRMÃ» e ‘MAÇÃ’, MAÇÃ® e MANHÃ – e não",
    "PÅ GATAN, Å gå og „ÎLE“ – L’ÉTÉ™",
    'Write "&amp;" for an ampersand, and `&lt;` for <.',
]


@pytest.mark.parametrize("text", KEPT)
def test_stays(text: str) -> None:
    assert repair(text + "\n").text == text + "\n"


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("Itâ€™s the mayorâ€™s bridge", "It’s the mayor’s bridge"),
        ("â€¢ Oops!", "• Oops!"),
        ("MÃ¼nchen und KÃ¶ln", "München und Köln"),
        ("ÐŸÑ€Ð¸Ð²ÐµÑ‚, Ð¼Ð¸Ñ€", "Привет, мир"),
        ("R&amp;D &mdash; and &#8217;", "R&D — and ’"),
        ("<b>The mayor&#8217;s</b> R&amp;D &lt;p&gt;", "<b>The mayor’s</b> R&D &lt;p&gt;"),
        ("The mayor\\u2019s bridge.\\n\\nShe said\\xa0so.", "The mayor’s bridge.\n\nShe said so."),
        ("It鈥檚 in M眉nchen, Bremer – DrÃ¥ber", "It’s in München, Bremer – Dråber"),
        ("A IRMÃ DE SÃ©rgio", "A IRMÃ DE Sérgio"),
        ("“AMANH&Atilde;” é", "“AMANHÃ” é"),
        ("a\x00b\x08c\x7fd", "abcd"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("one\N{LINE SEPARATOR}two", "one\ntwo"),
        ("Wer\N{SOFT HYPHEN}bung", "Werbung"),
        ("a\N{ZERO WIDTH SPACE}b\N{ZERO WIDTH NO-BREAK SPACE}c", "abc"),
        ("Latin\N{ZERO WIDTH NON-JOINER} text", "Latin text"),
        ("wide\N{NO-BREAK SPACE}\N{NO-BREAK SPACE} gap", "wide gap"),
        ("end\N{NO-BREAK SPACE}  ", "end"),
        ("a\n\n\n\n\nb", "a\n\nb"),
        ("\n\n  \na", "a"),
        ("a\n\n\n", "a"),
        ("cafe\N{COMBINING ACUTE ACCENT}", "café"),
        ("\ud83d\ude80", "🚀"),
        ("\x1b[1mbold\x1b[0m", "bold"),
        ("&am\N{SOFT HYPHEN}p; done", "& done"),
    ],
)
def test_mends(broken: str, mended: str) -> None:
    assert repair(broken).text == mended + "\n"


def test_the_empty_text_stays_empty() -> None:
    assert repair("").text == ""


def test_layout_can_be_left_alone() -> None:
    assert repair("a  \n\n\n\nb", RepairConfig(blanks=False)).text == "a  \n\n\n\nb"


def test_every_step_can_be_undone() -> None:
    text = "\n\nItâ€™s  \r\n\n\n\nWer\N{SOFT HYPHEN}bung &amp; more"
    done = repair(text)
    assert len(done.steps) >= 4
    assert undo(done.text, done.steps) == text


def test_steps_run_again_while_anything_changes() -> None:
    """Taking out the soft hyphen completes an entity, and its blank ends a line."""
    done = repair("end&nb\N{SOFT HYPHEN}sp;\n")
    assert done.text == "end\n"
    assert [step.name for step in done.steps] == ["invisible", "entities", "trailing-blanks"]


@pytest.mark.parametrize("text", ["ÅŒ", "ÃŽ", "aÃ", "x\n\nÅŒ", "É”", "Ã "])
def test_the_end_of_a_text_is_mended_as_the_end_of_a_line(text: str) -> None:
    once = repair(text).text
    assert once == repair(text + "\n").text
    assert repair(once).text == once


@pytest.mark.parametrize("depth", [1, 4, 5, 6, 12, 19, 20, 40, 400])
def test_entities_inside_entities_are_mended_to_the_last_or_not_at_all(depth: int) -> None:
    text = "&sh" * depth + "&shy;" + "y;" * depth + " end\n"
    done = repair(text)
    assert done.text == (" end\n" if done.settled else text)
    assert undo(done.text, done.steps) == text
    assert repair(done.text).text == done.text


def test_a_repair_that_takes_too_long_gives_up() -> None:
    steps = iter(range(1000))
    with pytest.raises(OutOfTimeError):
        repair("Itâ€™s\n" * 100, deadline=Deadline(50, lambda: float(next(steps))))
    assert next(steps) < 60


def test_marks_in_long_stacks_keep_their_order() -> None:
    """To bring them into order takes the square of their number."""
    text = "o" + "\u0315\u0300" * 100_000 + "\n"
    assert repair(text).text == text
    assert repair("o\u0315\u0300\n").text == "ò\u0315\n"


def test_a_clean_text_takes_no_step() -> None:
    assert repair("It’s clean.\n\nAnd stays so.\n").steps == ()


def test_normal_form_is_composed() -> None:
    assert unicodedata.is_normalized("NFC", repair("A\u030angstro\u0308m").text)
