"""Encoding repair: mojibake, control characters and the like, mended by ftfy line by line.

ftfy keeps the author's typography under our configuration: curly quotes, ligatures and full-width forms are not
errors. It gets each line with its newline and nothing else, so the result of a line never depends on its neighbours.

Capitals in front of a quote or a blank look to ftfy like mojibake ("“AMANHÃ”"): where they are right, the line is cut
on both sides of them, and ftfy never sees them beside what follows.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import regex

from cleaner.model import Edit
from cleaner.text.capitals import split_at_capitals
from cleaner.text.deadline import NO_DEADLINE, Deadline
from cleaner.text.repair_config import RepairConfig
from cleaner.text.suspects import could_change, suspect_search

__all__ = ["encoding_edits"]

_CAUSES = {
    "decode_inconsistent_utf8": "mojibake",
    "restore_byte_a0": "mojibake",
    "replace_lossy_sequences": "mojibake",
    "fix_c1_controls": "control-characters",
    "remove_control_chars": "control-characters",
    "remove_terminal_escapes": "control-characters",
    "fix_line_breaks": "line-breaks",
    "fix_surrogates": "surrogates",
    "uncurl_quotes": "typography",
    "fix_latin_ligatures": "typography",
    "fix_character_width": "typography",
}
"""What was wrong with a line, by the option of ftfy that mended it."""


def encoding_edits(text: str, config: RepairConfig, deadline: Deadline = NO_DEADLINE) -> Iterator[Edit]:
    """Edits that mend the encoding of a text, each named after what was wrong (``repair.mojibake``), in order.

    Args:
        text: the text.
        config: what is mended.
        deadline: how long it may take.

    Raises:
        OutOfTimeError: it took longer than that.

    >>> [(edit.replacement, edit.rule) for edit in encoding_edits("Itâ€™s “AMANHÃ” é", RepairConfig())]
    [('’', 'repair.mojibake')]
    """
    for start, end in _suspect_lines(text, config):
        at, line = start, text[start:end]
        its_config = config.without_normal_form if _is_stacked(line) else config
        for long in _pieces(line):
            for piece in split_at_capitals(long):
                deadline.left()
                ends = config.blanks and at + len(piece) == len(text)
                fixed, name = _fix_last(piece, its_config) if ends else _fix_line(piece, its_config)
                if name:
                    yield _narrow(at, piece, fixed, f"repair.{name}")
                at += len(piece)


def _suspect_lines(text: str, config: RepairConfig) -> Iterator[tuple[int, int]]:
    """Start and end, newline included, of each line that ftfy could change."""
    search = suspect_search(text, config)
    found = search(text, 0)
    while found:
        start = text.rfind("\n", 0, found.start()) + 1
        end = text.find("\n", found.start()) + 1 or len(text)
        line = text[start:end]
        if could_change(line, config.without_normal_form if _is_stacked(line) else config):
            yield start, end
        found = search(text, end)


# Bringing marks into order takes Python the square of their number. Text has five on a letter and no more.
_MOST_MARKS = 500
_MARKS = regex.compile(rf"(?<!\p{{M}})\p{{M}}{{{_MOST_MARKS}}}")


def _is_stacked(line: str) -> bool:
    """Whether so many marks stand on one letter that the line stays without normal form."""
    return len(line) > _MOST_MARKS and not line.isascii() and _MARKS.search(line) is not None


def _fix_last(piece: str, config: RepairConfig) -> tuple[str, str]:
    """The end of a text mended, and the name of what was wrong with it.

    ftfy sees it with the newline that it will have: "ÅŒ" is another text to ftfy than "ÅŒ" at the end of a line.
    """
    fixed, name = _fix_line(piece if piece.endswith("\n") else piece + "\n", config)
    if piece.endswith("\n") or not fixed.endswith("\n"):
        return fixed, name
    return fixed[:-1], name


def _fix_line(line: str, config: RepairConfig) -> tuple[str, str]:
    """A line mended by ftfy, and the name of what was wrong with it."""
    if config.normalization and not could_change(line, config.without_normal_form):
        # Only its normal form may be wrong, which takes ftfy a hundred times as long.
        normal = unicodedata.normalize(config.normalization, line)
        if not could_change(normal, config.without_normal_form):
            return normal, "normalization" if normal != line else ""
    from ftfy import fix_and_explain

    fixed, explanation = fix_and_explain(line, config.ftfy)
    if fixed == line:
        return line, ""
    actions = {step.action for step in explanation or ()}
    names = [step.parameter for step in explanation or ()]
    if actions & {"encode", "decode", "transcode"}:
        return fixed, "mojibake"
    return fixed, next((_CAUSES[name] for name in names if name in _CAUSES), "normalization")


# ftfy's cost grows with the length of the text it gets, and one broken character makes it look at all of that.
_LONGEST_SEGMENT = 50_000


def _pieces(line: str) -> Iterator[str]:
    """A line; a very long one in pieces, cut at a blank between ASCII characters."""
    at = 0
    while len(line) - at > _LONGEST_SEGMENT:
        blank = line.find(" ", at + _LONGEST_SEGMENT, len(line) - 1)
        while blank > 0 and not ("!" <= line[blank - 1] <= "~" and "!" <= line[blank + 1] <= "~"):
            blank = line.find(" ", blank + 1, len(line) - 1)
        if blank < 0:
            break
        yield line[at : blank + 1]
        at = blank + 1
    yield line[at:]


def _narrow(at: int, old: str, new: str, rule: str) -> Edit:
    """The edit from ``old`` to ``new`` without what both begin and end with."""
    limit = min(len(old), len(new))
    head = 0
    while head < limit and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < limit - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return Edit(at + head, at + len(old) - tail, new[head : len(new) - tail], rule)
