"""Data-Juicer: the operator ``article_cleaner_mapper``, which an entry point makes known to recipes."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from cleaner.adapters.arrow import Columns, output_schema
from cleaner.adapters.base import Recipe, engine
from cleaner.adapters.datasets import DatasetCleaner
from cleaner.config.settings import load_config
from cleaner.io.formats.base import FieldNames
from cleaner.pipeline import Cleaner

with engine("data-juicer"):
    from data_juicer.ops.base_op import OPERATORS, Mapper

__all__ = ["ArticleCleanerMapper"]


@OPERATORS.register_module("article_cleaner_mapper")
class ArticleCleanerMapper(Mapper):  # type: ignore[misc]
    """Removes the scraps from scraped article text, repairs its encoding, and says in new columns what was removed."""

    _batched_op = True

    def __init__(
        self,
        profile: str | None = None,
        cleaner_toml: str | None = None,
        title_key: str = "title",
        url_key: str = "url",
        removed_key: str = "removed",
        metadata_key: str = "metadata",
        flags_key: str = "flags",
        *args: Any,
        **kwargs: Any,
    ) -> None:
        """
        Initialization method.

        :param profile: which rules run: default, facts, strict or thorough
        :param cleaner_toml: a configuration file with rules of your own and choices among the rules
        :param title_key: the field of a known title, if there is one
        :param url_key: the field of the address of the page, if there is one
        :param removed_key: the new field with the place and rule of each edit; an empty name leaves it out
        :param metadata_key: the new field with what removed lines told; an empty name leaves it out
        :param flags_key: the new field with the flags of the document; an empty name leaves it out
        :param args: extra args
        :param kwargs: extra args
        """
        super().__init__(*args, **kwargs)
        self.keys = FieldNames(text=self.text_key, title=title_key, url=url_key)
        self.columns = Columns(removed_key, metadata_key, flags_key)
        config = load_config(cleaner_toml).with_options(profile=profile)
        cleaner = Cleaner(config.selected(), profile="all", scorer=config.scorer())
        self.clean = DatasetCleaner(cleaner, self.keys, self.columns)
        # What is called is no part of Data-Juicer's fingerprint; this is, so that other rules do not find an old cache.
        self.rules_key = (Recipe.of(cleaner).key, version("article-cleaner"))

    def run(self, dataset: Any, **options: Any) -> Any:
        """Clean a dataset.

        Raises:
            CleanerError: there is no text column, it holds no strings, or the name of a new column is taken. A batch
                that fails is dropped with a line in the log, so this must be told before.
        """
        output_schema(dataset.features.arrow_schema, self.keys, self.columns)
        return super().run(dataset, **options)

    def process_batched(self, samples: Any) -> Any:
        """Clean the texts of a batch."""
        for name, values in self.clean(samples).items():
            samples[name] = values
        return samples
