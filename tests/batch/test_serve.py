"""Questions and answers as JSON lines."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from cleaner import Cleaner
from cleaner.batch.options import Options
from cleaner.batch.remembering import Remembering
from cleaner.batch.serve import Served, answer, serve
from cleaner.io.formats.base import FieldNames

BODY = "The town council met on Tuesday evening and voted to repair the old bridge."
SCRAPPY = f"{BODY}\n\nFollow us on:"
CLEANER = Cleaner()


def answers(*questions: bytes, keys: FieldNames | None = None) -> tuple[list[dict[str, object]], Served]:
    sink = io.BytesIO()
    served = serve(questions, sink, CLEANER, keys or FieldNames())
    return [json.loads(line) for line in sink.getvalue().splitlines()], served


def test_every_question_but_blank_lines_has_one_answer() -> None:
    question = json.dumps({"id": [1], "text": SCRAPPY}).encode()
    found, served = answers(question + b"\n", b"\n", b"{\n", question)
    assert [one.get("text") for one in found] == [BODY, None, BODY]
    assert found[0]["id"] == [1]
    assert str(found[1]["error"]).startswith("line 3: is not JSON")
    assert served == Served(answers=3, errors=1)


def test_an_answer_tells_what_was_removed_and_what_is_known() -> None:
    found = answer(json.dumps({"text": SCRAPPY, "title": "A bridge"}).encode(), 1, CLEANER, FieldNames())
    [removed] = found["removed"]
    assert (removed["start"], removed["end"]) == (len(BODY) + 1, len(SCRAPPY) + 1)
    assert removed["rule"] == "follow-us.networks"
    assert removed["text"].strip() == "Follow us on:"
    assert found["metadata"] == {"title": "A bridge"}
    assert found["flags"] == []


def test_the_fields_can_have_other_names() -> None:
    [found], _ = answers(json.dumps({"body": SCRAPPY}).encode(), keys=FieldNames(text="body"))
    assert found["body"] == BODY


def test_a_failure_is_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(Cleaner, "clean_document", fail)
    [first, second], served = answers(b'{"text": "a", "id": 5}\n', b"[]\n")
    assert first == {"id": 5, "error": "line 1: failed: RuntimeError: a bug"}
    assert "is JSON, but not an object" in str(second["error"])
    assert served.errors == 2


@pytest.mark.parametrize("row_id", [b"1e400", b"NaN", b"-Infinity", b"1.50", b"1E5", b"7", b'"x"', b'["a"]', b"null"])
def test_an_id_comes_back_as_it_was(row_id: bytes) -> None:
    answers = io.BytesIO()
    serve([b'{"id": ' + row_id + b', "text": "The council met."}\n'], answers, CLEANER, FieldNames())
    assert answers.getvalue().startswith(b'{"id": ' + row_id + b', "text": ')


def test_a_line_that_is_too_long_is_answered_and_the_next_one_too() -> None:
    questions = io.BytesIO(b'{"text": "' + b"x" * 5000 + b'"}\n{"text": "The council met."}\n' + b"y" * 3000)
    answers = io.BytesIO()
    assert serve(questions, answers, CLEANER, FieldNames(), 1000) == (3, 2)
    first, second, third = map(json.loads, answers.getvalue().splitlines())
    assert first["error"] == "line 1: is longer than 1,000 bytes; send less"
    assert second["text"] == "The council met."
    assert third["error"].startswith("line 3: ")


def test_each_question_profits_from_those_before_it(tmp_path: Path) -> None:
    questions = b"".join(
        json.dumps(
            {"text": f"It met on day {day} to vote.\n\nGood morning, Newford!", "url": "riverpost.example/a"}
        ).encode()
        + b"\n"
        for day in range(5)
    )
    target = io.BytesIO()
    with Remembering(Options(site_memory=tmp_path / "m")) as memory:
        serve(io.BytesIO(questions), target, CLEANER, FieldNames(), memory=memory)
    found = [len(json.loads(line)["removed"]) for line in target.getvalue().splitlines()]
    assert found == [0, 0, 0, 1, 1]
