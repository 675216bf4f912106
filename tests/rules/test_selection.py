"""Which rules run, on which lines and pages they act, and which of two rules owns a line."""

from __future__ import annotations

from typing import Any

import pytest

from cleaner.model import Zone
from cleaner.rules.model import Action, Confidence, Rule, Status, Unit, Unless
from cleaner.rules.selection import (
    Selection,
    acts_on_page,
    covers_zones,
    cut_zone,
    did_you_mean,
    has_no_site,
    in_languages,
    in_profile,
    is_named,
    owns_before,
    precedence,
    running_profiles,
    selected,
)

ALL = {"default", "facts", "strict"}


def rule(rule_id: str = "own.by", **fields: Any) -> Rule:
    return Rule(id=rule_id, description="A", **{"lines": {"": ("By us",)}, **fields})


@pytest.mark.parametrize(
    ("fields", "profiles", "with_preview"),
    [
        ({}, ALL, ALL),
        ({"confidence": Confidence.HIGH}, ALL, ALL),
        ({"confidence": Confidence.LOW}, {"strict"}, {"strict"}),
        ({"profiles": ("facts",)}, {"facts"}, {"facts"}),
        ({"profiles": ("facts",), "confidence": Confidence.LOW}, set(), set()),
        ({"profiles": ()}, set(), set()),
        ({"status": Status.PREVIEW}, set(), ALL),
        ({"status": Status.PREVIEW, "confidence": Confidence.LOW}, set(), {"strict"}),
        ({"status": Status.DEPRECATED}, set(), set()),
    ],
)
def test_profiles_run_a_rule_by_its_confidence_and_status(
    fields: dict[str, Any], profiles: set[str], with_preview: set[str]
) -> None:
    assert running_profiles(rule(**fields)) == profiles
    assert running_profiles(rule(**fields), preview=True) == with_preview
    assert {name for name in ALL if in_profile(rule(**fields), name, False)} == profiles


@pytest.mark.parametrize(
    ("selection", "runs"),
    [
        (Selection(), True),
        (Selection("strict"), True),
        (Selection("all"), True),
        (Selection(keep=("own",)), False),
        (Selection(keep=("own.by",)), False),
        (Selection(keep=("own.*",)), False),
        (Selection(keep=("other",)), True),
        (Selection(ignore=("own",)), False),
        (Selection(ignore=("*.by",)), False),
        (Selection(select=("own",)), True),
        (Selection(select=("other",)), False),
        (Selection(select=("other", "own.b*")), True),
        (Selection(select=("own",), ignore=("own.by",)), False),
        (Selection(select=("own",), keep=("own.by",)), False),
        (Selection(drop=("own.by",), keep=("own",)), False),
        (Selection(drop=("own.by",), select=("other",)), False),
        (Selection(languages=("en",)), True),
        (Selection(languages=("de",)), False),
        (Selection(select=("lang:en",)), True),
        (Selection(select=("lang:de",)), False),
        (Selection(select=("lang:de",), languages=("en",)), True),
        (Selection(ignore=("lang:en",)), False),
        (Selection(ignore=("lang:de",)), True),
        (Selection("all", ignore=("lang:en",)), False),
    ],
)
def test_a_selection_runs_a_stable_rule_or_not(selection: Selection, runs: bool) -> None:
    assert (selected(rule(lines={"en": ("By us",)}), selection) is not None) is runs


@pytest.mark.parametrize(
    ("fields", "selection", "runs"),
    [
        ({"confidence": Confidence.LOW}, Selection(), False),
        ({"confidence": Confidence.LOW}, Selection("strict"), True),
        ({"confidence": Confidence.LOW}, Selection(drop=("own.by",)), True),
        ({"confidence": Confidence.LOW}, Selection(select=("own.by",)), False),
        ({"status": Status.PREVIEW}, Selection(), False),
        ({"status": Status.PREVIEW}, Selection(preview=True), True),
        ({"status": Status.PREVIEW}, Selection("all"), True),
        ({"status": Status.DEPRECATED}, Selection(preview=True), False),
        ({"status": Status.DEPRECATED}, Selection(drop=("own",)), True),
        ({"status": Status.DEPRECATED}, Selection("all"), True),
        ({"profiles": ()}, Selection("all"), True),
    ],
)
def test_drop_and_all_run_what_a_profile_leaves_out(fields: dict[str, Any], selection: Selection, runs: bool) -> None:
    assert (selected(rule(**fields), selection) is not None) is runs


MANY: dict[str, Any] = {
    "lines": {"": ("x",), "en": ("By us",), "de": ("Von uns",)},
    "prefixes": {"mul": ("y",), "de": ("Von",)},
    "patterns": {"fr": ("par .+",)},
}


@pytest.mark.parametrize(
    ("selection", "lines", "prefixes", "patterns"),
    [
        (Selection(), ["", "en", "de"], ["mul", "de"], ["fr"]),
        (Selection(languages=("de",)), ["", "de"], ["mul", "de"], []),
        (Selection(languages=("de",), select=("lang:fr",)), ["", "de"], ["mul", "de"], ["fr"]),
        (Selection(ignore=("lang:de",)), ["", "en"], ["mul"], ["fr"]),
        (Selection(languages=("de", "en"), ignore=("lang:de",)), ["", "en"], ["mul"], []),
    ],
)
def test_a_rule_is_narrowed_to_the_wordings_of_the_languages(
    selection: Selection, lines: list[str], prefixes: list[str], patterns: list[str]
) -> None:
    narrowed = selected(rule(**MANY), selection)
    assert narrowed is not None
    assert (list(narrowed.lines), list(narrowed.prefixes), list(narrowed.patterns)) == (lines, prefixes, patterns)


@pytest.mark.parametrize(
    ("fields", "selection", "runs"),
    [
        ({"languages": ("de",)}, Selection(languages=("de",)), True),
        ({"languages": ("de",)}, Selection(languages=("en",)), False),
        ({"languages": ("de", "en")}, Selection(ignore=("lang:de",)), True),
        ({"languages": ("de",)}, Selection(ignore=("lang:de",)), False),
        ({"lines": {}, "matcher": "hard-wrap"}, Selection(languages=("de",)), True),
        ({"lines": {"mul": ("By",)}}, Selection(languages=("de",)), True),
    ],
)
def test_rules_of_other_languages_do_not_run(fields: dict[str, Any], selection: Selection, runs: bool) -> None:
    assert (selected(rule(**fields), selection) is not None) is runs


def test_a_rule_without_wordings_of_the_languages_is_none() -> None:
    german = rule(lines={"de": ("Von uns",)})
    assert in_languages(german, set(), set()) is german
    assert in_languages(german, {"de"}, set()) == german
    assert in_languages(german, {"en"}, set()) is None
    assert in_languages(german, set(), {"de"}) is None


def test_a_selection_from_keyword_arguments() -> None:
    selection = Selection.of("strict", keep=["a"], ignore=iter(["lang:de", "b.c"]), select=("lang:en",), preview=True)
    assert selection == Selection("strict", keep=("a",), ignore=("lang:de", "b.c"), select=("lang:en",), preview=True)
    assert selection.wanted_languages == {"en"}
    assert selection.unwanted_languages == {"de"}
    assert selection.names == ("a", "b.c")


@pytest.mark.parametrize(
    ("name", "expected"),
    [("own.by", True), ("own", True), ("own.*", True), ("own.b?", False), ("*.by", True), ("ow", False), ("by", False)],
)
def test_a_name_is_an_id_a_class_or_a_glob_with_a_star(name: str, expected: bool) -> None:
    assert is_named(rule(), name) is expected


def test_a_name_that_fits_no_rule_gets_a_hint() -> None:
    assert did_you_mean("byline.by-nam", ["byline.by-name", "share-bar"]) == "did you mean 'byline.by-name'?"
    assert did_you_mean("xyz", ["byline"]) == "see `clean rules list`"


@pytest.mark.parametrize(
    ("sites", "except_sites", "url", "acts"),
    [
        ((), (), "", True),
        ((), (), "https://a.example/", True),
        (("a.example",), (), "https://a.example/x", True),
        (("a.example",), (), "https://m.a.example/x", True),
        (("a.example",), (), "https://b.example/x", False),
        (("a.example",), (), "https://driva.example/x", False),
        (("a.example",), (), "", False),
        ((), ("a.example",), "https://a.example/x", False),
        ((), ("a.example",), "https://b.example/x", True),
        ((), ("a.example",), "", True),
        (("a.example",), ("m.a.example",), "https://m.a.example/x", False),
        (("a.example",), ("m.a.example",), "https://www.a.example/x", True),
    ],
)
def test_a_rule_acts_on_pages_of_its_sites(
    sites: tuple[str, ...], except_sites: tuple[str, ...], url: str, acts: bool
) -> None:
    assert acts_on_page(rule(sites=sites, except_sites=except_sites), url) is acts


@pytest.mark.parametrize(
    ("sites", "except_sites", "expected"),
    [
        ((), ("a.example",), False),
        (("a.example",), (), False),
        (("a.example",), ("a.example",), True),
        (("m.a.example",), ("a.example",), True),
        (("a.example",), ("m.a.example",), False),
        (("a.example", "b.example"), ("a.example",), False),
    ],
)
def test_a_rule_whose_sites_are_all_left_out_has_none(
    sites: tuple[str, ...], except_sites: tuple[str, ...], expected: bool
) -> None:
    assert has_no_site(rule(sites=sites, except_sites=except_sites)) is expected


@pytest.mark.parametrize(
    ("zones", "others", "expected"),
    [
        ([Zone.ANY], list(Zone), True),
        ([Zone.BODY], [Zone.DECK], True),
        ([Zone.DECK], [Zone.BODY], False),
        ([Zone.HEAD], [Zone.HEAD, Zone.TAIL], False),
        ([Zone.HEAD, Zone.TAIL], [Zone.TAIL], True),
        ([Zone.HEAD, Zone.BODY, Zone.TAIL], [Zone.ANY], False),
    ],
)
def test_zones_cover_zones(zones: list[Zone], others: list[Zone], expected: bool) -> None:
    assert covers_zones(zones, others) is expected


def test_the_more_confident_rule_comes_first() -> None:
    ranks = [precedence(rule(confidence=confidence)) for confidence in Confidence]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) == 3


FIRST = {"own.first": 0, "own.second": 1}


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ({}, {}, True),
        ({"confidence": Confidence.LOW}, {}, False),
        ({}, {"confidence": Confidence.HIGH}, False),
        ({"confidence": Confidence.HIGH}, {"confidence": Confidence.LOW}, True),
        ({"zones": (Zone.HEAD,)}, {}, False),
        ({}, {"zones": (Zone.HEAD,)}, True),
        ({"profiles": ("facts",)}, {}, False),
        ({}, {"profiles": ("facts",)}, True),
        ({"profiles": ()}, {"profiles": ()}, False),
        ({"status": Status.PREVIEW}, {}, False),
        ({"sites": ("a.example",)}, {}, False),
        ({"sites": ("a.example", "b.example")}, {"sites": ("a.example",)}, True),
        ({"sites": ("a.example",)}, {"sites": ("a.example", "b.example")}, False),
        ({"except_sites": ("a.example",)}, {}, False),
        ({}, {"except_sites": ("a.example",)}, True),
        ({"unless": Unless(line=("a",))}, {}, False),
        ({"unless": Unless(line=("a",))}, {"unless": Unless(line=("a",))}, True),
        ({}, {"unless": Unless(line=("a",))}, True),
        ({"once": True}, {}, False),
        ({"once": True}, {"once": True}, True),
        ({"action": Action.CUT}, {}, False),
        ({"action": Action.CUT, "cut_from": "start"}, {"action": Action.CUT}, False),
        ({"unit": Unit.SECTION}, {}, True),
        ({}, {"unit": Unit.SECTION}, False),
        ({"unit": Unit.BLOCK}, {}, False),
        ({"above": 1}, {}, True),
        ({}, {"above": 1}, False),
        ({"unit": Unit.SECTION, "max_lines": 3}, {"unit": Unit.SECTION}, False),
        ({"unit": Unit.SECTION, "max_lines": 12}, {"unit": Unit.SECTION}, True),
    ],
)
def test_a_rule_owns_the_lines_of_another(first: dict[str, Any], second: dict[str, Any], expected: bool) -> None:
    """Of two rules with the same wordings, whether the first leaves nothing to the second."""
    assert owns_before(rule("own.first", **first), rule("own.second", **second), FIRST) is expected


def test_no_rule_owns_its_own_lines() -> None:
    assert not owns_before(rule("own.first"), rule("own.first"), FIRST)
    assert not owns_before(rule("own.second"), rule("own.first"), FIRST)


@pytest.mark.parametrize(
    ("fields", "zone"),
    [
        ({}, None),
        ({"action": Action.CUT}, Zone.TAIL),
        ({"action": Action.CUT, "cut_from": "start"}, Zone.HEAD),
        ({"cut_from": "start"}, None),
    ],
)
def test_a_cut_leaves_all_prose_in_the_text(fields: dict[str, Any], zone: Zone | None) -> None:
    assert cut_zone(rule(**fields)) is zone


@pytest.mark.parametrize("confidence", list(Confidence))
@pytest.mark.parametrize("profiles", [("default",), ("strict",), ("default", "facts", "strict")])
def test_the_thorough_profile_runs_what_the_default_profile_runs(
    confidence: Confidence, profiles: tuple[str, ...]
) -> None:
    rule = Rule(id="own.x", description="X", lines={"": ("Share",)}, confidence=confidence, profiles=profiles)
    assert in_profile(rule, "thorough", False) == in_profile(rule, "default", False)
