"""LangChain: the transformer gives what the cleaner gives, sync and async, and changes nothing that it was given."""

from __future__ import annotations

import asyncio
import pickle
from typing import Any

import pytest

from cleaner import Cleaner, CleanerError
from cleaner.adapters.notes import NOTES
from tests.adapters.engines import Row, documents, engine, expected
from tests.articles import article

engine("langchain_core", "frameworks")


def given(rows: list[dict[str, str | None]]) -> list[Any]:
    from langchain_core.documents import Document

    return [Document(row["text"], id=row["id"], metadata=metadata(row)) for row in rows if row["text"] is not None]


def metadata(row: Row) -> dict[str, str | None]:
    """As LangChain's loaders name it: the address is the source."""
    return {"source" if name == "url" else name: value for name, value in row.items() if name not in ("id", "text")}


@pytest.mark.parametrize("is_async", [False, True])
def test_the_transformer_gives_what_the_cleaner_gives(is_async: bool) -> None:
    from cleaner.adapters.langchain import CleanDocumentTransformer

    rows, transformer = documents(), CleanDocumentTransformer()
    items = given(rows)
    before = [item.model_copy(deep=True) for item in items]
    made = asyncio.run(transformer.atransform_documents(items)) if is_async else transformer.transform_documents(items)
    assert [item.page_content for item in made] == [text for text in expected(rows) if text is not None]
    assert [item.id for item in made] == [item.id for item in items]
    assert items == before
    for old, new in zip(items, made, strict=True):
        assert set(NOTES) <= set(new.metadata)
        assert old.metadata == {name: value for name, value in new.metadata.items() if not name.startswith("clean_")}


def test_metadata_tell_what_was_found() -> None:
    from langchain_core.documents import Document

    from cleaner.adapters.langchain import CleanDocumentTransformer

    text = "By Jane Doe\n\nThe bridge is old\n\nThe council met on Tuesday to vote on the old bridge.\n\nFollow us on:"
    (made,) = CleanDocumentTransformer(fields={"title": "headline"}).transform_documents(
        [Document(text, metadata={"headline": "The bridge is old"})]
    )
    assert made.page_content == "The council met on Tuesday to vote on the old bridge."
    assert made.metadata["clean_author"] == "Jane Doe"
    assert made.metadata["clean_words_lost"] == 10
    assert made.metadata["clean_removed_by"].endswith("follow-us.networks")
    assert "clean_title" not in made.metadata


def test_a_cleaner_of_ones_own_travels_with_the_transformer() -> None:
    from langchain_core.documents import Document

    from cleaner.adapters.langchain import CleanDocumentTransformer

    cleaner = Cleaner(profile="facts")
    packed = pickle.dumps(CleanDocumentTransformer(cleaner))
    assert len(packed) < 10_000
    (made,) = pickle.loads(packed).transform_documents([Document(article(4))])
    assert made.page_content == cleaner.clean(article(4)).text.removesuffix("\n")


def test_it_stands_in_a_chain() -> None:
    from langchain_core.documents import Document
    from langchain_core.runnables import RunnableLambda

    from cleaner.adapters.langchain import CleanDocumentTransformer

    chain = RunnableLambda(CleanDocumentTransformer().transform_documents) | RunnableLambda(len)
    assert chain.invoke([Document(article(1)), Document(article(2))]) == 2


def test_a_field_that_is_not_read_is_told() -> None:
    from cleaner.adapters.langchain import CleanDocumentTransformer

    with pytest.raises(CleanerError, match="headline='title' names no field that is read"):
        CleanDocumentTransformer(fields={"headline": "title"})
