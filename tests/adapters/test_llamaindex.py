"""LlamaIndex: the transformation in real ingestion pipelines, with a cache and with processes."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import pytest

from cleaner import Cleaner, CleanerError
from cleaner.adapters.notes import NOTES
from tests.adapters.engines import documents, engine, expected
from tests.articles import article

engine("llama_index.core", "frameworks")


def given(rows: list[dict[str, str | None]]) -> list[Any]:
    from llama_index.core import Document

    return [
        Document(text=row["text"], doc_id=row["id"], metadata={k: v for k, v in row.items() if k not in ("id", "text")})
        for row in rows
        if row["text"] is not None
    ]


def test_a_pipeline_gives_what_the_cleaner_gives() -> None:
    from llama_index.core.ingestion import IngestionPipeline

    from cleaner.adapters.llamaindex import CleanNodes

    rows = documents()
    items = given(rows)
    before = [item.model_copy(deep=True) for item in items]
    made = IngestionPipeline(transformations=[CleanNodes()]).run(documents=items)
    assert [node.get_content() for node in made] == [text for text in expected(rows) if text is not None]
    assert [node.node_id for node in made] == [item.node_id for item in items]
    assert items == before


def test_neither_model_nor_embedding_sees_the_notes() -> None:
    from llama_index.core import Document
    from llama_index.core.schema import MetadataMode

    from cleaner.adapters.llamaindex import CleanNodes

    item = Document(text=f"By Jane Doe\n\n{article(4)}", metadata={"headline": "A bridge", "secret": "x"})
    item.excluded_llm_metadata_keys = ["secret"]
    (node,) = CleanNodes(fields={"title": "headline"})([item])
    assert set(NOTES) <= set(node.metadata)
    assert node.metadata["clean_author"] == "Jane Doe"
    assert "headline: A bridge" in node.get_content(MetadataMode.EMBED)
    for mode in (MetadataMode.EMBED, MetadataMode.LLM):
        assert "clean_" not in node.get_content(mode)
    assert "secret" not in node.get_content(MetadataMode.LLM)
    assert "clean_author: Jane Doe" in node.get_content(MetadataMode.ALL)


def test_nodes_keep_their_relations_and_those_without_text_are_as_they_were() -> None:
    from llama_index.core.schema import ImageNode, NodeRelationship, RelatedNodeInfo, TextNode

    from cleaner.adapters.llamaindex import CleanNodes

    picture = ImageNode(image="aGVsbG8=", metadata={"page": 3})
    assert CleanNodes()([picture]) == [picture]
    part = TextNode(text=article(4), relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id="a")})
    (cleaned,) = CleanNodes()([part])
    assert (cleaned.relationships, cleaned.node_id) == (part.relationships, part.node_id)
    assert cleaned.hash != part.hash


@pytest.mark.slow
def test_processes_give_the_same() -> None:
    from llama_index.core.ingestion import IngestionPipeline

    from cleaner.adapters.llamaindex import CleanNodes

    rows = documents()
    made = IngestionPipeline(transformations=[CleanNodes()]).run(documents=given(rows), num_workers=2)
    assert sorted(node.get_content() for node in made) == sorted(text for text in expected(rows) if text is not None)


def test_a_cache_takes_nothing_that_other_rules_have_cleaned() -> None:
    from llama_index.core import Document
    from llama_index.core.ingestion import IngestionCache, IngestionPipeline

    from cleaner.adapters.llamaindex import CleanNodes

    cache, text = IngestionCache(), article(4)
    for profile in ("default", "facts", "default"):
        pipeline = IngestionPipeline(transformations=[CleanNodes(profile=profile)], cache=cache)
        (node,) = pipeline.run(documents=[Document(text=text)])
        assert node.get_content() == Cleaner(profile=profile).clean(text).text.removesuffix("\n")


def test_it_is_plain_data_and_pickles(tmp_path: Path) -> None:
    from llama_index.core import Document

    from cleaner.adapters.llamaindex import CleanNodes

    first = CleanNodes(profile="facts", keep=["follow-us"], fields={"title": "headline"})
    stale = {**first.to_dict(), "digest": "of another version"}
    for twin in (CleanNodes.from_dict(stale), CleanNodes.from_json(first.to_json()), pickle.loads(pickle.dumps(first))):
        assert twin.to_dict() == first.to_dict()
        (node,) = twin([Document(text=article(1))])
        assert "Follow us on:" in node.get_content()


def test_wrong_settings_are_told() -> None:
    from cleaner.adapters.llamaindex import CleanNodes

    with pytest.raises(CleanerError, match="allowed are default, facts"):
        CleanNodes(profile="fact")
    with pytest.raises(CleanerError, match="names no field that is read"):
        CleanNodes(fields={"headline": "title"})
