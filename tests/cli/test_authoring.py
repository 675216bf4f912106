"""``clean rules check|test|new``: write rules, and see whether they are right."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from cleaner.authoring.draft_toml import draft_toml
from cleaner.authoring.drafting import draft_scrap
from cleaner.authoring.guessing import Guesser
from cleaner.authoring.lint.linter import lint
from cleaner.cli import main
from cleaner.rules import builtin_rules
from cleaner.rules.loader import parse_rules
from tests.cli.own_rules import OWN
from tests.cli.processes import MODULE


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


def test_test_runs_examples_and_shows_what_they_miss(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "test", "own.toml", "--coverage"]) == 0
    page = capsys.readouterr().out
    assert "1 rule, 2 examples, 0 do not hold" in page
    assert "0 of 1 rules are fired by a golden case; not own.bye" in page
    assert "own.bye  bye number \\d+" in page
    own.write_text(OWN.replace("zone =", "max-words = 2\nzone ="), "utf-8")
    own.write_text(OWN.replace('keeps = ["', 'keeps = ["Bye number 12", "'), "utf-8")
    assert main(["rules", "test", "own.toml"]) == 1
    assert "keeps (tail): Bye number 12" in capsys.readouterr().out


def test_overrides_and_examples(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = 'extend-rules = ["own.toml"]\n[overrides."own.bye"]\nexcept-lines = ["Bye from the Hill News"]\n'
    (own.parent / "cleaner.toml").write_text(settings, "utf-8")
    assert main(["rules", "test", "own.toml"]) == 0
    page = " ".join(capsys.readouterr().out.split())
    assert "1 rule, 2 examples, 0 do not hold 1 examples of rules themselves do not hold with the project's" in page
    (own.parent / "cleaner.toml").write_text(settings + 'examples.removes = ["So long"]\n', "utf-8")
    assert main(["rules", "test", "own.toml"]) == 1


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
    assert "follow-us.networks removes it already" in capsys.readouterr().err
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
    command = [*MODULE, "rules", "new", "-"]
    done = subprocess.run(command, input="Farewell from the Hill News\n", capture_output=True, text=True, cwd=run_in)
    assert 'en = ["Farewell from the Hill News"]' in done.stdout


def test_a_draft_in_another_language_than_it_reads_like_is_noted(
    run_in: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rules", "new", "Follow us on the Newford site", "--in", "sw"]) == 0
    draft = capsys.readouterr()
    assert draft.err == "note: it reads like en, not like sw; written as sw. --in CODE names another language\n"
    assert "For years" not in draft.out
    assert 'sw = ["… Follow us on the Newford site …"]' in draft.out


def test_a_person_is_asked_for_the_language(
    run_in: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cleaner.cli.authoring._is_somebody_there", lambda: True)
    answers = iter(["xx", "en"])
    monkeypatch.setattr("click.prompt", lambda question, **_: next(answers))
    assert main(["rules", "new", "Follow us on the Newford site", "--in", "sw"]) == 0
    draft = capsys.readouterr()
    assert "there is no language 'xx'" in draft.err
    assert "\nen = [" in draft.out
    assert "\nsw = " not in draft.out


def test_a_language_that_does_not_exist_is_refused(run_in: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "new", "Farewell", "--in", "xx"]) == 2
    assert capsys.readouterr().err.startswith("error: there is no language 'xx'; use a code of ISO 639")


def test_a_wording_of_no_known_language_is_noted(run_in: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "new", "qwzzk xyzzy"]) == 0
    assert "its language is not clear; written as mul" in capsys.readouterr().err
