"""The extractor resiliparse, and the metadata that are read from the head of a page."""

from __future__ import annotations

import sys

import pytest

from cleaner.errors import CleanerError
from cleaner.io.extractors.resiliparse import Resiliparse
from cleaner.model import DocumentInfo
from tests.io.extractors.pages import HEAD, PAGE


def test_a_bare_head_is_enough() -> None:
    pytest.importorskip("resiliparse", reason="needs resiliparse")
    page = PAGE.replace(
        HEAD, '<title>\n Ferry  waits\n</title><meta name="article:author" content="https://a.example">'
    )
    assert Resiliparse().extract(page, "")[1] == DocumentInfo(title="Ferry waits")


def test_a_missing_package_is_an_error_that_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resiliparse.extract.html2text", None)
    Resiliparse().warm_up()
    with pytest.raises(CleanerError, match=r"pip install '\.\[resiliparse\]'"):
        Resiliparse().extract(PAGE, "")
