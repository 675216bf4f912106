"""Haystack: the component in real pipelines, which are written down and read back."""

from __future__ import annotations

import asyncio
import pickle
from typing import Any

import pytest

from cleaner import Cleaner, CleanerError
from cleaner.adapters.notes import NOTES
from tests.adapters.engines import documents, engine, expected
from tests.articles import article

engine("haystack", "frameworks")


def given(rows: list[dict[str, str | None]]) -> list[Any]:
    from haystack import Document

    return [
        Document(
            id=row["id"] or "", content=row["text"], meta={k: v for k, v in row.items() if k not in ("id", "text")}
        )
        for row in rows
    ]


def pipeline(**settings: Any) -> Any:
    from haystack import Pipeline
    from haystack.components.joiners import DocumentJoiner

    from cleaner.adapters.haystack import ArticleCleaner

    made = Pipeline()
    made.add_component("cleaner", ArticleCleaner(**settings))
    made.add_component("joiner", DocumentJoiner(sort_by_score=False))
    made.connect("cleaner.documents", "joiner.documents")
    return made


@pytest.mark.parametrize("is_async", [False, True])
def test_a_pipeline_gives_what_the_cleaner_gives(is_async: bool) -> None:
    rows, made = documents(), pipeline(keep_id=True)
    items, data = given(rows), {"cleaner": {"documents": given(rows)}}
    found = asyncio.run(made.run_async(data)) if is_async else made.run(data)
    cleaned = found["joiner"]["documents"]
    assert [item.content for item in cleaned] == expected(rows)
    assert [item.id for item in cleaned] == [row["id"] for row in rows]
    assert data["cleaner"]["documents"] == items
    assert all(set(NOTES) <= set(item.meta) for item in cleaned if item.content)


def test_a_document_gets_the_id_of_its_new_content() -> None:
    from haystack import Document

    from cleaner.adapters.haystack import ArticleCleaner

    before = Document(content=article(1), meta={"page": 3}, score=0.5)
    (after,) = ArticleCleaner().run(documents=[before])["documents"]
    assert after.id == Document(content=after.content, meta=after.meta).id != before.id
    assert (after.score, after.meta["page"]) == (0.5, 3)


def test_a_pipeline_is_written_down_and_read_back() -> None:
    from haystack import Document, Pipeline
    from haystack.core.errors import DeserializationError

    written = pipeline(keep=["follow-us"], fields={"title": "headline"}).dumps()
    assert "cleaner.adapters.haystack.ArticleCleaner" in written
    with pytest.raises(DeserializationError, match="allowed_modules"):
        Pipeline.loads(written)
    again = Pipeline.loads(written, allowed_modules=["cleaner.adapters.haystack"])
    assert again.dumps() == written
    document = Document(content=f"A bridge\n\n{article(1)}", meta={"headline": "A bridge"})
    (made,) = again.run({"cleaner": {"documents": [document]}})["joiner"]["documents"]
    want = Cleaner(again.get_component("cleaner").recipe.cleaner().rules).clean(document.content, title="A bridge")
    assert made.content == want.text
    assert "Follow us on:" in made.content
    assert not made.content.startswith("A bridge")


def test_the_component_pickles_before_and_after_it_is_warm() -> None:
    from cleaner.adapters.haystack import ArticleCleaner

    component = ArticleCleaner()
    cold = pickle.loads(pickle.dumps(component))
    component.warm_up()
    warm = pickle.loads(pickle.dumps(component))
    items = given(documents())
    assert cold.run(documents=items) == warm.run(documents=items) == component.run(documents=items)
    assert len(pickle.dumps(component)) < 10_000


def test_wrong_settings_are_told() -> None:
    from cleaner.adapters.haystack import ArticleCleaner

    with pytest.raises(CleanerError, match="names no field that is read"):
        ArticleCleaner(fields={"headline": "title"})
    with pytest.raises(CleanerError, match="allowed are default, facts"):
        ArticleCleaner(profile="fact").warm_up()
