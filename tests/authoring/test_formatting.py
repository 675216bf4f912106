"""Rule files have one layout, and bringing them into it changes nothing of what they mean."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cleaner.authoring.formatting import format_files, format_rules
from cleaner.errors import RuleError
from cleaner.rules import RuleSet
from cleaner.rules.builtin import builtin_rules_dir
from cleaner.rules.loader import parse_rules
from tests.places import ROOT

FORMATTED = """\
#:schema ./rules.schema.json
schema = 1

# Words that end an article.
[terms]
end = [
  'bye',
  'farewell',
]

# A sign-off.
[[rule]]
id = "own.bye"
description = "Sign-off"
zone = ["body", "tail"]  # never above
lines.en = [
  # as it is printed
  "Bye",
  "farewell",
  "So long",  # seen once
]
pattern = [
  "{end} now",
  "and {end}",
]
[rule.examples]
removes = ["Bye"]
keeps = [
  "He said bye.",
  "A farewell to arms.",
]
"""
MESSY = """\

#:schema ./rules.schema.json
schema=1
# Words that end an article.
[terms]
end = ['bye','farewell']
# A sign-off.
[[rule]]


id = "own.bye"
description   = "Sign-off"
zone = [
  "body",
  "tail" ]# never above
lines.en = [ "So long", # seen once
  # as it is printed
  "Bye", "farewell"]
pattern = ["{end} now", "and {end}"]
[rule.examples]
removes = [
  "Bye",
]
keeps = ["He said bye.", "A farewell to arms."]


"""

BLANK = st.sampled_from(["", " ", "\n", "\n\n  ", "  # note\n", "\n# note\n# more\n"])
WORDING = st.sampled_from(["Share", "share", "Ärger", "a, b", "# no comment", "]", "'", "it's\\u00A0on", "分享"])
STRING = st.one_of(
    WORDING.map(lambda text: f'"{text}"'),
    WORDING.filter(lambda text: "'" not in text).map(lambda text: f"'{text}'"),
    WORDING.map(lambda text: f'"""\n{text}\n  # {text}"""'),
)


@st.composite
def arrays(draw: st.DrawFn) -> str:
    items = [f"{draw(BLANK)}{item}{draw(BLANK)}" for item in draw(st.lists(STRING, min_size=1, max_size=4))]
    return f"[{','.join(items)}{draw(st.sampled_from(['', ',', ', # last']))}\n{draw(BLANK)}]"


@st.composite
def rule_files(draw: st.DrawFn) -> str:
    """Rule files that load, written in every way there is."""
    text = draw(st.sampled_from(["", "schema = 1\n", "# ours\n\n\n"]))
    for number in range(draw(st.integers(1, 2))):
        text += f"[[rule]] {draw(st.sampled_from(['', '# it']))}\n\nid='own.a{number}'\ndescription = 'A'\n"
        text += f"keywords = {draw(arrays())}\nlines.en = {draw(arrays())}\npattern = {draw(arrays())} # regex\n"
        text += draw(st.sampled_from(["", "\n", "\n\n# about the examples\n"]))
        text += f"[rule.examples]\nremoves = {draw(arrays())}\nkeeps.de={draw(arrays())}\n"
        text += "cases = [{ input = 'a', want = 'b', repeated = ['x'] }]\n" * draw(st.booleans())
    return text


def loaded(text: str) -> RuleSet | str:
    """The rules with their wordings in one order, or that they do not load: the order decides which error is first."""
    from dataclasses import replace

    try:
        rules = parse_rules(text, terms={})
    except RuleError:
        return "does not load"
    ordered = [
        replace(rule, at_line=0, lines={language: tuple(sorted(texts)) for language, texts in rule.lines.items()})
        for rule in rules
    ]
    return rules.with_rules(ordered)


def test_what_has_the_layout_stays() -> None:
    assert format_rules(FORMATTED) == FORMATTED
    assert format_rules("") == ""


def test_the_layout_is_brought_in() -> None:
    assert format_rules(MESSY) == FORMATTED


def test_only_wordings_are_sorted() -> None:
    names = "sites = ['b.example', 'a.example']\noptions.words = ['b', 'a']\n"
    names += "examples.removes = ['b', 'a']\npattern = ['b', 'a']\n"
    values = parse_rules(
        format_rules(f"[[rule]]\nid = 'own.a'\ndescription = 'A'\n{names}examples.keeps = ['c']\nlines = ['b', 'a']"),
        terms={},
    )["own.a"]
    assert values.lines[""] == ("a", "b")
    assert values.sites == ("b.example", "a.example")
    assert values.options["words"] == values.examples.removes[""] == values.patterns[""] == ("b", "a")


def test_wordings_are_sorted_by_their_meaning_without_regard_to_case() -> None:
    formatted = format_rules("[[rule]]\nprefixes.de = ['b', \"\\u0041\", 'B', 'a', '''ab''']\n")
    assert formatted == "[[rule]]\nprefixes.de = [\n  \"\\u0041\",\n  'a',\n  '''ab''',\n  'B',\n  'b',\n]\n"


def test_one_wording_has_its_line_and_one_example_stays_beside_its_key() -> None:
    formatted = format_rules("[[rule]]\nlines = ['a']\nexamples.removes = ['a']\nexamples.keeps = [\n'b'\n]\n")
    assert formatted == "[[rule]]\nlines = [\n  'a',\n]\nexamples.removes = ['a']\nexamples.keeps = ['b']\n"


@pytest.mark.parametrize(("count", "lines"), [(9, 1), (10, 12)])
def test_names_stand_on_one_line_as_long_as_they_fit(count: int, lines: int) -> None:
    names = ", ".join(f'"{number:08}"' for number in range(count))
    formatted = format_rules(f"[[rule]]\nsites = [\n{names}]\n")
    assert formatted.count("\n") == 1 + lines
    assert all(len(line) <= 120 for line in formatted.split("\n"))


def test_lines_in_strings_are_no_lines_of_the_file() -> None:
    text = "[[rule]]\npattern = '''(?x)\n   by   # \n\n\n  me  '''\n"
    assert format_rules(text) == text


# Writing a file takes many draws; how long they take on a busy machine says nothing about the formatter.
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(rule_files())
@example(MESSY)
def test_formatting_is_done_at_once_and_changes_no_meaning(text: str) -> None:
    formatted = format_rules(text)
    assert format_rules(formatted) == formatted
    assert loaded(formatted) == loaded(text)
    assert formatted.count("#") == text.count("#")


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("[[rule]]\nid = a.b\n", 2, "is not TOML: Invalid value"),
        ("[[rule]]\nlines = ['a'", 2, "is not TOML: Unclosed array"),
        ("[project]\nname = 'x'\n", 0, "is no rule file: it has the key 'project'"),
    ],
)
def test_what_is_no_rule_file_is_refused(text: str, line: int, message: str) -> None:
    with pytest.raises(RuleError) as caught:
        format_rules(text, Path("own.toml"))
    assert caught.value.message.startswith(message)
    assert (caught.value.path, caught.value.line) == (Path("own.toml"), line)
    assert caught.value.hint


def test_a_file_that_has_the_layout_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_bytes(FORMATTED.encode())
    os.utime(path, ns=(1, 1))
    (file,) = format_files([path])
    file.write()
    assert not file.is_changed
    assert path.stat().st_mtime_ns == 1


def test_a_file_is_rewritten_with_its_newlines_and_mode(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_bytes(b"\xef\xbb\xbf" + MESSY.replace("\n", "\r\n").encode())
    path.chmod(0o640)
    (file,) = format_files([tmp_path])
    file.write()
    assert path.read_bytes() == FORMATTED.replace("\n", "\r\n").encode()
    assert not format_files([path])[0].is_changed
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o777 == 0o640


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    path, link = tmp_path / "own.toml", tmp_path / "link.toml"
    path.write_text(MESSY, "utf-8")
    link.symlink_to(path)
    (file,) = format_files([link])
    file.write()
    assert link.is_symlink()
    assert path.read_text("utf-8") == FORMATTED


def test_each_file_comes_once(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(MESSY, "utf-8")
    assert [file.path for file in format_files([path, tmp_path])] == [path]


def test_files_that_cannot_be_read_are_errors_with_their_names(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="no such file or folder"):
        format_files([tmp_path / "nope.toml"])
    (tmp_path / "bad.toml").write_bytes(b"lines = ['\xff']")
    with pytest.raises(RuleError, match="is not UTF-8"):
        format_files([tmp_path])


@pytest.mark.parametrize("folder", [builtin_rules_dir(), ROOT / "examples"], ids=lambda folder: folder.name)
def test_the_rule_files_of_the_project_have_the_layout(folder: Path) -> None:
    others = ("case.toml", "pyproject.toml")
    files = format_files([path for path in sorted(folder.rglob("*.toml")) if path.name not in others])
    assert files
    assert [file.path.name for file in files if file.is_changed] == [], "run `clean rules format` on them"
