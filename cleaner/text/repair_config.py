"""What the repair of a text mends, and what it keeps as the author wrote it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from ftfy import TextFixerConfig

__all__ = ["RepairConfig"]


@dataclass(frozen=True)
class RepairConfig:
    """What repair mends. The defaults mend what is broken and keep what the author wrote.

    The first group is on by default: mojibake ("â€™" for "’"), HTML entities and escapes of JSON (``\\u2019``) left in
    the text, C0/C1 control characters, sequences in which a byte was lost, UTF-16 surrogates, terminal escapes, foreign
    line breaks, invisible characters (zero-width characters, byte order marks inside the text), soft hyphens, blanks
    (runs, trailing blanks, more than one blank line) and NFC. The second group is typography and off:
    straight quotes, ligatures taken apart, full-width forms made narrow.

    >>> from cleaner.text.repair import repair
    >>> repair("“It’s ﬁne” &amp; done\\N{SOFT HYPHEN}.\\r\\n\\n\\n\\nEnd").text
    '“It’s ﬁne” & done.\\n\\nEnd\\n'
    """

    mojibake: bool = True
    entities: bool = True
    escapes: bool = True
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
        """The same choices as a configuration of ftfy, entities aside."""
        from ftfy import TextFixerConfig  # costs 30 ms, and clean text never needs it

        return TextFixerConfig(
            unescape_html=False,  # cleaner.text.entities knows code and tags
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

    @cached_property
    def without_normal_form(self) -> RepairConfig:
        """The same without a normal form."""
        return replace(self, normalization=None)

    @property
    def keeps_typography(self) -> bool:
        """Whether quotes, ligatures and full-width forms stay as they are."""
        return not (self.straight_quotes or self.plain_ligatures or self.narrow_forms)
