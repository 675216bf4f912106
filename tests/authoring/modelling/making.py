"""Marked texts of our own: many sites, each with articles, scraps and clean texts."""

from __future__ import annotations

import json
from pathlib import Path

from tests.scoring.making import PROSE

NOUNS = ("bridge", "mill", "harbour", "school", "library", "market", "tower", "station")
SUBHEADS = ("A long debate", "What comes next", "Voices from the town")


def prose(site: int, page: int) -> list[str]:
    """Paragraphs that differ from page to page."""
    noun = NOUNS[(site + page) % len(NOUNS)]
    return [line.replace("bridge", noun).replace("March", f"{page + 2} months") for line in PROSE]


def row(site: int, page: int) -> dict[str, str]:
    """An article with its body, and with headlines of other articles below it."""
    body = prose(site, page)
    if page % 2:
        body.insert(2, SUBHEADS[page % len(SUBHEADS)])
    others = [f"{NOUNS[(site + page + i) % len(NOUNS)].title()} number {i} sold to a rich man" for i in range(1, 5)]
    return {
        "id": f"{site}-{page}",
        "url": f"https://site{site}.example/{page}",
        "title": f"Council repairs the {NOUNS[(site + page) % len(NOUNS)]}",
        "text": "\n\n".join([*body, *others]) + "\n",
        "gold": "\n".join(body),
        "lang": "en",
    }


def write_corpus(folder: Path, sites: int = 8, pages: int = 6) -> list[Path]:
    """Write a corpus of marked texts, and one of clean texts. The same numbers give the same files."""
    marked = [row(site, page) for site in range(sites) for page in range(pages)]
    clean = [{"id": f"c{site}", "text": "\n\n".join(prose(site, 9)) + "\n"} for site in range(sites)]
    paths = []
    for name, rows in (("town.resiliparse", marked), ("tales", clean)):
        path = folder / f"{name}.jsonl"
        path.write_text("".join(json.dumps(one) + "\n" for one in rows), "utf-8")
        paths.append(path)
    return paths
