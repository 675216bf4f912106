"""NeMo Curator: a modifier for its stage ``Modify``, and a stage that also says what was removed."""

from __future__ import annotations

from typing import Any

from cleaner.adapters.arrow import Columns, clean_table
from cleaner.adapters.base import Recipe, clean_row, engine
from cleaner.io.formats.base import FieldNames, document_of
from cleaner.pipeline import Cleaner

with engine("nemo-curator"):
    from nemo_curator.stages.base import ProcessingStage
    from nemo_curator.stages.text.modifiers import DocumentModifier
    from nemo_curator.tasks import DocumentBatch

__all__ = ["CleanModifier", "CleanStage"]


class CleanModifier(DocumentModifier):  # type: ignore[misc]
    """Cleans a field of texts: ``Modify(CleanModifier())``. A value that is no string stays as it is.

    ``Modify(CleanModifier(), input_fields=[["text", "title", "url"]], output_fields="text")`` also uses what is known.

    >>> CleanModifier().modify_document("The council met to vote on the bridge.\\n\\nFollow us on:")
    'The council met to vote on the bridge.'
    """

    def __init__(self, cleaner: Cleaner | None = None, keys: FieldNames = FieldNames()) -> None:
        super().__init__()
        self.recipe, self.keys = Recipe.of(cleaner), keys

    def modify_document(self, *args: Any, **kwargs: Any) -> Any:
        """The cleaned text, of a text alone or of the fields of a row by name."""
        text = args[0] if args else kwargs[self.keys.text]
        if not isinstance(text, str):
            return text
        return clean_row(text, document_of(kwargs, self.keys, self.keys.text), self.recipe.cleaner()).text


class CleanStage(ProcessingStage[DocumentBatch, DocumentBatch]):  # type: ignore[misc]
    """Cleans the text column of batches and adds the columns of :class:`Columns`, as Arrow's kernel does.

    Raises:
        CleanerError: when it runs: there is no text column, or the name of a new column is taken.
    """

    name = "article_cleaner"

    def __init__(
        self, cleaner: Cleaner | None = None, keys: FieldNames = FieldNames(), columns: Columns = Columns()
    ) -> None:
        self.recipe, self.keys, self.columns = Recipe.of(cleaner), keys, columns

    def inputs(self) -> tuple[list[str], list[str]]:
        """What a batch must have."""
        return ["data"], [self.keys.text]

    def outputs(self) -> tuple[list[str], list[str]]:
        """What a batch has afterwards."""
        new = (self.columns.removed, self.columns.metadata, self.columns.flags)
        return ["data"], [self.keys.text, *filter(None, new)]

    def setup(self, worker_metadata: Any = None) -> None:
        """Build the cleaner, once in each worker."""
        self.recipe.cleaner()

    def process(self, task: Any) -> Any:
        """The batch with its texts cleaned, as an Arrow table."""
        table = clean_table(task.to_pyarrow(), self.recipe.cleaner(), keys=self.keys, columns=self.columns)
        return DocumentBatch(
            dataset_name=task.dataset_name, data=table, _metadata=task._metadata, _stage_perf=task._stage_perf
        )
