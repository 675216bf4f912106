"""Fit the model that is shipped, on the marked and clean texts of the shared folder.

usage: python -m benchmarks.refit [--shared DIR] [--samples FILE] [--workers N] -o MODEL --model-version VERSION

DIR holds `corpus/*.jsonl.gz` and `corpus/harm/*.jsonl.gz` (default: ../shared beside the checkout). `clean fit` fits a
model on any corpus; this is the corpus of the shipped one. A clean text that is the body of a page has the page's
address, title and site, so that a body never teaches about the page that it is measured on. With --samples the evidence
is kept in a file, and read from it when it is there: gathering it takes longer than fitting. MODEL gets the figures by
site-wise cross-validation, which are also printed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import pickle
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from cleaner.authoring.modelling.collect import collect
from cleaner.authoring.modelling.command import write_model
from cleaner.authoring.modelling.fit import FitOptions, fit_model, fold_of
from cleaner.authoring.modelling.report import report_lines
from cleaner.authoring.modelling.samples import MarkedText, Sample
from cleaner.io.extractors.page_lines import read_page_lines
from cleaner.model import DocumentInfo
from cleaner.rules.builtin import builtin_rules
from cleaner.text.hosts import site_of

ROOT = Path(__file__).resolve().parent.parent
EXTRACTORS = ("resiliparse", "trafilatura", "readability")
MARKED = {
    **dict.fromkeys(("aeb", "cleanportal", "czech", "daniel", "fundus", "l3s"), EXTRACTORS),
    **dict.fromkeys(("traf", "wcxb-article"), EXTRACTORS[:2]),
    **dict.fromkeys(("wac-fr", "wac-sv"), EXTRACTORS[1:2]),
}
FOLDS = 4


class Page(NamedTuple):
    """What is known about a page of a marked corpus."""

    site: str
    info: DocumentInfo


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a file."""
    with gzip.open(path, "rt", encoding="utf-8") as source:
        yield from map(json.loads, source)


def page_of(corpus: str, row: Mapping[str, Any]) -> Page:
    """The site and what else is known of a row. The publishers of fundus have no address; their ids name them."""
    title, url = row.get("title") or "", row.get("url") or ""
    site = row["id"].partition("_")[0] if corpus == "fundus" else site_of(url) or f"{corpus}:{row['id']}"
    return Page(site, DocumentInfo(title, url))


def marked_texts(folder: Path) -> Iterator[MarkedText]:
    """The texts whose bodies are marked, as they are learned from."""
    for corpus, extractors in MARKED.items():
        for extractor in extractors:
            for row in rows(folder / f"{corpus}.{extractor}.jsonl.gz"):
                site, info = page_of(corpus, row)
                if corpus == "wcxb-article" and fold_of(site, 5) >= 3:
                    continue  # it is larger than all others, and a program drafted its bodies
                pieces = (tuple(row.get("with") or ()), tuple(row.get("without") or ()))
                yield MarkedText(
                    corpus, extractor, row.get("lang") or "", site, info, row["text"], row.get("gold"), *pieces
                )


def texts_with_pages(folder: Path) -> Iterator[MarkedText]:
    """The texts of aeb once more, with what their pages say about the lines: only that is learned from them."""
    pages = {
        path.name.removesuffix(".html.gz"): read_page_lines(
            gzip.decompress(path.read_bytes()).decode("utf-8", "replace")
        )
        for path in sorted((folder / "html" / "aeb").glob("*.html.gz"))
    }
    for extractor in EXTRACTORS:
        for row in rows(folder / f"aeb.{extractor}.jsonl.gz"):
            site, info = page_of("aeb", row)
            info = replace(info, page=pages[row["id"]])
            yield MarkedText("aeb-pages", extractor, "", site, info, row["text"], row["gold"], for_page=True)


def clean_texts(folder: Path) -> Iterator[MarkedText]:
    """The texts of which nothing may go."""
    pages = {
        f"{corpus}/{row['id']}": page_of(corpus, row)
        for corpus in MARKED
        for extractor in MARKED[corpus]
        for row in rows(folder / f"{corpus}.{extractor}.jsonl.gz")
    }
    for path in (folder / "harm.jsonl.gz", *sorted((folder / "harm").glob("*.jsonl.gz"))):
        genre = "bodies" if path.parent == folder else path.name.partition(".")[0]
        for row in rows(path):
            site, info = pages.get(row["id"], Page(f"{genre}:{row['id'].partition('#')[0]}", DocumentInfo()))
            yield MarkedText(genre, "", row.get("lang") or "", site, info, row["text"], None)


def gathered(shared: Path, workers: int) -> list[Sample]:
    """The evidence on all texts. The rules of the default profile run first, and all rules are evidence."""
    folder = shared / "corpus"
    texts = [*marked_texts(folder), *texts_with_pages(folder), *clean_texts(folder)]
    return collect(texts, builtin_rules(), builtin_rules().select("thorough"), workers)


def samples_in(kept: Path | None, shared: Path, workers: int) -> list[Sample]:
    """The evidence on all texts, from a file that a run before this one wrote, if there is one."""
    if kept and kept.exists():
        found: list[Sample] = pickle.loads(kept.read_bytes())
        return found
    found = gathered(shared, workers)
    if kept:
        kept.write_bytes(pickle.dumps(found))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--samples", type=Path)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--model-version", required=True)
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args()
    samples = samples_in(options.samples, options.shared, options.workers)
    fit_options = replace(FitOptions(), folds=FOLDS, version=options.model_version)
    fitted = fit_model(samples, fit_options, lambda text: print(text, file=sys.stderr))
    for line in report_lines(write_model(fitted, options.output)):
        print(line)


if __name__ == "__main__":
    main()
