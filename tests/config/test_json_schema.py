"""The published JSON Schemas say what the loader says, and editors understand them."""

from __future__ import annotations

import copy
import json
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.cli import main
from cleaner.config.json_schema import NAMES, Name, build_schema, schema_text
from cleaner.config.schema import ConfigSpec
from cleaner.rules.builtin import builtin_rules_dir
from cleaner.rules.schema import FileSpec
from cleaner.rules.schema_errors import violation_in
from tests.places import ROOT

SPECS: dict[Name, type[Any]] = {"rules": FileSpec, "config": ConfigSpec}
VALIDATORS = {name: jsonschema.Draft7Validator(json.loads(schema_text(name))) for name in NAMES}
NO_TOML = {"not-toml", "not-utf-8"}  # what editors say without a schema
BAD = sorted(path for path in (ROOT / "tests" / "rules" / "bad_rules").glob("*.toml") if path.stem not in NO_TOML)
RULE_FILES = sorted(builtin_rules_dir().glob("*.toml"))


def accepts_schema(name: Name, data: Any) -> bool:
    return bool(VALIDATORS[name].is_valid(data))


def accepts_loader(name: Name, data: Any) -> bool:
    """Whether the types of the loader accept it; checks of several keys are not asked."""
    return violation_in(data, SPECS[name]) is None


@pytest.mark.parametrize("name", NAMES)
def test_what_is_published_is_what_the_types_say(name: Name) -> None:
    """To make them anew: write build_schema(name) into cleaner/schemas/NAME.schema.json."""
    assert schema_text(name) == build_schema(name)
    jsonschema.Draft7Validator.check_schema(json.loads(schema_text(name)))


@pytest.mark.parametrize("name", NAMES)
def test_every_key_says_what_it_means(name: Name) -> None:
    schema = json.loads(schema_text(name))
    for part in (schema, *schema["definitions"].values()):
        for key, value in part.get("properties", {}).items():
            about = value.get("description", "")
            assert about.endswith("."), key


@pytest.mark.parametrize("path", RULE_FILES, ids=lambda path: path.name)
def test_the_built_in_rule_files_fit(path: Path) -> None:
    assert path.read_text("utf-8").startswith("#:schema ../cleaner/schemas/rules.schema.json\n")
    VALIDATORS["rules"].validate(tomllib.loads(path.read_text("utf-8")))


# What needs more than one key, other files or regexes.
ONLY_THE_LOADER = {
    "blank-pattern",
    "class-is-not-the-file",
    "empty-line",
    "flag-without-name",
    "id-of-another-class",
    "looks-for-nothing",
    "marks-only",
    "matches-nothing-at-all",
    "max-lines-of-a-line",
    "no-keeps",
    "no-removes",
    "no-rules",
    "not-a-regex",
    "replace-a-line",
    "replacement-without-replace",
    "span-cut",
    "span-with-lines",
    "term-in-a-circle",
    "twice-the-same-id",
    "unknown-group",
    "unknown-harvest",
    "unknown-term",
    "unless-is-no-regex",
}


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_bad_files_do_not_fit(path: Path) -> None:
    assert accepts_schema("rules", tomllib.loads(path.read_text("utf-8"))) is (path.stem in ONLY_THE_LOADER)


GOOD: dict[Name, Any] = {
    "rules": {
        "schema": 1,
        "class": {"name": "own", "profiles": ["default"]},
        "terms": {"who": ["us", "me"]},
        "rule": [
            {
                "id": "own.bye",
                "description": "Sign-off",
                "zone": ["tail", "head"],
                "lines": {"en": ["Bye"], "de": "Tschüss"},
                "pattern": ["bye .{1,9}"],
                "unless": {"line": "said", "next": ["a", "b"]},
                "options": {"words": 3, "share": 0.5, "names": ["a"], "deep": True},
                "max-words": 4,
                "examples": {
                    "removes": "Bye",
                    "keeps": {"en": ["Bye, he said."]},
                    "cases": [{"input": "", "want": ""}],
                },
            }
        ],
    },
    "config": {
        "profile": "facts",
        "extend-rules": ["rules"],
        "overrides": {"byline.label": {"zone": "head", "max-words": 3, "lines": {"en": "By us"}, "once": True}},
        "per-site-ignores": {"a.example": ["byline.*"]},
    },
}
TEXTS = ["", " ", "head", "tail", "high", "own.a", "x", "de", "a.example", "facts"]
ARRAYS = [[], ["x"], [1], [""], ["head"]]
TABLES = [{}, {"en": "x"}, {"x": ["y"]}, {"own.a": {}}, {"a.example": ["x"]}]
VALUES = st.sampled_from([None, True, 0, 1, -1, 2.5, *TEXTS, *ARRAYS, *TABLES])


def paths(data: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [at, *(path for key, value in items for path in paths(value, (*at, key)))]


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=400, deadline=None)
@given(data=st.data())
def test_schema_and_loader_take_the_same(name: Name, data: st.DataObject) -> None:
    """A good file with something changed, added or taken away: both take it, or neither."""
    changed = copy.deepcopy(GOOD[name])
    for _ in range(data.draw(st.integers(1, 2))):
        path = data.draw(st.sampled_from([path for path in paths(changed) if path]))
        place = changed
        for key in path[:-1]:
            place = place[key]
        how = data.draw(st.sampled_from(["change", "remove", "add"]))
        if how == "change":
            place[path[-1]] = copy.deepcopy(data.draw(VALUES))
        elif how == "remove":
            del place[path[-1]]
        elif isinstance(place, dict):
            place[data.draw(st.sampled_from(["zonne", "zone", "flag", "keywords", "terms"]))] = copy.deepcopy(
                data.draw(VALUES)
            )
    assert accepts_loader(name, changed) is accepts_schema(name, changed), changed


def test_both_take_what_is_good() -> None:
    for name in NAMES:
        VALIDATORS[name].validate(GOOD[name])
        assert accepts_loader(name, GOOD[name])


def test_the_commands_print_them(run_in: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "schema"]) == 0
    assert capsys.readouterr().out == schema_text("rules")
    assert main(["config", "schema", "-o", "config.json"]) == 0
    assert (run_in / "config.json").read_text("utf-8") == schema_text("config")


@pytest.mark.skipif(sys.platform != "linux", reason="taplo is asked on Linux only")
def test_an_editor_reads_the_schema_line(run_in: Path) -> None:
    """Taplo is what editors check TOML with."""
    taplo = shutil.which("taplo", path=sysconfig.get_path("scripts"))
    assert taplo is not None, "pip install -e '.[dev]'"
    assert main(["rules", "new", "Farewell from the Hill News", "-o", "own.toml"]) == 0
    good = (run_in / "own.toml").read_text("utf-8")
    assert good.startswith("#:schema ./rules.schema.json\n")
    (run_in / "bad.toml").write_text(good.replace("zone =", "zonne ="), "utf-8")

    def checked(name: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([str(taplo), "check", name], capture_output=True, text=True)

    assert checked("own.toml").returncode == 0
    result = checked("bad.toml")
    assert result.returncode != 0
    assert "zonne" in result.stderr + result.stdout
