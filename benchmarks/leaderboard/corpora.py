"""Ground truths, from folders: rows of text, each with what is known to be its body.

A folder holds files ``NAME.jsonl`` or ``NAME.jsonl.gz``, one row a line with ``id``, ``text`` and, if known,
``title``, ``url`` and ``lang``. What a row has besides decides what is measured:

==================== =====================================================================================
``gold``             the body of the article: what a person marked as its text
``with``/``without`` pieces that must stay, and pieces that must go
neither              in a file ``harm.jsonl`` or in a folder ``harm/``: the text is clean, and nothing may go
==================== =====================================================================================

Files with none of these are passed over. ``NAME`` is ``TRUTH.EXTRACTOR``: the text that an extractor took out of the
pages of one ground truth.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

__all__ = ["BenchmarkError", "Corpus", "Document", "Kind", "read_corpora"]

Kind = Literal["bodies", "pieces", "clean"]
_SUFFIXES = (".jsonl", ".jsonl.gz")


class BenchmarkError(Exception):
    """Something that was given cannot be used; the message says where and what to do."""


@dataclass(frozen=True, slots=True)
class Document:
    """A text and what is known about it.

    Attributes:
        id, title, url, language: of the page; "" for what is not known.
        text: as it is given to cleaners.
        body: the marked body, for ``gold``.
        kept, gone: the pieces that must stay and go.
    """

    id: str
    text: str
    title: str = ""
    url: str = ""
    language: str = ""
    body: str = ""
    kept: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Corpus:
    """The texts of one file.

    Attributes:
        name: "TRUTH.EXTRACTOR", or "harm/GENRE".
        kind: what is known about its texts.
        documents: those that are measured.
        rows: how many the file has.
    """

    name: str
    kind: Kind
    documents: tuple[Document, ...]
    rows: int

    @property
    def digest(self) -> str:
        """A hash of the texts and of what is known about them: two runs with the same one can be compared."""
        found = hashlib.blake2b(digest_size=8)
        for one in self.documents:
            parts = (one.id, one.text, one.title, one.url, one.body, list(one.kept), list(one.gone))
            found.update(json.dumps(parts).encode())
        return found.hexdigest()


def read_corpora(folders: Sequence[Path], sample: int = 0) -> list[Corpus]:
    """The corpora in some folders, by name.

    Args:
        folders: the folders.
        sample: how many rows of each file; the same ones each time, chosen by a hash of their ids. 0 takes all.

    Raises:
        BenchmarkError: a folder holds none, a name is there twice, or a row is wrong.
    """
    found: dict[str, Corpus] = {}
    for folder in folders:
        for path in _files(folder):
            name = path.relative_to(folder).as_posix().partition(".jsonl")[0]
            if name in found:
                raise BenchmarkError(f"{path}: another file is called {name}, too; rename one of them")
            corpus = _corpus(name, path, sample)
            if corpus is not None:
                found[name] = corpus
    if not found:
        places = ", ".join(map(str, folders))
        raise BenchmarkError(f"{places}: holds no ground truth: files *.jsonl or *.jsonl.gz whose rows have gold")
    return [found[name] for name in sorted(found)]


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise BenchmarkError(f"{folder}: is no folder; name one with files *.jsonl or *.jsonl.gz")
    paths = [*folder.glob("*"), *folder.glob("harm/*")]
    return sorted(path for path in paths if path.is_file() and path.name.endswith(_SUFFIXES))


def _corpus(name: str, path: Path, sample: int) -> Corpus | None:
    rows = list(_rows(path))
    kinds = {_kind(row) for _, row in rows}
    if len(kinds) > 1:
        raise BenchmarkError(
            f"{path}: some rows have gold or with, and others have not; put them into files of their own"
        )
    kind = kinds.pop() if kinds else "clean"
    is_clean = name == "harm" or name.startswith(("harm.", "harm/"))
    if not rows or (kind == "clean" and not is_clean):
        return None
    documents = [_document(row, kind, f"{path}:{number}") for number, row in rows]
    if len({one.id for one in documents}) < len(documents):
        raise BenchmarkError(f"{path}: two rows have the same id")
    chosen = sorted(documents, key=lambda one: hashlib.blake2b(one.id.encode(), digest_size=8).digest())
    return Corpus(name, kind, tuple(chosen[:sample] if sample else documents), len(documents))


def _rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    number = 0
    try:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    row = json.loads(line)
                    if not isinstance(row, dict):
                        raise BenchmarkError(f"{path}:{number}: is no object; write a row a line")
                    yield number, row
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BenchmarkError(f"{path}:{number or 1}: is no JSON in UTF-8: {error}") from None
    except (OSError, EOFError, zlib.error) as error:
        raise BenchmarkError(f"{path}: cannot be read: {error}") from None


def _kind(row: dict[str, Any]) -> Kind:
    return "bodies" if "gold" in row else "pieces" if "with" in row else "clean"


def _document(row: dict[str, Any], kind: Kind, place: str) -> Document:
    if not isinstance(row.get("id"), str | int):
        raise BenchmarkError(f"{place}: has no id; give each row an id of its own")
    for key in ("text", "gold") if kind == "bodies" else ("text",):
        if not isinstance(row.get(key), str):
            raise BenchmarkError(f"{place}: {key} is no text")
    pieces = {key: row.get(key, []) if kind == "pieces" else [] for key in ("with", "without")}
    for key, value in pieces.items():
        if not isinstance(value, list) or not all(isinstance(piece, str) for piece in value):
            raise BenchmarkError(f"{place}: {key} is no list of texts")
    known = {key: value if isinstance(value := row.get(key), str) else "" for key in ("title", "url", "lang")}
    return Document(
        id=str(row["id"]),
        text=row["text"],
        title=known["title"],
        url=known["url"],
        language=known["lang"],
        body=row["gold"] if kind == "bodies" else "",
        kept=tuple(pieces["with"]),
        gone=tuple(pieces["without"]),
    )
