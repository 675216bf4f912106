"""What came of one text: the text, the edits, and everything needed to see why and to undo it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Any, NamedTuple

from cleaner.model import Edit, RepairStep, ScoredSpan
from cleaner.text import edits as editing
from cleaner.text.repair import undo

__all__ = ["CleanResult", "RemovedText"]

_SHORT = 40  # characters of the text that its repr shows


class RemovedText(NamedTuple):
    """A piece of the repaired text that a rule took out or replaced.

    Attributes:
        rule: the id of the rule.
        scrap_class: the class of the rule.
        text: what stood there.
        start, end: where it stood in the repaired text, as half-open code points.
    """

    rule: str
    scrap_class: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, repr=False)
class CleanResult:
    """What came out, and everything needed to see why and to undo it.

    Attributes:
        text: the cleaned text.
        repaired: the decoded text after encoding and layout repair: what ``edits`` point into.
        edits: sorted, disjoint edits; ``apply(repaired, edits) == text``. Offsets are half-open code points.
        metadata: what removed lines told: author, date, agency, site, reading_time ...; several values of a field
            are joined by "; ".
        flags: what a reader of the corpus may want to know: "guard" and "emptied" (nothing was removed because too
            much would have gone), "paywall", "consent", "index" (many lines and no running text), "encoding-guessed"
            (only the letters tell the encoding of the bytes), "timeout:RULE" (a regex of this rule took too long and
            did nothing), "timeout" (the document did, and nothing was removed), "unsettled" (changes came to no end,
            and the text is as it was), "looks-like-html", "looks-like-json", "looks-like-csv" (the text is no article
            but holds some: see ``read_article`` and the formats of the command) ...
        repairs: the steps from the decoded text to ``repaired``, each with its inverse.
        encoding: codec the bytes were in; "" when text was given.
        scores: with the profile "thorough", the probability that a line is a scrap, for each line that no rule took;
            offsets point into ``repaired``.
    """

    text: str
    repaired: str
    edits: tuple[Edit, ...] = ()
    metadata: dict[str, str] = field(default_factory=dict)
    flags: tuple[str, ...] = ()
    repairs: tuple[RepairStep, ...] = ()
    encoding: str = ""
    scores: tuple[ScoredSpan, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether the cleaned text differs from the decoded input."""
        return bool(self.edits or self.repairs)

    @property
    def removed(self) -> tuple[RemovedText, ...]:
        """What rules took out of the text, in order.

        >>> from cleaner import clean
        >>> result = clean("The council met on Tuesday to vote on the bridge.\\n\\nAdvertisement\\n")
        >>> [(piece.rule, piece.scrap_class, piece.text) for piece in result.removed]
        [('ad-marker.label', 'ad-marker', '\\nAdvertisement\\n')]
        """
        return tuple(
            RemovedText(edit.rule, edit.scrap_class, self.repaired[edit.start : edit.end], edit.start, edit.end)
            for edit in self.edits
            if edit.start < edit.end
        )

    def restore(self) -> str:
        """The repaired text, from the cleaned text and the edits.

        >>> from cleaner import clean
        >>> result = clean("The council met on Tuesday to vote on the bridge.\\n\\nAdvertisement\\n")
        >>> result.restore() == result.repaired
        True
        """
        return editing.apply(self.text, editing.invert(self.repaired, self.edits))

    def original(self) -> str:
        """The decoded input, from the cleaned text, the edits and the repairs."""
        return undo(self.restore(), self.repairs)

    def to_dict(self) -> dict[str, Any]:
        """The result as JSON can hold it: text, removed pieces, metadata, flags, names of repairs, encoding, scores.

        >>> from cleaner import clean
        >>> found = clean("The council met on Tuesday to vote on the bridge.\\n\\nAdvertisement\\n").to_dict()
        >>> found["removed"]
        [{'rule': 'ad-marker.label', 'class': 'ad-marker', 'text': '\\nAdvertisement\\n', 'start': 50, 'end': 65}]
        """
        return {
            "text": self.text,
            "changed": self.changed,
            "removed": [
                {"rule": one.rule, "class": one.scrap_class, "text": one.text, "start": one.start, "end": one.end}
                for one in self.removed
            ],
            "metadata": dict(self.metadata),
            "flags": list(self.flags),
            "repairs": [step.name for step in self.repairs],
            "encoding": self.encoding,
            "scores": [one._asdict() for one in self.scores],
        }

    def __repr__(self) -> str:
        """Short: a notebook shows it for every cell.

        >>> from cleaner import clean
        >>> clean("The council met on Tuesday to vote on the bridge.\\n\\nAdvertisement\\n")
        <CleanResult 'The council met on Tuesday to vote on th…' (50 characters), 1 piece removed: ad-marker>
        """
        shown = self.text if len(self.text) <= _SHORT else self.text[:_SHORT] + "…"
        return f"<CleanResult {shown!r} ({len(self.text):,} characters){''.join(self._facts())}>"

    def _facts(self) -> Iterator[str]:
        removed = self.removed
        if removed:
            classes = ", ".join(dict.fromkeys(piece.scrap_class for piece in removed))
            yield f", {len(removed)} piece{'s' * (len(removed) != 1)} removed: {classes}"
        if self.repairs:
            yield f", repaired: {', '.join(dict.fromkeys(step.name for step in self.repairs))}"
        if self.metadata:
            yield f", metadata: {', '.join(self.metadata)}"
        if self.flags:
            yield f", flags: {', '.join(self.flags)}"

    def _repr_html_(self) -> str:
        """The repaired text with what was removed struck out, for notebooks. All text is escaped.

        >>> from cleaner import clean
        >>> "<del title='ad-marker.label' " in clean("The council met.\\n\\nAdvertisement\\n")._repr_html_()
        True
        """
        facts = escape("".join(self._facts()).removeprefix(", ") or "nothing was changed")
        return f"<div><p>{facts}</p><pre style='white-space:pre-wrap'>{''.join(self._marked())}</pre></div>"

    def _marked(self) -> Iterator[str]:
        at = 0
        for edit in self.edits:
            yield escape(self.repaired[at : edit.start])
            rule = escape(edit.rule)
            if edit.start < edit.end:
                gone = escape(self.repaired[edit.start : edit.end])
                yield f"<del title='{rule}' style='background:#fdd;color:#900'>{gone}</del>"
            if edit.replacement:
                yield f"<ins title='{rule}' style='background:#dfd;color:#060'>{escape(edit.replacement)}</ins>"
            at = edit.end
        yield escape(self.repaired[at:])
