"""``clean mcp``: a client starts the command and calls its tools over standard input and output."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from typing import Any, TextIO

import pytest

from cleaner import Cleaner
from cleaner.cli import main
from tests.adapters.engines import engine
from tests.articles import article
from tests.places import ROOT


def answers(*options: str, folder: Path, calls: list[tuple[str, dict[str, Any]]]) -> tuple[list[str], list[Any]]:
    """The names of the tools, and what the calls gave."""
    from mcp import Client, StdioServerParameters, stdio_client

    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    parameters = StdioServerParameters(
        command=sys.executable, args=["-m", "cleaner", "mcp", *options], env=environment, cwd=folder
    )

    async def run(errors: TextIO) -> tuple[list[str], list[Any]]:
        async with Client(stdio_client(parameters, errlog=errors)) as client:
            tools = [tool.name for tool in (await client.list_tools()).tools]
            return tools, [await client.call_tool(name, arguments) for name, arguments in calls]

    with (folder / "errors.txt").open("w", encoding="utf-8") as errors:
        found = asyncio.run(run(errors))
    assert (folder / "errors.txt").read_text("utf-8") == ""
    return found


@pytest.mark.slow
def test_a_client_starts_the_command_and_calls_its_tools(tmp_path: Path) -> None:
    engine("mcp", "frameworks")
    calls = [("clean", {"text": article(number)}) for number in range(5)]
    tools, found = answers(folder=tmp_path, calls=calls)
    assert tools == ["clean", "explain", "rules"]
    cleaner = Cleaner()
    for number, answer in enumerate(found):
        want = cleaner.clean(article(number)).to_dict()
        assert {**answer.structured_content, "text": want["text"]} == want
        assert answer.structured_content["text"].strip() == want["text"].strip()


@pytest.mark.slow
def test_options_and_the_configuration_of_the_folder_choose_the_rules(tmp_path: Path) -> None:
    engine("mcp", "frameworks")
    (tmp_path / "cleaner.toml").write_text('keep = ["follow-us"]\n', encoding="utf-8")
    calls: list[tuple[str, dict[str, Any]]] = [("clean", {"text": article(4)}), ("rules", {"name": "follow-us"})]
    _, (cleaned, listed) = answers("--profile", "facts", folder=tmp_path, calls=calls)
    assert "Follow us on:" in cleaned.structured_content["text"]
    assert "(Reporting by" in cleaned.structured_content["text"]
    assert listed.structured_content["running"] == 0 < listed.structured_content["count"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["articles/"], "Usage: clean mcp"),
        (["--profile", "fact"], "Invalid value for '--profile'"),
        (["--keep", "bylin"], "no class and no rule is named 'bylin'"),
    ],
)
def test_wrong_input_is_told(arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    engine("mcp", "frameworks")
    assert main(["mcp", *arguments]) == 2
    assert message in capsys.readouterr().err


def test_a_missing_package_is_told_with_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "mcp.server", None)
    monkeypatch.delitem(sys.modules, "cleaner.adapters.mcp", raising=False)
    assert main(["mcp"]) == 2
    assert "pip install '.[mcp]' in the folder of cleaner" in capsys.readouterr().err
