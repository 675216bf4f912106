"""``clean why``: what happened to the lines of a document, and why."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from cleaner.cli.console import DONE, console
from cleaner.cli.parameters import HELP, config_of, field_options, keys_of, rule_options
from cleaner.decoding import decode
from cleaner.errors import CleanerError
from cleaner.formats.files import Problem, kind_of, shown
from cleaner.formats.html import extract
from cleaner.formats.paths import as_path
from cleaner.formats.registry import ROW_KINDS
from cleaner.model import Document
from cleaner.pipeline import Cleaner
from cleaner.planning import Job
from cleaner.runner import documents
from cleaner.work import Options, Work

__all__ = ["command"]

_NUMBERED = re.compile(r"(.+):(\d+)")


@click.command("why", context_settings=HELP)
@click.argument("place", metavar="FILE[:LINE]")
@click.option("--title", default="", help="The title, when it is known.")
@click.option("--url", default="", help="The address of the page.")
@field_options
@rule_options
def command(place: str, title: str, url: str, **given: Any) -> int:
    """Show every line of FILE with the rule that removed it or spared it; with LINE, all that is known about one.

    LINE is its number in the file. Of a file of rows, name the row and then the line: rows.jsonl:12 or rows.jsonl:12:3.
    """
    from cleaner.explanation import explain_line
    from cleaner.report import explanation_table, line_page, metadata_text

    path, numbers = _place(place)
    config = config_of(given)
    cleaner = config.cleaner()
    text, known, line = _read(path, numbers, cleaner, given, url)
    document = replace(known, title=title or known.title, url=url or known.url)
    screen = console(stderr=False)
    if line:
        screen.print(line_page(explain_line(cleaner, text, document, line, config.rules())), end="")
        return DONE
    result, verdicts = cleaner.explain(text, document)
    screen.print(explanation_table(result, verdicts))
    screen.print(metadata_text(result), end="", markup=False)
    return DONE


def _place(given: str) -> tuple[Path, list[int]]:
    """The file, and the numbers behind it; what is the name of a file is no number."""
    name, numbers = given, list[int]()
    for _ in range(3):
        found = _NUMBERED.fullmatch(name)
        if name == "-" or found is None or as_path(name).exists():
            break
        name, numbers = found[1], [int(found[2]), *numbers]
    return as_path(name), numbers[:2]


def _read(
    path: Path, numbers: list[int], cleaner: Cleaner, given: dict[str, Any], url: str
) -> tuple[str, Document, int]:
    """Text, what is known about it, and the number of the line that is asked for, or 0."""
    kind = kind_of(path)
    if kind in ROW_KINDS:
        if not numbers:
            raise CleanerError(f"{shown(path)}: holds many documents; name a row, as {shown(path)}:12")
        text, known = _row(path, kind, numbers[0], cleaner, given)
        return text, known, numbers[1] if len(numbers) > 1 else 0
    try:
        data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        if kind == "html":
            text, known, _ = extract(data, url)
        else:
            text, known = decode(data).text, Document()
    except OSError as error:
        raise CleanerError(f"{shown(path)}: {error.strerror}; name a text file or a page") from None
    except CleanerError as error:
        raise CleanerError(f"{shown(path)}: {error}") from None
    if numbers[1:] or numbers[:1] == [0]:
        raise CleanerError(f"{shown(path)}: is one document; name a line of it from 1 on, as {shown(path)}:12")
    return text, known, numbers[0] if numbers else 0


def _row(path: Path, kind: Any, number: int, cleaner: Cleaner, given: dict[str, Any]) -> tuple[str, Document]:
    work = Work(cleaner, Options(keys=keys_of(given)))
    if not path.is_file():
        raise CleanerError(f"{shown(path)}: no such file")
    for found in documents(work, [Job(path, kind, None, path.name)]):
        if isinstance(found, Problem):
            if found.path in (shown(path), f"{shown(path)}:{number}"):
                raise CleanerError(str(found))
        elif found.row == number:
            return found.text, found.document
    raise CleanerError(f"{shown(path)}:{number}: there is no such row, or it has no text")
