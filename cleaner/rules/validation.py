"""What the keys of a rule mean together: checks that need more than one key, a regex or the terms.

They look at the rule and not at the file, so a rule of a file and a rule that a project has changed pass the same
ones. What one key may hold alone is in ``schema``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from itertools import chain

import regex

from cleaner.model import METADATA_FIELDS
from cleaner.patterns.size import shortest_match
from cleaner.rules.model import Action, Rule, Texts, Unit, Unless
from cleaner.rules.terms import expand_terms
from cleaner.rules.violations import Violation, allowed_names
from cleaner.text.normalize import fold

__all__ = ["LONGEST_REGEX", "LONGEST_WORDING", "check_examples", "check_regexes", "check_replacement", "check_rule"]


LONGEST_WORDING = 2_000
"""Characters of the longest exact wording or prefix."""

LONGEST_REGEX = 100_000
"""Characters of the longest regex, with its terms written out. The longest built-in one has 15,000."""

_LONGEST_MATCH = 20_000  # longer lines are not looked at
_CLIPPED = 200
_SECONDS = 1.0


def check_rule(rule: Rule) -> Iterator[Violation]:
    """What is wrong with a rule, by the keys it has in a file. Regexes and examples have checks of their own.

    >>> rule = Rule(id="own.by", description="A byline", unit=Unit.SPAN, lines={"": ("By us",)})
    >>> [violation.message for violation in check_rule(rule)]
    ['a span rule has no whole lines']
    """
    yield from _check_wordings(rule)
    if not (rule.lines or rule.prefixes or rule.patterns or rule.matcher):
        yield Violation("the rule looks for nothing", (), "give lines, prefixes, pattern or matcher")
    yield from _check_unit(rule)
    yield from _check_action(rule)


def _check_wordings(rule: Rule) -> Iterator[Violation]:
    """Case, blanks, bullets and punctuation at the ends make no difference; what is left must not be empty."""
    for key, table in (("lines", rule.lines), ("prefixes", rule.prefixes)):
        for text in chain.from_iterable(table.values()):
            if len(text) > LONGEST_WORDING:
                message = (
                    f"{key}: a text of {len(text):,} characters is no line; at most {LONGEST_WORDING:,} are allowed"
                )
                yield Violation(message, (key,), "take the text out, or write a regex for its beginning")
            elif not fold(text):
                message = f"{key}: {text!r} has no letter or digit, and would fit every line"
                yield Violation(message, (key,))


def _check_unit(rule: Rule) -> Iterator[Violation]:
    if rule.unit is Unit.SPAN and (rule.lines or rule.prefixes):
        key = "lines" if rule.lines else "prefixes"
        yield Violation("a span rule has no whole lines", (key,), "use pattern")
    if rule.unit is Unit.SPAN and rule.action is Action.CUT:
        yield Violation("a span cannot be cut to the end", ("action",), "use remove, or unit = 'line'")
    if rule.max_lines and rule.unit is not Unit.SECTION:
        yield Violation("max-lines is for sections", ("max-lines",), "take it out, or write unit = 'section'")


def _check_action(rule: Rule) -> Iterator[Violation]:
    if rule.action is Action.FLAG and not rule.flag:
        yield Violation("action 'flag' needs the name of the flag", ("action",), 'add flag = "…"')
    if rule.action is Action.REPLACE and rule.unit is not Unit.SPAN and not rule.matcher:
        yield Violation("only spans are replaced", ("action",), "use unit = 'span'")
    if rule.replacement and rule.action is not Action.REPLACE:
        yield Violation("replacement needs action = 'replace'", ("replacement",), "add it, or take out replacement")


def check_examples(rule: Rule) -> Iterator[Violation]:
    """Whether a rule shows what it removes and what it must keep."""
    examples = rule.examples
    if not examples.removes and not examples.cases:
        yield Violation("no example of what it removes", ("examples",), "add examples.removes or examples.cases")
    if not examples.keeps and not examples.cases:
        yield Violation("no example of what it must keep", ("examples",), "add examples.keeps: negatives come first")


def check_regexes(patterns: Texts, unless: Unless, terms: Mapping[str, str]) -> Iterator[Violation]:
    """What is wrong with the patterns of a rule and its antipatterns, as they are written: with ``{term}``.

    >>> [found.message for found in check_regexes({"": ("by (.+",)}, Unless(), {})]
    ['pattern is not a valid regex: missing ) at position 6: by (.+']
    """
    for pattern in chain.from_iterable(patterns.values()):
        yield from _check_regex(pattern, terms, "pattern")
    for pattern in (*unless.line, *unless.previous, *unless.next):
        yield from _check_regex(pattern, terms, "unless")


def _check_regex(pattern: str, terms: Mapping[str, str], key: str) -> Iterator[Violation]:
    if not pattern.strip():
        yield Violation(f"{key}: the text is empty", (key,))
        return
    if found := re.search("[\b\f]", pattern):
        letter = {"\b": "b", "\f": "f"}[found[0]]
        message = f"{key}: \\{letter} in double quotes is an invisible character and not what a regex means by it"
        yield Violation(message, (key,), f"write it between three single quotes: '''\\{letter}'''")
        return
    try:
        expanded = expand_terms(pattern, terms)
    except KeyError as error:
        yield _unknown_term(str(error.args[0]), terms, key)
        return
    if len(expanded) > LONGEST_REGEX or shortest_match(expanded) > _LONGEST_MATCH:
        yield _too_large(expanded, key)
        return
    try:
        compiled = regex.compile(expanded)
    except regex.error as error:
        yield Violation(f"{key} is not a valid regex: {error}: {_clipped(expanded)}", (key,))
        return
    except (RecursionError, MemoryError, OverflowError):
        yield _too_large(expanded, key)
        return
    if compiled.fullmatch("", timeout=_SECONDS):
        yield Violation(f"{key} matches the empty text: {expanded}", (key,), "require at least one character")
    for name in compiled.groupindex if key == "pattern" else ():
        if name not in METADATA_FIELDS and name != "caption":  # marks what stands before a credit
            message = f"the group {name!r} of the pattern is not a metadata field"
            yield Violation(message, (key,), allowed_names(name, METADATA_FIELDS))


def _too_large(expanded: str, key: str) -> Violation:
    """The violation of a regex that takes endless time or memory to compile."""
    message = f"{key} is too large: {len(expanded):,} characters, groups too deep, or a match longer than any line"
    hint = (
        f"at most {LONGEST_REGEX:,} characters and matches of {_LONGEST_MATCH:,} are allowed: write wordings as lines"
    )
    return Violation(f"{message}: {_clipped(expanded)}", (key,), hint)


def _clipped(text: str) -> str:
    return text if len(text) <= _CLIPPED else text[:_CLIPPED] + "…"


def _unknown_term(name: str, terms: Mapping[str, str], key: str) -> Violation:
    if name in terms:
        return Violation(f"the term {{{name}}} uses itself", (key,), "write one of the terms without the other")
    close = get_close_matches(name, list(terms), n=1)
    hint = f"did you mean {{{close[0]}}}?" if close else f"there are {', '.join(sorted(terms))}"
    return Violation(f"unknown term {{{name}}}", (key,), hint)


def check_replacement(rule: Rule, terms: Mapping[str, str]) -> Iterator[Violation]:
    """Whether each pattern of a rule has the groups that its replacement names, as ``\\\\g<name>``.

    The patterns must be valid.
    """
    for name in re.findall(r"\\g<(\w+)>", rule.replacement):
        for pattern in chain.from_iterable(rule.patterns.values()):
            if not _has_group(regex.compile(expand_terms(pattern, terms)), name):
                message = f"replacement names the group {name!r}, which the pattern {pattern!r} does not have"
                yield Violation(message, ("replacement",))


def _has_group(compiled: regex.Pattern[str], name: str) -> bool:
    return int(name) <= compiled.groups if name.isdigit() else name in compiled.groupindex
