"""Captions that end in a credit: whether the words before the credit are a caption, or a paragraph that must stay."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

import regex

from cleaner.rules.terms import expand_terms
from cleaner.text.normalize import BLANKS, BULLETS, plain
from cleaner.text.prose import count_words, ends_sentence, is_prose

__all__ = ["CAPTION", "CaptionReader", "Credited", "Kind", "credit_start"]

CAPTION = "caption"
"""The named group of a pattern that holds the words before the credit."""

_SEPARATORS = BLANKS + BULLETS + "/([【〔<"
_COPYRIGHT = ("(c)", "©", "ⓒ")
_SENTENCE = regex.compile(r"""[^.!?…。]*\p{L}{3}(?:[.!?…]["'»)\]]?\ |。["'」』)]?)(?=\S)""")
_SOFT_HYPHEN = "\N{SOFT HYPHEN}"
_NEVER = "(?!)"  # a term that is missing is never found
_SHORT = 5  # words: fewer are no sentence of a report
_QUOTED = regex.compile(r"""["“”„«»「『「][^"“”„«»「」『』\n]{12,}["“”»«」』]""")
_QUOTED_WORDS = 4

_NEXT_SENTENCE = regex.compile(r"""\p{L}{3}[.!?…]["'”’»)]?\s+\S""")


class Kind(StrEnum):
    """What the words before a credit read like. Speech is never a caption; a report may be one by its place."""

    CAPTION = "caption"
    REPORT = "report"
    SPEECH = "speech"


class Credited(NamedTuple):
    """The words before a credit, without separators at their end, and what they read like."""

    words: str
    kind: Kind

    @property
    def is_prose(self) -> bool:
        """Whether they read as running text."""
        return self.kind is not Kind.CAPTION


class CaptionReader:
    """Tells captions from paragraphs that end in a credit, by words of the languages that the terms know.

    Args:
        terms: the terms of a rule set: ``saying``, ``shown``, ``nordic-caption``, and ``common-XX`` with ``report-XX``
            for each language XX. What is missing is never found.
    """

    def __init__(self, terms: Mapping[str, str]) -> None:
        self._terms = terms
        self._languages = tuple(sorted(name.removeprefix("report-") for name in terms if name.startswith("report-")))
        self._patterns: dict[str, regex.Pattern[str]] = {}  # compiled when a caption is first looked at

    def before_credit(self, match: regex.Match[str]) -> Credited | None:
        """The words that a pattern with the group ``caption`` found before a credit, and what they read like.

        A name may have been read from before the end of a sentence ("in June. Jane Doe/AP"): the sentence is prose.

        >>> match = regex.fullmatch("(?P<caption>.+) Photo: .+", "She said that it rained. Photo: AP")
        >>> CaptionReader({"saying": r"\\bsaid\\b"}).before_credit(match)
        Credited(words='She said that it rained.', kind=<Kind.SPEECH: 'speech'>)
        """
        text, end = match.string, match.end(CAPTION)
        caption = _trimmed(text[: max(end, 0)])
        if not ends_sentence(caption) and (more := _SENTENCE.match(text, len(caption))):
            caption = _trimmed(text[: more.end()])
        return Credited(caption, self.kind(caption)) if caption else None

    def kind(self, caption: str) -> Kind:
        """Whether the words before a credit are a caption or running text: two sentences, one of a report, speech.

        What says that it shows a picture is a caption however long it is, unless it holds speech.

        >>> reader = CaptionReader({})
        >>> reader.kind("“We have waited nine years for this,” she said.").value
        'speech'
        >>> reader.kind("The mayor on the old bridge.").value
        'caption'
        """
        text = caption.strip()
        if any(count_words(quoted) >= _QUOTED_WORDS for quoted in _QUOTED.findall(text)):
            return Kind.SPEECH
        if ends_sentence(text) and count_words(text) >= _SHORT and self._finds("saying", text):
            return Kind.SPEECH
        reads = is_prose(text) and not self._finds("shown", text) and not self._reports_nothing(text)
        return Kind.REPORT if reads else Kind.CAPTION

    def _reports_nothing(self, text: str) -> bool:
        """Whether a text is one sentence of a language we know, and no verb of it says what was or what will be."""
        if _NEXT_SENTENCE.search(text):
            return False
        if self._finds("nordic-caption", text):
            return True
        return any(
            len(self._pattern(f"common-{language}").findall(text)) > 1 and not self._finds(f"report-{language}", text)
            for language in self._languages
        )

    def _finds(self, term: str, text: str) -> bool:
        return self._pattern(term).search(text) is not None

    def _pattern(self, term: str) -> regex.Pattern[str]:
        found = self._patterns.get(term)
        if found is None:
            text = expand_terms(f"{{{term}}}", self._terms) if term in self._terms else _NEVER
            found = self._patterns[term] = regex.compile(text, regex.IGNORECASE)
        return found


def _trimmed(text: str) -> str:
    """The text without separators, opening brackets and a sign of copyright at its end."""
    text = text.rstrip(_SEPARATORS)
    for sign in _COPYRIGHT:
        text = text.removesuffix(sign).rstrip(_SEPARATORS)
    return text


def credit_start(line: str, caption: str) -> int:
    """Where the credit begins in a line, separators before it included.

    Args:
        line: the line as it stands in the text.
        caption: the words before the credit, as a pattern saw them: without bullets and runs of blanks.

    >>> credit_start("•  It rained  all day. – Photo: dpa", "It rained all day.")
    22
    """
    left = sum(char not in BLANKS for char in caption)
    at = plain(line).find(caption[0])
    while left:
        if line[at] not in BLANKS and line[at] != _SOFT_HYPHEN:
            left -= 1
        at += 1
    return at
