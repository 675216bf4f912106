"""Golden cases: folders with an input, what must come out of it, and the edits that lead there.

========================== ============================================================================
``input.txt``/``.html``    the text or page as it was found, byte for byte; one of the two
``expected.txt``           what must come out, in UTF-8
``edits.jsonl``            optional: the edits, one a line, with the rule and the text that goes
``case.toml``              optional: what is known about the document, the profile, whether it should pass
========================== ============================================================================
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import cast

from cleaner.errors import CleanerError
from cleaner.io.article import Article, ReadOptions, read_article
from cleaner.model import DocumentInfo
from cleaner.pipeline import Cleaner, CleanResult
from cleaner.rules.model import PROFILE_CHOICES, ProfileChoice

__all__ = ["FILES", "KEYS", "GoldenCase", "builtin_golden_dir", "edit_lines", "golden_bodies", "golden_cases"]

_KNOWN = ("title", "url", "author", "date", "site")
KEYS = ("label", "language", "origin", "profile", "expect", *_KNOWN)
"""What may stand in ``case.toml``."""
_CHOICES = {"profile": PROFILE_CHOICES, "expect": ("pass", "known-failure")}
_INPUTS = ("input.txt", "input.html")
FILES = (*_INPUTS, "expected.txt", "edits.jsonl", "case.toml")
"""What may lie in the folder of a case."""
_IN_THIS_PROCESS = ReadOptions(page_seconds=None, page_lines=True)  # pages of golden cases are known to end


@dataclass(frozen=True)
class GoldenCase:
    """One case. Files are read when they are asked for.

    Every property may raise a CleanerError that names the file and says what to do.

    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> article = "The council met on Tuesday to vote on the old bridge."
    >>> written = (folder / "input.txt").write_text(article + "\\n\\nFollow us on:\\n")
    >>> written = (folder / "expected.txt").write_text(article + "\\n")
    >>> case = GoldenCase(folder)
    >>> case.clean(Cleaner(profile=case.profile)).text == case.expected
    True
    """

    folder: Path

    @property
    def name(self) -> str:
        return self.folder.name

    @cached_property
    def settings(self) -> Mapping[str, str]:
        """What ``case.toml`` says; empty when there is none."""
        path = self.folder / "case.toml"
        if not path.exists():
            return {}
        try:
            found = tomllib.loads(_read(path))
        except tomllib.TOMLDecodeError as error:
            raise CleanerError(f"{path}: is not TOML: {error}") from None
        for key, value in found.items():
            _check(path, key, value)
        return found

    @property
    def profile(self) -> ProfileChoice:
        return cast(ProfileChoice, self.settings.get("profile", "default"))  # checked when the settings were read

    @property
    def is_known_failure(self) -> bool:
        """Whether the case shows a limit: it must not come out as expected yet."""
        return self.settings.get("expect", "pass") == "known-failure"

    @property
    def input(self) -> Path:
        found = [path for name in _INPUTS if (path := self.folder / name).exists()]
        if not found:
            raise CleanerError(f"{self.folder}: has no input; put the text into input.txt, or the page into input.html")
        if len(found) > 1:
            raise CleanerError(f"{self.folder}: has two inputs; delete input.txt or input.html, or make two cases")
        return found[0]

    @cached_property
    def _article(self) -> Article:
        """The text of the input, what a page says about it, and its encoding."""
        return read_article(self.input, url=self.settings.get("url", ""), options=_IN_THIS_PROCESS)

    @property
    def document(self) -> DocumentInfo:
        """What is known besides the text: what the page says, and what ``case.toml`` says instead."""
        info = self._article.info
        title, url, author, date, site = (self.settings.get(key, getattr(info, key)) for key in _KNOWN)
        return DocumentInfo(title, url, author, date, site, page=info.page)

    @property
    def expected(self) -> str:
        path = self.folder / "expected.txt"
        if path.exists():
            return _read(path)
        if self.is_known_failure:
            raise CleanerError(f"{path}: is missing; write what should come out one day, since this is a known failure")
        raise CleanerError(f"{path}: is missing; write what must come out, or run pytest --update-golden and read it")

    @property
    def edits(self) -> str | None:
        """``edits.jsonl``; None when there is none."""
        path = self.folder / "edits.jsonl"
        return _read(path) if path.exists() else None

    @property
    def is_negative(self) -> bool:
        """Whether nothing may change."""
        return self.input.read_bytes() == self.expected.encode()

    def clean(self, cleaner: Cleaner) -> CleanResult:
        """The input, cleaned as the command would."""
        return cleaner.clean_document(self._article.text, self.document, self._article.encoding)

    def update(self, result: CleanResult) -> list[str]:
        """Write what came out, and give the names of the files that changed.

        Not for known failures: what comes out there is not what should.
        """
        texts = {"expected.txt": result.text, "edits.jsonl": edit_lines(result)}
        return [name for name, text in texts.items() if _write(self.folder / name, text.encode())]


def _check(path: Path, key: str, value: object) -> None:
    if key not in KEYS:
        raise CleanerError(f"{path}: unknown key {key!r}; {_suggestion(key, KEYS)}")
    if not isinstance(value, str):
        raise CleanerError(f"{path}: {key} is no text; put it in quotes")
    choices = _CHOICES.get(key)
    if choices and value not in choices:
        raise CleanerError(f"{path}: {key} cannot be {value!r}; {_suggestion(value, choices)}")


def _suggestion(word: str, choices: tuple[str, ...]) -> str:
    close = get_close_matches(word, choices, n=1)
    return f"did you mean {close[0]!r}?" if close else f"allowed are {', '.join(choices)}"


def _read(path: Path) -> str:
    """A file as it is, its line ends included."""
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise CleanerError(f"{path}: is not UTF-8 (byte {error.start}); save it as UTF-8") from None


def _write(path: Path, data: bytes) -> bool:
    """Whether the file had to be written."""
    if path.exists() and path.read_bytes() == data:
        return False
    path.write_bytes(data)
    return True


def edit_lines(result: CleanResult) -> str:
    """The edits of a result as JSON Lines, with the text that goes, for a person to read.

    >>> edit_lines(Cleaner().clean("The council met on Tuesday to vote on the bridge.\\n\\nFollow us on:\\n"))
    '{"rule": "follow-us.networks", "start": 50, "end": 65, "text": "\\\\nFollow us on:\\\\n"}\\n'
    """
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


def golden_cases(folder: Path) -> list[GoldenCase]:
    """The cases in a folder, by name: each of its folders, but for hidden ones, is a case. They are not read yet.

    Raises:
        CleanerError: there is no such folder, it holds no cases, or it is a case itself.

    >>> "article-en" in [case.name for case in golden_cases(builtin_golden_dir())]
    True
    """
    if not folder.is_dir():
        raise CleanerError(f"{folder}: no such folder; name the folder that holds the golden cases")
    if any((folder / name).exists() for name in FILES):
        raise CleanerError(f"{folder}: is a golden case itself; name the folder above it, which holds the cases")
    inside = sorted(path for path in folder.iterdir() if path.is_dir())
    cases = [GoldenCase(path) for path in inside if not path.name.startswith((".", "__"))]
    if not cases:
        raise CleanerError(f"{folder}: holds no golden cases; make a folder for each, with input.txt and expected.txt")
    return cases


def golden_bodies(folder: Path) -> Iterator[tuple[str, str]]:
    """Names and expected texts of the golden cases in a folder: texts that hold no scraps.

    Cases of the profile "facts" are left out, which keeps scraps in the text.
    """
    for case in golden_cases(folder):
        if case.profile != "facts":
            yield case.name, case.expected


def builtin_golden_dir() -> Path:
    """Folder of the project's own golden cases: inside an installed package, at the top of a checkout."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "golden_cases", package.parent / "golden"):
        if (folder / "article-en" / "case.toml").is_file():
            return folder
    raise CleanerError("the built-in golden cases are missing; reinstall article-cleaner")
