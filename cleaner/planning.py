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
    jobs: list[Job] = []
    problems: list[Problem] = []
    folders = [path for path in paths if path.is_dir()]
    if output is not None:
        _check_output(output, folders)
    taken: dict[Path, Path] = {}
    for path in paths:
        if path.is_dir():
            base = output / path.resolve().name if output and len(folders) > 1 else output
            found: Iterable[Found | Problem] = walk(path, include, exclude)
            to_folder = True
        elif path.exists() or path.is_symlink():
            base, found = output, [Found(path, Path(path.name))]
            to_folder = len(paths) > 1 or output is None or str(output).endswith((os.sep, "/")) or output.is_dir()
        else:
            problems.append(Problem(shown(path), "does not exist; check the path"))
            continue
        listed = list(found)
        names = {item.relative for item in listed if isinstance(item, Found)}
        for item in listed:
            if isinstance(item, Problem):
                problems.append(item)
                continue
            _add_job(item, kind, base, to_folder, names, in_place, taken, jobs, problems)
    if not in_place:
        _refuse_overwriting(jobs)
    return Plan(jobs, problems)


def _refuse_overwriting(jobs: Iterable[Job]) -> None:
    sources = {job.source.resolve() for job in jobs}
    for job in jobs:
        if job.target is not None and job.target.resolve() in sources:
            raise CleanerError(
                f"{shown(job.target)}: the output would be written over an input file; give another folder with -o, "
                "or use --in-place"
            )


def _add_job(
    item: Found,
    kind: Kind | None,
    base: Path | None,
    to_folder: bool,
    names: set[Path],
    in_place: bool,
    taken: dict[Path, Path],
    jobs: list[Job],
    problems: list[Problem],
) -> None:
    kind = kind or kind_of(item.path) or "text"
    name = shown(item.path)
    relative = _result_name(item.relative, kind, names)
    target: Path | None = None
    if in_place:
        if kind in ("html", "warc"):
            problems.append(Problem(name, "a page cannot be cleaned in place; give a folder with -o"))
            return
        if item.path.is_symlink():
            problems.append(Problem(name, "is a link and not cleaned in place; clean the file it leads to"))
            return
        target = item.path
    elif base is not None:
        target = base / relative.as_posix() if to_folder else base
        if problem := _unfit(target, kind):
            problems.append(Problem(name, problem))
            return
        if target in taken:
            first = shown(taken[target])
            problems.append(Problem(name, f"would be written over the result of {first}; clean it to another folder"))
            return
        taken[target] = item.path
    try:
        item.path.name.encode()
    except UnicodeEncodeError:
        problems.append(
            Problem(name, "the name is not UTF-8; cleaned under the same name, consider renaming it", False)
        )
    jobs.append(Job(item.path, kind, target, relative.as_posix() if to_folder or target is None else target.name))


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
