"""Runs that remember sites: one pass, whatever the workers, whenever they were stopped."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from cleaner import Cleaner, SiteMemory
from cleaner.batch.options import Options, Outputs
from cleaner.batch.preflight import plan_files
from cleaner.batch.results import Report
from cleaner.batch.session import RunRequest, Session, Start
from cleaner.errors import CleanerError
from tests.articles import article

LINE = "The Hill News Quiz"
COUNT = 40
MEMORY = Path("sites.memory")


def story(number: int) -> str:
    return " ".join(article(number).split("\n\n")[:3]) + f" Day {number} of the works.\n\n{LINE}\n"


@pytest.fixture
def texts(run_in: Path) -> Path:
    """Forty pages of one site, in five tasks of eight."""
    folder = Path("in")
    folder.mkdir()
    for number in range(COUNT):
        (folder / f"{number:02}.txt").write_text(story(number), "utf-8")
    return folder


def run(
    folder: Path,
    cleaner: Cleaner,
    output: str = "out",
    options: Options = Options(site_memory=MEMORY),
    workers: int = 1,
    on_report: Callable[[Report], None] = lambda report: None,
) -> dict[str, str]:
    planned = plan_files([folder], Path(output))
    with Session(
        cleaner, RunRequest(planned=planned, options=options, output=Path(output), workers=workers)
    ) as session:
        session.run(on_report)
    return written(output)


def written(output: str) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in sorted(Path(output).glob("[0-9]*"))}


def lines_left(found: dict[str, str]) -> int:
    return sum(LINE in text for text in found.values())


def known() -> tuple[int, int]:
    with SiteMemory(MEMORY, write=False) as memory:
        return memory.window(".").documents, memory.summary(".").recurring[0][1]


def test_one_pass_learns_and_the_second_does_what_two_passes_do(texts: Path, cleaner: Cleaner) -> None:
    assert lines_left(run(texts, cleaner, "none", Options())) == COUNT
    first = run(texts, cleaner, "first")
    assert 0 < lines_left(first) < COUNT / 2
    assert known() == (COUNT, COUNT)
    second = run(texts, cleaner, "second")
    assert second == run(texts, cleaner, "twice", Options(site_lines=True))
    assert lines_left(second) == 0
    assert known() == (COUNT, COUNT)


def test_the_number_of_workers_changes_nothing(texts: Path, cleaner: Cleaner) -> None:
    one = run(texts, cleaner, "one")
    several = run(texts, cleaner, "several", Options(site_memory=Path("other.memory")), workers=2)
    assert several == one
    assert Path("other.memory").read_bytes() == MEMORY.read_bytes()


@pytest.mark.parametrize("stop", [3, 8, 21, 39])
def test_a_run_that_was_stopped_goes_on_as_if_it_was_not(texts: Path, cleaner: Cleaner, stop: int) -> None:
    whole = run(texts, cleaner, "whole", Options(site_memory=Path("whole.memory")))
    left = stop

    def interrupt(report: Report) -> None:
        nonlocal left
        left -= 1
        if not left:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(texts, cleaner, on_report=interrupt)
    assert run(texts, cleaner) == whole
    assert known() == (COUNT, COUNT)


def test_a_shard_that_was_done_is_not_done_again(run_in: Path, cleaner: Cleaner) -> None:
    rows = "".join(
        json.dumps({"url": f"https://hill-news.example/{number}", "text": story(number) * 12}) + "\n"
        for number in range(120)
    )
    Path("a.jsonl").write_text(rows)
    planned = plan_files([Path("a.jsonl")], Path("out.jsonl"))

    def session(options: Options) -> Session:
        return Session(cleaner, RunRequest(planned=planned, options=options, output=Path("out.jsonl")))

    with session(Options(site_memory=Path("whole.memory"))) as whole:
        whole.run()
    expected = Path("out.jsonl").read_bytes()
    Path("out.jsonl").unlink()
    done = 0

    def interrupt(size: int) -> None:
        nonlocal done
        done += 1
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), session(Options(site_memory=MEMORY)) as stopped:
        stopped.run(advance=interrupt)
    with session(Options(site_memory=MEMORY)) as resumed:
        assert resumed.start is Start.RESUMED
        resumed.run()
    assert Path("out.jsonl").read_bytes() == expected


def test_a_run_starts_over_when_another_changed_the_memory(texts: Path, cleaner: Cleaner) -> None:
    def stop(report: Report) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(texts, cleaner, on_report=stop)
    run(texts, cleaner, "other")
    planned = plan_files([texts], Path("out"))
    request = RunRequest(planned=planned, options=Options(site_memory=MEMORY), output=Path("out"))
    with Session(cleaner, request) as session:
        assert session.start is Start.RESTARTED
        session.run()
    assert known() == (COUNT, COUNT)


def test_what_only_reads_learns_nothing(texts: Path, cleaner: Cleaner) -> None:
    run(texts, cleaner, "first")
    before = MEMORY.read_bytes()
    fixed = Options(site_memory=MEMORY, site_memory_fixed=True)
    assert lines_left(run(texts, cleaner, "fixed", fixed, workers=2)) == 0
    assert MEMORY.read_bytes() == before


def test_a_preview_writes_no_memory(texts: Path, cleaner: Cleaner) -> None:
    reports: list[Report] = []
    run(texts, cleaner, options=Options(site_memory=MEMORY, write=False), on_report=reports.append)
    assert sum(report.changed for report in reports) > COUNT / 2
    assert not MEMORY.exists()


def test_a_run_over_its_input_remembers(texts: Path, cleaner: Cleaner) -> None:
    planned = plan_files([texts], in_place=True)
    options = Options(site_memory=MEMORY, in_place=True)
    with Session(cleaner, RunRequest(planned=planned, options=options)) as session:
        session.run()
    assert 0 < lines_left(written("in")) < COUNT / 2
    assert known() == (COUNT, COUNT)


def test_the_audit_tells_on_how_many_documents_a_line_stood(texts: Path, cleaner: Cleaner) -> None:
    run(texts, cleaner, "first")
    run(texts, cleaner, options=Options(site_memory=MEMORY, outputs=Outputs(audit=Path("audit.jsonl"))))
    edits = [
        edit
        for line in Path("audit.jsonl").read_text().splitlines()
        for edit in json.loads(line)["edits"]
        if edit["rule"] == "site-lines.repeated"
    ]
    assert len(edits) == COUNT
    assert {(edit["documents"], edit["of_documents"]) for edit in edits} == {(COUNT, COUNT)}


def test_a_wrong_file_is_an_error_and_locks_nothing(texts: Path, cleaner: Cleaner) -> None:
    MEMORY.write_text("The council met.\n")
    with pytest.raises(CleanerError, match=r"sites\.memory: is no site memory"):
        run(texts, cleaner)
    MEMORY.unlink()
    run(texts, cleaner)
    assert sorted(path.name for path in Path().iterdir()) == ["in", "out", "sites.memory"]
