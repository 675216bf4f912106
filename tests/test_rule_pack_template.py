"""The template in ``examples/rule-pack``: its rules hold, its workflow runs, and pip would install the same."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from cleaner.authoring.pack_build import build_pack
from cleaner.cli import main
from tests.places import ROOT

TEMPLATE = ROOT / "examples" / "rule-pack"
PROJECT = tomllib.loads((TEMPLATE / "pyproject.toml").read_text("utf-8"))


def test_the_rules_of_the_template_hold(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(TEMPLATE)
    assert main(["rules", "check", "--strict"]) == 0
    assert main(["rules", "format", "rules", "--check"]) == 0
    assert main(["rules", "test", "rules"]) == 0
    assert "2 rules, 7 examples, 0 do not hold" in capsys.readouterr().out


def test_its_golden_cases_run_with_pytest(pytester: pytest.Pytester) -> None:
    place = ("--rootdir", str(TEMPLATE), "-c", str(TEMPLATE / "pyproject.toml"))
    pytester.runpytest_subprocess("-p", "no:cacheprovider", *place).assert_outcomes(passed=4)


def test_its_workflow_runs_commands_that_there_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    yaml = pytest.importorskip("yaml", reason="reads YAML: pip install pyyaml")
    steps = yaml.safe_load((TEMPLATE / "test-workflow.yml").read_text("utf-8"))["jobs"]["test"]["steps"]
    commands = [shlex.split(step["run"])[1:] for step in steps if step.get("run", "").startswith("clean ")]
    assert commands == [["rules", "check", "rules", "--strict"], ["rules", "pack", ".", "-o", "dist"]]
    monkeypatch.chdir(TEMPLATE)
    assert main(commands[0]) == 0
    assert main([*commands[1][:-1], str(tmp_path)]) == 0
    assert len(list(tmp_path.glob("*.whl"))) == 1


def test_pip_would_make_the_same_rules_of_it(tmp_path: Path) -> None:
    pytest.importorskip("hatchling", reason="hatchling makes the distributions: pip install hatchling")
    from hatchling.builders.wheel import WheelBuilder

    (made,) = WheelBuilder(str(TEMPLATE)).build(directory=str(tmp_path / "pip"), versions=["standard"])
    ours = zipfile.ZipFile(build_pack(TEMPLATE, tmp_path / "dist").path)
    theirs = zipfile.ZipFile(made)
    rules = {name for name in theirs.namelist() if ".dist-info/" not in name}
    assert rules == {"riverpost_rules/rules/riverpost.toml"}
    for name in (*rules, "riverpost_rules-1.0.dist-info/entry_points.txt"):
        assert theirs.read(name).split() == ours.read(name).split()


def test_a_pack_in_site_packages_is_found_by_its_entry_point(tmp_path: Path) -> None:
    """As pip puts it there: the files of the wheel, unpacked."""
    zipfile.ZipFile(build_pack(TEMPLATE, tmp_path / "dist").path).extractall(tmp_path / "site")
    code = (
        "from cleaner.config.settings import Config\n"
        "rules = Config().rules()\n"
        "print('riverpost.gauge' in rules, *rules.packs)\n"
        "import sys; print([name for name in sys.modules if name.startswith('riverpost')])\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(tmp_path / "site"), str(ROOT)))}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.split("\n")[:2] == ["True riverpost-rules 1.0", "[]"]


def test_its_readme_names_the_file_that_the_pack_gets() -> None:
    readme = (TEMPLATE / "README.md").read_text("utf-8")
    name, version = PROJECT["project"]["name"], PROJECT["project"]["version"]
    assert f"clean rules install dist/{name.replace('-', '_')}-{version}-py3-none-any.whl --hash sha256:" in readme
