"""Bytes to text: byte order mark, UTF-8, the charset a page declares, and only then a guess."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from cleaner.errors import DecodingError
from cleaner.text.charsets import codec_of_label

__all__ = ["GUESSED", "MIXED", "Decoded", "decode"]

MIXED = "utf-8+windows-1252"
"""What the encoding of UTF-8 with stray Windows-1252 bytes is called."""

GUESSED = "encoding-guessed"
"""The flag of a document whose encoding only its letters tell."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and the encoding it was found in.

    Attributes:
        text: the text. A byte that the encoding has no character for is a lone surrogate, U+DC80 to U+DCFF, as
            Python's "surrogateescape" makes it, so ``text.encode(encoding, "surrogateescape")`` gives the bytes back.
        encoding: Python's name of the codec. ``"utf-8+windows-1252"`` means UTF-8 with stray Windows-1252 bytes, each
            decoded as what it is.
        guessed: whether nothing but the bytes themselves speaks for the encoding.
    """

    text: str
    encoding: str
    guessed: bool = False

    @property
    def flags(self) -> tuple[str, ...]:
        """What a reader of the text may want to know: "encoding-guessed", or nothing."""
        return (GUESSED,) if self.guessed else ()


# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9_.:-]{2,40})""")
_HTTP = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)

_SAMPLE = 256 * 1024

_BINARY_SHARE = 0.02
_ESCAPED = re.compile("[\udc80-\udcff]")
_BEYOND_ASCII = bytes(range(0x80, 0x100))
_FEW_WRONG = 3  # bytes that any text may have wrong
_WRONG_SHARE = 0.01  # of the bytes beyond ASCII
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\r\f\x1b\b"))


def decode(data: bytes, content_type: str = "", html: bool = False, encoding: str = "") -> Decoded:
    """Decode bytes to text.

    In order: the ``encoding`` that the caller names; a byte order mark; strict UTF-8; the charset of the HTTP
    ``content_type``; for ``html`` the charset that the page declares; UTF-8 with a few stray bytes; what the letters
    make likely (:mod:`cleaner.text.detection`). A declared charset counts although a few bytes do not fit it.

    Args:
        data: the bytes.
        content_type: the value of an HTTP header, as "text/html; charset=euc-kr".
        html: whether the bytes are a page, which may declare its charset.
        encoding: a label of the WHATWG Encoding Standard or a name of Python's, when the caller knows better.

    Raises:
        DecodingError: the bytes are binary data, no encoding fits, or there is no such ``encoding``.

    >>> decode("café".encode("latin-1")).text
    'café'
    >>> decode(b"\\xef\\xbb\\xbfnews").encoding
    'utf-8-sig'
    >>> decode("①㈱髙".encode("cp932"), "text/html; charset=shift_jis").text
    '①㈱髙'
    """
    if encoding:
        return _as_named(data, encoding)
    for mark, name in _MARKS:
        if data.startswith(mark):
            text = _strict(data, name)
            if text is None:
                raise DecodingError(
                    f"starts with a byte order mark of {name} but is damaged; decode it yourself and pass text"
                )
            return Decoded(text, name)
    if b"\0" in data:
        return _with_nulls(data)
    text = _strict(data, "utf-8")
    _refuse_binary(data)
    if text is not None:
        return Decoded(text, "utf-8")
    for name in _declared(data, content_type, html):
        text = _lenient(data, name)
        if text is not None:
            return Decoded(text, name)
    mixed = _mostly_utf8(data)
    if mixed is not None:
        return Decoded(mixed, MIXED)
    return _guess(data)


def _as_named(data: bytes, label: str) -> Decoded:
    name = codec_of_label(label)
    if name is None:
        raise DecodingError(
            f"there is no encoding {label!r}; name one such as utf-8, windows-1252, shift_jis or euc-kr"
        )
    return Decoded(data.decode(name, "surrogateescape"), name)


def _lenient(data: bytes, name: str) -> str | None:
    """The text, with a few bytes that do not fit as lone surrogates; None when more than a few do not fit."""
    try:
        text = data.decode(name, "surrogateescape")
    except (UnicodeError, LookupError):
        return None
    wrong = len(_ESCAPED.findall(text))
    other = len(data) - len(data.translate(None, _BEYOND_ASCII))
    return text if wrong <= max(_FEW_WRONG, _WRONG_SHARE * other) and wrong < other else None


def _strict(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeError, LookupError):
        return None


def _declared(data: bytes, content_type: str, html: bool) -> list[str]:
    labels = [match[1] for match in [_HTTP.search(content_type)] if match]
    if html:
        found = _META.search(data[:4096]) or _XML.search(data[:200])
        labels += [found[1].decode("ascii")] if found else []
    # What is declared as UTF-8 and is none is looked at later: its stray bytes are mostly Windows-1252.
    return [name for name in map(codec_of_label, labels) if name not in (None, "utf-8")]


def _refuse_binary(data: bytes) -> None:
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls > _BINARY_SHARE * len(sample):
        raise DecodingError("looks like binary data, not text; leave it out (--exclude) or convert it to text first")


def _with_nulls(data: bytes) -> Decoded:
    """UTF-16 without a mark has a zero beside every ASCII character; other files with zeros are binary."""
    sample = data[:_SAMPLE]
    for name, offset in (("utf-16-le", 1), ("utf-16-be", 0)):
        if sample[offset::2].count(0) > 0.4 * (len(sample) // 2) and sample[1 - offset :: 2].count(0) == 0:
            text = _strict(data, name)
            if text is not None:
                _refuse_binary(text[:_SAMPLE].encode("latin-1", "replace"))
                return Decoded(text, name)
    # A stray zero in a text is a control character for the repair; many are binary data.
    text = _strict(data, "utf-8")
    if text is not None and sample.count(0) <= _BINARY_SHARE * len(sample):
        _refuse_binary(data)
        return Decoded(text, "utf-8")
    raise DecodingError("looks like binary data, not text; leave it out (--exclude) or convert it to text first")


def _mostly_utf8(data: bytes) -> str | None:
    """UTF-8 with a few bytes of Windows-1252 among it, as pages assembled from two sources have."""
    lenient = data.decode("utf-8", "surrogateescape")
    stray = sum("\udc80" <= char <= "\udcff" for char in lenient)
    whole = sum(char > "\x7f" for char in lenient) - stray
    if whole < 2 * stray:
        return None
    import ftfy.bad_codecs  # noqa: F401  registers sloppy-windows-1252, which has a character for every byte

    return "".join(
        bytes([ord(char) - 0xDC00]).decode("sloppy-windows-1252") if "\udc80" <= char <= "\udcff" else char
        for char in lenient
    )


def _guess(data: bytes) -> Decoded:
    from cleaner.text.detection import detect_encoding  # UTF-8 never needs it

    name = detect_encoding(data)
    text = _lenient(data, name)
    if text is None:
        raise DecodingError("no encoding fits the bytes; convert the file to UTF-8, or name its encoding")
    return Decoded(text, name, guessed=True)
