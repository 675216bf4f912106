"""Run the examples that live in rules.

Each ``removes`` and ``keeps`` text is put into a small article at the place the rule looks at, and the rule runs on
it alone. What it removes must be gone and nothing else; what it keeps must still be there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cleaner.engine import run
from cleaner.matchers import SECOND_LOOKS
from cleaner.matching import TIMEOUT, CompiledRules
from cleaner.model import Document, Zone
from cleaner.regexes import compile_regex
from cleaner.repair import repair
from cleaner.repetition import repeated_lines
from cleaner.rules.model import Action, Rule, RuleSet, Unit
from cleaner.segment import bare, plain, unwrap

__all__ = ["Failure", "check_examples", "pieces_not_fired"]

_ABOVE = (
    "The town council met on Tuesday evening and voted to repair the old stone bridge across the river.\n\n"
    "Work is to begin in the spring, the mayor said, and traffic will be led around the town for three months.\n"
)
_BELOW = (
    "Shopkeepers on the northern bank had asked for a second crossing while the work goes on, but were refused.\n\n"
    "The council meets again in two weeks to decide who will pay for the new lamps along the river bank.\n"
)


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that does not hold: what came of it, and what should have.

    ``want`` is None where any change is right, or a flag and no text is wanted.
    """

    rule: Rule
    kind: str
    example: str
    got: str
    want: str | None = None

    def __str__(self) -> str:
        place = f"{self.rule.place}: rule {self.rule.id}"
        return f"{place}: {self.kind}: {self.example!r} gave {self.got!r}"


def _mojibake(text: str) -> str:
    """The text as a page shows it that read UTF-8 as Windows-1252."""
    import ftfy.bad_codecs  # noqa: F401

    return text.encode("utf-8").decode("sloppy-windows-1252")


def _article(example: str, zone: Zone) -> tuple[str, str]:
    """A text with the example at a place in the zone, and the same without it."""
    block = example.strip("\n") + "\n"
    if zone is Zone.HEAD:
        return f"{block}\n{_ABOVE}\n{_BELOW}", f"{_ABOVE}\n{_BELOW}"
    if zone is Zone.DECK:
        first, _, second = _ABOVE.partition("\n")
        return f"{first}\n\n{block}{second}\n{_BELOW}", f"{_ABOVE}\n{_BELOW}"
    if zone is Zone.TAIL:
        return f"{_ABOVE}\n{_BELOW}\n{block}", f"{_ABOVE}\n{_BELOW}"
    return f"{_ABOVE}\n{block}\n{_BELOW}", f"{_ABOVE}\n{_BELOW}"


def check_examples(rule: Rule, rules: RuleSet) -> Iterator[Failure]:
    """Failures of a rule's examples. The rule runs alone; ``rules`` is the set it comes from.

    A flag-only rule must raise its flag for ``removes`` and change nothing. A span example is a whole line whose
    piece goes, so it only has to change. Damaged encoding must not hide a scrap: a ``removes`` example that repair
    can mend runs a second time broken.
    """
    alone = CompiledRules(rules.with_rules([rule]))
    document = Document(url=f"https://www.{rule.sites[0]}/a") if rule.sites else Document()
    for zone in rule.zones:
        for example in (text for texts in rule.examples.removes.values() for text in texts):
            given, want = _article(example, zone)
            yield from _removed(rule, alone, document, example, given, want)
            broken = _mojibake(example)
            if broken != example and repair(broken).text == repair(example).text:
                yield from _removed(rule, alone, document, broken, *_article(broken, zone))
        for example in (text for texts in rule.examples.keeps.values() for text in texts):
            given, _ = _article(example, zone)
            text = repair(given).text
            outcome = run(text, alone, document)
            if outcome.edits or (rule.flag and rule.flag in outcome.flags):
                yield Failure(rule, f"keeps ({zone})", example, outcome.text, text)
    # A second look sees what other rules find, so its cases need them.
    compiled = CompiledRules(rules.select()) if rule.matcher in SECOND_LOOKS else alone
    for case in rule.examples.cases:
        repeated = repeated_lines(case.repeated)
        document = Document(case.title, case.url or document.url, case.author, case.date, case.site, repeated)
        got = run(repair(case.input).text, compiled, document).text
        if got != case.want:
            yield Failure(rule, "case", case.input, got, case.want)


def _removed(
    rule: Rule, alone: CompiledRules, document: Document, example: str, given: str, want: str
) -> Iterator[Failure]:
    text = repair(given).text
    # An example may be longer than the small article; how much may go from a real one is not its matter.
    outcome = run(text, alone, document, guard=1.0)
    if rule.action is Action.FLAG:
        if rule.flag not in outcome.flags or outcome.edits:
            yield Failure(rule, "removes (flag)", example, " ".join(outcome.flags))
    elif rule.unit is Unit.SPAN:
        if not outcome.edits:
            yield Failure(rule, "removes", example, outcome.text)
    elif outcome.text != want:
        yield Failure(rule, "removes", example, outcome.text, want)


def pieces_not_fired(rule: Rule, rules: RuleSet) -> list[str]:
    """Patterns of a rule that none of its examples fits, so that nobody would see them break.

    >>> from cleaner.rules.model import Examples
    >>> rule = Rule(id="own.by", description="A byline", patterns={"en": ("by .+",), "de": ("von .+",)},
    ...             examples=Examples(removes={"en": ("By us",)}))
    >>> pieces_not_fired(rule, RuleSet([rule]))
    ['von .+']
    """
    examples = [text for texts in rule.examples.removes.values() for text in texts]
    examples += [case.input for case in rule.examples.cases]
    lines = {line for text in examples for line in (unwrap(text.split("\n")), *repair(text).text.split("\n"))}
    looked_at = [plain(line) if rule.unit is Unit.SPAN else bare(line) for line in sorted(lines)]
    left = []
    for pattern in (text for texts in rule.patterns.values() for text in texts):
        compiled = compile_regex(rules.expand(pattern), rule.case_sensitive)
        fits = compiled.search if rule.unit is Unit.SPAN else compiled.fullmatch
        if not any(fits(line, timeout=TIMEOUT) for line in looked_at):
            left.append(pattern)
    return left
