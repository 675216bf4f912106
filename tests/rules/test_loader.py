"""Reading rule files: what is accepted, and one bad file for every error."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner import RuleError, load_rules
from cleaner.engine.compiler import CompiledRules
from cleaner.errors import RuleFilesError
from cleaner.rules.loader import parse_rules, read_rules

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
    assert len(BAD) > 60


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


def test_a_term_in_two_files_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(GOOD)
    (tmp_path / "b.toml").write_text(GOOD.replace("own.paper", "own.other"))
    with pytest.raises(RuleError, match=r"b\.toml:4:1: the term 'paper' stands in two files; rename one"):
        load_rules(tmp_path)


def test_errors_are_in_order_of_files_and_lines(tmp_path: Path) -> None:
    wrong = GOOD.replace("own.paper", "Own").replace("paper =", "other =") + '[[rule]]\nid = "own.b"\n'
    (tmp_path / "b.toml").write_text(wrong)
    (tmp_path / "a.toml").write_text("[[rule]")
    (tmp_path / "good.toml").write_text(GOOD)
    rules, errors = read_rules(tmp_path)
    assert [rule.id for rule in rules] == ["own.paper"]
    places = [(Path(str(error.path)).name, error.line) for error in errors]
    assert places == [("a.toml", 1), ("b.toml", 6), ("b.toml", 15)]


def test_the_text_of_a_file_uses_the_built_in_terms_or_the_ones_it_is_passed() -> None:
    text = GOOD.replace("{paper}", "{name}")
    assert "name" in parse_rules(text).terms
    assert parse_rules(text, terms={"name": "x"}).expand("{name}") == "(?:x)"
    with pytest.raises(RuleError, match=r"rule own\.paper: unknown term \{name\}; there are paper$"):
        parse_rules(text, terms={})


def test_without_compiling_a_wrong_regex_shows_later(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(GOOD.replace("{paper})'", "{paper}'"))
    rules = load_rules(tmp_path, compile_patterns=False)
    assert [(rule.id, rule.place) for rule in rules] == [("own.paper", str(tmp_path / "own.toml"))]
    with pytest.raises(RuleError, match="not a valid regex"):
        load_rules(tmp_path)


def test_an_unknown_matcher_is_an_error_with_the_names_there_are() -> None:
    text = GOOD.replace("pattern = '(?P<site>{paper})'", 'matcher = "magic"')
    with pytest.raises(RuleError, match=r"no matcher 'magic'; there are .*repeated-title"):
        CompiledRules(parse_rules(text))


RULE = '[[rule]]\nid = "ads.label"\ndescription = "Label"\n{}\nexamples = {{ removes = ["a"], keeps = ["b"] }}\n'


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        pytest.param(f'lines = ["{"ab " * 1000}"]', "a text of 3,000 characters is no line", id="wording"),
        pytest.param(f"pattern = '{'ab ' * 40_000}'", "pattern is too large: 120,000 characters", id="regex"),
        pytest.param(f"pattern = '{'(?:' * 60}ab{'){2}' * 60}'", "pattern is too large", id="counts"),
        pytest.param(r"pattern = '(?:(?:(?:a{1000}){1000}){1000}){1000}'", "pattern is too large", id="copies"),
        pytest.param(
            f"lines = 'x'\nunless.line = '{'(' * 20_000}ab{')' * 20_000}'", "unless is too large", id="groups"
        ),
        pytest.param(f"lines = {'[' * 20_000}{']' * 20_000}", "is nested too deep", id="array"),
        pytest.param(f"x = {'{a = ' * 20_000}1{'}' * 20_000}", "is nested too deep", id="table"),
        pytest.param(f"{'a.' * 5000}b = 1", "is nested too deep", id="key"),
        pytest.param(f"above = {'9' * 5000}", "is not TOML", id="number"),
    ],
)
def test_what_would_take_endless_time_or_memory_is_refused(keys: str, message: str) -> None:
    with pytest.raises(RuleError) as caught:
        parse_rules(RULE.format(keys))
    assert message in str(caught.value)
    assert len(str(caught.value)) < 1000


def test_groups_that_are_counted_inside_each_other_may_be_small() -> None:
    assert len(parse_rules(RULE.format("pattern = '(?:(?:a{1,40}){1,40}b){1,40}'"))) == 1


def test_all_mistakes_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text("[[rule]]\nid = 'own.a'\nzonne = 'head'\n[[rule]]\nid = 'own.b'\nunit = 'lin'\n")
    with pytest.raises(RuleFilesError) as caught:
        load_rules(path)
    lines = str(caught.value).split("\n")
    assert [line.removeprefix(str(path)).partition(": ")[0] for line in lines] == [":1:1", ":3:1", ":4:1", ":6:1"]
    assert (caught.value.line, caught.value.rule) == (1, "own.a")


def test_a_message_does_not_list_mistakes_without_end(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text("".join(f"[[rule]]\nid = 'own.a{number}'\n" for number in range(30)))
    with pytest.raises(RuleFilesError, match="and 10 more; `clean rules check` shows all"):
        load_rules(path)


def test_a_folder_of_other_files_is_told_that_rule_files_are_toml(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text("rule: []")
    with pytest.raises(RuleError, match=r"holds no rules; own.yaml is not read: rule files are TOML"):
        load_rules(tmp_path)
