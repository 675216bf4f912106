"""What is cleaned to where: the files below folders, their kinds, the names of the results, and what may not be."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from cleaner.errors import CleanerError
from cleaner.io.discovery import DiscoveredFile, Found, UnreadFile, walk
from cleaner.io.formats.base import Kind
from cleaner.io.formats.registry import DEFAULT_KIND, ROW_KINDS, format_named, kind_of, unread
from cleaner.io.paths import shown
from cleaner.io.problems import Problem

__all__ = ["Job", "Plan", "plan", "unread_words"]

_SHOWN_SUFFIXES, _SHOWN_HINTS = 8, 3
_JSON_KINDS = {"json", "jsonl"}


@dataclass(frozen=True, slots=True)
class Job:
    """A file to clean and where the result goes (None: nowhere).

    ``name`` is the result's name below the folder of the results, with slashes: what an audit calls it.
    """

    source: Path
    kind: Kind
    target: Path | None
    name: str

    @property
    def root(self) -> Path | None:
        """The folder of the results, below which the target has this name.

        >>> Job(Path("in/sub/a.txt"), "text", Path("out/sub/a.txt"), "sub/a.txt").root.as_posix()
        'out'
        """
        return self.target.parents[len(PurePosixPath(self.name).parts) - 1] if self.target is not None else None


@dataclass(frozen=True, slots=True)
class Plan:
    """The files to clean, and the paths that cannot be cleaned.

    Attributes:
        jobs: the files.
        problems: what the user should know about paths.
        unread: how many files below the folders no format takes, by suffix; the problems name them, too.
    """

    jobs: list[Job]
    problems: list[Problem]
    unread: Counter[str] = field(default_factory=Counter)


def unread_words(unread: Mapping[str, int]) -> str:
    """Which files are not read, in words, the most frequent suffix first.

    >>> unread_words({".docx": 40, "": 1})
    '40 .docx and 1 without a suffix not read'
    """
    counted = sorted(unread.items(), key=lambda pair: (-pair[1], pair[0]))
    words = [f"{count:,} {suffix or 'without a suffix'}" for suffix, count in counted[:_SHOWN_SUFFIXES]]
    if rest := sum(count for _, count in counted[_SHOWN_SUFFIXES:]):
        words.append(f"{rest:,} others")
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words) + " not read"


def plan(
    paths: Sequence[Path],
    output: Path | None,
    *,
    in_place: bool = False,
    include: tuple[str, ...] = (),
    exclude: tuple[str, ...] = (),
    kind: Kind | None = None,
    to_folder: bool = False,
) -> Plan:
    """Which files are cleaned to where.

    A folder is mirrored into the output: one folder's files directly, several folders' below their names. Some results
    are of another format than their files: a page becomes a text, and an archive of pages becomes rows.

    Args:
        paths: the files and folders to clean.
        output: the file or folder of the results; None when there are none, or with ``in_place``.
        in_place: whether results are written over their files.
        include, exclude: globs of files below the folders, as :func:`cleaner.io.discovery.walk` takes them.
        kind: the name of the format of all files; by default the suffix of each decides.
        to_folder: whether the output is a folder in any case; by default that of a single file may be a file.

    Raises:
        CleanerError: the output lies in an input folder, or would overwrite an input, or is a new folder with the name
            of a file.
    """
    folders = [path for path in paths if path.is_dir()]
    if output is not None:
        _check_output(output, folders)
        _check_folder_name(output, bool(folders) or len(paths) > 1)
    planner = _Planner(output, in_place, kind)
    for path in paths:
        if path.is_dir():
            # Results of several folders lie below their names.
            prefix = path.resolve().name if len(folders) > 1 else ""
            planner.add(walk(path, include, exclude), prefix, True, shown(path))
        elif path.exists() or path.is_symlink():
            several = len(paths) > 1 or output is None or str(output).endswith((os.sep, "/")) or output.is_dir()
            planner.add([DiscoveredFile(path, Path(path.name))], "", several or to_folder)
        else:
            planner.problems.append(Problem(shown(path), "does not exist; check the path"))
    if not in_place:
        _refuse_overwriting(planner.jobs)
    return Plan(planner.jobs, [*planner.problems, *planner.unread_notes()], planner.unread)


class _Planner:
    """Jobs and problems as they come together."""

    def __init__(self, output: Path | None, in_place: bool, kind: Kind | None) -> None:
        self._output, self._in_place, self._kind = output, in_place, kind
        self._taken: dict[Path, Path] = {}
        self._unread_in: dict[str, Counter[str]] = {}
        self.jobs: list[Job] = []
        self.problems: list[Problem] = []

    @property
    def unread(self) -> Counter[str]:
        """How many files no format takes, by suffix."""
        return sum(self._unread_in.values(), Counter())

    def unread_notes(self) -> Iterator[Problem]:
        """A note for each folder with files that no format takes."""
        for folder, counted in self._unread_in.items():
            hints = [f"{suffix}: {hint}" for suffix in sorted(counted) if (hint := unread(Path(f"a{suffix}")))]
            yield Problem(folder, "; ".join([unread_words(counted), *hints[:_SHOWN_HINTS]]), False)

    def add(self, found: Iterable[Found], prefix: str, to_folder: bool, folder: str = "") -> None:
        """Add what was found at one path.

        Args:
            found: the files and problems.
            prefix: the folder of the results below the output, or "".
            to_folder: whether the output is a folder of results.
            folder: what messages call the path.
        """
        listed = list(found)
        names = {item.relative for item in listed if isinstance(item, DiscoveredFile)}
        for item in listed:
            if isinstance(item, Problem):
                self.problems.append(item)
                continue
            if isinstance(item, UnreadFile):
                self._unread_in.setdefault(folder, Counter())[item.suffix] += 1
                continue
            if not self._kind and (reason := unread(item.path)):
                self.problems.append(Problem(shown(item.path), f"no format takes {item.path.suffix} files; {reason}"))
                continue
            kind = self._kind or kind_of(item.path) or DEFAULT_KIND
            name = (Path(prefix) / format_named(kind).result_name(item.relative, names)).as_posix()
            target = self._target(item.path, kind, name, to_folder)
            if isinstance(target, str):
                self.problems.append(Problem(shown(item.path), target))
                continue
            self.problems += _odd_name(item.path)
            self.jobs.append(Job(item.path, kind, target, name if to_folder or target is None else target.name))

    def _target(self, source: Path, kind: Kind, name: str, to_folder: bool) -> Path | str | None:
        """Where a result goes, or why there can be none."""
        if self._in_place:
            if format_named(kind).written_as:
                return "a page cannot be cleaned in place; give a folder with -o"
            if source.is_symlink():
                return "is a link and not cleaned in place; clean the file it leads to"
            if self._taken.setdefault(source.resolve(), source) is not source:
                return "is named twice; it is cleaned once"
            return source
        if self._output is None:
            return None
        target = self._output / name if to_folder else self._output
        if problem := _unfit(target, kind):
            return problem
        if target in self._taken:
            return f"would be written over the result of {shown(self._taken[target])}; clean it to another folder"
        self._taken[target] = source
        return target


def _odd_name(source: Path) -> Iterator[Problem]:
    try:
        source.name.encode()
    except UnicodeEncodeError:
        message = "the name is not UTF-8; cleaned under the same name, consider renaming it"
        yield Problem(shown(source), message, False)


def _refuse_overwriting(jobs: Iterable[Job]) -> None:
    sources = {job.source.resolve() for job in jobs}
    for job in jobs:
        if job.target is not None and job.target.resolve() in sources:
            raise CleanerError(
                f"{shown(job.target)}: the output would be written over an input file; give another folder with -o, "
                "or use --in-place"
            )


def _unfit(target: Path, kind: Kind) -> str:
    """Why rows of a kind cannot be written to a file of that name, or ""."""
    written, known = format_named(kind).result, kind_of(target)
    if {written, known} <= _JSON_KINDS:
        return ""  # many call files of JSON Lines .json
    if kind in ROW_KINDS and known not in (None, written):
        return f"is {kind} and cannot be written as {known}; give the output a name that ends in .{written}"
    return ""


def _check_folder_name(output: Path, is_folder: bool) -> None:
    """Nobody who writes ``a.txt b.txt -o clean.txt`` wants a folder of that name."""
    named_with_slash = str(output).endswith((os.sep, "/"))
    if is_folder and kind_of(output) is not None and not named_with_slash and not output.exists():
        raise CleanerError(
            f"{shown(output)}: is named like a file, but several results need a folder; name a folder, or write "
            f"{shown(output)}/ if it is one"
        )


def _check_output(output: Path, folders: Sequence[Path]) -> None:
    resolved = output.resolve()
    for folder in folders:
        inside = folder.resolve()
        if resolved == inside:
            raise CleanerError(
                f"{shown(output)}: the output is the input folder; give another folder with -o, or use --in-place"
            )
        if inside in resolved.parents:
            raise CleanerError(
                f"{shown(output)}: the output lies inside the input {shown(folder)} and would be cleaned next time; "
                "choose a folder outside it"
            )
    if folders and output.exists() and not output.is_dir():
        raise CleanerError(f"{shown(output)}: is a file, but a folder of results is needed; choose another name")
