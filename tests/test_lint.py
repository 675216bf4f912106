"""The linter: one file for each code, the excerpts it is shown with, and what it says about the built-in rules."""

from __future__ import annotations

from pathlib import Path

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.diagnostics import render, summary
from cleaner.errors import RuleError
from cleaner.lint import CODES, WARNINGS, Finding, lint
from cleaner.rules.backtracking import needless_anchors, nested_repetitions
from cleaner.rules.builtin import builtin_rules_dir
from cleaner.rules.model import RuleSet
from cleaner.rules.parse import load_rules, parse_rules, read_rules

HERE = Path(__file__).parent
FILES = sorted((HERE / "lint_rules").glob("*.toml"))
BAD = sorted((HERE / "bad_rules").glob("*.toml"))

RULE = """
[[rule]]
id = "own.sign-off"
description = "The sign-off of the Hill News"
{keys}
[rule.examples]
removes = ["Sent from the newsroom"]
keeps = ["The council met on Tuesday."]
"""


def places(findings: list[Finding]) -> list[str]:
    return [f"{found.line}:{found.column}:{found.length}" for found in findings]


def linted(text: str, folder: Path, others: RuleSet | None = None) -> list[Finding]:
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    return lint(path, others or RuleSet())


def codes(keys: str, folder: Path) -> list[str]:
    return [found.code for found in linted(RULE.format(keys=keys), folder)]


# Files


def test_there_is_a_file_for_every_code() -> None:
    assert {path.stem for path in FILES} == {*CODES, "clean"}
    assert set(CODES) >= WARNINGS


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_gives_its_code_and_place(path: Path) -> None:
    """The first line of each file names the places, as line:column:length."""
    expected = path.read_text(encoding="utf-8").split("\n")[0].removeprefix("# at:").split()
    found = lint(path, RuleSet())
    assert places(found) == expected
    assert {finding.code for finding in found} == ({path.stem} if expected else set())
    assert all(finding.severity == ("warning" if finding.code in WARNINGS else "error") for finding in found)


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_what_cannot_be_loaded_is_found_with_the_same_words(path: Path) -> None:
    with pytest.raises(RuleError) as caught:
        load_rules(path)
    first = next(found for found in lint(path, RuleSet()) if found.code == "invalid")
    assert (first.line, first.rule, first.hint) == (caught.value.line, caught.value.rule, caught.value.hint)
    assert first.message.rstrip("…") in caught.value.message


def test_every_code_is_in_the_docs() -> None:
    docs = (HERE.parent / "docs" / "rule-format.md").read_text(encoding="utf-8")
    assert [code for code in CODES if f"| `{code}` |" not in docs] == []


# Reading all that is wrong


def test_every_rule_is_read_on_its_own(tmp_path: Path) -> None:
    good = RULE.format(keys='lines = ["Sent from the newsroom"]')
    (tmp_path / "a.toml").write_text(good + good.replace("own.sign-off", "own.b").replace("lines", "linse"))
    (tmp_path / "b.toml").write_text("[[rule]\n")
    (tmp_path / "c.toml").write_text(good + good.replace("sign-off", "c") + good.replace("sign-off", "c"))
    (tmp_path / "d.toml").write_text(good.replace("own.sign-off", "own.d") + "zone = 1\n")
    rules, errors = read_rules(tmp_path)
    assert [rule.id for rule in rules] == ["own.sign-off", "own.c"]
    assert [(error.path.name, error.line) for error in errors if isinstance(error.path, Path)] == [
        ("a.toml", 13),
        ("b.toml", 1),
        ("c.toml", 3),
        ("c.toml", 19),
        ("d.toml", 9),
    ]
    assert "the id is taken by the rule at" in errors[2].message
    assert errors[2].message.endswith("a.toml:2")
    assert (errors[3].message, errors[3].hint) == (
        "the id is taken by a rule above",
        "it stands at line 10: choose another id",
    )
    with pytest.raises(RuleError, match=r"a\.toml:13:1"):
        load_rules(tmp_path)


def test_a_wrong_class_does_not_hide_wrong_rules(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text("[class]\nnmae = 'own'\n" + RULE.format(keys="linse = 'x'"))
    _, errors = read_rules(path)
    assert [(error.line, error.message) for error in errors] == [(2, "unknown key 'nmae'"), (7, "unknown key 'linse'")]


def test_an_id_of_the_other_rules_is_taken(tmp_path: Path) -> None:
    text = RULE.format(keys='lines = ["Sent from the newsroom"]')
    others = parse_rules(text)
    (found,) = linted(text, tmp_path, others)
    assert (found.code, found.line, found.column, found.length) == ("invalid", 3, 7, 12)
    assert "the id is taken by the rule at (code)" in found.message


def test_the_wrong_one_of_several_patterns_is_shown(tmp_path: Path) -> None:
    (found,) = linted(RULE.format(keys="pattern = ['sent from .+', '(?:newsroom)?']"), tmp_path)
    assert (found.code, found.column, found.length) == ("invalid", 29, 13)


def test_a_matcher_that_does_not_exist_is_invalid(tmp_path: Path) -> None:
    (found,) = linted(RULE.format(keys="matcher = 'magic'"), tmp_path)
    assert (found.code, found.message, found.column) == ("invalid", "no matcher 'magic'", 12)


# Single checks: what they leave alone first


@pytest.mark.parametrize(
    "keys",
    [
        "lines = ['Sent from the newsroom', 'Sent to the newsroom']",
        "pattern = 'sent from .+'\nunless.line = '^ads|label$'",
        "unit = 'span'\npattern = 'sent from the newsroom$'",
        "lines = ['Sent from the newsroom']\nmax-words = 2",
        "pattern = 'sent from .+'\nkeywords = ['newsroom', 'desk']",
        "lines.en = ['Sent from the newsroom']\nlanguages = ['en', 'de']",
        "lines.en = ['Sent from the newsroom']\nlines.de = ['Sent from the newsroom']",
        "action = 'cut'\nzone = 'tail'\nlines = ['Sent from the newsroom']",
    ],
)
def test_nothing_is_found_in(keys: str, tmp_path: Path) -> None:
    assert codes(keys, tmp_path) == []


@pytest.mark.parametrize(
    ("keys", "key"),
    [
        ("profiles = []\nlines = ['Sent from the newsroom']", "profiles"),
        ("confidence = 'low'\nprofiles = ['default']\nlines = ['Sent from the newsroom']", "profiles"),
        ("max-words = 2\nprefixes = ['Sent from the']", "max-words"),
        ("max-words = 2\npattern = 'sent from .+'", "max-words"),
        ("keywords = ['desk']\npattern = 'sent from .+'", "keywords"),
        ("languages = ['de']\nlines.en = ['Sent from the newsroom']", "languages"),
        ("action = 'cut'\nzone = 'body'\nlines = ['Sent from the newsroom']", "zone"),
        (
            "sites = ['a.hill.example']\nexcept-sites = ['hill.example']\nlines = ['Sent from the newsroom']",
            "except-sites",
        ),
    ],
)
def test_a_rule_that_cannot_act(keys: str, key: str, tmp_path: Path) -> None:
    text = RULE.format(keys=keys)
    (found,) = linted(text, tmp_path)
    assert found.code == "unreachable"
    assert text.split("\n")[found.line - 1][: found.length] == key


SIGN_OFF = RULE.format(keys="zone = 'tail'\nlines = ['Sent from the newsroom']")


@pytest.mark.parametrize(
    "keys",
    [
        "zone = 'head'\nlines = ['Sent from the newsroom']",
        "confidence = 'low'\nlines = ['Sent from the newsroom']",
        "once = true\nlines = ['Sent from the newsroom']",
        "unless.previous = 'dear'\nlines = ['Sent from the newsroom']",
        "sites = ['hill.example']\nlines = ['Sent from the newsroom']",
        "profiles = ['default']\nlines = ['Sent from the newsroom']",
        "status = 'preview'\nlines = ['Sent from the newsroom']",
        "lines = ['Sent from the desk']",
    ],
)
def test_a_rule_is_not_shadowed_by_one_with_a_narrower_scope(keys: str, tmp_path: Path) -> None:
    other = RULE.format(keys=keys).replace("own.sign-off", "own.first")
    assert [found.code for found in linted(SIGN_OFF, tmp_path, parse_rules(other))] == []


@pytest.mark.parametrize(
    "keys",
    [
        "lines = ['SENT FROM THE NEWSROOM:']",
        "zone = ['body', 'tail']\nprefixes = ['Sent from']",
        "confidence = 'high'\npattern = 'sent from .+'",
    ],
)
def test_a_rule_is_shadowed_by_one_of_another_set(keys: str, tmp_path: Path) -> None:
    others = parse_rules(RULE.format(keys=keys).replace("own.sign-off", "own.first"))
    (found,) = linted(SIGN_OFF, tmp_path, others)
    assert (found.code, found.message) == ("shadowed", "all that the rule looks for is claimed by own.first")


def test_a_single_wording_that_another_rule_owns(tmp_path: Path) -> None:
    others = parse_rules(RULE.format(keys="lines = ['Sent from the desk']").replace("own.sign-off", "own.first"))
    (found,) = linted(SIGN_OFF.replace("room']", "room', 'Sent from the Desk']", 1), tmp_path, others)
    assert (found.code, found.message) == (
        "duplicate-wording",
        "'Sent from the Desk' is claimed by own.first already",
    )


@pytest.mark.parametrize("char", ["\N{ZERO WIDTH SPACE}", "\N{SOFT HYPHEN}", "\N{ZERO WIDTH JOINER}", "\x85"])
def test_invisible_characters_between_latin_letters(char: str, tmp_path: Path) -> None:
    found = linted(SIGN_OFF + f"# a{char}b\n", tmp_path)
    assert [(one.code, one.column, one.rule) for one in found] == [("invisible-character", 4, "own.sign-off")]


@pytest.mark.parametrize(
    "text",
    [
        "می\N{ZERO WIDTH NON-JOINER}رویم",
        "क्\N{ZERO WIDTH JOINER}ष",
        "☎\N{VARIATION SELECTOR-16}",
        "👩🏽\N{ZERO WIDTH JOINER}💻",
        "❤\N{VARIATION SELECTOR-16}\N{ZERO WIDTH JOINER}🔥",
    ],
)
def test_joiners_that_are_spelling_or_part_of_an_emoji_stay(text: str, tmp_path: Path) -> None:
    assert linted(SIGN_OFF + f"# {text}\n", tmp_path) == []


def test_what_a_term_stands_for_is_shown_as_the_term(tmp_path: Path) -> None:
    text = "[terms]\nwords = '''(?:\\w+ ?)+'''\n" + RULE.format(keys="pattern = 'sent from {words}'")
    (found,) = linted(text, tmp_path)
    assert (found.code, text.split("\n")[found.line - 1][found.column - 1 :][: found.length]) == (
        "nested-repetition",
        "{words}",
    )


# Backtracking: negatives first

SAFE = [
    r"(?:\w+ )+",
    r"(?:, \w+)*",
    r"(?:\w+, ){0,9}\w+",
    r"(?:\w++ ?)+",
    r"(?:(?>\w+) ?)+",
    r"(?:\w+ ?)++x",
    r"(?>(?:\w+ ?)+)x",
    r"(?:\p{L}+\d+)+",
    r"(?:[^,\n]+,)+",
    r"(?:a|b|cd)+",
    r"(?:\d{3}\.)+\d+",
    r"(?:[a-z]+[-–][a-z]+;)+",
    r"(?-i:[A-Z][a-z]+)+",
    r"(?:a+b+)*c",
    r"[(a+)+]+",
    r"\(a+\)+",
    r"(?P<author>\w+)(?: and (?P<editor>\w+))*",
    r"(?:\p{Lu}\.)*\p{Lu}",
    r"(?:x(?=y+)y)+",
]
SLOW = {
    r"(a+)+": "(a+)+",
    r"by (?:\w+ ?)+ of": r"(?:\w+ ?)+",
    r"(a|a)*": "(a|a)*",
    r"(?:\w|\d)+": r"(?:\w|\d)+",
    r"(.*a)*": "(.*a)*",
    r"(a*)*": "(a*)*",
    r"(?:a|ab?)+": "(?:a|ab?)+",
    r"(?:\w{1,30})+": r"(?:\w{1,30})+",
    r"(?:x(?:a?|b?))+": "(?:x(?:a?|b?))+",
    r"(?:\p{L}+\d*)+": r"(?:\p{L}+\d*)+",
    r"(?:[A-Z][a-z]+)+": r"(?:[A-Z][a-z]+)+",  # case is ignored
    r"(?:(?:é+)+;)+": "(?:é+)+",
    r"(?=(?:a+)+b)a": "(?:a+)+",
    r"(?>(?:a+)+b)": "(?:a+)+",
    r"(?:a+b?){2,}": "(?:a+b?){2,}",
    r"(?:a+){1,40}": "(?:a+){1,40}",
    r"(?i:(a|A))+": "(?i:(a|A))+",
    r"(?:(?P<author>\w+)[ ,]*)+x": r"(?:(?P<author>\w+)[ ,]*)+",
    r"(?:ab|a|b)+": "(?:ab|a|b)+",
    r"(?:a++|a|ab?)+": "(?:a++|a|ab?)+",
}


@pytest.mark.parametrize("pattern", SAFE)
def test_unambiguous_repetitions_are_left_alone(pattern: str) -> None:
    assert nested_repetitions(pattern) == []


@pytest.mark.parametrize("pattern", SLOW)
def test_ambiguous_repetitions_are_found(pattern: str) -> None:
    assert [piece.text for piece in nested_repetitions(pattern)] == [SLOW[pattern]]
    assert all(pattern[piece.start : piece.end] == piece.text for piece in nested_repetitions(pattern))


def test_case_matters_when_it_does() -> None:
    assert nested_repetitions(r"(?:[A-Z][a-z]+)+", case_sensitive=True) == []


@pytest.mark.parametrize("pattern", ["(a+", "a{e<=1}(b+)+", "(?x)(a+)+", r"(a)?(?(1)(b+)+|c)", "(?:a{99}){99}+" * 3])
def test_what_cannot_be_read_gives_nothing(pattern: str) -> None:
    assert nested_repetitions(pattern) == []


@pytest.mark.parametrize(
    ("pattern", "anchors"),
    [
        ("ads|label", []),
        ("ads(?=$|,)", []),
        (r"[$^]a\$", []),
        ("^ads", [(0, False)]),
        ("^ads$|^label$", [(0, False), (4, False), (6, False), (12, False)]),
        ("^ads|label", [(0, True)]),
        (r"\Aads|label\Z", [(0, True), (11, True)]),
    ],
)
def test_anchors(pattern: str, anchors: list[tuple[int, bool]]) -> None:
    assert [(found.start, found.one_of_several) for found in needless_anchors(pattern)] == anchors


ATOMS = st.sampled_from(["a", "b", " ", "ab", r"\w", "[ab]", "[^a]", "(?:a|b)", "(?:a|ab)", "(?:b|)", "."])
PATTERNS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda both: f"(?:{both[0]}|{both[1]})"),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{2,}", "{1,2}", "*+"])).map(
            lambda both: f"(?:{both[0]}){both[1]}"
        ),
    ),
    max_leaves=4,
)


@settings(max_examples=250, deadline=None)
@given(PATTERNS)
def test_what_is_judged_safe_runs_fast(pattern: str) -> None:
    """Texts of one or two letters again and again, with an end that does not fit: where exponential regexes hang."""
    if nested_repetitions(pattern):
        return
    compiled = regex.compile(pattern, regex.IGNORECASE)
    for pump in ("a", "b", "ab", "aab", "a ", " ", "abb"):
        compiled.fullmatch(pump * 40 + "\n", timeout=2)


# Excerpts

NESTED = r"""error[nested-repetition]: the inner and the outer repetition can share a text in many ways
 --> own.toml:6:19 (rule own.sign-off)
  |
6 | en = '''sent from (?:\w+ ?)+'''
  |                   ^^^^^^^^^^
  = help: put a separator that the inner class does not hold between the repetitions, or use a possessive one: """ + (
    r"(?:\w+ ?)++"
)
SHADOWED = """error[shadowed]: all that the rule looks for is claimed by own.sign-off
  --> own.toml:13:7 (rule own.again)
   |
13 | id = "own.again"
   |       ^^^^^^^^^
   = help: take the wordings out of one of the two, or give this rule a zone of its own"""
INVISIBLE = r"""error[invisible-character]: a raw NO-BREAK SPACE
 --> own.toml:5:15 (rule own.sign-off)
  |
5 | lines = ["Sent\u00a0from the newsroom of the Hill News"]
  |               ^^^^^^
  = help: write an ordinary blank, which fits it too, or \u00A0: in "…" and in patterns"""
ANCHOR = """warning[needless-anchor]: ^ is not needed: the pattern matches the whole line
 --> own.toml:5:12 (rule own.sign-off)
  |
5 | pattern = '^sent from the newsroom of .+'
  |            ^
  = help: leave it out"""


@pytest.mark.parametrize(
    ("name", "golden"),
    [
        ("nested-repetition", NESTED),
        ("shadowed", SHADOWED),
        ("invisible-character", INVISIBLE),
        ("needless-anchor", ANCHOR),
    ],
)
def test_the_excerpt_of(name: str, golden: str, tmp_path: Path) -> None:
    source = (HERE / "lint_rules" / f"{name}.toml").read_text(encoding="utf-8")
    (found,) = linted(source, tmp_path)
    assert render(found, source).plain.replace(str(tmp_path) + "/", "") == golden


def excerpt(line: str, piece: str, width: int = 60) -> list[str]:
    place = (1, line.index(piece) + 1, len(piece))
    found = Finding("error", "invalid", "wrong", Path("own.toml"), *place)
    return render(found, line, width).plain.split("\n")[-2:]


def test_the_underline_counts_cells() -> None:
    assert excerpt("zh = ['关注我们', '关注']", "'关注']") == [
        "1 | zh = ['关注我们', '关注']",
        "  | " + " " * 18 + "^" * 7,
    ]
    assert excerpt("\ten = 'x'", "'x'") == ["1 |     en = 'x'", "  | " + " " * 9 + "^^^"]


def test_a_long_line_is_clipped_around_the_place() -> None:
    from rich.cells import cell_len

    line = "ja = [" + "'登録する', " * 40 + "'Share', " + "'購読する', " * 40 + "]"
    shown, marks = excerpt(line, "'Share'")
    assert cell_len(shown) <= 64
    assert shown[4] == shown[-1] == "…"
    assert cell_len(shown[: shown.index("'Share'")]) == marks.index("^")
    assert marks.count("^") == 7


def test_a_place_longer_than_the_line_is_shown_from_its_beginning() -> None:
    shown, marks = excerpt("en = '" + "x" * 500 + "'", "x" * 500)
    assert shown.startswith("1 | …xxx")
    assert shown.endswith("x…")
    assert len(marks) < 64


def test_a_terminal_gets_no_control_characters() -> None:
    shown, _ = excerpt("en = 'a\x1b[31m\N{RIGHT-TO-LEFT OVERRIDE}b'", "a")
    assert shown == r"1 | en = 'a\u001b[31m\u202eb'"


def test_what_could_not_be_read_has_no_excerpt() -> None:
    (found,) = lint(HERE / "bad_rules" / "not-utf-8.toml", RuleSet())
    assert render(found, "").plain.split("\n") == [
        "error[invalid]: is not UTF-8 (byte 37)",
        f"--> {found.path}",
        " = help: save it as UTF-8",
    ]


def test_a_summary_counts() -> None:
    error = Finding("error", "invalid", "wrong", Path("own.toml"), 1, 1, 1)
    warning = Finding("warning", "no-keyword", "wrong", Path("own.toml"), 1, 1, 1)
    assert summary([error, warning, warning]) == "1 error, 2 warnings"


# The built-in rules


@pytest.mark.slow
def test_nothing_is_wrong_with_the_built_in_rules() -> None:
    assert [f"{one.path}:{one.line}: {one.code}: {one.message}" for one in lint(builtin_rules_dir(), RuleSet())] == []


def test_a_comment_in_a_rule_allows_a_finding(tmp_path: Path) -> None:
    bad = (Path(__file__).parent / "lint_rules" / "nested-repetition.toml").read_text(encoding="utf-8")
    allowed = tmp_path / "own.toml"
    allowed.write_text(bad.replace("[[rule]]\n", "[[rule]]\n# lint: allow nested-repetition: it is short\n"), "utf-8")
    assert lint(allowed, RuleSet()) == []
    other = bad.replace("[[rule]]\n", "[[rule]]\n# lint: allow no-keyword\n")
    allowed.write_text(other, "utf-8")
    assert {one.code for one in lint(allowed, RuleSet())} == {"nested-repetition"}
