"""Scrapy: a spider crawls a server on this machine, and the pipeline cleans its items, whatever their class."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from cleaner import Cleaner
from cleaner.adapters.base import clean_row
from cleaner.adapters.notes import counts_of
from cleaner.adapters.scrapy_settings import CleanSettings
from cleaner.model import DocumentInfo
from tests.adapters.engines import documents, engine, expected
from tests.adapters.test_scrapy_settings import Given
from tests.articles import article
from tests.places import ROOT

engine("scrapy", "frameworks")

COUNT = 12
PAYWALL = "The council met on Tuesday to vote on the old bridge.\n\nThis article is for subscribers only.\n"

SPIDER = """
import json
import sys
from dataclasses import dataclass

import attrs
import scrapy
from scrapy.crawler import CrawlerProcess


class Declared(scrapy.Item):
    text = scrapy.Field()
    title = scrapy.Field()
    url = scrapy.Field()
    author = scrapy.Field()


@dataclass
class Plain:
    text: str
    title: str
    url: str
    author: str = ""


@attrs.define
class Attrs:
    text: str
    title: str
    url: str
    author: str = ""


KINDS = [dict, Declared, Plain, Attrs]


class News(scrapy.Spider):
    name = "news"
    start_urls = [sys.argv[1]]
    custom_settings = {
        "ITEM_PIPELINES": {"cleaner.adapters.scrapy.CleanPipeline": 300},
        "CLEANER_DROP_FLAGS": ["paywall"],
        "FEEDS": {"items.jsonl": {"format": "jsonlines"}},
        "TELNETCONSOLE_ENABLED": False,
        "ROBOTSTXT_OBEY": False,
    }

    def parse(self, response):
        yield from response.follow_all(css="a", callback=self.parse_article)

    def parse_article(self, response):
        kind = KINDS[int(response.url.rpartition("/")[2]) % len(KINDS)]
        yield kind(
            text="\\n\\n".join(response.css("p::text").getall()),
            title=response.css("h1::text").get(),
            url=response.url,
            author="",
        )


if __name__ == "__main__":
    process = CrawlerProcess()
    crawler = process.create_crawler(News)
    process.crawl(crawler)
    process.start()
    with open("stats.json", "w") as stream:
        json.dump(crawler.stats.get_stats(), stream, default=str)
"""


def text_of(number: int) -> str:
    """The text of a page as the spider puts it together."""
    return PAYWALL.strip() if number == COUNT else f"By Jane Doe\n\n{article(number).strip()}"


def page_of(path: str) -> str:
    if path == "/":
        return "".join(f"<a href='/{number}'>{number}</a>" for number in range(COUNT + 1))
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in text_of(int(path[1:])).split("\n\n"))
    return f"<title>Title {path[1:]}</title><h1>Title {path[1:]}</h1><article>{paragraphs}</article>"


@pytest.fixture
def address() -> Iterator[str]:
    """The address of a news site on this machine."""

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = page_of(self.path).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing is printed."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.mark.slow
def test_a_spider_crawls_and_its_items_are_what_the_cleaner_gives(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    (tmp_path / "spider.py").write_text(SPIDER, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-W", "error::DeprecationWarning:cleaner", "spider.py", address],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    items = {row["url"]: row for row in map(json.loads, (tmp_path / "items.jsonl").read_text("utf-8").splitlines())}
    assert set(items) == {f"{address}{number}" for number in range(COUNT)}
    cleaner, counts = Cleaner(), Counter[str]()
    for number in range(COUNT + 1):
        info = DocumentInfo(f"Title {number}", f"{address}{number}")
        cleaned = clean_row(text_of(number), info, cleaner)
        counts.update({f"cleaner/{name}": count for name, count in counts_of(cleaned).items()})
        if number < COUNT:
            assert (items[info.url]["text"], items[info.url]["author"]) == (cleaned.text, "Jane Doe")
            assert "Follow us" not in items[info.url]["text"]
    stats = json.loads((tmp_path / "stats.json").read_text("utf-8"))
    assert {name: count for name, count in stats.items() if name.startswith("cleaner/")} == counts
    assert stats["cleaner/flags/paywall"] == stats["item_dropped_count"] == 1


class Stats(Counter[str]):
    """The stats of a crawler, as far as the pipeline uses them."""

    def inc_value(self, name: str, count: int) -> None:
        self[name] += count


def processed(*items: Any, stats: Stats | None = None, **settings: Any) -> list[Any]:
    """What the pipeline makes of items; of one that is dropped, the message."""
    from scrapy.exceptions import DropItem

    from cleaner.adapters.scrapy import CleanPipeline

    pipeline = CleanPipeline(CleanSettings.of(Given(settings)), Stats() if stats is None else stats)

    async def run() -> list[Any]:
        made: list[Any] = []
        for item in items:
            try:
                made.append(await pipeline.process_item(item))
            except DropItem as error:
                made.append(str(error))
        return made

    return asyncio.run(run())


def test_the_pipeline_gives_what_the_cleaner_gives() -> None:
    rows = documents()
    made = processed(*(dict(row) for row in rows))
    want = ["" if text is None else text for text in expected(rows)]
    assert ["" if (row["text"] or "").isspace() else row["text"] or "" for row in made] == want


def test_fields_that_are_empty_get_what_removed_lines_told() -> None:
    @dataclass
    class News:
        body: str
        byline: str | None = None
        date: str = "yesterday"

    text = "By Jane Doe\n\nMarch 28, 2026\n\nThe council met on Tuesday to vote on the old bridge."
    (made,) = processed(News(text), CLEANER_TEXT_FIELD="body", CLEANER_AUTHOR_FIELD="byline")
    assert made == News("The council met on Tuesday to vote on the old bridge.", "Jane Doe", "yesterday")
    (row,) = processed({"text": text})
    assert set(row) == {"text"}, "no fields are added to an item that does not have them"


def test_notes_come_with_the_item_when_they_are_asked_for() -> None:
    (row,) = processed({"text": article(4)}, CLEANER_NOTES_FIELD="clean")
    assert row["clean"]["clean_words_lost"] > 5
    assert "follow-us.networks" in row["clean"]["clean_removed_by"]


@pytest.mark.slow
def test_an_item_without_text_gets_the_article_of_its_page() -> None:
    stats = Stats()
    page = {"html": page_of("/3").encode(), "url": "http://riverpost.example/3", "title": ""}
    broken = {"html": b"<p>", "url": ""}
    made = processed(page, broken, {"html": 5}, stats=stats, CLEANER_HTML_FIELD="html")
    assert made[0]["text"] == Cleaner().clean_html(page["html"], page["url"]).text  # type: ignore[arg-type]
    assert made[0]["title"] == "Title 3"
    assert "old stone bridge" in made[0]["text"]
    assert "text" not in made[1]
    assert stats["cleaner/flags/error:ExtractionError"] == 2
    assert stats["cleaner/documents"] == 3


def test_items_with_chosen_flags_are_dropped() -> None:
    rows = [{"text": PAYWALL}, {"text": article(1)}, {"text": [article(1)]}]
    made = processed(*rows, CLEANER_DROP_FLAGS="paywall,error")
    assert made[0] == "cleaner: paywall"
    assert made[1]["text"].startswith("On day 1")
    assert made[2].startswith("cleaner: error:")


def test_an_item_of_another_kind_passes_through() -> None:
    stats = Stats()
    rows: list[dict[str, Any]] = [{"picture": "bridge.png"}, {"text": ["a", "list"]}]
    assert processed(*(dict(row) for row in rows), stats=stats) == rows
    assert stats["cleaner/documents"] == 2
    assert [name for name in stats if name.startswith("cleaner/flags/error:")]
