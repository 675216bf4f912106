"""From what recurs to rules that somebody may accept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import regex

from cleaner.authoring.draft_toml import Draft, draft_toml
from cleaner.authoring.drafting import kept_sentence, slug
from cleaner.authoring.evaluate import FalsePositives, find_false_positives
from cleaner.authoring.examples import check_examples
from cleaner.authoring.fitting import fitting_rules
from cleaner.authoring.guessing import UNKNOWN_CLASS, Guess, Guesser
from cleaner.authoring.learning.proposal import Proposal, Wording
from cleaner.authoring.learning.store import DEFAULT, Recurring, Store, Thresholds
from cleaner.authoring.learning.templates import pattern_of, without_slots
from cleaner.engine.compiler import CompiledRules
from cleaner.model import Zone
from cleaner.rules import Rule, RuleSet
from cleaner.rules.loader import parse_rules
from cleaner.text.hosts import is_host
from cleaner.text.normalize import fold
from cleaner.text.site_lines import line_hash

__all__ = ["learn"]

_LINES_SHOWN = 8
_MOST_EXAMPLES = 4
_MOST_SITES = 20
_WORDS_QUOTED = 8
_IN_ZONE = 0.95
_OUTSIDE = 0.8
_SURELY_KNOWN = 0.8


def learn(
    store: Store,
    rules: RuleSet,
    clean_texts: Iterable[tuple[str, str]] = (),
    *,
    thresholds: Thresholds = DEFAULT,
    most: int = 1000,
    rejected: Iterable[str] = (),
) -> list[Proposal]:
    """Rules for what recurs in a store, those with the strongest evidence first.

    Args:
        store: what was seen; :meth:`Store.find` must not have run yet.
        rules: rules whose wordings tell classes and languages, whose terms patterns use, and whose ids are taken.
        clean_texts: names and texts without scraps. A proposal that removes something of them has the status
            "preview".
        thresholds: how often something must recur.
        most: how many keys are looked at, the strongest first.
        rejected: keys of proposals (:attr:`Proposal.keys`) that nobody wants to see again.
    """
    store.find(thresholds)
    unwanted = set(rejected)
    compiled = CompiledRules(rules)
    wordings = (_wording(store, group, compiled) for group in store.recurring(most))
    guesser = Guesser(rules)
    taken = {rule.id for rule in rules}
    working: list[tuple[Proposal, Rule]] = []
    for guess, group in _grouped((wording for wording in wordings if wording.name not in unwanted), guesser):
        proposal = _proposal(group, guess, taken)
        taken.add(proposal.draft.id)
        working += _with_examples_that_hold(proposal, rules)
    return _with_false_positives(working, rules, list(clean_texts))


def _wording(store: Store, group: Sequence[Recurring], compiled: CompiledRules) -> Wording:
    kind, key = group[0].kind, group[0].key
    examples = tuple(store.examples(kind, key, _LINES_SHOWN))
    folded = {fold(example.text) for example in examples}
    found = fitting_rules(compiled, [example.text for example in examples])
    fits = tuple(sorted({rule.id for rules in found.values() for rule in rules}))
    return Wording(kind, key, tuple(group), examples, kind == "exact" and len(folded) == 1, fits)


def _grouped(wordings: Iterable[Wording], guesser: Guesser) -> Iterator[tuple[Guess, list[Wording]]]:
    """Wordings that are to be one rule: exact ones like the same rule, of the same language, sites and place.

    The guess is that of the first wording.
    """
    groups: dict[object, tuple[Guess, list[Wording]]] = {}
    for number, wording in enumerate(wordings):
        guess = guesser.guess(_fixed_text(wording))
        alone = not wording.is_exact or guess.scrap_class == UNKNOWN_CLASS
        name = number if alone else (guess.rule, guess.language, _sites([wording]), _zones([wording]))
        groups.setdefault(name, (guess, []))[1].append(wording)
    yield from groups.values()


def _fixed_text(wording: Wording) -> str:
    """What a wording says without what differs."""
    if wording.kind == "exact" and wording.examples:
        return wording.examples[0].text
    return without_slots(wording.key)


def _named_by(wording: Wording) -> str:
    """What its id is made of: the fixed part, or when that has no letters an id can have, a number made of it."""
    fixed = without_slots(wording.key)
    return fixed if regex.search("[a-z]{2}", fixed) else f"line {line_hash(wording.key) % 1_000_000:06}"


def _sites(wordings: Sequence[Wording]) -> tuple[str, ...]:
    """The sites a rule is for: none in particular when there are many, or when they are no hosts."""
    sites = sorted({one.site for wording in wordings for one in wording.seen})
    if len(sites) > _MOST_SITES or not all(map(is_host, sites)):
        return ()
    return tuple(sites)


def _zones(wordings: Sequence[Wording]) -> tuple[Zone, ...]:
    """Where a rule acts: above the prose where all lines stood there, else anywhere."""
    seen = [one for wording in wordings for one in wording.seen]
    return (Zone.HEAD,) if all(one.head >= _IN_ZONE for one in seen) else (Zone.ANY,)


def _proposal(wordings: Sequence[Wording], guess: Guess, taken: Iterable[str]) -> Proposal:
    first = wordings[0]
    language = guess.language
    lines = [wording.examples[0].text.strip() for wording in wordings if wording.is_exact]
    patterns = [pattern_of(w.kind, w.key, _longest_filling(w)) for w in wordings if not w.is_exact]
    removes = [example for wording in wordings for example in _different(wording)]
    draft = Draft(
        id=f"{guess.scrap_class}.{slug(_named_by(first), taken, f'{guess.scrap_class}.')}",
        description=_description(first),
        zones=_zones(wordings),
        lines={language: lines} if lines else {},
        pattern={language: patterns} if patterns else {},
        sites=_sites(wordings),
        removes={language: removes},
        keeps=_keeps(_quoted(_fixed_text(first)) or _quoted(removes[0]), language),
    )
    return Proposal(draft, guess, tuple(wordings), doubts=tuple(_doubts(wordings, guess)))


def _keeps(quoted: str, language: str) -> dict[str, list[str]]:
    """A sentence that must be kept, in the language of the wording, or in English where there is none."""
    if sentence := kept_sentence(quoted, language):
        return {language: [sentence]}
    return {"en": [kept_sentence(quoted, "en")]}


def _doubts(wordings: Sequence[Wording], guess: Guess) -> Iterator[str]:
    """Why what recurs may be no scrap."""
    seen = [one for wording in wordings for one in wording.seen]
    if any(max(one.head, one.tail) < _OUTSIDE for one in seen) and guess.likeness < _SURELY_KNOWN:
        yield "it stands in the middle of the text, as subheads and speakers do, and reads like no scrap that is known"
    if not _sites(wordings) and len({one.site for one in seen} - {""}) == 1:
        yield "its site has no url, so that it would act on every site"


def _longest_filling(wording: Wording) -> int:
    """How many characters may differ: half as many again as in the longest line."""
    longest = max(one.longest for one in wording.seen)
    return max(20, (longest - len(wording.key)) * 3 // 2)


def _different(wording: Wording) -> list[str]:
    """Lines of a wording as examples: one when they are all the same, else a few."""
    texts = list(dict.fromkeys(example.text.strip() for example in wording.examples))
    return texts[: 1 if wording.is_exact else _MOST_EXAMPLES]


def _quoted(text: str) -> str:
    return " ".join(text.split()[:_WORDS_QUOTED]).strip(" .,:;!?-–—|•\"'“”")


def _description(wording: Wording) -> str:
    text = " ".join(wording.examples[0].text.split())
    clipped = text if len(text) <= 60 else text[:59] + "…"
    what = {"exact": "The line", "typed": "Lines such as", "label": "What stands with a label, as"}
    return f"{what.get(wording.kind, 'Lines such as')} “{clipped}”"


def _with_examples_that_hold(proposal: Proposal, rules: RuleSet) -> Iterator[tuple[Proposal, Rule]]:
    """The proposal with the examples that hold, and its rule; nothing when it removes no line it was learned from."""
    parsed = parse_rules(draft_toml(proposal.draft), terms=rules.terms)
    rule = parsed.rules[0]
    failing = {failure.example for failure in check_examples(rule, parsed)}
    if failing:
        removes = {
            language: [text for text in texts if text not in failing]
            for language, texts in proposal.draft.removes.items()
        }
        proposal = replace(proposal, draft=replace(proposal.draft, removes=removes))
    if any(proposal.draft.removes.values()):
        yield proposal, rule


def _with_false_positives(
    proposals: Sequence[tuple[Proposal, Rule]], rules: RuleSet, clean_texts: Sequence[tuple[str, str]]
) -> list[Proposal]:
    """Each proposal with what its rule removes from clean texts, on whatever site those may be.

    All run together, since each alone would take hours. Those that removed something are left out of the next run, so
    that another rule for the same line shows too.
    """
    left = {rule.id: replace(rule, sites=()) for _, rule in proposals}
    every: dict[str, FalsePositives] = {}
    while left:
        _, found = find_false_positives(rules.with_rules(left.values()), clean_texts)
        if not found:
            break
        every |= found
        left = {name: rule for name, rule in left.items() if name not in found}
    return [_tried(one, every.get(one.draft.id, FalsePositives()), len(clean_texts)) for one, _ in proposals]


def _tried(proposal: Proposal, found: FalsePositives, clean_texts: int) -> Proposal:
    doubts = (*proposal.doubts, *(["it removes lines of clean texts"] if found.documents else []))
    draft = replace(proposal.draft, status="preview" if doubts else "stable")
    return replace(proposal, draft=draft, false_positives=found, clean_texts=clean_texts, doubts=doubts)
