"""Mojibake that ftfy leaves: single letters among right ones, and UTF-8 that was read as Chinese or Japanese.

ftfy looks at a pair of characters alone ("Ã¥" is none of its bad pairs), where the letters around it say more: no word
goes on after a capital Ã, "DrÃ¥ber". It does not know GBK and Shift JIS, in which "It’s" becomes "It鈥檚" and "It窶冱".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.model import Edit
from cleaner.text.lazy_regex import lazily

__all__ = ["misread_edits"]

_RULE = "repair.mojibake"
_SECOND = "".join(bytes([byte]).decode("cp1252", "ignore") for byte in range(0x80, 0xC0))
# Inside a word, or at its beginning where what follows is no quote: Å¡koda, Ã…lesund. Each form begins with the letter
# it is about, which re looks for ten times as fast as for what stands before it.
_LEADS = "ÃÄÅ"
_PAIR = lazily(
    re.compile,
    f"[{_LEADS}](?:(?<=[a-zß-öø-ÿ].)|(?<=\\b[A-ZÀ-Þ].))[{_SECOND}](?=[a-zß-öø-ÿ])"
    "|Ã(?<!\\w.)[–…˜œ‰€‡][a-zß-öø-ÿ]|Å(?<!\\w.)[¡¾½][a-zß-öø-ÿ]",
    re.DOTALL,
)
_TRIPLE = {"鈥": "gbk", "窶": "cp932"}
_QUOTE = {lead: lazily(re.compile, f"{lead}[\u3400-\u9fff\uff61-\uff9f]") for lead in _TRIPLE}
_HAN = re.compile("[\u3040-\u30ff\u3400-\u9fff]")


def _gbk_letters() -> dict[str, str]:
    """The small letters of Latin-1 by the Chinese character that GBK reads in their two bytes of UTF-8."""
    letters = (chr(code) for code in range(0xDF, 0x100) if chr(code).isalpha())
    return {letter.encode().decode("gbk"): letter for letter in letters if len(letter.encode().decode("gbk")) == 1}


_LETTERS = _gbk_letters()
_LETTER = re.compile(f"[{''.join(_LETTERS)}]")
_IN_WORD = re.compile(f"(?:(?<=[A-Za-z]){_LETTER.pattern}|{_LETTER.pattern}(?=[a-z]))")
_WORD = re.compile("[a-z]{2}")
_NO_HAN_BYTES = bytes(byte for byte in range(256) if not 0xE4 <= byte <= 0xE9)  # UTF-8 begins U+4000 to U+9FFF so


def misread_edits(text: str) -> Iterator[Edit]:
    """Edits that mend what ftfy leaves, in order.

    >>> [edit.replacement for edit in misread_edits("Bremer – DrÃ¥ber, Ã…lesund")]
    ['å', 'Å']
    >>> [edit.replacement for edit in misread_edits("It鈥檚 a caf茅.")]
    ['’s', 'é']
    """
    if text.isascii():
        return
    found = [*_pairs(text), *_quotes(text), *_letters(text)] if _may_hold_han(text) else [*_pairs(text)]
    yield from sorted(found, key=lambda edit: edit.start)


def _may_hold_han(text: str) -> bool:
    """Whether a text may hold Chinese characters: asked of its bytes, a third of the time that re takes."""
    return bool(text.encode("utf-8", "surrogatepass").translate(None, _NO_HAN_BYTES))


def _pairs(text: str) -> Iterator[Edit]:
    if not any(lead in text for lead in _LEADS):
        return
    for match in _PAIR.finditer(text):
        start = match.start()
        try:
            letter = text[start : start + 2].encode("cp1252").decode("utf-8")
        except UnicodeError:
            continue
        if letter.isalpha() and (letter.islower() or not text[start - 1 : start].isalpha()):
            yield Edit(start, start + 2, letter, _RULE)


def _quotes(text: str) -> Iterator[Edit]:
    """Typographic signs with the ASCII character after them, read as two Chinese or Japanese ones."""
    for lead, codec in _TRIPLE.items():
        for match in _QUOTE[lead].finditer(text) if lead in text else ():
            try:
                sign = match[0].encode(codec).decode("utf-8")
            except UnicodeError:
                continue
            if len(sign) == 2 and "\u2010" <= sign[0] <= "\u203a" and sign[1].isascii():
                yield Edit(match.start(), match.end(), sign, _RULE)


def _letters(text: str) -> Iterator[Edit]:
    """Accented letters on lines of Latin words that hold no other Chinese character."""
    end, latin = 0, False
    for match in _LETTER.finditer(text):
        if match.start() >= end:
            start = text.rfind("\n", 0, match.start()) + 1
            end = text.find("\n", match.start()) + 1 or len(text)
            line = text[start:end]
            others = _LETTER.sub("", _QUOTE["鈥"].sub("", line))
            latin = bool(_IN_WORD.search(line) and _WORD.search(others)) and not _HAN.search(others)
        if latin:
            yield Edit(match.start(), match.end(), _LETTERS[match[0]], _RULE)
