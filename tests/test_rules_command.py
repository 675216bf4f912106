"""``clean rules``: list, show, check, test, try, stats, new."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from cleaner.cli import main
from cleaner.drafting import Guesser, draft_scrap, draft_toml
from cleaner.lint import lint
from cleaner.rules import builtin_rules
from cleaner.rules.parse import parse_rules

BODY = "The town council met on Tuesday evening and voted to repair the old bridge over the river.\n"
OWN = """schema = 1

[[rule]]
id = "own.bye"
description = "Sign-off"
zone = "tail"
lines.en = ["Bye from the Hill News"]
pattern.en = '''bye number \\d+'''
[rule.examples]
removes = ["Bye from the Hill News"]
keeps = ["Bye from the Hill News, he said."]
"""


@pytest.fixture
def own(run_in: Path) -> Path:
    path = run_in / "own.toml"
    path.write_text(OWN, "utf-8")
    return path


def rows(folder: Path, *texts: str) -> str:
    path = folder / "rows.jsonl"
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), "utf-8")
    return str(path)


def test_list_filters(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "list", "--json", "--class", "follow-us", "--confidence", "high", "--language", "de"]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert found
    assert {(rule["class"], rule["confidence"]) for rule in found} == {("follow-us", "high")}
    assert main(["rules", "list", "--json", "--rules", "own.toml", "--select", "own.*"]) == 0
    assert [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()] == ["own.bye"]
    assert main(["rules", "list", "--class", "nope"]) == 2
    assert "no rules of class 'nope' run; there are ad-marker," in capsys.readouterr().err


def test_show_tells_which_examples_hold(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own.write_text(OWN.replace('removes = ["', 'removes = ["Farewell from the Hill News", "'), "utf-8")
    assert main(["rules", "show", "own.bye", "--rules", "own.toml"]) == 0
    page = capsys.readouterr().out
    assert "✓ Bye from the Hill News\n" in page
    assert "✗ does not hold: Farewell from the Hill News" in page
    assert main(["rules", "show", "own.by"]) == 2
    assert "no rule 'own.by'" in capsys.readouterr().err


def test_check_points_at_mistakes(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "check", "own.toml"]) == 0
    assert "no findings" in capsys.readouterr().out
    own.write_text(OWN.replace("zone =", "zonne ="), "utf-8")
    assert main(["rules", "check", "own.toml"]) == 1
    page = capsys.readouterr().out
    assert "own.toml:6:1" in page
    assert '6 | zonne = "tail"\n  | ^^^^^\n' in page
    assert "did you mean 'zone'?" in page
    assert main(["rules", "check", "own.toml", "--json"]) == 1
    finding = json.loads(capsys.readouterr().out)
    assert (finding["code"], finding["line"], finding["rule"]) == ("invalid", 6, "own.bye")
    assert main(["rules", "check", "nope.toml"]) == 1
    assert "no such file" in capsys.readouterr().out


def test_check_without_a_path_is_about_the_project(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (own.parent / "cleaner.toml").write_text('extend-rules = ["own.toml"]\n', "utf-8")
    own.write_text(OWN.replace("own.bye", "follow-us.networks"), "utf-8")
    # A taken id is what check is for: the project's rules need not load.
    assert main(["rules", "check"]) == 1
    assert "taken" in capsys.readouterr().out


def test_test_runs_examples_and_tells_what_they_miss(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "test", "own.toml", "--coverage"]) == 0
    page = capsys.readouterr().out
    assert "1 rules, 2 examples, 0 do not hold" in page
    assert "0 of 1 rules are fired by a golden case; not own.bye" in page
    assert "own.bye  bye number \\d+" in page
    own.write_text(OWN.replace("zone =", "max-words = 2\nzone ="), "utf-8")
    own.write_text(OWN.replace('keeps = ["', 'keeps = ["Bye number 12", "'), "utf-8")
    assert main(["rules", "test", "own.toml"]) == 1
    assert "keeps (tail): Bye number 12" in capsys.readouterr().out


def test_try_shows_hits_in_context_and_harm(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = rows(own.parent, f"{BODY}\nBye from the Hill News\n", f"{BODY}\nFollow us on:\n", f"Bye number 7\n\n{BODY}")
    assert main(["rules", "try", "own.toml", path]) == 0
    page = capsys.readouterr().out
    assert "1 lines of 1 of 3 documents" in page
    assert f"rows.jsonl:1:3\n      {BODY[:40]}" in page
    assert "    - Bye from the Hill News" in page
    assert "spared once: zone head is not tail" in page
    assert "takes nothing of 2" in page
    (own.parent / "bodies").mkdir()
    (own.parent / "bodies" / "a.txt").write_text(f"{BODY}\nBye number 12\n", "utf-8")
    assert main(["rules", "try", "own.toml", path, "--bodies", "bodies"]) == 1
    assert "HARM: own.bye takes 3 words of 1 of" in capsys.readouterr().out
    assert main(["rules", "try", "own.toml", "nope"]) == 2


def test_try_sees_what_is_taken_already(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own.write_text(OWN.replace('lines.en = ["Bye from the Hill News"]', 'lines.en = ["Follow us on:"]'), "utf-8")
    assert main(["rules", "try", "own.toml", rows(own.parent, f"{BODY}\nFollow us on:\n")]) == 0
    assert "1 lines of 1 of 1 documents, 1 of them taken already" in capsys.readouterr().out


def test_try_takes_a_file_that_is_in_force_already(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (own.parent / "cleaner.toml").write_text('extend-rules = ["."]\n', "utf-8")
    (own.parent / "cleaner.toml").write_text('extend-rules = ["own.toml"]\n', "utf-8")
    assert main(["rules", "try", "own.toml", rows(own.parent, f"{BODY}\nBye from the Hill News\n")]) == 0
    assert "1 lines of 1 of 1 documents\n" in capsys.readouterr().out


def test_stats_counts(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = rows(
        own.parent, f"{BODY}\nFollow us on:\n", f"{BODY}\nFollow us on:\nRead more\n", f"{BODY}\nShare\n\n{BODY}"
    )
    assert main(["rules", "stats", path, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["documents"], found["changed"]) == (3, 2)
    assert found["rules"]["follow-us.networks"] == {"documents": 2, "lines": 2, "words": 6, "spared": {}}
    assert "byline.by-name" in found["never_fired"]
    assert "follow-us.networks" not in found["never_fired"]
    assert {"rules": ["related-heading.line", "related-heading.tail"], "lines": 1} in found["overlaps"]
    assert any(rule["spared"] for rule in found["rules"].values())
    assert main(["rules", "stats", path]) == 0
    assert "fit no line (" in capsys.readouterr().out
    assert main(["rules", "stats", "nope.jsonl"]) == 2


@pytest.mark.parametrize(
    "scrap",
    [
        "Farewell from the Hill News",
        "Tschüss vom Hügelboten, bis morgen",
        "12,5 mil pessoas já viram isto",
        "今日の編集部から",
        "Two lines\nof farewell",
        "It's “quoted”, with a \\ and a '''",
        "a\tb",
        "続きはこちら（3件）？",
        "a \U000e0001 b",
    ],
)
def test_a_draft_passes_the_checks(tmp_path: Path, scrap: str) -> None:
    draft = draft_scrap(scrap, builtin_rules())
    path = tmp_path / "own.toml"
    path.write_text("schema = 1\n\n" + draft_toml(draft), "utf-8")
    assert [str(finding) for finding in lint(path, builtin_rules()) if finding.severity == "error"] == []
    assert len(parse_rules(path.read_text("utf-8"))) == 1


def test_new_writes_a_file_that_goes_on(run_in: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "new", "Farewell from the Hill News", "-o", "rules/own.toml"]) == 0
    assert main(["rules", "new", "Auf Wiedersehen vom Hügelboten", "-o", "rules/own.toml", "--id", "own.bis-bald"]) == 0
    assert (run_in / "rules" / "rules.schema.json").is_file()
    capsys.readouterr()
    assert main(["rules", "check", "rules"]) == 0
    assert main(["rules", "new", "Follow us on:"]) == 1
    assert "follow-us.networks takes it already" in capsys.readouterr().err
    assert main(["rules", "new", "Farewell from the Hill News", "-o", "rules/own.toml"]) == 1
    assert main(["rules", "new", "Auf bald", "-o", "rules/own.toml", "--id", "own.bis-bald"]) == 2
    assert "the id 'own.bis-bald' is taken" in capsys.readouterr().err
    assert main(["rules", "new", "  "]) == 2
    assert "the scrap is blank" in capsys.readouterr().err
    assert (
        main(["rules", "new", "Auf bald", "--id", "bad id"]) == main(["rules", "new", "Auf bald", "--in", "x y"]) == 2
    )
    before = (run_in / "rules" / "own.toml").read_bytes()
    assert main(["rules", "new", "Auf bald", "-o", "rules/own.toml", "--id", "Own"]) == 2
    assert (run_in / "rules" / "own.toml").read_bytes() == before, "nothing is written that does not load"


def test_overrides_and_examples(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = 'extend-rules = ["own.toml"]\n[overrides."own.bye"]\nexcept-lines = ["Bye from the Hill News"]\n'
    (own.parent / "cleaner.toml").write_text(said, "utf-8")
    assert main(["rules", "test", "own.toml"]) == 0
    page = " ".join(capsys.readouterr().out.split())
    assert "1 rules, 2 examples, 0 do not hold 1 examples of rules themselves do not hold with the project's" in page
    (own.parent / "cleaner.toml").write_text(said + 'examples.removes = ["So long"]\n', "utf-8")
    assert main(["rules", "test", "own.toml"]) == 1


def test_try_measures_harm_on_all_sites(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own.write_text(OWN.replace('zone = "tail"', 'sites = ["riverpost.example"]'), "utf-8")
    (own.parent / "bodies").mkdir()
    (own.parent / "bodies" / "a.txt").write_text(f"{BODY}\nBye number 12\n", "utf-8")
    assert main(["rules", "try", "own.toml", rows(own.parent, BODY), "--bodies", "bodies"]) == 1
    assert "HARM: own.bye takes 3 words" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "scrap_class", "language"),
    [
        ("Seguiteci sui social del Corriere", "follow-us", "it"),
        ("Abonnieren Sie unseren Newsletter vom Hügel", "newsletter-cta", "de"),
        ("Комментарии читателей", "comments-invitation", "ru"),
        ("zzyzx qqq", "learned", ""),
    ],
)
def test_class_and_language_are_guessed(text: str, scrap_class: str, language: str) -> None:
    guess = Guesser(builtin_rules()).guess(text)
    assert (guess.scrap_class, guess.language) == (scrap_class, language)


def test_new_reads_standard_input(run_in: Path) -> None:
    command = [sys.executable, "-c", "from cleaner.cli import run; run()", "rules", "new", "-"]
    done = subprocess.run(command, input="Farewell from the Hill News\n", capture_output=True, text=True, cwd=run_in)
    assert 'en = ["Farewell from the Hill News"]' in done.stdout
