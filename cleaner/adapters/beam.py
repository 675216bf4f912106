"""Apache Beam: a transform for collections of rows or of texts, with counters for its runner."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cleaner.adapters.arrow import Columns
from cleaner.adapters.base import Recipe, engine
from cleaner.adapters.rows import clean_element
from cleaner.io.formats.base import FieldNames
from cleaner.pipeline import Cleaner

with engine("beam"):
    import apache_beam as beam
    from apache_beam.metrics import Metrics

__all__ = ["Clean", "CleanDoFn"]

_NAMESPACE = "cleaner"


class CleanDoFn(beam.DoFn):  # type: ignore[misc]
    """Cleans elements: a text becomes a cleaned text, a dict gets the fields of :class:`Columns`.

    The counters ``documents``, ``changed`` and ``flag_FLAG`` stand in the namespace ``cleaner``.
    """

    def __init__(
        self, cleaner: Cleaner | None = None, keys: FieldNames = FieldNames(), columns: Columns = Columns()
    ) -> None:
        self.recipe, self.keys, self.columns = Recipe.of(cleaner), keys, columns

    def setup(self) -> None:
        """Build the cleaner, once in each process."""
        self.recipe.cleaner()

    def process(self, element: Any) -> Iterator[Any]:
        """The cleaned element.

        Raises:
            CleanerError: it is neither a text nor a dict, has no text, or the name of a new field is taken.
        """
        cleaned = clean_element(element, self.recipe.cleaner(), keys=self.keys, columns=self.columns)
        self._count(element, cleaned)
        yield cleaned

    def _count(self, before: Any, after: Any) -> None:
        flags: list[str] = []
        if isinstance(after, Mapping):
            before, flags = before[self.keys.text], after.get(self.columns.flags, [])
            after = after[self.keys.text]
        counted = ["documents", *(["changed"] if before != after else []), *(f"flag_{flag}" for flag in flags)]
        for name in counted:
            Metrics.counter(_NAMESPACE, name).inc()


class Clean(beam.PTransform):  # type: ignore[misc]
    """``rows | Clean()``: see :class:`CleanDoFn`.

    >>> with beam.Pipeline() as pipeline:
    ...     texts = pipeline | beam.Create(["The council met to vote on the bridge.\\n\\nFollow us on:"])
    ...     _ = texts | Clean() | beam.Map(print)
    The council met to vote on the bridge.
    """

    def __init__(
        self, cleaner: Cleaner | None = None, keys: FieldNames = FieldNames(), columns: Columns = Columns()
    ) -> None:
        super().__init__()
        self.function = CleanDoFn(cleaner, keys, columns)

    def expand(self, elements: Any) -> Any:
        """The collection of cleaned elements."""
        return elements | beam.ParDo(self.function)
