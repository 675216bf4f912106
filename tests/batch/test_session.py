"""One run on files: totals, figures, the journal, and when it stops."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleaner import Cleaner
from cleaner.batch.options import Options
from cleaner.batch.preflight import plan_files
from cleaner.batch.results import Report
from cleaner.batch.session import RunRequest, Session, Start
from cleaner.errors import CleanerError
from tests.articles import article

COUNT = 4


@pytest.fixture
def texts(run_in: Path) -> Path:
    """A folder of texts with scraps."""
    folder = Path("in")
    folder.mkdir()
    for number in range(COUNT):
        (folder / f"{number}.txt").write_text(article(number), "utf-8")
    return folder


def request(folder: Path, max_errors: int | None = None, options: Options | None = None) -> RunRequest:
    output = Path("out")
    return RunRequest(
        planned=plan_files([folder], output),
        options=options or Options(),
        output=output,
        max_errors=max_errors,
    )


def test_a_run_reports_each_file_in_order_and_sums_them_up(texts: Path, cleaner: Cleaner) -> None:
    reports: list[Report] = []
    done: list[int] = []
    with Session(cleaner, request(texts)) as session:
        session.run(reports.append, done.append)
    assert [report.path for report in reports] == [f"in/{number}.txt" for number in range(COUNT)]
    assert sum(done) == session.size == sum(path.stat().st_size for path in texts.iterdir())
    assert (session.total.documents, session.total.changed, session.total.errors) == (COUNT, COUNT, 0)
    assert session.start is Start.FRESH


def test_a_finished_run_leaves_no_journal(texts: Path, cleaner: Cleaner) -> None:
    with Session(cleaner, request(texts)) as session:
        session.run()
    assert sorted(path.name for path in Path("out").iterdir()) == [
        *(f"{number}.txt" for number in range(COUNT)),
    ]


def test_the_figures_name_rules_and_version(texts: Path, cleaner: Cleaner) -> None:
    with Session(cleaner, request(texts)) as session:
        session.run()
    session.write_figures(Path("stats.json"))
    found = json.loads(Path("stats.json").read_text("utf-8"))
    assert (found["files"], found["errors"], found["changed"]) == (COUNT, 0, COUNT)
    assert found["rules"] == cleaner.rules.digest
    assert "path" not in found
    assert "version" in found


def test_a_run_stops_after_too_many_errors(texts: Path, cleaner: Cleaner) -> None:
    (texts / "0.txt").write_bytes(bytes(range(256)) * 50)
    message = r"stopped after 1 errors, as in/0\.txt: .*; correct the input or raise"
    with pytest.raises(CleanerError, match=message), Session(cleaner, request(texts, max_errors=0)) as session:
        session.run()
    with Session(cleaner, request(texts, max_errors=1)) as session:
        session.run()
    assert session.total.errors == 1


def test_a_stopped_run_goes_on_and_one_with_other_options_starts_over(texts: Path, cleaner: Cleaner) -> None:
    def stop(report: Report) -> None:
        if report.path == "in/1.txt":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), Session(cleaner, request(texts)) as session:
        session.run(stop)
    resumed = Session(cleaner, request(texts))
    assert (resumed.start, resumed.resumed_files > 0) == (Start.RESUMED, True)
    with pytest.raises(KeyboardInterrupt), resumed:
        raise KeyboardInterrupt
    with Session(cleaner, request(texts, options=Options(drop_flagged=True))) as session:
        assert (session.start, session.resumed_files) == (Start.RESTARTED, 0)
        session.run()
    assert session.total.documents == COUNT


def test_a_run_over_its_input_has_no_journal(texts: Path, cleaner: Cleaner) -> None:
    planned = plan_files([texts], in_place=True)
    with Session(cleaner, RunRequest(planned=planned, options=Options(in_place=True))) as session:
        assert (session.start, session.resumed_files) == (Start.FRESH, 0)
        session.run()
    assert sorted(path.name for path in texts.iterdir()) == [f"{number}.txt" for number in range(COUNT)]
    assert session.total.written


def test_problems_of_the_plan_count(texts: Path, cleaner: Cleaner) -> None:
    planned = plan_files([texts, Path("nowhere")])
    with Session(cleaner, RunRequest(planned=planned, options=Options(write=False))) as session:
        session.run()
    assert session.total.errors == 1
