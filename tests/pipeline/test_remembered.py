"""Many texts with a memory of their sites, from Python."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner import Cleaner, SiteMemory
from cleaner.errors import InputError

LINE = "Good morning, Newford!"
PAGES = [
    {
        "text": f"The council met on day {day} to vote on the bridge.\n\n{LINE}",
        "url": f"https://riverpost.example/{day}",
    }
    for day in range(70)
]


def left(cleaner: Cleaner, memory: SiteMemory, jobs: int = 1, pages: list[dict[str, str]] = PAGES) -> list[bool]:
    return [LINE in result.text for result in cleaner.clean_batch(pages, jobs, memory=memory)]


def test_each_text_profits_from_those_before_it(cleaner: Cleaner, tmp_path: Path) -> None:
    with SiteMemory(tmp_path / "m") as memory:
        first = left(cleaner, memory)
        assert first[:16] == [True] * 3 + [False] * 13
        assert sum(first) < 20
        assert memory.window("riverpost.example").documents == len(PAGES)
        assert not any(left(cleaner, memory))
        assert memory.window("riverpost.example").documents == len(PAGES)


def test_the_number_of_processes_changes_nothing(cleaner: Cleaner, tmp_path: Path) -> None:
    with SiteMemory(tmp_path / "one") as one, SiteMemory(tmp_path / "two") as two:
        assert left(cleaner, one, 1) == left(cleaner, two, 2)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_single_texts_one_by_one(cleaner: Cleaner, tmp_path: Path) -> None:
    with SiteMemory(tmp_path / "m") as memory:
        found = [left(cleaner, memory, pages=[page])[0] for page in PAGES[:6]]
    assert found == [True, True, True, False, False, False]


def test_a_memory_that_is_only_read_learns_nothing(cleaner: Cleaner, tmp_path: Path) -> None:
    with SiteMemory(tmp_path / "m") as memory:
        left(cleaner, memory, pages=PAGES[:9])
    before = (tmp_path / "m").read_bytes()
    with SiteMemory(tmp_path / "m", write=False) as memory:
        assert not any(left(cleaner, memory, pages=PAGES[9:12]))
    assert (tmp_path / "m").read_bytes() == before


def test_texts_without_a_site_and_wrong_input(cleaner: Cleaner, tmp_path: Path) -> None:
    with SiteMemory(tmp_path / "m") as memory:
        assert all(left(cleaner, memory, pages=[{"text": page["text"]} for page in PAGES[:9]]))
        assert list(memory.sites()) == []
        with pytest.raises(InputError, match=r"^text 2: the text is None"):
            list(cleaner.clean_batch(["The council met.", None], memory=memory))  # type: ignore[list-item]
    with pytest.raises(InputError, match=r"memory is a str; give a SiteMemory"):
        cleaner.clean_batch([], memory="m")  # type: ignore[arg-type]
