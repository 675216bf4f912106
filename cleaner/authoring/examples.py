"""Run the examples that live in rules.

Each ``removes`` and ``keeps`` text is put into a small article at the place the rule looks at, and the rule runs on
it alone. What it should remove must be gone and nothing else; what it should keep must still be there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from cleaner.engine.compiler import CompiledRules
from cleaner.engine.loop import run
from cleaner.engine.matchers.registry import needs_other_rules
from cleaner.model import DocumentInfo, Zone
from cleaner.rules.model import Action, ExampleCase, Rule, Unit
from cleaner.rules.ruleset import RuleSet
from cleaner.text.repair import repair
from cleaner.text.site_lines import repeated_lines

__all__ = ["SAMPLE_ARTICLE", "Failure", "check_examples", "put_into_article"]

SAMPLE_ARTICLE = (
    "The town council met on Tuesday evening and voted to repair the old stone bridge across the river.\n\n"
    "Work is to begin in the spring, the mayor said, and traffic will be led around the town for three months.\n"
)
"""Two paragraphs that hold no scrap, for a wording to stand above, between or below."""

_MORE = (
    "Shopkeepers on the northern bank had asked for a second crossing while the work goes on, but were refused.\n\n"
    "The council meets again in two weeks to decide who will pay for the new lamps along the river bank.\n"
)


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that does not hold.

    Attributes:
        rule: the rule it belongs to.
        kind: "removes", "removes (flag)", "keeps (ZONE)" or "case".
        example: the text of the example.
        got: what came of the text it stood in; of a flag rule the flags.
        want: what should have come of it; None where any change is right, or a flag and no text is wanted.
    """

    rule: Rule
    kind: str
    example: str
    got: str
    want: str | None = None

    def __str__(self) -> str:
        place = f"{self.rule.place}: rule {self.rule.id}"
        return f"{place}: {self.kind}: {self.example!r} gave {self.got!r}"


def put_into_article(example: str, zone: Zone) -> tuple[str, str]:
    """A text with the example at a place in the zone, and the same text without it.

    >>> text, without = put_into_article("Follow us on:", Zone.TAIL)
    >>> text == without + "\\nFollow us on:\\n"
    True
    """
    block = example.strip("\n") + "\n"
    article = f"{SAMPLE_ARTICLE}\n{_MORE}"
    if zone is Zone.HEAD:
        return f"{block}\n{article}", article
    if zone is Zone.DECK:
        first, _, rest = article.partition("\n")
        return f"{first}\n\n{block}{rest}", article
    if zone is Zone.TAIL:
        return f"{article}\n{block}", article
    return f"{SAMPLE_ARTICLE}\n{block}\n{_MORE}", article


def check_examples(rule: Rule, rules: RuleSet) -> Iterator[Failure]:
    """Failures of a rule's examples. The rule runs alone.

    A flag-only rule must raise its flag for ``removes`` and change nothing. A span example is a whole line of which a
    piece is removed, so it only has to change. Broken encoding must not hide a scrap: a ``removes`` example that
    repair can mend runs a second time broken.

    Args:
        rule: the rule.
        rules: the set it comes from.

    Raises:
        RuleError: the rule cannot be compiled, as when its matcher does not exist.
    """
    alone = CompiledRules(rules.with_rules([rule]))
    info = DocumentInfo(url=f"https://www.{rule.sites[0]}/a") if rule.sites else DocumentInfo()
    for zone in rule.zones:
        for example in chain.from_iterable(rule.examples.removes.values()):
            yield from _not_removed(rule, alone, info, example, zone)
            broken = _as_mojibake(example)
            if broken != example and repair(broken).text == repair(example).text:
                yield from _not_removed(rule, alone, info, broken, zone)
        for example in chain.from_iterable(rule.examples.keeps.values()):
            yield from _not_kept(rule, alone, info, example, zone)
    # A context matcher sees what other rules find, so its cases need them.
    compiled = CompiledRules(rules.select()) if needs_other_rules(rule) else alone
    for case in rule.examples.cases:
        yield from _not_as_wanted(rule, compiled, info, case)


def _as_mojibake(text: str) -> str:
    """The text as a page shows it that read UTF-8 as Windows-1252."""
    import ftfy.bad_codecs  # noqa: F401  # registers the codec

    return text.encode("utf-8").decode("sloppy-windows-1252")


def _not_removed(rule: Rule, alone: CompiledRules, info: DocumentInfo, example: str, zone: Zone) -> Iterator[Failure]:
    text, want = put_into_article(example, zone)
    # An example may be longer than the small article; how much may go from a real one is not tested here.
    outcome = run(repair(text).text, alone, info, guard=1.0)
    if rule.action is Action.FLAG:
        if rule.flag not in outcome.flags or outcome.edits:
            yield Failure(rule, "removes (flag)", example, " ".join(outcome.flags))
    elif rule.unit is Unit.SPAN:
        if not outcome.edits:
            yield Failure(rule, "removes", example, outcome.text)
    elif outcome.text != want:
        yield Failure(rule, "removes", example, outcome.text, want)


def _not_kept(rule: Rule, alone: CompiledRules, info: DocumentInfo, example: str, zone: Zone) -> Iterator[Failure]:
    text = repair(put_into_article(example, zone)[0]).text
    outcome = run(text, alone, info)
    if outcome.edits or (rule.flag and rule.flag in outcome.flags):
        yield Failure(rule, f"keeps ({zone})", example, outcome.text, text)


def _not_as_wanted(rule: Rule, compiled: CompiledRules, info: DocumentInfo, case: ExampleCase) -> Iterator[Failure]:
    repeated = repeated_lines(case.repeated)
    known = DocumentInfo(case.title, case.url or info.url, case.author, case.date, case.site, repeated)
    got = run(repair(case.input).text, compiled, known).text
    if got != case.want:
        yield Failure(rule, "case", case.input, got, case.want)
