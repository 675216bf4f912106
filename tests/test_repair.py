"""Repair: what is mended, what stays as the author wrote it, and that the shortcut agrees with ftfy."""

from __future__ import annotations

import ast
import gzip
import json
import random
import sys
import unicodedata
from pathlib import Path

import ftfy
import pytest
from ftfy.badness import MOJIBAKE_CATEGORIES

from cleaner.repair import RepairConfig, _next_suspect, repair, undo

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


@pytest.mark.parametrize(
    ("option", "text", "want"),
    [
        ({"mojibake": False}, "Itâ€™s", "Itâ€™s"),
        ({"entities": False}, "R&amp;D", "R&amp;D"),
        ({"normalization": None}, "e\N{COMBINING ACUTE ACCENT}", "e\N{COMBINING ACUTE ACCENT}"),
        ({"soft_hyphens": False}, "Wer\N{SOFT HYPHEN}bung", "Wer\N{SOFT HYPHEN}bung"),
        ({"control_characters": False}, "a\x08b", "a\x08b"),
        ({"line_breaks": False}, "a\N{LINE SEPARATOR}b", "a\N{LINE SEPARATOR}b"),
        ({"straight_quotes": True}, "“It’s”", '"It\'s"'),
        ({"plain_ligatures": True}, "ﬁne", "fine"),
        ({"narrow_forms": True}, "ＡＢＣ", "ABC"),
    ],
)
def test_every_repair_can_be_switched(option: dict[str, object], text: str, want: str) -> None:
    assert repair(text + "\n", RepairConfig(**option)).text == want + "\n"  # type: ignore[arg-type]


def test_layout_can_be_left_alone() -> None:
    assert repair("a  \n\n\n\nb", RepairConfig(blanks=False)).text == "a  \n\n\n\nb"


def test_every_step_can_be_undone() -> None:
    text = "\n\nItâ€™s  \r\n\n\n\nWer\N{SOFT HYPHEN}bung &amp; more"
    done = repair(text)
    assert len(done.steps) >= 4
    assert undo(done.text, done.steps) == text


def _by_ftfy(text: str) -> str:
    """The reference: ftfy on every line, with the same configuration and no shortcut."""
    config = RepairConfig().ftfy
    lines = [line + "\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    return "".join(ftfy.fix_and_explain(line, config).text for line in lines)


ONLY_ENCODING = RepairConfig(invisible=False, soft_hyphens=False, blanks=False)
_POOLS = (
    "abc XYZ 019 .,;:!?-'\"()",
    "éèüöäßñçøåæœŒÃÂàáÀÉ",
    "’“”‘–—…•€™©®°±²³½¼«»¡¿",
    "".join(map(chr, range(0x80, 0x100))),
    "ВГРСабвгдежзи АБВ",
    "ΒΓΞΟαβγδε",
    "中文日本語。、！",
    "اللغةहिन्दी한국어",
    "&amp;&lt;&#39;&nbsp;&;<>",
    "\x00\x07\x0b\x0c\x1b\x7f\x85\xa0\xad\u200b\u2028\ufeff\ufffd",
    "e\u0301o\u0308\u212b\ufb01",
    "\u2500\u2502\u2580\u2591\u25ca\u221a\u2202\u2206",
    # What ftfy looks for, by its own account.
    "".join(MOJIBAKE_CATEGORIES.values()).replace("-", "").replace("\\", ""),
)


def _random_text(chance: random.Random) -> str:
    pools = chance.sample(_POOLS, chance.randint(1, 3))
    text = "".join(chance.choice(chance.choice(pools)) for _ in range(chance.randint(1, 40)))
    if chance.random() < 0.3:
        codec = chance.choice(["cp1252", "latin-1", "cp1251", "cp1250", "macroman", "cp437"])
        text = text.encode("utf-8", "replace").decode(codec, "replace")
    return text


@pytest.mark.slow
def test_the_shortcut_equals_ftfy_on_random_text() -> None:
    chance = random.Random(20261122)
    for _ in range(100_000):
        text = _random_text(chance)
        fixed = repair(text, ONLY_ENCODING).text
        assert fixed == _settled(text), ascii(text)


def _settled(text: str) -> str:
    """What the reference makes of a text when it runs, as repair does, until nothing changes.

    A line break that ftfy wrote makes new lines.
    """
    once = _by_ftfy(text)
    while (again := _by_ftfy(once)) != once:
        once = again
    return once


@pytest.mark.slow
def test_the_shortcut_equals_ftfy_on_the_strings_ftfy_ships() -> None:
    """Its sources explain themselves by examples of what breaks, in docstrings and tables."""
    found = 0
    for file in Path(ftfy.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found += not node.value.isascii()
                assert repair(node.value, ONLY_ENCODING).text == _settled(node.value)
    assert found >= 50


@pytest.mark.slow
def test_the_shortcut_equals_ftfy_on_every_corpus(shared: Path) -> None:
    seen = 0
    for file in (*sorted((shared / "corpus").glob("*.resiliparse.jsonl.gz")), shared / "corpus" / "harm.jsonl.gz"):
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                text = json.loads(line)["text"]
                assert repair(text, ONLY_ENCODING).text == _settled(text), file.name
                seen += 1
    assert seen > 900


def test_whatever_can_compose_is_looked_at() -> None:
    """Combining characters, what has another normal form, and what the character before it can take in."""
    composing = {chr(code) for code in (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))}  # Hangul, by rule
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        parts = unicodedata.decomposition(char).split()
        if len(parts) == 2 and not parts[0].startswith("<"):
            composing.add(chr(int(parts[1], 16)))
        if unicodedata.combining(char) or (unicodedata.normalize("NFC", char) != char):
            composing.add(char)
    missed = [char for char in composing if not _next_suspect(f"a{char}b", RepairConfig())(f"a{char}b", 0)]
    assert missed == []


def test_normal_form_is_composed() -> None:
    assert unicodedata.is_normalized("NFC", repair("A\u030angstro\u0308m").text)
