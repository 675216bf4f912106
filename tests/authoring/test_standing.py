"""In how many documents of its site a line stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.authoring.standing import standing_on
from cleaner.errors import CleanerError
from cleaner.io.site_memory import Sighting, SiteMemory
from cleaner.text.site_lines import line_hash

SITE = "riverpost.example"


def test_the_document_at_hand_counts_and_the_memory_stays(tmp_path: Path) -> None:
    with SiteMemory(tmp_path / "m") as memory:
        memory.add(Sighting(SITE, number, [line_hash("good morning")], {}) for number in range(3))
    before = (tmp_path / "m").read_bytes()
    standing = standing_on(tmp_path / "m", SITE, "The council met.\n\nGood morning!\n")
    assert standing.of("Good morning:") == f"stands in 4 of 4 documents of {SITE}"
    assert standing.of("Good evening") == ""
    assert line_hash("good morning") in standing.window.repeated()
    assert standing_on(tmp_path / "m", "other.example", "Good morning!\n").window.documents == 1
    assert (tmp_path / "m").read_bytes() == before


def test_a_wrong_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CleanerError, match="does not exist; name a file that --site-memory wrote"):
        standing_on(tmp_path / "none", SITE, "")
