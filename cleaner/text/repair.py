"""Encoding and text repair: from a decoded string to the text that rules look at.

First escapes, entities and the encoding are mended, then invisible characters are taken out, then blanks and blank
lines are put in order. Each step is recorded as edits on the text before it, so every repair can be undone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from cleaner.model import Edit, RepairStep
from cleaner.text.deadline import NO_DEADLINE, Deadline
from cleaner.text.edits import apply, invert
from cleaner.text.entities import entity_edits
from cleaner.text.escapes import escape_edits
from cleaner.text.invisible import invisible_characters
from cleaner.text.layout import (
    blank_lines,
    blank_runs,
    final_newline,
    leading_lines,
    trailing_blanks,
    wide_gaps,
)
from cleaner.text.misread import misread_edits
from cleaner.text.mojibake import encoding_edits
from cleaner.text.repair_config import RepairConfig
from cleaner.text.suspects import is_suspect

__all__ = ["RepairConfig", "Repaired", "repair", "undo"]


@dataclass(frozen=True, slots=True)
class Repaired:
    """The repaired text and the steps that lead to it, in order.

    Attributes:
        text: the text; where it came to no rest, as it was given.
        steps: the steps.
        settled: whether the text came to rest. Entities inside entities inside entities may never do.
    """

    text: str
    steps: tuple[RepairStep, ...]
    settled: bool = True


_Finder = Callable[[str], Iterable[Edit]]
_Finders = tuple[tuple[str, _Finder], ...]

_LAYOUT: _Finders = (
    ("blank-runs", blank_runs),
    ("wide-gaps", wide_gaps),
    ("trailing-blanks", trailing_blanks),
    ("leading-lines", leading_lines),
    ("blank-lines", blank_lines),
)
_END: _Finders = (("final-newline", final_newline),)
_MAX_ROUNDS = 20
_DEFAULT = RepairConfig()


def repair(text: str, config: RepairConfig = _DEFAULT, deadline: Deadline = NO_DEADLINE) -> Repaired:
    """Mend a decoded text. Paragraph style (one newline or a blank line) stays as it was.

    The steps run again while anything changes, so ``repair(repair(x).text).text == repair(x).text``: taking out a
    soft hyphen can complete an entity. A text that does not come to rest stays as it is.

    Args:
        text: the text.
        config: what is mended.
        deadline: how long it may take.

    Raises:
        OutOfTimeError: it took longer than that.

    >>> repair("Itâ€™s wrapped.  \\n\\n\\nNext").text
    'It’s wrapped.\\n\\nNext\\n'
    >>> [step.name for step in repair("Itâ€™s wrapped.  \\n\\n\\nNext").steps]
    ['encoding', 'trailing-blanks', 'blank-lines', 'final-newline']
    """
    steps: list[RepairStep] = []
    layout = _LAYOUT if config.blanks else ()
    given = text
    for _ in range(_MAX_ROUNDS):
        before = text
        # Most texts hold nothing suspect and are in order.
        characters = _characters(config, deadline) if is_suspect(text, config) else ()
        text, done = _take(text, (*_whole_text(config), *characters, *layout), deadline)
        steps += done
        if text == before:
            break
    else:
        return Repaired(given, (), settled=False)
    if config.blanks:
        text, done = _take(text, _END, deadline)
        steps += done
    return Repaired(text, tuple(steps))


def _whole_text(config: RepairConfig) -> _Finders:
    """What the search for suspect characters knows nothing of. They know clean text at once themselves."""
    return (("escapes", escape_edits),) * config.escapes + (("misread", misread_edits),) * config.mojibake


def _characters(config: RepairConfig, deadline: Deadline) -> _Finders:
    invisible = partial(invisible_characters, zero_width=config.invisible, soft_hyphens=config.soft_hyphens)
    entities: _Finders = (("entities", entity_edits),) * config.entities
    encoding = partial(encoding_edits, config=config, deadline=deadline)
    return (*entities, ("encoding", encoding), ("invisible", invisible))


def _take(text: str, finders: _Finders, deadline: Deadline) -> tuple[str, list[RepairStep]]:
    """The text after what each finder found was edited, and the steps that changed something."""
    steps: list[RepairStep] = []
    deadline.left()
    for name, find in finders:
        edits = tuple(find(text))
        if edits:
            steps.append(RepairStep(name, edits, invert(text, edits)))
            text = apply(text, edits)
    return text, steps


def undo(repaired: str, steps: tuple[RepairStep, ...]) -> str:
    """The text before the repair, from the repaired text and its steps alone.

    >>> done = repair("Itâ€™s.")
    >>> undo(done.text, done.steps)
    'Itâ€™s.'
    """
    for step in reversed(steps):
        repaired = apply(repaired, step.inverse)
    return repaired
