"""Which legacy encoding bytes are in, when nothing says so: chardet's candidates, held against what letters make sense.

chardet ranks encodings by how often pairs of bytes follow each other in each language. It knows 49 languages; for one
it does not know it may pick an encoding in which the text has a letter or two of another language (Albanian "ë" as
Lithuanian "ė"). So a candidate must read as writing: words of one script, and for encodings of Latin letters other than
Windows-1252, several different letters that Windows-1252 does not have. Otherwise Windows-1252 it is, which most of
the web's legacy text is in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["CANDIDATES", "detect_encoding"]

FALLBACK = "cp1252"

CANDIDATES = frozenset(
    {
        *("cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp874", "cp932"),
        *("cp949", "big5hkscs", "euc_jis_2004", "euc_kr", "gb18030", "iso2022_jp_2", "iso2022_kr", "shift_jis_2004"),
        *("iso8859-1", "iso8859-2", "iso8859-5", "iso8859-6", "iso8859-7", "iso8859-8", "iso8859-9", "iso8859-13"),
        *("iso8859-15", "koi8-r", "koi8-u", "tis-620"),
    }
)
"""What the web is written in besides UTF-8, by chardet's names. DOS, Macintosh and mainframe code pages are left out:
with them a short Western text is taken for one of theirs."""

_SUPERSETS = {
    "euc_kr": "cp949",
    "iso2022_jp_2": "iso2022_jp",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "shift_jis_2004": "cp932",
    "tis-620": "cp874",
}
"""Codecs that read all that the narrower one reads and the characters that vendors added."""

_LEAST_LETTERS = {"cp1250": 1, "cp1254": 1, "iso8859-2": 1, "cp1257": 3, "cp1258": 3, "iso8859-13": 3}
"""How many different letters that Windows-1252 lacks a text must have to be in another encoding of Latin letters.

Albanian read as Windows-1257 has two, "ė" and "ē"; a Lithuanian or Vietnamese text of a few sentences has many."""

_OWN_SHARE = 0.04  # Hungarian "ő" and "ű" are a tenth of its accented letters, in short texts less
_ENOUGH = 4  # bytes beyond ASCII
_SAMPLE = 256 * 1024

_ACCENTED = re.compile(r"[^\W\d_\x00-\x7f]")
_MIXED_WORD = re.compile(
    r"[A-Za-z][\u0370-\u05ff\u0620-\u06ff\u0e01-\u0e5b]|[\u0370-\u05ff\u0620-\u06ff\u0e01-\u0e5b][A-Za-z]"
)
_PRICE = re.compile(r"€ ?\d|\d ?€")
_MIXED_SHARE = 0.2


def detect_encoding(data: bytes) -> str:
    """Python's name of the codec that the bytes most probably are in; "cp1252" when nothing fits better.

    Args:
        data: bytes that are not valid UTF-8. The first 256 KiB are looked at.

    >>> detect_encoding("Zażółć gęślą jaźń, powiedziała burmistrz w środę wieczorem w ratuszu.".encode("cp1250"))
    'cp1250'
    >>> detect_encoding("Këshilli i qytetit vendosi të martën të mbyllë urën.".encode("cp1252"))
    'cp1252'
    """
    sample = data[:_SAMPLE]
    if sum(byte > 0x7F for byte in sample) < _ENOUGH:
        return FALLBACK  # a sign or two are mostly quotes, and fit any encoding
    for name in _ranked(sample):
        codec = _SUPERSETS.get(name, name)
        # chardet has seen to it that hardly a byte is wrong, and one wrong byte must not decide.
        if _makes_sense(sample.decode(codec, "ignore"), codec):
            return codec
    return FALLBACK


def _ranked(sample: bytes) -> Iterator[str]:
    """The names of the candidates, the likeliest first."""
    import chardet  # costs 30 ms, and UTF-8 never needs it

    # In full, since detect_all() leaves out what detect() finds by the structure of multi-byte encodings.
    best = chardet.detect(sample, include_encodings=CANDIDATES, compat_names=False)["encoding"]
    if best in CANDIDATES:
        yield best


def _makes_sense(text: str, codec: str) -> bool:
    """Whether a text reads as writing of the languages that use the codec."""
    if codec in _LEAST_LETTERS:
        letters = _ACCENTED.findall(text)
        own = [letter.lower() for letter in letters if not _in_windows_1252(letter)]
        # One stray "ń" among the accents of a Spanish text is an "ñ".
        return len(set(own)) >= _LEAST_LETTERS[codec] and (len(set(own)) > 1 or len(own) >= _OWN_SHARE * len(letters))
    if codec == "iso8859-15":  # differs from Windows-1252 by little but the sign of the euro
        return _PRICE.search(text) is not None
    mixed = len(_MIXED_WORD.findall(text))
    return mixed <= _MIXED_SHARE * len(_ACCENTED.findall(text))


def _in_windows_1252(letter: str) -> bool:
    try:
        letter.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True
