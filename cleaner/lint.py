"""Everything that is wrong with rule files, each with its place: what ``clean rules check`` shows.

Loading rules stops at the first error and takes every rule that can be run. This also asks whether a rule does what it
says, whether it can act at all, and what its regexes cost.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import regex

from cleaner.errors import RuleError
from cleaner.literals import shape
from cleaner.matching import CompiledRules, Memo
from cleaner.model import Zone
from cleaner.prose import count_words
from cleaner.repair import repair
from cleaner.rulecheck import Failure, check_examples
from cleaner.rules.backtracking import needless_anchors, nested_repetitions
from cleaner.rules.known import known_regexes
from cleaner.rules.model import PROFILES, Action, Confidence, Rule, RuleSet, Status, Texts, Unit, Unless
from cleaner.rules.parse import read_rules
from cleaner.rules.places import (
    Place,
    place_in_expanded,
    place_of_key,
    place_of_value,
    place_of_value_at,
    place_of_word,
    values_at,
)
from cleaner.segment import fold, plain, searchable

__all__ = ["CODES", "WARNINGS", "Finding", "lint"]

CODES: Mapping[str, str] = {
    "invalid": "the file or the rule cannot be loaded",
    "anchored-alternative": "an anchor binds to one alternative of the pattern only, as in ^a|b$",
    "needless-anchor": "the pattern matches the whole line anyway",
    "nested-repetition": "a repetition inside a repetition that can share out a text in exponentially many ways",
    "no-keyword": "nothing can be derived from the pattern that a line must hold: it is tried on every line",
    "invisible-character": "a character that cannot be seen, or a blank that looks like another",
    "example-fails": "an example does not go, or does not stay, as it should",
    "shadowed": "another rule claims everything this one looks for, so it never acts",
    "unreachable": "the rule can never act",
    "duplicate-wording": "the same wording stands twice, in one rule or in two",
}
"""What can be found, and what each code means."""

WARNINGS = frozenset({"needless-anchor", "no-keyword", "duplicate-wording"})
"""Codes of what costs time or readability only; the others are errors."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong with a rule file.

    Attributes:
        severity: "error" or "warning".
        code: one of CODES.
        message: what is wrong.
        path: the file.
        line, column: where the piece of its text begins that is meant, from 1; 0 when the file could not be read.
        length: characters of that piece, all in one line.
        rule: id of the rule, "" outside of rules.
        hint: what to do, "" when there is nothing to add.
    """

    severity: str
    code: str
    message: str
    path: Path
    line: int
    column: int
    length: int
    rule: str = ""
    hint: str = ""


def lint(path: str | Path, others: RuleSet) -> list[Finding]:
    """All that is wrong with the rules of a file or a folder, in order of the files and lines.

    A comment ``# lint: allow CODE`` in a rule, best with the reason behind it, says that the author knows.

    Args:
        path: a rule file, or a folder of them.
        others: the rules these are added to, such as the built-in ones; they come first among equals.

    >>> import tempfile
    >>> text = "[[rule]]\\nid = 'own.by'\\ndescription = 'x'\\npattern = '^(a+)+b'\\n"
    >>> text += "examples = { removes = ['aab'], keeps = ['aac'] }\\n"
    >>> with tempfile.NamedTemporaryFile("w", suffix=".toml") as file:
    ...     _ = file.write(text), file.flush()
    ...     [(found.code, found.line, found.column, found.length) for found in lint(file.name, RuleSet())]
    [('needless-anchor', 4, 12, 1), ('nested-repetition', 4, 13, 5)]
    """
    rules, errors = read_rules(path)
    sources = _Sources()
    findings = [_invalid(error, Path(path), sources, rules.terms) for error in errors]
    mine = [rule for rule in rules if rule.id not in others]
    findings += [_taken(_Written(rule, sources), others[rule.id]) for rule in rules if rule.id in others]
    try:
        together = others | rules.with_rules(mine)
    except RuleError as error:
        findings.append(_invalid(error, Path(path), sources, rules.terms))
        together = rules.with_rules(mine)
    # Several checks ask for the same; found out once it takes a third of the time.
    together = together.with_known({**together.known, **known_regexes(rules.with_rules(mine))})
    neighbours = _Neighbours(together)
    for rule in mine:
        findings += _rule_findings(_Written(rule, sources), neighbours)
    for file in _files(Path(path)):
        findings += _invisible(file, sources, rules)
    findings = [found for found in findings if not _is_allowed(found, sources)]
    order = {str(file): number for number, file in enumerate(_files(Path(path)))}
    return sorted(findings, key=lambda found: (order.get(str(found.path), -1), found.line, found.column, found.code))


_ALLOW = re.compile(r"^\s*#\s*lint:\s*allow\s+([a-z, -]+)", re.MULTILINE)
_RULE_HEADER = re.compile(r"^[ \t]*\[\[\s*rule\s*\]\]", re.MULTILINE)


def _is_allowed(found: Finding, sources: _Sources) -> bool:
    """Whether a comment in the rule, from its header to the next one, allows the finding."""
    if not found.rule:
        return False
    source = sources[str(found.path)]
    at = sum(len(line) + 1 for line in source.split("\n")[: found.line])
    headers = [match.start() for match in _RULE_HEADER.finditer(source)]
    start = max((header for header in headers if header < at), default=0)
    end = min((header for header in headers if header >= at), default=len(source))
    allowed = {code.strip() for match in _ALLOW.finditer(source, start, end) for code in match[1].split(",")}
    return found.code in allowed


def _files(path: Path) -> list[Path]:
    return sorted(file for file in path.rglob("*.toml") if file.is_file()) if path.is_dir() else [path]


class _Sources:
    """The text of files, read once; "" for what is no text, which is an error of its own."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}

    def __getitem__(self, path: str) -> str:
        if path not in self._texts:
            try:
                self._texts[path] = Path(path).read_text(encoding="utf-8-sig")
            except (OSError, UnicodeDecodeError):
                self._texts[path] = ""
        return self._texts[path]


class _Written:
    """A rule and the text it was read from: knows where its parts stand."""

    def __init__(self, rule: Rule, sources: _Sources) -> None:
        self.rule, self.source = rule, sources[rule.path]

    @cached_property
    def number(self) -> int:
        """Which of the rules of its file it is."""
        number = 0
        while (place := place_of_key(self.source, ("rule", number))).line < self.rule.at_line:
            number += 1
            if place == place_of_key(self.source, ("rule", number)):
                break
        return number

    def key(self, *keys: str) -> Place:
        return place_of_key(self.source, ("rule", self.number, *keys))

    def value(self, keys: tuple[str, ...], value: str, piece: tuple[int, int] | None = None, nth: int = 0) -> Place:
        path: tuple[str | int, ...] = ("rule", self.number, *(key for key in keys if key))
        return place_of_value(self.source, path, value, piece, nth)

    def finding(self, code: str, message: str, place: Place, hint: str = "") -> Finding:
        return _finding(code, message, Path(self.rule.path), place, self.rule.id, hint)


def _finding(code: str, message: str, path: Path, place: Place, rule: str = "", hint: str = "") -> Finding:
    return Finding("warning" if code in WARNINGS else "error", code, message, path, *place, rule, hint)


# What cannot be loaded

_LONGEST_MESSAGE = 200


def _invalid(error: RuleError, path: Path, sources: _Sources, terms: Mapping[str, str]) -> Finding:
    path = Path(error.path) if error.path is not None else path
    place = Place(0, 0, 0)
    if error.line:
        source = sources[str(path)]
        place = place_of_word(source, error.line, error.column)
        expand = RuleSet(terms=terms).expand
        for value in values_at(source, error.line, error.column):
            if _quotes(error.message, value, expand):
                place = place_of_value_at(source, place, value)
    message = error.message
    if len(message) > _LONGEST_MESSAGE:
        message = message[: _LONGEST_MESSAGE - 1] + "…"
    return _finding("invalid", message, path, place, error.rule, error.hint)


def _quotes(message: str, value: str, expand: Callable[[str], str]) -> bool:
    """Whether a message about a key means this one of its values."""
    try:
        return message.endswith(": " + expand(value))
    except KeyError as error:
        return message == f"unknown term {{{error.args[0]}}}"


def _taken(written: _Written, first: Rule) -> Finding:
    message = f"the id is taken by the rule at {first.place or '(code)'}"
    hint = "ids are unique over all rule files: choose another id"
    return written.finding("invalid", message, written.value(("id",), written.rule.id), hint)


# Rules


class _Neighbours:
    """All rules that run together, and what each claims."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self.order = {rule.id: number for number, rule in enumerate(rules)}

    @cached_property
    def compiled(self) -> CompiledRules:
        running = [rule for rule in self.rules if not rule.matcher and _can_run(rule)]
        return CompiledRules(self.rules.with_rules(running))

    def claiming(self, texts: Iterable[str]) -> list[list[Rule]]:
        """For each text the rules whose wording it fits."""
        listed = list(texts)
        memo = Memo()
        self.compiled.match_lines(listed, memo)
        return [[self.compiled.rules[match.rule] for match in memo.lines.get(text, ())] for text in listed]

    @cached_property
    def wordings(self) -> Mapping[tuple[str, str], list[_Wording]]:
        """Every exact wording and prefix by what it is looked up by, in order of the rules."""
        found: dict[tuple[str, str], list[_Wording]] = defaultdict(list)
        for rule in self.rules:
            for key, table in (("lines", rule.lines), ("prefixes", rule.prefixes)):
                for language, texts in table.items():
                    for text in texts:
                        found[key, _wording_key(key, text)].append(_Wording(rule, language, text))
        return found


@dataclass(frozen=True, slots=True)
class _Wording:
    rule: Rule = field(compare=False)
    language: str
    text: str


def _wording_key(key: str, text: str) -> str:
    """What a wording is looked up by. A prefix that ends in a colon only fits where one stands."""
    last = plain(text.rstrip())[-1:]
    return fold(text) + (last if key == "prefixes" and last in ":?!" else "")


def _rule_findings(written: _Written, neighbours: _Neighbours) -> Iterator[Finding]:
    """Findings of one rule. What follows from another finding is left out: an example of a rule that cannot act."""
    yield from _repetitions(written, neighbours.rules)
    yield from _anchors(written, neighbours.rules)
    hindered = list(_unreachable(written))
    if hindered:
        yield from hindered
        return
    yield from _keywords(written, neighbours.rules)
    yield from _examples(written, neighbours.rules)
    shadows = list(_shadowed(written, neighbours))
    yield from shadows
    yield from _duplicates(written, neighbours, bool(shadows))


def _all(table: Texts) -> list[str]:
    return [text for texts in table.values() for text in texts]


def _patterns(rule: Rule) -> Iterator[tuple[tuple[str, ...], str]]:
    for language, texts in rule.patterns.items():
        for text in texts:
            yield ("pattern", language), text


def _antipatterns(unless: Unless) -> Iterator[tuple[tuple[str, ...], str]]:
    for name in ("line", "previous", "next"):
        for text in getattr(unless, name):
            yield ("unless", name), text


def _repetitions(written: _Written, rules: RuleSet) -> Iterator[Finding]:
    rule = written.rule
    for keys, pattern in (*_patterns(rule), *_antipatterns(rule.unless)):
        for piece in nested_repetitions(rules.expand(pattern), rule.case_sensitive):
            place = place_in_expanded(pattern, rules.terms, piece.start, piece.end)
            yield written.finding(
                "nested-repetition",
                "the inner and the outer repetition can share a text in many ways"
                if _repeats_inside(piece.text)
                else "the alternatives of the repetition can read the same text in many ways",
                written.value(keys, pattern, place),
                "put a separator that the inner class does not hold between the repetitions, "
                f"or use a possessive one: {_short(piece.text)}+",
            )


def _repeats_inside(piece: str) -> bool:
    return regex.search(r"(?<!\\)[*+}?](?!$)", regex.sub(r"\(\?|\[[^\]]*\]", "", piece[:-1])) is not None


_SHORT = 60


def _short(text: str) -> str:
    """The text, or its end when it is long: that is where the quantifier stands."""
    return text if len(text) <= _SHORT else "…" + text[1 - _SHORT :]


def _anchors(written: _Written, rules: RuleSet) -> Iterator[Finding]:
    rule = written.rule
    for keys, pattern in _patterns(rule):
        for anchor in needless_anchors(rules.expand(pattern)):
            start, end = place_in_expanded(pattern, rules.terms, anchor.start, anchor.end)
            place = written.value(keys, pattern, (start, end))
            sign = pattern[start:end]
            if anchor.one_of_several:
                message = f"{sign} binds to one alternative only"
                hint = "write (?:…|…) around the alternatives" + (
                    "" if rule.unit is Unit.SPAN else ", or leave the anchors out: the pattern matches the whole line"
                )
                yield written.finding("anchored-alternative", message, place, hint)
            elif rule.unit is not Unit.SPAN:
                yield written.finding(
                    "needless-anchor",
                    f"{sign} is not needed: the pattern matches the whole line",
                    place,
                    "leave it out",
                )


def _keywords(written: _Written, rules: RuleSet) -> Iterator[Finding]:
    rule = written.rule
    for keys, pattern in () if rule.keywords else _patterns(rule):
        expanded = rules.expand(pattern)
        known = rules.known.get(expanded)
        found = (known.shape if known else None) or shape(expanded)
        edges = () if rule.unit is Unit.SPAN else (*found.heads, *found.tails)
        if not (edges or found.literals):
            yield written.finding(
                "no-keyword",
                "nothing says what a line must begin with, end in or hold: the pattern is tried on every line",
                written.value(keys, pattern),
                "add keywords = […], or begin the pattern with what the lines begin with",
            )


def _examples(written: _Written, rules: RuleSet) -> Iterator[Finding]:
    try:
        seen = set()
        for failure in check_examples(written.rule, rules):
            place = _example_place(written, failure)
            if (place, failure.kind) not in seen:
                seen.add((place, failure.kind))
                yield written.finding("example-fails", _failed(failure), place, _HINTS[failure.kind.partition(" ")[0]])
    except RuleError as error:  # a matcher that does not exist
        place = written.value(("matcher",), written.rule.matcher)
        yield written.finding("invalid", error.message, place, error.hint)


_HINTS = {
    "removes": "it is put into a small article at every zone of the rule: see docs/rule-format.md",
    "keeps": "narrow the wording, the zone or `unless`",
    "case": "compare `want` with what became of the text",
}


def _failed(failure: Failure) -> str:
    kind, _, more = failure.kind.partition(" ")
    if kind == "case":
        return f"the case gives {_short(failure.got)!r}"
    if kind == "keeps":
        return f"the example must stay, and is hit {more}".rstrip()
    if more:
        return "the example must only raise the flag of the rule"
    return "the example stays" if failure.example in failure.got else "more goes than the example, or less"


def _example_place(written: _Written, failure: Failure) -> Place:
    """Where the example stands. One with broken encoding was made from an example in order."""
    examples = written.rule.examples
    if failure.kind == "case":
        return written.value(("examples", "cases"), failure.example)
    key = failure.kind.partition(" ")[0]
    for language, texts in (examples.keeps if key == "keeps" else examples.removes).items():
        for text in texts:
            if failure.example in (text, repair(text).text) or repair(failure.example).text == repair(text).text:
                return written.value(("examples", key, language), text)
    return written.key("examples")


# What can never act


def _can_run(rule: Rule) -> bool:
    """Whether some profile runs the rule without being asked for it."""
    return rule.status is Status.STABLE and bool(_running(rule))


def _running(rule: Rule) -> set[str]:
    """The profiles that run the rule."""
    return set(rule.profiles) & ({"strict"} if rule.confidence is Confidence.LOW else set(PROFILES))


def _unreachable(written: _Written) -> Iterator[Finding]:
    rule = written.rule
    for check in (_no_profile, _no_zone, _no_site, _no_language, _no_room, _no_keyword_in_examples):
        found = check(rule)
        if found is not None:
            message, key, hint = found
            yield written.finding("unreachable", message, written.key(key), hint)


_Hindrance = tuple[str, str, str] | None
"""What hinders a rule, the key that says so, and what to do."""


def _no_profile(rule: Rule) -> _Hindrance:
    if not rule.profiles:
        return "no profile runs the rule", "profiles", f"name some of {', '.join(PROFILES)}"
    if not _running(rule):
        message = "the confidence is low, which runs only in strict, and strict is not among the profiles"
        return message, "profiles", "add strict, or measure the rule and raise its confidence"
    return None


def _no_zone(rule: Rule) -> _Hindrance:
    """A cut acts only where no prose lies in what it takes."""
    if rule.action is not Action.CUT:
        return None
    zone = Zone.HEAD if rule.cut_from == "start" else Zone.TAIL
    if {zone, Zone.ANY} & set(rule.zones):
        return None
    return f"a cut to the {rule.cut_from} acts in the {zone} only", "zone", f'add "{zone}"'


def _no_site(rule: Rule) -> _Hindrance:
    if rule.sites and all(
        any(site == other or site.endswith("." + other) for other in rule.except_sites) for site in rule.sites
    ):
        return "every site of the rule stands in except-sites", "except-sites", "take one of the two out"
    return None


def _no_language(rule: Rule) -> _Hindrance:
    spoken = {language for table in (rule.lines, rule.prefixes, rule.patterns) for language in table}
    if not rule.languages or not spoken or spoken & {"", "mul", *rule.languages}:
        return None
    message = f"the rule is for {', '.join(rule.languages)}, but its wordings are {', '.join(sorted(spoken))}"
    return message, "languages", "name the languages of the wordings, or leave the key out"


def _no_room(rule: Rule) -> _Hindrance:
    """``max-words`` is asked for prefixes and patterns, not for exact lines."""
    if not rule.max_words or rule.lines or rule.matcher:
        return None
    texts = _all(rule.prefixes) or ([] if rule.unit is Unit.SPAN else _all(rule.examples.removes))
    if not texts:
        return None
    shortest = min(map(count_words, texts))
    if shortest <= rule.max_words:
        return None
    message = f"the shortest wording has {shortest} words, and max-words allows {rule.max_words}"
    return message, "max-words", f"allow {shortest} or more"


def _no_keyword_in_examples(rule: Rule) -> _Hindrance:
    if not (rule.keywords and rule.patterns):
        return None
    texts = [searchable(text) for text in (*_all(rule.examples.removes), *(c.input for c in rule.examples.cases))]
    if any(searchable(word) in text for word in rule.keywords for text in texts):
        return None
    return "none of the keywords stands in an example of what the rule removes", "keywords", "name words of the lines"


# What others claim

_PRECEDENCE = {Confidence.HIGH: 0, Confidence.MEDIUM: 1, Confidence.LOW: 2}


def _shadowed(written: _Written, neighbours: _Neighbours) -> Iterator[Finding]:
    rule = written.rule
    if rule.matcher or rule.unit is Unit.SPAN or rule.flag or _harvests(rule, neighbours.rules) or not _can_run(rule):
        return
    # A line that goes on behind a prefix shows whether another rule has the prefix too.
    texts = [*_all(rule.lines), *(f"{text} Newford" for text in _all(rule.prefixes))]
    texts += _all(rule.examples.removes) if rule.patterns else []
    if not texts or any("\n" in text for text in texts):
        return
    owners: dict[str, Rule] = {}
    for claiming in neighbours.claiming(texts):
        before = [other for other in claiming if _comes_before(other, rule, neighbours.order)]
        if not before:
            return
        owners[before[0].id] = before[0]
    names = ", ".join(owners)
    yield written.finding(
        "shadowed",
        f"all that the rule looks for is claimed by {names}",
        written.value(("id",), rule.id),
        "take the wordings out of one of the two, or give this rule a zone of its own",
    )


def _harvests(rule: Rule, rules: RuleSet) -> bool:
    """Whether the rule tells something: it does so even where another one owns the line."""
    return bool(rule.harvest) or any("(?P<" in rules.expand(pattern) for pattern in _all(rule.patterns))


def _comes_before(other: Rule, rule: Rule, order: Mapping[str, int]) -> bool:
    """Whether the other rule acts wherever this one would, and owns the line."""

    def rank(one: Rule) -> tuple[int, int]:
        return _PRECEDENCE[one.confidence], order[one.id]

    return (
        other.id != rule.id
        and _can_run(other)
        and rank(other) < rank(rule)
        and _covers(other.zones, rule.zones)
        and _running(other) >= _running(rule)
        and (not other.sites or (bool(rule.sites) and set(rule.sites) <= set(other.sites)))
        and set(other.except_sites) <= set(rule.except_sites)
        and other.unless in (Unless(), rule.unless)
        and not (other.once and not rule.once)
        and (other.action, other.cut_from) == (rule.action, rule.cut_from)
        and (other.unit is rule.unit or (other.unit is Unit.SECTION and rule.unit is Unit.LINE))
        and other.above >= rule.above
        and (other.max_lines or _MAX_LINES) >= (rule.max_lines or _MAX_LINES)
    )


_MAX_LINES = 12


def _covers(zones: Iterable[Zone], others: Iterable[Zone]) -> bool:
    held = set(zones)
    return Zone.ANY in held or all(zone in held or (zone is Zone.DECK and Zone.BODY in held) for zone in others)


def _duplicates(written: _Written, neighbours: _Neighbours, is_shadowed: bool) -> Iterator[Finding]:
    """Wordings that stand twice in the rule, and those that another rule owns wherever this one would act."""
    rule = written.rule
    seen: set[tuple[str, str, str]] = set()
    for key, table in (("lines", rule.lines), ("prefixes", rule.prefixes)):
        for language, texts in table.items():
            for number, text in enumerate(texts):
                looked_up = _wording_key(key, text)
                if any((key, other, looked_up) in seen for other in _same_language(language)):
                    where = "stands in this rule"
                elif not is_shadowed and (owner := _owner(rule, key, language, looked_up, neighbours)):
                    where = f"is claimed by {owner}"
                else:
                    seen.add((key, language, looked_up))
                    continue
                place = written.value((key, language), text, nth=texts[:number].count(text))
                message = f"{text!r} {where} already"
                yield written.finding("duplicate-wording", message, place, "case and marks at the ends do not count")


def _owner(rule: Rule, key: str, language: str, looked_up: str, neighbours: _Neighbours) -> str:
    """The rule that owns a wording wherever this rule would act, or "".

    A wording that two languages share is no duplicate: a selection of languages needs both.
    """
    for wording in neighbours.wordings[key, looked_up]:
        # Between classes it is wanted: each may be kept or dropped without the other.
        same = wording.language in _same_language(language) and wording.rule.scrap_class == rule.scrap_class
        if same and wording.rule.languages == rule.languages and _comes_before(wording.rule, rule, neighbours.order):
            return wording.rule.id
    return ""


def _same_language(language: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((language, "", "mul")))


# Characters that cannot be seen

_SUSPECT = regex.compile(
    r"[\p{Zs}\p{Zl}\p{Zp}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\N{BRAILLE PATTERN BLANK}--[ \t\n]]", regex.V1
)
# Scripts in which a (non-)joiner between letters is spelling.
_JOINING = (
    r"[\p{Arabic}\p{Syriac}\p{Mongolian}\p{Devanagari}\p{Bengali}\p{Gurmukhi}\p{Gujarati}\p{Oriya}\p{Tamil}\p{Telugu}"
    r"\p{Kannada}\p{Malayalam}\p{Sinhala}\p{Khmer}\p{Myanmar}\p{Tibetan}\p{Lao}\p{Thai}--\p{P}]"
)
_ALLOWED = regex.compile(
    rf"(?<={_JOINING})[\N{{ZERO WIDTH NON-JOINER}}\N{{ZERO WIDTH JOINER}}](?={_JOINING})"
    r"|(?<=[\p{Emoji}\N{COMBINING ENCLOSING KEYCAP}])\N{VARIATION SELECTOR-16}"
    r"|(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\N{VARIATION SELECTOR-16}])\N{ZERO WIDTH JOINER}"
    r"(?=\p{Extended_Pictographic})"
    r"|(?<=[\N{BLACK FLAG}\N{WAVING BLACK FLAG}\U000E0020-\U000E007E])[\U000E0020-\U000E007F]",
    regex.V1,
)


def _invisible(path: Path, sources: _Sources, rules: RuleSet) -> Iterator[Finding]:
    begins = sorted((rule.at_line, rule.id) for rule in rules if rule.path == str(path))
    for number, line in enumerate(sources[str(path)].split("\n"), 1):
        for match in _SUSPECT.finditer(line.removesuffix("\r")):
            if _ALLOWED.match(line, match.start()):
                continue
            inside = [rule for at_line, rule in begins if at_line <= number]
            place = Place(number, match.start() + 1, 1)
            yield _finding(
                "invisible-character",
                f"a raw {_name(match[0])}",
                path,
                place,
                inside[-1] if inside else "",
                _visible(match[0]),
            )


def _name(char: str) -> str:
    return unicodedata.name(char, "") or f"control character U+{ord(char):04X}"


def _visible(char: str) -> str:
    code = f"\\u{ord(char):04X}" if ord(char) <= 0xFFFF else f"\\U{ord(char):08X}"
    if unicodedata.category(char) == "Zs":
        return f'write an ordinary blank, which fits it too, or {code}: in "…" and in patterns'
    return f'leave it out, or write {code}: in "…" and in patterns'
