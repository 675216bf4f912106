"""Bytes to text: marks, UTF-8, declared charsets, guesses, and what is no text."""

from __future__ import annotations

import pytest

from cleaner.errors import DecodingError
from cleaner.text.decoding import decode

TEXT = "Städtische Brücke für drei Monate geschlossen – “endlich”, sagt die Bürgermeisterin."


def test_nothing_is_an_empty_text() -> None:
    assert decode(b"").text == ""


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-32", "utf-32"),
    ],
)
def test_unicode_is_recognized_by_itself(codec: str, name: str) -> None:
    decoded = decode(TEXT.encode(codec))
    assert (decoded.text, decoded.encoding) == (TEXT, name)


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf_16_needs_no_mark_where_it_is_plain(codec: str) -> None:
    decoded = decode(b"The council met on Tuesday.".decode().encode(codec))
    assert (decoded.text, decoded.encoding) == ("The council met on Tuesday.", codec)


def test_utf_8_wins_over_a_declared_charset() -> None:
    assert decode(TEXT.encode(), content_type="text/html; charset=iso-8859-1").text == TEXT


@pytest.mark.parametrize(
    ("label", "codec", "text"),
    [
        ("iso-8859-1", "windows-1252", "“déjà vu”"),
        ("US-ASCII", "windows-1252", "“déjà vu”"),
        ("iso-8859-9", "windows-1254", "İstanbul’da"),
        ("gb2312", "gb18030", "市议会開會"),
        ("windows-1251", "cp1251", "Городской совет"),
        ("Shift_JIS", "shift_jis", "市議会"),
    ],
)
def test_a_declared_charset_is_read_as_browsers_do(label: str, codec: str, text: str) -> None:
    data = text.encode(codec)
    assert decode(data, content_type=f'text/html; charset="{label}"').text == text
    page = f"<html><meta charset={label}><p>".encode() + data
    assert decode(page, html=True).text.endswith(text)
    xml = f"<?xml version='1.0' encoding='{label}'?><p>".encode() + data
    assert decode(xml, html=True).text.endswith(text)


def test_the_charset_of_a_page_counts_only_in_html() -> None:
    page = b"<meta charset=windows-1251>" + "Brücke für Bürger".encode("cp1252") + b" " + "Übung".encode("cp1252")
    assert "Brücke" not in decode(page, html=True).text
    assert "Brücke" in decode(page).text


@pytest.mark.parametrize("charset", ["hex", "undefined", "utf-16", "utf-7", "nonsense", "base64"])
def test_a_wrong_charset_does_no_harm(charset: str) -> None:
    assert decode(b"caf\xe9 ", content_type=f"text/html; charset={charset}").text == "café "


def test_a_declared_charset_that_does_not_fit_is_left_out() -> None:
    assert decode(b"caf\xe9\n", content_type="text/html; charset=shift_jis").text == "café\n"


@pytest.mark.parametrize(("label", "codec"), [("euc-kr", "cp949"), ("shift_jis", "cp932"), ("big5", "big5hkscs")])
def test_one_wrong_byte_does_not_lose_a_declared_charset(label: str, codec: str) -> None:
    text = {
        "cp949": "시의회는 화요일 밤 다리를 닫기로 했다. ",
        "cp932": "市議会は火曜日の夜、橋を閉鎖。",
        "big5hkscs": "市議會星期二晚上開會。",
    }[codec] * 5
    data = text.encode(codec)[:-1] + b"\xff"
    decoded = decode(data, content_type=f"text/html; charset={label}")
    assert decoded.text.startswith(text[: len(text) // 2])
    assert decoded.text.encode(decoded.encoding, "surrogateescape") == data
    assert not decoded.guessed


def test_only_a_guess_is_flagged_as_one() -> None:
    data = "Brücke für Bürger".encode("cp1252")
    assert decode(data).flags == ("encoding-guessed",)
    assert decode(data, content_type="text/plain; charset=latin1").flags == ()
    assert decode("Brücke".encode()).flags == ()


def test_a_named_encoding_comes_before_everything() -> None:
    assert decode("Zażółć".encode("cp1250"), encoding="windows-1250").text == "Zażółć"
    assert decode("é".encode(), encoding="latin1").text == "Ã©"
    with pytest.raises(DecodingError, match="there is no encoding 'latin-one'"):
        decode(b"a", encoding="latin-one")


def test_stray_bytes_in_utf_8_are_read_one_by_one() -> None:
    decoded = decode("Größe, Länge, Höhe, Süden ".encode() + b"\x93quoted\x94")
    assert decoded.text == "Größe, Länge, Höhe, Süden “quoted”"
    assert decoded.encoding == "utf-8+windows-1252"


@pytest.mark.parametrize(
    ("codec", "text"),
    [
        ("cp1252", "Überall in der Stadt fehlen Plätze für größere Züge, müssen Bürger früh hören. " * 3),
        ("cp1251", "Городской совет во вторник вечером решил закрыть старый каменный мост через реку. " * 3),
        ("shift_jis", "市議会は火曜日の夜、川にかかる古い石橋を三か月間閉鎖することを決めました。" * 3),
        ("gb18030", "市议会星期二晚上开会，决定从下个月起关闭横跨河流的旧石桥。" * 3),
    ],
)
def test_other_encodings_are_guessed(codec: str, text: str) -> None:
    assert decode(text.encode(codec)).text == text


@pytest.mark.parametrize("data", [bytes(range(256)) * 8, b"\x01" * 100, b"PK\x03\x04\x00\x00" * 20])
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(DecodingError, match="binary data"):
        decode(data)


def test_a_stray_zero_is_no_binary_data() -> None:
    assert decode(b"The council\x00 met on Tuesday, and voted to close the bridge.").text.count("\x00") == 1


@pytest.mark.parametrize("data", [b"\xef\xbb\xbfcaf\xe9", b"\xff\xfea"])
def test_damaged_text_with_a_mark_is_refused(data: bytes) -> None:
    with pytest.raises(DecodingError, match="byte order mark"):
        decode(data)
