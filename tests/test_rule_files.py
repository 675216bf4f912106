"""Reading rule files: what is accepted, and one bad file for every error."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner import RuleError, RuleSet, load_rules
from cleaner.matching import CompiledRules
from cleaner.rules.locate import locate
from cleaner.rules.parse import parse_rules

BAD = sorted((Path(__file__).parent / "bad_rules").glob("*.toml"))

GOOD = """
schema = 1
[terms]
paper = ["River Post", "Hill News"]
[[rule]]
id = "own.paper"
description = "Name of the paper"
zone = ["head", "tail"]
confidence = "high"
pattern = '(?P<site>{paper})'
unless.next = 'reported'
[rule.examples]
removes = ["River Post"]
keeps = ["River Post readers wrote in."]
"""


def test_there_are_bad_files() -> None:
    assert len(BAD) > 30


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_file_says_what_is_wrong_and_where(path: Path) -> None:
    """The first line of each bad file holds what the message must contain."""
    expected = path.read_bytes().split(b"\n")[0].decode().removeprefix("# error: ")
    with pytest.raises(RuleError) as caught:
        load_rules(path)
    message = str(caught.value)
    assert expected in message
    assert message.startswith(str(path))


def test_an_error_names_line_and_column_of_the_key(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(GOOD.replace("zone =", "zonne ="))
    with pytest.raises(RuleError) as caught:
        load_rules(path)
    assert (caught.value.line, caught.value.column) == (8, 1)
    assert caught.value.rule == "own.paper"
    assert caught.value.hint == "did you mean 'zone'?"


def test_a_good_file(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(GOOD)
    rules = load_rules(tmp_path)
    (rule,) = rules
    assert rule.path.endswith("own.toml")
    assert rule.at_line == 5
    assert rules.expand(rule.patterns[""][0]) == "(?P<site>(?:River Post|Hill News))"


def test_files_that_are_not_there_or_hold_nothing(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="no such file or folder"):
        load_rules(tmp_path / "missing")
    with pytest.raises(RuleError, match="holds no rules"):
        load_rules(tmp_path)


def test_an_id_in_two_files_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(GOOD)
    (tmp_path / "b.toml").write_text(GOOD.replace('[terms]\npaper = ["River Post", "Hill News"]', ""))
    with pytest.raises(RuleError, match=r"the id is taken by the rule at .*a\.toml:5"):
        load_rules(tmp_path)


def test_a_term_with_two_meanings_is_an_error() -> None:
    other = GOOD.replace("Hill News", "Lake News").replace("own.paper", "own.other")
    with pytest.raises(RuleError, match="two meanings"):
        _ = parse_rules(GOOD, terms={}) | parse_rules(other, terms={})


def test_an_unknown_matcher_is_an_error_with_what_there_is() -> None:
    text = GOOD.replace("pattern = '(?P<site>{paper})'", 'matcher = "magic"')
    with pytest.raises(RuleError, match=r"no matcher 'magic'; there are .*repeated-title"):
        CompiledRules(parse_rules(text))


class TestSelect:
    rules = parse_rules(
        GOOD
        + GOOD[GOOD.index("[[rule]]") :].replace("own.paper", "own.low").replace('"high"', '"low"')
        + GOOD[GOOD.index("[[rule]]") :].replace("own.paper", "other.new").replace("zone", 'status = "preview"\nzone')
    )

    def ids(self, rules: RuleSet) -> list[str]:
        return [rule.id for rule in rules]

    def test_profiles_choose_by_confidence_and_status(self) -> None:
        assert self.ids(self.rules.select()) == ["own.paper"]
        assert self.ids(self.rules.select("strict")) == ["own.paper", "own.low"]
        assert self.ids(self.rules.select(preview=True)) == ["own.paper", "other.new"]
        assert len(self.rules.select("all")) == 3

    def test_keep_and_drop_by_class_id_and_glob(self) -> None:
        assert self.ids(self.rules.select(keep=["own"])) == []
        assert self.ids(self.rules.select(drop=["own.low"])) == ["own.paper", "own.low"]
        assert self.ids(self.rules.select("all", keep=["own.*"])) == ["other.new"]

    def test_unknown_names_are_errors(self) -> None:
        with pytest.raises(RuleError, match=r"'own\.papr' is no class and no rule; did you mean 'own\.paper'"):
            self.rules.select(keep=["own.papr"])
        with pytest.raises(RuleError, match="no profile 'gentle'"):
            self.rules.select("gentle")
        with pytest.raises(RuleError, match=r"no rule 'own\.papr'; did you mean 'own\.paper'"):
            self.rules["own.papr"]


def test_the_digest_depends_on_what_rules_do_and_not_on_where_they_are(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(GOOD)
    assert load_rules(tmp_path).rules[0].path != ""
    assert parse_rules(GOOD, terms={}).digest != parse_rules(GOOD.replace("Hill", "Lake"), terms={}).digest
    assert parse_rules(GOOD).digest == load_rules(tmp_path).digest


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (("rule", 0), (5, 1)),
        (("rule", 0, "zone"), (8, 1)),
        (("rule", 0, "unless", "next"), (11, 1)),
        (("rule", 0, "examples", "keeps", 0), (14, 1)),
        (("terms", "paper"), (4, 1)),
        (("nowhere",), (1, 1)),
    ],
)
def test_locate(path: tuple[str | int, ...], place: tuple[int, int]) -> None:
    assert locate(GOOD, path) == place


def test_locate_is_not_fooled_by_text_that_looks_like_keys() -> None:
    source = "[[rule]]\nid = '''\n[[rule]]\nzone = 1\n'''\nlines = [\n  'zone = 2', # ]\n]\nzone = 3\n"
    assert locate(source, ("rule", 0, "zone")) == (9, 1)
