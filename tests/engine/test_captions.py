"""Whether the words before a credit are a caption, or a paragraph that must stay."""

from __future__ import annotations

import pytest
import regex

from cleaner.engine.captions import CaptionReader, Credited, Kind, credit_start
from cleaner.engine.hits import line_hits
from cleaner.rules import builtin_rules
from tests.engine.making import MORE, PROSE, compiled, looked_at, text_of

READER = CaptionReader(builtin_rules().terms)
CREDIT = "pattern = '(?P<caption>.{6,}[.!?”]) ?Photo: (?P<photographer>.{2,20})'"


@pytest.mark.parametrize(
    "text",
    [
        "“We have waited nine years for this money,” she said.",
        "« Nous attendons cet argent depuis neuf ans », a-t-elle déclaré lundi.",
        "«Мы ждали этих денег девять лет», — сказала она.",
        "The mayor said she would write to the minister.",
        "市長は「この金を九年間待ってきた」と述べた。",
        "그는 “우리는 이 돈을 구 년 동안 기다렸다”고 말했다.",
    ],
)
def test_what_somebody_says_is_speech(text: str) -> None:
    assert READER.kind(text) is Kind.SPEECH


@pytest.mark.parametrize(
    "text",
    [
        "The town council voted on Tuesday to close the old stone bridge until June.",
        "Der Rat hat am Dienstag beschlossen, die alte Brücke bis Ende Juni zu schließen.",
        # Words that look like those of another language: at, of, der … dem, die, das, una, el … del.
        "Byrådet mener, at broen skal lukkes, og at færgen skal sejle hver time hele sommeren.",
        "De handlende, der bor ved broen, frygter sommeren, og flere af dem, der kom, var vrede.",
        "De gemeente besloot dinsdag de oude brug te sluiten tot eind juni of tot de herfst of later.",
        "Die stadsraad het Dinsdag besluit om die ou brug tot die einde van Junie te sluit.",
        "A câmara decidiu fechar a ponte das três às seis e das oito às dez durante o verão inteiro.",
        "Una parte della giunta teme una lunga estate e una lunga attesa per i negozi del centro.",
        "L'Ajuntament va decidir dimarts tancar el pont vell del riu fins a finals del mes de juny.",
    ],
)
def test_a_sentence_that_tells_what_happened_is_a_report(text: str) -> None:
    assert READER.kind(text) is Kind.REPORT


@pytest.mark.parametrize(
    "text",
    [
        "The mayor on the old bridge.",
        "The mayor (left) and the clerk of the council at the opening of the old bridge.",
        "The mayor of the town speaks at the opening of the bridge, Tuesday, March 5, 2024.",
        "Boats wait below the old stone bridge of the town on May 7, 2024 as the water of the river falls.",
        "Rep. Jane Doe speaks at the town hall of Newford on the fifth of March.",
        "In this photo of the town, boats wait below the old stone bridge on a day of rain.",
        "La alcaldesa en el puente viejo.",
        "Der Rathausplatz in Newford",
        "Freie Fahrt: Von Montag an für neun Euro im Monat über jede Brücke im Land.",
    ],
)
def test_what_shows_a_picture_is_a_caption(text: str) -> None:
    assert READER.kind(text) is Kind.CAPTION


def test_separators_brackets_and_signs_before_the_credit_are_no_prose() -> None:
    match = regex.fullmatch(r"(?P<caption>.+)AFP/.+", f"{MORE} — (c)AFP/Jane Doe")
    assert match is not None
    assert READER.before_credit(match) == Credited(MORE, Kind.SPEECH)


def test_a_sentence_that_ends_inside_the_credit_is_prose() -> None:
    match = regex.fullmatch(r"(?P<caption>.+?) (?:\p{Lu}[\p{L}.]+ ?){3}/ AP", f"{PROSE[:-1]} Ember. Jane Doe / AP")
    assert match is not None
    assert READER.before_credit(match) == Credited(f"{PROSE[:-1]} Ember.", Kind.REPORT)


def test_a_pattern_without_a_caption_finds_no_words_before_a_credit() -> None:
    match = regex.fullmatch(r"(?P<caption>x)?.+", PROSE)
    assert match is not None
    assert READER.before_credit(match) is None


@pytest.mark.parametrize("line", ["•  “It  rained.” – Photo: dpa", "“It rai\N{SOFT HYPHEN}ned.”\tPhoto: dpa"])
def test_the_credit_begins_behind_the_prose_whatever_blanks_stand_between(line: str) -> None:
    assert line[: credit_start(line, '"It rained."')].endswith("”")


def test_only_the_credit_of_a_paragraph_is_hit() -> None:
    view, cache = looked_at(text_of(f"{PROSE} Photo: dpa"), rules := compiled(CREDIT))
    (hit,) = line_hits(view, rules, cache)
    assert (view.text[hit.start : hit.end], dict(hit.fields)) == (" Photo: dpa", {"photographer": "dpa"})


def test_a_caption_is_hit_as_a_line_with_its_credit() -> None:
    view, cache = looked_at(text_of(PROSE, "The old bridge. Photo: dpa"), rules := compiled(CREDIT))
    (hit,) = line_hits(view, rules, cache)
    assert (hit.first, hit.end) == (2, -1)
