"""What one task knows of sites: the memory up to a moment, and its own documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.io.site_memory import Sighting, SiteMemory
from cleaner.io.site_recall import MemoryReader, Recall, forget_reader, known_tasks, unknown_tasks
from cleaner.text.site_lines import line_hash

SITE = "riverpost.example"
LINE = "Good morning, Newford!"
KEY = line_hash("good morning, newford")


def page(number: int) -> str:
    return f"On day {number} the masons came to the bridge.\n\n{LINE}\n"


def test_a_task_knows_ever_more_and_never_what_may_be_unfinished() -> None:
    known = [known_tasks(number) for number in range(500)]
    assert known == sorted(known)
    assert known[:6] == [0, 0, 1, 1, 2, 2]
    assert all(number - known[number] <= unknown_tasks(number) for number in range(500))
    assert min(map(unknown_tasks, range(500))) == 1


def test_later_documents_of_a_task_know_the_earlier(tmp_path: Path) -> None:
    with SiteMemory(tmp_path / "m") as memory:
        recall = Recall(MemoryReader.of(memory), memory.tick)
        found = [KEY in recall.of(SITE)(page(number)) for number in range(5)]  # type: ignore[misc]
        assert found == [False, False, False, True, True]
        seen = recall.take()
        assert [sighting.wordings.get(KEY) for sighting in seen] == [None] * 3 + ["good morning, newford"] * 2
        assert recall.take() == ()
        assert recall.of("") is None
        forget_reader(MemoryReader.of(memory))


def test_a_task_does_not_see_what_came_later(tmp_path: Path) -> None:
    with SiteMemory(tmp_path / "m") as memory:
        reader, early = MemoryReader.of(memory), memory.tick
        memory.add(Sighting(SITE, number, [KEY], {}) for number in range(4))
        assert Recall(reader, early).standing(SITE, LINE) == (0, 0)
        assert Recall(reader, memory.tick).standing(SITE, f"\n{LINE}\n") == (4, 4)
        assert Recall(reader, early).standing(SITE, LINE) == (0, 0)
        forget_reader(reader)


@pytest.mark.parametrize("text", [f"{LINE}\nWeather\n", "Weather"])
def test_of_several_lines_the_rarest_counts(tmp_path: Path, text: str) -> None:
    with SiteMemory(tmp_path / "m") as memory:
        memory.add([Sighting(SITE, 1, [KEY, line_hash("weather")], {}), Sighting(SITE, 2, [KEY], {})])
        assert Recall(MemoryReader.of(memory), memory.tick).standing(SITE, text) == (1, 2)
        forget_reader(MemoryReader.of(memory))
