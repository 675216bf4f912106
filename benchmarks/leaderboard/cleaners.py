"""Cleaners as a benchmark calls them: a function, a command for each text, or a command for a folder of texts.

A cleaner gets the text, and if it wants them title, address and language of the page. It never gets the truth.
"""

from __future__ import annotations

import inspect
import json
import os
import shlex
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Literal, NamedTuple, Protocol

from benchmarks.leaderboard.corpora import BenchmarkError, Document

__all__ = ["Cleaned", "Cleaner", "CommandCleaner", "FolderCleaner", "FunctionCleaner", "load_function"]

How = Literal["baseline", "function", "command", "folder-command"]
_KNOWN = ("title", "url", "language")
_SHOWN = 400
SECONDS = 60.0
"""How long a command may take for one text."""


class Cleaned(NamedTuple):
    """What a cleaner made of some documents.

    Attributes:
        texts: of each document the text; None where the cleaner failed.
        seconds: how long it took.
        problem: what went wrong first, "" when nothing did.
    """

    texts: list[str | None]
    seconds: float
    problem: str = ""


class Cleaner(Protocol):
    """What can be measured."""

    @property
    def how(self) -> How:
        """In which way it is called."""
        ...

    @property
    def call(self) -> str:
        """What is called."""
        ...

    def clean(self, documents: Sequence[Document]) -> Cleaned:
        """Clean some documents."""
        ...


@dataclass(frozen=True)
class FunctionCleaner:
    """A function that takes a text and gives a text. It gets title, url and language if it has such parameters.

    >>> upper = FunctionCleaner(lambda text, title: f"{title}: {text.upper()}", "upper")
    >>> upper.clean([Document("1", "the council met", "News")]).texts
    ['News: THE COUNCIL MET']
    """

    function: Callable[..., object]
    call: str
    how: How = "function"

    def clean(self, documents: Sequence[Document]) -> Cleaned:
        wanted = [name for name in _KNOWN if name in _parameters(self.function)]
        texts: list[str | None] = []
        problem, seconds = "", 0.0
        for one in documents:
            known = {name: getattr(one, name) for name in wanted}
            start = time.perf_counter()
            wrong = ""
            try:
                found = self.function(one.text, **known)
            except Exception as error:  # whatever goes wrong in somebody else's code
                found, wrong = None, f"{type(error).__name__}: {error}"
            seconds += time.perf_counter() - start
            text = found if isinstance(found, str) else None
            if text is None:
                problem = problem or f"{one.id}: {wrong or f'gave {type(found).__name__}, and no text'}"
            texts.append(text)
        return Cleaned(texts, seconds, problem)


def _parameters(function: Callable[..., object]) -> set[str]:
    try:
        return set(inspect.signature(function).parameters)
    except (TypeError, ValueError):  # some that are written in C
        return set()


def load_function(call: str) -> FunctionCleaner:
    """The function that "module:function" names.

    Raises:
        BenchmarkError: there is none.

    >>> load_function("textwrap:dedent").clean([Document("1", "  a")]).texts
    ['a']
    """
    module, _, path = call.partition(":")
    if not module or not path:
        raise BenchmarkError(f"{call}: write the function as module:function")
    try:
        found: object = import_module(module)
        for name in path.split("."):
            found = getattr(found, name)
    except (Exception, SystemExit) as error:  # whatever goes wrong in somebody else's code
        raise BenchmarkError(f"{call}: cannot be imported: {type(error).__name__}: {error}") from None
    if not callable(found):
        raise BenchmarkError(f"{call}: is no function")
    return FunctionCleaner(found, call)


@dataclass(frozen=True)
class CommandCleaner:
    """A command that reads a text from standard input and prints the cleaned text, both in UTF-8. It runs once a text.

    The variables PAGE_TITLE, PAGE_URL and PAGE_LANGUAGE tell what is known about the page.
    """

    call: str
    seconds: float = SECONDS
    how: How = "command"

    def clean(self, documents: Sequence[Document]) -> Cleaned:
        words = _words(self.call)
        texts: list[str | None] = []
        problem, seconds = "", 0.0
        for one in documents:
            environment = {**os.environ, **{f"PAGE_{name.upper()}": getattr(one, name) for name in _KNOWN}}
            start = time.perf_counter()
            text, wrong = _output(words, one.text, environment, self.seconds)
            seconds += time.perf_counter() - start
            problem = problem or (f"{one.id}: {wrong}" if wrong else "")
            texts.append(text)
        return Cleaned(texts, seconds, problem)


def _output(words: list[str], text: str, environment: dict[str, str], seconds: float) -> tuple[str | None, str]:
    """What a command prints, or None and what went wrong."""
    with _child(words, seconds) as outcome:
        done = subprocess.run(
            words, input=text.encode("utf-8", "replace"), capture_output=True, env=environment, timeout=seconds
        )
        if done.returncode:
            return None, f"exit code {done.returncode}: {_last(done.stderr)}"
        return done.stdout.decode("utf-8"), ""
    return None, outcome[0]


@contextmanager
def _child(words: list[str], seconds: float) -> Iterator[list[str]]:
    """Turns what can go wrong with a child process into words, which the caller finds in the list."""
    outcome: list[str] = []
    try:
        yield outcome
    except subprocess.TimeoutExpired:
        outcome.append(f"took more than {seconds:g} seconds")
    except UnicodeDecodeError:
        outcome.append("printed what is not UTF-8")
    except OSError as error:
        raise BenchmarkError(f"{words[0]}: cannot be run: {error.strerror}; check the command") from None


def _words(call: str) -> list[str]:
    try:
        words = shlex.split(call)
    except ValueError as error:
        raise BenchmarkError(f"{call}: is no command: {error}") from None
    if not words:
        raise BenchmarkError("an empty command; write it as NAME=COMMAND")
    return words


def _last(output: bytes) -> str:
    """The end of what a command said, where errors stand."""
    return " ".join(output.decode("utf-8", "replace").split())[-_SHOWN:] or "it said nothing"


@dataclass(frozen=True)
class FolderCleaner:
    """A command that cleans the files of a folder, ``{input}``, into another one, ``{output}``, by the same names.

    ``{pages}`` is a file of JSON Lines with name, title, url and language of each.
    """

    call: str
    seconds: float = SECONDS
    how: How = "folder-command"

    def clean(self, documents: Sequence[Document]) -> Cleaned:
        words = _words(self.call)
        if not any("{input}" in word for word in words) or not any("{output}" in word for word in words):
            raise BenchmarkError(f"{self.call}: names no {{input}} or no {{output}}")
        with tempfile.TemporaryDirectory() as place:
            folders = {name: Path(place, name) for name in ("input", "output")}
            for folder in folders.values():
                folder.mkdir()
            pages = Path(place, "pages.jsonl")
            names = _write(documents, folders["input"], pages)
            filled = [_filled(word, {**folders, "pages": pages}) for word in words]
            start = time.perf_counter()
            problem = _run(filled, self.seconds * max(1, len(documents)))
            seconds = time.perf_counter() - start
            found = [_read(folders["output"] / name) for name in names]
        missing = next((one.id for one, text in zip(documents, found, strict=True) if text is None), None)
        if missing is not None and not problem:
            problem = f"{missing}: it wrote no file in UTF-8 for it"
        return Cleaned(found, seconds, problem)


def _filled(word: str, values: dict[str, Path]) -> str:
    for name, path in values.items():
        word = word.replace(f"{{{name}}}", str(path))
    return word


def _write(documents: Sequence[Document], folder: Path, pages: Path) -> list[str]:
    names = [f"{number:06}.txt" for number in range(len(documents))]
    with pages.open("w", encoding="utf-8") as rows:
        for name, one in zip(names, documents, strict=True):
            (folder / name).write_bytes(one.text.encode("utf-8", "replace"))
            rows.write(json.dumps({"name": name, **{key: getattr(one, key) for key in _KNOWN}}) + "\n")
    return names


def _run(words: list[str], seconds: float) -> str:
    """What went wrong, or ""."""
    with _child(words, seconds) as outcome:
        done = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds)
        return f"exit code {done.returncode}: {_last(done.stderr)}" if done.returncode else ""
    return outcome[0]


def _read(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None
