"""``clean mcp``: a server for assistants, which clean and explain texts with its tools."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import click

from cleaner.cli.console import DONE
from cleaner.cli.options import takes
from cleaner.cli.parameters import HELP, LONGEST_DOCUMENT, RuleOptions, cleaner_of
from cleaner.text.deadline import DOCUMENT_SECONDS

__all__ = ["McpOptions", "command"]


@dataclass(frozen=True, slots=True, kw_only=True)
class McpOptions:
    """All options of the command."""

    document_seconds: Annotated[float, LONGEST_DOCUMENT] = DOCUMENT_SECONDS
    rules: RuleOptions


@click.command("mcp", context_settings=HELP)
@takes(McpOptions)
def command(options: McpOptions) -> int:
    """Serve the tools clean, explain and rules to an assistant, over standard input and output, until the input ends.

    The protocol is MCP, the Model Context Protocol. The assistant starts this command itself; its configuration names
    it. The tools get texts and read no files. It needs the extra mcp.
    """
    from cleaner import __version__
    from cleaner.adapters.mcp import make_server

    config = options.rules.config()
    make_server(cleaner_of(config, options.document_seconds), config.rules(), __version__).run("stdio")
    return DONE
