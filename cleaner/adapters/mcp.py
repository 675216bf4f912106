"""MCP: a server whose tools clean a text, explain it, and look at the rules. It reads no files."""

from __future__ import annotations

from typing import Any

from cleaner.adapters.base import clean_row, engine
from cleaner.authoring.answers import line_answer, lines_answer, rules_answer
from cleaner.authoring.explain import explain_line
from cleaner.errors import CleanerError
from cleaner.model import DocumentInfo
from cleaner.pipeline import Cleaner
from cleaner.rules.ruleset import RuleSet

with engine("mcp"):
    from mcp.server import MCPServer
    from mcp.server.mcpserver.exceptions import ToolError
    from mcp_types import ToolAnnotations

__all__ = ["CleanTools", "make_server"]

_HARMLESS = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)


class CleanTools:
    """The tools. Their docstrings are what a model is told about them.

    Args:
        cleaner: what cleans.
        rules: all rules there are, also those that do not run.
    """

    def __init__(self, cleaner: Cleaner, rules: RuleSet) -> None:
        self.cleaner, self.rule_set = cleaner, rules

    def clean(
        self, text: str, title: str = "", url: str = "", author: str = "", date: str = "", site: str = ""
    ) -> dict[str, Any]:
        """Remove the scraps from the text of an article ("Follow us on:", "3 MIN READ", photo credits) and repair its
        encoding. Returns the clean text, each removed piece with its rule, metadata that removed lines held, and flags.
        Give the title, url, author, date and site when you know them: lines that only repeat them go as well.
        """
        cleaned = clean_row(text, DocumentInfo(title, url, author, date, site), self.cleaner)
        if cleaned.flags and not cleaned.result:
            raise ToolError(f"this text cannot be cleaned: {cleaned.flags[0]}")
        return {**(cleaned.result or self.cleaner.clean("")).to_dict(), "text": cleaned.text}

    def explain(self, text: str, line: int = 0, title: str = "", url: str = "") -> dict[str, Any]:
        """Say which lines of a text rules removed, changed or spared, and why. With the number of a line, counted from
        1, say all that is known about that line, also which rules nearly fit it.
        """
        document = DocumentInfo(title, url)
        try:
            if line:
                return line_answer(explain_line(self.cleaner, text, document, line, self.rule_set))
        except CleanerError as error:
            raise ToolError(str(error)) from None
        result, verdicts = self.cleaner.explain(text, document)
        return {"lines": lines_answer(result, verdicts), "metadata": result.metadata, "flags": list(result.flags)}

    def rules(self, name: str = "") -> dict[str, Any]:
        """List the classes of rules. With the name of a class, list its rules. With the id of a rule, show the rule and
        its examples.
        """
        try:
            return rules_answer(name, self.rule_set, self.cleaner.rules)
        except CleanerError as error:
            raise ToolError(str(error)) from None


def make_server(cleaner: Cleaner, rules: RuleSet, version: str) -> MCPServer:
    """A server with the tools clean, explain and rules; its method ``run`` serves standard input and output."""
    tools = CleanTools(cleaner, rules)
    server = MCPServer("cleaner", version=version, log_level="WARNING")
    for tool in (tools.clean, tools.explain, tools.rules):
        server.add_tool(tool, annotations=_HARMLESS)
    return server
