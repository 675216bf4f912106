"""What is settled before a run begins: which files there are, and that nothing is written over anything else."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from cleaner.batch.growing import GrowingFile
from cleaner.batch.jobs import Plan, plan
from cleaner.batch.options import Options
from cleaner.batch.way_back import refuse_ways_back
from cleaner.errors import CleanerError
from cleaner.io.atomic import TEMPORARY
from cleaner.io.compression import open_decoded
from cleaner.io.formats.base import Kind
from cleaner.io.formats.registry import ROW_KINDS
from cleaner.io.paths import is_remote, shown
from cleaner.io.sidecars import is_sidecar, sidecar_of

__all__ = [
    "check_added",
    "check_outputs",
    "plan_files",
    "refuse_foreign_outputs",
    "refuse_foreign_sidecars",
    "sidecars_of",
]


def plan_files(
    paths: Sequence[Path],
    output: Path | None = None,
    *,
    in_place: bool = False,
    include: tuple[str, ...] = (),
    exclude: tuple[str, ...] = (),
    kind: Kind | None = None,
    to_folder: bool = False,
) -> Plan:
    """The plan for some paths, as :func:`cleaner.batch.jobs.plan` makes it; it has at least one file or problem.

    Raises:
        CleanerError: there are no files, a result would overwrite an input, or a remote path cannot be listed.
    """
    try:
        planned = plan(
            paths, output, in_place=in_place, include=include, exclude=exclude, kind=kind, to_folder=to_folder
        )
    except (CleanerError, OSError):
        raise
    except Exception as error:  # every library of remote paths raises errors of its own
        remote = ", ".join(str(path) for path in (*paths, output) if path is not None and is_remote(path))
        if not remote:
            raise
        raise CleanerError(f"{remote}: {type(error).__name__}: {error}; check address and credentials") from None
    if not planned.jobs and not any(problem.fatal for problem in planned.problems):
        purpose = "clean" if output is not None or in_place else "read"
        names = ", ".join(map(str, paths))
        notes = "; ".join(problem.message for problem in planned.problems)
        seen = f" ({notes})" if notes else ""
        raise CleanerError(f"no files to {purpose} in {names}{seen}; see --include for other suffixes")
    return planned


def check_outputs(planned: Plan, options: Options, stats: Path | None = None) -> None:
    """Refuse to write over an input, over something else that is written, or over the only way back.

    Raises:
        CleanerError: two things have one name, or the audit of an earlier run in place is still there.
    """
    check_added(options)
    audit = options.outputs.audit
    found = [path for path in (audit, GrowingFile.partial_of(audit)) if path.exists()] if audit else []
    if options.in_place and options.write and found:
        raise CleanerError(
            f"{shown(found[0])}: exists, and may be the only way back to what a run with --in-place wrote over; "
            "keep it and give another name with --audit"
        )
    taken = {path.resolve() for job in planned.jobs for path in (job.source, job.target) if path is not None}
    for path in (*_outputs(options, stats).values(), *sidecars_of(planned, options)):
        if path.resolve() in taken:
            raise CleanerError(f"{path}: is an input or a result of this run already; give another name")
        taken.add(path.resolve())
        if path.name.startswith(TEMPORARY):
            raise CleanerError(f"{path}: names that begin with {TEMPORARY} belong to runs; give another name")
    if options.write and not options.in_place:
        refuse_ways_back(job.target for job in planned.jobs if job.target is not None)
    refuse_ways_back((*_outputs(options, stats).values(), *sidecars_of(planned, options)))


def check_added(options: Options) -> None:
    """Refuse to write into a field that is read, or two things into one field.

    Raises:
        CleanerError: an option does so.

    >>> check_added(Options(keep_removed="text"))
    Traceback (most recent call last):
    ...
    cleaner.errors.CleanerError: --keep-removed text: that field is read; name a new one
    """
    named = {"--keep-removed": options.keep_removed, "--metadata-key": options.harvest.metadata_key}
    named["--flags-key"] = options.harvest.flags_key
    taken = dict.fromkeys(options.keys.all, "that field is read")
    given = [(option, name) for option, name in named.items() if name]
    given += [("--metadata-columns", column) for _, column in options.harvest.columns]
    given += [("--signals", column) for _, column in options.harvest.signals]
    for option, name in given:
        if name in taken:
            raise CleanerError(f"{option} {name}: {taken[name]}; name a new one")
        taken[name] = f"{option} writes it already"


def sidecars_of(planned: Plan, options: Options) -> list[Path]:
    """The files that a run writes beside its results."""
    if not (options.harvest.sidecar and options.write):
        return []
    return [sidecar_of(job.target) for job in planned.jobs if job.target is not None and job.kind not in ROW_KINDS]


def refuse_foreign_sidecars(planned: Plan, options: Options) -> None:
    """Refuse to write beside a result over a file that no run wrote.

    Raises:
        CleanerError: there is one.
    """
    for path in sidecars_of(planned, options):
        if path.exists() and not is_sidecar(path):
            raise CleanerError(
                f"{path}: exists, and is not what --sidecar writes; move it, or write over it with --overwrite"
            )


def refuse_foreign_outputs(options: Options, stats: Path | None = None) -> None:
    """Refuse to write the audit, or another output of the whole run, over a file that no run wrote.

    Raises:
        CleanerError: a file exists and is not what the option writes.
    """
    for name, path in _outputs(options, stats).items():
        if not is_remote(path) and not _is_own_output(name, path):
            raise CleanerError(
                f"{path}: exists, and is not what --{name} writes; name another file, or write over it with --overwrite"
            )


def _outputs(options: Options, stats: Path | None) -> dict[str, Path]:
    return {**options.outputs.paths, **({"stats": stats} if stats is not None else {})}


_KEYS = {
    "audit": [{"path", "sha", "edits"}, {"path", "void"}],
    "attributes": [{"id", "attributes"}],
    "rejects": [{"path", "row", "id", "reason"}],
    "stats": [{"files", "errors", "rules", "version"}],
}
"""The keys of the first line, or of the one object, by which an output is known."""
_LONGEST = 1 << 26


def _is_own_output(name: str, path: Path) -> bool:
    """Whether a file is missing, or empty, or what an earlier run wrote."""
    if not path.exists():
        return True
    if not path.is_file():
        return False
    if not path.stat().st_size:
        return True
    try:
        with open_decoded(path) as stream:
            first = stream.read(_LONGEST) if name == "stats" else next(iter(stream), b"")
        content = json.loads(first)
    except (CleanerError, OSError, ValueError, RecursionError):
        return False
    return isinstance(content, dict) and any(keys <= set(content) for keys in _KEYS[name])
