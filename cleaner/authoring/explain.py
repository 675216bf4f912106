"""Why a line was removed, and why another one was not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from cleaner.authoring.fitting import fitting_rules
from cleaner.engine.compiler import CompiledRules
from cleaner.engine.verdicts import Verdict
from cleaner.errors import CleanerError
from cleaner.model import DocumentInfo, Edit, Zone
from cleaner.pipeline import Cleaner, CleanResult
from cleaner.rules.ruleset import RuleSet
from cleaner.text.edits import apply
from cleaner.text.lines import TextView
from cleaner.text.normalize import fold
from cleaner.text.prose import count_words, ends_sentence
from cleaner.text.zones import find_zones

if TYPE_CHECKING:
    from cleaner.scoring.scorer import Reasons

__all__ = ["LineExplanation", "Nearest", "explain_line", "fates", "line_numbers"]

_ALIKE = 0.75
_NEAREST = 3


@dataclass(frozen=True, slots=True)
class Nearest:
    """A wording of a rule that is nearly the line's. ``likeness`` is 0 to 1."""

    rule: str
    wording: str
    likeness: float


@dataclass(frozen=True, slots=True)
class LineExplanation:
    """All that is known about one line.

    Attributes:
        number: its number in the text that was given.
        text: the line after repair.
        fate: "kept", "removed" or "changed".
        rule: the rule that removed or changed it, or "".
        zone: where it stands, as the whole text is seen.
        is_prose: whether it counts as running text, and thus marks where the body is.
        words: how many words it has.
        is_sentence: whether it ends like a sentence.
        verdicts: on every rule whose wording fits it.
        unselected: rules whose wording fits, and that do not run: the profile or the project leaves them out.
        nearest: wordings that nearly fit, when none does.
        flags: those of the whole document.
        reasons: what the scorer has for and against the line; None when no scorer looked at it.
        standing: in how many documents of its site it stands, in words; "" where that is not known.
    """

    number: int
    text: str
    fate: str
    rule: str
    zone: Zone
    is_prose: bool
    words: int
    is_sentence: bool
    verdicts: tuple[Verdict, ...]
    unselected: tuple[str, ...]
    nearest: tuple[Nearest, ...]
    flags: tuple[str, ...]
    reasons: Reasons | None = None
    standing: str = ""


def explain_line(
    cleaner: Cleaner, text: str, document: DocumentInfo, number: int, rules: RuleSet | None = None
) -> LineExplanation:
    """What happens to a line of a text when it is cleaned, and why.

    Args:
        number: 1-based number of the line in ``text``.
        rules: all rules there are, to tell of those that do not run.

    Raises:
        CleanerError: there is no such line, or it is blank.

    >>> text = "The council met on Tuesday to vote on the old bridge.\\n\\nFollow us on:\\n"
    >>> found = explain_line(Cleaner(), text, DocumentInfo(), 3)
    >>> found.fate, found.rule, str(found.zone)
    ('removed', 'follow-us.networks', 'tail')
    """
    result, verdicts = cleaner.explain(text, document)
    index = line_numbers(result).index(number) if number in line_numbers(result) else -1
    view = TextView(result.repaired, document)
    if index < 0 or view.is_blank(index):
        last = text.count("\n") + (not text.endswith("\n"))
        raise CleanerError(f"line {number} is blank or not there; the text has {last:,} lines")
    line = view.lines[index]
    fate, rule = fates(result).get(index, ("kept", ""))
    mine = tuple(dict.fromkeys(verdict for verdict in verdicts if verdict.text == line))
    unselected = _unselected(line, rules, cleaner.rules) if rules else ()
    return LineExplanation(
        number=number,
        text=line,
        fate=fate,
        rule=rule,
        zone=find_zones(view).of(index),
        is_prose=view.is_prose(index),
        words=count_words(line),
        is_sentence=ends_sentence(line),
        verdicts=mine,
        unselected=unselected,
        nearest=() if mine or rule or unselected else _nearest(line, cleaner.rules),
        flags=result.flags,
        reasons=cleaner.reasons(result, document, view.starts[index]),
    )


def _unselected(line: str, rules: RuleSet, selected: RuleSet) -> tuple[str, ...]:
    """Rules that fit the wording of a line and are not among those that run."""
    others = rules.with_rules(rule for rule in rules if rule.id not in selected)
    found = fitting_rules(CompiledRules(others), [line], with_spans=True)
    return tuple(sorted(rule.id for rule in found.get(line, ())))


def fates(result: CleanResult) -> dict[int, tuple[str, str]]:
    """By index, what became of the lines of the repaired text that did not stay as they were, and by which rule."""
    found: dict[int, tuple[str, str]] = {}
    start = 0
    edits = list(result.edits)
    at = 0
    for index, line in enumerate(result.repaired.split("\n")):
        end = start + len(line)
        while at < len(edits) and edits[at].end <= start and not _touches(edits[at], start, end):
            at += 1
        for edit in edits[at:]:
            if edit.start > end:
                break
            if _touches(edit, start, end):
                whole = edit.start <= start and edit.end >= end and not edit.replacement
                found[index] = ("removed" if whole else "changed", edit.rule)
        start = end + 1
    return found


def _touches(edit: Edit, start: int, end: int) -> bool:
    """Whether an edit is about the line from ``start`` to ``end``, its newline included."""
    return edit.start <= end and (edit.end > start or edit.start == start == edit.end)


def line_numbers(result: CleanResult) -> list[int]:
    """For each line of the repaired text, the 1-based number of the line of the input it comes from."""
    origins = list(range(1, result.original().count("\n") + 2)) if result.repairs else []
    if not result.repairs:
        return list(range(1, result.repaired.count("\n") + 2))
    text = result.original()
    for step in result.repairs:
        origins = _carried(text, step.edits, origins)
        text = apply(text, step.edits)
    return origins


def _carried(text: str, edits: Sequence[Edit], origins: Sequence[int]) -> list[int]:
    """The numbers of lines after edits: a newline that stays ends its line, one that is new repeats its number."""
    numbers = [origins[0]]
    line, at = 0, 0
    is_empty = True  # whether nothing of the last line is there yet, so that it may come from a later one

    def keep(piece: str) -> None:
        nonlocal line, is_empty
        if piece and is_empty:
            numbers[-1] = origins[line]
        for _ in range(piece.count("\n")):
            line += 1
            numbers.append(origins[line])
        if piece:
            is_empty = piece.endswith("\n")

    for edit in edits:
        keep(text[at : edit.start])
        if edit.replacement and is_empty:
            numbers[-1] = origins[line]
        line += text.count("\n", edit.start, edit.end)
        numbers.extend([origins[line]] * edit.replacement.count("\n"))
        if edit.replacement:
            is_empty = edit.replacement.endswith("\n")
        at = edit.end
    keep(text[at:])
    return numbers


def _nearest(line: str, rules: RuleSet) -> tuple[Nearest, ...]:
    key = fold(line)
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(key)
    found = []
    for rule in rules:
        for wording in (text for texts in rule.lines.values() for text in texts):
            other = fold(wording)
            if 2 * min(len(key), len(other)) < _ALIKE * (len(key) + len(other)):
                continue
            matcher.set_seq1(other)
            if matcher.quick_ratio() >= _ALIKE and (likeness := matcher.ratio()) >= _ALIKE:
                found.append(Nearest(rule.id, wording, likeness))
    found.sort(key=lambda one: (-one.likeness, one.rule, one.wording))
    best = {one.rule: one for one in reversed(found)}
    return tuple(sorted(best.values(), key=lambda one: (-one.likeness, one.rule)))[:_NEAREST]
