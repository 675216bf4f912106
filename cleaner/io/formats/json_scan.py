"""Where the rows of a JSON document stand: a stream is cut into pieces, in memory for one row at a time."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import IO, Any

from cleaner.io.formats.fields import FieldNames, lacks, settled, settled_note, value_of
from cleaner.io.formats.json_reader import CHUNK, SAMPLED, JsonReader
from cleaner.io.formats.jsonl import settled_texts
from cleaner.io.problems import RowsError

__all__ = ["JsonScan", "Piece", "Place", "holds_list"]

_DEEPEST = 16
_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Place(Enum):
    """Where a piece stands.

    FIRST and NEXT are elements of an array of rows: its first, and one behind another, with the comma before it. ALONE
    is an object that is a document. LONG begins an element that is too long, which goes on in pieces BETWEEN. BETWEEN
    is everything that stands around the rows.
    """

    FIRST = "first"
    NEXT = "next"
    ALONE = "alone"
    LONG = "long"
    BETWEEN = "between"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a document, as it stands in the file.

    Attributes:
        before: the bytes before the row, or bytes that belong to no row.
        row: the bytes of the row, or b"".
        place: where it stands.
        is_row: whether it counts as a row.
        dropped: whether the row is left out of the result.
    """

    before: bytes
    row: bytes = b""
    place: Place = Place.BETWEEN
    is_row: bool = False
    dropped: bool = False


class JsonScan(JsonReader):
    """Cuts a stream of JSON into pieces.

    Args:
        source: the stream.
        keys: the names of the fields.
        most: the longest row, in bytes.

    Attributes:
        texts: the fields that hold text; () until the first row is known.
        notes: what the user should know about the document.
    """

    def __init__(self, source: IO[bytes], keys: FieldNames, most: int) -> None:
        super().__init__(source, most)
        self._keys = keys
        self.texts: tuple[str, ...] = ()
        self.notes: list[str] = []

    def pieces(self) -> Iterator[Piece]:
        """The pieces of the stream. Joined, they are its bytes.

        Raises:
            RowsError: the stream ends within a value, or holds something else than rows.
        """
        self._fill()
        if self._data.startswith(_MARKS):
            raise RowsError("is in UTF-16; write it in UTF-8, as JSON has to be")
        if self._data.startswith(codecs.BOM_UTF8):
            self._at = len(codecs.BOM_UTF8)
        while (char := self._next()) is not None:
            if char == b"[":
                yield from self._array(self._sampled())
            elif char == b"{":
                yield from self._object()
            else:
                raise RowsError("is not JSON, or holds a single value; it must hold an array or an object")
        yield from self._rest()

    # Documents

    def _object(self) -> Iterator[Piece]:
        """An object that is a document: a row, or what holds a list of rows."""
        start = self._read
        is_whole = self._skip(self._most)
        path = self._path_to_rows(self._from(start)) if is_whole else None
        if is_whole and path is None:
            yield self._piece(Place.ALONE, start, True)
            return
        self._at = self._mark + start
        has_rows = False
        for piece in self._open_object(path):
            has_rows = has_rows or piece.is_row
            yield piece
        if not is_whole and not has_rows:
            raise RowsError(
                f"holds an object of more than {self._most:,} bytes and no list of rows with a field "
                f"{self._keys.text!r} in it; raise --max-document-bytes, or name the field with --text-key"
            )

    def _path_to_rows(self, raw: bytes) -> tuple[str, ...] | None:
        """The keys that lead from an object to its list of rows; None when the object is a row itself."""
        try:
            fields = json.loads(raw)
        except (ValueError, RecursionError):
            return None
        names = self.texts or self._keys.texts
        if self.texts and _has_one(fields, names):
            return None
        for choice in [names] if self.texts else [names, *((guess,) for guess in self._keys.guesses)]:
            if _has_one(fields, choice):
                self._settle(choice)
                return None
            paths = list(_paths(fields, choice))
            if paths:
                self._settle(choice)
                self._note_others(paths)
                return paths[0]
        if not self.texts:
            raise RowsError(lacks(self._keys, fields))
        return None

    def _note_others(self, paths: list[tuple[str, ...]]) -> None:
        if len(paths) > 1:
            read, *others = (".".join(path) for path in paths)
            names = ", ".join(map(repr, others))
            self.notes.append(f"only the rows in {read!r} are cleaned; {names} may hold texts as well")

    def _settle(self, texts: tuple[str, ...]) -> None:
        if not self.texts:
            self.texts = texts
            self.notes += settled_note(self._keys, texts)

    def _open_object(self, path: tuple[str, ...] | None, depth: int = 0) -> Iterator[Piece]:
        """The pieces of an object that holds rows; without a path they are looked for as the object comes."""
        self._at += 1
        while (char := self._must_go_on()) != b"}":
            if char == b",":
                self._at += 1
                continue
            key = self._key()
            inner = path[1:] if path and path[0] == key else None
            char = self._must_go_on()
            if char == b"[" and (inner == () or (path is None and self._begins_rows(key))):
                yield from self._array(())
            elif char == b"{" and depth < _DEEPEST and (inner or path is None):
                yield from self._open_object(inner, depth + 1)
            else:
                yield from self._pass(char)
        self._at += 1

    def _begins_rows(self, key: str) -> bool:
        """Whether a list is the first one whose objects have texts, in a document that is too long to be seen whole.

        Raises:
            RowsError: an earlier list was taken for the rows by a guess, and this one has the field that was meant.
        """
        sample = [raw for raw in self._sampled() if raw.startswith(b"{") and _is_json(raw)]
        if not sample:
            return False
        try:
            found = settled_texts(sample, self._keys)
        except RowsError:
            return False
        if not self.texts:
            self._settle(found)
            return bool(found)
        if found == self._keys.texts != self.texts:
            raise RowsError(f"has rows with {self.texts[0]!r}, and behind them rows with {found[0]!r}; give --text-key")
        if found == self.texts:
            self.notes.append(f"only the first list of rows is cleaned; {key!r} may hold texts as well")
        return False

    def _array(self, sample: tuple[bytes, ...]) -> Iterator[Piece]:
        """The pieces of an array of rows; of the first one in the file with the first rows."""
        if sample and not self.texts:
            if not any(raw.startswith(b"{") for raw in sample):
                raise RowsError("holds an array, but not one of objects; give each text as an object with its fields")
            self._settle(settled_texts(sample, self._keys))
        self._at += 1
        place = Place.FIRST
        while (char := self._must_go_on()) != b"]":
            if place is Place.NEXT:
                if char != b",":
                    raise RowsError(f"lacks a comma between two elements of an array, {self._where()}")
                self._at += 1
                char = self._must_go_on()
            yield from self._element(place, char)
            place = Place.NEXT
        self._at += 1

    def _element(self, place: Place, char: bytes) -> Iterator[Piece]:
        start = self._read
        if char == b"n":  # a null is no row; it can stand for rows that were left out
            self._scalar()
            yield self._piece(place, start, False)
            return
        if self._skip(self._most):
            yield self._piece(place, start, True)
            return
        yield self._piece(Place.LONG, start, True)
        while not self._skip(CHUNK, resumes=True):
            yield from self._rest()
        yield from self._rest()

    # Pieces

    def _piece(self, place: Place, start: int, is_row: bool) -> Piece:
        """What was read, as a piece whose row begins at ``start``."""
        piece = Piece(self._data[self._mark : self._mark + start], self._from(start), place, is_row)
        self._mark = self._at
        return piece

    def _rest(self) -> Iterator[Piece]:
        """What was read and given in no piece yet, as one that belongs to no row."""
        if self._at > self._mark:
            yield Piece(self._data[self._mark : self._at])
            self._mark = self._at

    def _pass(self, char: bytes) -> Iterator[Piece]:
        """A value that holds no rows passes, however long it is."""
        if char not in (b'"', b"{", b"["):
            self._scalar()
            return
        done = self._skip(CHUNK)
        while not done:
            yield from self._rest()
            done = self._skip(CHUNK, resumes=True)


def holds_list(raw: bytes, keys: FieldNames) -> bool:
    """Whether an object has no text, but a list of objects that have one.

    >>> holds_list(b'{"articles": [{"text": "The council met."}]}', FieldNames())
    True
    """
    try:
        fields = json.loads(raw)
    except (ValueError, RecursionError):
        return False
    choices = [keys.texts, *((guess,) for guess in keys.guesses)]
    is_row = any(_has_one(fields, names) for names in choices)
    return isinstance(fields, dict) and not is_row and any(next(_paths(fields, names), ()) for names in choices)


def _is_json(raw: bytes) -> bool:
    try:
        return isinstance(json.loads(raw), dict)
    except (ValueError, RecursionError):
        return False


def _has_one(fields: Any, names: tuple[str, ...]) -> bool:
    return isinstance(fields, dict) and bool(
        settled(FieldNames(names[0], more_texts=names[1:]), lambda name: isinstance(value_of(fields, name), str))
    )


def _paths(fields: dict[str, Any], names: tuple[str, ...], depth: int = 0) -> Iterator[tuple[str, ...]]:
    """The keys that lead to lists whose objects have a text."""
    for key, value in fields.items():
        if isinstance(value, list) and any(_has_one(item, names) for item in value[:SAMPLED]):
            yield (key,)
        elif isinstance(value, dict) and depth < _DEEPEST:
            yield from ((key, *rest) for rest in _paths(value, names, depth + 1))
