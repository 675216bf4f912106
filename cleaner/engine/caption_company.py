"""Captions told by their company: lines that read like a report, in a text that credits its pictures in captions.

A paragraph that a credit was glued to and a caption that is a whole sentence read the same. But a page that ends its
captions in credits does so more than once, while what is glued to a paragraph stands alone, mostly at the end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cleaner.engine.captions import Credited, Kind
from cleaner.engine.compiler import LineMatch
from cleaner.text.lines import TextView

__all__ = ["captions_in_company", "credited_words"]

# For each line that may be a caption: where more paragraphs end in credits, the news is in short pieces.
_PARAGRAPHS = 2
_LEAST_PARAGRAPHS = 4  # in a shorter text nothing tells the captions from the paragraphs


def credited_words(matches: Sequence[LineMatch]) -> Credited | None:
    """The words before the credit of a line that several patterns may read: those of the longest credit."""
    found = [match.credited for match in matches if match.credited]
    return min(found, key=lambda credited: len(credited.words), default=None)


def captions_in_company(view: TextView, found: Mapping[str, Sequence[LineMatch]]) -> frozenset[int]:
    """Indices of the lines that end in a credit and are captions, though some read like a report.

    Args:
        view: the text.
        found: what rules fit, by the wording of lines.

    >>> captions_in_company(TextView("The council met on Tuesday evening and voted for the bridge. Photo: dpa"), {})
    frozenset()
    """
    if not any(match.credited for matches in found.values() for match in matches):
        return frozenset()
    credited = {
        i: words for i, line in enumerate(view.lines) if line in found and (words := credited_words(found[line]))
    }
    if not credited:
        return frozenset()
    paragraphs = [i for i in range(len(view.lines)) if i not in credited and view.is_prose(i)]
    last = paragraphs[-1] if paragraphs else -1  # below it stand credits of the whole text, glued to its end
    captions = [i for i, words in credited.items() if words.kind is Kind.CAPTION]
    reports = [i for i, words in credited.items() if words.kind is Kind.REPORT and i < last]
    if len(paragraphs) < max(_LEAST_PARAGRAPHS, _PARAGRAPHS * len(reports)):
        return frozenset()
    together = (*captions, *reports)
    return frozenset(together if len({credited[i].words for i in together}) > 1 else ())
