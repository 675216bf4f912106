"""Clean texts to measure false positives on: the golden bodies, and files that somebody names."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from cleaner.authoring.golden import builtin_golden_dir, golden_bodies
from cleaner.batch.corpus import Corpus
from cleaner.batch.preflight import plan_files
from cleaner.io.article import ReadOptions
from cleaner.io.problems import Problem

__all__ = ["CleanTexts", "read_clean_texts"]


class CleanTexts(NamedTuple):
    """Texts with their names, and what could not be read."""

    texts: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...]


def read_clean_texts(paths: Sequence[Path] = (), options: ReadOptions = ReadOptions()) -> CleanTexts:
    """The expected bodies of the built-in golden cases, then the documents of files and folders.

    Args:
        paths: files and folders.
        options: how they are read.

    Raises:
        CleanerError: a golden case is wrong, or there are no files in the paths.
    """
    golden = tuple(golden_bodies(builtin_golden_dir()))
    if not paths:
        return CleanTexts(golden, ())
    corpus = Corpus(plan_files(paths), options)
    read = tuple((document.place, document.text) for document in corpus)
    return CleanTexts((*golden, *read), tuple(corpus.problems))
