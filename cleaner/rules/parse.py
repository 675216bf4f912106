"""Rule files to rules: TOML, a closed schema, and errors that name file, line and column."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import msgspec
import regex

from cleaner.errors import RuleError
from cleaner.model import METADATA_FIELDS, Zone
from cleaner.rules.locate import locate
from cleaner.rules.model import (
    PROFILES,
    Action,
    Confidence,
    ExampleCase,
    Examples,
    Rule,
    RuleSet,
    ScrapClass,
    Status,
    Unit,
    Unless,
    expand_terms,
)
from cleaner.segment import fold

__all__ = ["RULE_KEYS", "load_rules", "parse_rules"]

SCHEMA = 1

_Texts = str | list[str] | dict[str, str | list[str]]


class _Spec(msgspec.Struct, forbid_unknown_fields=True, rename="kebab"):
    """Base of what stands in a file: a closed set of kebab-case keys."""


class _Unless(_Spec):
    line: str | list[str] = []
    previous: str | list[str] = []
    next: str | list[str] = []


class _Case(_Spec):
    input: str
    want: str
    title: str = ""
    url: str = ""
    author: str = ""
    date: str = ""
    site: str = ""
    repeated: tuple[str, ...] = ()


class _Examples(_Spec):
    removes: _Texts = []
    keeps: _Texts = []
    cases: list[_Case] = []


class _Class(_Spec):
    name: str
    title: str = ""
    description: str = ""
    profiles: tuple[str, ...] = PROFILES


class _Rule(_Spec):
    """A rule as it stands in a file: what may be one value or several may be written as one."""

    id: str
    description: str
    unit: Unit = Unit.LINE
    zone: Zone | list[Zone] = Zone.ANY
    action: Action = Action.REMOVE
    confidence: Confidence = Confidence.MEDIUM
    status: Status = Status.STABLE
    since: str = ""
    replaced_by: str = ""
    profiles: list[str] | None = None
    lines: _Texts = []
    prefixes: _Texts = []
    pattern: _Texts = []
    harvest: str = ""
    keywords: list[str] = []
    case_sensitive: bool = False
    matcher: str = ""
    options: dict[str, bool | int | float | str | list[str]] = {}
    unless: _Unless = msgspec.field(default_factory=_Unless)
    max_words: int = 0
    max_lines: int = 0
    above: int = 0
    once: bool = False
    cut_from: str = "end"
    replacement: str = ""
    flag: str = ""
    languages: list[str] = []
    sites: list[str] = []
    except_sites: list[str] = []
    examples: _Examples = msgspec.field(default_factory=_Examples)
    false_positives: list[str] = []
    references: list[str] = []


class _File(msgspec.Struct, forbid_unknown_fields=True):
    schema: int = SCHEMA
    scrap_class: _Class | None = msgspec.field(default=None, name="class")
    terms: dict[str, str | list[str]] = {}
    rule: list[_Rule] = []


RULE_KEYS: tuple[str, ...] = _Rule.__struct_encode_fields__
"""Every key a rule may have, as it is written in a file."""

_FIELDS = {
    (): ("schema", "class", "terms", "rule"),
    ("class",): _Class.__struct_encode_fields__,
    ("rule",): _Rule.__struct_encode_fields__,
    ("rule", "unless"): _Unless.__struct_encode_fields__,
    ("rule", "examples"): _Examples.__struct_encode_fields__,
    ("rule", "examples", "cases"): _Case.__struct_encode_fields__,
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
        RuleError: the path does not exist or holds no rules, or a file is wrong. Names file, line and column.
    """
    path = Path(path)
    if path.is_dir():
        files = sorted(file for file in path.rglob("*.toml") if file.is_file())
    elif path.is_file():
        files = [path]
    else:
        raise RuleError("no such file or folder", path=path, hint="name a rule file or a folder of *.toml files")
    parsed = [_read(file) for file in files]
    terms: dict[str, str] = {}
    for source, spec in parsed:
        for name, value in spec.terms.items():
            if name in terms:
                raise source.error(f"the term {name!r} stands in two files", ("terms", name), hint="rename one")
            terms[name] = _alternatives(value)
    terms = {**_builtin_terms(path), **terms}
    rules: list[Rule] = []
    classes: list[ScrapClass] = []
    for source, spec in parsed:
        classes += [_class(source, spec.scrap_class)] if spec.scrap_class else []
        rules += _rules(source, spec, terms, compile_patterns)
    if not rules:
        raise RuleError("holds no rules", path=path, hint="an empty rule set would clean nothing: check the path")
    return RuleSet(rules, classes, terms)


def parse_rules(text: str, path: Path | None = None, *, terms: Mapping[str, str] | None = None) -> RuleSet:
    """Rules from the text of one rule file. ``path`` is only for error messages.

    Raises:
        RuleError: see :func:`load_rules`.
    """
    source, spec = _parse(text, path)
    known = dict(terms) if terms is not None else _builtin_terms(path)
    known.update({name: _alternatives(value) for name, value in spec.terms.items()})
    classes = [_class(source, spec.scrap_class)] if spec.scrap_class else []
    return RuleSet(_rules(source, spec, known, True), classes, known)


def _read(path: Path) -> tuple[_Source, _File]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise RuleError(f"is not UTF-8 (byte {error.start})", path=path, hint="save it as UTF-8") from None
    except OSError as error:
        raise RuleError(f"cannot be read: {error.strerror}", path=path) from None
    return _parse(text, path)


def _parse(text: str, path: Path | None) -> tuple[_Source, _File]:
    source = _Source(text, path)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r" \(at line (\d+), column (\d+)\)$", str(error))
        line, column = (int(at[1]), int(at[2])) if at else (text.count("\n") + 1, 1)
        message = str(error)[: at.start()] if at else str(error).replace(" (at end of document)", "")
        raise RuleError(f"is not TOML: {message}", path=path, line=line, column=column) from None
    try:
        spec = msgspec.convert(data, _File)
    except msgspec.ValidationError as error:
        raise _schema_error(source, str(error), data) from None
    if spec.schema != SCHEMA:
        raise source.error(
            f"schema {spec.schema} is not known", ("schema",), hint=f"this version reads schema {SCHEMA}"
        )
    return source, spec


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
    _, spec = _read(folder / "terms.toml")
    return {name: _alternatives(value) for name, value in spec.terms.items()}


def _alternatives(value: str | list[str]) -> str:
    return value if isinstance(value, str) else "|".join(value)


def _texts(value: _Texts) -> dict[str, tuple[str, ...]]:
    if isinstance(value, dict):
        return {language: tuple([texts] if isinstance(texts, str) else texts) for language, texts in value.items()}
    listed = [value] if isinstance(value, str) else value
    return {"": tuple(listed)} if listed else {}


def _listed(value: str | list[str]) -> tuple[str, ...]:
    return tuple([value] if isinstance(value, str) else value)


def _class(source: _Source, spec: _Class) -> ScrapClass:
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


_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\.[a-z0-9]+(?:-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]+)*")


def _rules(source: _Source, file: _File, terms: Mapping[str, str], compile_patterns: bool) -> Iterator[Rule]:
    seen: set[str] = set()
    for number, spec in enumerate(file.rule):
        yield _rule(source, file, spec, number, terms, compile_patterns)
        if spec.id in seen:
            raise source.error("the id is taken by a rule above", ("rule", number, "id"), spec.id, "choose another id")
        seen.add(spec.id)


def _rule(
    source: _Source, file: _File, spec: _Rule, number: int, terms: Mapping[str, str], compile_patterns: bool
) -> Rule:
    def fail(message: str, *keys: str, hint: str = "") -> RuleError:
        return source.error(message, ("rule", number, *keys), spec.id, hint)

    if not _ID.fullmatch(spec.id):
        raise fail(f"id {spec.id!r} is not of the form class.name", "id", hint="two parts of a-z, 0-9 and hyphens")
    if file.scrap_class and spec.id.partition(".")[0] != file.scrap_class.name:
        raise fail(f"the id does not begin with the class of the file, {file.scrap_class.name!r}", "id")
    if not spec.description.strip():
        raise fail("the description is empty", "description")
    _check_profiles(source, spec.profiles or (), ("rule", number, "profiles"), spec.id)

    lines, prefixes = _texts(spec.lines), _texts(spec.prefixes)
    patterns = _texts(spec.pattern)
    removes, keeps = _texts(spec.examples.removes), _texts(spec.examples.keeps)
    for key, table in (
        ("lines", lines),
        ("prefixes", prefixes),
        ("pattern", patterns),
        ("examples", removes),
    ):
        for language, texts in table.items():
            if language and not _LANGUAGE.fullmatch(language):
                raise fail(f"{key}: {language!r} is no language code", key, hint="use codes such as en, de, pt-BR")
            if any(not text.strip() or (key in ("lines", "prefixes") and not fold(text)) for text in texts):
                raise fail(f"{key}: an empty text would fit every line", key)
    if not (lines or prefixes or patterns or spec.matcher):
        raise fail("the rule looks for nothing", hint="give lines, prefixes, pattern or matcher")
    _check_units(fail, spec)
    if not removes and not spec.examples.cases:
        raise fail("no example of what it removes", "examples", hint="add examples.removes or examples.cases")
    if not keeps and not spec.examples.cases:
        raise fail("no example of what it must keep", "examples", hint="add examples.keeps: negatives come first")
    if spec.replacement:
        _check_replacement(fail, spec.replacement, [expand_terms(p, terms) for t in patterns.values() for p in t])
    unless = Unless(*map(_listed, (spec.unless.line, spec.unless.previous, spec.unless.next)))
    if compile_patterns:
        for texts in patterns.values():
            for pattern in texts:
                _check_pattern(fail, _expand(fail, pattern, terms, "pattern"), "pattern")
        for pattern in (*unless.line, *unless.previous, *unless.next):
            _check_pattern(fail, _expand(fail, pattern, terms, "unless"), "unless")

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
            tuple(ExampleCase(**msgspec.structs.asdict(case)) for case in spec.examples.cases),
        ),
        false_positives=tuple(spec.false_positives),
        references=tuple(spec.references),
        path=str(source.path or ""),
        at_line=at_line,
    )


def _check_units(fail: Any, spec: _Rule) -> None:
    if spec.unit is Unit.SPAN and (_texts(spec.lines) or _texts(spec.prefixes)):
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


def _expand(fail: Any, pattern: str, terms: Mapping[str, str], key: str) -> str:
    try:
        return expand_terms(pattern, terms)
    except KeyError as error:
        name = str(error.args[0])
        close = get_close_matches(name, list(terms), n=1)
        hint = f"did you mean {{{close[0]}}}?" if close else f"there are {', '.join(sorted(terms))}"
        raise fail(f"unknown term {{{name}}}", key, hint=hint) from None


def _check_pattern(fail: Any, pattern: str, key: str) -> None:
    try:
        compiled = regex.compile(pattern)
    except regex.error as error:
        raise fail(f"{key} is no regex: {error}: {pattern}", key) from None
    if compiled.fullmatch(""):
        raise fail(f"{key} matches the empty text: {pattern}", key, hint="require at least one character")
    if key == "pattern":
        for name in compiled.groupindex:
            if name not in METADATA_FIELDS:
                close = get_close_matches(name, METADATA_FIELDS, n=1)
                hint = f"did you mean {close[0]!r}?" if close else f"allowed are {', '.join(METADATA_FIELDS)}"
                raise fail(f"{key} harvests {name!r}, which is no metadata field", key, hint=hint)
