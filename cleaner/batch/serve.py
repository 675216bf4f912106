"""A long-lived cleaner for callers in other languages: JSON lines in, JSON lines out, one answer a question.

A question is an object with the text and, where they are known, title, url and the like. Its answer has ``text``,
``removed``, ``metadata`` and ``flags``, or ``error`` when it could not be answered, and the ``id`` of the question when
there is one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import nullcontext
from typing import IO, Any, NamedTuple

from cleaner.batch.remembering import Remembering
from cleaner.io.formats.base import MOST_BYTES, FieldNames, Row, document_of
from cleaner.io.formats.json_objects import object_rows, raw_field
from cleaner.io.site_recall import Recall
from cleaner.pipeline import Cleaner, CleanResult
from cleaner.text.hosts import site_of

__all__ = ["Served", "answer", "serve"]


_CHUNK = 1 << 20


class Served(NamedTuple):
    """How many questions were answered, and how many of the answers are errors."""

    answers: int
    errors: int


def serve(
    questions: Iterable[bytes] | IO[bytes],
    answers: IO[bytes],
    cleaner: Cleaner,
    keys: FieldNames,
    most_bytes: int = MOST_BYTES,
    memory: Remembering | None = None,
) -> Served:
    """Answer each line as soon as it comes, in order, until there are no more. Blank lines get no answer.

    A line of more than ``most_bytes`` is answered with an error, and never in memory as a whole. With a site memory
    each question profits from those before it.

    Raises:
        BrokenPipeError: nobody reads the answers any more.
    """
    count = errors = 0
    for number, line in enumerate(_lines(questions, most_bytes), 1):
        if line is None or line.strip():
            if line is None:
                reply = _too_long(number, most_bytes)
            else:
                with memory.following() if memory else nullcontext() as recall:
                    reply = answer(line, number, cleaner, keys, recall)
            count += 1
            errors += "error" in reply
            answers.write(_encoded(reply, line or b"", keys.id) + b"\n")
            answers.flush()
    return Served(count, errors)


def _lines(questions: Iterable[bytes] | IO[bytes], most: int) -> Iterator[bytes | None]:
    """The lines of a stream; None for one that is too long."""
    readline = getattr(questions, "readline", None)
    if readline is None:
        yield from (line if len(line) <= most else None for line in questions)
        return
    while line := readline(most + 1):
        if len(line) <= most:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = readline(_CHUNK)
        yield None


def _too_long(number: int, most: int) -> dict[str, Any]:
    return {"error": f"line {number}: is longer than {most:,} bytes; send less"}


def _encoded(reply: Mapping[str, Any], line: bytes, id_field: str) -> bytes:
    """The answer as JSON. An id that Python cannot write as it was, such as 1e400 or 1.50, goes back as it came."""
    value = reply.get(id_field)
    if not isinstance(value, float):
        return json.dumps(reply, ensure_ascii=True).encode()
    others = json.dumps({name: of for name, of in reply.items() if name != id_field}, ensure_ascii=True).encode()
    return b"{" + json.dumps(id_field).encode() + b": " + raw_field(line, id_field) + b", " + others[1:]


def answer(
    line: bytes, number: int, cleaner: Cleaner, keys: FieldNames, recall: Recall | None = None
) -> dict[str, Any]:
    """The answer to one question.

    Args:
        line: the question.
        number: that of its line, for error messages.
        cleaner, keys: as for :func:`serve`.
        recall: what is known of sites; None without a site memory.

    >>> question = b'{"id": 7, "text": "The council met to vote on the bridge.\\\\n\\\\nFollow us on:"}'
    >>> found = answer(question, 1, Cleaner(), FieldNames())
    >>> found["id"], found["text"], found["removed"][0]["rule"]
    (7, 'The council met to vote on the bridge.', 'follow-us.networks')
    >>> answer(b"{", 2, Cleaner(), FieldNames())["error"].startswith("line 2: is not JSON: ")
    True
    """
    row = next(object_rows(number, line, keys))
    named = {keys.id: row.fields[keys.id]} if keys.id in row.fields else {}
    if row.error:
        return {**named, "error": f"line {number}: {row.error}"}
    try:
        return {**named, **_answered(row, cleaner, keys, recall)}
    except Exception as error:  # one question must not end the service
        return {**named, "error": f"line {number}: failed: {type(error).__name__}: {error}"}


def _answered(row: Row, cleaner: Cleaner, keys: FieldNames, recall: Recall | None) -> dict[str, Any]:
    info = document_of(row.fields, keys)
    if recall is not None:
        result = cleaner.clean_document(row.text, info, repeated=recall.of(site_of(info.url) or info.site))
    else:
        result = cleaner.clean_document(row.text, info)
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
