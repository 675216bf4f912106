"""Haystack: a component for pipelines, between a converter and a splitter."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from cleaner.adapters.base import Recipe, engine
from cleaner.adapters.notes import clean_noted
from cleaner.adapters.plain import field_names, plain_cleaner

with engine("haystack"):
    from haystack import Document, component, default_from_dict, default_to_dict

__all__ = ["ArticleCleaner"]


@component
class ArticleCleaner:
    """Cleans the content of each document; the documents that are given do not change.

    The meta gain what :func:`cleaner.adapters.notes.note_of` notes. It serialises with its pipeline, and pickles.

    Args:
        profile, threshold, keep, drop, rules, config: as for :func:`cleaner.adapters.plain.plain_cleaner`.
        fields: the keys of the meta that tell what is known, such as ``{"title": "headline"}``.
        keep_id: whether a document keeps its id; by default it gets one of its new content.

    Raises:
        CleanerError: a setting is wrong. The names of fields are checked at once, the rest in ``warm_up``.

    >>> text = "The council met to vote on the bridge.\\n\\nFollow us on:"
    >>> (document,) = ArticleCleaner().run(documents=[Document(content=text)])["documents"]
    >>> document.content, document.meta["clean_removed_by"]
    ('The council met to vote on the bridge.', 'follow-us.networks')
    """

    def __init__(
        self,
        profile: str | None = None,
        threshold: float | None = None,
        keep: list[str] | None = None,
        drop: list[str] | None = None,
        rules: list[str] | None = None,
        config: str | None = None,
        fields: dict[str, str] | None = None,
        keep_id: bool = False,
    ) -> None:
        lists = {"keep": keep or [], "drop": drop or [], "rules": rules or []}
        self.settings: dict[str, Any] = {"profile": profile, "threshold": threshold, "config": config, **lists}
        self.fields, self.keep_id, self.keys = fields, keep_id, field_names(fields)
        self.recipe: Recipe | None = None

    def warm_up(self) -> None:
        """Make the cleaner, once."""
        self.recipe = self.recipe or Recipe.of(plain_cleaner(**self.settings))

    def to_dict(self) -> dict[str, Any]:
        """The component as plain data."""
        data: dict[str, Any] = default_to_dict(self, **self.settings, fields=self.fields, keep_id=self.keep_id)
        return data

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> ArticleCleaner:
        """The component from plain data."""
        made: ArticleCleaner = default_from_dict(cls, data)
        return made

    @component.output_types(documents=list[Document])  # type: ignore[untyped-decorator]
    def run(self, documents: list[Document]) -> dict[str, list[Document]]:
        """The cleaned documents, in order; one without content is as it was."""
        self.warm_up()
        return {"documents": [self._cleaned(document) if document.content else document for document in documents]}

    def _cleaned(self, document: Document) -> Document:
        assert self.recipe is not None, "run has warmed up"
        text, notes = clean_noted(document.content, document.meta, self.keys, self.recipe.cleaner())
        meta = {**document.meta, **notes}
        return replace(document, id=document.id if self.keep_id else "", content=text, meta=meta)
