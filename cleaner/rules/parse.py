"""Rule files to rules: TOML, a closed schema, and errors that name file, line and column."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import regex

from cleaner.errors import RuleError
from cleaner.model import METADATA_FIELDS, Zone
from cleaner.rules.locate import locate
from cleaner.rules.model import (
    PROFILES,
    Action,
    Confidence,
    Examples,
    Rule,
    RuleSet,
    ScrapClass,
    Status,
    Unit,
    Unless,
    expand_terms,
)
from cleaner.rules.spec import (
    SCHEMA,
    CaseSpec,
    ClassSpec,
    ExamplesSpec,
    FileSpec,
    RuleSpec,
    UnlessSpec,
    check_pattern,
    is_language,
    is_rule_id,
    listed,
    texts,
)
from cleaner.segment import fold

__all__ = ["RULE_KEYS", "load_rules", "parse_rules", "read_rules"]

RULE_KEYS: tuple[str, ...] = RuleSpec.__struct_encode_fields__
"""Every key a rule may have, as it is written in a file."""

_FIELDS = {
    (): ("schema", "class", "terms", "rule"),
    ("class",): ClassSpec.__struct_encode_fields__,
    ("rule",): RULE_KEYS,
    ("rule", "unless"): UnlessSpec.__struct_encode_fields__,
    ("rule", "examples"): ExamplesSpec.__struct_encode_fields__,
    ("rule", "examples", "cases"): CaseSpec.__struct_encode_fields__,
}


class _Source:
    """A rule file while it is read: knows how to point into itself."""

    def __init__(self, text: str, path: Path | None) -> None:
        self.text, self.path = text, path

    def error(self, message: str, where: tuple[str | int, ...] = (), rule: str = "", hint: str = "") -> RuleError:
        line, column = locate(self.text, where)
        return RuleError(message, path=self.path, line=line, column=column, rule=rule, hint=hint)


def load_rules(path: str | Path, *, compile_patterns: bool = True) -> RuleSet:
    """Rules of one file, or of every ``*.toml`` in a folder and its subfolders, in order of their names.

    Patterns may use the terms of all the files and those of the built-in ``terms.toml``. With
    ``compile_patterns=False`` regexes are compiled when they are first needed and a wrong one shows only then.

    Raises:
        RuleError: the path does not exist or holds no rules, or a file is wrong: the first error in order of the
            files and lines. Names file, line and column.
    """
    rules, errors = read_rules(path, compile_patterns=compile_patterns)
    if errors:
        raise errors[0]
    return rules


def read_rules(path: str | Path, *, compile_patterns: bool = True) -> tuple[RuleSet, list[RuleError]]:
    """What :func:`load_rules` loads, as far as it is right, and all that is wrong with the rest.

    Every file and every rule is read on its own: one that is wrong gives at least one error and does not hinder the
    others. Of rules with the same id the first counts. The errors are in order of the files and lines.

    >>> import tempfile
    >>> bad = "[[rule]]\\nid = 'own.a'\\n[[rule]]\\nid = 'own.b'\\nzonne = 'head'\\n"
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     written = Path(folder, "bad.toml").write_text(bad)
    ...     rules, errors = read_rules(folder)
    >>> len(rules), [(error.line, error.message) for error in errors]
    (0, [(1, "the key 'description' is missing"), (5, "unknown key 'zonne'")])
    """
    path = Path(path)
    if path.is_dir():
        files = sorted(file for file in path.rglob("*.toml") if file.is_file())
    elif path.is_file():
        files = [path]
    else:
        hint = "name a rule file or a folder of *.toml files"
        return RuleSet(), [RuleError("no such file or folder", path=path, hint=hint)]
    reader = _Reader(compile_patterns)
    rules = reader.read(files, _builtin_terms(path))
    if not rules and not reader.errors:
        hint = "an empty rule set would clean nothing: check the path"
        reader.errors.append(RuleError("holds no rules", path=path, hint=hint))
    order = {str(file): number for number, file in enumerate(files)}
    return rules, sorted(reader.errors, key=lambda error: (order.get(str(error.path), 0), error.line, error.column))


def parse_rules(text: str, path: Path | None = None, *, terms: Mapping[str, str] | None = None) -> RuleSet:
    """Rules from the text of one rule file. ``path`` is only for error messages.

    Raises:
        RuleError: see :func:`load_rules`.
    """
    reader = _Reader(True)
    rules = reader.gather([_Source(text, path)], _builtin_terms(path) if terms is None else terms)
    if reader.errors:
        raise min(reader.errors, key=lambda error: (error.line, error.column))
    return rules


_T = TypeVar("_T")


class _Reader:
    """Reads files, and keeps what is wrong with them."""

    def __init__(self, compile_patterns: bool) -> None:
        self.compile_patterns = compile_patterns
        self.errors: list[RuleError] = []

    def read(self, files: Iterable[Path], terms: Mapping[str, str]) -> RuleSet:
        sources = (self._try(_open, file) for file in files)
        return self.gather([source for source in sources if source is not None], terms)

    def gather(self, sources: Iterable[_Source], terms: Mapping[str, str]) -> RuleSet:
        """The rules of the sources. ``terms`` are those they may use besides their own."""
        parsed = [(source, read) for source in sources if (read := self._file(source)) is not None]
        known = {**terms, **self._terms(parsed)}
        rules: dict[str, Rule] = {}
        firsts: dict[str, tuple[_Source, int]] = {}
        classes: list[ScrapClass] = []
        for source, (file, numbers) in parsed:
            found = self._try(_class, source, file.scrap_class) if file.scrap_class else None
            classes += [found] if found else []
            for number, spec in zip(numbers, file.rule, strict=True):
                rule = self._try(_rule, source, file, spec, number, known, self.compile_patterns)
                if spec.id in firsts:
                    self.errors.append(_taken(source, number, spec.id, *firsts[spec.id]))
                elif rule is not None:
                    rules[rule.id] = rule
                firsts.setdefault(spec.id, (source, number))
        return RuleSet(rules.values(), classes, known)

    def _try(self, step: Callable[..., _T], *arguments: object) -> _T | None:
        try:
            return step(*arguments)
        except RuleError as error:
            self.errors.append(error)
            return None

    def _terms(self, parsed: Iterable[tuple[_Source, _Numbered]]) -> dict[str, str]:
        terms: dict[str, str] = {}
        for source, (file, _) in parsed:
            for name, value in file.terms.items():
                if name in terms:
                    where = ("terms", name)
                    self.errors.append(source.error(f"the term {name!r} stands in two files", where, hint="rename one"))
                terms.setdefault(name, _alternatives(value))
        return terms

    def _file(self, source: _Source) -> _Numbered | None:
        data = self._try(_toml, source)
        if data is None:
            return None
        try:
            file = msgspec.convert(data, FileSpec)
        except msgspec.ValidationError as error:
            return self._piecemeal(source, data, str(error))
        if file.schema != SCHEMA:
            hint = f"this version reads schema {SCHEMA}"
            self.errors.append(source.error(f"schema {file.schema} is not known", ("schema",), hint=hint))
            return None
        return file, range(len(file.rule))

    def _piecemeal(self, source: _Source, data: dict[str, Any], complaint: str) -> _Numbered | None:
        """A file in which something is wrong, rule by rule."""
        entries = data.get("rule", [])
        if not isinstance(entries, list):
            self.errors.append(_schema_error(source, complaint, data))
            return None
        file = FileSpec()
        for key in data.keys() - {"rule"}:
            try:
                part = msgspec.convert({key: data[key]}, FileSpec)
            except msgspec.ValidationError as error:
                self.errors.append(_schema_error(source, str(error), data))
                continue
            name = "scrap_class" if key == "class" else key
            setattr(file, name, getattr(part, name))
        numbers = []
        for number, entry in enumerate(entries):
            try:
                file.rule.append(msgspec.convert(entry, RuleSpec))
                numbers.append(number)
            except msgspec.ValidationError as error:
                self.errors.append(_schema_error(source, _inside_rule(str(error), number), data))
        return file, numbers


_Numbered = tuple[FileSpec, Sequence[int]]
"""A file, and the number of each of its rules in the source: those that could not be read are missing."""


def _inside_rule(complaint: str, number: int) -> str:
    """msgspec's complaint about a rule as it would be about the file."""
    what, _, dotted = complaint.partition(" - at `$")
    return f"{what} - at `$.rule[{number}]{dotted.rstrip('`')}`"


def _taken(source: _Source, number: int, rule: str, first: _Source, first_number: int) -> RuleError:
    line, _ = locate(first.text, ("rule", first_number))
    if first is source:
        message, hint = "the id is taken by a rule above", f"it stands at line {line}: choose another id"
    else:
        message = f"the id is taken by the rule at {first.path or '(code)'}:{line}"
        hint = "ids are unique over all rule files: choose another id"
    return source.error(message, ("rule", number, "id"), rule, hint)


def _open(path: Path) -> _Source:
    try:
        return _Source(path.read_text(encoding="utf-8-sig"), path)
    except UnicodeDecodeError as error:
        raise RuleError(f"is not UTF-8 (byte {error.start})", path=path, hint="save it as UTF-8") from None
    except OSError as error:
        raise RuleError(f"cannot be read: {error.strerror}", path=path) from None


def _toml(source: _Source) -> dict[str, Any]:
    try:
        return tomllib.loads(source.text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r" \(at line (\d+), column (\d+)\)$", str(error))
        line, column = (int(at[1]), int(at[2])) if at else (source.text.count("\n") + 1, 1)
        message = str(error)[: at.start()] if at else str(error).replace(" (at end of document)", "")
        raise RuleError(f"is not TOML: {message}", path=source.path, line=line, column=column) from None


def _schema_error(source: _Source, message: str, data: Any) -> RuleError:
    """msgspec's complaint in our words: with a place, a suggestion and what is allowed."""
    what, _, dotted = message.partition(" - at `")
    where = tuple(_path_parts(dotted.rstrip("`")))
    kind = tuple(part for part in where if isinstance(part, str))
    rule = ""
    if len(where) >= 2 and where[0] == "rule" and isinstance(where[1], int):
        found = data["rule"][where[1]]
        rule = str(found.get("id", f"number {where[1] + 1}")) if isinstance(found, dict) else ""
    unknown = re.search(r"unknown field `(.+?)`", what)
    missing = re.search(r"missing required field `(.+?)`", what)
    if unknown:
        allowed = _FIELDS.get(kind, ())
        close = get_close_matches(unknown[1], allowed, n=1)
        hint = f"did you mean {close[0]!r}?" if close else f"allowed are {', '.join(allowed)}"
        return source.error(f"unknown key {unknown[1]!r}", (*where, unknown[1]), rule, hint)
    if missing:
        return source.error(f"the key {missing[1]!r} is missing", where, rule)
    wrong = re.search(r"Invalid enum value '(.*)'", what)
    if wrong:
        choices = {"unit": Unit, "zone": Zone, "action": Action, "confidence": Confidence, "status": Status}
        names = [str(choice) for choice in choices.get(kind[-1] if kind else "", ())]
        close = get_close_matches(wrong[1], names, n=1)
        hint = (f"did you mean {close[0]!r}? " if close else "") + f"allowed are {', '.join(names)}"
        return source.error(f"{kind[-1]} cannot be {wrong[1]!r}", where, rule, hint)
    key = kind[-1] if kind else "the file"
    hint = ""
    if kind[-1:] and kind[-1] in ("lines", "prefixes", "pattern") and "got `object`" in what:
        hint = f"a key of the rule below [rule.{key}] belongs to that table: write the keys of the rule first"
    return source.error(f"{key}: {what[:1].lower()}{what[1:]}", where, rule, hint)


def _path_parts(dotted: str) -> Iterator[str | int]:
    for name, index in re.findall(r"\.([^.\[\]]+)|\[(\d+|\.\.\.)\]", dotted):
        if name:
            yield name
        elif index != "...":
            yield int(index)


def _builtin_terms(path: Path | None) -> dict[str, str]:
    from cleaner.rules.builtin import builtin_rules_dir

    folder = builtin_rules_dir()
    if path is not None and path.resolve() == folder:
        return {}
    data = _toml(_open(folder / "terms.toml"))
    return {name: _alternatives(value) for name, value in data["terms"].items()}


def _alternatives(value: str | list[str]) -> str:
    return value if isinstance(value, str) else "|".join(value)


def _class(source: _Source, spec: ClassSpec) -> ScrapClass:
    if source.path is not None and source.path.stem != spec.name:
        raise source.error(
            f"class {spec.name!r} does not match the name of the file",
            ("class", "name"),
            hint="one file per class",
        )
    _check_profiles(source, spec.profiles, ("class", "profiles"), "")
    return ScrapClass(spec.name, spec.title, spec.description, tuple(spec.profiles))


def _check_profiles(source: _Source, names: Iterable[str], where: tuple[str | int, ...], rule: str) -> None:
    for name in names:
        if name not in PROFILES:
            raise source.error(f"no profile {name!r}", where, rule, f"allowed are {', '.join(PROFILES)}")


def _rule(
    source: _Source, file: FileSpec, spec: RuleSpec, number: int, terms: Mapping[str, str], compile_patterns: bool
) -> Rule:
    def fail(message: str, *keys: str, hint: str = "") -> RuleError:
        return source.error(message, ("rule", number, *keys), spec.id, hint)

    if not is_rule_id(spec.id):
        raise fail(f"id {spec.id!r} is not of the form class.name", "id", hint="two parts of a-z, 0-9 and hyphens")
    if file.scrap_class and spec.id.partition(".")[0] != file.scrap_class.name:
        raise fail(f"the id does not begin with the class of the file, {file.scrap_class.name!r}", "id")
    if not spec.description.strip():
        raise fail("the description is empty", "description")
    _check_profiles(source, spec.profiles or (), ("rule", number, "profiles"), spec.id)

    lines, prefixes = texts(spec.lines), texts(spec.prefixes)
    patterns = texts(spec.pattern)
    removes, keeps = texts(spec.examples.removes), texts(spec.examples.keeps)
    for key, table in (
        ("lines", lines),
        ("prefixes", prefixes),
        ("pattern", patterns),
        ("examples", removes),
    ):
        for language, found in table.items():
            if language and not is_language(language):
                raise fail(f"{key}: {language!r} is no language code", key, hint="use codes such as en, de, pt-BR")
            if any(not text.strip() or (key in ("lines", "prefixes") and not fold(text)) for text in found):
                raise fail(f"{key}: an empty text would fit every line", key)
    if not (lines or prefixes or patterns or spec.matcher):
        raise fail("the rule looks for nothing", hint="give lines, prefixes, pattern or matcher")
    _check_units(fail, spec)
    if not removes and not spec.examples.cases:
        raise fail("no example of what it removes", "examples", hint="add examples.removes or examples.cases")
    if not keeps and not spec.examples.cases:
        raise fail("no example of what it must keep", "examples", hint="add examples.keeps: negatives come first")
    unless = Unless(*map(listed, (spec.unless.line, spec.unless.previous, spec.unless.next)))
    if compile_patterns or spec.replacement:
        for pattern in (pattern for found in patterns.values() for pattern in found):
            check_pattern(fail, pattern, terms, "pattern")
    if compile_patterns:
        for pattern in (*unless.line, *unless.previous, *unless.next):
            check_pattern(fail, pattern, terms, "unless")
    if spec.replacement:
        _check_replacement(fail, spec.replacement, [expand_terms(p, terms) for t in patterns.values() for p in t])

    at_line, _ = locate(source.text, ("rule", number)) if compile_patterns else (0, 0)
    profiles = spec.profiles
    if profiles is None:
        profiles = list(file.scrap_class.profiles if file.scrap_class else PROFILES)
    return Rule(
        id=spec.id,
        description=spec.description,
        unit=spec.unit,
        zones=(spec.zone,) if isinstance(spec.zone, Zone) else tuple(spec.zone),
        action=spec.action,
        confidence=spec.confidence,
        status=spec.status,
        since=spec.since,
        replaced_by=spec.replaced_by,
        profiles=tuple(profiles),
        lines=lines,
        prefixes=prefixes,
        patterns=patterns,
        harvest=spec.harvest,
        keywords=tuple(spec.keywords),
        case_sensitive=spec.case_sensitive,
        matcher=spec.matcher,
        options={key: tuple(value) if isinstance(value, list) else value for key, value in spec.options.items()},
        unless=unless,
        max_words=spec.max_words,
        max_lines=spec.max_lines,
        above=spec.above,
        once=spec.once,
        cut_from=spec.cut_from,
        replacement=spec.replacement,
        flag=spec.flag,
        languages=tuple(spec.languages),
        sites=tuple(spec.sites),
        except_sites=tuple(spec.except_sites),
        examples=Examples(
            removes,
            keeps,
            tuple(case.value() for case in spec.examples.cases),
        ),
        false_positives=tuple(spec.false_positives),
        references=tuple(spec.references),
        path=str(source.path or ""),
        at_line=at_line,
    )


def _check_units(fail: Any, spec: RuleSpec) -> None:
    if spec.unit is Unit.SPAN and (spec.lines or spec.prefixes):
        raise fail("a span rule has no whole lines", "lines" if spec.lines else "prefixes", hint="use pattern")
    if spec.unit is Unit.SPAN and spec.action is Action.CUT:
        raise fail("a span cannot be cut to the end", "action", hint="use remove, or unit = 'line'")
    if spec.action is Action.FLAG and not spec.flag:
        raise fail("action 'flag' needs the name of the flag", "action", hint='add flag = "…"')
    if spec.action is Action.REPLACE and spec.unit is not Unit.SPAN and not spec.matcher:
        raise fail("only spans are replaced", "action", hint="use unit = 'span'")
    if spec.replacement and spec.action is not Action.REPLACE:
        raise fail("a replacement without action = 'replace'", "replacement")
    if spec.max_lines and spec.unit is not Unit.SECTION:
        raise fail("max-lines is for sections", "max-lines", hint="add unit = 'section'")
    if spec.harvest and spec.harvest not in METADATA_FIELDS:
        raise fail(f"harvest cannot be {spec.harvest!r}", "harvest", hint=f"allowed are {', '.join(METADATA_FIELDS)}")
    if any(not word.strip() for word in spec.keywords):
        raise fail("an empty keyword stands in every line", "keywords")
    if isinstance(spec.zone, list) and not spec.zone:
        raise fail("zone is empty: the rule would never act", "zone")
    if spec.cut_from not in ("start", "end"):
        raise fail(f"cut-from cannot be {spec.cut_from!r}", "cut-from", hint="allowed are start and end")
    for key, value in (("max-words", spec.max_words), ("max-lines", spec.max_lines), ("above", spec.above)):
        if value < 0:
            raise fail(f"{key} cannot be negative", key)


def _check_replacement(fail: Any, replacement: str, patterns: Iterable[str]) -> None:
    for name in re.findall(r"\\g<(\w+)>", replacement):
        for pattern in patterns:
            compiled = regex.compile(pattern)
            known = int(name) <= compiled.groups if name.isdigit() else name in compiled.groupindex
            if not known:
                raise fail(f"replacement names the group {name!r}, which the pattern does not have", "replacement")
