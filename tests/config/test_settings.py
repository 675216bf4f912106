"""cleaner.toml and [tool.cleaner]: what it changes, where it is found, and what its mistakes look like."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from cleaner import Cleaner
from cleaner.cli import main
from cleaner.config.settings import Config, find_config, load_config
from cleaner.errors import CleanerError, RuleError
from cleaner.rules import builtin_rules

BODY = "The town council met on Tuesday evening and voted to repair the old bridge.\n"
OWN = """
[[rule]]
id = "own.bye"
description = "Sign-off"
zone = "tail"
lines.en = ["Bye from the Hill News"]
[rule.examples]
removes = ["Bye from the Hill News"]
keeps = ["Bye from the Hill News, he said."]
"""


def write(folder: Path, text: str, name: str = "cleaner.toml") -> Path:
    (folder / "rules").mkdir(exist_ok=True)
    (folder / "rules" / "own.toml").write_text(OWN, "utf-8")
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def cleaned(config: Config, scrap: str, url: str = "") -> bool:
    """Whether a scrap below an article goes."""
    return Cleaner(config.selected(), profile="all").clean(f"{BODY}\n{scrap}\n", url=url).text == BODY


def test_nothing_said_is_the_built_in_rules() -> None:
    assert Config(isolated=True).selected() == builtin_rules().select()
    assert load_config(None).path is None


def test_project_rules_add(tmp_path: Path) -> None:
    config = load_config(write(tmp_path, 'extend-rules = ["rules"]\n'))
    assert len(config.rules()) == len(builtin_rules()) + 1
    assert cleaned(config, "Bye from the Hill News")
    assert cleaned(config, "Follow us on:")


def test_a_taken_id_is_an_error(tmp_path: Path) -> None:
    path = write(tmp_path, 'extend-rules = ["rules/own.toml"]\n')
    own = tmp_path / "rules" / "own.toml"
    own.write_text(OWN.replace("own.bye", "follow-us.networks"), "utf-8")
    with pytest.raises(RuleError, match=r"own.toml:2:1: rule follow-us.networks: the id is taken by the rule at"):
        load_config(path).rules()


@pytest.mark.parametrize(
    ("said", "stays"),
    [
        ('ignore = ["follow-us.networks"]', True),
        ('ignore = ["follow-us.*"]', True),
        ('ignore = ["follow-us"]', True),
        ('keep = ["follow-us"]', True),
        ('ignore = ["lang:en"]', True),
        ('select = ["lang:de"]', True),
        ('select = ["byline"]', True),
        ('select = ["follow-us"]', False),
        ('select = ["follow-us", "lang:en"]', False),
        ('languages = ["fr"]', True),
        ('profile = "facts"', False),
        ('[overrides."follow-us.networks"]\nzone = "head"', True),
        ('[overrides."follow-us.networks"]\nstatus = "preview"', True),
        ('preview = true\n[overrides."follow-us.networks"]\nstatus = "preview"', False),
        ('[overrides."follow-us.networks"]\nexcept-lines = ["follow us on"]', True),
        ('[overrides."follow-us.networks"]\nunless.line = "us on"', True),
    ],
)
def test_what_a_value_changes(tmp_path: Path, said: str, stays: bool) -> None:
    assert cleaned(load_config(write(tmp_path, said + "\n")), "Follow us on:") is not stays


def test_an_override_adds_wordings_and_leaves_the_rest(tmp_path: Path) -> None:
    said = (
        '[overrides."follow-us.networks"]\nlines.en = ["Find us at the mill"]\npattern.en = "find us at gate .{1,9}"\n'
    )
    config = load_config(write(tmp_path, said))
    assert cleaned(config, "Find us at the mill")
    assert cleaned(config, "Find us at gate seven")
    assert cleaned(config, "Follow us on:")
    before, after = builtin_rules()["follow-us.networks"], config.rules()["follow-us.networks"]
    assert after.lines["de"] == before.lines["de"]
    assert after.zones == before.zones


def test_per_site_ignores_hold_only_on_their_site(tmp_path: Path) -> None:
    config = load_config(write(tmp_path, '[per-site-ignores]\n"riverpost.example" = ["follow-us.*"]\n'))
    assert not cleaned(config, "Follow us on:", "https://www.riverpost.example/a")
    assert cleaned(config, "Follow us on:", "https://hillnews.example/a")
    assert cleaned(config, "Follow us on:")


def test_the_nearest_file_counts(tmp_path: Path) -> None:
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    assert find_config(below) is None or tmp_path not in find_config(below).parents  # type: ignore[union-attr]
    (tmp_path / "pyproject.toml").write_text('[tool.cleaner]\nprofile = "facts"\n', "utf-8")
    assert find_config(below) == tmp_path / "pyproject.toml"
    (tmp_path / "a" / "pyproject.toml").write_text("[tool.other]\n", "utf-8")
    assert find_config(below) == tmp_path / "pyproject.toml"
    (tmp_path / "a" / "cleaner.toml").write_text("", "utf-8")
    assert find_config(below) == tmp_path / "a" / "cleaner.toml"
    assert load_config(str(tmp_path / "pyproject.toml")).spec.profile == "facts"
    (tmp_path / "a" / "cleaner.toml").unlink()
    (tmp_path / "a" / "pyproject.toml").write_text("tool = 3\n", "utf-8")
    assert find_config(below) == tmp_path / "pyproject.toml"
    (tmp_path / "a" / "pyproject.toml").write_text("[tool.cleaner\n", "utf-8")
    with pytest.raises(RuleError, match=r"pyproject.toml:1:14: is not TOML"):
        load_config(find_config(below))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("profil = 'facts'", "cleaner.toml:1:1: unknown key 'profil'; did you mean 'profile'?"),
        (
            "profile = 'fact'",
            "cleaner.toml:1:1: profile cannot be 'fact'; did you mean 'facts'? "
            "allowed are default, facts, strict, thorough, all",
        ),
        ("threshold = 1.5", "cleaner.toml:1:1: threshold: 1.5 is not a probability above 0 and at most 1"),
        ("threshold = 'bold'", "cleaner.toml:1:1: threshold: expected a number, got a string"),
        ("\nkeep = 'byline'", "cleaner.toml:2:1: keep: expected an array, got a string"),
        ("keep = [1]", "cleaner.toml:1:1: keep: expected a string, got an integer"),
        ("keep = [", "cleaner.toml:1:1: is not TOML: "),
        ("[overrides.'byline.by-name']\nzonne = 'head'", "cleaner.toml:2:1: unknown key 'zonne'; did you mean 'zone'?"),
        (
            "[overrides.'byline.label']\n[overrides.'byline.by-name']\nzone = 'top'",
            "cleaner.toml:3:1: overrides.byline.by-name.zone cannot be 'top'; allowed are ",
        ),
        (
            "[per-site-ignores]\n'a.example' = 'byline'",
            "cleaner.toml:2:1: per-site-ignores.a.example: expected an array, got a string",
        ),
        (
            "[overrides.'byline.by-name']\nzone = []",
            "cleaner.toml:2:1: overrides.byline.by-name.zone is empty; name at least one value",
        ),
        (
            "[overrides.'byline.by-name']\nprofiles = ['x']",
            "overrides.byline.by-name.profiles cannot contain 'x'; allowed are default, facts, strict",
        ),
        ("[overrides.'byline.by-name']\nmax-words = -3", "overrides.byline.by-name.max-words cannot be less than 0"),
        (
            "[overrides.'byline.by-name']\nlines.english = 'By'",
            "cleaner.toml:2:1: overrides.byline.by-name.lines: 'english' is not a language code; use codes such as",
        ),
        ("[overrides.'byline.by-name']\nexcept-lines = ['']", "except-lines: the text is empty"),
        ("[overrides.'byline.by-name']\nkeywords = ['']", "keywords: the text is empty"),
        (
            "[overrides.'byline.by-name']\nsites = ['https://a.example/']",
            "sites: 'https://a.example/' is not a host; write it as riverpost.example, without scheme and path",
        ),
        (
            "[overrides.byline.label]\nzone = 'head'",
            "cleaner.toml:1:1: overrides: 'byline' is not of the form class.name; quote the id: [overrides.",
        ),
        (
            "[per-site-ignores]\nriverpost.example = ['byline']",
            "per-site-ignores: 'riverpost' is not a host; quote the host: \"riverpost.example\" = ",
        ),
        ("[per-site-ignores]\n'https://a.example' = ['byline']", "per-site-ignores: 'https://a.example' is not a host"),
        ("languages = ['german']", "languages: 'german' is not a language code"),
        ("ignore = ['']", "ignore: the text is empty"),
        ("preview = 1", "preview: expected a boolean, got an integer"),
        ("schema = 1", "cleaner.toml:1:1: unknown key 'schema'; allowed are profile, threshold, model"),
    ],
)
def test_a_wrong_file_says_where(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(RuleError) as raised:
        load_config(write(tmp_path, text))
    assert message in str(raised.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("extend-rules = ['nope']", "cleaner.toml:1: extend-rules: "),
        ("ignore = ['byline.by-nam']", "no class and no rule is named 'byline.by-nam'; did you mean 'byline.by-name'?"),
        ("select = ['lang:xx']", "no rule has words of the language 'xx'"),
        (
            "[per-site-ignores]\n'a.example' = ['bylin']",
            "no class and no rule is named 'bylin'; did you mean 'byline'?",
        ),
        ("[overrides.'byline.by-nam']\nzone = 'head'", "no rule 'byline.by-nam'; did you mean 'byline.by-name'?"),
        (
            "[overrides.'byline.by-name']\npattern = '(a'",
            "cleaner.toml:2: overrides.byline.by-name: pattern is not a valid regex",
        ),
        ("[overrides.'byline.by-name']\npattern = '{nam} x'", "unknown term {nam}; did you mean {name}?"),
        ("[overrides.'byline.by-name']\nunless.line = 'a*'", "unless matches the empty text"),
        ("\nkeep = ['bylin']", "cleaner.toml:2: keep: no class and no rule is named 'bylin'; did you mean 'byline'?"),
        ("languages = ['ger']", "cleaner.toml:1: languages: no rule has words of the language 'ger'"),
        ("[overrides.'byline.by-name']\nmax-lines = 3", "max-lines is for sections"),
        (
            "[overrides.'byline.by-name']\nlines.en = '...'",
            "lines: '...' has no letter or digit, and would fit every line",
        ),
        (
            "[overrides.'byline.by-name']\nexcept-lines = ['.']",
            "except-lines: '.' has no letter or digit, and fits no line",
        ),
        ("[overrides.'broken-markup.new-tab']\nlines.en = 'x'", "a span rule has no whole lines"),
        ("plugins = ['nope']", "no plugin 'nope' is installed; install it, or take it out of plugins"),
    ],
)
def test_what_a_file_names_must_exist(tmp_path: Path, text: str, message: str) -> None:
    config = load_config(write(tmp_path, text))
    with pytest.raises(CleanerError) as raised:
        config.selected()
    assert "cleaner.toml" in str(raised.value)
    assert message in str(raised.value)


def test_show_prints_every_value_with_its_origin(run_in: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(run_in, 'profile = "facts"\nextend-rules = ["rules"]\nignore = ["share-bar"]\n')
    assert main(["config", "show", "--json", "--profile", "strict", "--ignore", "byline"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["file"] == str(run_in / "cleaner.toml")
    settings = found["settings"]
    assert settings["profile"] == {"value": "strict", "origin": "command line"}
    assert settings["extend-rules"]["origin"] == "cleaner.toml:2"
    assert settings["ignore"] == {"value": ["share-bar", "byline"], "origin": "cleaner.toml:3, command line"}
    assert settings["preview"] == {"value": False, "origin": "default"}
    assert found["rules"] > found["selected"] > 0
    assert main(["config", "show"]) == 0
    assert re.search(r"profile +cleaner\.toml:1 +facts", capsys.readouterr().out)


def test_the_command_reads_it(run_in: Path) -> None:
    write(run_in, 'extend-rules = ["rules"]\nignore = ["follow-us"]\n')
    for scrap, ours, isolated in (("Follow us on:", True, False), ("Bye from the Hill News", False, True)):
        (run_in / "a.txt").write_text(f"{BODY}\n{scrap}\n", "utf-8")
        assert main(["a.txt", "-o", "out.txt", "-q"]) == 0
        assert (scrap in (run_in / "out.txt").read_text("utf-8")) is ours
        assert main(["a.txt", "-o", "isolated.txt", "-q", "--isolated"]) == 0
        assert (scrap in (run_in / "isolated.txt").read_text("utf-8")) is isolated
    assert main(["a.txt", "--check", "--isolated", "--config", "cleaner.toml"]) == 2


def test_a_wrong_file_ends_the_command(run_in: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(run_in, "extend = []\n")
    (run_in / "a.txt").write_text(BODY, "utf-8")
    assert main(["a.txt", "--check"]) == 2
    assert "cleaner.toml:1:1: unknown key 'extend'; did you mean 'extend-rules'?" in capsys.readouterr().err
    assert main(["a.txt", "--check", "-q", "--config", "nope.toml"]) == 2
    assert "nope.toml: cannot be read" in capsys.readouterr().err
