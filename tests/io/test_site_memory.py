"""The file that remembers the lines of sites: exact, bounded, whole after a crash."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.errors import CleanerError
from cleaner.io.memory_file import packed
from cleaner.io.site_memory import Sighting, SiteMemory, scratch_copy
from cleaner.text.site_window import SiteWindow

SITE = "riverpost.example"
LAST = 2**64 - 1


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "sites.memory"


def seen(fingerprint: int, *lines: int, site: str = SITE, **wordings: int) -> Sighting:
    return Sighting(site, fingerprint, lines, {line: text for text, line in wordings.items()})


def counts(file: Path, site: str = SITE) -> dict[int, int]:
    with SiteMemory(file, write=False) as memory:
        return memory.window(site).counts()


def test_what_was_seen_is_there_the_next_time(file: Path) -> None:
    with SiteMemory(file) as memory:
        memory.add([seen(1, 7, LAST), seen(2, 7), seen(3, 7, site="")])
    assert counts(file) == {7: 2, LAST: 1}
    with SiteMemory(file, write=False) as memory:
        assert list(memory.sites()) == [SITE]
    assert list(file.parent.iterdir()) == [file]


def test_a_document_counts_once_however_often_it_comes(file: Path) -> None:
    for lines in ((7, 8), (8, 9)):
        with SiteMemory(file) as memory:
            memory.add([seen(1, *lines), seen(1, *lines)])
    assert counts(file) == {7: 1, 8: 1, 9: 1}


def test_old_documents_are_forgotten(file: Path) -> None:
    with SiteMemory(file, documents=3) as memory:
        for number in range(10):
            memory.add([seen(number, 7, 100 + number)])
        assert memory.window(SITE).documents == 3
    assert counts(file) == {7: 3, 107: 1, 108: 1, 109: 1}
    with sqlite3.connect(file) as connection:
        assert connection.execute("SELECT COUNT(*) FROM document").fetchone() == (3,)


def test_a_document_that_no_longer_counted_is_new_when_it_comes_again(file: Path) -> None:
    with SiteMemory(file, documents=2) as memory:
        memory.add([seen(1, 7), seen(2, 8), seen(3, 9)])
        memory.add([seen(1, 7)])
        assert memory.window(SITE).counts() == {9: 1, 7: 1}


def test_of_too_many_lines_the_rarest_and_oldest_are_forgotten(file: Path) -> None:
    with SiteMemory(file, lines=3) as memory:
        memory.add([seen(1, 7, 11, 12), seen(2, 7, 21), seen(3, 7, 31)])
    assert counts(file) == {7: 3, 21: 1, 31: 1}


def test_the_wording_is_kept_only_while_the_line_is(file: Path) -> None:
    with SiteMemory(file, documents=2) as memory:
        memory.add([seen(1, 7, good_morning=7)])
        assert memory.wordings(SITE) == {7: "good_morning"}
        memory.add([seen(2, 8), seen(3, 9)])
    with SiteMemory(file, write=False) as memory:
        assert memory.wordings(SITE) == {}


def test_a_summary_tells_what_recurs(file: Path) -> None:
    with SiteMemory(file) as memory:
        memory.add([seen(number, 7, 8, good_morning=7) for number in range(5)])
        assert memory.summary(SITE) == (SITE, 5, 2, (("", 5), ("good_morning", 5)))


def test_an_earlier_moment_can_be_asked_for(file: Path) -> None:
    with SiteMemory(file) as memory:
        memory.add([seen(1, 7)])
        early = memory.tick
        memory.add([seen(1, 8), seen(2, 7)])
        assert memory.window(SITE, early).counts() == {7: 1}
        later = memory.window(SITE, memory.tick, (memory.window(SITE, early), early))
        assert later.counts() == memory.window(SITE).counts() == {7: 2, 8: 1}


@given(st.lists(st.tuples(st.integers(0, 6), st.sets(st.integers(0, 5), max_size=3)), max_size=25), st.integers(1, 4))
def test_the_file_counts_as_a_window_does(
    tmp_path_factory: pytest.TempPathFactory, documents: list[tuple[int, set[int]]], most: int
) -> None:
    window = SiteWindow(most)
    with SiteMemory(tmp_path_factory.mktemp("memory") / "m", documents=most) as memory:
        for fingerprint, lines in documents:
            window.add(fingerprint, lines)
            memory.add([seen(fingerprint, *lines)])
            assert memory.window(SITE).counts() == window.counts()
        memory.prune()
        assert memory.window(SITE).counts() == window.counts()


def test_a_run_goes_on_where_it_began_unless_another_came_between(file: Path) -> None:
    with SiteMemory(file) as memory:
        memory.add([seen(1, 7)])
        assert memory.begin("a run") == 1
        memory.add([seen(2, 7)], 2, (0, 1))
    with SiteMemory(file) as memory:
        assert memory.knows("a run")
        assert memory.begin("a run") == 1
        assert (memory.tick_of((0, 1)), memory.tick_of((0, 2)), memory.last_tick_of_run()) == (2, None, 2)
        assert memory.begin("another") == 2
        assert not memory.knows("a run")
        memory.end()
        assert not memory.knows("another")


def test_one_process_writes_and_others_read(file: Path) -> None:
    with SiteMemory(file) as memory:
        memory.add([seen(1, 7)])
        assert counts(file) == {7: 1}
        with pytest.raises(CleanerError, match=r"another run is writing there .* clean site-memory merge"):
            SiteMemory(file)
    SiteMemory(file).close()


def test_a_process_that_is_killed_leaves_whole_transactions(file: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from cleaner.io.site_memory import *\n"
        "memory = SiteMemory(Path(sys.argv[1]))\n"
        "def sightings():\n"
        "    yield Sighting('a.example', 2, [7], {})\n"
        "    print('half', flush=True); sys.stdin.readline()\n"
        "memory.add([Sighting('a.example', 1, [7], {})])\n"
        "memory._connection.execute('BEGIN IMMEDIATE')\n"
        "memory._rows.remember(1, Sighting('a.example', 2, [7], {}), 2)\n"
        "next(s := sightings()); next(s)\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path.cwd()
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"half\n"
    process.send_signal(signal.SIGKILL if os.name != "nt" else signal.SIGTERM)
    process.communicate()
    with SiteMemory(file) as memory:
        assert memory.window("a.example").counts() == {7: 1}
        memory.add([seen(2, 7, site="a.example")])
    assert counts(file, "a.example") == {7: 2}


def test_a_wrong_file_is_left_alone(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE mine (a)")
    connection.close()
    text = tmp_path / "a.txt"
    text.write_text("The council met.\n")
    for path in (other, text):
        before = path.read_bytes()
        for write in (True, False):
            with pytest.raises(CleanerError, match="is no site memory; name a file that --site-memory wrote"):
                SiteMemory(path, write=write)
        assert path.read_bytes() == before
    with pytest.raises(CleanerError, match="is a folder"):
        SiteMemory(tmp_path)
    with pytest.raises(CleanerError, match="does not exist"):
        SiteMemory(tmp_path / "none", write=False)
    with pytest.raises(CleanerError, match="there is no folder"):
        SiteMemory(tmp_path / "none" / "m")


@pytest.mark.parametrize(
    "change", ["UPDATE document SET lines = x'0102'", "UPDATE document SET lines = 'a'", "DROP TABLE document"]
)
def test_a_file_that_somebody_edited_is_an_error(file: Path, change: str) -> None:
    with SiteMemory(file) as memory:
        memory.add([seen(1, 7)])
    with sqlite3.connect(file) as connection:
        connection.execute(change)
    connection.close()
    with pytest.raises(CleanerError, match=r"sites.memory: (is damaged|cannot be used) .*(remove it|check the disk)"):
        counts(file)


def test_a_file_with_broken_pages_is_an_error(file: Path) -> None:
    with SiteMemory(file) as memory:
        memory.add([seen(number, *range(200)) for number in range(50)])
    data = bytearray(file.read_bytes())
    data[200:] = b"\xff" * (len(data) - 200)
    file.write_bytes(data)
    with pytest.raises(CleanerError, match=r"sites\.memory: "):
        counts(file)


def test_another_format_is_an_error(file: Path) -> None:
    SiteMemory(file).close()
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA user_version = 9")
    connection.close()
    with pytest.raises(CleanerError, match="of format 9, and this version of clean reads format 1"):
        SiteMemory(file)


def test_settings_belong_to_the_file(file: Path) -> None:
    with SiteMemory(file, documents=5):
        pass
    with SiteMemory(file) as memory:
        assert memory.documents == 5
    with pytest.raises(CleanerError, match="was made with documents=5; leave documents out"):
        SiteMemory(file, documents=6)
    with pytest.raises(CleanerError, match="documents is 0; give a number from 1 on"):
        SiteMemory(file.with_name("new"), documents=0)
    SiteMemory(file).close()


def test_a_copy_is_gone_at_the_end(file: Path) -> None:
    with SiteMemory(file) as memory:
        memory.add([seen(1, 7)])
    with scratch_copy(file) as copy:
        with SiteMemory(copy) as memory:
            memory.add([seen(2, 7)])
        assert counts(copy) == {7: 2}
    assert not copy.exists()
    assert counts(file) == {7: 1}


def test_names_and_wordings_of_any_characters_are_kept(file: Path) -> None:
    with SiteMemory(file) as memory:
        memory.add([Sighting("a\udc80", 1, [7], {7: "x\udfff\0"})])
        assert list(memory.sites()) == ["a?"]
        assert memory.window("a\udc80").counts() == {7: 1}


def test_numbers_are_packed_with_the_lowest_byte_first() -> None:
    assert packed([258]) == b"\x02\x01" + bytes(6)
