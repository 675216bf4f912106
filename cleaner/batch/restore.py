"""Back from cleaned documents and the audit to the repaired texts, or to the texts as they were read."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from cleaner.batch.audit_index import NamedFile, entries_of, index_audit
from cleaner.batch.growing import GrowingFile
from cleaner.batch.jobs import Job
from cleaner.batch.own_results import OwnResults
from cleaner.batch.restored import Restored, copy_file, restore_file
from cleaner.batch.unreplaced import is_unreplaced
from cleaner.batch.way_back import is_way_back, refuse_ways_back
from cleaner.errors import CleanerError
from cleaner.io.containment import check_no_links, path_below
from cleaner.io.discovery import DiscoveredFile, walk
from cleaner.io.formats.registry import DEFAULT_KIND
from cleaner.io.paths import digest_of, is_remote, printable, shown
from cleaner.io.problems import Problem

__all__ = ["restore"]

_SHOWN = 3


def restore(
    cleaned: Path, audit: Path, output: Path, original: bool = False, overwrite: bool = False
) -> tuple[int, list[Problem]]:
    """Restore the documents that an audit is about.

    Args:
        cleaned: the file or folder that the run wrote.
        audit: the file it wrote with ``--audit``. It may come from anybody: no file outside ``output`` is written,
            and none outside ``cleaned`` is read.
        output: where the restored documents go: a file for a file, a folder for a folder.
        original: also undo the repairs.
        overwrite: whether files may be written over that no run wrote.

    Returns:
        how many documents were restored, and what could not be. A note tells how many files of the folder the audit
        does not name.

    Raises:
        CleanerError: the output would be written over an input or somebody's own file, or the audit is damaged, or
            about something else.
    """
    _check_output(cleaned, audit, output)
    _check_begun(audit)
    problems: list[Problem] = []
    with tempfile.TemporaryFile() as lines:
        found = index_audit(audit, lines, problems)
        jobs = list(_jobs(found, cleaned, audit, output, problems))
        refuse_ways_back(target for _, target, _ in jobs)
        own = OwnResults([job for job, _, _ in jobs])
        if not overwrite:
            own.refuse_foreign()
        own.begin()
        progress = _Progress(problems)
        for job, target, named in jobs:
            progress.restore(job, target, named, lines, original)
        own.end(progress.digests, True)
    if not progress.documents and not problems:
        raise CleanerError(f"{shown(audit)}: says nothing about {shown(cleaned)}; name what the run wrote with -o")
    notes = [*_unreplaced_files(progress.unreplaced, cleaned), *_unnamed_files(found, cleaned, audit)]
    return progress.documents, problems + notes


@dataclass(slots=True)
class _Progress:
    """What was restored so far, and what could not be.

    Attributes:
        problems: what was wrong with files; they are not restored, and the others are.
        documents: how many were restored.
        digests: the digest of each file that was written, by its name.
        unreplaced: the names of files that the run had not written over.
    """

    problems: list[Problem]
    documents: int = 0
    digests: dict[str, str] = field(default_factory=dict)
    unreplaced: list[str] = field(default_factory=list)

    def restore(self, job: Job, target: Path, named: NamedFile, lines: IO[bytes], original: bool) -> None:
        """Restore one file, or note what is wrong with it."""
        fields = tuple(named.fields)
        try:
            if is_unreplaced(job.source, entries_of(lines, named), fields):
                restored = copy_file(job.source, target)
                self.unreplaced.append(job.name)
            else:
                restored = restore_file(job.source, target, entries_of(lines, named), fields, original)
            self.documents += restored.documents
            self.problems += _unknown_rows(job.source, restored)
            self.digests[job.name] = "" if is_remote(target) else digest_of(target)
        except (CleanerError, ValueError, LookupError) as error:
            reason = f"{error}; it must be as the run with this audit left it"
            self.problems.append(Problem(shown(job.source), reason))
        except OSError as error:
            reason = f"{error.strerror or error}; nothing was restored for this file"
            self.problems.append(Problem(shown(job.source), reason))


def _unknown_rows(path: Path, restored: Restored) -> list[Problem]:
    first = f"row {restored.first_unknown:,}"
    if restored.unknown > 1:
        reason = f"{restored.unknown:,} rows, the first of them {first}, have a text and no line in the audit"
    else:
        reason = f"{first} has a text and no line in the audit"
    advice = "what is there was not restored; look whether the audit is cut off"
    return [Problem(shown(path), f"{reason}; {advice}")] if restored.unknown else []


def _unnamed_files(found: Collection[str], cleaned: Path, audit: Path) -> list[Problem]:
    """A note on the files of the folder that the audit does not name, such as those without documents."""
    if not cleaned.is_dir():
        return []
    itself = audit.resolve()
    names = [
        file.relative.as_posix()
        for file in walk(cleaned)
        if isinstance(file, DiscoveredFile) and file.relative.as_posix() not in found and file.path.resolve() != itself
    ]
    if not names:
        return []
    counted = "1 file is" if len(names) == 1 else f"{len(names):,} files are"
    reason = f"{counted} not in the audit, as files without documents are, and not restored: {_listed(names)}"
    return [Problem(shown(cleaned), reason, False)]


def _unreplaced_files(names: Sequence[str], cleaned: Path) -> list[Problem]:
    """A note on the files that were not written over."""
    if not names:
        return []
    counted = "1 file was" if len(names) == 1 else f"{len(names):,} files were"
    reason = f"{counted} not written over, since the run was stopped before, and copied as they are: {_listed(names)}"
    return [Problem(shown(cleaned), reason.replace("they are", "it is") if len(names) == 1 else reason, False)]


def _listed(names: Sequence[str]) -> str:
    return ", ".join(map(printable, names[:_SHOWN])) + (" ..." if len(names) > _SHOWN else "")


def _jobs(
    found: Mapping[str, NamedFile], cleaned: Path, audit: Path, output: Path, problems: list[Problem]
) -> Iterator[tuple[Job, Path, NamedFile]]:
    """The files to restore, with their targets and the places of their lines.

    A name that leads out of the folders is added to the problems.
    """
    if not cleaned.is_dir():
        if cleaned.name in found:
            yield Job(cleaned, DEFAULT_KIND, output, output.name), output, found[cleaned.name]
        return
    inside, itself, taken = cleaned.resolve(), audit.resolve(), set[Path]()
    for name, named in found.items():
        try:
            source, target = path_below(cleaned, name), path_below(output, name)
            check_no_links(output, target)
            resolved = target.resolve()
            if resolved == itself or inside in resolved.parents:
                raise CleanerError(f"{shown(target)}: is the audit or lies inside the input; give another name with -o")
            if target in taken:
                raise CleanerError(f"{shown(target)}: stands in the audit under two names; it is restored once")
        except CleanerError as error:
            problems.append(Problem(f"{shown(audit)}:{named.line}", str(error)))
        else:
            taken.add(target)
            yield Job(source, DEFAULT_KIND, target, target.relative_to(output).as_posix()), target, named


def _check_output(cleaned: Path, audit: Path, output: Path) -> None:
    if output.resolve() == cleaned.resolve():
        raise CleanerError(f"{shown(output)}: the output is the input; give another name with -o")
    if output.resolve() == audit.resolve() or cleaned.resolve() in output.resolve().parents:
        raise CleanerError(f"{shown(output)}: is the audit or lies inside the input; give another name with -o")


def _check_begun(audit: Path) -> None:
    """Raise a CleanerError when there is no audit, but what a run that was killed had begun of it."""
    partial = GrowingFile.partial_of(audit)
    if is_remote(audit) or audit.exists() or not partial.exists():
        return
    advice = "rename it so to restore from it" if is_way_back(partial) else "give the same command again to go on"
    raise CleanerError(
        f"{shown(audit)}: does not exist, but {shown(partial)} does, which a run that was killed left; {advice}"
    )
