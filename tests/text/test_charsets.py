"""Labels of charsets, read as browsers read them."""

from __future__ import annotations

import pytest

from cleaner.text.charsets import codec_of_label


@pytest.mark.parametrize(
    ("labels", "codec"),
    [
        (("iso-8859-1", "latin1", "ascii", "US-ASCII", "windows-1252"), "cp1252"),
        (("iso-8859-9", "latin5", "windows-1254"), "cp1254"),
        (("shift_jis", "sjis", "x-sjis", "windows-31j"), "cp932"),
        (("euc-kr", "ks_c_5601-1987", "windows-949"), "cp949"),
        (("gb2312", "gbk", "gb18030"), "gb18030"),
        (("big5", "big5-hkscs", "x-x-big5"), "big5hkscs"),
        (("tis-620", "windows-874"), "cp874"),
        (("utf8", "utf-8"), "utf-8"),
        (("cp850",), "cp850"),
    ],
)
def test_labels_of_one_encoding_have_one_codec(labels: tuple[str, ...], codec: str) -> None:
    assert {codec_of_label(label) for label in labels} == {codec}


@pytest.mark.parametrize("label", ["", "nonsense", "utf-16", "utf-32", "utf-7", "rot13", "hex", "unicode_escape"])
def test_what_no_page_can_declare_is_no_encoding(label: str) -> None:
    assert codec_of_label(label) is None


@pytest.mark.parametrize(
    ("label", "text"), [("shift_jis", "①㈱髙"), ("euc-kr", "펲"), ("big5", "嘅"), ("euc-jp", "①"), ("gb2312", "镕€")]
)
def test_codecs_have_the_characters_that_vendors_added(label: str, text: str) -> None:
    codec = codec_of_label(label)
    assert codec is not None
    assert text.encode(codec).decode(codec) == text
