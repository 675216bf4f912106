"""Pages about runs and documents."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console, RenderableType

from cleaner import Cleaner
from cleaner.authoring.explain import explain_line
from cleaner.batch.results import Report
from cleaner.cli.views import (
    RunFacts,
    clip,
    diff_text,
    explanation_table,
    line_page,
    metadata_text,
    settings_table,
    summary,
)
from cleaner.config.settings import Setting
from cleaner.model import DocumentInfo

TEXT = "The town council met on Tuesday evening to vote on the old bridge over the river.\n\nFollow us on:\n"


def plain(page: RenderableType, width: int = 160) -> str:
    stream = StringIO()
    Console(file=stream, width=width).print(page)
    return stream.getvalue()


def test_a_summary_counts_what_a_run_did() -> None:
    report = Report("", documents=3, changed=2, removed=Counter({"byline": 1, "follow-us": 4}), removed_words=1234)
    page = plain(summary(report, 1, RunFacts(written=True, seconds=1.5, verbose=True)))
    rows = [line.split() for line in page.splitlines()]
    assert ["documents", "3"] in rows
    assert ["changed", "2"] in rows
    assert ["words", "removed", "1,234"] in rows
    assert rows.index(["4", "follow-us"]) < rows.index(["1", "byline"])
    assert ["time", "1.5", "s", "2", "documents", "a", "second"] in rows
    assert "would change" in plain(summary(report, 1, RunFacts(written=False)))


@pytest.mark.parametrize("width", [60, 80, 120])
def test_a_summary_fits_on_a_screen_and_says_what_it_leaves_out(width: int) -> None:
    many = Counter({f"class-of-scraps-{number}": number + 1 for number in range(50)})
    report = Report("", 9000, 8000, 2, removed=many, repairs=many, flags=many, encodings=many, removed_words=10**6)
    facts = RunFacts(written=True, seconds=75, width=width)
    lines = plain(summary(report, 3, facts), width).splitlines()
    assert len(lines) <= 15
    assert max(map(len, lines)) <= width
    (removed,) = [line for line in lines if line.startswith("scraps")]
    assert removed.split()[:4] == ["scraps", "1,275", "class-of-scraps-49", "50,"]
    assert " more (-v)" in " ".join(" ".join(lines).split())
    assert any(line.split()[:5] == ["time", "1", "min", "15", "s"] for line in lines)
    assert len(plain(summary(report, 3, replace(facts, verbose=True)), width).splitlines()) > 200


def test_a_diff_is_coloured_by_the_kind_of_its_lines() -> None:
    text = diff_text(["--- a", "+++ b", "@@ -1 +1 @@", "-old", "+new", " same"])
    assert text.plain == "--- a\n+++ b\n@@ -1 +1 @@\n-old\n+new\n same\n"
    assert [str(span.style) for span in text.spans] == ["bold", "bold", "cyan", "red", "green"]


def test_every_line_is_shown_with_what_happened_to_it(cleaner: Cleaner) -> None:
    result, verdicts = cleaner.explain(TEXT, DocumentInfo())
    first, second = plain(explanation_table(result, verdicts)).splitlines()[1:]
    assert first.split()[0] == "1"
    assert second.split() == ["3", "removed", "by", "follow-us.networks", "Follow", "us", "on:"]


@pytest.mark.parametrize(
    ("number", "facts"),
    [(1, ["kept", "yes: rules of the body's edges stop here"]), (3, ["removed by follow-us.networks", "removes it"])],
)
def test_a_page_about_one_line(number: int, facts: list[str], cleaner: Cleaner) -> None:
    page = line_page(explain_line(cleaner, TEXT, DocumentInfo(), number)).plain
    assert page.startswith(f"line {number}  ")
    assert [fact for fact in facts if fact not in page] == []


def test_metadata_and_flags_are_listed_when_there_are_any(cleaner: Cleaner) -> None:
    assert metadata_text(cleaner.clean(TEXT)) == ""
    result = cleaner.clean(f"Council votes\n\nBy Jane Doe\n\n{TEXT}", title="Council votes")
    assert metadata_text(result).startswith("\nmetadata\n  ")


def test_settings_have_a_line_each() -> None:
    lines = plain(settings_table([Setting("keep", ["byline"], "cleaner.toml:3")])).splitlines()
    assert lines[1].split() == ["keep", "cleaner.toml:3", '["byline"]']


def test_long_lines_are_clipped() -> None:
    assert clip("x" * 90) == "x" * 90
    assert clip("x" * 91) == "x" * 89 + "…"
