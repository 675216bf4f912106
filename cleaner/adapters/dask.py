"""Dask: data frames and bags, partition by partition. The rules travel with the graph."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cleaner.adapters.arrow import Columns, new_fields
from cleaner.adapters.base import Recipe, engine
from cleaner.adapters.pandas import clean_frame
from cleaner.adapters.rows import clean_element
from cleaner.io.formats.base import FieldNames
from cleaner.pipeline import Cleaner

__all__ = ["clean_bag", "clean_dask"]


def clean_dask(
    df: Any, cleaner: Cleaner | None = None, *, keys: FieldNames = FieldNames(), columns: Columns = Columns()
) -> Any:
    """A Dask data frame with its text column cleaned and the columns of :class:`Columns` added; still lazy.

    The new columns have Arrow's types (``pandas.ArrowDtype``), so that Parquet and shuffles keep them.

    Raises:
        CleanerError: there is no text column, it holds no strings, or the name of a new column is taken.
    """
    with engine("dask"):
        from dask.dataframe.dispatch import meta_nonempty

    recipe = Recipe.of(cleaner)
    # An empty frame does not tell strings from other objects.
    meta = _clean_partition(meta_nonempty(df._meta), recipe, keys, columns).iloc[:0]
    return df.map_partitions(_clean_partition, recipe, keys, columns, meta=meta)


def clean_bag(
    bag: Any, cleaner: Cleaner | None = None, *, keys: FieldNames = FieldNames(), columns: Columns = Columns()
) -> Any:
    """A ``dask.bag.Bag`` of texts becomes one of cleaned texts, and one of dicts gets the new fields; still lazy.

    Raises:
        CleanerError: when it is computed: an element is neither, has no text, or a new field's name is taken.
    """
    with engine("dask"):
        import dask.bag  # noqa: F401
    return bag.map_partitions(_clean_elements, Recipe.of(cleaner), keys, columns)


def _clean_partition(df: Any, recipe: Recipe, keys: FieldNames, columns: Columns) -> Any:
    import pandas as pd

    cleaned = clean_frame(df, recipe.cleaner(), keys=keys, columns=columns)
    return cleaned.astype({field.name: pd.ArrowDtype(field.type) for field in new_fields(columns)})


def _clean_elements(elements: Iterable[Any], recipe: Recipe, keys: FieldNames, columns: Columns) -> list[Any]:
    cleaner = recipe.cleaner()
    return [clean_element(element, cleaner, keys=keys, columns=columns) for element in elements]
