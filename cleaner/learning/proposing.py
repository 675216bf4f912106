"""From what recurs to rules that somebody may accept."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import regex

from cleaner.drafting import UNKNOWN_CLASS, Draft, Guess, Guesser, draft_toml, kept_sentence, slug
from cleaner.harm import Harm, measure_harm
from cleaner.learning.store import DEFAULT, Example, Recurring, Store, Thresholds
from cleaner.learning.templates import ANY, pattern_of
from cleaner.matching import CompiledRules, Memo
from cleaner.model import Zone
from cleaner.repetition import line_hash
from cleaner.rulecheck import check_examples
from cleaner.rules import RuleSet
from cleaner.rules.parse import parse_rules
from cleaner.segment import fold

__all__ = ["LEARNED_FROM", "Proposal", "Wording", "learn", "proposals_toml"]

LEARNED_FROM = "learned from:"
"""Begins the comment with the keys of a proposal."""

_EXAMPLES = 3
_LINES_SHOWN = 8
_MOST_SITES = 20
_IN_ZONE = 0.95
_OUTSIDE = 0.8
_SURELY_KNOWN = 0.8
_HOST = regex.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")


@dataclass(frozen=True, slots=True)
class Wording:
    """Lines with one fixed part.

    Attributes:
        kind, key: the anchor they share.
        seen: where they recur, by site.
        examples: some of them in their place.
        is_exact: whether the line is always the same, so that a rule can name it as it is.
        fits: rules that fit the wording already but spare it where it stands.
    """

    kind: str
    key: str
    seen: tuple[Recurring, ...]
    examples: tuple[Example, ...]
    is_exact: bool
    fits: tuple[str, ...] = ()

    @property
    def documents(self) -> int:
        return sum(one.documents for one in self.seen)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A rule that is proposed, the evidence for it, what it would do to texts that are clean, and why a person should
    look twice: a rule with doubts has the status "preview" and does not run before somebody takes that away."""

    draft: Draft
    guess: Guess
    wordings: tuple[Wording, ...]
    harm: Harm = field(default_factory=Harm)
    bodies: int = 0
    doubts: tuple[str, ...] = ()

    @property
    def documents(self) -> int:
        return sum(wording.documents for wording in self.wordings)

    @property
    def keys(self) -> tuple[str, ...]:
        """What names it when it is rejected: whoever sees it again would not want to decide again."""
        return tuple(f"{wording.kind}:{wording.key}" for wording in self.wordings)

    @property
    def toml(self) -> str:
        """The rule as it stands in a rule file, with its evidence as comments."""
        return draft_toml(replace(self.draft, notes=tuple(self._notes())))

    def _notes(self) -> Iterator[str]:
        yield f"{LEARNED_FROM} {json.dumps(self.keys, ensure_ascii=True)}"
        for wording in self.wordings:
            name = wording.examples[0].text.strip()[:70] if wording.examples else wording.key
            yield f"{name!r}: {_where(wording)}"
            if wording.fits:
                yield f"  fits {', '.join(wording.fits)}, which spares it where it stands"
            for example in wording.examples[:_EXAMPLES]:
                yield f"  {_line(example.place)}:"
                yield f"    {_line(example.above) or '(beginning)'}"
                yield f"  > {_line(example.text)}"
                yield f"    {_line(example.below) or '(end)'}"
        if self.harm.documents:
            limited = ", were it not for its sites" if self.draft.sites else ""
            taken = f"{self.harm.words} words of {self.harm.documents} of {self.bodies} clean bodies"
            yield f"{'would take' if limited else 'HARM: takes'} {taken}{limited}:"
            yield from (f"  {name}: {_line(line)}" for name, line in self.harm.lines)
        else:
            yield f"takes nothing of {self.bodies} clean bodies"
        if self.doubts:
            yield f"Only in preview: {'; '.join(self.doubts)}."


def _line(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in text.strip())[:110]


def _where(wording: Wording) -> str:
    sites = [one for one in wording.seen if one.site]
    first = f"{wording.documents:,} documents"
    if not sites:
        return f"{first} of several sites"
    named = ", ".join(f"{one.site} {one.documents} of {one.of}" for one in sites[:4])
    more = f" and {len(sites) - 4} sites more" if len(sites) > 4 else ""
    places = max(wording.seen, key=lambda one: one.documents)
    place = "above the text" if places.head >= 0.8 else "below the text" if places.tail >= 0.8 else "in the text"
    return f"{first} ({named}{more}), {place}"


def learn(
    store: Store,
    rules: RuleSet,
    bodies: Iterable[tuple[str, str]] = (),
    *,
    thresholds: Thresholds = DEFAULT,
    most: int = 1000,
    rejected: Iterable[str] = (),
    taken: Iterable[str] = (),
) -> list[Proposal]:
    """Rules for what recurs in a store, the strongest first.

    Args:
        store: what was seen; :meth:`Store.find` must not have run yet.
        rules: rules whose wordings tell classes and languages, and whose terms patterns use.
        bodies: names and texts of clean bodies, to measure harm on. Harmful proposals have the status "preview" unless
            they are only for some sites.
        thresholds: what is enough.
        most: keys that are looked at, the strongest first.
        rejected: keys of proposals (:attr:`Proposal.keys`) that nobody wants to see again.
        taken: ids that proposals must not have, besides those of ``rules``.
    """
    store.find(thresholds)
    unwanted = set(rejected)
    compiled = CompiledRules(rules)
    wordings = [
        _wording(store, group, compiled)
        for group in store.recurring(most)
        if f"{group[0].kind}:{group[0].key}" not in unwanted
    ]
    guesser = Guesser(rules)
    ids = {rule.id for rule in rules} | set(taken)
    proposals = []
    for group in _grouped(wordings, guesser):
        proposal = _proposal(group, guesser, ids)
        ids.add(proposal.draft.id)
        proposals.append(proposal)
    return _with_harm(proposals, rules, list(bodies))


def _wording(store: Store, group: Sequence[Recurring], compiled: CompiledRules) -> Wording:
    kind, key = group[0].kind, group[0].key
    examples = tuple(store.examples(kind, key, _LINES_SHOWN))
    folded = {fold(example.text) for example in examples}
    memo = Memo()
    compiled.match_lines([example.text for example in examples], memo)
    fits = {compiled.rules[match.rule].id for found in memo.lines.values() for match in found}
    return Wording(kind, key, tuple(group), examples, kind == "exact" and len(folded) == 1, tuple(sorted(fits)))


def _slots(key: str) -> str:
    return "".join(char for char in key if 0xFDD0 <= ord(char) <= ord(ANY))


def _grouped(wordings: Iterable[Wording], guesser: Guesser) -> Iterator[list[Wording]]:
    """Wordings that are to be one rule: exact ones like the same rule, of the same language, sites and place."""
    groups: dict[object, list[Wording]] = {}
    for number, wording in enumerate(wordings):
        guess = guesser.guess(_fixed_text(wording))
        alone = not wording.is_exact or guess.scrap_class == UNKNOWN_CLASS
        name = number if alone else (guess.rule, guess.language, _sites([wording]), _zones([wording]))
        groups.setdefault(name, []).append(wording)
    yield from groups.values()


def _named_by(wording: Wording) -> str:
    """What its id is made of: the fixed part, or when that has no letters an id can have, a number made of it."""
    fixed = "".join(" " if char in _slots(wording.key) else char for char in wording.key)
    return fixed if regex.search("[a-z]{2}", fixed) else f"line {line_hash(wording.key) % 1_000_000:06}"


def _fixed_text(wording: Wording) -> str:
    """What a wording says without what differs."""
    if wording.kind == "exact" and wording.examples:
        return wording.examples[0].text
    return "".join(" " if char in _slots(wording.key) else char for char in wording.key)


def _sites(wordings: Sequence[Wording]) -> tuple[str, ...]:
    """The sites a rule is for: none in particular when there are many, or when they are no hosts."""
    sites = sorted({one.site for wording in wordings for one in wording.seen})
    if len(sites) > _MOST_SITES or not all(_HOST.fullmatch(site) for site in sites):
        return ()
    return tuple(sites)


def _zones(wordings: Sequence[Wording]) -> tuple[Zone, ...]:
    """Where a rule acts: at the edge where the lines stood, else anywhere."""
    seen = [one for wording in wordings for one in wording.seen]
    if all(one.head >= _IN_ZONE for one in seen):
        return (Zone.HEAD,)
    return (Zone.ANY,)


def _proposal(wordings: Sequence[Wording], guesser: Guesser, taken: Iterable[str]) -> Proposal:
    first = wordings[0]
    text = _fixed_text(first)
    guess = guesser.guess(text)
    language = guess.language
    exact = [wording for wording in wordings if wording.is_exact]
    varied = [wording for wording in wordings if not wording.is_exact]
    lines = [wording.examples[0].text.strip() for wording in exact]
    patterns = [pattern_of(w.kind, w.key, _longest_filling(w)) for w in varied]
    removes = [text for w in wordings for text in _different(w)]
    named = slug(_named_by(first), taken, f"{guess.scrap_class}.")
    draft = Draft(
        id=f"{guess.scrap_class}.{named}",
        description=_description(first),
        zones=_zones(wordings),
        lines={language: lines} if lines else {},
        pattern={language: patterns} if patterns else {},
        sites=_sites(wordings),
        removes={language: removes},
        keeps={language: [kept_sentence(_short(text) or _short(removes[0]), language)]},
    )
    return Proposal(draft, guess, tuple(wordings), doubts=tuple(_doubts(wordings, guess)))


def _doubts(wordings: Sequence[Wording], guess: Guess) -> Iterator[str]:
    """Why what recurs may be no scrap."""
    seen = [one for wording in wordings for one in wording.seen]
    if any(max(one.head, one.tail) < _OUTSIDE for one in seen) and guess.likeness < _SURELY_KNOWN:
        yield "it stands in the middle of the text, as subheads and speakers do, and reads like no scrap that is known"
    if not _sites(wordings) and len({one.site for one in seen} - {""}) == 1:
        yield "its site has no url, so that it would act on every site"


def _longest_filling(wording: Wording) -> int:
    """Room for what differs: half as much again as the longest line had."""
    longest = max(one.longest for one in wording.seen)
    return max(20, (longest - len(wording.key)) * 3 // 2)


def _different(wording: Wording) -> list[str]:
    """Lines of a wording as examples: one when they are all the same, else a few."""
    texts = list(dict.fromkeys(example.text.strip() for example in wording.examples))
    return texts[: 1 if wording.is_exact else 4]


def _short(text: str) -> str:
    return " ".join(text.split()[:8]).strip(" .,:;!?-–—|•\"'“”")


def _description(wording: Wording) -> str:
    text = " ".join(wording.examples[0].text.split())
    clipped = text if len(text) <= 60 else text[:59] + "…"
    what = {"exact": "The line", "typed": "Lines such as", "label": "What stands with a label, as"}
    return f"{what.get(wording.kind, 'Lines such as')} “{clipped}”"


def _with_harm(proposals: Sequence[Proposal], rules: RuleSet, bodies: Sequence[tuple[str, str]]) -> list[Proposal]:
    """Each proposal that works, with what it takes from clean bodies, on whatever site those may be.

    All run together, since each alone would take hours; whoever did harm is left out of the next run, so that another
    rule for the same line shows too.
    """
    working = [tested for proposal in proposals if (tested := _tested(proposal, rules))]
    drafted = {
        proposal.draft.id: parse_rules(draft_toml(replace(proposal.draft, sites=())), terms=rules.terms).rules[0]
        for proposal in working
    }
    harmful: dict[str, Harm] = {}
    while drafted:
        _, found = measure_harm(rules.with_rules(drafted.values()), bodies)
        if not found:
            break
        harmful |= found
        drafted = {name: rule for name, rule in drafted.items() if name not in found}
    measured = []
    for proposal in working:
        harm = harmful.get(proposal.draft.id, Harm())
        doubts = [*proposal.doubts, *(["it takes lines of clean bodies"] if harm.documents else [])]
        status = "preview" if doubts else "stable"
        draft = replace(proposal.draft, status=status)
        measured.append(replace(proposal, draft=draft, harm=harm, bodies=len(bodies), doubts=tuple(doubts)))
    return measured


def _tested(proposal: Proposal, rules: RuleSet) -> Proposal | None:
    """The proposal with the examples that hold; None when it removes none of the lines it was learned from."""
    parsed = parse_rules(draft_toml(proposal.draft), terms=rules.terms)
    failing = {failure.example for failure in check_examples(parsed.rules[0], parsed)}
    if not failing:
        return proposal
    removes = {
        language: [text for text in texts if text not in failing] for language, texts in proposal.draft.removes.items()
    }
    if not any(removes.values()):
        return None
    return replace(proposal, draft=replace(proposal.draft, removes=removes))


def proposals_toml(proposals: Iterable[Proposal], heading: Sequence[str] = ()) -> str:
    """A rule file of proposals."""
    head = "".join(f"# {line}\n" for line in heading)
    return head + "schema = 1\n" + "".join(f"\n{proposal.toml}" for proposal in proposals)
