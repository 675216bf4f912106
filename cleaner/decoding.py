"""Bytes to text: byte order mark, UTF-8, the charset a page declares, and only then a guess."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from cleaner.errors import DecodingError

__all__ = ["Decoded", "decode"]


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and the encoding it was found in, as a Python codec name.

    ``"utf-8+windows-1252"`` means UTF-8 with stray Windows-1252 bytes, each decoded as what it is.
    """

    text: str
    encoding: str


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

# Browsers read these labels as the Windows supersets (WHATWG Encoding Standard, section 4.2).
_AS_WINDOWS = {
    "iso8859-1": "windows-1252",
    "ascii": "windows-1252",
    "iso8859-9": "windows-1254",
    "gb2312": "gb18030",
}
_SAMPLE = 256 * 1024

# What the web is written in besides UTF-8. With every codec allowed a short Western text is taken for Chinese.
_GUESSES = (
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "koi8_r",
    "iso8859_2", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr", "cp874",
)  # fmt: skip
_ENOUGH_TO_GUESS = 8
_BINARY_SHARE = 0.02
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\r\f\x1b\b"))


def decode(data: bytes, content_type: str = "", html: bool = False) -> Decoded:
    """Decode bytes to text.

    In order: a byte order mark; strict UTF-8; the charset of the HTTP ``content_type``; for ``html`` the charset
    that the page declares; UTF-8 with a few stray bytes; charset-normalizer's best guess.

    Raises:
        DecodingError: the bytes are binary data, or no encoding fits.

    >>> decode("café".encode("latin-1")).text
    'café'
    >>> decode(b"\\xef\\xbb\\xbfnews").encoding
    'utf-8-sig'
    """
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
    if text is not None:
        _refuse_binary(data)
        return Decoded(text, "utf-8")
    _refuse_binary(data)
    for name in _declared(data, content_type, html):
        text = _strict(data, name)
        if text is not None:
            return Decoded(text, name)
    mixed = _mostly_utf8(data)
    if mixed is not None:
        return Decoded(mixed, "utf-8+windows-1252")
    return _guess(data)


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
    names = []
    for label in labels:
        try:
            codec = codecs.lookup(label)
        except LookupError:
            continue
        name = codec.name
        # Whoever declares UTF-16 without a mark declares wrongly (WHATWG Encoding Standard, 8.2.2.2).
        if name.startswith(("utf-16", "utf-32", "utf-7", "unicode", "raw-unicode")) or not _is_text(codec):
            continue
        names.append(_AS_WINDOWS.get(name, name))
    return names


def _is_text(codec: codecs.CodecInfo) -> bool:
    return bool(getattr(codec, "_is_text_encoding", True))


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
    if sum(byte > 0x7F for byte in data[:_SAMPLE]) >= _ENOUGH_TO_GUESS:
        from charset_normalizer import from_bytes  # costs 30 ms, and UTF-8 never needs it

        best = from_bytes(data[:_SAMPLE], cp_isolation=list(_GUESSES)).best()
        text = _strict(data, best.encoding) if best is not None else None
        if best is not None and text is not None:
            return Decoded(text, best.encoding)
    text = _strict(data, "windows-1252")
    if text is not None:
        return Decoded(text, "windows-1252")
    raise DecodingError("no encoding fits the bytes; convert the file to UTF-8 first")
