"""Choose the documents that a page shows of a large corpus, so that rare rules are seen as well as frequent ones."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from heapq import heapify, heappop, heappushpop
from heapq import heappush as push

__all__ = ["DEFAULT_SAMPLE", "StratifiedSample"]

DEFAULT_SAMPLE = 2_000
"""How many documents a page holds when nobody names another number."""

_REST = "\0"  # the stratum of documents without any


class StratifiedSample:
    """A sample of at most ``size`` documents, stratified by the names that each carries.

    A document belongs to the stratum of each of its names, such as the rules that acted on it. Strata take turns, the
    rarest first. Which documents of a stratum are chosen depends only on their keys, so that the same corpus always
    gives the same sample. Memory does not grow with the corpus: a stratum holds at most ``size`` documents.

    >>> sample = StratifiedSample(2)
    >>> for number in range(100):
    ...     sample.add(number, f"{number}.txt", ["rare.rule"] if number == 50 else ["common.rule"])
    >>> len(sample.chosen()), 50 in sample.chosen()
    (2, True)
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._strata: dict[str, list[tuple[int, int]]] = {}  # negative ranks: the worst document is on top of a heap
        self._counts: dict[str, int] = {}

    def add(self, number: int, key: str, names: Iterable[str]) -> None:
        """Take a document into account.

        Args:
            number: stands for it; each document has its own.
            key: decides its rank.
            names: what it carries.
        """
        if not self._size:
            return
        entry = (-_rank(key), number)
        for name in set(names) or {_REST}:
            self._counts[name] = self._counts.get(name, 0) + 1
            heap = self._strata.setdefault(name, [])
            if len(heap) < self._size:
                push(heap, entry)
            else:
                heappushpop(heap, entry)

    def chosen(self) -> set[int]:
        """The numbers of the documents that are in the sample."""
        waiting = [self._in_order(name) for name in sorted(self._strata, key=lambda name: (self._counts[name], name))]
        found: set[int] = set()
        while waiting and len(found) < self._size:
            still = []
            for stratum in waiting:
                number = next((one for one in stratum if one not in found), None)
                if number is None:
                    continue
                if len(found) < self._size:
                    found.add(number)
                still.append(stratum)
            waiting = still
        return found

    def _in_order(self, name: str) -> Iterator[int]:
        heap = [(-rank, number) for rank, number in self._strata[name]]
        heapify(heap)
        while heap:
            yield heappop(heap)[1]


def _rank(key: str) -> int:
    digest = hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big")
