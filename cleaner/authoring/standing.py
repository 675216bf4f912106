"""In how many documents of its site a line stands, for `clean why`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cleaner.io.site_memory import SiteMemory
from cleaner.text.normalize import fold
from cleaner.text.site_lines import document_lines, line_hash
from cleaner.text.site_window import SiteWindow

__all__ = ["Standing", "standing_on"]


@dataclass(frozen=True, slots=True)
class Standing:
    """What a memory knows of a site.

    Attributes:
        site: its name.
        window: its documents.
    """

    site: str
    window: SiteWindow

    def of(self, line: str) -> str:
        """The sentence about a line; "" when no document has it.

        >>> window = SiteWindow()
        >>> new = window.add(1, [line_hash("read more")])
        >>> Standing("riverpost.example", window).of("Read more:")
        'stands in 1 of 1 documents of riverpost.example'
        """
        count = self.window.count(line_hash(fold(line)))
        return f"stands in {count:,} of {self.window.documents:,} documents of {self.site}" if count else ""


def standing_on(path: Path, site: str, repaired: str) -> Standing:
    """What a memory knows of a site when it also has seen a document.

    Args:
        path: the memory.
        site: the site of the document.
        repaired: its repaired text.

    Raises:
        CleanerError: the file is no site memory.
    """
    with SiteMemory(path, write=False) as memory:
        window = memory.window(site)
    window.add(*document_lines(repaired))
    return Standing(site, window)
