"""What a line looks like: evidence that needs nothing but the line itself, in any script."""

from __future__ import annotations

import re
from string import ascii_lowercase, ascii_uppercase

import regex

from cleaner.text.lines import is_bulleted
from cleaner.text.prose import count_words, ends_sentence

__all__ = ["SHAPE", "is_unspaced", "shape_of", "words_of"]

SHAPE: tuple[tuple[str, str], ...] = (
    ("characters", "it is {} characters long"),
    ("words", "it has {} words"),
    ("word-length", "its words are {} characters long"),
    ("digits", "{%} of its characters are digits"),
    ("letters", "{%} of its characters are letters"),
    ("capitals", "{%} of its letters are capitals"),
    ("capitalised", "{%} of its words begin with a capital"),
    ("last", "it ends in {last}"),
    ("first", "it begins with {first}"),
    ("sentence", "it {ends/does not end} like a sentence"),
    ("sentences", "{} sentences end in it"),
    ("separators", "it holds {} separators"),
    ("quotes", "it holds {} quotation marks"),
    ("commas", "it holds {} commas"),
    ("colons", "it holds {} colons"),
    ("numbers", "it holds {} numbers"),
    ("clock", "it {holds/holds no} time of day or date in digits"),
    ("address", "it {holds/holds no} address of the web or a handle"),
    ("unspaced", "its script {puts no/puts} blanks between words"),
    ("indent", "it is indented by {} blanks"),
)
"""The evidence of the shape: the name of each piece, and what it says in words."""

LAST = ("nothing", "a full stop", "a question or exclamation mark", "an ellipsis", "a colon", "a comma or semicolon",
        "a quotation mark or bracket", "a digit", "a letter", "another character")  # fmt: skip
FIRST = ("nothing", "a capital", "a small letter", "a digit", "a quotation mark", "a bullet", "a bracket",
         "a letter without case", "another character")  # fmt: skip

_LOOKED_AT = 400  # characters: what is longer than this is nearly always running text, and counting costs time
_WORD = re.compile(r"[^\W_]+(?:['’\-.,][^\W_]+)*")
_MARKED_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:['’\-.,][\p{L}\p{M}\p{N}]+)*")
_MARKS = re.compile("[\u0300-\u036f\u0590-\u1dff]")  # scripts whose letters are followed by marks
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_SEPARATORS = "|·•»›>/"
_DASH = re.compile(r"(?<=\s)[-–—]\s")
_QUOTES = re.compile('["“”„«»‹›「」『』]')
_CAPITALS, _SMALL, _DIGITS = (name.encode() for name in (ascii_uppercase, ascii_lowercase, "0123456789"))
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_NUMBER = re.compile(r"\d+")
_CLOCK = re.compile(r"\b\d{1,2}[:.h]\d{2}\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b(?:19|20)\d\d\b")
_HANDLE = re.compile(r"\w@\w|(?:^|\s)[@#]\w")
_HOST = re.compile(r"\.(?:com|org|net|de|fr|uk|ru|pl|cz)\b")
_SENTENCE_ENDS = re.compile(r"[.!?…؟।][\"'”’»)\]]*(?:\s|$)|[。！？]")
_CLOSING = "\"'”’»›“‘)]）］」』】"
_OPENING = "\"'“„«»‹‘「『"


def words_of(line: str) -> list[str]:
    """The words of the beginning of a line, in their own letters.

    >>> words_of("The council’s vote, at 9.30")
    ['The', 'council’s', 'vote', 'at', '9.30']
    """
    text = line[:_LOOKED_AT]
    return _MARKED_WORD.findall(text) if _MARKS.search(text) else _WORD.findall(text)


def shape_of(line: str, words: list[str]) -> list[float]:
    """The evidence of :data:`SHAPE` for a line that is not blank, in its order.

    Args:
        line: the line, without its newline.
        words: its words, as :func:`words_of` gives them.

    >>> line = "Share this article"
    >>> found = dict(zip((name for name, _ in SHAPE), shape_of(line, words_of(line))))
    >>> found["words"], found["sentence"], LAST[found["last"]]
    (3, False, 'a letter')
    """
    text = line.strip()
    seen = text[:_LOOKED_AT]
    unspaced = is_unspaced(seen)
    count = len(words) if len(text) == len(seen) and not unspaced else count_words(text[:2000])
    letters, digits, capitals = _counts(seen)
    many = len(words) or 1
    return [
        len(text),
        count,
        round(len(text) / (count or 1), 2),
        round(digits / len(seen), 3),
        round(letters / len(seen), 3),
        round(capitals / (letters or 1), 3),
        round(sum([word[0].isupper() for word in words]) / many, 3),
        _last(text),
        _first(text),
        ends_sentence(text),
        len(_SENTENCE_ENDS.findall(seen)),
        _separators(seen),
        seen.count('"') if seen.isascii() else len(_QUOTES.findall(seen)),
        seen.count(",") + seen.count("，") + seen.count("、"),
        seen.count(":") + seen.count("："),
        len(_NUMBER.findall(seen)) if digits else 0,
        bool(digits) and _CLOCK.search(seen) is not None,
        _has_address(seen),
        unspaced,
        min(len(line) - len(line.lstrip()), 20),
    ]


def is_unspaced(text: str) -> bool:
    """Whether the beginning of a text is in a script without blanks between words, such as Chinese or Thai.

    >>> is_unspaced("桥"), is_unspaced("bridge")
    (True, False)
    """
    return not text.isascii() and _UNSPACED.search(text, 0, _LOOKED_AT) is not None


def _separators(text: str) -> int:
    """How many separators there are. Counting one sign after the other is ten times as fast as a regex."""
    signs = "|>/" if text.isascii() else _SEPARATORS
    found = sum([text.count(sign) for sign in signs])
    return found + len(_DASH.findall(text)) if "-" in text or "–" in text or "—" in text else found


def _has_address(text: str) -> bool:
    if "http:" in text or "https:" in text or "www." in text:
        return True
    if ("@" in text or "#" in text) and _HANDLE.search(text):
        return True
    return "." in text and any(
        (before := text[found.start() - 1 : found.start()]).isalnum() or before == "_" for found in _HOST.finditer(text)
    )


def _counts(text: str) -> tuple[int, int, int]:
    """How many letters, digits and capitals there are. Bytes are counted twenty times as fast as characters."""
    plain = text.encode("ascii", "ignore")
    size = len(plain)
    capitals = size - len(plain.translate(None, _CAPITALS))
    letters = capitals + size - len(plain.translate(None, _SMALL))
    digits = size - len(plain.translate(None, _DIGITS))
    if size < len(text):
        beyond = _BEYOND_ASCII.findall(text)
        letters += sum(map(str.isalpha, beyond))
        digits += sum(map(str.isdigit, beyond))
        capitals += sum(map(str.isupper, beyond))
    return letters, digits, capitals


def _last(text: str) -> int:
    """The number of the last character's kind in :data:`LAST`."""
    last = text[-1]
    if last.isalpha():
        return 8
    if text.endswith(("...", "…")):
        return 3
    if last in _CLOSING:
        return 6
    for kind, characters in ((1, ".。।؛"), (2, "?!？！؟"), (4, ":："), (5, ",;，；、،")):
        if last in characters:
            return kind
    return 7 if last.isdigit() else 9


def _first(text: str) -> int:
    """The number of the first character's kind in :data:`FIRST`."""
    first = text[0]
    if first.isalpha():
        return 1 if first.isupper() else 2 if first.islower() else 7
    if first.isdigit():
        return 3
    if is_bulleted(text):
        return 5
    return 4 if first in _OPENING else 6 if first in "([{（［【" else 8
