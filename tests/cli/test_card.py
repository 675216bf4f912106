"""``clean card``: audits become a data card."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleaner.cli import main
from tests.articles import article


@pytest.fixture
def audit(run_in: Path) -> Path:
    Path("in").mkdir()
    for number in range(3):
        Path(f"in/{number}.txt").write_text(article(number), "utf-8")
    assert main(["in", "-o", "out", "--audit", "audit.jsonl.gz", "-q"]) == 0
    return Path("audit.jsonl.gz")


def test_a_card_as_markdown(audit: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["card", str(audit), "-o", "CARD.md", "--title", "The news"]) == 0
    assert "card of 3 documents written to CARD.md" in capsys.readouterr().err
    text = Path("CARD.md").read_text("utf-8")
    assert "# The news\n" in text
    assert "- Profile `default`, " in text
    assert main(["card", str(audit), "-o", "CARD.md"]) == 0


def test_other_rules_are_not_told_as_those_of_the_run(audit: Path) -> None:
    assert main(["card", str(audit), "-o", "CARD.md", "--profile", "strict"]) == 0
    assert "Profile" not in Path("CARD.md").read_text("utf-8")


def test_what_a_project_chose_is_told(run_in: Path) -> None:
    Path("cleaner.toml").write_text('keep = ["byline"]\nprofile = "facts"\n')
    Path("a.txt").write_text(article(1), "utf-8")
    assert main(["a.txt", "-o", "b.txt", "--audit", "audit.jsonl", "-q"]) == 0
    assert main(["card", "audit.jsonl", "-o", "CARD.md"]) == 0
    assert "- Profile `facts`, " in Path("CARD.md").read_text("utf-8")
    assert '- `keep` = `["byline"]`' in Path("CARD.md").read_text("utf-8")


def test_a_card_as_json(audit: Path) -> None:
    assert main(["card", str(audit), "-o", "card.json"]) == 0
    found = json.loads(Path("card.json").read_text("utf-8"))
    assert (found["generator"], found["documents"], found["kinds"]) == ("article-cleaner card", 3, {"text": 3})
    assert main(["card", str(audit), "-o", "card.json"]) == 0


def test_wrong_input_is_answered(audit: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("mine.md").write_text("Mine\n")
    Path("empty.jsonl").write_text("")
    for words, message in [
        (["in/0.txt", "-o", "CARD.md"], "in/0.txt: line 1 is not a line of an audit"),
        (["none", "-o", "CARD.md"], "none: No such file"),
        (["empty.jsonl", "-o", "CARD.md"], "empty.jsonl: no documents"),
        ([str(audit), "-o", "mine.md"], "mine.md: exists, and is no card"),
        ([str(audit), "-o", "card.txt"], "give a name that ends in .md or .json"),
    ]:
        assert main(["card", *words]) == 2
        assert message in capsys.readouterr().err
    assert Path("mine.md").read_text() == "Mine\n"
    assert main(["card", str(audit), "-o", "mine.md", "--overwrite"]) == 0
