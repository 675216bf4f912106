"""pandas: ``df.pipe(clean_frame)``."""

from __future__ import annotations

from typing import Any

from cleaner.adapters.arrow import Columns, check_columns, clean_table, new_fields
from cleaner.adapters.base import engine
from cleaner.io.formats.base import FieldNames
from cleaner.pipeline import Cleaner

__all__ = ["clean_frame"]


def clean_frame(
    df: Any, cleaner: Cleaner | None = None, *, keys: FieldNames = FieldNames(), columns: Columns = Columns()
) -> Any:
    """A new frame with its text column cleaned and the columns of :class:`Columns` added; all else is the same.

    The new columns hold lists of dicts, dicts, and lists of strings.

    Example::

        df.pipe(clean_frame, keys=FieldNames(text="body"))["flags"]
    """
    with engine("pandas"):
        import pandas as pd
    import pyarrow as pa

    # Only what is looked at becomes Arrow's: frames may hold what Arrow cannot.
    known = {keys.title, keys.url, keys.author, keys.date, keys.site, keys.text}
    new = [field.name for field in new_fields(columns)]
    names = [name for name in df.columns if name in known and _is_text(df[name])]
    found = [(name, str(kind), name in names) for name, kind in zip(df.columns, df.dtypes, strict=True)]
    check_columns(found, keys, columns)
    table = pa.table({name: pa.array(df[name], type=pa.large_string(), from_pandas=True) for name in names})
    cleaned = clean_table(table, cleaner, keys=keys, columns=columns)
    made = {name: pd.Series(cleaned[name].to_pylist(), index=df.index, dtype=object) for name in new}
    texts = pd.Series(cleaned[keys.text].to_pylist(), index=df.index, dtype=df[keys.text].dtype)
    return df.assign(**{keys.text: df[keys.text].where(df[keys.text].isna(), texts), **made})


def _is_text(column: Any) -> bool:
    from pandas.api.types import is_string_dtype

    # A name that stands twice gives a frame here, and output_schema tells of it.
    return column.ndim == 1 and bool(column.isna().all() or is_string_dtype(column.dropna()))
