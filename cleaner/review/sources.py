"""Where the documents of a review come from: an audit with its results, or texts that are cleaned for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Protocol

from cleaner.io.problems import Problem
from cleaner.report.data import Heading, PageBuilder, PageData
from cleaner.report.documents import Document
from cleaner.report.from_audit import AuditReport
from cleaner.report.from_texts import TextReport

__all__ = ["AuditSource", "ReviewSource", "TextSource"]


class ReviewSource(Protocol):
    """Gives the data of the page, and the documents for an export."""

    def page_data(self, heading: Heading) -> tuple[PageData, list[Problem]]:
        """The data of a page, and what could not be read."""
        ...

    def documents(self) -> Iterator[Document]:
        """All documents."""
        ...

    def problems(self) -> list[Problem]:
        """What could not be read of the documents so far."""
        ...


@dataclass(frozen=True, slots=True)
class AuditSource:
    """The documents of an audit."""

    report: AuditReport
    name: str = ""
    found: list[Problem] = field(default_factory=list)

    def page_data(self, heading: Heading) -> tuple[PageData, list[Problem]]:
        """As :meth:`ReviewSource.page_data`."""
        return self.report.page_data(replace(heading, source=self.name))

    def documents(self) -> Iterator[Document]:
        """As :meth:`ReviewSource.documents`."""
        return self.report.documents(problems=self.found)

    def problems(self) -> list[Problem]:
        """As :meth:`ReviewSource.problems`."""
        return self.found


@dataclass(frozen=True, slots=True)
class TextSource:
    """Texts that are cleaned now."""

    report: TextReport
    name: str = ""

    def page_data(self, heading: Heading) -> tuple[PageData, list[Problem]]:
        """As :meth:`ReviewSource.page_data`."""
        totals, chosen = self.report.chosen()
        builder = PageBuilder(self.report.cleaner.rules)
        for document in chosen:
            builder.add(document)
        stamp = {"rules": self.report.cleaner.rules.digest}
        data = builder.finish(totals, replace(heading, source=self.name, stamp=stamp))
        return data, list(self.report.corpus.problems)

    def documents(self) -> Iterator[Document]:
        """As :meth:`ReviewSource.documents`."""
        return self.report.documents()

    def problems(self) -> list[Problem]:
        """As :meth:`ReviewSource.problems`."""
        return self.report.corpus.problems
