"""A proposed rule, with the evidence that somebody needs to accept or reject it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from cleaner.authoring.draft_toml import Draft, draft_toml
from cleaner.authoring.evaluate import FalsePositives
from cleaner.authoring.guessing import Guess
from cleaner.authoring.learning.store import Example, Recurring
from cleaner.text.visible import visible

__all__ = ["LEARNED_FROM", "Proposal", "Wording", "proposals_toml"]

LEARNED_FROM = "learned from:"
"""Begins the comment with the keys of a proposal."""

_EXAMPLES = 3
_SITES_NAMED = 4
_LONGEST_LINE = 110
_LONGEST_NAME = 70
_MOSTLY = 0.8


@dataclass(frozen=True, slots=True)
class Wording:
    """Lines with one fixed part.

    Attributes:
        kind, key: the anchor they share.
        seen: where they recur, by site.
        examples: some of them in their place.
        is_exact: whether the line is always the same, so that a rule can name it as it is.
        fits: rules whose wording fits, but that spare the line where it stands.
    """

    kind: str
    key: str
    seen: tuple[Recurring, ...]
    examples: tuple[Example, ...]
    is_exact: bool
    fits: tuple[str, ...] = ()

    @property
    def documents(self) -> int:
        """How many documents it stands in."""
        return sum(one.documents for one in self.seen)

    @property
    def name(self) -> str:
        """The wording as it is decided about: rejected once, it is not proposed again."""
        return f"{self.kind}:{self.key}"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A rule that is proposed.

    Attributes:
        draft: the rule. With doubts its status is "preview", so that it does not run before somebody changes that.
        guess: what its class and language were guessed from.
        wordings: the evidence.
        false_positives: what it would remove from clean texts, on whatever site those are.
        clean_texts: how many clean texts it was tried on.
        doubts: why a person should look twice.
    """

    draft: Draft
    guess: Guess
    wordings: tuple[Wording, ...]
    false_positives: FalsePositives = field(default_factory=FalsePositives)
    clean_texts: int = 0
    doubts: tuple[str, ...] = ()

    @property
    def documents(self) -> int:
        """How many documents its wordings stand in, each wording counted on its own."""
        return sum(wording.documents for wording in self.wordings)

    @property
    def keys(self) -> tuple[str, ...]:
        """The names of its wordings, by which a rejected proposal is remembered."""
        return tuple(wording.name for wording in self.wordings)

    @property
    def toml(self) -> str:
        """The rule as it stands in a rule file, with its evidence as comments."""
        return draft_toml(replace(self.draft, notes=tuple(self._notes())))

    def _notes(self) -> Iterator[str]:
        yield f"{LEARNED_FROM} {json.dumps(self.keys, ensure_ascii=True)}"
        for wording in self.wordings:
            yield from _evidence(wording)
        found = self.false_positives
        if found.documents:
            removed = f"{found.words} words of {found.documents} of {self.clean_texts} clean texts"
            if self.draft.sites:
                yield f"would remove {removed}, were it not for its sites:"
            else:
                yield f"FALSE POSITIVES: removes {removed}:"
            yield from (f"  {name}: {_one_line(line)}" for name, line in found.lines)
        else:
            yield f"removes nothing of {self.clean_texts} clean texts"
        if self.doubts:
            yield f"Only in preview: {'; '.join(self.doubts)}."


def _evidence(wording: Wording) -> Iterator[str]:
    """Where a wording stands, with some of its lines between their neighbours."""
    name = wording.examples[0].text.strip()[:_LONGEST_NAME] if wording.examples else wording.key
    yield f"{name!r}: {_where(wording)}"
    if wording.fits:
        yield f"  fits {', '.join(wording.fits)}, which spares it where it stands"
    for example in wording.examples[:_EXAMPLES]:
        yield f"  {_one_line(example.place)}:"
        yield f"    {_one_line(example.above) or '(beginning)'}"
        yield f"  > {_one_line(example.text)}"
        yield f"    {_one_line(example.below) or '(end)'}"


def _one_line(text: str) -> str:
    return visible(" ".join(text.split()))[:_LONGEST_LINE]


def _where(wording: Wording) -> str:
    sites = [one for one in wording.seen if one.site]
    count = f"{wording.documents:,} documents"
    if not sites:
        return f"{count} of several sites"
    named = ", ".join(f"{one.site} {one.documents} of {one.of}" for one in sites[:_SITES_NAMED])
    more = f" and {len(sites) - _SITES_NAMED} sites more" if len(sites) > _SITES_NAMED else ""
    main = max(wording.seen, key=lambda one: one.documents)
    outside = "below the text" if main.tail >= _MOSTLY else "in the text"
    return f"{count} ({named}{more}), {'above the text' if main.head >= _MOSTLY else outside}"


def proposals_toml(proposals: Iterable[Proposal], heading: Sequence[str] = ()) -> str:
    """A rule file of proposals; ``heading`` are lines of a comment above them."""
    head = "".join(f"# {line}\n" for line in heading)
    return head + "schema = 1\n" + "".join(f"\n{proposal.toml}" for proposal in proposals)
