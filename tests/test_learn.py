"""Learning rules: what is proposed from real and from generated corpora, and going through it."""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from cleaner.cli import main
from cleaner.errors import CleanerError
from cleaner.learning import Proposal, learn
from cleaner.learning.observing import Observer
from cleaner.learning.proposing import proposals_toml
from cleaner.learning.review import read_blocks, remembered
from cleaner.learning.store import Store, Thresholds
from cleaner.learning.templates import Templates, exact_key, pattern_of
from cleaner.lint import lint
from cleaner.matching import CompiledRules, Memo
from cleaner.model import Document
from cleaner.pipeline import Cleaner
from cleaner.repetition import site_of
from cleaner.rulecheck import check_examples
from cleaner.rules import RuleSet, builtin_rules
from cleaner.rules.parse import parse_rules
from tests.site_corpus import Row, body, generate

RULES = builtin_rules()
TEMPLATES = Templates(RULES)


def observe(rows: Iterable[Row], cleaner: Cleaner | None = None, store: Store | None = None) -> Store:
    """A store of the rows; the caller closes it."""
    store = store or Store()
    observer = Observer(TEMPLATES, cleaner)
    store.add(observer.observe(row.text, Document(url=row.url), site_of(row.url), row.id) for row in rows)
    return store


def rows(texts: Iterable[str], site: str = "riverpost.example") -> list[Row]:
    return [Row(f"{site}/{number}", f"https://{site}/{number}", text, ()) for number, text in enumerate(texts)]


def proposed(texts: Iterable[str], **options: object) -> list[Proposal]:
    with observe(rows(texts)) as store:
        return learn(store, RULES, **options)  # type: ignore[arg-type]


def bodies(count: int) -> list[str]:
    return [body(number) for number in range(count)]


def wordings(proposals: Iterable[Proposal]) -> set[str]:
    return {example.text for proposal in proposals for wording in proposal.wordings for example in wording.examples}


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
    memo = Memo()
    CompiledRules(rules).match_lines(scraps, memo)
    assert set(memo.lines) == set(scraps)
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


def test_a_proposal_tells_its_evidence() -> None:
    (proposal,) = proposed(f"{text}\nFarewell from the River Post\n" for text in bodies(9))
    assert (proposal.documents, len(proposal.wordings)) == (9, 1)
    text = proposal.toml
    assert "9 documents (riverpost.example 9 of 9), below the text" in text
    assert text.count("#   > Farewell from the River Post\n") == 3
    assert "takes nothing of 0 clean bodies" in text


def test_harm_is_told_and_makes_it_preview() -> None:
    texts = [f"{text}\nFarewell from the mill\n" for text in bodies(9)]
    clean = [("poem", "Farewell from the mill\n\nThe wheel stands still and the water runs on below the bridge.\n")]
    (proposal,) = proposed(texts, bodies=clean)
    assert (proposal.harm.documents, proposal.harm.words, proposal.bodies) == (1, 4, 1)
    assert "would take 4 words of 1 of 1 clean bodies, were it not for its sites" in proposal.toml
    assert 'status = "preview"' in proposal.toml
    assert "# Only in preview: it takes lines of clean bodies." in proposal.toml
    every = [row for number, text in enumerate(texts) for row in rows([text], f"paper{number}.example")]
    with observe(every) as store:
        (proposal,) = learn(store, RULES, clean)
    assert "# HARM: takes 4 words of 1 of 1 clean bodies:\n#   poem: Farewell from the mill\n" in proposal.toml
    assert 'status = "preview"' in proposal.toml


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


def test_keys_fold_what_makes_no_difference() -> None:
    assert exact_key("• 1,234 Comments!") == exact_key("7 COMMENTS")
    assert exact_key("Comments") != exact_key("7 Comments")
    assert pattern_of("suffix", "of the river post", 30) == ".{1,30} of the river post"


# On corpora


def test_the_order_of_documents_makes_no_difference() -> None:
    corpus = list(generate(bodies(60), seed=3, sites=4, documents=120))
    with observe(corpus) as store:
        first = proposals_toml(learn(store, RULES))
    with observe(reversed(corpus)) as store:
        assert proposals_toml(learn(store, RULES)) == first
    with observe(corpus, store=Store("60MB")) as store:
        assert proposals_toml(learn(store, RULES)) == first


def scrap_shares(corpus: Sequence[Row], rules: RuleSet) -> tuple[float, float, set[str]]:
    """Share of the planted templates whose lines the rules fit, share of the rules that fit a planted line, and the
    rules that do not."""
    lines: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in corpus:
        for one in row.planted:
            lines[one.site, one.template].append(one.text)
    memo = Memo()
    compiled = CompiledRules(rules)
    compiled.match_lines({text for texts in lines.values() for text in texts}, memo)
    found, useful = 0, set()
    enough = {key: texts for key, texts in lines.items() if len(texts) >= Thresholds().documents}
    for (site, _), texts in lines.items():
        hits = []
        for text in texts:
            mine = [compiled.rules[match.rule] for match in memo.lines.get(text, ())]
            fitting = {rule.id for rule in mine if not rule.sites or site in rule.sites}
            useful |= fitting
            hits.append(bool(fitting))
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
    corpus = list(generate([text for _, text in clean], seed, sites=200, documents=20_000))
    with observe(corpus) as store:
        proposals = learn(store, RULES, clean)
    rules = parse_rules(proposals_toml(proposals), terms=RULES.terms)
    found, planted, strange = scrap_shares(corpus, rules)
    assert found >= 0.95
    assert planted >= 0.95
    assert strange == set(), "nothing comes from the bodies"
    assert sum(bool(proposal.harm.documents) for proposal in proposals) <= 0.02 * len(proposals)


SITE_SCRAPS = (
    "Story Continued Below",
    "Authors:",
    "Read More",
    "335 SHARES SHARE THIS STORY",
    "Comments",
    "Add your name to millions demanding that Congress take action on the President’s crimes.",
    "The views expressed in this opinion article are solely those of their author",
    "Join America's Last Line of Defense And Share This Article Now!",
    "× 101 Things All Young Adults Should Know by Sir John Hawkins",
    "Featured image via",
)


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


def test_without_a_url_it_is_a_preview(run_in: Path) -> None:
    (run_in / "folder").mkdir()
    for number, text in enumerate(bodies(9)):
        (run_in / "folder" / f"{number}.txt").write_text(f"{text}\nFarewell from the mill\n", "utf-8")
    assert main(["learn", "folder", "-o", "p.toml"]) == 0
    written = (run_in / "p.toml").read_text("utf-8")
    assert 'status = "preview"' in written
    assert "its site has no url, so that it would act on every site" in written


def test_real_sites(shared: Path, run_in: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Ten proposals, and a person read that all of them are scraps."""
    corpus = str(shared / "corpus" / "sites.jsonl.gz")
    assert main(["learn", corpus, "-o", "scratch.toml", "--no-default-rules"]) == 0
    text = (run_in / "scratch.toml").read_text("utf-8")
    rules = parse_rules(text, terms=RULES.terms)
    lines = {example for rule in rules for texts in rule.examples.removes.values() for example in texts}
    for scrap in SITE_SCRAPS:
        assert any(line.startswith(scrap) for line in lines) or scrap[0].isdigit(), scrap
    assert any("SHARES SHARE THIS STORY" in line for line in lines)
    assert len(rules) == len(SITE_SCRAPS)
    assert main(["learn", corpus, "-o", "more.toml", "-j", "1"]) == 0
    more = parse_rules((run_in / "more.toml").read_text("utf-8"), terms=RULES.terms)
    assert 0 < len(more) < len(rules)
    assert main(["learn", corpus, "-o", "again.toml", "-j", "2"]) == 0
    assert (run_in / "again.toml").read_bytes() == (run_in / "more.toml").read_bytes()
    errors = [str(one) for one in lint(run_in / "more.toml", RULES) if one.severity == "error"]
    assert errors == []


# The command and the review


@pytest.fixture
def corpus(run_in: Path) -> str:
    lines = [
        {
            "url": f"https://riverpost.example/{n}",
            "text": f"{text}\nFarewell from the mill\n\nSeen {n} times at the mill\n",
        }
        for n, text in enumerate(bodies(9))
    ]
    (run_in / "rows.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return "rows.jsonl"


def answer(monkeypatch: pytest.MonkeyPatch, *answers: str) -> None:
    left = list(answers)
    monkeypatch.setattr("click.prompt", lambda *_, **__: left.pop(0))


def test_review(corpus: str, run_in: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    (run_in / "cleaner.toml").write_text('extend-rules = ["rules"]\n', "utf-8")
    (run_in / "rules").mkdir()
    (run_in / "rules" / "own.toml").write_text(proposals_toml([]) + OWN, "utf-8")
    assert main(["learn", corpus, "-o", "p.toml"]) == 0
    assert len(read_blocks(run_in / "p.toml")[1]) == 2
    answer(monkeypatch, "s", "q")
    assert main(["learn", "--review", "p.toml"]) == 1
    assert len(read_blocks(run_in / "p.toml")[1]) == 2
    answer(monkeypatch, "a", "r")
    assert main(["learn", "--review", "p.toml"]) == 0
    learned = (run_in / "rules" / "learned.toml").read_text("utf-8")
    assert learned.startswith("schema = 1\n\n[[rule]]\n")
    assert "learned from" not in learned
    assert len(remembered(run_in / "p.rejected.jsonl")) == 1
    # Neither what was accepted nor what was rejected is proposed again.
    assert main(["learn", corpus, "-o", "p.toml"]) == 0
    assert read_blocks(run_in / "p.toml")[1] == []
    assert main([corpus, "--check", "-q"]) == 1


OWN = """
[[rule]]
id = "own.bye"
description = "Sign-off"
lines = ["Bye from the Hill News"]
[rule.examples]
removes = ["Bye from the Hill News"]
keeps = ["Bye from the Hill News, he said."]
"""


def test_who_accepts_a_preview_has_no_doubts(run_in: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (run_in / "folder").mkdir()
    for number, text in enumerate(bodies(9)):
        (run_in / "folder" / f"{number}.txt").write_text(f"{text}\nFarewell from the mill\n", "utf-8")
    assert main(["learn", "folder", "-o", "p.toml"]) == 0
    answer(monkeypatch, "a")
    assert main(["learn", "--review", "p.toml", "--into", "mine.toml"]) == 0
    assert main(["folder", "-o", "out", "-q", "--rules", "mine.toml"]) == 0
    assert (run_in / "out" / "3.txt").read_text("utf-8") == body(3)


def test_an_edit_decides_nothing(corpus: str, run_in: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert main(["learn", corpus, "-o", "p.toml"]) == 0
    before = len(read_blocks(run_in / "p.toml")[1])
    texts = iter([None, "", "[[rule]]\nid = 'own.a'\n", OWN])
    monkeypatch.setattr("click.edit", lambda *_, **__: next(texts))
    answer(monkeypatch, "e", "e", "e", "a", "e", "a", "q")
    assert main(["learn", "--review", "p.toml", "--into", "mine.toml"]) == 1
    assert [rule.id for rule in parse_rules((run_in / "mine.toml").read_text("utf-8"))] == ["own.bye"]
    assert len(read_blocks(run_in / "p.toml")[1]) == before - 1


def test_an_edit_that_was_not_accepted_is_kept(corpus: str, run_in: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert main(["learn", corpus, "-o", "p.toml"]) == 0
    head, blocks = read_blocks(run_in / "p.toml")
    gap = blocks[0].text.replace("[rule.lines]", "\n\n[rule.lines]")
    monkeypatch.setattr("click.edit", lambda *_, **__: gap)
    answer(monkeypatch, "e", "s", "q")
    assert main(["learn", "--review", "p.toml"]) == 1
    after = read_blocks(run_in / "p.toml")
    assert after[0] == head
    assert after[1][0].text == gap
    assert len(parse_rules((run_in / "p.toml").read_text("utf-8"), terms=RULES.terms)) == len(blocks)


def test_wrong_calls(corpus: str, run_in: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["learn", corpus]) == 2
    assert "where should the proposals go? Give -o proposals.toml" in capsys.readouterr().err
    assert main(["learn", "nope", "-o", "p.toml"]) == 2
    assert main(["learn", corpus, "-o", "p.toml", "--memory", "much"]) == 2
    assert "memory cannot be 'much'; give a number and KB, MB or GB, as 500MB" in capsys.readouterr().err
    assert main(["learn", "--review", "nope.toml"]) == 2
    assert "nope.toml: cannot be read" in capsys.readouterr().err
    (run_in / "p.rejected.jsonl").write_text("what\n", "utf-8")
    assert main(["learn", corpus, "-o", "p.toml"]) == 2
    assert "p.rejected.jsonl:1: is not of the form" in capsys.readouterr().err
    with (run_in / "bad.jsonl").open("w") as file:
        file.write('{"text": 1}\n{"text": "a"}\n')
    assert main(["learn", "bad.jsonl", "-o", "q.toml"]) == 2
    assert "bad.jsonl:1: " in capsys.readouterr().err
    assert (run_in / "q.toml").exists(), "what could be read was learned from"
    (run_in / "p.rejected.jsonl").unlink()
    (run_in / "p.toml").write_text("mine\n", "utf-8")
    assert main(["learn", corpus, "-o", "p.toml", "--text-key", "body"]) == 2
    assert "no document could be read; p.toml was left as it is" in capsys.readouterr().err
    assert (run_in / "p.toml").read_text("utf-8") == "mine\n"
    assert main(["learn", corpus, "-o", "p.rejected.jsonl"]) == 2
    assert main(["learn", corpus, "-o", "p.toml", "--memory", "1KB"]) == 2
    assert "the database of lines fails: " in capsys.readouterr().err
    assert main(["learn", "--review", "p.toml"]) == 2
    assert "p.toml: is no file of proposals" in capsys.readouterr().err


def test_without_duckdb_it_says_what_to_install(corpus: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "duckdb", None)
    with pytest.raises(CleanerError, match=r"pip install 'article-cleaner\[learn\]'"):
        Store()
