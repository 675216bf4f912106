"""The file of results: figures of cleaners on corpora, that others can add to.

The file is JSON. ``schema`` is the version of its form; ``results.schema.json`` beside this module is its JSON Schema.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from benchmarks.leaderboard.corpora import BenchmarkError, Kind

__all__ = [
    "SCHEMA_FILE",
    "Bodies",
    "Clean",
    "CorpusFacts",
    "Entry",
    "Machine",
    "Pieces",
    "Results",
    "Score",
    "merged",
    "read_results",
    "results_text",
    "schema_text",
]

SCHEMA_FILE = Path(__file__).resolve().with_name("results.schema.json")

_Count = Annotated[int, Meta(ge=0)]
_Amount = Annotated[float, Meta(ge=0)]
_Share = Annotated[float, Meta(ge=0, le=1)]
_Name = Annotated[str, Meta(min_length=1, max_length=60)]


class _Form(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of the parts of the file: a closed set of keys."""


class Bodies(_Form, frozen=True, kw_only=True, tag_field="kind", tag="bodies"):
    """On pages with marked bodies. F1 is by shingles of four tokens, best without scrap lines; words are tokens."""

    documents: _Count
    failed: _Count
    f1_before: _Share
    f1_best: _Share
    f1_after: _Share
    exact_before: _Count
    exact_after: _Count
    scrap_words: _Count
    scrap_words_gone: _Count
    body_words: _Count
    body_words_lost: _Amount


class Pieces(_Form, frozen=True, kw_only=True, tag_field="kind", tag="pieces"):
    """On pages with pieces that must stay (body) and pieces that must go (scrap)."""

    documents: _Count
    failed: _Count
    body: _Count
    body_lost: _Count
    scrap: _Count
    scrap_gone: _Count


class Clean(_Form, frozen=True, kw_only=True, tag_field="kind", tag="clean"):
    """On clean texts, from which nothing may go. Touched are the texts that lost a word."""

    documents: _Count
    failed: _Count
    words: _Count
    words_lost: _Amount
    touched: _Count


Score = Bodies | Pieces | Clean


class CorpusFacts(_Form, frozen=True, kw_only=True):
    """A corpus that was measured: documents of the rows of its file, and a hash of the texts and of what is known."""

    kind: Kind
    documents: _Count
    rows: _Count
    digest: str


class Entry(_Form, frozen=True, kw_only=True):
    """A cleaner, and what came of it.

    Attributes:
        name: its name.
        how: "baseline", "function", "command" or "folder-command".
        call: what is called, so that others can repeat it.
        version: of the cleaner, as whoever ran it says.
        note: what a reader must know.
        trained_on: the corpora, or "harm/*", that its author used to make it; their figures flatter it.
        speed: characters a second, as a share of what ftfy did on the same texts in the same run.
        scores: by corpus.
    """

    name: _Name
    how: Literal["baseline", "function", "command", "folder-command"]
    call: str
    version: str = ""
    note: str = ""
    trained_on: list[str] = []
    speed: _Amount
    scores: dict[str, Score]


class Machine(_Form, frozen=True, kw_only=True):
    """Where and when a run was."""

    date: str
    python: str
    system: str
    processors: _Count
    ftfy: str
    ftfy_characters_per_second: _Amount


class Results(_Form, frozen=True, kw_only=True):
    """A file of results."""

    schema: Literal[1] = 1
    corpora: dict[str, CorpusFacts]
    machines: list[Machine]
    cleaners: list[Entry]


def schema_text() -> str:
    """The JSON Schema of the file."""
    schema = msgspec.json.schema(Results)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Results of benchmarks.leaderboard"}
    return json.dumps({**head, **schema}, indent=2) + "\n"


def results_text(results: Results) -> str:
    """The file of some results: the same results give the same text."""
    return msgspec.json.format(msgspec.json.encode(results, order="sorted"), indent=1).decode() + "\n"


def read_results(path: Path) -> Results:
    """The results in a file.

    Raises:
        BenchmarkError: it cannot be read, or is no file of results of this version.
    """
    try:
        found = msgspec.json.decode(path.read_bytes(), type=Results)
    except OSError as error:
        raise BenchmarkError(f"{path}: cannot be read: {error.strerror}") from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BenchmarkError(f"{path}: is no file of results of schema 1: {error}") from None
    for entry in found.cleaners:
        for name, score in entry.scores.items():
            known = found.corpora.get(name)
            if known is None or known.kind != _kind_of(score):
                raise BenchmarkError(
                    f"{path}: {entry.name} has a score for {name!r}, which is no corpus of that kind there"
                )
    return found


def _kind_of(score: Score) -> Kind:
    return "bodies" if isinstance(score, Bodies) else "pieces" if isinstance(score, Pieces) else "clean"


def merged(files: Sequence[tuple[str, Results]]) -> Results:
    """The results of several files as one.

    Args:
        files: each with its name, for messages.

    Raises:
        BenchmarkError: two files were measured on other texts, or give one name to two cleaners.
    """
    corpora: dict[str, tuple[str, CorpusFacts]] = {}
    entries: dict[str, tuple[str, Entry]] = {}
    machines: dict[Machine, None] = {}
    for file, results in files:
        for name, facts in results.corpora.items():
            first, known = corpora.setdefault(name, (file, facts))
            if known != facts:
                advice = "measure both on the same rows: the same files and the same --sample"
                raise BenchmarkError(f"{first} and {file}: {name} is not the same texts in both; {advice}")
        for entry in results.cleaners:
            first, before = entries.setdefault(entry.name, (file, entry))
            if _without_speed(before) != _without_speed(entry):
                raise BenchmarkError(f"{first} and {file}: two cleaners are called {entry.name!r}; rename one of them")
        machines.update(dict.fromkeys(results.machines))
    return Results(
        corpora={name: facts for name, (_, facts) in sorted(corpora.items())},
        machines=list(machines),
        cleaners=[entry for _, entry in entries.values()],
    )


def _without_speed(entry: Entry) -> Entry:
    """The same cleaner measured twice differs in its speed only; the first measurement counts."""
    return msgspec.structs.replace(entry, speed=0.0)
