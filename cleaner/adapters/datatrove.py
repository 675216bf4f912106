"""datatrove: a formatter that cleans, and a filter that drops what was flagged."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import nullcontext
from typing import Any

from cleaner.adapters.base import Cleaned, Recipe, clean_row, default_cleaner, engine
from cleaner.batch.audit import removed_text, stamp_of
from cleaner.errors import CleanerError
from cleaner.io.formats.base import FieldNames, document_of
from cleaner.pipeline import Cleaner

with engine("datatrove"):
    from datatrove.data import Document
    from datatrove.pipeline.filters.base_filter import BaseFilter
    from datatrove.pipeline.formatters.base import BaseFormatter

__all__ = ["CleanFilter", "CleanFormatter"]


class CleanFormatter(BaseFormatter):  # type: ignore[misc]
    """Cleans the text of every document; a document is never emptied.

    Its metadata gains ``clean_rules`` and ``clean_version`` (what cleaned it), ``clean_flags`` (flags, joined by "; ")
    and ``clean_metadata`` (a text for each of ``METADATA_FIELDS``), of the same types in every document as Parquet
    wants them. Statistics count the edits by rule, the changed documents and the flags.

    Args:
        cleaner: by default the built-in rules.
        keys: the fields of the metadata that tell title, url, author, date and site.
        exclusion_writer: gets, for each document that lost something, what was removed as its text, and in
            ``clean_removed`` the places, as in ``Columns.removed`` of :mod:`cleaner.adapters.arrow`.
        signals: whether ``clean_residue`` and the like are added, as :mod:`cleaner.pipeline.signals` has them, or None.
    """

    name = "🧹 article-cleaner"
    _requires_dependencies = ("ahocorasick_rs", "ftfy", "regex")

    def __init__(
        self,
        cleaner: Cleaner | None = None,
        keys: FieldNames = FieldNames(),
        exclusion_writer: Any = None,
        signals: bool = False,
    ) -> None:
        super().__init__()
        self.recipe, self.keys, self.signals = Recipe.of(cleaner), keys, signals
        self.exclusion_writer = exclusion_writer
        self.stamp = {f"clean_{name}": value for name, value in stamp_of(cleaner or default_cleaner()).items()}

    def format(self, text: str) -> str:
        """The cleaned text, when nothing else is known."""
        return self._clean(Document(text, "")).text or text

    def run(self, data: Any, rank: int = 0, world_size: int = 1) -> Any:
        """Clean the documents as they come."""
        self.recipe.cleaner()  # so that the first document does not take the time of building it
        with self.exclusion_writer or nullcontext() as writer:
            for document in data or ():
                with self.track_time():
                    cleaned = self._clean(document)
                self._count(cleaned, cleaned.text != document.text)
                if writer and (removed := _removed(document, cleaned)):
                    writer.write(removed, rank)
                document.text = cleaned.text or document.text
                document.metadata |= self.stamp | cleaned.found(self.signals)
                yield document

    def _clean(self, document: Any) -> Cleaned:
        return clean_row(document.text, document_of(document.metadata, self.keys), self.recipe.cleaner())

    def _count(self, cleaned: Cleaned, changed: bool) -> None:
        self.stat_update("total", *(["changed"] if changed else []), *(f"flag_{flag}" for flag in cleaned.flags))
        self.stat_update(*(edit.rule for edit in (cleaned.result.edits if cleaned.result else ())))


class CleanFilter(BaseFilter):  # type: ignore[misc]
    """Drops documents that ``CleanFormatter`` flagged: with one of ``flags`` ("paywall", "error" …), or with any."""

    name = "🧹 article-cleaner flags"

    def __init__(self, flags: Collection[str] | None = None, exclusion_writer: Any = None) -> None:
        super().__init__(exclusion_writer)
        self.flags = flags

    def filter(self, doc: Any) -> bool | tuple[bool, str]:
        """Whether to keep the document, or the first flag that drops it."""
        if "clean_flags" not in doc.metadata:
            raise CleanerError(f"{doc.id} has no clean_flags; put CleanFormatter before CleanFilter")
        for flag in filter(None, doc.metadata["clean_flags"].split("; ")):
            if self.flags is None or flag in self.flags or flag.partition(":")[0] in self.flags:
                return False, flag
        return True


def _removed(document: Any, cleaned: Cleaned) -> Any:
    if cleaned.result is None or not (text := removed_text(cleaned.result)):
        return None
    return Document(text, document.id, metadata={**document.metadata, "clean_removed": cleaned.spans})
