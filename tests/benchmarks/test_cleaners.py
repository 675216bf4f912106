"""Any cleaner can be measured: a function, a command for a text, a command for a folder."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import pytest

from benchmarks.leaderboard.cleaners import CommandCleaner, FolderCleaner, FunctionCleaner, load_function
from benchmarks.leaderboard.corpora import BenchmarkError, Document

DOCUMENTS = [Document("a", "the bridge ‘é’", "News", "https://a.example/", "en"), Document("b", "the ferry")]
PYTHON = shlex.quote(sys.executable)
UPPER = """
import os, sys
text = sys.stdin.buffer.read().decode()
if "ferry" in text and "fail" in sys.argv: sys.exit("no ferries here")
if "ferry" in text and "bytes" in sys.argv: sys.stdout.buffer.write(b"\\xff"); sys.exit()
if "ferry" in text and "sleep" in sys.argv: import time; time.sleep(60)
sys.stdout.buffer.write((os.environ["PAGE_TITLE"] + text.upper()).encode())
"""
FOLDER = """
import json, pathlib, sys
source, target, pages = map(pathlib.Path, sys.argv[1:4])
titles = {row["name"]: row["title"] for row in map(json.loads, pages.open(encoding="utf-8"))}
for path in sorted(source.iterdir()):
    text = path.read_text("utf-8")
    if "skip" not in sys.argv or "ferry" not in text:
        (target / path.name).write_text(titles[path.name] + text.upper(), "utf-8")
"""


def script(folder: Path, text: str) -> str:
    path = folder / "a script.py"
    path.write_text(text, "utf-8")
    return f"{PYTHON} {shlex.quote(str(path))}"


def test_a_function_gets_what_it_has_parameters_for() -> None:
    def clean(text: str, *, url: str, language: str) -> str:
        return f"{url} {language} {text}"

    cleaned = FunctionCleaner(clean, "x").clean(DOCUMENTS)
    assert cleaned.texts == ["https://a.example/ en the bridge ‘é’", "  the ferry"]
    assert cleaned.problem == ""
    assert FunctionCleaner(str.upper, "x").clean(DOCUMENTS).texts == ["THE BRIDGE ‘É’", "THE FERRY"]


def test_a_function_that_fails_fails_for_its_text_only() -> None:
    def clean(text: str) -> object:
        if "ferry" in text:
            raise ValueError("no ferries here")
        return text

    cleaned = FunctionCleaner(clean, "x").clean(DOCUMENTS)
    assert cleaned.texts == ["the bridge ‘é’", None]
    assert cleaned.problem == "b: ValueError: no ferries here"
    assert FunctionCleaner(len, "x").clean(DOCUMENTS[1:]).problem == "b: gave int, and no text"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("textwrap", "write the function as module:function"),
        ("no_such_module:clean", "cannot be imported: ModuleNotFoundError"),
        ("textwrap:no_such_function", "cannot be imported: AttributeError"),
        ("textwrap:__name__", "is no function"),
    ],
)
def test_a_function_that_is_not_there_is_told(call: str, message: str) -> None:
    with pytest.raises(BenchmarkError, match=message):
        load_function(call)


def test_a_command_reads_a_text_and_prints_one(tmp_path: Path) -> None:
    cleaned = CommandCleaner(script(tmp_path, UPPER)).clean(DOCUMENTS)
    assert cleaned.texts == ["NewsTHE BRIDGE ‘É’", "THE FERRY"]
    assert cleaned.problem == ""


@pytest.mark.parametrize(
    ("how", "problem"),
    [
        ("fail", "b: exit code 1: no ferries here"),
        ("bytes", "b: printed what is not UTF-8"),
        ("sleep", "b: took more than 2 seconds"),
    ],
)
def test_a_command_that_fails_fails_for_its_text_only(tmp_path: Path, how: str, problem: str) -> None:
    cleaned = CommandCleaner(f"{script(tmp_path, UPPER)} {how}", seconds=2).clean(DOCUMENTS)
    assert cleaned.texts == ["NewsTHE BRIDGE ‘É’", None]
    assert cleaned.problem == problem


def test_a_command_that_is_none_is_told() -> None:
    for call, message in (("no-such-program -x", "cannot be run"), ("'", "is no command"), (" ", "an empty command")):
        with pytest.raises(BenchmarkError, match=message):
            CommandCleaner(call).clean(DOCUMENTS)


def test_a_command_cleans_a_folder(tmp_path: Path) -> None:
    call = f"{script(tmp_path, FOLDER)} {{input}} {{output}} {{pages}}"
    assert FolderCleaner(call).clean(DOCUMENTS).texts == ["NewsTHE BRIDGE ‘É’", "THE FERRY"]
    cleaned = FolderCleaner(f"{call} skip").clean(DOCUMENTS)
    assert cleaned.texts == ["NewsTHE BRIDGE ‘É’", None]
    assert cleaned.problem == "b: it wrote no file in UTF-8 for it"


def test_a_command_for_folders_that_fails_is_told(tmp_path: Path) -> None:
    with pytest.raises(BenchmarkError, match=r"names no \{input\} or no \{output\}"):
        FolderCleaner(f"{PYTHON} -c pass {{input}}").clean(DOCUMENTS)
    cleaned = FolderCleaner(f"{PYTHON} -c 'raise SystemExit(\"no\")' {{input}} {{output}}").clean(DOCUMENTS)
    assert (cleaned.texts, cleaned.problem) == ([None, None], "exit code 1: no")
