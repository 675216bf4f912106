"""The prefilter: it misses nothing that the plain way of matching finds."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleaner import RuleSet
from cleaner.engine.compiler import CompiledRules
from cleaner.engine.prefilter import EveryPattern, PatientPrefilter, ShapePrefilter
from cleaner.patterns.shape import shape
from cleaner.rules import Rule
from cleaner.rules.model import Unit
from cleaner.text.normalize import fold_lines

_REGEXES = (
    r"(?:\d+ )?min read\b.*",
    r"[(\[-]*(?:photo|foto)s? ?[:：] ?.+",
    r".{2,}?[.!?] ?(?:Getty|AFP)/.+",
    r"\p{Lu}\w+ (?:said|sagte)",
    r"(?!.{12}).*\d.*",
    r"ß?[a-e]{1,3}(?:x|yy)+",
    r"(?P<a>ab|ba) .* (?P=a)",
    r"[^a-z]*\d\d[%°]",
    r"(?:İ|ı|i)stanbul",
    r"(?i:©|\(c\)) ?\d{4}?.*",
    r".*a(?=b).*",
    r"(?:x1|ab7)\n",  # no line holds a line break
    "(?:ab |x)+|\xad",
)
_PIECES = st.sampled_from(
    [
        "3 ",
        "٣ ",
        "min read",
        "MIN READ",
        "(",
        "photo",
        "Foto",
        ": ",
        "：",
        "x",
        "yy",
        "ab ",
        " ba",
        "Getty/",
        "AFP",
        "(İHA)",
        "- ",
        ".",
        ". ",
        "İSTANBUL",
        "ISTANBUL",
        "ıstanbul",
        "İstanbul",
        "%",
        "°",
        "77",
        "©",
        "(C)",
        " 2020",
        "Ann said",
        "ß",
        "ẞ",
        "abc",
        "• ",
        "\xad",
        "\xa0",
    ]
)


_MANY = RuleSet(
    Rule(id=f"own.r{i}", description="X", patterns={"": (text,)}, keywords=keywords)
    for i, (text, keywords) in enumerate(product(_REGEXES, [(), ("•", "yy"), (" ba", "\xa0(")]))
)
_ENOUGH = [f"line {number}" for number in range(30)]  # after so many lines, the tables are made


def compiled_with_tables(rules: RuleSet) -> CompiledRules:
    found = CompiledRules(rules)
    found.fits(_ENOUGH)
    return found


_FAST, _PLAIN = compiled_with_tables(_MANY), CompiledRules(_MANY, prefilter=False)


@given(st.lists(st.lists(_PIECES, max_size=6).map("".join), max_size=20))
def test_the_prefilter_misses_nothing(lines: list[str]) -> None:
    expected = _PLAIN.fits(lines).lines
    assert _FAST.fits(lines).lines == expected
    assert CompiledRules(_MANY).fits(lines).lines == expected  # before there are tables


_SPAN_REGEXES = (
    r"(?<=[.%x] ?)(?:- ?|\(c\) ?)?(?:AFP|yy|İstanbul) ?$",
    r"(?<=said) ?[(\[](?:ab|İHA|Foto)[)\]]\.? *$",
    r"(?:\d+|x)\s*$",
    r"^(?:photo|foto) ?: ",
    r"^\W{1,3}min",
    r"[•x ]{1,2}$",
    r"ab\Z|ba$",
    r"(?:ab |x)\Z",
    r"(?<=ab)•$",
    r"min read",
    r" (?:ab|x)$",
)
_SPANS = RuleSet(
    Rule(id=f"own.s{i}", description="X", unit=Unit.SPAN, patterns={"": (text,)}, keywords=keywords)
    for i, (text, keywords) in enumerate(product(_SPAN_REGEXES, [(), ("yy", "ab")]))
)
_FAST_SPANS, _PLAIN_SPANS = compiled_with_tables(_SPANS), CompiledRules(_SPANS, prefilter=False)


@given(st.lists(st.lists(_PIECES, max_size=6).map("".join), max_size=20))
@example(["photo: "])
@example([" said", " x"])
def test_the_prefilter_misses_no_piece_of_a_line(lines: list[str]) -> None:
    found, first, expected = (
        {line: [(span.rule, span.match.span()) for span in spans] for line, spans in rules.fits(lines).spans.items()}
        for rules in (_FAST_SPANS, CompiledRules(_SPANS), _PLAIN_SPANS)
    )
    assert found == first == expected


_BY_HEAD = {
    "digit": (r"ab .*\d.{0,90}", ()),
    "newsroom": (r"ab .{1,60}newsroom.*", ()),
    "keyword": (r"ab .{1,95}", ("zz",)),
    "long": (r"ab .{1,80}", ()),
    "mark": (r"ab .{1,70}!", ()),
    "short": (r"ab .{1,4}", ()),
}
_BY_TAIL_OR_WORD = {
    "tail": (r".{1,40}(?:today|yesterday)", ()),
    "word": (r".{1,40} (?:today|yesterday) .{1,9}", ()),
    "any": (r"[^x]{1,30}", ()),
    "named": (r".*(?:lamp|stone).*", ("zz",)),
    "number": (r".*\d.*", ("kk",)),
}


@pytest.mark.parametrize(
    ("patterns", "line", "tried"),
    [
        (_BY_HEAD, "ab plain words", {"long"}),
        (_BY_HEAD, "ab xy", {"long", "short"}),
        (_BY_HEAD, "ab plain words 7", {"digit", "long"}),
        (_BY_HEAD, "ab the newsroom", {"newsroom", "long"}),
        (_BY_HEAD, "ab zz words", {"keyword", "long"}),
        (_BY_HEAD, "ab words!", {"mark", "long"}),
        (_BY_HEAD, "ab " + "x" * 90, set()),
        (_BY_HEAD, "cd plain words", set()),
        (_BY_TAIL_OR_WORD, "it opens today", {"tail", "any"}),
        (_BY_TAIL_OR_WORD, "it opens today at", {"word", "any"}),
        (_BY_TAIL_OR_WORD, "a stone", {"any"}),
        (_BY_TAIL_OR_WORD, "a stone zz", {"named", "any"}),
        (_BY_TAIL_OR_WORD, "kk and no digit", {"any"}),
        (_BY_TAIL_OR_WORD, "kk 7", {"number", "any"}),
        (_BY_TAIL_OR_WORD, "a" * 40, set()),
    ],
)
def test_a_pattern_is_tried_where_all_that_is_known_of_it_holds(
    patterns: dict[str, tuple[str, tuple[str, ...]]], line: str, tried: set[str]
) -> None:
    """Of the line alone and among others: what excludes one pattern excludes no other, and one line no other."""
    names = list(patterns)
    shapes, keywords = [shape(text) for text, _ in patterns.values()], [words for _, words in patterns.values()]
    for prefilter in ShapePrefilter(shapes, keywords), PatientPrefilter(shapes, keywords):
        for lines, at in ([line], 0), (["kk 7 zz", "ab 7 zz!", line, "ab xy"], 2):
            assert {names[number] for i, number in prefilter.candidates(fold_lines(lines)) if i == at} == tried


def test_tables_are_made_when_there_are_many_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[ShapePrefilter] = []

    def make(*arguments: Any) -> ShapePrefilter:
        made.append(ShapePrefilter(*arguments))
        return made[-1]

    monkeypatch.setattr("cleaner.engine.prefilter.ShapePrefilter", make)
    prefilter = PatientPrefilter([shape("by .+")], [()])
    for lines, count in (["by Jane"], 0), (["by Jane", *_ENOUGH], 1), (["by Jane"], 1):
        assert list(prefilter.candidates(fold_lines(lines))) == [(0, 0)]
        assert len(made) == count


def test_the_prefilter_tries_few_patterns() -> None:
    lines = fold_lines(["Reporting by Jane Doe", "The council met", "12 shares"])
    patterns = ["reporting by .+", r"\d+ shares", ".+ today"]
    fast = ShapePrefilter([shape(pattern) for pattern in patterns], [()] * 3)
    assert sorted(fast.candidates(lines)) == [(0, 0), (2, 1)]
    assert len(list(EveryPattern([()] * 3).candidates(lines))) == 9


def test_blanks_at_the_edges_hide_nothing() -> None:
    """A four-per-em space is no layout, so it stays at the edge of a line, where patterns allow for any blank."""
    lines = ["\N{FOUR-PER-EM SPACE}Ads here", "here Ads\N{FOUR-PER-EM SPACE}"]
    rules = RuleSet(
        Rule(id=f"own.{name}", description="X", patterns={"": (text,)}, unit=Unit.SPAN)
        for name, text in (("head", r"^\s*Ads"), ("tail", r"Ads\s*$"))
    )
    fast, plain = (CompiledRules(rules, prefilter=use).fits(lines).spans for use in (True, False))
    assert {line: [span.rule for span in spans] for line, spans in fast.items()} == {lines[0]: [0], lines[1]: [1]}
    assert fast.keys() == plain.keys()


def test_patterns_are_looked_up_by_words_where_their_beginning_is_that_of_many_a_line() -> None:
    patterns = (r"the (?:\w+ )?newsletter", r"the [a-z]+", r".*(?:newsletters|bulletins)\.")
    prefilter = ShapePrefilter([shape(pattern) for pattern in patterns], [()] * 3)
    lines = fold_lines(["The town", "The weekly newsletter", "All newsletters.", "a newsletter"])
    assert sorted(prefilter.candidates(lines)) == [(0, 1), (1, 0), (1, 1), (2, 2)]
