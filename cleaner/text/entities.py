"""HTML entities that were left in a text ("R&amp;D"), and those that the text is about.

An entity in code, in backticks, alone in quotes or near the word HTML is what the author wrote. On a line with tags
the entities of ``<``, ``>`` and ``&`` in front of another entity stay, too, since they tell what is no tag from what is
one, and so do those inside a tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.model import Edit
from cleaner.text.code import fenced_blocks, in_backticks, looks_like_code

__all__ = ["entity_edits"]

_ENTITY = re.compile(r"&(?:amp;)*+(?:#?[0-9A-Za-z]{1,24};)?")
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)(?=[\s/>])[^<>]*>")
_ARTICLE_TAGS = (
    "a abbr b big blockquote br center cite dd div dl dt em figcaption figure font h1 h2 h3 h4 h5 h6 hr i img ins li "
    "mark ol p q s section small span strike strong sub sup table tbody td th thead time tr u ul"
)
_INLINE = frozenset(_ARTICLE_TAGS.split())
"""Tags of articles. ``code``, ``pre`` and the tags of whole pages and programs are none of them."""

_TELLS_TAGS = re.compile(r"&(?:lt|gt|LT|GT|#0*6[02]|#[xX]0*3[cCeE]);|&(?:amp;)+#?[0-9A-Za-z]")
# Words that make an entity near them the thing that is spoken of.
_SPEAKS = re.compile(
    r"(?<!&amp; )\b(?:X?HTML|XML|SGML)\b(?! &amp; )|\b(?:[Ee]ntit(?:y|ies|és?|ät|äten|à|eit)|[Ee]ntidad(?:es)?"
    r"|[Ee]ntidades?|[Ee]ncja|[Cc]haracter references?|[Сс]ущность)[ :]+[\"“'‘«(]?&"
)
_NEAR = 60  # characters
_QUOTES = ("''", '""', "``", "“”", "‘’", "„“", "«»", "「」")


def entity_edits(text: str) -> Iterator[Edit]:
    """Edits that put the character in the place of each entity that is a leftover, in order.

    >>> [(edit.start, edit.replacement) for edit in entity_edits("R&amp;D, or “&amp;”")]
    [(1, '&')]
    >>> [edit.replacement for edit in entity_edits("the mayor&#8217;s <b>bridge</b>")]
    ['’']
    """
    if "&" not in text or ";" not in text:
        return
    fences = fenced_blocks(text)
    first = last = -1  # the block of code that ends behind the entity, if there is one
    end = tagged = 0
    line, start, keeps = "", 0, False
    for match in _ENTITY.finditer(text):
        character = _character(match[0])
        if character == match[0]:
            continue
        while last <= match.start() and last < len(text):
            first, last = next(fences, (len(text), len(text)))
        if match.start() >= end:
            start = text.rfind("\n", 0, match.start()) + 1
            end = text.find("\n", match.start()) + 1 or len(text)
            line = text[start:end]
            tagged = "<" in line
            keeps = looks_like_code(line) or (tagged and not _is_article(line))
        if (
            keeps
            or (tagged and _is_markup(line, match.start() - start, match[0]))
            or _is_meant(line, match.start() - start, match[0])
        ):
            continue
        if not first <= match.start():
            yield Edit(match.start(), match.end(), character, "repair.entities")


def _character(entity: str) -> str:
    """What an entity stands for; itself when it is none. ``&amp;amp;lt;`` was escaped three times."""
    from ftfy.fixes import unescape_html

    if entity.startswith("&amp;") and entity.count(";") > 1:
        entity = "&" + entity.rpartition("amp;")[2] if not entity.endswith("amp;") else "&amp;"
    return unescape_html(entity) if entity.endswith(";") else entity


def _is_article(line: str) -> bool:
    """Whether all the tags of a line are such as articles have, and no ``<`` is anything else."""
    names = [match[1].lower() for match in _TAG.finditer(line)]
    return len(names) == line.count("<") and _INLINE.issuperset(names)


def _is_markup(line: str, at: int, entity: str) -> bool:
    """Whether an entity on a line with tags tells what is no tag, or stands in one."""
    return _TELLS_TAGS.match(entity) is not None or line.rfind("<", 0, at) > line.rfind(">", 0, at)


def _is_meant(line: str, at: int, entity: str) -> bool:
    """Whether a text speaks of the entity itself: it stands in quotes alone, between backticks, or near "HTML"."""
    around = line[at - 1 : at] + line[at + len(entity) : at + len(entity) + 1]
    if around in _QUOTES or ("`" in line and in_backticks(line, at)):
        return True
    return _SPEAKS.search(line, max(0, at - _NEAR), at + len(entity) + _NEAR) is not None
