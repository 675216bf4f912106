"""Scrapy: an item pipeline, which the settings ``CLEANER_…`` of a project set up."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from cleaner.adapters.base import Cleaned, clean_row, engine
from cleaner.adapters.notes import counts_of, note_of
from cleaner.adapters.plain import KNOWN
from cleaner.adapters.scrapy_settings import CleanSettings
from cleaner.io.article import Article, ReadOptions
from cleaner.io.formats.base import document_of
from cleaner.model import DocumentInfo

with engine("scrapy"):
    from itemadapter import ItemAdapter
    from scrapy.exceptions import DropItem
    from scrapy.utils.asyncio import run_in_thread

__all__ = ["CleanPipeline"]


class CleanPipeline:
    """Cleans a field of each item, whatever its class, and counts what it did in the stats of the crawler.

    Args:
        settings: what is cleaned, and how.
        stats: the stats of the crawler. Their keys begin with "cleaner/".
    """

    def __init__(self, settings: CleanSettings, stats: Any) -> None:
        self.settings, self.stats, self.extract = settings, stats, ReadOptions().extract

    @classmethod
    def from_crawler(cls, crawler: Any) -> CleanPipeline:
        """The pipeline that the settings of a crawler describe.

        Raises:
            CleanerError: a setting is wrong, or there is none of that name.
        """
        return cls(CleanSettings.of(crawler.settings), crawler.stats)

    async def process_item(self, item: Any) -> Any:
        """The item with its text cleaned. Fields that it has and that are empty get what removed lines told."""
        row, ours = ItemAdapter(item), self.settings
        article = Article(row.get(ours.keys.text), document_of(row, ours.keys), "")
        if not article.text and ours.html and row.get(ours.html):
            article = await run_in_thread(self._read, row[ours.html], article.info)  # a page can take seconds
        cleaned = clean_row(article.text, article.info, ours.cleaner)
        cleaned = replace(cleaned, flags=(*cleaned.flags, *article.flags))
        for name, count in counts_of(cleaned).items():
            self.stats.inc_value(f"cleaner/{name}", count)
        if dropped := [flag for flag in cleaned.flags if {flag, flag.partition(":")[0]} & ours.drop_flags]:
            raise DropItem(f"cleaner: {', '.join(dropped)}")
        for name, value in {**self._found(row, cleaned), ours.notes: note_of(cleaned, article.info)}.items():
            if name:
                row[name] = value
        return item

    def _read(self, page: Any, info: DocumentInfo) -> Article:
        """The article of a page, with what the item says before what the page says."""
        try:
            found = self.extract(page, info.url)
        except Exception as error:  # one bad page must not end the crawl
            return Article("", info, "", (f"error:{type(error).__name__}",))
        known: dict[str, Any] = {**info.known, "url": info.url}
        return found._replace(info=replace(found.info, **known))

    def _found(self, row: Any, cleaned: Cleaned) -> dict[str, str]:
        """The new values of fields."""
        metadata, keys = cleaned.result.metadata if cleaned.result else {}, self.settings.keys
        known = {getattr(keys, name): metadata.get(name) for name in KNOWN}
        empty = {
            name: value for name, value in known.items() if value and name in row.field_names() and not row.get(name)
        }
        return {**empty, keys.text: cleaned.text} if cleaned.text else empty
