"""All mistakes in rule files, each with its place: what ``clean rules check`` shows.

Loading rules stops at the first error and accepts every rule that can be run. The linter also checks whether a rule
does what its examples say, whether it can act at all, and what its regexes cost.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from cleaner.authoring.lint.characters import check_characters
from cleaner.authoring.lint.examples import check_rule_examples
from cleaner.authoring.lint.findings import CODES, WARNINGS, Finding
from cleaner.authoring.lint.loading import id_taken, not_loaded
from cleaner.authoring.lint.overlap import RuleIndex, check_duplicates, check_shadows
from cleaner.authoring.lint.reachability import check_reachability
from cleaner.authoring.lint.regexes import check_anchors, check_keywords, check_repetitions
from cleaner.authoring.lint.slowness import check_slowness
from cleaner.authoring.lint.source import RuleSource, SourceFiles, is_allowed, rule_files
from cleaner.engine.matchers.registry import check_matcher, check_options
from cleaner.errors import RuleError
from cleaner.rules.builtin import builtin_rules, builtin_rules_dir
from cleaner.rules.known import known_regexes
from cleaner.rules.loader import read_rules
from cleaner.rules.model import Rule
from cleaner.rules.ruleset import RuleSet

__all__ = ["CODES", "WARNINGS", "Finding", "lint"]


def lint(path: str | Path, others: RuleSet) -> list[Finding]:
    """All mistakes in the rules of a file or a folder, in order of the files and lines.

    A comment ``# lint: allow CODE`` in a rule, best with a reason behind it, says that the author knows.

    Args:
        path: a rule file, or a folder of them.
        others: the rules that these are added to, such as the built-in ones. Among equals they take precedence.

    >>> import tempfile
    >>> text = "[[rule]]\\nid = 'own.by'\\ndescription = 'x'\\npattern = '^(a+)+b'\\n"
    >>> text += "examples = { removes = ['aab'], keeps = ['aac'] }\\n"
    >>> with tempfile.NamedTemporaryFile("w", suffix=".toml") as file:
    ...     _ = file.write(text), file.flush()
    ...     [(found.code, found.line, found.column, found.length) for found in lint(file.name, RuleSet())]
    [('needless-anchor', 4, 12, 1), ('nested-repetition', 4, 13, 5)]
    """
    path = Path(path)
    sources = SourceFiles()
    findings = [found for found in _findings(path, others, sources) if not is_allowed(found, sources.text(found.path))]
    order = {str(file): number for number, file in enumerate(rule_files(path))}
    return sorted(findings, key=lambda found: (order.get(str(found.path), -1), found.line, found.column, found.code))


def _findings(path: Path, others: RuleSet, sources: SourceFiles) -> Iterator[Finding]:
    """All findings, in no particular order, those that a comment allows included."""
    rules, errors = read_rules(path)
    for error in errors:
        yield not_loaded(error, path, sources, rules)
    for rule in rules:
        if rule.id in others:
            yield id_taken(RuleSource(rule, sources.text(rule.path)), others[rule.id])
    mine = rules.with_rules(rule for rule in rules if rule.id not in others)
    try:
        together = others | mine
    except RuleError as error:
        yield not_loaded(error, path, sources, rules)
        together = mine
    index = RuleIndex(_with_known_regexes(together, mine, path))
    for rule in mine:
        wrong = [*check_matcher(rule, index.rules), *check_options(rule, index.rules.terms)]
        yield from (not_loaded(error, path, sources, rules) for error in wrong)
        if not wrong:
            yield from _rule_findings(RuleSource(rule, sources.text(rule.path)), index, sources)
    for file in rule_files(path):
        yield from check_characters(file, sources.text(file), rules)


def _with_known_regexes(rules: RuleSet, mine: RuleSet, path: Path) -> RuleSet:
    """The rules with what is known about their regexes: several checks need it, and it takes long to find out.

    The built-in rules have it from their cache, so that only what is new in their files is found out again.
    """
    builtin = builtin_rules_dir().resolve()
    cached = builtin_rules().known if builtin in (path.resolve(), path.resolve().parent) else {}
    known = {**cached, **rules.known}
    new = mine.with_rules(rule for rule in mine if not all(mine.expand(text) in known for text in _regexes(rule)))
    return rules.with_known({**known, **known_regexes(new)})


def _regexes(rule: Rule) -> Iterator[str]:
    unless = rule.unless
    return chain(*rule.patterns.values(), unless.line, unless.previous, unless.next)


def _rule_findings(source: RuleSource, index: RuleIndex, sources: SourceFiles) -> Iterator[Finding]:
    """The findings of one rule. What follows from another finding is left out: examples of a rule that cannot act."""
    yield from check_repetitions(source, index.rules)
    yield from check_slowness(source, index.rules)
    yield from check_anchors(source, index.rules)
    obstacles = list(check_reachability(source))
    if obstacles:
        yield from obstacles
        return
    yield from check_keywords(source, index.rules)
    yield from check_rule_examples(source, index.rules, sources)
    shadows = list(check_shadows(source, index))
    yield from shadows
    yield from check_duplicates(source, index, is_shadowed=bool(shadows))
