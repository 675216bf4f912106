"""The extractor trafilatura."""

from __future__ import annotations

import pytest

from cleaner.io.extractors.trafilatura import FastTrafilatura, Trafilatura
from tests.io.extractors.pages import PAGE, PROSE


def test_caches_are_emptied_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    resets: list[int] = []
    monkeypatch.setattr("trafilatura.meta.reset_caches", lambda: resets.append(1))
    extractor = Trafilatura(pages_per_reset=2)
    for _ in range(6):
        extractor.extract(PAGE, "")
    assert len(resets) == 3


def test_repeated_pages_keep_their_lines() -> None:
    extractor = Trafilatura()
    texts = {extractor.extract(PAGE, "")[0] for _ in range(5)}
    assert len(texts) == 1


def test_the_fast_mode_finds_a_plain_article() -> None:
    text, _ = FastTrafilatura().extract(PAGE, "")
    assert PROSE[3] in text
