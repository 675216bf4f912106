"""Two rule sets on one corpus: which lines change, and by which rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from cleaner.model import Edit
from cleaner.pipeline import CleanResult
from cleaner.report.documents import Document
from cleaner.report.segments import Segment, segments
from cleaner.text.prose import count_words

__all__ = ["Change", "Comparison", "RuleChange", "changes_between", "comparison_document", "lost_only"]

_MOST_TEXTS = 50  # different texts of a rule that are counted


class Change(NamedTuple):
    """A piece of text that the two rule sets treat differently.

    Attributes:
        old, new: the rules that take it; "" where it stays.
        text: the piece.
        lines: how many lines it is, in whole or in part, without blank ones.
    """

    old: str
    new: str
    text: str
    lines: int


@dataclass(slots=True)
class RuleChange:
    """What differs because of one rule.

    Attributes:
        lost, words: lines that it takes and the old rules left, and their words.
        back: lines that it took and the new rules leave.
        renamed: lines that it takes and another rule took before.
        texts: what is lost and what comes back, each piece with "-" or "+" in front, and how often.
    """

    lost: int = 0
    words: int = 0
    back: int = 0
    renamed: int = 0
    texts: Counter[str] = field(default_factory=Counter)

    def note(self, sign: str, text: str) -> None:
        """Count a text that goes ("-") or stays ("+") now."""
        shown = f"{sign} {' '.join(text.split())}"
        if shown in self.texts or len(self.texts) < _MOST_TEXTS:
            self.texts[shown] += 1


@dataclass(slots=True)
class Comparison:
    """What differs between two rule sets on a corpus.

    Attributes:
        documents, changed: how many documents there are, and come out differently.
        rules: what differs, by the rule that is the reason: the new one where a line goes, the old one where it stays.
        guards: how many documents only one of the two left as they were, since it would have taken too much.
    """

    documents: int = 0
    changed: int = 0
    rules: dict[str, RuleChange] = field(default_factory=dict)
    guards: int = 0

    @property
    def lost(self) -> int:
        """How many lines the new rules take that the old ones left."""
        return sum(rule.lost for rule in self.rules.values())

    @property
    def back(self) -> int:
        """How many lines the new rules leave that the old ones took."""
        return sum(rule.back for rule in self.rules.values())

    def add(self, old: CleanResult, new: CleanResult, changes: Iterable[Change]) -> None:
        """Count a document."""
        self.documents += 1
        self.changed += old.text != new.text
        self.guards += ("guard" in old.flags) != ("guard" in new.flags)
        for change in changes:
            rule = self.rules.setdefault(change.new or change.old, RuleChange())
            if not change.old:
                rule.lost += change.lines
                rule.words += count_words(change.text)
                rule.note("-", change.text)
            elif not change.new:
                rule.back += change.lines
                rule.note("+", change.text)
            else:
                rule.renamed += change.lines

    def in_order(self) -> list[tuple[str, RuleChange]]:
        """The rules, those that take most first."""
        return sorted(self.rules.items(), key=lambda pair: (-pair[1].lost, -pair[1].back, -pair[1].renamed, pair[0]))

    def as_rows(self) -> list[dict[str, Any]]:
        """The rules in order, as JSON has them."""
        return [
            {"rule": name, "lost": one.lost, "words": one.words, "back": one.back, "renamed": one.renamed}
            for name, one in self.in_order()
        ]


def changes_between(old: CleanResult, new: CleanResult) -> Iterator[Change]:
    """The pieces of a text that two results treat differently.

    >>> from cleaner import Cleaner, Rule, RuleSet
    >>> text = "The council met on Tuesday to vote on the bridge.\\n\\nBye now\\n"
    >>> bye = RuleSet([Rule(id="own.bye", description="A sign-off", lines={"en": ("Bye now",)})])
    >>> list(changes_between(Cleaner(RuleSet()).clean(text), Cleaner(bye).clean(text)))
    [Change(old='', new='own.bye', text='Bye now', lines=1)]
    """
    if old.repaired != new.repaired:  # a run out of time left one of them as it was
        return
    for piece in segments(new.repaired, new.edits, old.edits):
        text = piece.text.strip()
        if piece.rule != piece.before and (text or piece.replacement):
            yield Change(piece.before, piece.rule, text, _lines_in(piece))


def _lines_in(piece: Segment) -> int:
    return max(1, sum(bool(line.strip()) for line in piece.text.split("\n")))


def comparison_document(document: Document, old: CleanResult) -> tuple[Document, list[str]]:
    """A document of the new rules as a comparison shows it, and the rules by which it is found.

    Args:
        document: what the new rules do.
        old: what the old ones did.
    """
    shown = replace(document, before=old.edits)
    pieces = segments(document.text or "", document.edits, old.edits)
    names = [piece.rule or piece.before for piece in pieces if piece.rule != piece.before and piece.text.strip()]
    return shown, names


def lost_only(document: Document, old: CleanResult) -> Document:
    """The document with the pieces alone that the new rules take and the old ones left, for sums over them."""
    edits, pieces, at = [], [], 0
    for piece in segments(document.text or "", document.edits, old.edits):
        if piece.rule and not piece.before and piece.text.strip():
            edits.append(Edit(at, at + len(piece.text), piece.replacement, piece.rule))
            pieces.append(piece.text)
        at += len(piece.text)
    return replace(document, edits=tuple(edits), pieces=tuple(pieces))
