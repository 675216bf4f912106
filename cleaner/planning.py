"""What is cleaned to where: the files below folders, their kinds, the names of the results, and what may not be."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from cleaner.errors import CleanerError
from cleaner.formats.codecs import codec_of
from cleaner.formats.files import Found, Kind, Problem, kind_of, shown, walk
from cleaner.formats.registry import ROW_KINDS

__all__ = ["Job", "Plan", "plan"]


@dataclass(frozen=True, slots=True)
class Job:
    """A file to clean and where the result goes (None: nowhere).

    ``name`` is the result's name below the folder of the results, with slashes: what an audit calls it.
    """

    source: Path
    kind: Kind
    target: Path | None
    name: str


@dataclass(frozen=True, slots=True)
class Plan:
    jobs: list[Job]
    problems: list[Problem]


def plan(
    paths: Sequence[Path],
    output: Path | None,
    *,
    in_place: bool = False,
    include: tuple[str, ...] = (),
    exclude: tuple[str, ...] = (),
    kind: Kind | None = None,
) -> Plan:
    """Which files are cleaned to where.

    A folder is mirrored into the output: one folder's files directly, several folders' below their names. A page
    becomes a text file: ``a.html`` goes to ``a.txt``, or to ``a.html.txt`` where there is an ``a.txt``; an archive of
    pages becomes rows: ``a.warc.gz`` goes to ``a.jsonl.gz``. ``kind`` is how all files are read, whatever they are
    called.

    Raises:
        CleanerError: the output lies in an input folder, or would overwrite an input.
    """
    folders = [path for path in paths if path.is_dir()]
    if output is not None:
        _check_output(output, folders)
    planner = _Planner(output, in_place, kind)
    for path in paths:
        if path.is_dir():
            # Results of several folders lie below their names.
            prefix = path.resolve().name if len(folders) > 1 else ""
            planner.add(walk(path, include, exclude), prefix, True)
        elif path.exists() or path.is_symlink():
            several = len(paths) > 1 or output is None or str(output).endswith((os.sep, "/")) or output.is_dir()
            planner.add([Found(path, Path(path.name))], "", several)
        else:
            planner.problems.append(Problem(shown(path), "does not exist; check the path"))
    if not in_place:
        _refuse_overwriting(planner.jobs)
    return Plan(planner.jobs, planner.problems)


class _Planner:
    """Jobs and problems as they come together."""

    def __init__(self, output: Path | None, in_place: bool, kind: Kind | None) -> None:
        self._output, self._in_place, self._kind = output, in_place, kind
        self._taken: dict[Path, Path] = {}
        self.jobs: list[Job] = []
        self.problems: list[Problem] = []

    def add(self, found: Iterable[Found | Problem], prefix: str, to_folder: bool) -> None:
        """Add what one path led to. ``to_folder`` tells whether the output is a folder of results."""
        listed = list(found)
        names = {item.relative for item in listed if isinstance(item, Found)}
        for item in listed:
            if isinstance(item, Problem):
                self.problems.append(item)
                continue
            kind = self._kind or kind_of(item.path) or "text"
            name = (Path(prefix) / _result_name(item.relative, kind, names)).as_posix()
            target = self._target(item.path, kind, name, to_folder)
            if isinstance(target, str):
                self.problems.append(Problem(shown(item.path), target))
                continue
            self._note_odd_name(item.path)
            self.jobs.append(Job(item.path, kind, target, name if to_folder or target is None else target.name))

    def _target(self, source: Path, kind: Kind, name: str, to_folder: bool) -> Path | str | None:
        """Where a result goes, or why there can be none."""
        if self._in_place:
            if kind in ("html", "warc"):
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

    def _note_odd_name(self, source: Path) -> None:
        try:
            source.name.encode()
        except UnicodeEncodeError:
            message = "the name is not UTF-8; cleaned under the same name, consider renaming it"
            self.problems.append(Problem(shown(source), message, False))


def _refuse_overwriting(jobs: Iterable[Job]) -> None:
    sources = {job.source.resolve() for job in jobs}
    for job in jobs:
        if job.target is not None and job.target.resolve() in sources:
            raise CleanerError(
                f"{shown(job.target)}: the output would be written over an input file; give another folder with -o, "
                "or use --in-place"
            )


def _result_name(relative: Path, kind: Kind, names: set[Path]) -> Path:
    if kind == "warc":
        codec = relative.suffix if codec_of(relative) else ""
        return relative.with_name(relative.name.removesuffix(codec).removesuffix(".warc") + ".jsonl" + codec)
    if kind != "html":
        return relative
    short = relative.with_suffix(".txt")
    return relative.with_name(relative.name + ".txt") if short in names else short


def _unfit(target: Path, kind: Kind) -> str:
    """Why rows of a kind cannot be written to a file of that name, or ""."""
    written = "jsonl" if kind == "warc" else kind
    known = kind_of(target)
    if kind in ROW_KINDS and known not in (None, written):
        return f"is {kind} and cannot be written as {known}; give the output a name that ends in .{written}"
    return ""


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
