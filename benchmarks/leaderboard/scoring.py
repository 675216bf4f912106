"""What a cleaner made of a corpus, as figures; and what is known about the corpus before anybody cleans it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from benchmarks.leaderboard.corpora import Corpus, Document
from benchmarks.leaderboard.measures import Line, comparable, f1, is_exact, labelled, surviving
from benchmarks.leaderboard.results import Bodies, Clean, Pieces, Score

__all__ = ["Judge"]


class Judge:
    """Scores what cleaners make of one corpus. What all cleaners share is found out once.

    Args:
        corpus: the corpus.
    """

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus

    def score(self, cleaned: Sequence[str | None]) -> Score:
        """The figures for some cleaned texts.

        Args:
            cleaned: of each document the cleaned text; None where the cleaner failed, which counts as an empty text.
        """
        texts = [comparable(text or "") for text in cleaned]
        failed = sum(text is None for text in cleaned)
        if self.corpus.kind == "bodies":
            return self._bodies(texts, failed)
        if self.corpus.kind == "pieces":
            return self._pieces(texts, failed)
        return self._clean(texts, failed)

    @cached_property
    def _documents(self) -> tuple[Document, ...]:
        """The documents as they are compared. Cleaners get them as they are."""
        return tuple(
            replace(
                one,
                text=comparable(one.text),
                body=comparable(one.body),
                kept=tuple(map(comparable, one.kept)),
                gone=tuple(map(comparable, one.gone)),
            )
            for one in self.corpus.documents
        )

    @cached_property
    def _lines(self) -> list[list[tuple[str, Line]]]:
        """The lines of each document. All lines of a clean text are body."""
        is_clean = self.corpus.kind == "clean"
        return [labelled(one.text, one.text if is_clean else one.body) for one in self._documents]

    @cached_property
    def _before(self) -> float:
        return f1((one.body, one.text) for one in self._documents)

    @cached_property
    def _best(self) -> float:
        """F1 when every scrap line goes, and no other."""
        kept = ("\n".join(text for text, line in lines if line.is_body) for lines in self._lines)
        return f1(zip((one.body for one in self._documents), kept, strict=True))

    def _bodies(self, texts: Sequence[str], failed: int) -> Bodies:
        documents = self._documents
        scrap = scrap_gone = body = 0
        lost = 0.0
        for lines, text in zip(self._lines, texts, strict=True):
            for (_, line), share in zip(lines, surviving((line for _, line in lines), text), strict=True):
                words = len(line.tokens)
                if line.is_body:
                    body += words
                    lost += words * (1 - share)
                else:
                    scrap += words
                    scrap_gone += words * (share < 0.5)
        return Bodies(
            documents=len(texts),
            failed=failed,
            f1_before=self._before,
            f1_best=self._best,
            f1_after=f1(zip((one.body for one in documents), texts, strict=True)),
            exact_before=sum(is_exact(one.body, one.text) for one in documents),
            exact_after=sum(is_exact(one.body, text) for one, text in zip(documents, texts, strict=True)),
            scrap_words=scrap,
            scrap_words_gone=scrap_gone,
            body_words=body,
            body_words_lost=lost,
        )

    def _pieces(self, texts: Sequence[str], failed: int) -> Pieces:
        counts = [0, 0, 0, 0]
        for one, text in zip(self._documents, texts, strict=True):
            # What an extractor lost before is not to be lost again, and what it removed is no scrap of this text.
            kept = [piece for piece in one.kept if piece in one.text]
            gone = [piece for piece in one.gone if piece in one.text]
            found = (
                len(kept),
                sum(piece not in text for piece in kept),
                len(gone),
                sum(piece not in text for piece in gone),
            )
            counts = [before + more for before, more in zip(counts, found, strict=True)]
        return Pieces(
            documents=len(texts),
            failed=failed,
            body=counts[0],
            body_lost=counts[1],
            scrap=counts[2],
            scrap_gone=counts[3],
        )

    def _clean(self, texts: Sequence[str], failed: int) -> Clean:
        words, lost, touched = 0, 0.0, 0
        for lines, text in zip(self._lines, texts, strict=True):
            shares = surviving((line for _, line in lines), text)
            gone = sum(len(line.tokens) * (1 - share) for (_, line), share in zip(lines, shares, strict=True))
            words += sum(len(line.tokens) for _, line in lines)
            lost += gone
            touched += gone > 0
        return Clean(documents=len(texts), failed=failed, words=words, words_lost=lost, touched=touched)
