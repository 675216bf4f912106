"""Texts with marked bodies as samples: the evidence on each line, and whether it is a scrap."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from cleaner.authoring.modelling.labels import agreement, line_labels, segment_labels, shingles, words_in
from cleaner.batch.jobs import Job
from cleaner.batch.tasks import row_tasks
from cleaner.engine.compiler import CompiledRules
from cleaner.errors import CleanerError
from cleaner.io.extractors.page_lines import read_page_lines
from cleaner.io.formats.base import FieldNames, document_of
from cleaner.io.formats.registry import ROW_KINDS, row_format
from cleaner.io.paths import shown
from cleaner.model import DocumentInfo, PageLine
from cleaner.pipeline import Cleaner
from cleaner.scoring.evidence import TextEvidence, fitting_rules
from cleaner.scoring.gaps import gaps_of
from cleaner.scoring.wordings import Wordings
from cleaner.text.hosts import site_of
from cleaner.text.lines import TextView

__all__ = ["Agreement", "MarkedText", "Sample", "read_marked", "sample_of"]

Agreement = tuple[float, float, float]
"""The shares of runs of words that a text and a body have in common, that only the text has, and only the body."""

GOLD = "gold"
PAGE = "html"
PIECES = ("with", "without")


class MarkedText(NamedTuple):
    """A text with the body that somebody marked in it; without one, all of the text is body.

    Where only pieces are marked that must stay and that must go, most lines are unknown.

    Attributes:
        corpus, extractor: what the name of the file says: "l3s" and "resiliparse" of l3s.resiliparse.jsonl.gz.
        site: texts of one site are never on both sides of a split.
        for_page: whether only what its page says is learned from it, since another text has the same lines.
    """

    corpus: str
    extractor: str
    language: str
    site: str
    info: DocumentInfo
    text: str
    body: str | None
    kept: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    for_page: bool = False


@dataclass(frozen=True, slots=True)
class Sample:
    """What is known about one text.

    Attributes:
        corpus, extractor, language, site: where it is from.
        is_clean: whether nothing is to be removed from it.
        is_variant: whether it is another sample's text with less known about it, or only pieces of it are marked; it
            is learned from and not measured.
        for_page: whether only what its page says is learned from it.
        values, tokens: the evidence on each line that is left by the rules.
        page: what the page says about each of these lines; None where it says nothing.
        labels: for each of these lines whether it is a scrap; None for one without words.
        words: the words of each of these lines.
        body: the runs of words of the body.
        before, after, oracle: how well the text agrees with the body before the rules, after them, and if every scrap
            line and no other went.
        body_words, body_lost: how many words of body lines there are, and how many the rules took.
    """

    corpus: str
    extractor: str
    language: str
    site: str
    is_clean: bool
    values: Sequence[Sequence[float]]
    tokens: Sequence[Sequence[int]]
    labels: Sequence[bool | None]
    words: Sequence[Sequence[str]]
    body: Counter[tuple[str, ...]]
    before: Agreement
    after: Agreement
    oracle: Agreement
    body_words: int
    body_lost: float
    is_variant: bool = False
    page: Sequence[PageLine | None] = ()
    for_page: bool = False

    @property
    def oracle_f1(self) -> float:
        """How well the best choice of lines agrees with the body, 0 to 1."""
        common, more, less = self.oracle
        return 2 * common / (2 * common + more + less) if common else 0.0


def read_marked(jobs: Iterable[Job], keys: FieldNames = FieldNames()) -> Iterator[MarkedText]:
    """The texts of files of rows, with the body in the field "gold" of each row, or pieces in "with" and "without".

    A row may have the page that its text was taken out of in the field "html".

    The site is that of the address, else the field of the site, else the part of the id before a "#", else the row.

    Raises:
        CleanerError: a file does not hold rows, or cannot be read.
    """
    for job in jobs:
        if job.kind not in ROW_KINDS:
            raise CleanerError(f"{shown(job.source)}: holds no rows; name files of JSON Lines, CSV or Parquet")
        corpus, extractor = _names(job.source)
        for task in row_tasks(job, keys):
            if task.error:
                raise CleanerError(f"{shown(job.source)}: {task.error}")
            if task.shard is None:
                continue
            for row in row_format(job.kind).rows(task.shard, keys):
                if row.error:
                    raise CleanerError(f"{shown(job.source)}:{row.number}: {row.error}")
                if row.text:
                    info = document_of(row.fields, keys)
                    if page := _text(row.fields, PAGE):
                        info = replace(info, page=read_page_lines(page))
                    site = site_of(info.url) or info.site or _group(row.fields.get(keys.id), row.number, corpus)
                    kept, dropped = (tuple(row.fields.get(name) or ()) for name in PIECES)
                    body, language = row.fields.get(GOLD), _text(row.fields, "lang")
                    yield MarkedText(corpus, extractor, language, site, info, row.text, body, kept, dropped)


def _names(path: Path) -> tuple[str, str]:
    corpus, _, rest = path.name.partition(".")
    parts = rest.split(".")
    return corpus, parts[0] if len(parts) > 1 and parts[0] not in ("jsonl", "ndjson", "csv", "tsv", "parquet") else ""


def _group(row_id: object, number: int, corpus: str) -> str:
    return f"{corpus}:{str(row_id).partition('#')[0] if row_id is not None else number}"


def _text(fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name)
    return value if isinstance(value, str) else ""


def sample_of(marked: MarkedText, cleaner: Cleaner, rules: CompiledRules) -> Sample | None:
    """The sample of a text; None when rules leave no line of it.

    Args:
        cleaner: runs the rules that the scorer will come after.
        rules: all rules whose wordings are evidence.
    """
    result = cleaner.clean_document(marked.text, marked.info)
    view = TextView(result.text, marked.info)
    gaps = gaps_of(result.repaired, result.edits, view)
    evidence = TextEvidence(view, Wordings(fitting_rules(rules))).lines(gaps)
    if not evidence:
        return None
    body = marked.text if marked.body is None else marked.body
    before = result.repaired.split("\n")
    all_labels = line_labels(before, body)
    lines = [view.lines[one.line] for one in evidence]
    labels: Sequence[bool | None] = line_labels(lines, body)
    words = [words_in(line) for line in lines]
    has_pieces = bool(marked.kept or marked.dropped)
    if has_pieces:
        labels = segment_labels(lines, marked.kept, marked.dropped)
    elif marked.body is None:
        labels = [False if found else None for found in words]
    marked_runs = shingles(words_in(body))
    best = [line for line, is_scrap in zip(before, all_labels, strict=True) if is_scrap is False]
    body_lines = [words_in(line) for line in (best if marked.body is not None else before)]
    left = shingles(words_in(result.text))
    return Sample(
        corpus=marked.corpus,
        extractor=marked.extractor,
        language=marked.language,
        site=marked.site,
        is_clean=marked.body is None and not has_pieces,
        values=[one.values for one in evidence],
        tokens=[sorted(one.wording.tokens) for one in evidence],
        labels=labels,
        words=words,
        body=marked_runs,
        before=agreement(marked_runs, shingles(words_in(result.repaired))),
        after=agreement(marked_runs, left),
        oracle=agreement(marked_runs, shingles(words_in("\n".join(best)))),
        body_words=sum(map(len, body_lines)),
        body_lost=_lost(body_lines, result.text),
        page=[marked.info.page.of(line) for line in lines],
        is_variant=has_pieces,
        for_page=marked.for_page,
    )


def _lost(body_lines: Sequence[Sequence[str]], cleaned: str) -> float:
    """How many words of body lines are no longer in a cleaned text."""
    left = shingles([word.lower() for word in words_in(cleaned)])
    joined = f" {' '.join(word.lower() for word in words_in(cleaned))} "
    lost = 0.0
    for words in body_lines:
        folded = [word.lower() for word in words]
        runs = shingles(folded)
        if len(folded) < 4:
            lost += len(folded) if folded and f" {' '.join(folded)} " not in joined else 0
        else:
            missing = runs - left
            lost += len(folded) * missing.total() / runs.total()
    return lost
