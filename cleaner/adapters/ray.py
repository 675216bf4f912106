"""Ray Data: a pool of actors, each of which builds the cleaner once."""

from __future__ import annotations

from typing import Any

from cleaner.adapters.arrow import Columns, clean_table
from cleaner.adapters.base import Recipe, engine
from cleaner.io.formats.base import FieldNames
from cleaner.pipeline import Cleaner

__all__ = ["RayCleaner", "clean_ray"]


class RayCleaner:
    """What an actor holds: a cleaner for tables, to give to ``Dataset.map_batches`` with ``batch_format="pyarrow"``."""

    def __init__(self, recipe: Recipe, keys: FieldNames = FieldNames(), columns: Columns = Columns()) -> None:
        self.cleaner, self.keys, self.columns = recipe.cleaner(), keys, columns

    def __call__(self, table: Any) -> Any:
        return clean_table(table, self.cleaner, keys=self.keys, columns=self.columns)


def clean_ray(
    dataset: Any,
    cleaner: Cleaner | None = None,
    *,
    keys: FieldNames = FieldNames(),
    columns: Columns = Columns(),
    workers: int | tuple[int, int] | None = None,
    **options: Any,
) -> Any:
    """A ``ray.data.Dataset`` with its text column cleaned and the columns of :class:`Columns` added; lazy as any.

    Args:
        workers: how many actors, or the least and the most of them; by default Ray decides. Each takes one CPU.
        options: for ``map_batches``: ``batch_size``, ``num_cpus``, ``max_restarts`` …
    """
    with engine("ray"):
        from ray.data import ActorPoolStrategy

    if isinstance(workers, int):
        options["compute"] = ActorPoolStrategy(size=workers)
    elif workers:
        options["compute"] = ActorPoolStrategy(min_size=workers[0], max_size=workers[1])
    options.setdefault("batch_size", 1024)
    return dataset.map_batches(
        RayCleaner,
        fn_constructor_args=(Recipe.of(cleaner), keys, columns),
        batch_format="pyarrow",
        **options,
    )
