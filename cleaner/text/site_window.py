"""The latest documents of one site, and in how many of them each line stands.

A site changes: what stood on its pages years ago says little about a page of today. So a document counts until so many
later ones of its site were seen. That is counted in documents and not in days, and the same documents always give the
same counts. Nothing here reads files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cleaner.text.site_lines import DOCUMENTS_KEPT, LEAST_DOCUMENTS, LINES_KEPT, recurring

__all__ = ["SiteWindow"]


class SiteWindow:
    """Counts lines in the latest documents of a site. A document that comes again is not counted again.

    Args:
        most_documents: how many documents count; the oldest leaves when there is one more.

    >>> window = SiteWindow(most_documents=5)
    >>> for fingerprint in range(4):
    ...     new = window.add(fingerprint, [7, 100 + fingerprint])
    >>> window.documents, window.count(7), window.repeated()
    (4, 4, frozenset({7}))
    >>> window.add(3, [7])
    ()
    """

    __slots__ = ("_counts", "_frequent", "_kept", "_most")

    def __init__(self, most_documents: int = DOCUMENTS_KEPT) -> None:
        self._most = most_documents
        self._kept: dict[int, frozenset[int]] = {}  # by fingerprint, the oldest first
        self._counts: dict[int, int] = {}
        self._frequent: set[int] = set()  # lines that may recur, so that few have to be looked at

    def __iter__(self) -> Iterator[tuple[int, frozenset[int]]]:
        """Each document and its lines, the oldest first."""
        return iter(self._kept.items())

    def __contains__(self, fingerprint: object) -> bool:
        return fingerprint in self._kept

    @property
    def documents(self) -> int:
        """Number of documents that count."""
        return len(self._kept)

    def count(self, line: int) -> int:
        """In how many documents a line stands, by its hash."""
        return self._counts.get(line, 0)

    def counts(self) -> dict[int, int]:
        """In how many documents each line stands."""
        return dict(self._counts)

    def add(self, fingerprint: int, lines: Iterable[int]) -> tuple[int, ...]:
        """Count a document; the lines that are new for it come back, sorted.

        Of a document that was seen, only lines that it did not have count. A document has at most 500 lines; of more,
        those with the smallest hashes.
        """
        before = self._kept.get(fingerprint, frozenset())
        new = tuple(sorted(set(lines) - before)[: LINES_KEPT - len(before)])
        if new or fingerprint not in self._kept:
            self._kept[fingerprint] = before.union(new)
        for line in new:
            self._change(line, 1)
        while len(self._kept) > self._most:
            for line in self._kept.pop(next(iter(self._kept))):
                self._change(line, -1)
        return new

    def repeated(self) -> frozenset[int]:
        """The lines that recur, for :attr:`cleaner.model.DocumentInfo.repeated`."""
        return recurring({line: self._counts[line] for line in self._frequent}, len(self._kept))

    def copy(self) -> SiteWindow:
        """A window that goes on alone."""
        other = SiteWindow(self._most)
        other._kept, other._counts, other._frequent = dict(self._kept), dict(self._counts), set(self._frequent)
        return other

    def _change(self, line: int, by: int) -> None:
        count = self._counts.get(line, 0) + by
        if count:
            self._counts[line] = count
        else:
            del self._counts[line]
        if count >= LEAST_DOCUMENTS:
            self._frequent.add(line)
        else:
            self._frequent.discard(line)
