"""LangChain: a document transformer, for what a loader gives and before a splitter takes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cleaner.adapters.base import Recipe, engine
from cleaner.adapters.notes import clean_noted
from cleaner.adapters.plain import field_names
from cleaner.pipeline import Cleaner

with engine("langchain"):
    from langchain_core.documents import BaseDocumentTransformer, Document

__all__ = ["CleanDocumentTransformer"]


class CleanDocumentTransformer(BaseDocumentTransformer):  # type: ignore[misc]
    """Cleans the text of each document; the documents that are given do not change, and ids stay.

    The metadata gain what :func:`cleaner.adapters.notes.note_of` notes. ``atransform_documents`` does the same in a
    thread. It pickles to a few kilobytes.

    Args:
        cleaner: by default the built-in rules.
        fields: the keys of the metadata that tell what is known, such as ``{"title": "headline"}``; by default
            "title", "author", "date" and "site", and "source" for the address.

    >>> text = "The council met to vote on the bridge.\\n\\nFollow us on:"
    >>> (document,) = CleanDocumentTransformer().transform_documents([Document(text, metadata={"source": "a.txt"})])
    >>> document.page_content, document.metadata["clean_removed_by"], document.metadata["source"]
    ('The council met to vote on the bridge.', 'follow-us.networks', 'a.txt')
    """

    def __init__(self, cleaner: Cleaner | None = None, fields: Mapping[str, str] | None = None) -> None:
        self.recipe = Recipe.of(cleaner)
        self.keys = field_names(fields, url="source")

    def transform_documents(self, documents: Sequence[Document], **kwargs: Any) -> Sequence[Document]:
        """The cleaned documents, in order. ``kwargs`` are for other transformers, and do nothing here."""
        return [self._cleaned(document) for document in documents]

    def _cleaned(self, document: Document) -> Document:
        text, notes = clean_noted(document.page_content, document.metadata, self.keys, self.recipe.cleaner())
        return document.model_copy(update={"page_content": text, "metadata": {**document.metadata, **notes}})
