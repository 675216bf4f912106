"""The page of a review: that of a report, with the verdicts in it and a place where new ones go."""

from __future__ import annotations

import gzip
import json
from typing import Any

import msgspec

from cleaner.report.data import Heading, PageData
from cleaner.report.page import render
from cleaner.review.sources import ReviewSource
from cleaner.review.verdicts import Verdict, VerdictFile

__all__ = ["ReviewPage"]

_TITLE = "Review"


class ReviewPage:
    """Holds the data of the page in memory, and puts the verdicts into it whenever it is asked for.

    Args:
        source: where the documents come from; they are read once.
        verdicts: the file that takes verdicts.

    Attributes:
        problems: what could not be read.
    """

    def __init__(self, source: ReviewSource, verdicts: VerdictFile) -> None:
        self._data, self.problems = source.page_data(Heading(kind="review", title="What was removed"))
        self._verdicts = verdicts
        self._overview: dict[str, Any] = json.loads(gzip.decompress(self._data.overview))

    @property
    def documents(self) -> int:
        """How many documents there are."""
        return int(self._overview["totals"]["documents"])

    def render(self) -> bytes:
        """The page as it is now."""
        given = [msgspec.to_builtins(one) for one in self._verdicts.verdicts]
        overview = {**self._overview, "review": {"verdicts": given}}
        packed = gzip.compress(json.dumps(overview, separators=(",", ":")).encode("ascii"), 1, mtime=0)
        return render(PageData(packed, self._data.chunks), _TITLE, serves=True)

    def take(self, verdict: Verdict) -> None:
        """Append a verdict, with the digest of the rules it is about.

        Raises:
            OSError: it cannot be written.
        """
        rules = str(self._overview["stamp"].get("rules", ""))
        self._verdicts.append(msgspec.structs.replace(verdict, rules=rules))
