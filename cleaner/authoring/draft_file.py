"""``rules new``: whether a scrap needs a rule, and the file that a draft is added to."""

from __future__ import annotations

from pathlib import Path

from cleaner.config.json_schema import schema_text
from cleaner.io.atomic import atomic_write
from cleaner.rules import RuleSet
from cleaner.rules.loader import parse_rules

__all__ = ["SCHEMA_NAME", "add_draft"]

SCHEMA_NAME = "rules.schema.json"
"""The file beside a rule file that tells an editor which keys and values there are."""

_ARTICLE = (
    "The town council met on Tuesday evening and voted to repair the old stone bridge across the river.\n\n"
    "Work is to begin in the spring, the mayor said, and traffic will be led around the town for three months.\n"
)


def add_draft(path: Path, draft: str, rules: RuleSet) -> None:
    """Add a drafted rule to a rule file; the file, its folder and the schema beside it are made when they are missing.

    Args:
        path: the rule file.
        draft: the rule as TOML.
        rules: for their terms, which the patterns of the file may name.

    Raises:
        RuleError: the file would not load with the draft; nothing is written then.
    """
    before = path.read_text(encoding="utf-8") if path.exists() else f"#:schema ./{SCHEMA_NAME}\nschema = 1\n"
    after = f"{before.rstrip()}\n\n{draft}"
    parse_rules(after, path, terms=rules.terms)
    path.parent.mkdir(parents=True, exist_ok=True)
    _write(path, after)
    schema = path.parent / SCHEMA_NAME
    if not schema.exists():
        _write(schema, schema_text("rules"))


def _write(path: Path, text: str) -> None:
    with atomic_write(path, 0o644) as stream:
        stream.write(text.encode())
