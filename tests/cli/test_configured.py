"""The configuration gives what the command line leaves out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleaner.cli import main
from tests.articles import article, json_lines


@pytest.fixture
def project(run_in: Path) -> Path:
    """A project with a configuration, with a folder of rows and a text."""
    (run_in / "in").mkdir()
    rows = [json.loads(line) for line in json_lines(3).splitlines()]
    renamed = [{"body": row.pop("text"), **row} for row in rows]
    (run_in / "in" / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in renamed))
    (run_in / "in" / "b.txt").write_text(article(1), "utf-8")
    return run_in


def configure(text: str) -> None:
    Path("cleaner.toml").write_text(text, "utf-8")


def test_a_project_gives_the_options_once(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    configure(
        '[clean]\ntext-key = ["body"]\ninclude = ["*.jsonl"]\noutput = "out"\naudit = "a.jsonl"\njobs = 1\nquiet = true'
    )
    (project / "deeper").mkdir()
    monkeypatch.chdir(project / "deeper")
    assert main(["../in"]) == 0
    assert [path.name for path in (project / "out").iterdir()] == ["a.jsonl"]
    assert "Follow us" not in (project / "out" / "a.jsonl").read_text("utf-8")
    assert (project / "a.jsonl").exists()


def test_the_command_line_counts_more(project: Path) -> None:
    configure('[clean]\noutput = "out"\ninclude = ["*.jsonl"]\ntext-key = "n"\nquiet = true\n')
    assert main(["in", "-o", "other", "--include", "*.txt"]) == 0
    assert [path.name for path in Path("other").iterdir()] == ["b.txt"]
    assert not Path("out").exists()
    assert main(["in", "--check", "--text-key", "body"]) == 1
    assert not Path("out").exists()
    assert main(["in", "--isolated", "-o", "whole", "--text-key", "body", "-q"]) == 0
    assert sorted(path.name for path in Path("whole").iterdir()) == ["a.jsonl", "b.txt"]


def test_what_is_for_files_leaves_a_pipe_alone(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.cli.test_stdin import SCRAPPY, Stdin

    configure('[clean]\noutput = "out"\naudit = "audit.jsonl"\nsidecar = true\n')
    monkeypatch.setattr("sys.stdin", Stdin(SCRAPPY.encode()))
    assert main(["-"]) == 0
    assert not Path("audit.jsonl").exists()


def test_commands_that_read_take_how_rows_are_read(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    configure('[clean]\ntext-key = "body"\noutput = "out"\n')
    assert main(["why", "in/a.jsonl:2"]) == 0
    assert "follow-us.networks" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ('extractor = "trafilatur"', "cleaner.toml:2: clean.extractor: 'trafilatur' is not one of 'trafilatura'"),
        ('encoding = "utf-99"', "cleaner.toml:2: clean.encoding: there is no encoding 'utf-99'"),
        ("jbos = 1", "unknown key 'jbos'; did you mean 'jobs'?"),
    ],
)
def test_a_mistake_names_its_line(project: Path, table: str, message: str, capsys: pytest.CaptureFixture[str]) -> None:
    configure(f"[clean]\n{table}\n")
    assert main(["in", "-o", "out"]) == 2
    assert message in capsys.readouterr().err
    assert main(["--help"]) == 0


def test_config_show_names_every_option_with_its_origin(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    configure('[clean]\njobs = 3\ntext-key = ["title", "body"]\n')
    assert main(["config", "show", "--json"]) == 0
    settings = json.loads(capsys.readouterr().out)["settings"]
    assert settings["clean.jobs"] == {"value": 3, "origin": "cleaner.toml:2"}
    assert settings["clean.text-key"] == {"value": "title,body", "origin": "cleaner.toml:3"}
    assert settings["clean.extractor"] == {"value": "trafilatura", "origin": "default"}
