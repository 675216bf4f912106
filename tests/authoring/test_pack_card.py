"""The card says what a pack is for, and what its tests said, in tables that nothing breaks."""

from __future__ import annotations

import msgspec

from cleaner.authoring.pack_card import card
from cleaner.rules.model import Examples, Rule
from cleaner.rules.packs import Manifest
from tests.rules.packing import MANIFEST


def made(**changes: object) -> str:
    manifest = msgspec.convert({**MANIFEST, **changes}, Manifest)
    rule = Rule(
        id="riverpost.bar",
        description="A bar | with\nlines",
        lines={"en": ("Share",)},
        examples=Examples(removes={"en": ("Share | `now` <b>",)}),
    )
    return card(manifest, [rule])


def test_the_card_tells_languages_classes_sites_licence_and_figures() -> None:
    page = made(languages=["de", "en"], sites=["riverpost.example"])
    for line in (
        "# riverpost-rules 1.0",
        "| languages | de, en |",
        "| classes | riverpost |",
        "| sites | riverpost.example |",
        "| licence | CC0-1.0 |",
        "| texts that go | 1 |",
    ):
        assert line in page.split("\n")


def test_no_sites_are_all_sites_and_no_language_is_any() -> None:
    page = made(languages=[], sites=[])
    assert "| sites | all |" in page
    assert "| languages | any language |" in page
    assert "| languages | de, any language |" in made(languages=["de", "mul"])


def test_what_stands_in_a_cell_cannot_break_the_table() -> None:
    (row,) = [line for line in made().split("\n") if line.startswith("| riverpost.bar")]
    assert row == "| riverpost.bar | A bar \\| with lines | medium | en | `Share \\| ´now´ &lt;b>` |"
