"""MCP: a real client calls the tools of the server, in this process; tests/cli/test_mcp.py starts the command."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest

from cleaner import Cleaner, builtin_rules
from tests.adapters.engines import KNOWN_FIELDS, documents, engine, expected
from tests.articles import article

engine("mcp", "frameworks")

TEXT = "By Jane Doe\n\nThe council met on Tuesday to vote on the old bridge.\n\nFollow us on:"


def asked(ask: Callable[[Any], Any], cleaner: Cleaner | None = None) -> Any:
    """What a client of a server gets; ``ask`` is a coroutine function of it."""
    from mcp import Client

    from cleaner.adapters.mcp import make_server

    async def run() -> Any:
        async with Client(make_server(cleaner or Cleaner(), builtin_rules(), "0")) as client:
            return await ask(client)

    return asyncio.run(run())


def called(name: str, arguments: dict[str, Any], cleaner: Cleaner | None = None) -> Any:
    return asked(lambda client: client.call_tool(name, arguments), cleaner)


def test_the_tools_are_described_and_harmless() -> None:
    tools = asked(lambda client: client.list_tools()).tools
    assert [tool.name for tool in tools] == ["clean", "explain", "rules"]
    for tool in tools:
        assert len(tool.description) > 100
        assert tool.annotations.read_only_hint
        assert not tool.annotations.open_world_hint
    assert tools[0].input_schema["required"] == ["text"]


def test_the_tool_gives_what_the_cleaner_gives(cleaner: Cleaner) -> None:
    rows = [row for row in documents() if row["text"] is not None]

    async def ask(client: Any) -> list[Any]:
        known = ("text", *KNOWN_FIELDS)
        return [
            await client.call_tool("clean", {name: row[name] for name in known if row[name] is not None})
            for row in rows
        ]

    answers = asked(ask)
    assert not any(answer.is_error for answer in answers)
    assert [answer.structured_content["text"] for answer in answers] == expected(rows)
    for answer, row in zip(answers, rows, strict=True):
        fields: dict[str, Any] = {name: row[name] for name in KNOWN_FIELDS}
        want = cleaner.clean(row["text"] or "", **fields).to_dict()
        found = answer.structured_content
        assert json.loads(answer.content[0].text) == found, "for clients that read text only"
        if row["text"]:
            assert {**found, "text": want["text"]} == want


def test_a_text_is_explained() -> None:
    found = called("explain", {"text": TEXT}).structured_content
    assert [(one["line"], one["fate"], one["rule"]) for one in found["lines"]] == [
        (1, "removed", "byline.by-name"),
        (5, "removed", "follow-us.networks"),
    ]
    assert found["metadata"] == {"author": "Jane Doe"}


def test_a_line_is_explained() -> None:
    found = called("explain", {"text": TEXT, "line": 5}).structured_content
    assert (found["fate"], found["rule"], found["zone"]) == ("removed", "follow-us.networks", "tail")
    kept = called("explain", {"text": TEXT, "line": 3}).structured_content
    assert (kept["fate"], kept["is_prose"]) == ("kept", True)


def test_rules_are_listed_and_shown() -> None:
    classes = called("rules", {}).structured_content["classes"]
    assert {"byline", "follow-us"} <= {one["class"] for one in classes}
    byline = called("rules", {"name": "byline"}, Cleaner(profile="facts")).structured_content
    assert byline["running"] == 0 < byline["count"] == len(byline["rules"])
    rule = called("rules", {"name": "follow-us.networks"}).structured_content
    assert rule["runs"]
    assert "Follow us on:" in rule["examples"]["removes"]["en"]


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        ("explain", {"text": TEXT, "line": 99}, "line 99 is blank or not there; the text has 5 lines"),
        ("rules", {"name": "bylin"}, "no rule and no class 'bylin'; did you mean 'byline'"),
        ("clean", {"body": TEXT}, "text\n  Field required"),
        ("clean", {"text": 5}, "Input should be a valid string"),
    ],
)
def test_wrong_calls_are_answered(name: str, arguments: dict[str, Any], message: str) -> None:
    answer = called(name, arguments)
    assert answer.is_error
    assert message in answer.content[0].text


def test_the_cleaner_is_the_one_that_was_given() -> None:
    cleaner = Cleaner(profile="facts")
    found = called("clean", {"text": article(4)}, cleaner).structured_content
    assert found["text"] == cleaner.clean(article(4)).text.removesuffix("\n")
    assert "(Reporting by" in found["text"]
