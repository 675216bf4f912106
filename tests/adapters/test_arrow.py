"""The Arrow kernel, which all adapters for tables use: types, nulls and other columns stay."""

from __future__ import annotations

from typing import Any

import pytest

from cleaner import Cleaner, CleanerError
from cleaner.adapters.arrow import Columns, clean_array, clean_batch, clean_batches, clean_table, output_schema
from cleaner.io.formats.base import FieldNames
from cleaner.model import METADATA_FIELDS, DocumentInfo
from cleaner.pipeline.signals import signals_of
from tests.adapters.engines import documents, engine, expected
from tests.articles import article

pa = engine("pyarrow")


def test_a_batch_gives_what_the_cleaner_gives() -> None:
    rows = documents()
    assert clean_batch(pa.RecordBatch.from_pylist(rows))["text"].to_pylist() == expected(rows)


class Failing(Cleaner):
    """Fails on one document, as an unknown bug would."""

    def clean_document(
        self, text: str, document: DocumentInfo, encoding: str = "", flags: Any = (), repeated: Any = None
    ) -> Any:
        if "fail" in text:
            raise RuntimeError(text)
        return super().clean_document(text, document, encoding)


KINDS = (
    pa.string(),
    pa.large_string(),
    pa.string_view(),
    pa.dictionary(pa.int32(), pa.string()),
    pa.dictionary(pa.int8(), pa.large_string()),
)


def column_of(texts: list[str | None], kind: Any) -> Any:
    """The texts as a column. Older versions of Arrow make a dictionary only from its parts."""
    if not pa.types.is_dictionary(kind):
        return pa.array(texts, kind)
    values = list(dict.fromkeys(text for text in texts if text is not None))
    codes = [None if text is None else values.index(text) for text in texts]
    return pa.DictionaryArray.from_arrays(pa.array(codes, kind.index_type), pa.array(values, kind.value_type))


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_the_text_column_keeps_its_type_and_its_nulls(kind: Any) -> None:
    batch = pa.RecordBatch.from_arrays([column_of(["", None, article(1), article(2)], kind)], names=["text"])
    made = clean_batch(batch)
    assert made.schema == output_schema(batch.schema)
    assert made.schema.field("text").type == kind
    assert made["text"].to_pylist() == expected([{"text": t} for t in batch["text"].to_pylist()])
    made.validate(full=True)


def test_all_other_columns_pass_through() -> None:
    columns = {
        "id": pa.array([1, 2], pa.int64()),
        "text": pa.array([article(0), None]),
        "when": pa.array([1, None], pa.timestamp("ns", tz="UTC")),
        "title": pa.array([7, 8]),
        "tags": pa.array([["a", None], []]),
    }
    fields = [pa.field(name, column.type, metadata={"a": "b"}) for name, column in columns.items()]
    schema = pa.schema(fields, metadata={"origin": "the mill"})
    batch = pa.RecordBatch.from_arrays(list(columns.values()), schema=schema)
    made = clean_batch(batch)
    assert made.schema.names == [*columns, "removed", "metadata", "flags"]
    assert made.schema.metadata == schema.metadata
    for name in ("id", "when", "title", "tags"):
        assert made[name].equals(batch[name])
        assert made.schema.field(name).equals(schema.field(name), check_metadata=True)


def test_the_new_columns_tell_what_happened() -> None:
    text = documents()[36]["text"]
    assert text is not None
    result = Cleaner().clean(text)
    made = clean_batch(pa.RecordBatch.from_pydict({"text": [text, None, ""]}))
    spans = made["removed"].to_pylist()
    assert spans[0] == [{"start": e.start, "end": e.end, "rule": e.rule} for e in result.edits] != []
    assert spans[1:] == [[], []]
    metadata = made["metadata"].to_pylist()
    assert {name: value for name, value in metadata[0].items() if value} == result.metadata != {}
    assert metadata[1] == metadata[2] == dict.fromkeys(METADATA_FIELDS)
    assert made["flags"].to_pylist() == [list(result.flags), [], []]
    assert [made[name].null_count for name in ("removed", "metadata", "flags")] == [0, 0, 0]


def test_a_document_that_fails_stays_and_the_others_go_on() -> None:
    made = clean_batch(pa.RecordBatch.from_pydict({"text": [article(1), "fail\n\nFollow us on:"]}), Failing())
    assert made["text"].to_pylist() == [Cleaner().clean(article(1)).text, "fail\n\nFollow us on:"]
    assert made["flags"].to_pylist() == [[], ["error:RuntimeError"]]


def test_bytes_that_are_no_text_stay_as_they_are() -> None:
    raw = pa.array([b"\xff\xfe bad", article(1).encode(), None], pa.binary())
    column = pa.Array.from_buffers(pa.string(), 3, raw.buffers())
    made = clean_batch(pa.RecordBatch.from_arrays([column], names=["text"]))
    assert made["text"].cast(pa.binary()).to_pylist()[0] == b"\xff\xfe bad"
    assert made["text"][1].as_py() == Cleaner().clean(article(1)).text
    assert made["flags"].to_pylist() == [["error:UnicodeDecodeError"], [], []]


def test_no_rows() -> None:
    assert clean_table(pa.table({"text": pa.array([], pa.string())})).num_rows == 0
    assert clean_array(pa.array([], pa.large_string())).type == pa.large_string()
    assert clean_array(pa.chunked_array([], pa.string())).to_pylist() == []


def test_large_batches_are_cut() -> None:
    table = pa.table({"text": ["A line."] * 3000})
    assert [batch.num_rows for batch in clean_batches(table.to_batches())] == [1024, 1024, 952]
    assert clean_table(table)["text"].to_pylist() == ["A line."] * 3000


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"body": ["a"]}, r"there is no column 'text', only 'body': string; name the one of the text"),
        ({"text": [1]}, r"'text' holds no strings \(there is 'text': int64\)"),
        ({"text": ["a"], "flags": [1]}, r"the name 'flags' is taken .*'flags': int64.*Columns"),
    ],
)
def test_wrong_columns_are_named(columns: dict[str, list[Any]], message: str) -> None:
    with pytest.raises(CleanerError, match=message):
        clean_batch(pa.RecordBatch.from_pydict(columns))


def test_names_can_be_chosen() -> None:
    batch = pa.RecordBatch.from_pydict({"body": [article(3)], "flags": [1]})
    made = clean_batch(batch, keys=FieldNames(text="body"), columns=Columns(removed="", flags="clean_flags"))
    assert made.schema.names == ["body", "flags", "metadata", "clean_flags"]


def test_signals_are_a_column_when_it_is_named() -> None:
    batch = pa.RecordBatch.from_pydict({"text": [article(1), None]})
    found = clean_batch(batch, columns=Columns(signals="signals"))
    assert found.schema == output_schema(batch.schema, columns=Columns(signals="signals"))
    assert found["signals"].to_pylist() == [signals_of(Cleaner().clean(article(1))).as_dict(), None]
    assert str(found.schema.field("signals").type.field("residue").type) == "double"
    with pytest.raises(CleanerError, match="the name 'text' is taken"):
        clean_batch(batch, columns=Columns(signals="text"))
