"""Encoding repair: what it is called, how little it changes, and that the shortcut agrees with ftfy."""

from __future__ import annotations

import ast
import gzip
import json
import random
from pathlib import Path
from typing import Literal

import ftfy
import pytest
from ftfy.badness import MOJIBAKE_CATEGORIES

from cleaner.model import Edit
from cleaner.text.capitals import split_at_capitals
from cleaner.text.edits import apply
from cleaner.text.entities import entity_edits
from cleaner.text.misread import misread_edits
from cleaner.text.mojibake import encoding_edits
from cleaner.text.repair import RepairConfig, repair


def edits(text: str) -> list[Edit]:
    return list(encoding_edits(text, RepairConfig()))


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Itâ€™s", "repair.mojibake"),
        ("a\x08b", "repair.control-characters"),
        ("\x1b[1mbold", "repair.control-characters"),
        ("one\rtwo", "repair.line-breaks"),
        ("\ud83d\ude80", "repair.surrogates"),
        ("cafe\N{COMBINING ACUTE ACCENT}", "repair.normalization"),
    ],
)
def test_an_edit_names_what_was_wrong(text: str, rule: str) -> None:
    assert [edit.rule for edit in edits(text)] == [rule]


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
@pytest.mark.parametrize(
    "line",
    [
        "cafe\N{COMBINING ACUTE ACCENT} “No.”",
        "A\N{COMBINING TILDE}©tait",  # what is broken shows in the normal form only
        "Å½ and ½, ﬁne, ｈalf",
        "क\N{DEVANAGARI SIGN NUKTA} أحمد",
    ],
)
def test_a_line_that_lacks_nothing_but_its_normal_form_is_what_ftfy_makes_of_it(
    line: str, form: Literal["NFC", "NFD", "NFKC", "NFKD"]
) -> None:
    config = RepairConfig(normalization=form)
    found = list(encoding_edits(line, config))
    assert apply(line, found) == ftfy.fix_and_explain(line + "\n", config.ftfy).text.removesuffix("\n")


def test_an_edit_is_as_small_as_can_be() -> None:
    assert edits("It is cafe\N{COMBINING ACUTE ACCENT} time.") == [Edit(9, 11, "é", "repair.normalization")]


def test_a_line_does_not_depend_on_its_neighbours() -> None:
    text = "“AMANHÃ” é\nMÃ¼nchen\n"
    assert apply(text, edits(text)) == "“AMANHÃ” é\nMünchen\n"


def test_a_very_long_line_is_mended_in_pieces() -> None:
    text = "Itâ€™s the mayor and the bridge. " * 5000
    assert apply(text, edits(text)) == text.replace("â€™", "’")


def test_a_long_line_that_cannot_be_cut_is_mended_all_the_same() -> None:
    text = "x" * 120_000 + "Itâ€™s"
    assert apply(text, edits(text)) == "x" * 120_000 + "It’s"


def _by_ftfy(text: str) -> str:
    """The reference: ftfy on every line, cut at right capitals, with the same configuration and no shortcut."""
    config = RepairConfig().ftfy
    text = apply(text, misread_edits(text))
    text = apply(text, entity_edits(text))
    lines = [line + "\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    return "".join(ftfy.fix_and_explain(piece, config).text for line in lines for piece in split_at_capitals(line))


ONLY_ENCODING = RepairConfig(invisible=False, soft_hyphens=False, blanks=False, escapes=False)
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
    for _ in range(25_000):
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
