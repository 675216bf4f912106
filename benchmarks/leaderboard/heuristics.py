"""What a weekend script does: rules of thumb about single lines, in no language in particular."""

from __future__ import annotations

import re

__all__ = ["clean"]

_SENTENCE_END = re.compile(r"""[.!?…。！？।؟۔:;,]["'”’»)\]]*$""")
_CALLS = re.compile(
    r"(?:share|follow|subscribe|sign up|log in|read more|read also|related|advertisement|comments?|copyright|©|photo:|"
    r"image:|source:|tags?:|by )",
    re.IGNORECASE,
)
_FEW_WORDS, _CALL_WORDS = 4, 8


def clean(text: str) -> str:
    """A text without lines that look like scraps: short ones that end no sentence, calls, menus, and second copies.

    >>> clean("The council met on Tuesday evening.\\nHome | News | Sport\\nShare this\\nRead on\\n")
    'The council met on Tuesday evening.\\n'
    """
    seen = set[str]()
    kept = []
    for line in text.split("\n"):
        stripped = line.strip()
        if not stripped:
            kept.append(line)
        elif not _looks_like_scrap(stripped) and stripped not in seen:
            kept.append(line)
            seen.add(stripped)
    return "\n".join(kept)


def _looks_like_scrap(line: str) -> bool:
    words = line.split()
    if sum(char in "|•·›»/" for char in line) >= 2 and not _SENTENCE_END.search(line):
        return True
    if len(words) <= _FEW_WORDS and not _SENTENCE_END.search(line):
        return True
    return len(words) <= _CALL_WORDS and _CALLS.match(line) is not None
