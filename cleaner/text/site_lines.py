"""Lines that recur on a site: what stands in many of its documents is a scrap of the site and no text of an article.

Two passes: the first counts the lines of all documents with :class:`SiteLines`, the second cleans each document with
what :meth:`SiteLines.repeated` found for its site. Nothing here reads files.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from typing import NamedTuple

from cleaner.text.normalize import fold, fold_lines

__all__ = [
    "DOCUMENTS_KEPT",
    "LEAST_DOCUMENTS",
    "LEAST_SHARE",
    "LINES_KEPT",
    "LONGEST_LINE",
    "DocumentLines",
    "SiteLines",
    "document_lines",
    "is_everywhere",
    "line_hash",
    "recurring",
    "repeated_lines",
]

LONGEST_LINE = 160
"""Characters of the longest line that is counted: a paragraph that recurs may be the background of a running story."""

LEAST_DOCUMENTS = 4
LEAST_SHARE = 0.05

# Where a line is strong evidence against itself: subheads and refrains stay below, page furniture lies far above.
_EVERYWHERE_DOCUMENTS = 6
_EVERYWHERE_SHARE = 0.6

DOCUMENTS_KEPT = 1000
"""Documents of each site: enough to measure a share of a twentieth."""

LINES_KEPT = 500
"""Different lines of each document."""

_EVERYWHERE = 0x5BD1_E995_9E37_79B9  # turns the hash of a line into the mark that it stands everywhere


def line_hash(key: str) -> int:
    """64 bits that stand for a line; the same in every process.

    Args:
        key: the line as :func:`cleaner.text.normalize.fold` writes it.

    >>> line_hash("story continued below") == line_hash("read more")
    False
    """
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def is_everywhere(hashed: int, repeated: frozenset[int]) -> bool:
    """Whether a line stands in so many documents of its site that it may go wherever it stands.

    >>> found = repeated_lines(["Story Continued Below"], everywhere=True)
    >>> is_everywhere(line_hash("story continued below"), found)
    True
    """
    return hashed ^ _EVERYWHERE in repeated


def repeated_lines(lines: Iterable[str], everywhere: bool = False) -> frozenset[int]:
    """Lines known to recur, as :meth:`SiteLines.repeated` would give them.

    >>> line_hash("authors") in repeated_lines(["Authors:"])
    True
    """
    hashes = {line_hash(fold(line)) for line in lines}
    return frozenset(hashes | {hashed ^ _EVERYWHERE for hashed in hashes} if everywhere else hashes)


class DocumentLines(NamedTuple):
    """What counting needs of a document.

    Attributes:
        fingerprint: 64 bits that differ between articles; copies with other lines around the same article share it.
        lines: the hash of each different short line, with its folded wording.
    """

    fingerprint: int
    lines: Mapping[int, str]


def document_lines(text: str) -> DocumentLines:
    """The short lines of a document, and what tells it from others.

    Args:
        text: the repaired text, since that is what rules see.

    >>> found = document_lines("The council met.\\n\\nGood morning, Newford!\\n")
    >>> sorted(found.lines.values())
    ['good morning, newford', 'the council met']
    """
    lines = text.split("\n")
    keys = fold_lines(line for line in lines if 0 < len(line) <= LONGEST_LINE).keys
    return DocumentLines(_fingerprint(lines, text), {line_hash(key): key for key in set(keys) if key})


def recurring(
    counts: Mapping[int, int],
    documents: int,
    least_documents: int = LEAST_DOCUMENTS,
    least_share: float = LEAST_SHARE,
) -> frozenset[int]:
    """The lines that recur, for :attr:`cleaner.model.DocumentInfo.repeated`, and the marks of those that stand
    everywhere.

    Args:
        counts: in how many documents each line stands; lines below the least number may be left out.
        documents: how many documents there are.
        least_documents: number of different documents a line must stand in.
        least_share: the share of the documents it must stand in, 0 to 1.

    >>> recurring({7: 4, 8: 3}, documents=10)
    frozenset({7})
    """
    least = max(least_documents, least_share * documents, 1)
    everywhere = max(least, _EVERYWHERE_DOCUMENTS, _EVERYWHERE_SHARE * documents)
    found = {hashed for hashed, count in counts.items() if count >= least}
    return frozenset(found | {hashed ^ _EVERYWHERE for hashed in found if counts[hashed] >= everywhere})


class SiteLines:
    """Counts in how many documents of each site a line stands.

    The order of documents makes no difference, nor how they are spread over counters that are merged later. Memory
    is bounded for each site: of more documents than ``most_documents`` a sample is kept, which depends only on their
    text. An article that is there twice, with other lines around it, is one document.

    Args:
        most_documents: number of documents kept of each site.

    >>> lines = SiteLines()
    >>> for day in ("Monday", "Tuesday", "Friday", "Sunday"):
    ...     lines.add("riverpost.example", f"The council met on {day}.\\n\\nGood morning, Newford!\\n")
    >>> line_hash("good morning, newford") in lines.repeated("riverpost.example")
    True
    """

    __slots__ = ("_most_documents", "_sites")

    def __init__(self, most_documents: int = DOCUMENTS_KEPT) -> None:
        self._most_documents = most_documents
        # Of each document, by its fingerprint, the hashes of its short lines in order.
        self._sites: dict[str, dict[int, array[int]]] = {}

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, SiteLines):
            return NotImplemented
        return {site: self._kept(site) for site in self._sites} == {site: other._kept(site) for site in other._sites}

    __hash__ = None  # type: ignore[assignment]

    @property
    def sites(self) -> tuple[str, ...]:
        """The sites of the documents that were added, in order."""
        return tuple(sorted(self._sites))

    def documents(self, site: str) -> int:
        """Number of different documents of a site, at most as many as are kept."""
        return len(self._kept(site))

    def add(self, site: str, text: str) -> None:
        """Count each short line of a document once.

        Args:
            site: name of the site, as :func:`cleaner.text.hosts.site_of` gives it; of "" nothing is counted.
            text: the repaired text, since that is what rules see.
        """
        if site:
            found = document_lines(text)
            self._put(site, found.fingerprint, found.lines)

    def merge(self, other: SiteLines) -> None:
        """Count also what another counter has counted."""
        for site, documents in other._sites.items():
            for fingerprint, hashes in documents.items():
                self._put(site, fingerprint, hashes)

    def repeated(
        self, site: str, least_documents: int = LEAST_DOCUMENTS, least_share: float = LEAST_SHARE
    ) -> frozenset[int]:
        """Hashes of the lines that recur on a site, for :attr:`cleaner.model.DocumentInfo.repeated`.

        Args:
            site: as it was added.
            least_documents: number of different documents a line must stand in.
            least_share: the share of the site's documents it must stand in, 0 to 1.
        """
        if not 0 <= least_share <= 1:
            raise ValueError(f"least_share is a share of the documents, 0 to 1, not {least_share}")
        kept = self._kept(site)
        counts = Counter(hashed for hashes in kept.values() for hashed in hashes)
        return recurring(counts, len(kept), least_documents, least_share)

    def _put(self, site: str, fingerprint: int, hashes: Iterable[int]) -> None:
        documents = self._sites.setdefault(site, {})
        both = {*documents.get(fingerprint, ()), *hashes}
        documents[fingerprint] = array("Q", sorted(both)[:LINES_KEPT])
        if len(documents) > 2 * self._most_documents:
            self._sites[site] = self._kept(site)

    def _kept(self, site: str) -> dict[int, array[int]]:
        """The documents with the smallest fingerprints: which they are does not depend on when they came."""
        documents = self._sites.get(site, {})
        if len(documents) <= self._most_documents:
            return documents
        return {fingerprint: documents[fingerprint] for fingerprint in sorted(documents)[: self._most_documents]}


def _fingerprint(lines: Iterable[str], text: str) -> int:
    """A hash that differs between articles: of their paragraphs, or of a text without any, of all of it."""
    return line_hash("\n".join(line.strip() for line in lines if len(line) > LONGEST_LINE) or text)
