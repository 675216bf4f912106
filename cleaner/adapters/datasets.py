"""Hugging Face datasets, in memory, on disk or streamed. The cache knows the rules by their digest."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

from cleaner.adapters.arrow import Columns, clean_table, new_fields, output_schema
from cleaner.adapters.base import Recipe, engine
from cleaner.io.formats.base import FieldNames
from cleaner.pipeline import Cleaner

with engine("datasets"):
    from datasets import Features
    from datasets.utils._dill import pklregister

__all__ = ["DatasetCleaner", "clean_dataset"]


class DatasetCleaner:
    """A function for ``dataset.map(DatasetCleaner(), batched=True)``; takes batches of lists, and Arrow tables.

    ``datasets`` infers the types of new columns from the first batch; :func:`clean_dataset` tells them instead.
    """

    def __init__(
        self, cleaner: Cleaner | None = None, keys: FieldNames = FieldNames(), columns: Columns = Columns()
    ) -> None:
        self.recipe, self.keys, self.columns = Recipe.of(cleaner), keys, columns

    def __call__(self, batch: Any) -> Any:
        if not isinstance(batch, Mapping):
            return clean_table(batch, self.recipe.cleaner(), keys=self.keys, columns=self.columns)
        import pyarrow as pa

        new = [field.name for field in new_fields(self.columns)]
        keys = self.keys
        used = {keys.text, keys.title, keys.url, keys.author, keys.date, keys.site, *new}
        lists = {name: batch[name] for name in batch if name in used}
        if not any(value is not None for value in lists.get(keys.text, ["a text"])):
            lists[keys.text] = pa.array(lists[keys.text], type=pa.string())  # of nulls alone Arrow cannot tell the type
        cleaned = clean_table(pa.table(lists), self.recipe.cleaner(), keys=keys, columns=self.columns)
        return {name: cleaned[name].to_pylist() for name in (keys.text, *new)}

    def features(self, features: Any) -> Any:
        """The features of what comes out, new columns included."""
        return Features.from_arrow_schema(output_schema(features.arrow_schema, self.keys, self.columns))


@pklregister(DatasetCleaner)  # type: ignore[untyped-decorator]
def _save_for_hashing(pickler: Any, function: DatasetCleaner) -> None:
    """Only fingerprints are made by this pickler; workers get the rules by the usual one.

    The pickled rules are not the same bytes in every process, and the cache would never be found.
    """
    told = (function.recipe.key, function.keys, function.columns, version("article-cleaner"))
    pickler.save_reduce(DatasetCleaner, told, obj=function)


def clean_dataset(
    dataset: Any,
    cleaner: Cleaner | None = None,
    *,
    keys: FieldNames = FieldNames(),
    columns: Columns = Columns(),
    **options: Any,
) -> Any:
    """A ``Dataset`` or ``IterableDataset`` with its text column cleaned and the columns of :class:`Columns` added.

    Args:
        options: for ``map``: ``num_proc``, ``batch_size`` …
    """
    function = DatasetCleaner(cleaner, keys, columns)
    if dataset.features is not None:  # a stream may not know them
        options.setdefault("features", function.features(dataset.features))
    return dataset.map(function, batched=True, **options)
