"""The options of ``clean PATH...``. A new option is a field here, and a line where it is used."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated

import click

from cleaner.adapters.cluster import ENGINES
from cleaner.batch.harvest import FLAGS, Harvest
from cleaner.batch.options import Options, Outputs
from cleaner.cli.options import OptionSpec
from cleaner.cli.page_options import REPORT, SAMPLE, audit_for
from cleaner.cli.parameters import (
    AUDIT,
    JOBS,
    LONGEST_DOCUMENT,
    PATH,
    REJECTS,
    STATS,
    DocumentOptions,
    InputOptions,
    RuleOptions,
)
from cleaner.model import METADATA_FIELDS
from cleaner.pipeline.signals import SIGNAL_NAMES
from cleaner.report.sampling import DEFAULT_SAMPLE
from cleaner.text.deadline import DOCUMENT_SECONDS

__all__ = ["CleanOptions", "DestinationOptions", "RecordOptions", "RenamedOptions", "RunOptions"]


_ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class DestinationOptions:
    """The options that say where results go."""

    output: Annotated[
        Path | None,
        OptionSpec(
            "-o", "--output", type=PATH, help="Folder (or file) for the results; without it, one file is printed."
        ),
    ] = None
    in_place: Annotated[bool, OptionSpec("--in-place", help="Write the results over the input files.")] = False
    overwrite: Annotated[
        bool, OptionSpec("--overwrite", help="Write over existing files that no earlier run of clean wrote.")
    ] = False
    check: Annotated[
        bool, OptionSpec("--check", help="Write nothing; name the files that would change, and exit with 1 if any.")
    ] = False
    diff: Annotated[
        bool,
        OptionSpec(
            "--diff", help="Show what changes, in $PAGER on a terminal; writes nothing without -o or --in-place."
        ),
    ] = False

    @property
    def is_given(self) -> bool:
        """Whether the user said where results go, or that there are none."""
        return bool(self.output or self.in_place or self.check or self.diff)


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
class RecordOptions:
    """The options that record what was done, and that leave documents out."""

    audit: Annotated[Path | None, AUDIT] = None
    attributes: Annotated[
        Path | None,
        OptionSpec(
            "--attributes",
            type=PATH,
            metavar="FILE.jsonl[.gz|.zst]",
            help="Write the spans removed from each document as Dolma attributes.",
        ),
    ] = None
    scores: Annotated[
        Path | None,
        OptionSpec(
            "--scores",
            type=PATH,
            metavar="FILE.jsonl[.gz|.zst]",
            help="With --profile thorough: write the probability that a line is a scrap, for each line.",
        ),
    ] = None
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
    stats: Annotated[Path | None, STATS] = None
    rejects: Annotated[Path | None, REJECTS] = None
    report: Annotated[Path | None, REPORT] = None
    report_sample: Annotated[int, SAMPLE] = DEFAULT_SAMPLE

    @property
    def audit_path(self) -> Path | None:
        """Where the audit goes; a report needs one also when nobody asked for it."""
        return self.audit or (audit_for(self.report) if self.report else None)

    def outputs(self) -> Outputs:
        """The files that the whole run writes to."""
        return Outputs(self.audit_path, self.attributes, self.rejects, self.scores)

    def harvest(self) -> Harvest:
        """Where metadata and flags go."""
        columns = tuple(_columns(self.metadata_columns))
        return Harvest(self.metadata_key, self.flags_key, columns, self.sidecar, tuple(_columns(self.signals)))


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """The options that say how a run goes."""

    site_lines: Annotated[
        bool,
        OptionSpec(
            "--site-lines",
            help="Read all twice: lines that recur in many documents of a site (by url, else site or folder) go too.",
        ),
    ] = False
    site_memory: Annotated[
        Path | None,
        OptionSpec(
            "--site-memory",
            type=PATH,
            metavar="FILE",
            help="The same in one pass: FILE remembers what was seen, and each document profits from those before it.",
        ),
    ] = None
    site_memory_fixed: Annotated[
        bool,
        OptionSpec("--site-memory-fixed", help="Only read --site-memory: learn nothing, and let many runs share it."),
    ] = False
    document_seconds: Annotated[float, LONGEST_DOCUMENT] = DOCUMENT_SECONDS
    max_errors: Annotated[
        int | None, OptionSpec("--max-errors", type=click.IntRange(0), help="Stop after more errors than this.")
    ] = None
    jobs: Annotated[int | None, JOBS] = None
    quiet: Annotated[bool, OptionSpec("-q", "--quiet", help="Only errors.")] = False
    verbose: Annotated[
        bool, OptionSpec("-v", "--verbose", help="At the end, count every class of scraps, not only the first few.")
    ] = False
    unbuffered: Annotated[bool, OptionSpec("--unbuffered", help="With -: write each row as soon as it was read.")] = (
        False
    )

    @property
    def workers(self) -> int:
        """How many processes clean."""
        return self.jobs or os.cpu_count() or 1


@dataclass(frozen=True, slots=True, kw_only=True)
class RenamedOptions:
    """Options that are commands of their own now. They work for one more version."""

    serve_stdio: Annotated[bool, OptionSpec("--serve-stdio", help="The old form of `clean serve`.")] = False
    engine: Annotated[
        str | None, OptionSpec("--engine", type=click.Choice(list(ENGINES)), help="The old form of `clean cluster`.")
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanOptions:
    """All options of the command."""

    destination: DestinationOptions
    inputs: InputOptions
    documents: DocumentOptions
    records: RecordOptions
    run: RunOptions
    renamed: RenamedOptions
    rules: RuleOptions

    def batch_options(self, write: bool) -> Options:
        """These options for the functions that clean; ``write`` says whether there are results to write."""
        pages = self.documents.pages
        return Options(
            write=write and not self.destination.check,
            in_place=self.destination.in_place,
            diff=self.destination.diff,
            keys=self.documents.fields.keys(),
            outputs=self.records.outputs(),
            keep_removed=self.records.keep_removed,
            harvest=self.records.harvest(),
            drop_flagged=self.records.drop_flagged,
            extractor=pages.extractor,
            page_seconds=pages.page_seconds,
            encoding=self.documents.encoding,
            delimiter=self.documents.delimiter,
            site_lines=self.run.site_lines,
            site_memory=self.run.site_memory,
            site_memory_fixed=self.run.site_memory_fixed,
            max_document_bytes=self.documents.max_document_bytes,
        )
