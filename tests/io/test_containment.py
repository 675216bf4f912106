"""What is written stays inside the folder it was meant for."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.errors import CleanerError
from cleaner.io.containment import check_no_links, path_below


@pytest.mark.parametrize(
    "name", ["a.txt", "sub/a.txt", "a..b/..c.txt", "...txt", "sub/./a.txt", "名前.txt", "a\nb.txt"]
)
def test_a_name_below_the_folder_is_taken(name: str) -> None:
    assert path_below(Path("out"), name) == Path("out") / name


@pytest.mark.parametrize(
    "name",
    ["../a.txt", "sub/../../a.txt", "/etc/passwd", "..", "sub/..", "", ".", "/", "a\0.txt", None, 7, ["a"]],
    ids=str,
)
def test_a_name_that_leads_elsewhere_is_refused(name: object) -> None:
    with pytest.raises(CleanerError, match=r"leads out of the folder|is not the name of a file"):
        path_below(Path("out"), name)


def test_a_link_below_the_folder_is_refused_and_one_in_its_place_is_not(tmp_path: Path) -> None:
    (tmp_path / "elsewhere" / "sub").mkdir(parents=True)
    folder = tmp_path / "folder"
    folder.symlink_to("elsewhere")
    check_no_links(folder, folder / "sub" / "a.txt")
    (folder / "link").symlink_to("sub")
    with pytest.raises(CleanerError, match="link: is a link, and nothing is written through it"):
        check_no_links(folder, folder / "link" / "a.txt")
    with pytest.raises(CleanerError, match="remove the link"):
        check_no_links(folder, folder / "link" / "new" / "a.txt")
