"""Memories become one, whatever their order."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.io.memory_merge import merge_memories
from cleaner.io.site_memory import Sighting, SiteMemory

SITES = ("a.example", "b.example")
SEEN = st.builds(
    lambda site, fingerprint, lines: Sighting(
        site, fingerprint, sorted(lines), {line: f"line {line}" for line in lines}
    ),
    st.sampled_from(SITES),
    st.integers(0, 20),
    st.sets(st.integers(0, 5), max_size=3),
)


def filled(path: Path, sightings: Sequence[Sighting], documents: int = 1000) -> Path:
    with SiteMemory(path, documents=documents) as memory:
        memory.add(sightings)
    return path


def joined(path: Path, sources: Sequence[Path], documents: int = 1000) -> dict[str, tuple[object, object]]:
    with ExitStack() as stack:
        target = stack.enter_context(SiteMemory(path, documents=documents))
        merge_memories(target, [stack.enter_context(SiteMemory(source, write=False)) for source in sources])
        return {site: (list(target.window(site)), target.wordings(site)) for site in target.sites()}


@settings(deadline=None, max_examples=30)
@given(st.lists(SEEN, max_size=20), st.lists(SEEN, max_size=20), st.integers(2, 8))
def test_the_order_makes_no_difference(
    tmp_path_factory: pytest.TempPathFactory, first: list[Sighting], second: list[Sighting], documents: int
) -> None:
    folder = tmp_path_factory.mktemp("memories")
    a, b = filled(folder / "a", first, documents), filled(folder / "b", second, documents)
    found = joined(folder / "ab", [a, b], documents)
    assert found == joined(folder / "ba", [b, a], documents)
    assert found == joined(folder / "ab", [a, b, b], documents)


@settings(deadline=None, max_examples=30)
@given(st.lists(SEEN, max_size=30), st.integers(0, 30))
def test_shards_know_together_what_one_run_knows(
    tmp_path_factory: pytest.TempPathFactory, sightings: list[Sighting], cut: int
) -> None:
    folder = tmp_path_factory.mktemp("memories")
    shards = [filled(folder / "a", sightings[:cut]), filled(folder / "b", sightings[cut:])]
    joined(folder / "all", shards)
    filled(folder / "one", sightings)
    with SiteMemory(folder / "all", write=False) as all_, SiteMemory(folder / "one", write=False) as one:
        assert list(all_.sites()) == list(one.sites())
        for site in one.sites():
            assert all_.window(site).counts() == one.window(site).counts()
            assert all_.wordings(site) == one.wordings(site)


def test_of_too_many_the_latest_of_each_stay(tmp_path: Path) -> None:
    shards = [
        filled(tmp_path / name, [Sighting("a.example", first + number, [7], {}) for number in range(4)], 4)
        for name, first in (("a", 10), ("b", 20))
    ]
    found = joined(tmp_path / "ab", shards, 4)
    assert [fingerprint for fingerprint, _ in found["a.example"][0]] == [12, 22, 13, 23]  # type: ignore[attr-defined]
