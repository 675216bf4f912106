"""``clean learn``: from a corpus to a file of proposals."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from cleaner.authoring.clean_texts import CleanTexts
from cleaner.authoring.learning.corpus import observe
from cleaner.authoring.learning.observe import Observer
from cleaner.authoring.learning.proposal import Proposal, proposals_toml
from cleaner.authoring.learning.propose import learn
from cleaner.authoring.learning.store import DEFAULT, Store, Thresholds
from cleaner.authoring.learning.templates import Templates
from cleaner.batch.jobs import Plan
from cleaner.io.article import ReadOptions
from cleaner.io.atomic import atomic_write
from cleaner.io.problems import Problem
from cleaner.pipeline import Cleaner
from cleaner.rules import RuleSet

__all__ = ["LearnRequest", "Learned", "learn_from", "write_proposals"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnRequest:
    """What is learned from, and how.

    Attributes:
        planned: the files.
        rules: all rules there are; what they say already is not proposed.
        clean: texts to measure false positives on.
        rejected: keys of proposals that somebody rejected before.
        from_scratch: whether lines that rules remove already are proposed too.
        thresholds: how often a line must recur.
        most: how many wordings are proposed at most.
        memory: how much memory the database may use, as "500MB".
        workers: how many processes read.
        reading: how documents are read.
    """

    planned: Plan
    rules: RuleSet
    clean: CleanTexts
    rejected: Set[str] = frozenset()
    from_scratch: bool = False
    thresholds: Thresholds = DEFAULT
    most: int = 1000
    memory: str = "500MB"
    workers: int = 1
    reading: ReadOptions = ReadOptions()


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learned.

    Attributes:
        documents: how many documents were read.
        proposals: the proposed rules, those with the strongest evidence first.
        left_out: how many wordings more there are than the most that may be proposed.
        problems: what could not be read.
    """

    documents: int
    proposals: Sequence[Proposal]
    left_out: int
    problems: Sequence[Problem]

    @property
    def wordings(self) -> int:
        """How many wordings the proposals have together."""
        return sum(len(proposal.wordings) for proposal in self.proposals)

    @property
    def doubtful(self) -> int:
        """How many of the proposals may be no scraps; they have the status preview."""
        return sum(proposal.draft.status == "preview" for proposal in self.proposals)


def learn_from(cleaner: Cleaner, request: LearnRequest, on_step: Callable[[str], None] = lambda step: None) -> Learned:
    """Read a corpus and propose rules for the lines that recur in it.

    Args:
        cleaner: the cleaner of the project; what it removes already is not proposed.
        request: what is learned from, and how.
        on_step: called with "reading" and "proposing" when these begin.

    Raises:
        CleanerError: the database is not installed, or its memory does not suffice.
    """
    problems = [*request.planned.problems, *request.clean.problems]
    observer = Observer(Templates(request.rules), None if request.from_scratch else cleaner)
    with Store(request.memory) as store:
        on_step("reading")
        count = store.add(observe(request.planned.jobs, observer, problems, request.workers, request.reading))
        if not count:
            return Learned(0, (), 0, problems)
        on_step("proposing")
        proposals = learn(
            store,
            request.rules,
            request.clean.texts,
            thresholds=request.thresholds,
            most=request.most,
            rejected=request.rejected,
        )
        return Learned(count, proposals, max(0, store.keys - request.most), problems)


def write_proposals(path: Path, learned: Learned, from_scratch: bool = False) -> None:
    """Write the file of proposals, with a heading that says what they come from."""
    new = "" if from_scratch else " that no rule removes yet"
    heading = [
        f"Proposals of `clean learn` from {learned.documents:,} documents: lines{new}, the strongest evidence first.",
        "Go through them with `clean learn --review` and this file; a rule needs more keeps than the drafted one.",
    ]
    with atomic_write(path, 0o644) as stream:
        stream.write(proposals_toml(learned.proposals, heading).encode())
