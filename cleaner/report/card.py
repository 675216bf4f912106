"""What audits say about a data set, in numbers and examples: the content of its data card. It grows line by line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cleaner.batch.audited import AuditedRun
from cleaner.errors import CleanerError
from cleaner.io.paths import printable, shown
from cleaner.report.catalogue import LanguageGuess
from cleaner.report.documents import Document, document_of_audit
from cleaner.report.tally import Tally
from cleaner.rules.ruleset import RuleSet
from cleaner.text.prose import count_words
from cleaner.text.visible import visible

__all__ = ["Card", "examples", "ordered", "read_card"]

EXAMPLES = 3
"""How many examples a class has."""

_LONGEST_EXAMPLE = 80  # code points
_STAMP = ("rules", "scorer", "version")
_MOST_SITES = 1_000_000


@dataclass(slots=True)
class Card:
    """The content of a data card.

    Attributes:
        audits: the names of the audits.
        documents, changed, dropped: how many documents there are, lost something, and were left out by their flags.
        removals, words: how many pieces went, and their words.
        characters, length: code points that went, and those of the repaired texts.
        repaired: how many documents the repair changed.
        classes, rules, languages: the same by the name of each; a language is "" where nothing tells it.
        table: words by class and language.
        declared: how many documents name their language themselves; that of others is guessed from what was removed.
        all_languages: documents by language.
        flags, encodings, kinds, stamps: documents by flag, by encoding, by format, and by what the run says of itself:
            digest of the rules, digest of the scorer, version.
        in_place: whether a run wrote over its input.
        class_titles: titles of classes, as far as the rules at hand know them.
    """

    audits: list[str] = field(default_factory=list)
    documents: int = 0
    changed: int = 0
    dropped: int = 0
    removals: int = 0
    words: int = 0
    characters: int = 0
    length: int = 0
    repaired: int = 0
    classes: dict[str, Tally] = field(default_factory=dict)
    rules: dict[str, Tally] = field(default_factory=dict)
    languages: dict[str, Tally] = field(default_factory=dict)
    table: Counter[tuple[str, str]] = field(default_factory=Counter)
    declared: int = 0
    all_languages: Counter[str] = field(default_factory=Counter)
    flags: Counter[str] = field(default_factory=Counter)
    encodings: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    stamps: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    in_place: bool = False
    class_titles: Mapping[str, str] = field(default_factory=dict)
    _sites: set[int] = field(default_factory=set)

    @property
    def sites(self) -> int:
        """How many sites the documents are from; at most a million are told apart."""
        return len(self._sites)

    def add(self, line: Mapping[str, Any], document: Document, language: str) -> None:
        """Count a document.

        Args:
            line: its line of the audit.
            document: what the line says.
            language: its language; "" where nothing tells.
        """
        self.documents += 1
        self.changed += bool(document.edits)
        self.dropped += "dropped" in line
        self.characters += document.removed if document.length else 0
        self.length += document.length
        self.repaired += any(document.repaired.values())
        self.declared += bool(language and language == document.language)
        self.all_languages[language] += 1
        self.flags.update(document.flags)
        self.encodings[str(line["encoding"]) or "as the format has it"] += 1
        self.kinds[str(line["kind"])] += 1
        self.stamps[tuple(str(line.get(name, "")) for name in _STAMP)] += 1  # type: ignore[index]
        self.in_place = self.in_place or line.get("in_place") is True
        if document.site and len(self._sites) < _MOST_SITES:
            self._sites.add(hash(document.site))
        self._add_edits(document, language)

    def _add_edits(self, document: Document, language: str) -> None:
        seen: dict[int, Tally] = {}
        for edit, piece in zip(document.edits, document.pieces, strict=True):
            words = count_words(piece)
            self.removals += 1
            self.words += words
            self.table[edit.scrap_class, language] += words
            for tallies, name in (
                (self.classes, edit.scrap_class),
                (self.rules, edit.rule),
                (self.languages, language),
            ):
                tally = tallies.setdefault(name, Tally())
                tally.add(piece)
                seen[id(tally)] = tally
        for tally in seen.values():
            tally.documents += 1

    def as_dict(self) -> dict[str, Any]:
        """The card as JSON can hold it."""
        names = ("documents", "changed", "dropped", "removals", "words", "characters", "length", "repaired")
        return {
            "generator": "article-cleaner card",
            "audits": self.audits,
            **{name: getattr(self, name) for name in (*names, "sites", "declared", "in_place")},
            "runs": [
                {**dict(zip(_STAMP, stamp, strict=True)), "documents": count}
                for stamp, count in self.stamps.most_common()
            ],
            "classes": {name: _as_dict(tally) for name, tally in ordered(self.classes)},
            "rules": {name: _as_dict(tally) for name, tally in ordered(self.rules)},
            "languages": {
                name: {"all_documents": count, **_as_dict(self.languages.get(name, Tally()))}
                for name, count in self.all_languages.most_common()
            },
            "words_by_class_and_language": [
                {"class": scrap_class, "language": language, "words": words}
                for (scrap_class, language), words in sorted(self.table.items(), key=lambda one: (-one[1], one[0]))
            ],
            **{name: dict(getattr(self, name).most_common()) for name in ("flags", "encodings", "kinds")},
        }


def read_card(audits: Iterable[Path], rules: RuleSet) -> Card:
    """The card of what some audits say together.

    Args:
        audits: files that ``--audit`` wrote; they may come from anybody, and are read line by line.
        rules: all rules there are, which tell the language of scraps and the titles of classes.

    Raises:
        CleanerError: a file is no audit, or they hold no documents.
    """
    card, guess = Card(class_titles={item.name: item.title for item in rules.classes.values()}), LanguageGuess(rules)
    for audit in audits:
        card.audits.append(shown(audit))
        for _, line in AuditedRun(audit).lines():
            document = document_of_audit(line)
            card.add(line, document, document.language or guess.of(document.pieces))
    if not card.documents:
        raise CleanerError(f"{', '.join(card.audits)}: no documents; name the files that --audit wrote")
    return card


def ordered(tallies: Mapping[str, Tally]) -> list[tuple[str, Tally]]:
    """Shares by name, the one with the most words first."""
    return sorted(tallies.items(), key=lambda one: (-one[1].words, one[0]))


def examples(tally: Tally, count: int = EXAMPLES) -> list[tuple[str, int]]:
    """The pieces that went most often, as a reader can see them, each with its number.

    >>> tally = Tally()
    >>> tally.add("Follow us\\n on:\\n")
    >>> examples(tally)
    [('Follow us on:', 1)]
    """
    seen: Counter[str] = Counter()
    for piece, times in tally.texts.items():
        seen[_in_a_line(piece)] += times
    return sorted(seen.items(), key=lambda one: (-one[1], len(one[0]), one[0]))[:count]


def _as_dict(tally: Tally) -> dict[str, Any]:
    listed = [{"text": text, "times": times} for text, times in examples(tally)]
    return {"documents": tally.documents, "removals": tally.removals, "words": tally.words, "examples": listed}


def _in_a_line(piece: str) -> str:
    """A piece with blanks instead of newlines and escapes for what nobody sees, cut where it is long."""
    text = visible(printable(" ".join(piece.split())))
    return text if len(text) <= _LONGEST_EXAMPLE else text[: _LONGEST_EXAMPLE - 1] + "…"
