"""Two rule sets on one text."""

from __future__ import annotations

from hypothesis import given, settings

from cleaner import Cleaner, CleanResult, Rule, RuleSet
from cleaner.model import DocumentInfo
from cleaner.report.comparison import Change, Comparison, changes_between, comparison_document, lost_only
from cleaner.report.documents import document_of_result
from cleaner.rules.model import Action
from tests.strategies import texts

TEXT = (
    "The council met on Tuesday to vote on the old bridge, and the mayor left the hall.\n\n"
    "Bye for now\n\nFollow us on:\n\nMore news\n"
)


def rules(**wordings: str) -> Cleaner:
    return Cleaner(
        RuleSet([Rule(id=f"own.{name}", description=name, lines={"en": (text,)}) for name, text in wordings.items()])
    )


def both(old: Cleaner, new: Cleaner, text: str = TEXT) -> tuple[CleanResult, CleanResult]:
    return old.clean(text), new.clean(text)


def test_what_goes_stays_and_changes_its_name_is_told_apart() -> None:
    old, new = both(rules(bye="Bye for now", more="More news"), rules(follow="Follow us on", news="More news"))
    assert list(changes_between(old, new)) == [
        Change("own.bye", "", "Bye for now", 1),
        Change("", "own.follow", "Follow us on:", 1),
        Change("own.more", "own.news", "More news", 1),
    ]


def test_figures_are_kept_by_the_rule_that_is_the_reason() -> None:
    old, new = both(rules(bye="Bye for now", more="More news"), rules(follow="Follow us on", news="More news"))
    found = Comparison()
    found.add(old, new, changes_between(old, new))
    found.add(old, old, changes_between(old, old))
    assert (found.documents, found.changed, found.lost, found.back) == (2, 1, 1, 1)
    assert [row["rule"] for row in found.as_rows()] == ["own.follow", "own.bye", "own.news"]
    assert found.rules["own.follow"].words == 3
    assert dict(found.rules["own.follow"].texts) == {"- Follow us on:": 1}
    assert dict(found.rules["own.bye"].texts) == {"+ Bye for now": 1}
    assert found.rules["own.news"].renamed == 1


def test_lines_that_a_section_takes_count_each() -> None:
    rule = Rule(id="own.section", description="A section", lines={"en": ("Bye for now",)}, action=Action.CUT)
    old, new = both(rules(), Cleaner(RuleSet([rule])))
    (change,) = changes_between(old, new)
    assert change.lines == 3


@settings(deadline=None)
@given(texts)
def test_the_same_rules_never_differ(text: str) -> None:
    result = CLEANER.clean(text)
    assert list(changes_between(result, result)) == []


CLEANER = Cleaner()


def test_a_document_is_found_by_the_rules_that_differ() -> None:
    old, new = both(rules(bye="Bye for now"), rules(bye="Bye for now", follow="Follow us on"))
    document = document_of_result("a.txt", new, DocumentInfo())
    shown, names = comparison_document(document, old)
    assert names == ["own.follow"]
    assert shown.before == old.edits
    lost = lost_only(document, old)
    assert [(edit.rule, piece.strip()) for edit, piece in zip(lost.edits, lost.pieces, strict=True)] == [
        ("own.follow", "Follow us on:")
    ]
    assert (document.text or "")[lost.edits[0].start : lost.edits[0].end] == lost.pieces[0]
