"""scikit-learn: a transformer for texts that can be cloned and put into a pipeline."""

from __future__ import annotations

from cleaner import Cleaner
from tests.adapters.engines import documents, engine, expected
from tests.articles import article

engine("sklearn")


def test_the_transformer_gives_what_the_cleaner_gives_for_the_text_alone() -> None:
    from cleaner.adapters.sklearn import CleanTransformer

    rows = documents()
    assert CleanTransformer().fit_transform([row["text"] for row in rows]) == expected(rows, known=False)


def test_the_transformer_can_be_cloned_and_stands_in_a_pipeline() -> None:
    from sklearn.base import clone
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.pipeline import make_pipeline

    from cleaner.adapters.sklearn import CleanTransformer

    transformer = CleanTransformer(Cleaner(profile="facts"))
    twin = clone(transformer)
    assert twin.get_params()["cleaner"].rules == transformer.cleaner.rules  # type: ignore[union-attr]
    vectorizer = CountVectorizer()
    make_pipeline(CleanTransformer(), vectorizer).fit_transform([article(1), article(2)])
    assert {"bridge", "follow"} & set(vectorizer.vocabulary_) == {"bridge"}
