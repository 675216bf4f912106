"""Site memories become one: what shards of a corpus, or runs on several machines, saw apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cleaner.io.site_memory import SiteMemory
from cleaner.text.site_window import SiteWindow

__all__ = ["merge_memories"]


class _Document(NamedTuple):
    """A document of several memories: how many later ones of its site there are, where there are the fewest."""

    later: int
    lines: frozenset[int]


def merge_memories(target: SiteMemory, sources: Sequence[SiteMemory]) -> None:
    """Add to a memory what others hold; it makes no difference in which order they are.

    A document that several have is one document, with the lines that any of them saw. Where a site has more documents
    than a memory keeps, the latest of each memory stay.

    Raises:
        CleanerError: a memory is damaged or cannot be written.
    """
    for site in sorted({site for source in sources for site in source.sites()}):
        memories = (target, *sources)
        found: dict[int, _Document] = {}
        for memory in memories:
            documents = list(memory.window(site))
            for later, (fingerprint, lines) in zip(reversed(range(len(documents))), documents, strict=True):
                known = found.get(fingerprint, _Document(later, lines))
                found[fingerprint] = _Document(min(later, known.later), lines | known.lines)
        window = SiteWindow(target.documents)
        for fingerprint in sorted(found, key=lambda one: (-found[one].later, one)):
            window.add(fingerprint, found[fingerprint].lines)
        wordings = {line: text for memory in reversed(memories) for line, text in memory.wordings(site).items()}
        target.replace(site, window, wordings)
    target.end()
