"""Texts that are cleaned for a page, here and now: a corpus and a cleaner instead of an audit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from cleaner.batch.corpus import Corpus
from cleaner.pipeline import Cleaner
from cleaner.report.catalogue import LanguageGuess
from cleaner.report.documents import Document, document_of_result
from cleaner.report.sampling import DEFAULT_SAMPLE, StratifiedSample
from cleaner.report.totals import Totals

__all__ = ["TextReport"]


@dataclass(frozen=True, slots=True)
class TextReport:
    """What a cleaner does to a corpus.

    Attributes:
        corpus: the documents.
        cleaner: cleans them.
        sample: how many documents are shown; sums are over all.
    """

    corpus: Corpus
    cleaner: Cleaner
    sample: int = DEFAULT_SAMPLE

    def chosen(self) -> tuple[Totals, list[Document]]:
        """The sums over all documents, and those in the sample. The corpus is read twice when it is larger."""
        totals, sample = Totals(), StratifiedSample(self.sample)
        kept: list[Document] = []
        for number, document in enumerate(self.documents()):
            totals.add(document)
            sample.add(number, document.name, [*(edit.rule for edit in document.edits), *document.flags])
            if number < self.sample:
                kept.append(document)
        if totals.documents <= self.sample:
            return totals, kept
        wanted = sample.chosen()
        return totals, [document for number, document in enumerate(self.documents()) if number in wanted]

    def documents(self) -> Iterator[Document]:
        """All documents, in the order of the corpus."""
        guess = LanguageGuess(self.cleaner.rules)
        for found in self.corpus:
            result = self.cleaner.clean_document(found.text, found.info)
            document = document_of_result(found.place, result, found.info, found.site)
            yield document if document.language else replace(document, language=guess.of(document.pieces))
