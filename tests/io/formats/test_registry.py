"""The list of formats, and everything that is derived from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.errors import CleanerError
from cleaner.io.compression import CODECS
from cleaner.io.formats.base import DocumentFormat, RowFormat, RowOptions
from cleaner.io.formats.registry import (
    FORMATS,
    KINDS,
    ROW_KINDS,
    document_format,
    format_named,
    kind_of,
    row_format,
)

SUFFIXES = [(form.name, suffix) for form in FORMATS for suffix in form.suffixes]


def test_the_names_are_those_of_the_command() -> None:
    assert KINDS == ("text", "html", "jsonl", "json", "csv", "tsv", "parquet", "warc")
    assert KINDS[2:] == ROW_KINDS


def test_no_two_formats_share_a_name_or_a_suffix() -> None:
    suffixes = [suffix for _, suffix in SUFFIXES]
    assert len(set(KINDS)) == len(FORMATS)
    assert len(set(suffixes)) == len(suffixes)
    assert not {*suffixes} & {*CODECS}


@pytest.mark.parametrize(("kind", "suffix"), SUFFIXES)
def test_every_suffix_leads_to_its_format(kind: str, suffix: str) -> None:
    assert kind_of(Path(f"a{suffix}")) == kind
    assert kind_of(Path(f"a{suffix.upper()}")) == kind


@pytest.mark.parametrize("name", ["a", "a.png", "a.gz", "txt", ".txt", "a.txt.bak", "a.jsonl.gz.gz"])
def test_other_names_lead_to_none(name: str) -> None:
    assert kind_of(Path(name)) is None


@pytest.mark.parametrize("codec", CODECS)
def test_what_may_be_compressed(codec: str) -> None:
    found = {name for name, suffix in SUFFIXES if kind_of(Path(f"a{suffix}{codec}"))}
    assert found == {"text", "html", "jsonl", "json", "csv", "tsv", "warc"}


def test_what_may_be_piped() -> None:
    assert {form.name for form in FORMATS if not form.pipeable} == {"parquet", "warc"}


def test_what_the_results_are_written_as() -> None:
    assert {form.name: form.result for form in FORMATS if form.result != form.name} == {"html": "text", "warc": "jsonl"}


@pytest.mark.parametrize(
    ("kind", "name", "result"),
    [
        ("text", "a.md", "a.md"),
        ("html", "sub/a.b.HTM", "sub/a.b.txt"),
        ("html", "sub/b.html", "sub/b.html.txt"),
        ("html", "page", "page.txt"),
        ("html", "sub/a.html.gz", "sub/a.txt.gz"),
        ("jsonl", "a.ndjson.zst", "a.ndjson.zst"),
        ("warc", "sub/a.warc.gz", "sub/a.jsonl.gz"),
        ("warc", "a.warc", "a.jsonl"),
        ("warc", "crawl.bin", "crawl.bin.jsonl"),
    ],
)
def test_the_names_of_results(kind: str, name: str, result: str) -> None:
    assert format_named(kind).result_name(Path(name), {Path("sub/b.txt")}) == Path(result)


def test_a_format_reads_rows_or_one_document() -> None:
    for form in FORMATS:
        assert isinstance(form, DocumentFormat) != isinstance(form, RowFormat)
    with pytest.raises(CleanerError, match="csv files hold many documents"):
        document_format("csv")
    with pytest.raises(CleanerError, match="html files hold no rows; choose one of jsonl, json, csv"):
        row_format("html")
    with pytest.raises(CleanerError, match="unknown format 'pdf'; choose one of text, html"):
        format_named("pdf")


@pytest.mark.parametrize("kind", ROW_KINDS)
def test_the_options_of_a_run_do_not_change_the_listed_format(kind: str) -> None:
    form = row_format(kind, RowOptions(("gone",), lambda page, url: NotImplemented))
    assert form.name == kind
    assert row_format(kind) is not format_named(kind)
