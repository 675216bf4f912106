"""A long-lived cleaner for callers in other languages: JSON lines in, JSON lines out, one answer a question.

A question is an object with the text (and what is known: title, url …). Its answer has ``text``, ``removed``,
``metadata`` and ``flags``, or ``error`` when it could not be answered, and the ``id`` of the question when it has one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import IO, Any, NamedTuple

from cleaner.formats.jsonl import JsonlFormat
from cleaner.formats.rows import Keys, Row, Shard, document_of
from cleaner.pipeline import Cleaner, CleanResult

__all__ = ["Served", "answer", "serve"]


class Served(NamedTuple):
    """How many questions were answered, and how many of the answers are errors."""

    answers: int
    errors: int


def serve(questions: Iterable[bytes], answers: IO[bytes], cleaner: Cleaner, keys: Keys) -> Served:
    """Answer each line as soon as it is there, in order, until there are no more. Blank lines have no answer.

    Raises:
        BrokenPipeError: nobody reads the answers any more.
    """
    count = errors = 0
    for number, line in enumerate(questions, 1):
        if line.strip():
            given = answer(line, number, cleaner, keys)
            count += 1
            errors += "error" in given
            answers.write(json.dumps(given, ensure_ascii=True).encode() + b"\n")
            answers.flush()
    return Served(count, errors)


def answer(line: bytes, number: int, cleaner: Cleaner, keys: Keys) -> dict[str, Any]:
    """The answer to one question; ``number`` is that of its line, for error messages.

    >>> question = b'{"id": 7, "text": "The council met to vote on the bridge.\\\\n\\\\nFollow us on:"}'
    >>> found = answer(question, 1, Cleaner(), Keys())
    >>> found["id"], found["text"], found["removed"][0]["rule"]
    (7, 'The council met to vote on the bridge.', 'follow-us.networks')
    >>> answer(b"{", 2, Cleaner(), Keys())["error"].startswith("line 2: is not JSON: ")
    True
    """
    (row,) = JsonlFormat().rows(Shard(number, [line]), keys)
    named = {keys.id: row.fields[keys.id]} if keys.id in row.fields else {}
    if row.error:
        return {**named, "error": f"line {number}: {row.error}"}
    try:
        return {**named, **_answered(row, cleaner, keys)}
    except Exception as error:  # one question must not end the service
        return {**named, "error": f"line {number}: failed: {type(error).__name__}: {error}"}


def _answered(row: Row, cleaner: Cleaner, keys: Keys) -> dict[str, Any]:
    result = cleaner.clean_document(row.text, document_of(row.fields, keys))
    text = result.text if row.text.endswith("\n") else result.text.removesuffix("\n")
    return {
        keys.text: text,
        "removed": _removed(result),
        "metadata": dict(result.metadata),
        "flags": list(result.flags),
    }


def _removed(result: CleanResult) -> list[dict[str, Any]]:
    """The edits, in code points of the repaired text, with the text that was there."""
    return [
        {"start": edit.start, "end": edit.end, "rule": edit.rule, "text": result.repaired[edit.start : edit.end]}
        for edit in result.edits
    ]
