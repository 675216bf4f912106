"""Collect the samples of a corpus over several processes, with variants that know less or more about a text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import NamedTuple

from cleaner.authoring.modelling.fit import fold_of
from cleaner.authoring.modelling.samples import MarkedText, Sample, sample_of
from cleaner.engine.compiler import CompiledRules
from cleaner.io.pool import map_in_order
from cleaner.pipeline import Cleaner
from cleaner.rules.ruleset import RuleSet
from cleaner.text.site_lines import LEAST_DOCUMENTS, SiteLines

__all__ = ["collect", "variants"]

_BATCH = 20
_ONE_IN = 5  # of the texts with a title, one has a variant without it; likewise for lines that recur


class _Request(NamedTuple):
    marked: MarkedText
    is_variant: bool


def variants(texts: Sequence[MarkedText]) -> Iterator[tuple[MarkedText, bool]]:
    """Each text, and after some of them a variant, marked by True: without the title, or with the lines that recur.

    A model that always saw a title would be lost where there is none.

    >>> from cleaner.model import DocumentInfo
    >>> text = MarkedText("own", "", "en", "riverpost.example", DocumentInfo("Bridge"), "The bridge is closed.", None)
    >>> [is_variant for _, is_variant in variants([text])][0]
    False
    """
    counts = Counter(text.site for text in texts if text.body is not None)
    many = {site for site, count in counts.items() if count >= LEAST_DOCUMENTS}
    recurring = SiteLines()
    for text in texts:
        if text.site in many:
            recurring.add(text.site, text.text)
    for number, text in enumerate(texts):
        yield text, False
        if text.body is None or text.for_page:
            continue
        if text.info.title and fold_of(f"title {text.site} {number}", _ONE_IN) == 0:
            yield text._replace(info=replace(text.info, title="")), True
        if text.site in many and fold_of(f"recurs {text.site} {number}", _ONE_IN) == 0:
            yield text._replace(info=replace(text.info, repeated=recurring.repeated(text.site))), True


def collect(texts: Sequence[MarkedText], rules: RuleSet, selected: RuleSet, workers: int = 1) -> list[Sample]:
    """The samples of texts, in their order.

    Args:
        texts: the texts.
        rules: all rules, whose wordings are evidence.
        selected: the rules that run before the scorer.
        workers: how many processes work.
    """
    batches = _batches(_Request(*found) for found in variants(texts))
    state = (Cleaner(selected, profile="all"), CompiledRules(rules))
    with closing(map_in_order(_samples, batches, state, workers)) as found:
        return [sample for _, samples in found for sample in samples]


def _samples(state: tuple[Cleaner, CompiledRules], batch: Sequence[_Request]) -> list[Sample]:
    cleaner, rules = state
    made = partial(sample_of, cleaner=cleaner, rules=rules)
    found = ((made(request.marked), request.is_variant) for request in batch)
    return [
        replace(sample, is_variant=is_variant or sample.is_variant)
        for sample, is_variant in found
        if sample is not None
    ]


def _batches(requests: Iterable[_Request]) -> Iterator[list[_Request]]:
    requests = iter(requests)
    while batch := list(islice(requests, _BATCH)):
        yield batch
