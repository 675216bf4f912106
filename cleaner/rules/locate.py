"""Where a key stands in a TOML file. ``tomllib`` tells positions only for syntax errors."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["locate"]

_HEADER = re.compile(r"^[ \t]*(\[\[?)\s*([A-Za-z0-9_.\-\"' ]+?)\s*\]\]?[ \t]*(?:#.*)?$")
_KEY = re.compile(
    r"""^([ \t]*)((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*'))*)\s*="""
)
_PART = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|([^\s."']+))\s*\.?""")
_STRING = re.compile(r'''"""|\'\'\'|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|\#[^\n]*|[\[\]{}]''')


def locate(source: str, path: tuple[str | int, ...]) -> tuple[int, int]:
    """1-based line and column of the key that ``path`` leads to, or of the nearest table above it.

    A path is what msgspec reports: keys and, for arrays, indices, as ``("rule", 1, "zone")``. An index into an
    array of values is answered with the place of its key.

    >>> locate('schema = 1\\n\\n[[rule]]\\nid = "a.b"\\n[[rule]]\\n  zone = "top"\\n', ("rule", 1, "zone"))
    (6, 3)
    """
    index = _index(source)
    return next((index[path[:depth]] for depth in range(len(path), 0, -1) if path[:depth] in index), (1, 1))


@lru_cache(maxsize=4)
def _index(source: str) -> dict[tuple[str | int, ...], tuple[int, int]]:
    """The first place of each path and of what leads to it; kept, since every rule of a file asks for its own."""
    index: dict[tuple[str | int, ...], tuple[int, int]] = {}
    for found, line, column in _keys(source):
        for depth in range(1, len(found) + 1):
            index.setdefault(found[:depth], (line, column))
    return index


def _keys(source: str) -> list[tuple[tuple[str | int, ...], int, int]]:
    keys: list[tuple[tuple[str | int, ...], int, int]] = []
    counts: dict[tuple[str | int, ...], int] = {}
    table: tuple[str | int, ...] = ()
    closing = ""  # the delimiter of the multi-line string we are in
    depth = 0  # of brackets: inside an array or inline table no line begins a key of ours
    for number, line in enumerate(source.split("\n"), 1):
        if not closing and not depth:
            header = _HEADER.match(line)
            if header:
                table = _resolve(_parts(header[2]), counts, header[1] == "[[")
                keys.append((table, number, line.index("[") + 1))
                continue
            key = _KEY.match(line)
            if key:
                keys.append(((*table, *_parts(key[2])), number, len(key[1]) + 1))
                inner = re.match(r"\s*\{(.*)", line[key.end() :])
                if inner:
                    keys += _inline((*table, *_parts(key[2])), inner[1], number, key.end() + inner.start(1))
        closing, depth = _state(line, closing, depth)
    return keys


def _inline(
    parent: tuple[str | int, ...], text: str, number: int, offset: int
) -> list[tuple[tuple[str | int, ...], int, int]]:
    return [
        ((*parent, match[1].strip("\"'")), number, offset + match.start(1) + 1)
        for match in re.finditer(r"""(?:^|,)\s*([A-Za-z0-9_-]+|"[^"]*"|'[^']*')\s*=""", text)
    ]


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(match[1] or match[2] or match[3] for match in _PART.finditer(dotted))


def _resolve(parts: tuple[str, ...], counts: dict[tuple[str | int, ...], int], is_array: bool) -> tuple[str | int, ...]:
    """The path of a table header, with the current index after every key that is an array of tables."""
    path: tuple[str | int, ...] = ()
    for i, part in enumerate(parts):
        path = (*path, part)
        if i == len(parts) - 1 and is_array:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _state(line: str, closing: str, depth: int) -> tuple[str, int]:
    at = 0
    while at < len(line):
        if closing:
            end = line.find(closing, at)
            if end < 0:
                return closing, depth
            at, closing = end + len(closing), ""
            continue
        token = _STRING.search(line, at)
        if token is None:
            break
        at = token.end()
        if token[0] in ('"""', "'''"):
            closing = token[0]
        elif token[0] in "[{":
            depth += 1
        elif token[0] in "]}":
            depth = max(0, depth - 1)
    return closing, depth
