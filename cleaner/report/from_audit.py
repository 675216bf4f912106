"""A report on a run, from its audit and, where they are there, its results."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from cleaner.batch.audited import AuditedRun, Locate
from cleaner.errors import CleanerError
from cleaner.io.paths import shown
from cleaner.io.problems import Problem
from cleaner.report.catalogue import LanguageGuess
from cleaner.report.data import Heading, PageBuilder, PageData
from cleaner.report.documents import Document, document_of_audit
from cleaner.report.sampling import DEFAULT_SAMPLE, StratifiedSample
from cleaner.report.totals import Totals
from cleaner.rules.ruleset import RuleSet

__all__ = ["AuditReport", "nothing_located"]

_STAMP = ("rules", "packs", "scorer", "version")
_NO_TEXTS = "The results are not at hand, so each document shows only what was removed from it."


def nothing_located(name: str) -> Path | None:
    """For an audit alone: no result is there."""
    return None


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What an audit says, as documents and sums.

    Attributes:
        audit: the file that ``--audit`` wrote.
        rules: all rules there are, for what pages tell about them.
        locate: finds the results of the run.
        sample: how many documents are shown; sums are over all of them.
        may_be_empty: whether an audit of no documents is no error.
    """

    audit: Path
    rules: RuleSet
    locate: Locate = nothing_located
    sample: int = DEFAULT_SAMPLE
    may_be_empty: bool = False

    def page_data(self, heading: Heading) -> tuple[PageData, list[Problem]]:
        """The data of the page, and the results that could not be read.

        Raises:
            CleanerError: the file is no audit, or it is empty and may not be.
        """
        totals, chosen, stamp = self._sums()
        builder = PageBuilder(self.rules)
        problems: list[Problem] = []
        for document in self.documents(chosen, problems):
            builder.add(document)
        notes = (*heading.notes, *((_NO_TEXTS,) if self.locate is nothing_located else ()))
        heading = replace(heading, stamp=stamp, source=heading.source or shown(self.audit), notes=notes)
        return builder.finish(totals, heading), problems

    def documents(self, chosen: set[int] | None = None, problems: list[Problem] | None = None) -> Iterator[Document]:
        """Documents of the audit.

        Args:
            chosen: their lines; None for as many as the sample holds.
            problems: gets the results that could not be read.

        Raises:
            CleanerError: the file is no audit.
        """
        guess = LanguageGuess(self.rules)
        run = AuditedRun(self.audit, self.locate)
        for line, text, fields in run.documents(self._sums()[1] if chosen is None else chosen):
            try:
                document = document_of_audit(line, text, fields)
            except ValueError as error:
                document = document_of_audit(line)
                run.problems.append(Problem(document.name, f"the repairs in the audit are damaged: {error}", False))
            yield document if document.language else replace(document, language=guess.of(document.pieces))
        if problems is not None:
            problems += run.problems

    def _sums(self) -> tuple[Totals, set[int], dict[str, str]]:
        """The totals, the lines of the documents in the sample, and the stamp of the run."""
        totals, sample, guess = Totals(), StratifiedSample(self.sample), LanguageGuess(self.rules)
        stamp: dict[str, str] = {}
        for number, line in AuditedRun(self.audit).lines():
            document = document_of_audit(line)
            if not document.language:
                document = replace(document, language=guess.of(document.pieces))
            totals.add(document)
            sample.add(number, document.name, [*(edit.rule for edit in document.edits), *document.flags])
            stamp = stamp or {key: str(line[key]) for key in _STAMP if key in line}
        if not totals.documents and not self.may_be_empty:
            raise CleanerError(f"{shown(self.audit)}: holds no documents; name the file that --audit wrote")
        return totals, sample.chosen(), stamp
