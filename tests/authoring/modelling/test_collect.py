"""The samples of a corpus, with variants that know less or more."""

from __future__ import annotations

from pathlib import Path

from cleaner.authoring.modelling.collect import collect, variants
from cleaner.authoring.modelling.samples import MarkedText, read_marked
from cleaner.batch.jobs import plan
from cleaner.rules import RuleSet
from tests.authoring.modelling.making import write_corpus

NO_RULES = RuleSet()


def marked(path: Path) -> list[MarkedText]:
    return list(read_marked(plan([path], None).jobs))


def test_some_texts_have_a_variant_without_their_title(tmp_path: Path) -> None:
    texts = marked(write_corpus(tmp_path)[0])
    found = list(variants(texts))
    assert [text for text, is_variant in found if not is_variant] == texts
    more = [text for text, is_variant in found if is_variant]
    assert 0 < sum(not text.info.title for text in more) < len(texts) / 2
    assert any(text.info.repeated for text in more)


def test_samples_do_not_depend_on_the_number_of_workers(tmp_path: Path) -> None:
    texts = marked(write_corpus(tmp_path, 3, 2)[0])
    assert collect(texts, NO_RULES, NO_RULES, 2) == collect(texts, NO_RULES, NO_RULES)
