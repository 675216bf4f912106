"""The scorer: the lines that no rule took get a score, and those that are scraps in all likelihood go.

It looks twice. The second look knows what the first one thought of the neighbours. A third look knows the page, where
there is one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from cleaner.engine.compiler import CompiledRules
from cleaner.engine.deciding import code_lines
from cleaner.engine.line_cache import LineCache
from cleaner.engine.removal import remove_lines
from cleaner.model import Edit
from cleaner.rules.builtin import builtin_rules
from cleaner.rules.recipe import RuleRecipe
from cleaner.rules.ruleset import RuleSet
from cleaner.scoring.evidence import EVIDENCE, LineEvidence, TextEvidence, fitting_rules
from cleaner.scoring.gaps import Gaps
from cleaner.scoring.model import COLUMNS, Model, builtin_model
from cleaner.scoring.page_look import page_look
from cleaner.scoring.phrases import phrase
from cleaner.scoring.second_look import second_look
from cleaner.scoring.spared import CODE, reason_to_spare
from cleaner.scoring.wordings import Fitting, Wordings
from cleaner.text.lines import TextView

__all__ = ["RULE", "LineScore", "Reason", "Reasons", "Scorer"]

RULE = "thorough.line"
"""The name that the edits of the scorer carry; its class is "thorough"."""

_SPARED = -10.0  # log-odds of what a line is spared for: more than any evidence adds up to
_WORDS = next(i for i, (name, _) in enumerate(EVIDENCE) if name == "words")
_TEXT_WORDS = next(i for i, (name, _) in enumerate(EVIDENCE) if name == "text-words")


class LineScore(NamedTuple):
    """The probability, 0 to 1, that the line of an index is a scrap."""

    line: int
    probability: float


class Reason(NamedTuple):
    """A piece of evidence in words, and what it added to the log-odds of a scrap; below 0 it speaks against it."""

    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why a line has its probability: the strongest evidence that it is a scrap, and that it is none."""

    probability: float
    threshold: float
    scrap: tuple[Reason, ...]
    body: tuple[Reason, ...]


class _Scored(NamedTuple):
    """A line with all its numbers, in the order of :data:`COLUMNS`, its score, and why it stays all the same, or ""."""

    evidence: LineEvidence
    values: list[float]
    score: int
    spared: str = ""


class Scorer:
    """Scores the lines that rules left. Immutable; thread-safe; picklable.

    Args:
        model: what the evidence is worth; by default the model that comes with the package.
        threshold: the probability from which on a line goes, above 0 and at most 1; by default the model's own.
        rules: the rules whose wordings are evidence, of any confidence; by default the built-in ones.

    Raises:
        ValueError: the threshold is no probability.
        CleanerError: the model cannot be read.
    """

    def __init__(
        self, model: Model | None = None, *, threshold: float | None = None, rules: RuleSet | None = None
    ) -> None:
        self.model = builtin_model() if model is None else model
        self.threshold = self.model.threshold if threshold is None else threshold
        if not 0 < self.threshold <= 1:
            raise ValueError(f"threshold is a probability above 0 and at most 1, not {self.threshold}")
        self._rules = builtin_rules() if rules is None else rules
        self._compiled = CompiledRules(self._rules)
        self._others: tuple[CompiledRules | None, CompiledRules] = (None, self._compiled)

    @property
    def digest(self) -> str:
        """What stands for the model and the threshold: two scorers of one digest and the same rules score alike."""
        return f"{self.model.digest} {self.threshold}"

    def __reduce__(self) -> tuple[object, ...]:
        model = None if self.model is builtin_model() else self.model  # every process has the one of the package
        return _rebuild, (model, self.threshold, RuleRecipe.of(self._rules))

    def wordings(self, cache: LineCache | None = None) -> Wordings:
        """What lines say by themselves, for a text that is looked at more than once.

        Args:
            cache: what the rules that ran said about the lines, so that only the others are asked.
        """
        return Wordings(self._fitting(cache), self.model.words_score)

    def evidence(self, view: TextView, wordings: Wordings | None = None) -> TextEvidence:
        """The evidence on the lines of a text.

        Args:
            view: the text that the rules left, with what is known about the document.
            wordings: what its lines say by themselves, as :meth:`wordings` gives them.
        """
        return TextEvidence(view, wordings or self.wordings())

    def scores(self, text: TextEvidence, gaps: Gaps) -> list[LineScore]:
        """The probability of each line that is not blank, in order.

        Args:
            text: the evidence on the lines, as :meth:`evidence` gives it.
            gaps: where rules removed lines.
        """
        return [LineScore(one.evidence.line, self._probability(one)) for one in self._scored(text, gaps)]

    def edits(self, view: TextView, scores: Iterable[LineScore]) -> tuple[Edit, ...]:
        """The edits that remove the lines whose probability reaches the threshold."""
        return remove_lines(view, {one.line: RULE for one in scores if one.probability >= self.threshold})

    def reasons(self, text: TextEvidence, gaps: Gaps, index: int, most: int = 6) -> Reasons | None:
        """Why a line has its probability; None for a blank one.

        Args:
            text, gaps: as for :meth:`scores`.
            index: the index of the line.
            most: how many reasons are given on each side.
        """
        found = next((one for one in self._scored(text, gaps) if one.evidence.line == index), None)
        if found is None:
            return None
        shares = self.model.first.shares(found.values)
        later = [self.model.second, *([self.model.page] if len(found.values) == len(COLUMNS) else [])]
        for at, share in chain.from_iterable(forest.shares(found.values).items() for forest in later):
            shares[at] = shares.get(at, 0) + share
        shares[_TEXT_WORDS] = shares.get(_TEXT_WORDS, 0) + self.model.caution(found.values[_TEXT_WORDS])
        reasons = [
            Reason(phrase(COLUMNS[at][1], found.values[at]), share / 1000) for at, share in shares.items() if share
        ]
        if found.spared:
            reasons.append(Reason(found.spared, _SPARED))
        reasons.sort(key=lambda reason: (-abs(reason.weight), reason.text))
        return Reasons(
            self._probability(found),
            self.threshold,
            tuple(reason for reason in reasons if reason.weight > 0)[:most],
            tuple(reason for reason in reasons if reason.weight < 0)[:most],
        )

    def _probability(self, scored: _Scored) -> float:
        return 0.0 if scored.spared else self.model.probability(scored.score)

    def _fitting(self, cache: LineCache | None) -> Fitting:
        """The rules that fit lines: those that ran say it in the cache, the others are asked."""
        if cache is None:
            return fitting_rules(self._compiled)
        ran, others = self._others
        if ran is not cache.rules:
            running = {rule.id: rule for rule in cache.rules.rules}
            left = self._rules.with_rules(rule for rule in self._rules if running.get(rule.id) != rule)
            ran, others = self._others = (cache.rules, CompiledRules(left))
        return fitting_rules(others, cache)

    def _scored(self, text: TextEvidence, gaps: Gaps) -> list[_Scored]:
        """Each line that is not blank. Each look adds to what the ones before say."""
        model, view = self.model, text.view
        lines = text.lines(gaps)
        if not lines:
            return []
        first = [[*one.values, one.wording.words_score] for one in lines]
        scores = model.first.scores(first)
        looks = second_look(scores, [one.values[_WORDS] for one in lines])
        both = [[*a, *b] for a, b in zip(first, looks, strict=True)]
        caution = model.caution(lines[0].values[_TEXT_WORDS])
        code = view.compute_once(code_lines)
        found = [
            _Scored(line, values, score + more + caution, CODE if line.line in code else reason_to_spare(values))
            for line, values, score, more in zip(lines, both, scores, model.second.scores(both), strict=True)
        ]
        return [self._with_page(view, one) for one in found] if view.document.page and model.page.trees else found

    def _with_page(self, view: TextView, scored: _Scored) -> _Scored:
        """A line with what its page adds to its score, if the page has such a line."""
        line = view.document.page.of(view.lines[scored.evidence.line])
        if line is None:
            return scored
        values = [*scored.values, *page_look(scored.score, line)]
        return scored._replace(values=values, score=scored.score + self.model.page.score(values))


def _rebuild(model: Model | None, threshold: float, rules: RuleRecipe) -> Scorer:
    return Scorer(model, threshold=threshold, rules=rules.rule_set())
