"""How drafts are written into rule files."""

from __future__ import annotations

import pytest

from cleaner.authoring.draft_toml import Draft, draft_toml
from cleaner.model import Zone
from cleaner.rules.loader import parse_rules
from cleaner.rules.model import Status


@pytest.mark.parametrize(
    "wording",
    [
        "It's “quoted”, with a \\ and a '''",
        "a\tb",
        "続きはこちら（3件）？",
        "a \U000e0001 b",
        "a\N{NO-BREAK SPACE}b",
        'a "b"',
    ],
)
def test_a_wording_is_read_as_it_was(wording: str) -> None:
    text = draft_toml(Draft("own.a", "A", lines={"en": [wording]}, removes={"en": [wording]}, keeps={"": ["x"]}))
    (rule,) = parse_rules(text)
    assert rule.lines == {"en": (wording,)}
    assert rule.examples.removes == {"en": (wording,)}
    assert all(char.isprintable() for line in text.split("\n") for char in line)


@pytest.mark.parametrize("patterns", [[r"\d+ 'it'"], [r"\d+ of", r"a'''b"], ["a\tb\\."]])
def test_patterns_are_read_as_they_were(patterns: list[str]) -> None:
    (rule,) = parse_rules(
        draft_toml(Draft("own.a", "A", pattern={"de": patterns}, removes={"de": ["x"]}, keeps={"de": ["y"]}))
    )
    assert rule.patterns == {"de": tuple(patterns)}


def test_every_field_is_written() -> None:
    draft = Draft(
        "own.a",
        "A",
        zones=(Zone.HEAD, Zone.TAIL),
        status="preview",
        lines={"pt-BR": ["Tchau"]},
        sites=["hill.example"],
        removes={"pt-BR": ["Tchau"]},
        keeps={"": ["Tchau, disse."]},
        notes=["One.", "", "Two."],
    )
    text = draft_toml(draft)
    assert text.startswith("# One.\n#\n# Two.\n[[rule]]\n")
    (rule,) = parse_rules(text)
    assert (rule.zones, rule.status, rule.sites) == ((Zone.HEAD, Zone.TAIL), Status.PREVIEW, ("hill.example",))
    assert (rule.lines, set(rule.examples.keeps)) == ({"pt-BR": ("Tchau",)}, {"mul"})
