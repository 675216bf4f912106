"""Model files: what they hold, and what is no model."""

from __future__ import annotations

import json
import pickle
from pathlib import Path
from typing import Any

import msgspec
import pytest

from cleaner.errors import CleanerError
from cleaner.scoring.model import MOST_BYTES, ForestSpec, WordsSpec, builtin_model, caution_of, read_model
from cleaner.scoring.tokens import BUCKETS
from tests.scoring.making import NAMES, model, spec, stump


def write(path: Path, **changes: Any) -> Path:
    values = msgspec.to_builtins(spec())
    path.write_text(json.dumps({**values, **changes}), "utf-8")
    return path


def test_a_file_gives_back_the_model(tmp_path: Path) -> None:
    found = read_model(write(tmp_path / "m.json"))
    assert (found.version, found.threshold) == ("test", 0.8)
    assert found.digest
    assert found.second.score([0] * len(NAMES)) == model().second.score([0] * len(NAMES))


def test_two_files_have_two_digests(tmp_path: Path) -> None:
    one, two = write(tmp_path / "a.json"), write(tmp_path / "b.json", threshold=0.7)
    assert read_model(one).digest != read_model(two).digest


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"format": "cleaner-thorough/9"}, "format"),
        ({"evidence": ["words", "smell"]}, "it asks for the evidence 'smell', which this version does not gather"),
        ({"threshold": 0}, "its threshold is 0.0, not a probability above 0"),
        ({"calibration": [[5, 0.1], [3, 0.2]]}, "its calibration does not rise"),
        ({"words": {"bias": 0, "unit": 1, "weights": "AAAA"}}, "it has the weights of 3 words"),
        ({"first": {"bias": 0, "trees": [[[999], [1], [0, 1, 2]]]}}, "evidence that is not in the list"),
        ({"first": {"bias": 0, "trees": [[[0], [1], [1, 2]]]}}, "tree 0 has 2 values, not 3"),
        ({"first": {"bias": 0, "trees": [[[0], [], [0, 1, 2]]]}}, "1 pieces of evidence, and 0 values to compare"),
        ({"surplus": 1}, "unknown field `surplus`"),
    ],
)
def test_what_is_wrong_with_a_file_is_told(tmp_path: Path, changes: dict[str, Any], message: str) -> None:
    path = write(tmp_path / "m.json", **changes)
    with pytest.raises(CleanerError) as error:
        read_model(path)
    assert message in str(error.value)
    assert str(error.value).startswith(f"{path}: ")
    assert "make a model with `clean fit CORPUS -o MODEL.json`" in str(error.value)


def test_the_first_look_knows_nothing_of_the_second(tmp_path: Path) -> None:
    trees = [msgspec.to_builtins(stump("first-score", 0, 1, 2))]
    with pytest.raises(CleanerError, match="asks what only a later look knows"):
        read_model(write(tmp_path / "m.json", first={"bias": 0, "trees": trees}))


def test_what_is_no_json_or_too_large_or_not_there_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "m.json"
    with pytest.raises(CleanerError, match="No such file"):
        read_model(path)
    path.write_bytes(b"\x80\x04pickle")
    with pytest.raises(CleanerError, match="is no model"):
        read_model(path)
    path.write_bytes(b" " * (MOST_BYTES + 1))
    with pytest.raises(CleanerError, match="has 2,000,001 bytes, and a model at most 2,000,000"):
        read_model(path)


def test_probabilities_rise_with_the_score_and_end_at_the_ends() -> None:
    found = [model().probability(score) for score in (-9000, -3000, -1, 0, 1500, 3000, 9000)]
    assert found == sorted(found)
    assert (found[0], found[3], found[-1]) == (0, 0.5, 1)


def test_words_add_their_weights() -> None:
    weights = bytearray(BUCKETS)
    weights[3], weights[4] = 5, 256 - 2
    found = model(words=WordsSpec(100, 10, bytes(weights)))
    assert found.words_score([3, 4, 5]) == 130
    assert found.words_score([]) == 100


def test_a_model_may_name_its_evidence_in_any_order() -> None:
    forest = ForestSpec(0, [([1], [8.0], [0, 2000, -2000])])
    found = model(evidence=["digits", "words", "first-score", "title-words"], first=forest, second=ForestSpec(0, []))
    values = [0.0] * len(NAMES)
    values[NAMES.index("words")] = 9
    assert found.first.score(values) == -2000


def test_a_pickled_model_scores_alike() -> None:
    values = [0.5] * len(NAMES)
    assert pickle.loads(pickle.dumps(model())).second.score(values) == model().second.score(values)


def test_the_model_of_the_package_carries_its_card() -> None:
    found = builtin_model()
    assert found.version
    assert found.data
    assert {"texts", "languages", "clean"} <= set(found.figures)
    assert builtin_model() is found


@pytest.mark.parametrize(
    ("words", "caution"), [(0, 1200), (48, 1200), (96, 800), (384, 0), (576, -200), (1500, -781), (9000, -781)]
)
def test_lines_of_long_texts_must_be_surer(words: int, caution: int) -> None:
    assert caution_of(400, words) == caution
    assert caution_of(0, words) == 0
