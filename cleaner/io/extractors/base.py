"""What an extractor is, and the article that comes out of one."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import ClassVar, NamedTuple

from cleaner.model import DocumentInfo

__all__ = ["Article", "Extract", "Extractor"]


class Article(NamedTuple):
    """The text of one document, as it was read.

    Attributes:
        text: the decoded text; of a page, its article.
        info: what the source says about the text besides it, such as the title in the head of a page.
        encoding: the codec that the bytes were in; "" when the source was a str.
        flags: what reading the text found, such as "encoding-guessed".
    """

    text: str
    info: DocumentInfo
    encoding: str
    flags: tuple[str, ...] = ()


Extract = Callable[[bytes | str, str], Article]
"""Takes the article out of a page; the second argument is the address of the page, or ""."""


class Extractor(ABC):
    """One way to take the article out of a page.

    Attributes:
        name: what ``--extractor`` calls it.
    """

    name: ClassVar[str]

    @abstractmethod
    def extract(self, page: str, url: str) -> tuple[str, DocumentInfo]:
        """The text of the article, "" when there is none, and what the page says about it. Comments are left out.

        Args:
            page: the decoded page. It has at least one tag.
            url: the address of the page, or "" when it is not known.

        Raises:
            CleanerError: the extractor is not installed.
        """

    def warm_up(self) -> None:
        """Import what the extractor needs, so that the first page does not pay for it.

        A missing package is not an error here; it is one when a page comes.
        """
        return
