"""Reads rule files one by one and rule by rule, and collects every error with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from cleaner.errors import RuleError
from cleaner.rules.conversion import rule_fields
from cleaner.rules.model import Rule, ScrapClass
from cleaner.rules.ruleset import RuleSet
from cleaner.rules.schema import FileSpec, RuleSpec
from cleaner.rules.schema_errors import violations_in
from cleaner.rules.terms import alternatives
from cleaner.rules.toml_source import TomlSource, read_toml
from cleaner.rules.validation import check_examples, check_regexes, check_replacement, check_rule
from cleaner.rules.violations import Violation

__all__ = ["RuleReader"]


@dataclass(frozen=True)
class _File:
    """The rules of one file as they are written.

    Attributes:
        source: the text.
        spec: what could be read of it.
        numbers: the number of each rule of ``spec`` in the text: those that could not be read are missing.
    """

    source: TomlSource
    spec: FileSpec
    numbers: Sequence[int]

    def rules(self) -> Iterator[tuple[int, RuleSpec]]:
        return zip(self.numbers, self.spec.rule, strict=True)


class RuleReader:
    """Reads files, and collects the errors.

    Args:
        terms: what patterns may use besides the terms of the files.
        compile_patterns: whether to compile and check each regex, and to find the line of each rule.

    Attributes:
        errors: what is wrong with the files that were read, in no order.

    >>> reader = RuleReader({}, compile_patterns=True)
    >>> len(reader.gather([TomlSource("[[rule]]\\nid = 'own.a'\\n")])), [str(error) for error in reader.errors]
    (0, ["rule own.a: the key 'description' is missing"])
    """

    def __init__(self, terms: Mapping[str, str], *, compile_patterns: bool) -> None:
        self.errors: list[RuleError] = []
        self._terms = terms
        self._compile_patterns = compile_patterns

    def read(self, files: Iterable[Path]) -> RuleSet:
        """The rules of some files."""
        sources = []
        for file in files:
            try:
                sources.append(read_toml(file))
            except RuleError as error:
                self.errors.append(error)
        return self.gather(sources)

    def gather(self, sources: Iterable[TomlSource]) -> RuleSet:
        """The rules of some texts, which may use each other's terms."""
        files = [file for source in sources if (file := self._file(source)) is not None]
        terms = {**self._terms, **self._own_terms(files)}
        rules: dict[str, Rule] = {}
        firsts: dict[str, tuple[TomlSource, int]] = {}
        for file in files:
            for number, spec in file.rules():
                rule = self._rule(file, number, spec, terms)
                if spec.id in firsts:
                    self._report(file.source, [_id_taken(file.source, *firsts[spec.id]).below("rule", number)], spec.id)
                elif rule is not None:
                    rules[rule.id] = rule
                firsts.setdefault(spec.id, (file.source, number))
        classes = [found for file in files if (found := self._class(file)) is not None]
        return RuleSet(rules.values(), classes, terms)

    def _report(self, source: TomlSource, violations: Iterable[Violation], rule: str = "") -> bool:
        """Collect the errors for what is wrong. Whether there was something."""
        errors = [source.error(violation, rule) for violation in violations]
        self.errors += errors
        return bool(errors)

    def _file(self, source: TomlSource) -> _File | None:
        try:
            data = source.data
        except RuleError as error:
            self.errors.append(error)
            return None
        try:
            spec = msgspec.convert(data, FileSpec)
        except msgspec.ValidationError:
            return self._parts(source, data)
        return _File(source, spec, range(len(spec.rule)))

    def _parts(self, source: TomlSource, data: Mapping[str, Any]) -> _File | None:
        """A file in which something is wrong, part by part and rule by rule."""
        entries = data.get("rule", [])
        readable: dict[str, Any] = {}
        for key in data:
            part = {key: [] if key == "rule" and isinstance(entries, list) else data[key]}
            violations = list(violations_in(part, FileSpec))
            if not violations:
                readable |= part
            else:
                self._report(source, violations)
                if key in ("schema", "rule"):  # in another version of the format, keys may mean something else
                    return None
        spec = msgspec.convert(readable, FileSpec)
        numbers = []
        rules = []
        for number, entry in enumerate(entries):
            violations = [violation.below("rule", number) for violation in violations_in(entry, RuleSpec)]
            if not violations:
                numbers.append(number)
                rules.append(msgspec.convert(entry, RuleSpec))
            else:
                self._report(source, violations, _name(entry, number))
        return _File(source, msgspec.structs.replace(spec, rule=rules), numbers)

    def _own_terms(self, files: Iterable[_File]) -> dict[str, str]:
        terms: dict[str, str] = {}
        for file in files:
            for name, term in file.spec.terms.items():
                if name in terms:
                    twice = Violation(f"the term {name!r} stands in two files", ("terms", name), "rename one")
                    self._report(file.source, [twice])
                terms.setdefault(name, alternatives(term))
        return terms

    def _class(self, file: _File) -> ScrapClass | None:
        spec, path = file.spec.scrap_class, file.source.path
        if spec is None:
            return None
        if path is not None and path.stem != spec.name:
            message = f"class {spec.name!r} does not match the name of the file"
            self._report(file.source, [Violation(message, ("class", "name"), "write one file per class")])
            return None
        return ScrapClass(spec.name, spec.title, spec.description, spec.profiles, spec.glued)

    def _rule(self, file: _File, number: int, spec: RuleSpec, terms: Mapping[str, str]) -> Rule | None:
        """A rule, or None when something is wrong with it."""
        fields = rule_fields(spec)
        if file.spec.scrap_class is not None:
            fields.setdefault("profiles", file.spec.scrap_class.profiles)
        if self._compile_patterns:  # finding the line takes longer than reading the rule
            fields["at_line"] = file.source.key(("rule", number)).line
        rule = Rule(path=str(file.source.path or ""), **fields)
        found = [violation.below("rule", number) for violation in self._violations(rule, file.spec, terms)]
        return None if self._report(file.source, found, rule.id) else rule

    def _violations(self, rule: Rule, file: FileSpec, terms: Mapping[str, str]) -> Iterator[Violation]:
        if file.scrap_class is not None and rule.scrap_class != file.scrap_class.name:
            yield Violation(f"the id does not begin with the class of the file, {file.scrap_class.name!r}", ("id",))
        yield from check_rule(rule)
        yield from check_examples(rule)
        if not self._compile_patterns and not rule.replacement:
            return
        wrong = list(check_regexes(rule.patterns, rule.unless, terms))
        yield from wrong
        if not wrong:
            yield from check_replacement(rule, terms)


def _name(entry: Any, number: int) -> str:
    """What a rule that cannot be read is called: its id, or its number from 1."""
    return str(entry.get("id", f"number {number + 1}")) if isinstance(entry, dict) else ""


def _id_taken(source: TomlSource, first: TomlSource, number: int) -> Violation:
    """The violation for an id that another rule has: that of a number in its text."""
    line = first.key(("rule", number)).line
    if first is source:
        return Violation("the id is taken by a rule above", ("id",), f"it stands at line {line}: choose another id")
    message = f"the id is taken by the rule at {first.path or '(code)'}:{line}"
    return Violation(message, ("id",), "ids are unique over all rule files: choose another id")
