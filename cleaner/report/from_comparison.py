"""A page, and the figures, of two rule sets on one corpus."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from cleaner.batch.corpus import Corpus
from cleaner.pipeline import Cleaner, CleanResult
from cleaner.report.comparison import Comparison, changes_between, comparison_document, lost_only
from cleaner.report.data import Heading, PageBuilder, PageData
from cleaner.report.documents import Document, document_of_result
from cleaner.report.sampling import DEFAULT_SAMPLE, StratifiedSample
from cleaner.report.totals import Totals
from cleaner.rules.ruleset import RuleSet

__all__ = ["RuleSetComparison"]


class _Compared(NamedTuple):
    document: Document
    old: CleanResult
    new: CleanResult


@dataclass(frozen=True, slots=True)
class RuleSetComparison:
    """Two cleaners and the corpus on which they are compared.

    Attributes:
        corpus: the documents. Lines that recur on a site are not known here.
        old, new: the cleaners.
    """

    corpus: Corpus
    old: Cleaner
    new: Cleaner

    def figures(self) -> Comparison:
        """What differs, over all documents."""
        found = Comparison()
        for one in self._compared():
            found.add(one.old, one.new, changes_between(one.old, one.new))
        return found

    def page_data(self, heading: Heading, size: int = DEFAULT_SAMPLE) -> tuple[Comparison, PageData]:
        """What differs, with the data of a page on the documents that do. The corpus is read twice.

        Args:
            heading: what the page is about.
            size: how many documents it holds.
        """
        figures, totals, sample = Comparison(), Totals(), StratifiedSample(size)
        for number, one in enumerate(self._compared()):
            figures.add(one.old, one.new, changes_between(one.old, one.new))
            totals.add(lost_only(one.document, one.old))
            _, names = comparison_document(one.document, one.old)
            if names:
                sample.add(number, one.document.name, names)
        chosen, builder = sample.chosen(), PageBuilder(self._all_rules())
        for number, one in enumerate(self._compared()):
            if number in chosen:
                builder.add(*comparison_document(one.document, one.old))
        return figures, builder.finish(totals, heading, _more(figures))

    def _compared(self) -> Iterator[_Compared]:
        for found in self.corpus:
            old = self.old.clean_document(found.text, found.info)
            new = self.new.clean_document(found.text, found.info)
            yield _Compared(document_of_result(found.place, new, found.info, found.site), old, new)

    def _all_rules(self) -> RuleSet:
        """The rules of both; of one that both have, the new form."""
        gone = [rule for rule in self.old.rules if rule.id not in self.new.rules]
        return self.new.rules.with_rules([*self.new.rules, *gone])


def _more(figures: Comparison) -> dict[str, Any]:
    lead = (
        f"{figures.changed:,} of {figures.documents:,} documents come out differently: {figures.lost:,} lines go now "
        f"that stayed, and {figures.back:,} stay that went."
    )
    return {"lead": lead, "changes": figures.as_rows()}
