"""What recurs among the lines that were seen."""

from __future__ import annotations

import random

import pytest

from cleaner.authoring.learning.proposal import proposals_toml
from cleaner.authoring.learning.propose import learn
from cleaner.authoring.learning.store import DEFAULT, Store, Thresholds
from cleaner.errors import CleanerError
from tests.authoring.learning.corpora import RULES, bodies, observe, rows
from tests.site_corpus import generate

TEXTS = [f"{text}\nFarewell from the mill\n\nSeen {n} times at the mill\n" for n, text in enumerate(bodies(9))]


def test_what_recurs_is_counted_by_documents() -> None:
    with observe(rows(TEXTS)) as store:
        store.find(DEFAULT)
        groups = {group[0].key: group[0] for group in store.recurring(10)}
        assert store.documents == 9
        assert store.keys == len(groups) == 2
    farewell = groups["farewell from the mill"]
    assert (farewell.site, farewell.documents, farewell.of, farewell.texts) == ("riverpost.example", 9, 9, 1)
    assert farewell.tail == 1


def test_at_most_so_many_keys_are_given() -> None:
    with observe(rows(TEXTS)) as store:
        store.find(DEFAULT)
        assert len(list(store.recurring(1))) == 1


def test_examples_are_of_different_documents_and_as_different_as_there_are() -> None:
    with observe(rows(TEXTS)) as store:
        store.find(DEFAULT)
        (seen,) = (group[0] for group in store.recurring(10) if group[0].texts > 1)
        examples = store.examples(seen.kind, seen.key, 5)
        assert store.examples(seen.kind, seen.key, 5) == examples
        assert store.examples("exact", "nothing", 5) == []
    assert len({example.text for example in examples}) == len({example.place for example in examples}) == 5
    assert {example.above for example in examples} == {"Farewell from the mill"}


@pytest.mark.parametrize("thresholds", [Thresholds(documents=10), Thresholds(share=0.99, documents=4)])
def test_thresholds_are_respected(thresholds: Thresholds) -> None:
    texts = [*TEXTS, *bodies(20)[9:]]
    with observe(rows(texts)) as store:
        store.find(thresholds)
        assert list(store.recurring(10)) == []


@pytest.mark.slow
def test_the_order_of_documents_makes_no_difference() -> None:
    corpus = list(generate(bodies(60), seed=3, sites=4, documents=120))
    with observe(corpus) as store:
        first = proposals_toml(learn(store, RULES))
    shuffled = random.Random(3).sample(corpus, len(corpus))
    with observe(shuffled) as store:
        assert proposals_toml(learn(store, RULES)) == first
    with observe(corpus, store=Store("60MB")) as store:
        assert proposals_toml(learn(store, RULES)) == first


def test_lone_surrogates_do_not_stop_the_database() -> None:
    texts = [f"{text}\nFarewell \ud800 mill\n" for text in bodies(9)]
    with observe(rows(texts)) as store:
        store.find(DEFAULT)
        (group,) = store.recurring(10)
        text = store.examples(group[0].kind, group[0].key, 1)[0].text
    assert text.startswith("Farewell ")
    assert text.encode()


@pytest.mark.parametrize("memory", ["much", "5", "-1GB", "5 GB; DROP"])
def test_a_size_of_memory_has_a_unit(memory: str) -> None:
    with pytest.raises(CleanerError, match="give a number and KB, MB or GB, as 500MB"):
        Store(memory)


def test_without_duckdb_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "duckdb", None)
    with pytest.raises(CleanerError, match=r"pip install '\.\[learn\]'"):
        Store()
