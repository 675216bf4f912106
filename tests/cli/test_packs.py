"""``clean rules pack|install|packs|remove``, and the rules of a pack in a project, as somebody types it."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from cleaner.cli import main
from cleaner.rules.pack_store import DATA_VARIABLE
from tests.places import ROOT
from tests.rules.packing import pack_bytes

TEMPLATE = ROOT / "examples" / "rule-pack"
WHEEL = "dist/riverpost_rules-1.0-py3-none-any.whl"
ARTICLE = (TEMPLATE / "golden" / "high-water" / "input.txt").read_text("utf-8")
EXPECTED = (TEMPLATE / "golden" / "high-water" / "expected.txt").read_text("utf-8")


@pytest.fixture
def project(run_in: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with rows of the River Post, where no pack is installed."""
    monkeypatch.setenv(DATA_VARIABLE, str(run_in / "data"))
    row = {"id": 1, "url": "https://riverpost.example/a", "text": ARTICLE}
    (run_in / "rows.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    return run_in


def installed(capsys: pytest.CaptureFixture[str]) -> str:
    """The lines for cleaner.toml, of the template, which is built and installed."""
    assert main(["rules", "pack", str(TEMPLATE), "-o", "dist"]) == 0
    path, hash_ = capsys.readouterr().out.split()
    assert path == WHEEL
    assert main(["rules", "install", WHEEL, "--hash", hash_]) == 0
    lines = capsys.readouterr().out
    assert tomllib.loads(lines)["packs"]["riverpost-rules"]["hash"] == hash_
    return lines


def test_the_template_is_built_installed_pinned_and_used(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = installed(capsys)
    run = ["rows.jsonl", "-o", "out.jsonl", "--audit", "audit.jsonl", "--stats", "stats.json", "--overwrite", "-q"]
    assert main(run) == 0
    assert json.loads(Path("out.jsonl").read_text("utf-8"))["text"] == ARTICLE
    assert "packs" not in json.loads(Path("audit.jsonl").read_text("utf-8"))

    Path("cleaner.toml").write_text(lines, "utf-8")
    assert main(run) == 0
    assert json.loads(Path("out.jsonl").read_text("utf-8"))["text"] == EXPECTED
    wanted = f"riverpost-rules 1.0 {tomllib.loads(lines)['packs']['riverpost-rules']['hash']}"
    assert json.loads(Path("audit.jsonl").read_text("utf-8"))["packs"] == wanted
    assert json.loads(Path("stats.json").read_text("utf-8"))["packs"] == wanted

    capsys.readouterr()
    assert main(["config", "show"]) == 0
    shown = capsys.readouterr().out
    assert f"pack  {wanted}" in shown
    assert "packs.riverpost-rules" in shown
    assert main(["config", "show", "--json"]) == 0
    (pack,) = json.loads(capsys.readouterr().out)["packs"]
    assert (pack["name"], pack["version"]) == ("riverpost-rules", "1.0")
    assert main(["doctor"]) == 0
    assert f"pack: {wanted}" in capsys.readouterr().out
    assert main(["rules", "test"]) == 0
    assert main(["rules", "show", "riverpost.gauge"]) == 0


def test_a_pack_that_is_not_the_pinned_one_stops_the_run(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = installed(capsys)
    for old, new, message in (
        ('version = "1.0"', 'version = "1.1"', "installed is version 1.0; clean rules install FILE --hash sha256:"),
        ("[packs.riverpost-rules]", "[packs.lakepost-rules]", "the pack lakepost-rules 1.0 with the hash"),
        ('hash = "sha256:', 'hash = "', 'is not "sha256:" and 64 digits'),
    ):
        Path("cleaner.toml").write_text(lines.replace(old, new), "utf-8")
        assert main(["rows.jsonl", "--check"]) == 2
        error = capsys.readouterr().err
        assert "error: " in error
        assert "cleaner.toml:" in error
        assert message in error


def test_a_command_can_name_a_pack(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = installed(capsys)
    assert main(["rows.jsonl", "--check", "--pack", "riverpost-rules==1.0", "--isolated", "-q"]) == 1
    assert main(["rows.jsonl", "--check", "--pack", "other"]) == 2
    assert "no pack 'other' is installed; there is riverpost-rules==1.0" in capsys.readouterr().err
    Path("cleaner.toml").write_text(lines, "utf-8")
    assert main(["rows.jsonl", "--check", "--pack", "riverpost-rules", "-q"]) == 1
    Path("b.whl").write_bytes(pack_bytes(version="2.0"))
    assert main(["rules", "install", "b.whl"]) == 0
    assert main(["rows.jsonl", "--check", "--pack", "riverpost-rules==2.0", "-q"]) == 2
    assert "and the configuration pins riverpost-rules 1.0 sha256:" in capsys.readouterr().err


def test_two_packs_with_one_id_stop_the_run(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    installed(capsys)
    Path("b.whl").write_bytes(pack_bytes(name="copy"))
    assert main(["rules", "install", "b.whl"]) == 0
    assert main(["rows.jsonl", "--check", "--pack", "riverpost-rules", "--pack", "copy"]) == 2
    error = capsys.readouterr().err
    assert "the pack copy 1.0 has a rule whose id is taken by the one at" in error
    assert "leave the pack out, or ask its author to rename it" in error


def test_packs_are_listed_shown_and_removed(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "packs"]) == 0
    assert capsys.readouterr().out.startswith("0 packs in ")
    installed(capsys)
    assert main(["rules", "packs"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("riverpost-rules 1.0\n")
    assert "2 rules; de en; riverpost.example; CC0-1.0" in shown
    assert main(["rules", "packs", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["figures"]["golden"] == 2
    assert main(["rules", "packs", "riverpost-rules"]) == 0
    assert capsys.readouterr().out.startswith("# riverpost-rules 1.0\n")
    assert main(["rules", "remove", "riverpost-rules"]) == 0
    assert main(["rules", "remove", "riverpost-rules"]) == 2
    assert "removed riverpost-rules 1.0" in capsys.readouterr().err


def test_a_damaged_pack_is_listed_as_such(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    installed(capsys)
    (file,) = (project / "data" / "packs").iterdir()
    file.write_bytes(b"PK")
    assert main(["rules", "packs"]) == 1
    assert "is a damaged archive" in capsys.readouterr().out
    assert main(["rules", "packs", "--json"]) == 1
    assert "is a damaged archive" in json.loads(capsys.readouterr().out)["error"]
    assert main(["doctor"]) == 1
    assert "1.0, cannot be read" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["pack", "."], "pyproject.toml: cannot be read"),
        (["install", "nofile.whl"], "nofile.whl: does not exist; check the path"),
        (["install", "rows.jsonl"], "rows.jsonl: is no ZIP archive"),
        (["install", "rows.jsonl", "--hash", "abc"], "--hash 'abc' is no hash"),
        (["install", "https://packs.example/a.whl"], "an address needs --hash"),
        (["install", "ftp://packs.example/a.whl", "--hash", "sha256:" + "0" * 64], "only http:// and https:// are"),
        (["packs", "other"], "no pack 'other' is installed; none is"),
    ],
)
def test_wrong_input_is_told(
    project: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    assert main(["rules", *arguments]) == 2
    assert message in capsys.readouterr().err
    assert not (project / "data").exists()
