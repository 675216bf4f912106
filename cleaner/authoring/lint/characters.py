"""Characters in rule files that nobody sees, and blanks that look like other ones."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

import regex

from cleaner.authoring.lint.findings import Finding
from cleaner.authoring.lint.source import make_finding
from cleaner.rules.model import Rule
from cleaner.rules.toml_source import Place

__all__ = ["check_characters"]

_SUSPECT = regex.compile(
    r"[\p{Zs}\p{Zl}\p{Zp}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\N{BRAILLE PATTERN BLANK}--[ \t\n]]", regex.V1
)
# Scripts in which a (non-)joiner between letters is spelling.
_JOINING = (
    r"[\p{Arabic}\p{Syriac}\p{Mongolian}\p{Devanagari}\p{Bengali}\p{Gurmukhi}\p{Gujarati}\p{Oriya}\p{Tamil}\p{Telugu}"
    r"\p{Kannada}\p{Malayalam}\p{Sinhala}\p{Khmer}\p{Myanmar}\p{Tibetan}\p{Lao}\p{Thai}--\p{P}]"
)
# The other alternatives are parts of emoji.
_ALLOWED = regex.compile(
    rf"(?<={_JOINING})[\N{{ZERO WIDTH NON-JOINER}}\N{{ZERO WIDTH JOINER}}](?={_JOINING})"
    r"|(?<=[\p{Emoji}\N{COMBINING ENCLOSING KEYCAP}])\N{VARIATION SELECTOR-16}"
    r"|(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\N{VARIATION SELECTOR-16}])\N{ZERO WIDTH JOINER}"
    r"(?=\p{Extended_Pictographic})"
    r"|(?<=[\N{BLACK FLAG}\N{WAVING BLACK FLAG}\U000E0020-\U000E007E])[\U000E0020-\U000E007F]",
    regex.V1,
)


def check_characters(path: Path, text: str, rules: Iterable[Rule]) -> Iterator[Finding]:
    """Every character of a rule file that cannot be seen, or that looks like an ordinary blank and is none.

    Joiners that are spelling, and those inside emoji, are allowed.

    Args:
        path: the file.
        text: its text.
        rules: rules, among them those of the file.

    >>> [found.message for found in check_characters(Path("own.toml"), "lines = ['Follow\\N{NO-BREAK SPACE}us']", [])]
    ['a raw NO-BREAK SPACE']
    """
    headers = sorted((rule.at_line, rule.id) for rule in rules if rule.path == str(path))
    for number, line in enumerate(text.split("\n"), 1):
        for match in _SUSPECT.finditer(line.removesuffix("\r")):
            if _ALLOWED.match(line, match.start()):
                continue
            rule = next((rule for at_line, rule in reversed(headers) if at_line <= number), "")
            place = Place(number, match.start() + 1, 1)
            hint = _hint(match[0])
            yield make_finding("invisible-character", f"a raw {_name(match[0])}", path, place, rule=rule, hint=hint)


def _name(char: str) -> str:
    return unicodedata.name(char, "") or f"control character U+{ord(char):04X}"


def _hint(char: str) -> str:
    code = f"\\u{ord(char):04X}" if ord(char) <= 0xFFFF else f"\\U{ord(char):08X}"
    if unicodedata.category(char) == "Zs":
        return f'write an ordinary blank, which fits it too, or {code}: in "…" and in patterns'
    return f'leave it out, or write {code}: in "…" and in patterns'
