"""Projects of other people, with golden cases and rules, for tests of the pytest plugin."""

from __future__ import annotations

from pathlib import Path

BODY = (
    "The harbour office counted forty boats on Monday, four more than in the spring.\n"
    "\n"
    "Most of them came from the islands to sell mackerel, the harbour master said.\n"
)
INPUT = f"{BODY}\nFollow us on:\n"
RULE = """
[[rule]]
id = "own.sign-off"
description = "The sign-off of the Harbour News"
zone = "tail"
[rule.lines]
en = ["That was the Harbour News"]
[rule.examples.removes]
en = ["That was the Harbour News!"]
[rule.examples.keeps]
en = ["That was the Harbour News reporter of the year, said the judges."]
"""


def add_case(folder: Path, **files: str) -> Path:
    """A golden case; ``input_txt`` is the file input.txt."""
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_bytes(text.encode())
    return folder


def add_rules(path: Path, text: str = RULE) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path
