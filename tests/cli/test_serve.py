"""``clean serve``: questions from other languages, and their answers."""

from __future__ import annotations

import json
import re
import subprocess
import threading
from collections.abc import Iterator

import pytest

from cleaner import Cleaner
from cleaner.batch.serve import answer
from cleaner.cli import main
from cleaner.io.formats.base import FieldNames
from tests.articles import article
from tests.cli.processes import SECONDS, start
from tests.places import ROOT


@pytest.fixture
def served() -> Iterator[subprocess.Popen[bytes]]:
    process = start("serve")
    watch = threading.Timer(SECONDS, process.kill)  # a test that waits for an answer must end
    watch.start()
    yield process
    watch.cancel()
    process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout, process.stderr):
        if stream:
            stream.close()


def ask(process: subprocess.Popen[bytes], line: bytes) -> dict[str, object]:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(line + b"\n")
    process.stdin.flush()
    answered: dict[str, object] = json.loads(process.stdout.readline())
    return answered


def test_questions_are_answered_one_by_one(served: subprocess.Popen[bytes]) -> None:
    cleaner = Cleaner()
    for number in range(20):
        text = article(number)
        found = ask(served, json.dumps({"id": number, "text": text}).encode())
        result = cleaner.clean(text)
        assert found["id"] == number
        assert found["text"] == (result.text if text.endswith("\n") else result.text.removesuffix("\n"))
        assert [one["rule"] for one in found["removed"]] == [edit.rule for edit in result.edits]  # type: ignore[attr-defined]
        assert found["metadata"] == result.metadata


def test_the_dialogue_of_the_guide_is_true() -> None:
    page = (ROOT / "docs" / "pipelines.md").read_text("utf-8")
    asked = re.findall(r"^> (.*)$", page, re.MULTILINE)
    told = re.findall(r"^< (.*)$", page, re.MULTILINE)
    assert len(asked) == len(told) >= 2
    for number, (question, said) in enumerate(zip(asked, told, strict=True), 1):
        assert answer(question.encode(), number, Cleaner(), FieldNames()) == json.loads(said)


@pytest.mark.parametrize(
    ("line", "error"),
    [
        (b"{", "line 1: is not JSON"),
        (b"[1]", "line 1: is JSON, but not an object"),
        (b'{"id": "x", "body": "a"}', "line 1: has no field 'text' (it has 'id', 'body')"),
        (b'{"id": "x", "text": 5}', "line 1: the field 'text' holds a number, not a string"),
        (b'\xff{"text": ""}', "line 1: is not UTF-8"),
    ],
)
def test_errors_are_answers_and_the_next_question_is_answered(
    served: subprocess.Popen[bytes], line: bytes, error: str
) -> None:
    found = ask(served, line)
    assert error in str(found["error"])
    assert found.get("id") == ("x" if b'"x"' in line else None)
    assert ask(served, b'{"text": ""}') == {"text": "", "removed": [], "metadata": {}, "flags": []}
    assert ask(served, b'\n{"text": "\\ud800"}')["text"] == "\N{REPLACEMENT CHARACTER}"


def test_the_service_ends_with_its_input(served: subprocess.Popen[bytes]) -> None:
    assert served.stdin is not None
    assert ask(served, b'{"text": "a"}')["text"] == "a"
    served.stdin.close()
    assert served.wait(SECONDS) == 0


def test_the_fields_and_rules_are_those_of_the_options() -> None:
    process = start("serve", "--text-key", "body", "--keep", "follow-us")
    text = "The council met on Tuesday evening to vote on the old bridge.\n\nFollow us on:"
    out, _ = process.communicate(json.dumps({"body": text}).encode() + b"\n", timeout=SECONDS)
    assert json.loads(out)["body"] == text


@pytest.mark.parametrize("arguments", [["a.txt"], ["--in-place"], ["-o", "out"], ["--engine", "ray"]])
def test_the_service_takes_no_files(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", *arguments]) == 2
    assert "Usage: clean serve" in capsys.readouterr().err
