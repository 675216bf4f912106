"""Golden cases and rules as items of pytest: what they say when they fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.rules.builtin import builtin_rules_dir
from tests.pytest_projects import BODY, INPUT, RULE, add_case, add_rules


@pytest.fixture
def golden(pytester: pytest.Pytester) -> Path:
    """The folder of cases of a project, with one that passes."""
    add_case(pytester.path / "my-golden" / "harbour", input_txt=INPUT, expected_txt=BODY)
    return pytester.path / "my-golden"


def test_a_line_that_should_have_stayed_is_told_with_the_rule_that_took_it(
    pytester: pytest.Pytester, golden: Path
) -> None:
    (golden / "harbour" / "expected.txt").write_text(INPUT)
    result = pytester.runpytest("--clean-golden", "my-golden")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "my-golden/harbour: what came out is not what is expected",
            "--- my-golden/harbour/expected.txt",
            "+++ what came out",
            "-Follow us on:",
            "why",
            "  - 'Follow us on:'",
            "      removed by follow-us.networks",
        ]
    )
    result.stdout.no_fnmatch_line("*Traceback*")
    result.stdout.no_fnmatch_line("*def runtest*")


def test_a_line_that_should_have_gone_is_told_with_what_spared_it(pytester: pytest.Pytester, golden: Path) -> None:
    case = golden / "harbour"
    (case / "input.txt").write_text(f"That was the Harbour News\n\n{BODY}\nAll the news from the quay\n")
    add_rules(pytester.path / "own.toml")
    result = pytester.runpytest("--clean-golden", "my-golden", "--clean-rules", "own.toml")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(
        [
            "+That was the Harbour News",
            "+All the news from the quay",
            "  + 'That was the Harbour News'",
            "      own.sign-off spared it: zone*",
            "  + 'All the news from the quay'",
            "      no rule's wording fits it",
        ]
    )


def test_a_line_that_is_not_in_the_input_and_a_missing_newline(pytester: pytest.Pytester, golden: Path) -> None:
    (golden / "harbour" / "expected.txt").write_text("Fish\N{NO-BREAK SPACE}prices\n\n" + BODY.rstrip("\n"))
    result = pytester.runpytest("--clean-golden", "my-golden")
    result.stdout.fnmatch_lines(
        ["-Fish\\xa0prices", "\\ no newline at the end", "*Fish*prices*", "      the input, repaired, has no such line"]
    )


def test_other_edits_with_the_same_text(pytester: pytest.Pytester, golden: Path) -> None:
    (golden / "harbour" / "edits.jsonl").write_text('{"rule": "own.other"}\n')
    result = pytester.runpytest("--clean-golden", "my-golden")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        ["*the edits that lead there are others*", '-{"rule": "own.other"}', '+{"rule": "follow-us.networks",*']
    )


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"expected_txt": BODY}, "*half: has no input; put the text into input.txt*"),
        ({"input_txt": INPUT, "input_html": INPUT, "expected_txt": BODY}, "*half: has two inputs; delete*"),
        ({"input_txt": INPUT}, "*half/expected.txt: is missing; *pytest --update-golden*"),
        (
            {"input_txt": INPUT, "expected_txt": BODY, "case_toml": 'profil = "facts"'},
            "*half/case.toml: unknown key 'profil'; did you mean 'profile'?",
        ),
        (
            {"input_txt": INPUT, "expected_txt": BODY, "case_toml": 'profile = "fact"'},
            "*half/case.toml: profile cannot be 'fact'; did you mean 'facts'?",
        ),
        (
            {"input_txt": INPUT, "expected_txt": BODY, "case_toml": 'expect = "maybe"'},
            "*half/case.toml: expect cannot be 'maybe'; allowed are pass, known-failure",
        ),
        (
            {"input_txt": INPUT, "expected_txt": BODY, "case_toml": "date = 2026-03-28"},
            "*half/case.toml: date is no text; put it in quotes",
        ),
        ({"input_txt": INPUT, "expected_txt": BODY, "case_toml": "profile"}, "*half/case.toml: is not TOML: *"),
        ({"input_txt": INPUT, "case_toml": 'expect = "known-failure"'}, "*expected.txt: is missing; write what*"),
    ],
)
def test_a_case_that_is_not_complete(
    pytester: pytest.Pytester, golden: Path, files: dict[str, str], message: str
) -> None:
    add_case(golden / "half", **files)
    result = pytester.runpytest("--clean-golden", "my-golden")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines([message])
    result.stdout.no_fnmatch_line("*Traceback*")


def test_what_case_toml_knows_is_used(pytester: pytest.Pytester, golden: Path) -> None:
    title = "Forty boats in the harbour"
    text = f"{title}\n\n{BODY}"
    add_case(golden / "with", input_txt=text, expected_txt=BODY, case_toml=f'title = "{title}"')
    add_case(golden / "without", input_txt=text, expected_txt=text)
    pytester.runpytest("--clean-golden", "my-golden").assert_outcomes(passed=3)


def test_a_page(pytester: pytest.Pytester, golden: Path) -> None:
    paragraphs = "".join(f"<p>{line}</p>" for line in INPUT.split("\n") if line)
    page = f"<html><head><title>Boats</title></head><body><article><h1>Boats</h1>{paragraphs}</article></body></html>"
    add_case(golden / "page", input_html=page, expected_txt=BODY.replace("\n\n", "\n"))
    pytester.runpytest("--clean-golden", "my-golden").assert_outcomes(passed=2)


def test_a_known_failure_must_fail(pytester: pytest.Pytester, golden: Path) -> None:
    known = 'expect = "known-failure"'
    add_case(golden / "limit", input_txt=INPUT, expected_txt="Boats\n", case_toml=known)
    (golden / "harbour" / "case.toml").write_text(known)
    result = pytester.runpytest("--clean-golden", "my-golden", "-ra")
    result.assert_outcomes(xfailed=1, failed=1)
    result.stdout.fnmatch_lines(["*XPASS(strict)*known failure*"])


def test_golden_cases_are_cleaned_with_the_rules(pytester: pytest.Pytester, golden: Path) -> None:
    add_rules(pytester.path / "my-rules" / "own.toml")
    add_case(golden / "own", input_txt=f"{BODY}\nThat was the Harbour News\n", expected_txt=BODY)
    options = ("--clean-golden", "my-golden")
    pytester.runpytest(*options).assert_outcomes(passed=1, failed=1)
    pytester.runpytest(*options, "--clean-rules", "my-rules").assert_outcomes(passed=3)
    pytester.runpytest(*options, "--clean-rules", "my-rules", "--clean-rules", "my-rules/own.toml").assert_outcomes(
        passed=3
    )


def test_the_builtin_rules_are_not_added_twice(pytester: pytest.Pytester, golden: Path) -> None:
    path = str(builtin_rules_dir())
    result = pytester.runpytest("--clean-golden", "my-golden", "--clean-rules", path, "-k", "harbour or by-name")
    assert result.ret == 0


def test_an_example_that_is_not_removed(pytester: pytest.Pytester) -> None:
    path = add_rules(pytester.path / "my-rules" / "own.toml", RULE.replace("News!", "Views!"))
    line = path.read_text().split("\n").index('en = ["That was the Harbour Views!"]') + 1
    result = pytester.runpytest("--clean-rules", "my-rules")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            f"my-rules/own.toml:{line}: rule own.sign-off: removes: 'That was the Harbour Views!'",
            "--- wanted",
            "+++ what came out",
            "+That was the Harbour Views!",
        ]
    )
    result.stdout.no_fnmatch_line("*def runtest*")


def test_an_example_that_is_not_kept(pytester: pytest.Pytester) -> None:
    keeps = "That was the Harbour News reporter of the year, said the judges."
    add_rules(pytester.path / "own.toml", RULE.replace(keeps, "That was the Harbour News."))
    result = pytester.runpytest("--clean-rules", "own.toml")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        ["own.toml:11: rule own.sign-off: keeps (tail): 'That was the Harbour News.'", "-That was the Harbour News."]
    )


def test_a_case_of_a_rule_that_gives_something_else(pytester: pytest.Pytester) -> None:
    case = f"[[rule.examples.cases]]\ninput = {INPUT!r}\nwant = {BODY!r}\n".replace("'", '"')
    add_rules(pytester.path / "own.toml", RULE + case)
    result = pytester.runpytest("--clean-rules", "own.toml")
    result.stdout.fnmatch_lines(["own.toml:*: rule own.sign-off: case: *", "+Follow us on:"])


def test_errors_in_rule_files_are_told_in_words(pytester: pytest.Pytester, golden: Path) -> None:
    add_rules(pytester.path / "my-rules" / "bad.toml", RULE.replace("zone =", "zonne ="))
    add_rules(pytester.path / "my-rules" / "own.toml")
    options = ("--clean-rules", "my-rules", "--clean-golden", "my-golden")
    result = pytester.runpytest(*options)
    assert result.ret == pytest.ExitCode.INTERRUPTED
    result.stdout.fnmatch_lines(["my-rules/bad.toml:5:1: *unknown key 'zonne'; did you mean 'zone'?"])
    result.stdout.no_fnmatch_line("*Traceback*")
    result = pytester.runpytest(*options, "--continue-on-collection-errors")
    result.assert_outcomes(errors=1, failed=2)
    result.stdout.no_fnmatch_line("*Traceback*")


def test_an_id_that_is_taken(pytester: pytest.Pytester) -> None:
    add_rules(pytester.path / "own.toml", RULE.replace("own.sign-off", "follow-us.networks"))
    result = pytester.runpytest("--clean-rules", "own.toml")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["own.toml:*: rule follow-us.networks: the id is taken by*"])
