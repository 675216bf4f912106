"""Capitals that are right stand at the end of a piece; those that are mojibake stay beside what follows."""

from __future__ import annotations

import pytest

from cleaner.text.capitals import split_at_capitals


@pytest.mark.parametrize(
    "text",
    [
        "O livro “AMANHÃ|” é",
        "«AMANHÃ|» e ‘IRMÃ|’",
        "A IRMÃ| DE LÃ| PURA",
        "„BÂ|“ und MAÇÃ|® – ROMÃ|\N{NO-BREAK SPACE}NOVA",
        "VIVA À LA “CITÉ|”",
        "Å| gå",
        "«ЗАВТРА»",
    ],
)
def test_a_right_capital_ends_a_piece(text: str) -> None:
    assert list(split_at_capitals(text.replace("|", ""))) == text.split("|")


@pytest.mark.parametrize(
    "text",
    [
        "METRÃ” E HÃ”TEL",  # no quote is open
        "“METRÔ” E METRÃ”",  # it was closed
        "LÃ‰ONARD, SÃ©rgio",
        "Il est Ã  Paris",
        "LÃ  oÃ¹",
        "",
    ],
)
def test_what_may_be_mojibake_is_not_cut(text: str) -> None:
    pieces = list(split_at_capitals(text))
    assert "".join(pieces) == text
    assert not any(piece.endswith("Ã") for piece in pieces)
