"""``clean learn`` from documents to rules that clean them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleaner.authoring.learning.proposal import proposals_toml
from cleaner.authoring.learning.review import read_blocks, remembered
from cleaner.authoring.lint.linter import lint
from cleaner.cli import main
from cleaner.rules.loader import parse_rules
from tests.authoring.learning.corpora import RULES, bodies
from tests.site_corpus import body

pytest.importorskip("duckdb", reason="counts lines in DuckDB: pip install 'article-cleaner[learn]'")


def test_without_a_url_it_is_a_preview(run_in: Path) -> None:
    (run_in / "folder").mkdir()
    for number, text in enumerate(bodies(9)):
        (run_in / "folder" / f"{number}.txt").write_text(f"{text}\nFarewell from the mill\n", "utf-8")
    assert main(["learn", "folder", "-o", "p.toml"]) == 0
    written = (run_in / "p.toml").read_text("utf-8")
    assert 'status = "preview"' in written
    assert "its site has no url, so that it would act on every site" in written


SITE_SCRAPS = (
    "Story Continued Below",
    "Authors:",
    "Read More",
    "335 SHARES SHARE THIS STORY",
    "Comments",
    "Add your name to millions demanding that Congress take action on the President’s crimes.",
    "The views expressed in this opinion article are solely those of their author",
    "Join America's Last Line of Defense And Share This Article Now!",
    "× 101 Things All Young Adults Should Know by Sir John Hawkins",
    "Featured image via",
)


@pytest.mark.slow
def test_real_sites(shared: Path, run_in: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Ten proposals, and a person read that all of them are scraps."""
    corpus = str(shared / "corpus" / "sites.jsonl.gz")
    assert main(["learn", corpus, "-o", "scratch.toml", "--no-default-rules"]) == 0
    text = (run_in / "scratch.toml").read_text("utf-8")
    rules = parse_rules(text, terms=RULES.terms)
    lines = {example for rule in rules for texts in rule.examples.removes.values() for example in texts}
    for scrap in SITE_SCRAPS:
        assert any(line.startswith(scrap) for line in lines) or scrap[0].isdigit(), scrap
    assert any("SHARES SHARE THIS STORY" in line for line in lines)
    assert len(rules) == len(SITE_SCRAPS)
    assert main(["learn", corpus, "-o", "more.toml", "-j", "1"]) == 0
    more = parse_rules((run_in / "more.toml").read_text("utf-8"), terms=RULES.terms)
    assert 0 < len(more) < len(rules)
    assert main(["learn", corpus, "-o", "again.toml", "-j", "2"]) == 0
    assert (run_in / "again.toml").read_bytes() == (run_in / "more.toml").read_bytes()
    errors = [str(one) for one in lint(run_in / "more.toml", RULES) if one.severity == "error"]
    assert errors == []


@pytest.fixture
def corpus(run_in: Path) -> str:
    lines = [
        {
            "url": f"https://riverpost.example/{n}",
            "text": f"{text}\nFarewell from the mill\n\nSeen {n} times at the mill\n",
        }
        for n, text in enumerate(bodies(9))
    ]
    (run_in / "rows.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return "rows.jsonl"


def answer(monkeypatch: pytest.MonkeyPatch, *answers: str) -> None:
    left = list(answers)
    monkeypatch.setattr("click.prompt", lambda *_, **__: left.pop(0))


def test_review(corpus: str, run_in: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    (run_in / "cleaner.toml").write_text('extend-rules = ["rules"]\n', "utf-8")
    (run_in / "rules").mkdir()
    (run_in / "rules" / "own.toml").write_text(proposals_toml([]) + OWN, "utf-8")
    assert main(["learn", corpus, "-o", "p.toml"]) == 0
    assert len(read_blocks(run_in / "p.toml")[1]) == 2
    answer(monkeypatch, "s", "q")
    assert main(["learn", "--review", "p.toml"]) == 1
    assert len(read_blocks(run_in / "p.toml")[1]) == 2
    answer(monkeypatch, "a", "r")
    assert main(["learn", "--review", "p.toml"]) == 0
    learned = (run_in / "rules" / "learned.toml").read_text("utf-8")
    assert learned.startswith("schema = 1\n\n[[rule]]\n")
    assert "learned from" not in learned
    assert len(remembered(run_in / "p.rejected.jsonl")) == 1
    # Neither what was accepted nor what was rejected is proposed again.
    assert main(["learn", corpus, "-o", "p.toml"]) == 0
    assert read_blocks(run_in / "p.toml")[1] == []
    assert main([corpus, "--check", "-q"]) == 1


OWN = """
[[rule]]
id = "own.bye"
description = "Sign-off"
lines = ["Bye from the Hill News"]
[rule.examples]
removes = ["Bye from the Hill News"]
keeps = ["Bye from the Hill News, he said."]
"""


def test_who_accepts_a_preview_has_no_doubts(run_in: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (run_in / "folder").mkdir()
    for number, text in enumerate(bodies(9)):
        (run_in / "folder" / f"{number}.txt").write_text(f"{text}\nFarewell from the mill\n", "utf-8")
    assert main(["learn", "folder", "-o", "p.toml"]) == 0
    answer(monkeypatch, "a")
    assert main(["learn", "--review", "p.toml", "--into", "mine.toml"]) == 0
    assert main(["folder", "-o", "out", "-q", "--rules", "mine.toml"]) == 0
    assert (run_in / "out" / "3.txt").read_text("utf-8") == body(3)


def test_an_edit_decides_nothing(corpus: str, run_in: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert main(["learn", corpus, "-o", "p.toml"]) == 0
    before = len(read_blocks(run_in / "p.toml")[1])
    texts = iter([None, "", "[[rule]]\nid = 'own.a'\n", OWN])
    monkeypatch.setattr("click.edit", lambda *_, **__: next(texts))
    answer(monkeypatch, "e", "e", "e", "a", "e", "a", "q")
    assert main(["learn", "--review", "p.toml", "--into", "mine.toml"]) == 1
    assert [rule.id for rule in parse_rules((run_in / "mine.toml").read_text("utf-8"))] == ["own.bye"]
    assert len(read_blocks(run_in / "p.toml")[1]) == before - 1


def test_an_edit_that_was_not_accepted_is_kept(corpus: str, run_in: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert main(["learn", corpus, "-o", "p.toml"]) == 0
    head, blocks = read_blocks(run_in / "p.toml")
    gap = blocks[0].text.replace("[rule.lines]", "\n\n[rule.lines]")
    monkeypatch.setattr("click.edit", lambda *_, **__: gap)
    answer(monkeypatch, "e", "s", "q")
    assert main(["learn", "--review", "p.toml"]) == 1
    after = read_blocks(run_in / "p.toml")
    assert after[0] == head
    assert after[1][0].text == gap
    assert len(parse_rules((run_in / "p.toml").read_text("utf-8"), terms=RULES.terms)) == len(blocks)


def test_wrong_calls(corpus: str, run_in: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["learn", corpus]) == 2
    assert "where should the proposals go? Give -o proposals.toml" in capsys.readouterr().err
    assert main(["learn", "nope", "-o", "p.toml"]) == 2
    assert main(["learn", corpus, "-o", "p.toml", "--memory", "much"]) == 2
    assert "memory cannot be 'much'; give a number and KB, MB or GB, as 500MB" in capsys.readouterr().err
    assert main(["learn", "--review", "nope.toml"]) == 2
    assert "nope.toml: cannot be read" in capsys.readouterr().err
    (run_in / "p.rejected.jsonl").write_text("what\n", "utf-8")
    assert main(["learn", corpus, "-o", "p.toml"]) == 2
    assert "p.rejected.jsonl:1: is not of the form" in capsys.readouterr().err
    with (run_in / "bad.jsonl").open("w") as file:
        file.write('{"text": 1}\n{"text": "a"}\n')
    assert main(["learn", "bad.jsonl", "-o", "q.toml"]) == 2
    assert "bad.jsonl:1: " in capsys.readouterr().err
    assert (run_in / "q.toml").exists(), "what could be read was learned from"
    (run_in / "p.rejected.jsonl").unlink()
    (run_in / "p.toml").write_text("mine\n", "utf-8")
    assert main(["learn", corpus, "-o", "p.toml", "--text-key", "body"]) == 2
    assert "no document could be read; p.toml was left as it is" in capsys.readouterr().err
    assert (run_in / "p.toml").read_text("utf-8") == "mine\n"
    assert main(["learn", corpus, "-o", "p.rejected.jsonl"]) == 2
    assert main(["learn", corpus, "-o", "p.toml", "--memory", "1KB"]) == 2
    assert "the database of lines fails: " in capsys.readouterr().err
    assert main(["learn", "--review", "p.toml"]) == 2
    assert "p.toml: is no file of proposals" in capsys.readouterr().err
