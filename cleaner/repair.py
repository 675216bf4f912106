r"""Encoding and text repair: from a decoded string to the text that rules look at.

ftfy does the encoding work, through one explicit configuration that keeps the author's typography: curly quotes,
ligatures and full-width forms are not errors. It is called line by line (each line with its newline), so the
result of a line never depends on its neighbours; ftfy's own ``unescape_html="auto"`` on a whole text does.
Own steps then take out invisible characters and put blanks and blank lines in order.

Each step is recorded as edits on the text before it, so every repair can be undone.
"""

from __future__ import annotations

import re
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


# What a line must hold to change under ftfy, its normal form aside. Text of the web is full of curly quotes, accents
# and whole other alphabets, so the pattern is about what ftfy.badness calls unlikely: a character of mojibake (`bad`,
# currency, a capital with accent ...) beside another that is not ASCII. Every alternative of ftfy's BADNESS_RE needs
# one of these; tests/test_repair.py holds the pattern against ftfy on text made of the characters of mojibake.
#
# It begins with one class of characters so that re skips what is none of them without trying the alternatives: on the
# articles of the benchmark 400 million characters a second, 100 times as fast as ftfy's own pattern.
_ALWAYS = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}\u206a-\u206f\ufeff\ufff9-\ufffc"
    "\ud800-\udfff\N{CYRILLIC CAPITAL LETTER DJE}"
)
_RARE = (
    "¦¤¨¬¯¸ƒˆˇ˘˛˜†‡‰⌐◊�ªº"  # bad
    "¶§¢£¥₧€"  # law, currency
    "²³¹±¼½¾×µ÷⁄∂∆∏∑√∞∩∫≈≠≡≤≥№"  # numeric
    "│┌┐┘├┤┬┼═-╬▀▄█▌▐░▒▓"  # box
)
_CAPITALS = "À-ÑØÙÜÝĀĂĄĆČĎĐĒĖĘĚĞĢĪİĶĹĻĽŁŃŅŇŒŘŚŞŠŢŤŮŰŸŹŻŽҐ"
_SMALL = "ßà-ðñüāăąćčďđēėęěğģīįķĺļľłœŕśşšťźżžґﬁﬂ"
_OPENING = "¡«¿©΄΅‘‚“„•‹\uf8ff"
_CLOSING = "®»˝”›™"
_COMMON = "\xa0\xad·´–—―…’"  # stands beside anything
_OTHER = f"[^\\x00-\\x7f{_COMMON}]"

# What only a combining character and what can be decomposed can be: these are all outside, in whole blocks.
_COMPOSABLE = (
    "\u0300-\u0387\u0483-\u0487\u0591-\u2001\u20d0-\u20ff\u2126\u212a\u212b\u2329\u232a\u2adc\u2cef-\u2cf1\u2d7f"
    "\u2de0-\u2dff\u302a-\u302f\u3099\u309a\ua66f-\uabff\uf900-\ufad9\ufb1d-\ufb4e\ufe20-\ufe2f"
)
_COMPOSABLE_WIDE = "\U000101fd-\U0001efff\U0002f800-\U0002fa1d"


def _suspect(always: str) -> re.Pattern[str]:
    return re.compile(
        f"[{always}&{_RARE}{_CAPITALS}{_OPENING}{_CLOSING}œ°](?:"
        f"(?<=[{always}])"
        r"|(?<=&)#?[0-9A-Za-z]{1,24};"
        f"|(?<=[{_RARE}])(?:(?={_OTHER})|(?<={_OTHER}.))"
        f"|(?<=[{_CAPITALS}])(?:(?=[°{_COMMON}{_OPENING}{_CLOSING}œŠšŸž])"
        f"|(?<=[^\\x00-\\x7f{_COMMON}{_OPENING}{_CAPITALS}].)|(?<=‚.))"
        f"|(?<=[{_CLOSING}])(?=[{_SMALL}{_OPENING}])"
        f"|(?<=[{_SMALL}{_CAPITALS}ВГРСΒΓΞΟ][{_OPENING}{_CLOSING}])(?=\\w)"
        r"|(?<=[ВГРСΒΓΞΟ]°)(?=[ВГРСΒΓΞΟ])|(?<=[Œœ])(?![A-Za-z])|(?<=[ÃÂ])(?= )|(?<=‚)(?=[âó])|(?<=√)(?=´)"
        ")",
        re.DOTALL,
    )


_INVISIBLE_CHARS = "\xad\u180e\u200b\u200c\u200d\u2060\ufeff"
_SUSPECT = _suspect(_ALWAYS)
_SUSPECT_TEXT = _suspect(_ALWAYS + _COMPOSABLE + _INVISIBLE_CHARS)
# Ranges beyond U+FFFF in a class make re twice as slow on all text.
_SUSPECT_WIDE_TEXT = _suspect(_ALWAYS + _COMPOSABLE + _COMPOSABLE_WIDE + _INVISIBLE_CHARS)
_TYPOGRAPHY = re.compile(r"[^\x00-\x7f]|['\"]")
_NOT_PLAIN = re.compile(r"[^\t\n !#-%(-~]")


def _could_change(line: str, config: RepairConfig) -> bool:
    form = config.normalization
    if form is not None and not line.isascii() and not unicodedata.is_normalized(form, line):
        return True
    if not config.keeps_typography and _TYPOGRAPHY.search(line):
        return True
    return _SUSPECT.search(line) is not None


def _is_wide(text: str) -> bool:
    """Whether the text has characters beyond U+FFFF: they take two units of UTF-16."""
    return not text.isascii() and len(text.encode("utf-16-le", "surrogatepass")) > 2 * len(text)


def _next_suspect(text: str, config: RepairConfig) -> Callable[[str, int], re.Match[str] | None]:
    """The search for what encoding repair, normal form and invisible characters need a look at."""
    if not config.keeps_typography or config.normalization not in (None, "NFC"):
        return _NOT_PLAIN.search  # NFKC and typography change what is not suspect
    return _SUSPECT_WIDE_TEXT.search if _is_wide(text) else _SUSPECT_TEXT.search


def _suspect_lines(text: str, config: RepairConfig) -> Iterator[tuple[int, int]]:
    """Start and end, newline included, of each line that ftfy could change."""
    search = _next_suspect(text, config)
    found = search(text, 0)
    while found:
        start = text.rfind("\n", 0, found.start()) + 1
        end = text.find("\n", found.start()) + 1 or len(text)
        if _could_change(text[start:end], config):
            yield start, end
        found = search(text, end)


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
    for start, end in _suspect_lines(text, config):
        at = start
        for piece in _pieces(text[start:end]):
            fixed, name = _fix_line(piece, config)
            if name:
                yield _narrow(at, piece, fixed, f"repair.{name}")
            at += len(piece)


# ftfy's cost grows with the length of what it is given, and one broken character makes it look at all of that.
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


# Zero-width characters have uses: U+200B separates words in South-East Asian scripts, the joiners shape Indic and
# Arabic letters and glue emoji. Between Latin letters, at blanks and at line ends they are residue.
_INVISIBLE = (
    r"[\N{WORD JOINER}\N{ZERO WIDTH NO-BREAK SPACE}\N{MONGOLIAN VOWEL SEPARATOR}]+"
    r"|(?<![\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}])\N{ZERO WIDTH SPACE}+(?![\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}])"
    r"|(?<=^|[\s\p{Latin}\p{Cyrillic}\p{Greek}\p{Han}\p{P}])[\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}]+"
    r"|[\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}]+(?=[\s\p{Latin}\p{Cyrillic}\p{Greek}\p{Han}]|$)"
)

# One no-break space is typography (« bonjour »); two, or one beside an ordinary space, are layout.
_BLANK_RUN = regex.compile(r"(?<=\S)(?:[\xa0\u202f]+[ \xa0\u202f]+|[ ]+[\xa0\u202f][ \xa0\u202f]*)(?=\S)")
_BLANK_LINES = re.compile(r"\n\n(\n+)")


def _blank_runs(text: str, _config: RepairConfig) -> Iterator[Edit]:
    for match in _BLANK_RUN.finditer(text):
        yield Edit(match.start(), match.end(), " ", "repair.blanks")


def _trailing(text: str, _config: RepairConfig) -> Iterator[Edit]:
    for match in _BLANK_END.finditer(text):
        yield _blanks_before(match.start(), text)
    if text[-1:].isspace() and text[-1] != "\n":
        yield _blanks_before(len(text), text)


def _blanks_before(end: int, text: str) -> Edit:
    start = end
    while start and text[start - 1] != "\n" and text[start - 1].isspace():
        start -= 1
    return Edit(start, end, "", "repair.blanks")


def _leading_lines(text: str, _config: RepairConfig) -> Iterator[Edit]:
    if end := text.rfind("\n", 0, len(text) - len(text.lstrip())) + 1:
        yield Edit(0, end, "", "repair.blank-lines")


def _blank_lines(text: str, _config: RepairConfig) -> Iterator[Edit]:
    for match in _BLANK_LINES.finditer(text):
        yield Edit(match.start(1), match.end(), "", "repair.blank-lines")


def _invisible(text: str, config: RepairConfig) -> Iterator[Edit]:
    wanted = [_INVISIBLE] * config.invisible + ["\N{SOFT HYPHEN}+"] * config.soft_hyphens
    if wanted:
        for match in regex.finditer("|".join(wanted), text, regex.MULTILINE):
            yield Edit(match.start(), match.end(), "", "repair.invisible")


# Gates: re looks for the one character that each begins with, 1,000 million characters a second and more, where the
# patterns above, which look behind at every place, make 20 million.
_TWO_BLANKS = {
    blank: re.compile(f"{blank}(?:(?<=[ \xa0\u202f].)|[ \xa0\u202f])")
    for blank in "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"
}
_BLANK_END = re.compile(r"\n(?<=[^\S\n]\n)")


def _has_blank_runs(text: str) -> bool:
    return any(blank in text and pair.search(text) for blank, pair in _TWO_BLANKS.items())


def _final_newline(text: str, _config: RepairConfig) -> Iterator[Edit]:
    if text and not text.endswith("\n"):
        yield Edit(len(text), len(text), "\n", "repair.final-newline")
    elif text.endswith("\n\n") and (kept := len(text.rstrip("\n"))):
        yield Edit(kept, len(text), "\n", "repair.blank-lines")


_Finder = Callable[[str, RepairConfig], Iterator[Edit]]
_ENCODING: tuple[tuple[str, _Finder], ...] = (("encoding", _encoding_edits), ("invisible", _invisible))
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
    steps: list[RepairStep] = []
    for _ in range(_MAX_ROUNDS):
        before = text
        # Most texts pass the gates and are as they should be.
        if _next_suspect(text, config)(text, 0):
            for name, find in _ENCODING:
                text = _take(name, find, text, config, steps)
        if config.blanks:
            if _has_blank_runs(text):
                text = _take("blank-runs", _blank_runs, text, config, steps)
            text = _take("trailing-blanks", _trailing, text, config, steps)
            if text[:1].isspace():
                text = _take("leading-lines", _leading_lines, text, config, steps)
            if "\n\n\n" in text:
                text = _take("blank-lines", _blank_lines, text, config, steps)
        if text == before:
            break
    if config.blanks and (text[-1:] != "\n" or text[-2:] == "\n\n"):
        text = _take("final-newline", _final_newline, text, config, steps)
    return Repaired(text, tuple(steps))


def _take(name: str, find: _Finder, text: str, config: RepairConfig, steps: list[RepairStep]) -> str:
    """The text after one step, which is added to ``steps`` if it changes anything."""
    edits = tuple(find(text, config))
    if not edits:
        return text
    steps.append(RepairStep(name, edits, invert(text, edits)))
    return apply(text, edits)


def undo(repaired: str, steps: tuple[RepairStep, ...]) -> str:
    """The text before the repair, from the repaired text and its steps alone.

    >>> done = repair("Itâ€™s.")
    >>> undo(done.text, done.steps)
    'Itâ€™s.'
    """
    for step in reversed(steps):
        repaired = apply(repaired, step.inverse)
    return repaired
