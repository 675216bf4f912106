"""The targets of benchmarks/fuzz.py, with Hypothesis: each promise holds for bytes of any kind."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from benchmarks import fuzz
from benchmarks.fuzz import TARGETS, TOKENS, mixed, seeds, text_of

INPUTS = st.one_of(
    st.binary(max_size=80),
    st.lists(st.integers(0, 255), max_size=60).map(lambda numbers: b"\x00" + bytes(numbers)),
    st.integers(0, 10**9).map(lambda seed: mixed(random.Random(seed), seeds("jsonl") + seeds("csv"))),
)


@pytest.mark.parametrize("name", sorted(TARGETS))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=INPUTS)
@example(data=b"")
@example(data=b"\x00")
def test_promises_hold(name: str, data: bytes) -> None:
    TARGETS[name](data)


def test_a_broken_promise_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(data: bytes) -> None:
        assert len(data) < 3

    monkeypatch.setattr(fuzz, "FOUND", tmp_path)
    monkeypatch.setattr(fuzz, "TARGETS", {"jsonl": broken})
    count, held = fuzz.run_plain("jsonl", seconds=60, seed=1)
    assert not held
    (kept,) = tmp_path.iterdir()
    assert kept.name.startswith("jsonl-")
    assert len(kept.read_bytes()) >= 3
    assert count >= 1


def test_bytes_become_texts_in_two_ways() -> None:
    assert text_of(b"\x01caf\xc3\xa9") == "café"
    assert text_of(bytes([0, 3, 7])) == TOKENS[3] + TOKENS[7]


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_mixing_is_the_same_for_the_same_seed(name: str) -> None:
    assert mixed(random.Random(7), seeds(name)) == mixed(random.Random(7), seeds(name))
