"""A rule file and rows for tests of the commands that write and try rules."""

from __future__ import annotations

import json
from pathlib import Path

BODY = "The town council met on Tuesday evening and voted to repair the old bridge over the river.\n"
OWN = """schema = 1

[[rule]]
id = "own.bye"
description = "Sign-off"
zone = "tail"
lines.en = ["Bye from the Hill News"]
pattern.en = '''bye number \\d+'''
[rule.examples]
removes = ["Bye from the Hill News"]
keeps = ["Bye from the Hill News, he said."]
"""


def rows(folder: Path, *texts: str) -> str:
    path = folder / "rows.jsonl"
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), "utf-8")
    return str(path)
