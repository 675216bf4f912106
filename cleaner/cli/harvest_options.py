"""The options that say what rows get besides their cleaned text, and which documents are left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Annotated

import click

from cleaner.batch.harvest import FLAGS, Harvest
from cleaner.batch.options import Options, Outputs
from cleaner.cli.options import OptionSpec
from cleaner.cli.parameters import DocumentOptions
from cleaner.model import METADATA_FIELDS
from cleaner.pipeline.signals import SIGNAL_NAMES

__all__ = ["HarvestOptions", "run_options"]

_ALL = "all"


def _columns(value: str) -> Iterator[tuple[str, str]]:
    """The names of metadata, each with the field that gets its value."""
    for part in filter(None, map(str.strip, value.split(","))):
        name, _, field = part.partition("=")
        yield name.strip(), field.strip() or f"clean_{name.strip()}"


def _check_columns(ctx: click.Context, param: click.Parameter, value: str) -> str:
    return _checked(value, "metadata", (*METADATA_FIELDS, FLAGS))


def _check_signals(ctx: click.Context, param: click.Parameter, value: str) -> str:
    return _checked(",".join(SIGNAL_NAMES) if value == _ALL else value, "signal", SIGNAL_NAMES)


def _checked(value: str, what: str, names: Sequence[str]) -> str:
    for name, _ in _columns(value):
        if name not in names:
            near = get_close_matches(name, names, 1)
            hint = f"did you mean {near[0]}?" if near else "give " + ", ".join(names)
            raise click.BadParameter(f"there is no {what} {name!r}; {hint}")
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class HarvestOptions:
    """What was found in a document, and where it goes."""

    keep_removed: Annotated[
        str, OptionSpec("--keep-removed", metavar="FIELD", help="Put what was removed from a row into this field.")
    ] = ""
    metadata_key: Annotated[
        str,
        OptionSpec(
            "--metadata-key",
            metavar="FIELD",
            help="Put metadata, flags, rules and version into this field of a row, as one object.",
        ),
    ] = ""
    metadata_columns: Annotated[
        str,
        OptionSpec(
            "--metadata-columns",
            metavar="NAME[=FIELD],...",
            callback=_check_columns,
            help="Put single values into fields of a row: date,flags fills clean_date and clean_flags.",
        ),
    ] = ""
    signals: Annotated[
        str,
        OptionSpec(
            "--signals",
            metavar="NAME[=FIELD],...|all",
            callback=_check_signals,
            help="Put signals for filters into fields of a row: residue,language fills clean_residue and "
            "clean_language.",
        ),
    ] = ""
    flags_key: Annotated[
        str, OptionSpec("--flags-key", metavar="FIELD", help="Put the flags of a row into this field.")
    ] = ""
    sidecar: Annotated[
        bool, OptionSpec("--sidecar", help="Write metadata and flags of a.txt into a.txt.json beside the result.")
    ] = False
    drop_flagged: Annotated[
        bool, OptionSpec("--drop-flagged", help="Leave out documents with a flag (guard, paywall, consent ...).")
    ] = False

    def places(self) -> Harvest:
        """Where metadata and flags go."""
        columns = tuple(_columns(self.metadata_columns))
        return Harvest(self.metadata_key, self.flags_key, columns, self.sidecar, tuple(_columns(self.signals)))


def run_options(documents: DocumentOptions, harvest: HarvestOptions, outputs: Outputs) -> Options:
    """The options of a run, on one machine or on many."""
    pages = documents.pages
    return Options(
        keys=documents.fields.keys(),
        outputs=outputs,
        keep_removed=harvest.keep_removed,
        harvest=harvest.places(),
        drop_flagged=harvest.drop_flagged,
        extractor=pages.extractor,
        page_seconds=pages.page_seconds,
        encoding=documents.encoding,
        delimiter=documents.delimiter,
        max_document_bytes=documents.max_document_bytes,
    )
