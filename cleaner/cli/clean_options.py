"""The options of ``clean PATH...``. A new option is a field here, and a line where it is used."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import click

from cleaner.adapters.cluster import ENGINES
from cleaner.batch.options import Options, Outputs
from cleaner.cli.harvest_options import HarvestOptions, run_options
from cleaner.cli.options import OptionSpec
from cleaner.cli.page_options import REPORT, SAMPLE, audit_for
from cleaner.cli.parameters import (
    ATTRIBUTES,
    AUDIT,
    JOBS,
    LOCAL_PATH,
    LONGEST_DOCUMENT,
    PATH,
    REJECTS,
    STATS,
    DocumentOptions,
    InputOptions,
    RuleOptions,
)
from cleaner.report.sampling import DEFAULT_SAMPLE
from cleaner.text.deadline import DOCUMENT_SECONDS

__all__ = ["CleanOptions", "DestinationOptions", "RecordOptions", "RenamedOptions", "RunOptions"]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordOptions:
    """The options that record what was done, in files of their own."""

    audit: Annotated[Path | None, AUDIT] = None
    attributes: Annotated[Path | None, ATTRIBUTES] = None
    scores: Annotated[
        Path | None,
        OptionSpec(
            "--scores",
            type=PATH,
            metavar="FILE.jsonl[.gz|.zst]",
            help="With --profile thorough: write the probability that a line is a scrap, for each line.",
        ),
    ] = None
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
            type=LOCAL_PATH,
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
    harvest: HarvestOptions
    run: RunOptions
    renamed: RenamedOptions
    rules: RuleOptions

    def batch_options(self, write: bool) -> Options:
        """These options for the functions that clean; ``write`` says whether there are results to write."""
        return replace(
            run_options(self.documents, self.harvest, self.records.outputs()),
            write=write and not self.destination.check,
            in_place=self.destination.in_place,
            diff=self.destination.diff,
            site_lines=self.run.site_lines,
            site_memory=self.run.site_memory,
            site_memory_fixed=self.run.site_memory_fixed,
        )
