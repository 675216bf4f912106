"""What the page on installing promises: extras, the container, the hook of pre-commit, the workflow of GitHub."""

from __future__ import annotations

import json
import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cleaner.cli import main
from tests.places import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS = set(PROJECT["optional-dependencies"])
PAGE = (ROOT / "docs" / "install.md").read_text("utf-8")
BODY = "The town council met on Tuesday evening and voted to repair the old stone bridge across the river.\n"
FOR_DEVELOPERS = {"browser", "dev", "docs", "fuzz", "mutants", "release", "test", "stores"}
INSTRUCTIONS = {"FROM", "WORKDIR", "COPY", "RUN", "ENV", "USER", "ENTRYPOINT", "CMD"}


def instructions() -> Iterator[tuple[str, str]]:
    """The instructions of the Dockerfile, continued lines joined."""
    text = "".join(
        line for line in (ROOT / "Dockerfile").read_text("utf-8").splitlines(keepends=True) if not line.startswith("#")
    )
    for line in filter(None, re.sub(r"\\\n\s*", "", text).split("\n")):
        name, _, rest = line.partition(" ")
        yield name, rest


def read_yaml(path: str) -> Any:
    yaml = pytest.importorskip("yaml", reason="reads YAML: pip install pyyaml")
    return yaml.safe_load((ROOT / path).read_text("utf-8"))


def test_the_container_is_one_that_docker_would_build() -> None:
    found = list(instructions())
    assert {name for name, _ in found} == INSTRUCTIONS
    assert found[0][0] == "FROM"
    assert all(re.fullmatch(r"python:3\.\d+-slim(?: AS build)?", rest) for name, rest in found if name == "FROM")
    for name, rest in found:
        if name in ("ENTRYPOINT", "CMD"):
            assert isinstance(json.loads(rest), list)  # the form without a shell
        if name == "RUN":
            assert shlex.split(rest)


def test_the_container_gets_all_that_the_wheel_is_made_of() -> None:
    ignored = (ROOT / ".dockerignore").read_text("utf-8").split()
    copied = [
        source
        for name, rest in instructions()
        if name == "COPY" and "--from" not in rest
        for source in rest.split()[:-1]
    ]
    assert [source for source in copied if not (ROOT / source).exists() or f"!{source}" not in ignored] == []
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    sources = [*wheel["force-include"], *wheel["shared-data"], *wheel["packages"], "README.md", "LICENSE"]
    sources.append(wheel["hooks"]["custom"]["path"])
    assert [source for source in sources if source.partition("/")[0] not in copied] == []


def test_the_container_cleans_as_somebody_without_rights_in_a_mounted_folder() -> None:
    found = dict(instructions())  # the last of each
    assert found["USER"] == "1000:1000"
    assert found["WORKDIR"] == "/work"
    assert json.loads(found["ENTRYPOINT"]) == ["clean"]
    extras = re.search(r"'\.\[([\w,]+)\]'", next(rest for name, rest in instructions() if "pip install" in rest))
    assert extras is not None
    assert set(extras[1].split(",")) <= EXTRAS
    assert '-v "$PWD:/work" cleaner articles/ -o cleaned/' in PAGE


def test_the_page_names_every_extra_and_no_other() -> None:
    table = PAGE.partition("| extra | for |")[2].partition("## ")[0]
    named = {name for row in table.split("\n") if row.startswith("| `") for name in re.findall(r"`([\w-]+)`", row)}
    assert {name for name in named if name in EXTRAS} == EXTRAS - FOR_DEVELOPERS


@pytest.mark.parametrize("page", sorted((ROOT / "docs").glob("*.md")), ids=lambda page: page.name)
def test_no_page_names_what_does_not_work_yet(page: Path) -> None:
    """There is no package of this name on an index."""
    text = page.read_text("utf-8")
    assert not re.search(r"pip install '?article-cleaner(?!\S* @)", text)
    assert not re.search(r"install article-cleaner\[", text)
    for extras in re.findall(r"pip install '\.\[([\w,]+)\]'", text):
        assert set(extras.split(",")) <= EXTRAS


def test_a_command_of_the_name_of_the_package_is_there_for_uvx_and_pipx() -> None:
    assert PROJECT["scripts"][PROJECT["name"]] == PROJECT["scripts"]["clean"]


def test_the_hook_tells_scraps_from_clean_texts(run_in: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (hook,) = read_yaml(".pre-commit-hooks.yaml")
    assert {"id", "name", "entry", "language"} <= set(hook)
    program, *arguments = shlex.split(hook["entry"])
    assert program == "clean"
    Path("a.txt").write_text(BODY)
    Path("b.txt").write_text(f"{BODY}\nFollow us on:\n")
    assert all(re.search(hook["files"], name) for name in ("a.txt", "articles/b.md"))
    assert main([*arguments, "a.txt"]) == 0
    assert main([*arguments, "a.txt", "b.txt"]) == 1
    assert capsys.readouterr().out == "would change: b.txt\n"


def test_the_workflow_runs_commands_that_there_are(run_in: Path, capfd: pytest.CaptureFixture[str]) -> None:
    workflow = read_yaml("docs/github-action.yml")
    steps = workflow["jobs"]["clean"]["steps"]
    commands = [shlex.split(step["run"]) for step in steps if step.get("run", "").startswith("clean ")]
    Path("articles").mkdir()
    Path("articles/b.txt").write_text(f"{BODY}\nFollow us on:\n")
    assert [main(arguments[1:]) for arguments in commands] == [1, 0]
    assert "-Follow us on:" in capfd.readouterr().out
