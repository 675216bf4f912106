"""Examples of rules that do not hold, as findings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cleaner.authoring.examples import Failure, check_examples
from cleaner.authoring.lint.findings import Finding
from cleaner.authoring.lint.loading import not_loaded
from cleaner.authoring.lint.source import RuleSource, SourceFiles
from cleaner.errors import RuleError
from cleaner.rules.ruleset import RuleSet
from cleaner.rules.toml_source import Place
from cleaner.text.repair import repair

__all__ = ["check_rule_examples"]

_HINTS = {
    "removes": "it is put into a small article at every zone of the rule: see docs/rule-format.md",
    "keeps": "narrow the wording, the zone or `unless`",
    "case": "compare `want` with what became of the text",
}
_LONGEST_RESULT = 60


def check_rule_examples(source: RuleSource, rules: RuleSet, sources: SourceFiles) -> Iterator[Finding]:
    """The examples of a rule that do not hold, each once; or why they cannot run: a matcher of a plugin fails.

    Args:
        source: the rule.
        rules: the rules it belongs to.
        sources: the texts of the files.
    """
    try:
        failures = list(check_examples(source.rule, rules))
    except RuleError as error:
        yield not_loaded(error, Path(source.rule.path), sources, rules)
        return
    seen = set()
    for failure in failures:
        place = _place(source, failure)
        if (place, failure.kind) not in seen:
            seen.add((place, failure.kind))
            hint = _HINTS[failure.kind.partition(" ")[0]]
            yield source.finding("example-fails", _message(failure), place, hint)


def _message(failure: Failure) -> str:
    kind, _, more = failure.kind.partition(" ")
    if kind == "case":
        got = failure.got if len(failure.got) <= _LONGEST_RESULT else "…" + failure.got[1 - _LONGEST_RESULT :]
        return f"the case gives {got!r}"
    if kind == "keeps":
        return f"the example must be kept, and is removed {more}".rstrip()
    if more:
        return "the example must only raise the flag of the rule"
    return "the example is kept" if failure.example in failure.got else "more is removed than the example, or less"


def _place(source: RuleSource, failure: Failure) -> Place:
    """Where the example stands. One with broken encoding was made from an example of the file."""
    examples = source.rule.examples
    if failure.kind == "case":
        return source.place_of_value(("examples", "cases"), failure.example)
    key = failure.kind.partition(" ")[0]
    table = examples.keeps if key == "keeps" else examples.removes
    failed = repair(failure.example).text
    for language, texts in table.items():
        for text in texts:
            if failure.example == text or failed == repair(text).text:
                return source.place_of_value(("examples", key, language), text)
    return source.place_of_key("examples")
