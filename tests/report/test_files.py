"""Pages as files."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.errors import CleanerError
from cleaner.report.data import PageData
from cleaner.report.files import check_page, write_page
from cleaner.report.page import render


def test_a_page_may_be_written_over_a_page(tmp_path: Path) -> None:
    path = tmp_path / "new" / "report.html"
    check_page(path)
    write_page(path, render(PageData(b"", ()), "x"))
    check_page(path)


def test_no_other_file_is_written_over(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text("<p>my own page</p>", "utf-8")
    with pytest.raises(CleanerError, match="is no report; name another file, or write over it with --overwrite"):
        check_page(path)
    check_page(path, overwrite=True)


def test_a_folder_is_no_page(tmp_path: Path) -> None:
    with pytest.raises(CleanerError, match="is no report"):
        check_page(tmp_path)


def test_a_page_that_cannot_be_written_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CleanerError, match=r"report\.html: .*; check the path"):
        write_page(tmp_path / "file" / "report.html", b"")
