"""Texts that are no texts: a page, JSON or CSV that was given for the text of an article.

Every question is asked of the beginning first, so an article costs nothing. An article that quotes a tag, a brace or a
table is still an article: what is recognised begins as the format does and goes on as it does.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from contextlib import suppress

__all__ = ["looks_like", "shape_flags"]

_LONGEST = 1 << 20
"""JSON of more characters than this is recognised by its beginning alone."""

_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--(?:(?!-->).){0,2000}-->\s*)*<(?:!doctype\s+html|html[\s>]|head>|body[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_FRAGMENT = re.compile(
    r"\s*<(p|div|article|section|main|h[1-6]|figure|ul|table|span)(?:\s[^<>]{0,500})?>", re.IGNORECASE
)
_END_TAG = re.compile(r"</(?:p|div|article|section|main|h[1-6]|figure|ul|li|table|span|a)>", re.IGNORECASE)
_FEW_END_TAGS = 2

_JSON_BEGIN = re.compile(r'\s*(?:\[\s*)?\{\s*"(?:[^"\\\n]|\\.){1,100}"\s*:')
_JSON_END = re.compile(r"[}\]]\s*\Z")

_NAME = r'(?:[\w.-]{1,40}(?: [\w.-]{1,40}){0,2}|"[\w .-]{1,40}")'  # up to three words, or any in quotes
_SEP = re.compile(r'"?sep=(.)"?\r?\n', re.IGNORECASE)  # Excel's own way to name the delimiter
_DELIMITERS = ",;\t|"
_SAMPLE = 1 << 16
_HEADER = re.compile(rf"\ufeff?{_NAME}([,;\t|]){_NAME}(?:\1{_NAME})*\r?")
_TEXT_COLUMNS = {"text", "content", "body", "article", "articlebody", "description", "title", "headline"}
_KEY_COLUMNS = {"id", "url", "link", "date", "label", "index", "source", "language", "lang"}
_LOOKED_AT = 5
_LINES_OF_JSON = 2
_FEWEST_RECORDS, _FEWEST_COLUMNS, _LONG_FIELD = 3, 3, 60


def looks_like(text: str, columns: Collection[str] = (), delimiter: str = "") -> str:
    """What a text looks like: "html", "json", "jsonl" or "csv"; "" for anything that may be an article.

    Args:
        text: the text, or its beginning.
        columns: names one of which the header of CSV has, when the user knows them; else the usual ones.
        delimiter: what stands between the fields of CSV, when the user knows it.

    >>> looks_like("<!DOCTYPE html><html><body><p>The council met.</p></body></html>")
    'html'
    >>> looks_like('[{"id": 1, "text": "The council met."}]')
    'json'
    >>> looks_like("id;text\\n1;The town council met on Tuesday evening to vote on the old bridge.\\n")
    'csv'
    >>> looks_like("{name} met <b>the council</b>; it voted, 5 to 4.\\n")
    \'\'
    >>> looks_like("Nr;Der Inhalt\\n1;The council met.\\n", columns=["Der Inhalt"])
    'csv'
    """
    begin = text[:1] if text[:1] not in " \t\r\n\ufeff" else text.lstrip(" \t\r\n\ufeff")[:1]
    if begin == "<":
        return "html" if _is_html(text) else ""
    if begin in ("{", "["):
        return _json_kind(text.lstrip("\ufeff"))
    is_csv = _is_csv(text) or _has_sep(text) or _has_column(text.lstrip("\ufeff"), columns, delimiter)
    return "csv" if is_csv else ""


def shape_flags(text: str) -> tuple[str, ...]:
    """The flag of a text that is no article: "looks-like-html", "looks-like-json" or "looks-like-csv"; else nothing.

    >>> shape_flags('{"text": "one"}\\n{"text": "two"}\\n')
    ('looks-like-json',)
    """
    found = looks_like(text)
    return (f"looks-like-{'json' if found == 'jsonl' else found}",) if found else ()


def _is_html(text: str) -> bool:
    if _PAGE.match(text):
        return "</" in text  # an article may begin with the name of a tag
    if not _FRAGMENT.match(text):
        return False
    return sum(1 for _, _ in zip(_END_TAG.finditer(text), range(_FEW_END_TAGS), strict=False)) == _FEW_END_TAGS


def _json_kind(text: str) -> str:
    if not _JSON_BEGIN.match(text) or not _JSON_END.search(text[-100:]):
        return ""
    import json  # few texts begin so

    lines = [line for line in text.strip().split("\n", _LOOKED_AT) if line.strip()][:_LINES_OF_JSON]
    with suppress(ValueError, RecursionError):
        if all(isinstance(json.loads(line), dict) for line in lines):
            return "jsonl" if len(lines) > 1 else "json"
    if len(text) > _LONGEST:
        return "json"
    with suppress(ValueError, RecursionError):
        _, end = json.JSONDecoder().raw_decode(text.strip())
        rest = text.strip()[end:].lstrip()
        if not rest or _JSON_BEGIN.match(rest):  # several documents may stand one behind the other
            return "json"
    return ""


def _is_csv(text: str) -> bool:
    """Whether there is a header with a name such as "text", and records with as many fields."""
    end = text.find("\n", 0, 500)
    header = _HEADER.fullmatch(text, 0, end) if end > 0 else None
    if header is None:
        return False
    delimiter = header[1]
    cells = [name.strip(" \r\ufeff") for name in header[0].split(delimiter)]
    names = [cell.strip('" ').lower() for cell in cells]
    has_key = not _KEY_COLUMNS.isdisjoint(names)
    # A line of prose has blanks, too, so names with blanks need a key such as "id" beside them.
    has_blanks = any(" " in cell and cell[0] != '"' for cell in cells)
    of_texts = {word for name in names for word in name.split()} if has_blanks else set(names)
    if (has_blanks and not has_key) or not _TEXT_COLUMNS & of_texts:
        return False
    whole = _records(text, delimiter)
    if len(whole) < 2 or not _is_table(whole):
        return False
    # Verse and credits have two short names a line.
    has_text = any(len(field) >= _LONG_FIELD for record in whole[1:] for field in record)
    return has_text or has_key or (len(names) >= _FEWEST_COLUMNS and len(whole) > _FEWEST_RECORDS)


def _has_sep(text: str) -> bool:
    """Whether the first line names the delimiter of the table that follows, as Excel writes it."""
    found = _SEP.match(text.lstrip("\ufeff"))
    if found is None:
        return False
    whole = _records(text.lstrip("\ufeff")[found.end() :], found[1])
    return len(whole) > 1 and _is_table(whole)


def _has_column(text: str, columns: Collection[str], delimiter: str) -> bool:
    """Whether there is a header with one of these names, and any records have as many fields."""
    if not columns:
        return False
    for one in delimiter or _DELIMITERS:
        whole = _records(text, one)
        if whole and not set(columns).isdisjoint(whole[0]) and _is_table(whole):
            return True
    return False


def _is_table(records: list[list[str]]) -> bool:
    names = [name.strip().lower() for name in records[0]]
    if any(name.startswith(" ") for name in records[0]):  # a comma of prose has a blank behind it
        return False
    return 1 < len(set(names)) == len(names) and all(len(record) == len(names) for record in records)


def _records(text: str, delimiter: str) -> list[list[str]]:
    """The first records of a text that are there as a whole, without blank lines; [] for no CSV."""
    import csv

    sample = text[:_SAMPLE]
    try:
        reader = csv.reader(sample.splitlines(True), delimiter=delimiter)
        records = list(zip(reader, range(_LOOKED_AT), strict=False))
    except (csv.Error, TypeError, ValueError):  # what the first line names may be no delimiter
        return []
    whole = [record for record, _ in records if record]
    if len(sample) < len(text) and len(whole) == len(records) and len(whole) < _LOOKED_AT:
        whole = whole[:-1]  # the sample may end within a field
    return whole
