"""The charsets of the web: what a declared label means, and which codec reads it as browsers do."""

from __future__ import annotations

import codecs

__all__ = ["codec_of_label"]

_CODECS = {
    "big5": "big5hkscs",
    "euc-jp": "euc_jis_2004",
    "euc-kr": "cp949",
    "gbk": "gb18030",
    "iso-8859-8-i": "iso8859-8",
    "macintosh": "mac-roman",
    "shift_jis": "cp932",
    "windows-874": "cp874",
    "x-mac-cyrillic": "mac-cyrillic",
}
"""Python's codec for encodings of the standard whose table Python's codec of the same name does not have.

Python's shift_jis, euc_kr and big5 lack the characters that vendors added (①, ㈱, 髙; 펲; 嘅), and the tables of the
standard have them. Source: WHATWG Encoding Standard, sections 4.2 and 5 (indexes).
"""


def codec_of_label(label: str) -> str | None:
    """Python's name of the codec that reads text as a browser would that finds this label.

    None when the label is unknown, or means an encoding that no page can declare: UTF-16 and UTF-32 need a byte order
    mark, and who declares them without one declares wrongly. Labels outside the standard that Python knows, such as
    cp850, are taken as Python has them.

    >>> codec_of_label("latin1"), codec_of_label("Shift_JIS"), codec_of_label("gb2312"), codec_of_label("utf-16")
    ('cp1252', 'cp932', 'gb18030', None)
    """
    import webencodings  # read only for pages and files that are no UTF-8

    found = webencodings.lookup(label)
    name = found.name if found else label
    if name in ("replacement", "x-user-defined"):
        return None
    try:
        codec = codecs.lookup(_CODECS.get(name, name))
    except LookupError:
        return None
    if codec.name.startswith(("utf-16", "utf-32", "utf-7", "unicode", "raw-unicode")):
        return None
    return codec.name if getattr(codec, "_is_text_encoding", True) else None
