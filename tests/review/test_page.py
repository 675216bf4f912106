"""The page of a review."""

from __future__ import annotations

import gzip
import json
import re
from base64 import b64decode
from pathlib import Path
from typing import Any

from cleaner import Cleaner
from cleaner.batch.corpus import Corpus
from cleaner.batch.preflight import plan_files
from cleaner.report.from_texts import TextReport
from cleaner.review.page import ReviewPage
from cleaner.review.sources import TextSource
from cleaner.review.verdicts import Verdict, VerdictFile, read_verdicts
from tests.articles import article

GIVEN = Verdict(document="a.txt", kind="removal", start=0, end=2, text="Ad", verdict="right", rule="ad-marker.label")


def overview(page: bytes) -> Any:
    (block,) = re.findall(rb'id="overview">([^<]*)<', page)
    return json.loads(gzip.decompress(b64decode(block)))


def test_the_page_holds_the_verdicts_so_far(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(article(1), "utf-8")
    source = TextSource(TextReport(Corpus(plan_files([tmp_path / "a.txt"])), Cleaner()))
    page = ReviewPage(source, VerdictFile(tmp_path / "verdicts.jsonl"))
    assert overview(page.render())["review"] == {"verdicts": []}
    page.take(GIVEN)
    (shown,) = overview(page.render())["review"]["verdicts"]
    assert (shown["rule"], shown["verdict"]) == ("ad-marker.label", "right")
    (written,) = read_verdicts(tmp_path / "verdicts.jsonl")
    assert written.rules == Cleaner().rules.digest
    assert b"connect-src &#x27;self&#x27;" in page.render()
