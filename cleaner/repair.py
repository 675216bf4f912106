r"""Encoding and text repair: from a decoded string to the text that rules look at.

ftfy does the encoding work, through one explicit configuration that keeps the author's typography: curly quotes,
ligatures and full-width forms are not errors. It is called line by line (each line with its newline), so the
result of a line never depends on its neighbours; ftfy's own ``unescape_html="auto"`` on a whole text does.
Own steps then take out invisible characters and put blanks and blank lines in order.

Each step is recorded as edits on the text before it, so every repair can be undone.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import regex

from cleaner.edits import apply, invert
from cleaner.model import Edit, RepairStep

if TYPE_CHECKING:
    from ftfy import TextFixerConfig

__all__ = ["RepairConfig", "Repaired", "repair", "undo"]


@dataclass(frozen=True)
class RepairConfig:
    """What repair mends. The defaults mend what is broken and keep what the author wrote.

    The first group is on by default: mojibake ("â€™" for "’"), HTML entities left in the text, C0/C1 control
    characters, sequences in which a byte was lost, UTF-16 surrogates, terminal escapes, foreign line breaks,
    invisible characters (zero-width characters, byte order marks inside the text), soft hyphens, blanks (runs with
    no-break spaces, trailing blanks, more than one blank line) and NFC. The second group is typography and off:
    straight quotes, ligatures taken apart, full-width forms made narrow.

    >>> repair("“It’s ﬁne” &amp; done\\N{SOFT HYPHEN}.\\r\\n\\n\\n\\nEnd").text
    '“It’s ﬁne” & done.\\n\\nEnd\\n'
    """

    mojibake: bool = True
    entities: bool = True
    control_characters: bool = True
    lossy_sequences: bool = True
    surrogates: bool = True
    terminal_escapes: bool = True
    line_breaks: bool = True
    invisible: bool = True
    soft_hyphens: bool = True
    blanks: bool = True
    normalization: Literal["NFC", "NFD", "NFKC", "NFKD"] | None = "NFC"

    straight_quotes: bool = False
    plain_ligatures: bool = False
    narrow_forms: bool = False

    @cached_property
    def ftfy(self) -> TextFixerConfig:
        """The same, in ftfy's words."""
        from ftfy import TextFixerConfig  # costs 30 ms, and clean text never needs it

        return TextFixerConfig(
            unescape_html="auto" if self.entities else False,
            remove_terminal_escapes=self.terminal_escapes,
            fix_encoding=self.mojibake,
            restore_byte_a0=self.mojibake,
            replace_lossy_sequences=self.lossy_sequences,
            decode_inconsistent_utf8=self.mojibake,
            fix_c1_controls=self.control_characters,
            fix_latin_ligatures=self.plain_ligatures,
            fix_character_width=self.narrow_forms,
            uncurl_quotes=self.straight_quotes,
            fix_line_breaks=self.line_breaks,
            fix_surrogates=self.surrogates,
            remove_control_chars=self.control_characters,
            normalization=self.normalization,
            # ftfy drops the other options on its way to the mojibake fix unless it is asked to explain (6.3.1).
            explain=True,
        )

    @property
    def keeps_typography(self) -> bool:
        return not (self.straight_quotes or self.plain_ligatures or self.narrow_forms)


@dataclass(frozen=True, slots=True)
class Repaired:
    """The repaired text and the steps that lead to it, in order."""

    text: str
    steps: tuple[RepairStep, ...]


# A line can only change under ftfy if it has one of these. The second half is what every alternative of
# ftfy.badness.BADNESS_RE needs: two neighbours from the repertoire of mojibake, or one of the letters that are bad
# next to an ASCII character. tests/test_repair.py holds this against ftfy on random text.
_SUSPECT = regex.compile(
    r"[&\x00-\x08\x0b\x0d-\x1f\x7f-\x9f\u2028\u2029\u206a-\u206f\ufeff\ufff9-\ufffc\ud800-\udfff\x0c]"
    r"|[ŒœÃÂВГРСΒΓΞΟ]|[\x80-\u25ff\ufb01\ufb02\ufffd]{2}"
)
_TYPOGRAPHY = regex.compile(r"[^\x00-\x7f]|['\"]")


def _could_change(text: str, config: RepairConfig) -> bool:
    form = config.normalization
    if form is not None and not text.isascii() and not unicodedata.is_normalized(form, text):
        return True
    if not config.keeps_typography and _TYPOGRAPHY.search(text):
        return True
    return _SUSPECT.search(text) is not None


def _fix_line(line: str, config: RepairConfig) -> tuple[str, str]:
    """A line mended by ftfy, and the name of what was wrong with it."""
    from ftfy import fix_and_explain

    fixed, explanation = fix_and_explain(line, config.ftfy)
    if fixed == line:
        return line, ""
    actions = {step.action for step in explanation or ()}
    names = [step.parameter for step in explanation or ()]
    if actions & {"encode", "decode", "transcode"}:
        return fixed, "mojibake"
    named = {
        "decode_inconsistent_utf8": "mojibake",
        "restore_byte_a0": "mojibake",
        "replace_lossy_sequences": "mojibake",
        "unescape_html": "entities",
        "fix_c1_controls": "control-characters",
        "remove_control_chars": "control-characters",
        "remove_terminal_escapes": "control-characters",
        "fix_line_breaks": "line-breaks",
        "fix_surrogates": "surrogates",
        "uncurl_quotes": "typography",
        "fix_latin_ligatures": "typography",
        "fix_character_width": "typography",
    }
    return fixed, next((named[name] for name in names if name in named), "normalization")


def _encoding_edits(text: str, config: RepairConfig) -> Iterator[Edit]:
    if not _could_change(text, config):
        return
    at = 0
    for line in _segments(text):
        if _could_change(line, config):
            fixed, name = _fix_line(line, config)
            if name:
                yield _narrow(at, line, fixed, f"repair.{name}")
        at += len(line)


# ftfy's cost grows with the length of what it is given, and one broken character makes it look at all of that.
_LONGEST_SEGMENT = 50_000


def _segments(text: str) -> Iterator[str]:
    """Lines with their newlines; a very long one in pieces, cut at a blank between ASCII characters."""
    lines = [line + "\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    for line in lines:
        if len(line) <= _LONGEST_SEGMENT:
            yield line
        else:
            yield from _pieces(line)


def _pieces(line: str) -> Iterator[str]:
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


# Zero-width characters have uses: U+200B separates words in South-East Asian scripts, the joiners shape Indic and
# Arabic letters and glue emoji. Between Latin letters, at blanks and at line ends they are residue.
_INVISIBLE = (
    r"[\N{WORD JOINER}\N{ZERO WIDTH NO-BREAK SPACE}\N{MONGOLIAN VOWEL SEPARATOR}]+"
    r"|(?<![\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}])\N{ZERO WIDTH SPACE}+(?![\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}])"
    r"|(?<=^|[\s\p{Latin}\p{Cyrillic}\p{Greek}\p{Han}\p{P}])[\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}]+"
    r"|[\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}]+(?=[\s\p{Latin}\p{Cyrillic}\p{Greek}\p{Han}]|$)"
)
_HAS_INVISIBLE = regex.compile(r"[\xad\u180e\u200b-\u200d\u2060\ufeff]")

# One no-break space is typography (« bonjour »); two, or one beside an ordinary space, are layout.
_BLANK_RUN = regex.compile(r"(?<=\S)(?:[\xa0\u202f]+[ \xa0\u202f]+|[ ]+[\xa0\u202f][ \xa0\u202f]*)(?=\S)")
_TRAILING = regex.compile(r"(?<![^\S\n])[^\S\n]+(?=\n|\Z)")  # the look-behind keeps a long run of blanks linear
_LEADING_LINES = regex.compile(r"\A(?:[^\S\n]*\n)+")
_BLANK_LINES = regex.compile(r"(?<=\n\n)\n+")
_LAST_LINES = regex.compile(r"(?<!\A)\n{2,}\Z")


def _pattern_edits(
    pattern: regex.Pattern[str], replacement: str, rule: str
) -> Callable[[str, RepairConfig], Iterator[Edit]]:
    def find(text: str, _config: RepairConfig) -> Iterator[Edit]:
        for match in pattern.finditer(text):
            yield Edit(match.start(), match.end(), replacement, rule)

    return find


_blank_runs = _pattern_edits(_BLANK_RUN, " ", "repair.blanks")
_trailing = _pattern_edits(_TRAILING, "", "repair.blanks")
_leading_lines = _pattern_edits(_LEADING_LINES, "", "repair.blank-lines")
_blank_lines = _pattern_edits(_BLANK_LINES, "", "repair.blank-lines")
_last_lines = _pattern_edits(_LAST_LINES, "\n", "repair.blank-lines")


def _invisible(text: str, config: RepairConfig) -> Iterator[Edit]:
    if text.isascii() or not _HAS_INVISIBLE.search(text):
        return
    wanted = [_INVISIBLE] * config.invisible + ["\N{SOFT HYPHEN}+"] * config.soft_hyphens
    if wanted:
        for match in regex.finditer("|".join(wanted), text, regex.MULTILINE):
            yield Edit(match.start(), match.end(), "", "repair.invisible")


def _runs(text: str, config: RepairConfig) -> Iterator[Edit]:
    if "\N{NO-BREAK SPACE}" in text or "\N{NARROW NO-BREAK SPACE}" in text:
        yield from _blank_runs(text, config)


def _final_newline(text: str, _config: RepairConfig) -> Iterator[Edit]:
    if text and not text.endswith("\n"):
        yield Edit(len(text), len(text), "\n", "repair.final-newline")
    elif text.endswith("\n\n"):
        yield from _last_lines(text, _config)


_Finder = Callable[[str, RepairConfig], Iterator[Edit]]
_ENCODING: tuple[tuple[str, _Finder], ...] = (("encoding", _encoding_edits), ("invisible", _invisible))
_BLANKS: tuple[tuple[str, _Finder], ...] = (
    ("blank-runs", _runs),
    ("trailing-blanks", _trailing),
    ("leading-lines", _leading_lines),
    ("blank-lines", _blank_lines),
    ("final-newline", _final_newline),
)
_MAX_ROUNDS = 5


def repair(text: str, config: RepairConfig = RepairConfig()) -> Repaired:
    """Mend a decoded text. Paragraph style (one newline or a blank line) stays as it was.

    The steps run again while anything changes, so ``repair(repair(x).text).text == repair(x).text``: taking out a
    soft hyphen can complete an entity.

    >>> repair("Itâ€™s wrapped.  \\n\\n\\nNext").text
    'It’s wrapped.\\n\\nNext\\n'
    >>> [step.name for step in repair("Itâ€™s wrapped.  \\n\\n\\nNext").steps]
    ['encoding', 'trailing-blanks', 'blank-lines', 'final-newline']
    """
    finders = _ENCODING + _BLANKS if config.blanks else _ENCODING
    steps: list[RepairStep] = []
    for _ in range(_MAX_ROUNDS):
        before = text
        for name, find in finders:
            edits = tuple(find(text, config))
            if edits:
                steps.append(RepairStep(name, edits, invert(text, edits)))
                text = apply(text, edits)
        if text == before:
            break
    return Repaired(text, tuple(steps))


def undo(repaired: str, steps: tuple[RepairStep, ...]) -> str:
    """The text before the repair, from the repaired text and its steps alone.

    >>> done = repair("Itâ€™s.")
    >>> undo(done.text, done.steps)
    'Itâ€™s.'
    """
    for step in reversed(steps):
        repaired = apply(repaired, step.inverse)
    return repaired
