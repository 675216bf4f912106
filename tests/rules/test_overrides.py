"""Changes of single rules by a project."""

from __future__ import annotations

import pytest

from cleaner.errors import RuleError
from cleaner.model import Zone
from cleaner.rules.model import Confidence, Examples, Rule, Status, Unit, Unless
from cleaner.rules.overrides import overridden
from cleaner.rules.ruleset import RuleSet
from cleaner.rules.schema import CaseSpec, ExamplesSpec, Override, UnlessSpec
from cleaner.rules.violations import Violation

RULE = Rule(
    id="own.by",
    description="A byline",
    lines={"en": ("By us",)},
    unless=Unless(line=("said",)),
    examples=Examples({"en": ("By us",)}, {"en": ("By us, he said",)}),
    max_words=9,
)
SPAN = Rule(id="own.span", description="A span", unit=Unit.SPAN, patterns={"": ("x+",)})
RULES = RuleSet([RULE, SPAN], terms={"name": "[A-Z]+"})


def fail(rule: str, violation: Violation) -> RuleError:
    return RuleError(violation.message, path="cleaner.toml", rule=rule, hint=violation.hint)


def changed(override: Override, rule: str = "own.by") -> Rule:
    return overridden(RULES, {rule: override}, fail)[rule]


def test_an_empty_override_changes_nothing() -> None:
    assert overridden(RULES, {"own.by": Override()}, fail) == RULES


def test_single_values_take_the_place_of_those_of_the_rule() -> None:
    override = Override(
        confidence=Confidence.LOW,
        status=Status.PREVIEW,
        profiles=("facts",),
        zone=[Zone.HEAD],
        max_words=3,
        once=True,
        languages=["en"],
        sites=["a.example"],
        except_sites=["b.example"],
        keywords=["by"],
    )
    rule = changed(override)
    assert (rule.confidence, rule.status, rule.profiles) == (Confidence.LOW, Status.PREVIEW, ("facts",))
    assert (rule.zones, rule.max_words, rule.once) == ((Zone.HEAD,), 3, True)
    assert (rule.languages, rule.sites, rule.except_sites) == (("en",), ("a.example",), ("b.example",))
    assert rule.keywords == ("by",)
    assert rule.lines == RULE.lines


def test_wordings_patterns_antipatterns_and_examples_are_added() -> None:
    override = Override(
        lines={"en": "From us", "de": ["Von uns"]},
        prefixes="By",
        pattern={"en": "by {name}"},
        unless=UnlessSpec(line="told", next=["wrote"]),
        examples=ExamplesSpec(removes="Von uns", cases=[CaseSpec("a", "b")]),
    )
    rule = changed(override)
    assert rule.lines == {"en": ("By us", "From us"), "de": ("Von uns",)}
    assert rule.prefixes == {"": ("By",)}
    assert rule.patterns == {"en": ("by {name}",)}
    assert rule.unless == Unless(("said", "told"), (), ("wrote",))
    assert rule.examples.removes == {"en": ("By us",), "": ("Von uns",)}
    assert rule.examples.keeps == RULE.examples.keeps
    assert len(rule.examples.cases) == 1


def test_lines_are_excepted_as_they_are_written() -> None:
    rule = changed(Override(except_lines=["By us (all)"]))
    assert rule.unless.line == ("said", r"^\W*By us \(all\)\W*$")


@pytest.mark.parametrize(
    ("rule", "override", "message"),
    [
        ("own.by", Override(max_lines=3), "max-lines is for sections"),
        ("own.by", Override(lines="..."), "lines: '...' has no letter or digit, and would fit every line"),
        ("own.by", Override(prefixes=["…"]), "prefixes: '…' has no letter or digit"),
        ("own.by", Override(except_lines=["..."]), "except-lines: '...' has no letter or digit, and fits no line"),
        ("own.by", Override(pattern="(a"), "pattern is not a valid regex"),
        ("own.by", Override(pattern="{nam}"), "unknown term {nam}; did you mean {name}?"),
        ("own.by", Override(unless=UnlessSpec(next="a*")), "unless matches the empty text"),
        ("own.span", Override(lines="x"), "a span rule has no whole lines"),
        ("own.bye", Override(), "no rule 'own.bye'; did you mean 'own.by'?"),
    ],
)
def test_what_a_rule_may_not_be_an_override_may_not_make_it(rule: str, override: Override, message: str) -> None:
    with pytest.raises(RuleError) as caught:
        overridden(RULES, {rule: override}, fail)
    assert message in str(caught.value)
    assert str(caught.value).startswith(f"cleaner.toml: rule {rule}: ")


def test_only_the_regexes_of_the_override_are_looked_at() -> None:
    rules = RuleSet([Rule(id="own.a", description="A", patterns={"": ("{unknown}",)})])
    assert overridden(rules, {"own.a": Override(max_words=3)}, fail)["own.a"].max_words == 3
