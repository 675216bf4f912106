"""scikit-learn: a transformer that stands before a vectorizer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cleaner.adapters.base import clean_row, default_cleaner, engine
from cleaner.model import DocumentInfo
from cleaner.pipeline import Cleaner

with engine("sklearn"):
    from sklearn.base import BaseEstimator, TransformerMixin

__all__ = ["CleanTransformer"]


class CleanTransformer(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Texts in, cleaned texts out; there is nothing to fit.

    >>> CleanTransformer().fit_transform(["The council met to vote on the bridge.\\n\\nFollow us on:"])
    ['The council met to vote on the bridge.']
    """

    def __init__(self, cleaner: Cleaner | None = None) -> None:
        self.cleaner = cleaner

    def fit(self, texts: Iterable[str | None], y: Any = None) -> CleanTransformer:
        """Nothing to learn."""
        return self

    def transform(self, texts: Iterable[str | None]) -> list[str | None]:
        """The cleaned texts, in order; what is no text stays as it is."""
        cleaner, document = self.cleaner or default_cleaner(), DocumentInfo()
        return [clean_row(text, document, cleaner).text if isinstance(text, str) else text for text in texts]

    def __sklearn_is_fitted__(self) -> bool:
        return True
