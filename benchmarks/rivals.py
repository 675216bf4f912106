"""Set cleaner beside line filters that corpora are cleaned with, on the same texts.

usage: python -m benchmarks.rivals [--shared DIR] [--sets NAME,...] [--json]

DIR is as for `benchmarks.quality`. The rivals are
  c4          the line filter of C4, as datatrove has it; its filters of whole documents are off
  refinedweb  the line-wise corrections of RefinedWeb (Penedo et al. 2023, table 11), after the paper
  policy      lines with a phrase about cookies, privacy or terms, as NeMo Curator takes them
  justext     jusText's classes of paragraphs by length and stop words. It gets a line a paragraph, no links, and the
              stop words of the text's language; it is left out of corpora of many languages that are not told
  winnow      winnow-md (`pip install winnow-md`, measured with 0.1.3) with its defaults, without its optional model;
              each line is a block of Markdown
cleaner stands there with its profiles "default" and, from the figures that its model carries, "thorough": the model
has learned from these texts, so what counts are the figures by site-wise cross-validation.

For each set and method the table has the share of the gap to the best choice of lines that is closed, and the words of
body lines that are lost per million.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.quality import ROOT, load_score, rows
from cleaner import Cleaner
from cleaner.model import DocumentInfo
from cleaner.scoring.model import builtin_model

SETS = tuple(
    f"{corpus}.{extractor}"
    for extractor in ("resiliparse", "trafilatura")
    for corpus in ("aeb", "fundus", "l3s", "daniel", "czech")
)
POLICY = (
    *("terms of use", "privacy policy", "cookie policy", "uses cookies", "use of cookies", "use cookies"),
    *("privacy overview", "privacy & cookies policy", "privacy and cookies policy"),
)
STOP_LISTS = {
    "en": "English",
    "de": "German",
    "fr": "French",
    "cs": "Czech",
    "el": "Greek",
    "pl": "Polish",
    "ru": "Russian",
}
LANGUAGE = {"aeb": "en", "l3s": "en", "czech": "cs"}

Row = dict[str, Any]
Method = Callable[[Row], str]


def by_lines(keeps: Callable[[str], bool]) -> Method:
    """A method that looks at one line at a time. Blank lines stay."""
    return lambda row: "\n".join(line for line in row["text"].split("\n") if not line.strip() or keeps(line.strip()))


def c4(row: Row) -> str:
    from datatrove.data import Document

    document = Document(text=row["text"], id="")
    _c4_filter().filter(document)
    return str(document.text)


@cache
def _c4_filter() -> Any:
    from datatrove.pipeline.filters import C4QualityFilter

    return C4QualityFilter(
        min_num_sentences=-1, filter_curly_bracket=False, filter_lorem_ipsum=False, remove_citations=False
    )


_COUNTER = re.compile(
    r"\W*[\d.,]+[km]?\s+(?:likes?|shares?|comments?|retweets?|reposts?|quotes?|bookmarks?|views?)\W*", re.I
)
_STARTS = re.compile(r"(?:sign[ -]?in|log[ -]?in)\b", re.I)
_ENDS = re.compile(r"\b(?:read more|continue reading)\W*$", re.I)
_INSIDE = re.compile(r"\bitems? in (?:cart|bag)\b", re.I)


def refinedweb_keeps(line: str) -> bool:
    letters = [char for char in line if char.isalpha()]
    if letters and sum(map(str.isupper, letters)) > 0.5 * len(letters):
        return False
    if not letters and any(map(str.isdigit, line)):
        return False
    words = line.split()
    if len(words) == 1 or _COUNTER.fullmatch(line):
        return False
    return len(words) > 10 or not (_STARTS.match(line) or _ENDS.search(line) or _INSIDE.search(line))


def policy_keeps(line: str) -> bool:
    folded = line.lower()
    return not any(phrase in folded for phrase in POLICY)


def justext_lines(row: Row) -> str:
    from justext.core import classify_paragraphs, revise_paragraph_classification
    from justext.paragraph import Paragraph
    from justext.utils import get_stoplist, get_stoplists

    class Place:
        dom = xpath = "body.p"

    lines = [line for line in row["text"].split("\n") if line.strip()]
    paragraphs = []
    for line in lines:
        paragraph = Paragraph(Place)
        paragraph.append_text(line)
        paragraphs.append(paragraph)
    name = STOP_LISTS.get(row.get("lang") or row["language"], "")
    stop_words = get_stoplist(name) if name in get_stoplists() else frozenset()
    classify_paragraphs(paragraphs, stop_words)
    revise_paragraph_classification(paragraphs)
    kept = [line for line, paragraph in zip(lines, paragraphs, strict=True) if not paragraph.is_boilerplate]
    return "\n".join(kept)


def winnow_lines(row: Row) -> str:
    import winnow

    blocks = "\n\n".join(line for line in row["text"].split("\n") if line.strip())
    return str(winnow.clean(blocks, url=row.get("url") or None, use_model=False).markdown)


def default(row: Row) -> str:
    return _cleaner().clean_document(row["text"], DocumentInfo(row.get("title") or "", row.get("url") or "")).text


@cache
def _cleaner() -> Cleaner:
    return Cleaner()


METHODS: dict[str, Method] = {
    "c4": c4,
    "refinedweb": by_lines(refinedweb_keeps),
    "policy": by_lines(policy_keeps),
    "justext": justext_lines,
    "winnow": winnow_lines,
    "default": default,
}


def measure(name: str, shared: Path, methods: Sequence[str]) -> dict[str, tuple[float, float]]:
    """For each method the share of the gap that is closed, and the body words lost per million."""
    score = load_score(shared)
    language = LANGUAGE.get(name.partition(".")[0], "")
    texts = [{**row, "language": language} for row in rows(shared / "corpus" / f"{name}.jsonl.gz")]
    texts = [{**row, "text": score.plain(row["text"]), "gold": score.plain(row["gold"])} for row in texts]
    labelled = [score.label(row["text"], row["gold"]) for row in texts]
    before = score.f1([(row["gold"], row["text"]) for row in texts])["F1"]
    best = ["\n".join(line for line, _, is_body in lines if is_body) for lines in labelled]
    gap = score.f1([(row["gold"], text) for row, text in zip(texts, best, strict=True)])["F1"] - before
    found: dict[str, tuple[float, float]] = {}
    for method in methods:
        if method == "justext" and not all(row.get("lang") or row["language"] for row in texts):
            continue
        after = [score.plain(METHODS[method](row)) for row in texts]
        closed = (score.f1([(row["gold"], text) for row, text in zip(texts, after, strict=True)])["F1"] - before) / gap
        lost = words = 0.0
        for lines, text in zip(labelled, after, strict=True):
            for (_, tokens, is_body), share in zip(lines, score.surviving(lines, text), strict=True):
                if is_body:
                    words += len(tokens)
                    lost += len(tokens) * (1 - share)
        found[method] = (round(closed, 3), round(1e6 * lost / max(words, 1)))
    return found


def thorough(name: str) -> tuple[float, float]:
    """The figures of the profile "thorough" at its own threshold, by site-wise cross-validation."""
    model = builtin_model()
    entry = model.figures["texts"][name][f"{model.threshold:g}"]
    return entry["closed"], entry["lost"]


def table(found: dict[str, dict[str, tuple[float, float]]]) -> Iterator[str]:
    names = [*METHODS, "thorough"]
    yield f"| text | {' | '.join(names)} |"
    yield f"| --- |{' --- |' * len(names)}"
    for name, methods in found.items():
        cells = ("{:.2f} at {:,}".format(*methods[method]) if method in methods else "–" for method in names)
        yield f"| {name} | {' | '.join(cells)} |"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--sets", default=",".join(SETS))
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    found = {}
    for name in options.sets.split(","):
        found[name] = {**measure(name, options.shared, list(METHODS)), "thorough": thorough(name)}
    print(json.dumps(found) if options.json else "\n".join(table(found)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
