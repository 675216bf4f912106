"""Which rules are proposed, from made, generated and real corpora."""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import pytest

from cleaner.authoring.examples import check_examples
from cleaner.authoring.fitting import fitting_rules
from cleaner.authoring.learning import learn
from cleaner.authoring.learning.proposal import proposals_toml
from cleaner.authoring.learning.store import Thresholds
from cleaner.engine.compiler import CompiledRules
from cleaner.pipeline import Cleaner
from cleaner.rules import RuleSet
from cleaner.rules.loader import parse_rules
from tests.authoring.learning.corpora import RULES, bodies, observe, proposed, rows, wordings
from tests.site_corpus import Row, body, generate

# What is no scrap


def test_nothing_is_proposed_from_clean_bodies() -> None:
    assert proposed(bodies(40)) == []


def test_what_three_documents_say_is_not_enough() -> None:
    texts = [f"{text}\nA greeting from the mill\n" for text in bodies(3)] + bodies(20)[3:]
    assert proposed(texts) == []


def test_a_subhead_that_recurs_now_and_then_is_kept() -> None:
    texts = bodies(60)
    for number in range(0, 60, 12):
        first, _, rest = texts[number].partition("\n")
        texts[number] = f"{first}\n\nWhat happens next\n{rest}"
    assert proposed(texts) == []


def test_an_article_that_is_there_many_times_is_one_document() -> None:
    same = f"{body(1)}\nA greeting from the mill\n"
    texts = [f"{'Printed here. ' * number}\n\n{same}" for number in range(9)]
    assert proposed(texts + bodies(9)[2:]) == []


def test_direct_speech_and_lines_without_letters_are_no_wordings() -> None:
    assert proposed(f"{text}\n“Never again.”\n\n* * *\n\n2016\n" for text in bodies(8)) == []


def test_speakers_of_interviews_are_no_labels() -> None:
    def interview(text: str, number: int) -> str:
        answers = [f"Mayor: answer {chr(97 + number)}{chr(97 + i)} from the hall" for i in range(6)]
        return text.replace("\n\n", "\n\n" + "\n\n".join(answers) + "\n\n", 1)

    assert proposed(interview(text, number) for number, text in enumerate(bodies(12))) == []


# What is one


@pytest.mark.parametrize(
    ("scraps", "pattern"),
    [
        ([f"{number},5k SHARES" for number in range(2, 10)], None),
        ([f"Photo: Ann {name} / River Post" for name in ("Low", "Hill", "Moor", "Ford", "Dale", "Glen")], "{names}"),
        (
            [f"Posted by Admin on {month} 3, 2017" for month in ("May", "June", "July", "March", "April", "August")],
            "{datetime}",
        ),
        ([f"Read this too: Mill {word}" for word in ("burns", "opens", "closes", "moves", "sinks", "stays")], ".{1,"),
        ([f"Write to desk{number}@post.example" for number in range(8)], "@"),
        ([f"River Post » News » {word}" for word in ("Sport", "Town", "Wine", "Books", "Cars", "Work")], ".{1,"),
    ],
)
def test_what_differs_becomes_a_pattern(scraps: Sequence[str], pattern: str | None) -> None:
    texts = [f"{text}\n{scraps[number % len(scraps)]}\n" for number, text in enumerate(bodies(12))]
    (proposal,) = proposed(texts)
    rules = parse_rules(proposal.toml, terms=RULES.terms)
    assert set(fitting_rules(CompiledRules(rules), scraps)) == set(scraps)
    assert rules.rules[0].sites == ("riverpost.example",)
    if pattern:
        assert pattern in rules.rules[0].patterns[next(iter(rules.rules[0].patterns))][0]


def test_a_prose_line_that_most_documents_say_is_one() -> None:
    notice = "The views in this column are those of its author and nobody else at the paper shares any of them.\n"
    assert wordings(proposed(f"{text}\n{notice}" for text in bodies(10))) == {notice.strip()}
    texts = [f"{text}\n{notice}" for text in bodies(5)] + bodies(60)[5:]
    assert proposed(texts) == [], "the background of a running story recurs too"


def test_lines_recur_across_sites() -> None:
    texts = [f"{text}\nMade with love by Blockhead\n" for text in bodies(6)]
    every = [row for number, text in enumerate(texts) for row in rows([text], f"paper{number}.example")]
    with observe(every) as store:
        (proposal,) = learn(store, RULES)
    assert proposal.draft.sites == ()
    assert proposal.wordings[0].seen[0].site == ""


def test_covered_lines_are_not_proposed() -> None:
    texts = [f"{text}\nFollow us on:\nFarewell from the River Post\n" for text in bodies(9)]
    with observe(rows(texts)) as store:
        assert wordings(learn(store, RULES)) == {"Follow us on:", "Farewell from the River Post"}
    texts = [f"{text}\nFollow us on:\n" for text in bodies(9)]
    with observe(rows(texts), Cleaner()) as store:
        assert learn(store, RULES) == []


def test_what_was_rejected_does_not_come_back() -> None:
    texts = [f"{text}\nFarewell from the River Post\n" for text in bodies(9)]
    (proposal,) = proposed(texts)
    assert proposed(texts, rejected=proposal.keys) == []


@pytest.mark.parametrize(
    "line", ["Comments ({})", "[{}] Notes", "コメント（{}件）", "Комментарии ({})", "Scorers: Hill {}'"]
)
def test_marks_at_the_ends_do_not_hinder(line: str) -> None:
    texts = [f"{text}\n{line.format(number + 2)}\n" for number, text in enumerate(bodies(12))]
    (proposal,) = proposed(texts)
    with observe(rows(texts)) as store:
        assert learn(store, RULES)[0].toml == proposal.toml
    parsed = parse_rules(proposal.toml, terms=RULES.terms)
    assert [str(failure) for failure in check_examples(parsed.rules[0], parsed)] == []


def test_what_stands_in_the_middle_is_a_preview() -> None:
    """A subhead of every article reads like any other line that recurs."""

    def with_line(text: str, line: str) -> str:
        first, _, rest = text.partition("\n")
        return f"{first}\n\n{line}\n{rest}"

    (proposal,) = proposed(with_line(text, "What the numbers say") for text in bodies(12))
    assert proposal.draft.status == "preview"
    assert "as subheads and speakers do" in proposal.toml
    (proposal,) = proposed(with_line(text, "Story Continued Below") for text in bodies(12))
    assert proposal.draft.status == "stable"


def test_sayings_with_their_author_are_kept() -> None:
    sayings = [f"“Sentence {chr(97 + n)} is wise and old.” – Mark Twain" for n in range(12)]
    assert proposed(f"{sayings[n]}\n\n{text}" for n, text in enumerate(bodies(12))) == []


# On corpora


def scrap_shares(corpus: Sequence[Row], rules: RuleSet) -> tuple[float, float, set[str]]:
    """Share of the planted templates whose lines the rules fit, share of the rules that fit a planted line, and the
    rules that do not."""
    lines: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in corpus:
        for one in row.planted:
            lines[one.site, one.template].append(one.text)
    fitting = fitting_rules(CompiledRules(rules), {text for texts in lines.values() for text in texts})
    found, useful = 0, set()
    enough = {key: texts for key, texts in lines.items() if len(texts) >= Thresholds().documents}
    for (site, _), texts in lines.items():
        hits = []
        for text in texts:
            acting = {rule.id for rule in fitting.get(text, ()) if not rule.sites or site in rule.sites}
            useful |= acting
            hits.append(bool(acting))
        found += len(texts) >= Thresholds().documents and sum(hits) >= 0.9 * len(texts)
    strange = {rule.id for rule in rules} - useful
    return found / len(enough), len(useful) / len(rules), strange


def harm_bodies(shared: Path) -> list[tuple[str, str]]:
    with gzip.open(shared / "corpus" / "harm.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [(row["id"], row["text"]) for row in map(json.loads, lines)]


@pytest.mark.slow
@pytest.mark.parametrize("seed", [11])
def test_planted_scraps_are_found_and_little_else(shared: Path, seed: int) -> None:
    clean = harm_bodies(shared)
    corpus = list(generate([text for _, text in clean], seed, sites=60, documents=6_000))
    with observe(corpus) as store:
        proposals = learn(store, RULES, clean)
    rules = parse_rules(proposals_toml(proposals), terms=RULES.terms)
    found, planted, strange = scrap_shares(corpus, rules)
    assert found >= 0.95
    assert planted >= 0.95
    assert strange == set(), "nothing comes from the bodies"
    assert sum(bool(proposal.false_positives.documents) for proposal in proposals) <= 0.02 * len(proposals)
