"""Golden cases: folders with an input, what must come out, and the edits that lead there."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from cleaner import Cleaner, CleanResult
from cleaner.formats.html import extract
from cleaner.model import Document

FOLDER = Path(__file__).resolve().parent.parent / "golden"
KEYS = {"label", "language", "origin", "profile", "expect", "title", "url"}
REQUIRED = {"label", "language", "origin", "profile", "expect"}


@dataclass(frozen=True)
class GoldenCase:
    folder: Path

    @property
    def name(self) -> str:
        return self.folder.name

    @cached_property
    def settings(self) -> dict[str, str]:
        settings: dict[str, str] = tomllib.loads((self.folder / "case.toml").read_text(encoding="utf-8"))
        unknown, missing = set(settings) - KEYS, REQUIRED - set(settings)
        if unknown or missing:
            raise ValueError(f"{self.folder / 'case.toml'}: unknown keys {sorted(unknown)}, missing {sorted(missing)}")
        return settings

    @property
    def profile(self) -> str:
        return self.settings["profile"]

    @property
    def document(self) -> Document:
        return Document(self.settings.get("title", ""), self.settings.get("url", ""))

    @property
    def input(self) -> Path:
        found = [path for path in (self.folder / "input.txt", self.folder / "input.html") if path.exists()]
        if len(found) != 1:
            raise ValueError(f"{self.folder}: needs one of input.txt and input.html")
        return found[0]

    @property
    def expected(self) -> str:
        return (self.folder / "expected.txt").read_bytes().decode("utf-8")

    @property
    def is_negative(self) -> bool:
        """Whether nothing may change."""
        return self.input.read_bytes() == self.expected.encode()

    def clean(self, cleaner: Cleaner) -> CleanResult:
        data = self.input.read_bytes()
        if self.input.suffix == ".html":
            text, known, encoding = extract(data)
            return cleaner.clean_document(text, known, encoding)
        return cleaner.clean(data, self.document.title, self.document.url)


def edit_lines(result: CleanResult) -> str:
    """The edits of a result as JSON Lines, with the text that goes, for a person to read."""
    rows = (
        {
            "rule": edit.rule,
            "start": edit.start,
            "end": edit.end,
            "text": result.repaired[edit.start : edit.end],
            **({"replacement": edit.replacement} if edit.replacement else {}),
        }
        for edit in result.edits
    )
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


CASES = [GoldenCase(path) for path in sorted(FOLDER.iterdir()) if path.is_dir()]
