"""LlamaIndex: a transformation for an ingestion pipeline, before the splitter."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

from cleaner.adapters.base import Recipe, engine
from cleaner.adapters.notes import clean_noted
from cleaner.adapters.plain import field_names, plain_cleaner

with engine("llamaindex"):
    from llama_index.core.schema import BaseNode, MetadataMode, TransformComponent
    from pydantic import Field, PrivateAttr

__all__ = ["CleanNodes"]


class CleanNodes(TransformComponent):  # type: ignore[misc]
    """Cleans the text of each document or node; those that are given do not change, and ids and relations stay.

    The metadata gain what :func:`cleaner.adapters.notes.note_of` notes. Neither the language model nor the embedding
    sees the notes. The settings are those of :func:`cleaner.adapters.plain.plain_cleaner`, and ``fields`` names the
    metadata that tell what is known, such as ``{"title": "headline"}``.

    ``digest`` is made and not given: it names the rules and the version of cleaner, so that a cache of the pipeline
    takes no text that other rules have cleaned.

    Raises:
        CleanerError: a setting is wrong.

    >>> from llama_index.core import Document
    >>> (node,) = CleanNodes()([Document(text="The council met to vote on the bridge.\\n\\nFollow us on:")])
    >>> node.get_content(), node.metadata["clean_removed_by"]
    ('The council met to vote on the bridge.', 'follow-us.networks')
    """

    profile: str | None = None
    threshold: float | None = None
    keep: list[str] = Field(default_factory=list)
    drop: list[str] = Field(default_factory=list)
    rules: list[str] = Field(default_factory=list)
    config: str | None = None
    fields: dict[str, str] = Field(default_factory=dict)
    digest: str = ""
    _recipe: Recipe = PrivateAttr()
    _keys: Any = PrivateAttr()

    @classmethod
    def class_name(cls) -> str:
        """The name in serialised pipelines."""
        return "CleanNodes"

    def model_post_init(self, context: Any) -> None:
        """Make the cleaner, so that wrong settings are told at once."""
        settings = self.model_dump(include={"profile", "threshold", "keep", "drop", "rules", "config"})
        settings.pop("class_name", None)
        self._recipe, self._keys = Recipe.of(plain_cleaner(**settings)), field_names(self.fields)
        self.digest = f"{self._recipe.key} {version('article-cleaner')}"

    def __call__(self, nodes: Sequence[BaseNode], **kwargs: Any) -> Sequence[BaseNode]:
        """The cleaned nodes, in order; a node without text is as it was."""
        return [self._cleaned(node) for node in nodes]

    def _cleaned(self, node: BaseNode) -> BaseNode:
        before = node.get_content(metadata_mode=MetadataMode.NONE)
        if not before:
            return node
        text, notes = clean_noted(before, node.metadata, self._keys, self._recipe.cleaner())
        hidden = ("excluded_embed_metadata_keys", "excluded_llm_metadata_keys")
        keys = {name: list(dict.fromkeys((*getattr(node, name), *notes))) for name in hidden}
        cleaned = node.model_copy(update={"metadata": {**node.metadata, **notes}, **keys})
        cleaned.set_content(text)
        return cleaned
