"""The command in a real terminal: what fits on its screen, what is coloured, what is asked, what the pager gets."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from cleaner import builtin_rules
from tests.places import ROOT

pexpect = pytest.importorskip("pexpect", reason="starts terminals: pip install pexpect")
if sys.platform == "win32":
    pytest.skip("Windows has no such terminals", allow_module_level=True)

pytestmark = pytest.mark.slow

BODY = "The town council met on Tuesday evening and voted to repair the old stone bridge across the river.\n"
SCRAPPY = f"By Jane Doe\n\n{BODY}\nFollow us on:\n"
WIDTHS = (60, 80, 120)
SECONDS = 60
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]")


@pytest.fixture
def articles(run_in: Path) -> Path:
    for number in range(3):
        (run_in / "articles" / f"folder-{number}").mkdir(parents=True)
        (run_in / "articles" / f"folder-{number}" / "a.txt").write_text(SCRAPPY)
    (run_in / "article.txt").write_text(SCRAPPY)
    return run_in


def start(*arguments: str, width: int = 80, **environment: str) -> Any:
    """The command on a terminal of some columns."""
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR", "COLUMNS")}
    env = {**kept, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", "PAGER": "", **environment}
    return pexpect.spawn(
        sys.executable,
        ["-m", "cleaner", *arguments],
        dimensions=(40, width),
        env=env,
        encoding="utf-8",
        timeout=SECONDS,
    )


def screen(*arguments: str, width: int = 80, **environment: str) -> str:
    """All that the command writes to a terminal."""
    child = start(*arguments, width=width, **environment)
    child.expect(pexpect.EOF)
    child.close()
    return str(child.before)


def lines_of(text: str) -> list[str]:
    """What is left on the screen, without colours."""
    return [line.rstrip() for line in _ESCAPES.sub("", text).replace("\r", "").split("\n") if line.strip()]


@pytest.mark.parametrize("width", WIDTHS)
def test_a_list_of_rules_fits_and_breaks_no_id(articles: Path, width: int) -> None:
    lines = lines_of(screen("rules", "list", "--class", "byline", width=width))
    assert max(map(len, lines)) <= width
    words = {word for line in lines for word in line.split()}
    wanted = {rule.id for rule in builtin_rules().select() if rule.scrap_class == "byline"}
    assert wanted <= words


@pytest.mark.parametrize("width", WIDTHS)
def test_a_check_names_files_and_ends_with_a_short_summary(articles: Path, width: int) -> None:
    lines = lines_of(screen("articles", "--check", width=width))
    assert [line for line in lines if line.startswith("would change: ")] == [
        f"would change: articles/folder-{number}/a.txt" for number in range(3)
    ]
    summary = lines[3:]
    assert summary[0].split() == ["files", "3"]
    assert summary[-1].startswith("time ")
    assert len(summary) <= 15
    assert max(map(len, lines)) <= width


@pytest.mark.parametrize("width", WIDTHS)
def test_a_diff_is_coloured_and_no_bar_runs_through_it(articles: Path, width: int) -> None:
    seen = screen("articles", "--diff", "--quiet", width=width)
    assert seen.count("\x1b[31m-Follow us on:") == 3
    assert "\x1b[?25l" not in seen  # a bar hides the cursor
    assert "\x1b[2K" not in seen
    assert f" {BODY.strip()}" in "".join(_ESCAPES.sub("", seen).splitlines())


@pytest.mark.parametrize("width", WIDTHS)
def test_why_fits_and_breaks_no_id(articles: Path, width: int) -> None:
    lines = lines_of(screen("why", "article.txt", width=width))
    assert max(map(len, lines)) <= width
    text = "\n".join(lines)
    assert "removed by byline.by-name" in text
    assert "removed by follow-us.networks" in text


def test_one_file_is_printed_as_it_is(articles: Path) -> None:
    assert screen("article.txt").replace("\r", "") == BODY


def test_colours_can_be_switched_off(articles: Path) -> None:
    assert "\x1b[3" not in screen("article.txt", "--diff", "--quiet", NO_COLOR="1")


def test_the_pager_gets_the_diff(articles: Path) -> None:
    Path("pager").write_text(f"#!{sys.executable}\nimport sys\nprint('PAGED', len(sys.stdin.read().split(chr(10))))\n")
    Path("pager").chmod(0o755)
    assert re.search(r"PAGED \d\d", screen("articles", "--diff", "--quiet", PAGER=str(Path("pager").resolve())))


def test_a_person_is_asked_for_the_language_of_a_draft(articles: Path) -> None:
    child = start("rules", "new", "Follow us on the Newford site", "--in", "sw")
    child.expect(r"it reads like en, not like sw; language \[sw\]: ")
    child.sendline("xx")
    child.expect("there is no language 'xx'")
    child.expect(r"language \[sw\]: ")
    child.sendline("en")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert 'en = ["Follow us on the Newford site"]' in child.before
