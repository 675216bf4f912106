"""Characters that may be broken: a quick search that spares clean text the slow repair.

A text that the search finds nothing in has no broken encoding, is in normal form NFC and holds no invisible
characters. What it finds need not be broken.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from cleaner.text.lazy_regex import lazily
from cleaner.text.repair_config import RepairConfig

__all__ = ["could_change", "is_suspect", "suspect_search"]

# What a line must hold to change under ftfy, its normal form aside. Text of the web is full of curly quotes, accents
# and whole other alphabets, so the pattern is about what ftfy.badness calls unlikely: a character of mojibake (`bad`,
# currency, a capital with accent ...) beside another that is not ASCII. Every alternative of ftfy's BADNESS_RE needs
# one of these; tests/text/test_repair.py holds the pattern against ftfy on text made of the characters of mojibake.
#
# It begins with one class of characters so that re skips what is none of them without trying the alternatives: on the
# articles of the benchmark 400 million characters a second, 100 times as fast as ftfy's own pattern.
_ALWAYS = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}\u206a-\u206f\ufeff\ufff9-\ufffc"
    "\ud800-\udfff\N{CYRILLIC CAPITAL LETTER DJE}"
)
_RARE = (
    "¦¤¨¬¯¸ƒˆˇ˘˛˜†‡‰⌐◊�ªº"  # bad
    "¶§¢£¥₧€"  # law, currency
    "²³¹±¼½¾×µ÷⁄∂∆∏∑√∞∩∫≈≠≡≤≥№"  # numeric
    "│┌┐┘├┤┬┼═-╬▀▄█▌▐░▒▓"  # box
)
_CAPITALS = "À-ÑØÙÜÝĀĂĄĆČĎĐĒĖĘĚĞĢĪİĶĹĻĽŁŃŅŇŒŘŚŞŠŢŤŮŰŸŹŻŽҐ"
_SMALL = "ßà-ðñüāăąćčďđēėęěğģīįķĺļľłœŕśşšťźżžґﬁﬂ"
_OPENING = "¡«¿©΄΅‘‚“„•‹\uf8ff"
_CLOSING = "®»˝”›™"
_COMMON = "\xa0\xad·´–—―…’"  # stands beside anything
_OTHER = f"[^\\x00-\\x7f{_COMMON}]"

# What only a combining character and what can be decomposed can be: these are all outside, in whole blocks.
_COMPOSABLE = (
    "\u0300-\u0387\u0483-\u0487\u0591-\u2001\u20d0-\u20ff\u2126\u212a\u212b\u2329\u232a\u2adc\u2cef-\u2cf1\u2d7f"
    "\u2de0-\u2dff\u302a-\u302f\u3099\u309a\ua66f-\uabff\uf900-\ufad9\ufb1d-\ufb4e\ufe20-\ufe2f"
)
_COMPOSABLE_WIDE = "\U000101fd-\U0001efff\U0002f800-\U0002fa1d"


def _suspect(always: str) -> re.Pattern[str]:
    return lazily(
        re.compile,
        f"[{always}&{_RARE}{_CAPITALS}{_OPENING}{_CLOSING}œ°](?:"
        f"(?<=[{always}])"
        r"|(?<=&)#?[0-9A-Za-z]{1,24};"
        f"|(?<=[{_RARE}])(?:(?={_OTHER})|(?<={_OTHER}.))"
        f"|(?<=[{_CAPITALS}])(?:(?=[°{_COMMON}{_OPENING}{_CLOSING}œŠšŸž])"
        f"|(?<=[^\\x00-\\x7f{_COMMON}{_OPENING}{_CAPITALS}].)|(?<=‚.))"
        f"|(?<=[{_CLOSING}])(?=[{_SMALL}{_OPENING}])"
        f"|(?<=[{_SMALL}{_CAPITALS}ВГРСΒΓΞΟ][{_OPENING}{_CLOSING}])(?=\\w)"
        r"|(?<=[ВГРСΒΓΞΟ]°)(?=[ВГРСΒΓΞΟ])|(?<=[Œœ])(?![A-Za-z])|(?<=[ÃÂ])(?= )|(?<=‚)(?=[âó])|(?<=√)(?=´)"
        ")",
        re.DOTALL,
    )


_INVISIBLE_CHARS = "\xad\u180e\u200b\u200c\u200d\u2060\ufeff"
_SUSPECT = _suspect(_ALWAYS)
_SUSPECT_TEXT = _suspect(_ALWAYS + _COMPOSABLE + _INVISIBLE_CHARS)
# Ranges beyond U+FFFF in a class make re twice as slow on all text.
_SUSPECT_WIDE_TEXT = _suspect(_ALWAYS + _COMPOSABLE + _COMPOSABLE_WIDE + _INVISIBLE_CHARS)
_TYPOGRAPHY = re.compile(r"[^\x00-\x7f]|['\"]")
_NOT_PLAIN = lazily(re.compile, r"[^\t\n !#-%(-~]")
_SAFE_ASCII = bytes(byte for byte in b"\t\n" + bytes(range(0x20, 0x7F)) if byte != ord("&"))


def could_change(line: str, config: RepairConfig) -> bool:
    """Whether ftfy could change a line. False is certain.

    >>> could_change("Itâ€™s", RepairConfig()), could_change("It’s", RepairConfig())
    (True, False)
    """
    form = config.normalization
    if form is not None and not line.isascii() and not unicodedata.is_normalized(form, line):
        return True
    if not config.keeps_typography and _TYPOGRAPHY.search(line):
        return True
    return _SUSPECT.search(line) is not None


def _is_wide(text: str) -> bool:
    """Whether the text has characters beyond U+FFFF: they take two units of UTF-16."""
    return not text.isascii() and len(text.encode("utf-16-le", "surrogatepass")) > 2 * len(text)


def is_suspect(text: str, config: RepairConfig) -> bool:
    """Whether :func:`suspect_search` finds anything in a text. Plain ASCII is known by its bytes, at once.

    >>> is_suspect("Itâ€™s", RepairConfig()), is_suspect("It's R&D", RepairConfig())
    (True, False)
    """
    if text.isascii() and _keeps_plain(config) and not text.encode().translate(None, _SAFE_ASCII):
        return False
    return suspect_search(text, config)(text, 0) is not None


def _keeps_plain(config: RepairConfig) -> bool:
    """Whether what is not suspect stays as it is: NFKC and typography change more."""
    return config.keeps_typography and config.normalization in (None, "NFC")


def suspect_search(text: str, config: RepairConfig) -> Callable[[str, int], re.Match[str] | None]:
    """A function that finds, from an offset on, the next character of a text that may have to be mended.

    It covers what encoding repair, normal form and invisible characters are about.

    >>> suspect_search("Itâ€™s", RepairConfig())("Itâ€™s", 0).start()
    3
    """
    if not _keeps_plain(config):
        return _NOT_PLAIN.search
    return _SUSPECT_WIDE_TEXT.search if _is_wide(text) else _SUSPECT_TEXT.search
