"""Rules and matchers that other packages bring."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import subprocess
import sys
from importlib.metadata import EntryPoint
from pathlib import Path
from types import SimpleNamespace

import pytest

from cleaner.errors import CleanerError
from cleaner.model import DocumentInfo
from cleaner.pipeline import Cleaner
from cleaner.rules import plugins
from cleaner.rules.loader import parse_rules
from tests.places import ROOT

BODY = "The town council met on Tuesday evening and voted to repair the old bridge.\n"
MORE = "Work is to begin in the spring, the mayor said, and will last for three months.\n"
RULE = """
[[rule]]
id = "own.shout"
description = "Calls in capitals"
matcher = "acme-shouted-lines"
options = { words = 2 }
examples = { removes = ["BUY NOW!"], keeps = ["Buy now!"] }
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example package as pip installs it, in a folder of its own."""
    folder = tmp_path_factory.mktemp("plugin")
    source = shutil.copytree(ROOT / "examples" / "plugin", folder / "source")
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(folder / "site"), str(source)],
        check=True,
    )
    return folder / "site"


def clean(installed: Path, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(installed), os.environ.get("PYTHONPATH", "")])
    return subprocess.run(
        [sys.executable, "-c", "from cleaner.cli import run; run()", *arguments],
        capture_output=True,
        text=True,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1"},
    )


@pytest.mark.slow
def test_an_installed_package_brings_rules_and_named_matchers(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"{BODY}\n{MORE}\nAn Acme newspaper since 1911\n", "utf-8")
    (tmp_path / "b.txt").write_text(f"{BODY}\nBUY NOW OR WEEP!\n\n{MORE}", "utf-8")
    settled = json.loads(clean(installed, "config", "show", "--json", cwd=tmp_path).stdout)
    assert settled["settings"]["rules of plugin acme"]["origin"] == "installed package"
    # Its data runs where it is installed, and nowhere else.
    assert clean(installed, "a.txt", "-o", "-q", "out.txt", cwd=tmp_path).returncode == 2
    assert clean(installed, "a.txt", "-q", "-o", "out.txt", cwd=tmp_path).returncode == 0
    assert (tmp_path / "out.txt").read_text("utf-8") == f"{BODY}\n{MORE}"
    assert clean(installed, "a.txt", "--check", "-q", "--isolated", cwd=tmp_path).returncode == 0
    assert clean(tmp_path, "a.txt", "--check", "-q", cwd=tmp_path).returncode == 0
    # Its code runs only where it is named.
    (tmp_path / "own.toml").write_text(RULE, "utf-8")
    refused = clean(installed, "b.txt", "--check", "-q", "--rules", "own.toml", cwd=tmp_path)
    assert refused.returncode == 2
    assert "no matcher 'acme-shouted-lines'" in refused.stderr
    assert "when the configuration names the plugin" in refused.stderr
    (tmp_path / "cleaner.toml").write_text('plugins = ["acme"]\nextend-rules = ["own.toml"]\n', "utf-8")
    assert clean(installed, "rules", "check", cwd=tmp_path).returncode == 0
    assert clean(installed, "rules", "try", "own.toml", "b.txt", cwd=tmp_path).returncode == 0
    bad = RULE.replace("words = 2", 'words = "many"').replace("own.shout", "own.many")
    (tmp_path / "bad.toml").write_text(bad, "utf-8")
    failed = clean(installed, "b.txt", "--check", "-q", "--rules", "bad.toml", cwd=tmp_path)
    assert failed.returncode == 2
    assert "rule own.many: its matcher failed: ValueError" in failed.stderr
    assert "Traceback" not in failed.stderr
    many = tmp_path / "many"
    many.mkdir()
    for number in range(40):
        shutil.copy(tmp_path / "b.txt", many / f"{number}.txt")
    # Over several processes, which have to find the code too.
    assert clean(installed, "many", "-q", "-o", "cleaned", "-j", "2", cwd=tmp_path).returncode == 0
    assert {path.read_text("utf-8") for path in (tmp_path / "cleaned").iterdir()} == {f"{BODY}\n{MORE}"}


def point(name: str, value: str, group: str) -> EntryPoint:
    return EntryPoint(name, value, group)


def offer(monkeypatch: pytest.MonkeyPatch, *points: EntryPoint) -> None:
    def found(group: str, name: str | None = None) -> list[EntryPoint]:
        return [one for one in points if one.group == group and name in (None, one.name)]

    monkeypatch.setattr(plugins, "entry_points", found)


def test_rules_are_read_without_importing_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "trap_rules"
    (package / "data").mkdir(parents=True)
    (package / "__init__.py").write_text("raise RuntimeError('imported')", "utf-8")
    rule = RULE.replace('matcher = "acme-shouted-lines"\noptions = { words = 2 }', 'lines = ["BUY NOW!"]')
    (package / "data" / "own.toml").write_text(
        rule.replace('keeps = ["Buy now!"]', 'keeps = ["Buy now, he said."]'), "utf-8"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    offer(monkeypatch, point("trap", "trap_rules.data", plugins.RULES_GROUP))
    assert plugins.rule_plugins() == ("trap",)
    assert [rule.id for rule in plugins.plugin_rules("trap")] == ["own.shout"]
    assert "trap_rules" not in sys.modules


def test_matchers_travel_with_the_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "examples" / "plugin"))
    offer(monkeypatch, point("acme", "acme_scraps.matchers:MATCHERS", plugins.MATCHERS_GROUP))
    rules = parse_rules(RULE).with_matchers(plugins.plugin_matchers(["acme"]))
    cleaner = pickle.loads(pickle.dumps(Cleaner(rules)))
    assert cleaner.clean_document(f"{BODY}\nBUY NOW!\n", DocumentInfo()).text == BODY
    assert cleaner.rules == rules.select()
    assert rules.digest != parse_rules(RULE).digest


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("nope_nothing:MATCHERS", "cannot be loaded from 'nope_nothing:MATCHERS': ModuleNotFoundError"),
        ("tests.rules.test_plugins:nope", "cannot be loaded from 'tests.rules.test_plugins:nope': AttributeError"),
        ("tests.rules.test_plugins:BODY", "offers 'acme', which is not a function of a module"),
        ("tests.rules.test_plugins:LAMBDAS", "offers 'twice', which is not a function of a module"),
    ],
)
def test_matchers_that_cannot_be_used(monkeypatch: pytest.MonkeyPatch, value: str, message: str) -> None:
    module = SimpleNamespace(BODY=BODY, LAMBDAS={"twice": lambda: 1})
    monkeypatch.setitem(sys.modules, "tests.rules.test_plugins", module)
    offer(monkeypatch, point("acme", value, plugins.MATCHERS_GROUP))
    with pytest.raises(CleanerError) as raised:
        plugins.plugin_matchers(["acme"])
    assert message in str(raised.value)


def test_plugins_that_are_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    offer(monkeypatch, point("acme", "no_such_package.rules", plugins.RULES_GROUP))
    with pytest.raises(CleanerError, match=r"no plugin 'acne' in the group cleaner.rules; there are acme"):
        plugins.plugin_rules("acne")
    with pytest.raises(
        CleanerError, match=r"names 'no_such_package.rules', which is not a folder of an installed package"
    ):
        plugins.plugin_rules("acme")
    with pytest.raises(CleanerError, match="none is installed"):
        plugins.plugin_matchers(["acme"])
