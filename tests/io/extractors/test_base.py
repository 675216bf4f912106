"""The article and the base of extractors."""

from __future__ import annotations

from cleaner.io.extractors.base import Article, Extractor
from cleaner.model import DocumentInfo


class Shout(Extractor):
    name = "shout"

    def extract(self, page: str, url: str) -> tuple[str, DocumentInfo]:
        return page.upper(), DocumentInfo(url=url)


def test_an_extractor_needs_a_name_and_one_method() -> None:
    shout = Shout()
    shout.warm_up()
    assert shout.extract("<p>a", "u") == ("<P>A", DocumentInfo(url="u"))


def test_an_article_can_be_unpacked() -> None:
    text, info, encoding, flags = Article("a", DocumentInfo(title="b"), "utf-8")
    assert (text, info.title, encoding, flags) == ("a", "b", "utf-8", ())
