"""A model: what each piece of evidence is worth. It is a file of numbers in JSON, and nothing in it is code.

The file carries the names of its evidence, its version, what it was fitted on, how scores become probabilities, and
the figures it reached.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal

import msgspec

from cleaner.errors import CleanerError
from cleaner.scoring.evidence import EVIDENCE
from cleaner.scoring.page_look import PAGE_LOOK
from cleaner.scoring.second_look import SECOND_LOOK
from cleaner.scoring.tokens import BUCKETS
from cleaner.scoring.trees import Forest, Tree

__all__ = [
    "COLUMNS",
    "FORMAT",
    "MOST_BYTES",
    "ForestSpec",
    "Model",
    "ModelSpec",
    "WordsSpec",
    "builtin_model",
    "caution_of",
    "read_model",
]  # fmt: skip

FORMAT: Literal["cleaner-thorough/4"] = "cleaner-thorough/4"
MOST_BYTES = 2_000_000
"""The largest model file that is read."""

WORDS = ("words-score", "its words and pieces of words speak for a scrap by {score}")
COLUMNS: tuple[tuple[str, str], ...] = (*EVIDENCE, WORDS, *SECOND_LOOK, *PAGE_LOOK)
"""All evidence in the order in which a line's numbers come: the name of each piece, and what it says in words."""

_PLACE = {name: i for i, (name, _) in enumerate(COLUMNS)}
_FIRST_COLUMNS = len(EVIDENCE) + 1
_SECOND_COLUMNS = _FIRST_COLUMNS + len(SECOND_LOOK)
_BUILTIN = Path(__file__).with_name("thorough.json")


_USUAL_WORDS = 384  # of a text: there the score is what the trees say
_FEWEST_WORDS, _MOST_WORDS = 48, 1500


def caution_of(step: int, words: float) -> int:
    """What the score of a line gains or loses by the length of its text.

    Args:
        step: what it loses with each doubling of the words.
        words: the words of the text. Fewer than 48 count as 48, more than 1,500 as 1,500.

    >>> [caution_of(400, words) for words in (192, 384, 576, 768, 9000)]
    [400, 0, -200, -400, -781]
    """
    found = max(_FEWEST_WORDS, min(int(words), _MOST_WORDS))
    doublings = (found // _FEWEST_WORDS).bit_length() - 1
    base = _FEWEST_WORDS << doublings
    at_usual = (_USUAL_WORDS // _FEWEST_WORDS).bit_length() - 1
    return -(step * ((doublings - at_usual) * base + found - base) // base)


class ForestSpec(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Trees as a file holds them: each has the three lists of :class:`Tree`, whose numbers of evidence count the names
    in the model's own list."""

    bias: int
    trees: list[tuple[list[int], list[float], list[int]]]


class WordsSpec(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """The weights of hashed words: a signed byte for each number, and what a unit of it adds to the score."""

    bias: int
    unit: int
    weights: bytes


class ModelSpec(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """What a model file holds.

    Attributes:
        format: what kind of file it is.
        version: the version of the model.
        evidence: the names of the evidence that its trees ask about.
        words: the weights of words.
        first: the trees of the first look.
        second: those of the second look, which add to the score of the first one.
        page: those of the look at the page, which add to both; none when it was fitted on no pages.
        caution: by how many thousandths of a unit of log-odds the score of a line falls with each doubling of the
            words of its text. A wrong line costs the same everywhere, and a scrap matters more in a short text.
        calibration: pairs of a score and the probability of a scrap, in rising order; between them a line is drawn.
        threshold: the probability from which on a line goes, when nobody names another.
        data: what it was fitted on.
        figures: what it reached on sites that it had not seen.
    """

    format: Literal["cleaner-thorough/4"]
    version: str
    evidence: list[str]
    words: WordsSpec
    first: ForestSpec
    second: ForestSpec
    page: ForestSpec
    caution: int
    calibration: list[tuple[int, float]]
    threshold: float
    data: dict[str, Any]
    figures: dict[str, Any]


class Model:
    """A model ready to score lines. Immutable; picklable; the same evidence gives the same score on every machine.

    Args:
        spec: what its file holds.
        digest: what stands for the file, so that two models can be told apart.

    Raises:
        ValueError: the numbers do not fit together.
    """

    def __init__(self, spec: ModelSpec, digest: str = "") -> None:
        self.version, self.threshold, self.digest = spec.version, spec.threshold, digest
        self.data: Mapping[str, Any] = spec.data
        self.figures: Mapping[str, Any] = spec.figures
        unknown = [name for name in spec.evidence if name not in _PLACE]
        if unknown:
            raise ValueError(f"it asks for the evidence {unknown[0]!r}, which this version does not gather")
        if len(spec.words.weights) != BUCKETS:
            raise ValueError(f"it has the weights of {len(spec.words.weights):,} words, not of {BUCKETS:,}")
        if not 0 < spec.threshold <= 1:
            raise ValueError(f"its threshold is {spec.threshold}, not a probability above 0")
        places = [_PLACE[name] for name in spec.evidence]
        self.first = _forest(spec.first, places, _FIRST_COLUMNS)
        self.second = _forest(spec.second, places, _SECOND_COLUMNS)
        self.page = _forest(spec.page, places, len(COLUMNS))
        self._caution = spec.caution
        self._weight_of = tuple(memoryview(spec.words.weights).cast("b")).__getitem__
        self._bias, self._unit = spec.words.bias, spec.words.unit
        self._scores = [score for score, _ in spec.calibration]
        self._probabilities = [probability for _, probability in spec.calibration]
        if len(self._scores) < 2 or sorted(self._scores) != self._scores:
            raise ValueError("its calibration does not rise")

    def words_score(self, tokens: Collection[int]) -> int:
        """What the words of a line say, in thousandths of a unit of log-odds.

        Args:
            tokens: the numbers of its words, as :func:`cleaner.scoring.tokens.hashed` gives them.
        """
        return self._bias + self._unit * sum(map(self._weight_of, tokens))

    def caution(self, words: float) -> int:
        """What the score of a line gains or loses, in thousandths, since its text has so many words.

        Whole numbers only: doublings of the words beyond 384, and between two doublings a line.
        """
        return caution_of(self._caution, words)

    def probability(self, score: int) -> float:
        """The probability that a line of this second score is a scrap, to four digits."""
        scores, probabilities = self._scores, self._probabilities
        at = bisect_right(scores, score)
        if at == 0 or at == len(scores):
            return probabilities[at - 1 if at else 0]
        low, high = scores[at - 1], scores[at]
        share = (score - low) / (high - low)
        return round(probabilities[at - 1] + share * (probabilities[at] - probabilities[at - 1]), 4)


def _forest(spec: ForestSpec, places: Sequence[int], columns: int) -> Forest:
    trees = []
    for evidence, at_most, values in spec.trees:
        if evidence and not 0 <= min(evidence) <= max(evidence) < len(places):
            raise ValueError("a tree asks about evidence that is not in the list")
        asked = [places[number] for number in evidence]
        if asked and max(asked) >= columns:
            raise ValueError("a tree asks what only a later look knows")
        trees.append(Tree(asked, at_most, values))
    return Forest(spec.bias, trees)


def read_model(path: Path | str) -> Model:
    """The model in a file.

    Raises:
        CleanerError: the file cannot be read, is larger than :data:`MOST_BYTES`, or is no model.
    """
    from hashlib import sha256

    path = Path(path)
    advice = "make a model with `clean fit CORPUS -o MODEL.json`"
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CleanerError(f"{path}: {error.strerror or error}; {advice}") from None
    if len(data) > MOST_BYTES:
        raise CleanerError(f"{path}: has {len(data):,} bytes, and a model at most {MOST_BYTES:,}; {advice}")
    try:
        spec = msgspec.json.decode(data, type=ModelSpec)
        return Model(spec, sha256(data).hexdigest()[:16])
    except (msgspec.DecodeError, ValueError) as error:
        raise CleanerError(f"{path}: is no model: {error}; {advice}") from None


@cache
def builtin_model() -> Model:
    """The model that comes with the package, read once."""
    return read_model(_BUILTIN)
