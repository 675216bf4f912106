"""``rules try``: what the rules of one file would do, on a corpus and on clean texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from cleaner.authoring.clean_texts import CleanTexts
from cleaner.authoring.evaluate import FalsePositives, RuleTrial, find_false_positives, try_rules
from cleaner.authoring.rule_files import without_file
from cleaner.batch.corpus import Corpus
from cleaner.config.settings import Config
from cleaner.pipeline import Cleaner
from cleaner.rules import RuleSet
from cleaner.rules.loader import load_rules

__all__ = ["Trial", "cleaner_without", "try_file"]


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of the rules of a file.

    Attributes:
        rules: the rules.
        documents: how many documents of the corpus were read.
        by_rule: what each rule did there, by its id.
        clean_texts: how many clean texts were looked at.
        false_positives: what the rules take from them, by id; a rule that takes nothing is left out.
    """

    rules: RuleSet
    documents: int
    by_rule: Mapping[str, RuleTrial]
    clean_texts: int
    false_positives: Mapping[str, FalsePositives]


def cleaner_without(config: Config, file: Path) -> Cleaner:
    """A cleaner with the rules of a project, but for those of a file."""
    return Cleaner(without_file(config, file).selected(), profile="all")


def try_file(file: Path, config: Config, corpus: Corpus, clean: CleanTexts, limit: int = 10) -> Trial:
    """Run the rules of a file, alone, on a corpus and on clean texts.

    Args:
        file: the rule file. It may be one of the project's.
        config: the project; lines that its other rules remove are counted apart.
        corpus: the documents.
        clean: texts from which nothing may be removed. The rules act on all of them, whatever their sites: a clean
            text has no site.
        limit: how many of the lines of each rule are kept.

    Raises:
        RuleError: a rule file is wrong.
    """
    rules = load_rules(file).with_matchers(config.matchers())
    found = ((document.place, document.text, document.info) for document in corpus)
    documents, by_rule = try_rules(rules, cleaner_without(config, file), found, limit)
    everywhere = rules.with_rules(replace(rule, sites=()) for rule in rules)
    count, false_positives = find_false_positives(everywhere, clean.texts)
    return Trial(rules, documents, by_rule, count, false_positives)
