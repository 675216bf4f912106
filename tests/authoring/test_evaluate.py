"""What rules do on a corpus, and what they remove from clean texts."""

from __future__ import annotations

from cleaner import Cleaner
from cleaner.authoring.evaluate import find_false_positives, rule_stats, try_rules
from cleaner.model import DocumentInfo
from cleaner.rules.loader import parse_rules

BODY = "The town council met on Tuesday evening and voted to repair the old bridge over the river."
RULES = parse_rules("""
[[rule]]
id = "own.bye"
description = "Sign-off"
zone = ["deck", "tail"]
lines = ["Bye from the Hill News", "Follow us on:"]
[rule.examples]
removes = ["Bye from the Hill News"]
keeps = ["Bye from the Hill News, he said."]
[[rule]]
id = "own.hello"
description = "Greeting"
lines = ["Hello from the Hill News"]
[rule.examples]
removes = ["Hello from the Hill News"]
keeps = ["Hello from the Hill News, he said."]
""")
TEXTS = [
    f"{BODY}\n\nBye from the Hill News\n",
    f"{BODY}\n\nFollow us on:\n\n{BODY.replace('council', 'board')}\n\nBye from the Hill News\n",
    f"Bye from the Hill News\n\n{BODY}\n",
    f"{BODY}\n",
]


def test_a_trial_counts_what_is_new_and_what_is_removed_already(cleaner: Cleaner) -> None:
    corpus = ((f"{number}.txt", text, DocumentInfo()) for number, text in enumerate(TEXTS))
    count, trials = try_rules(RULES, cleaner, corpus)
    bye = trials["own.bye"]
    assert (count, bye.documents, bye.lines, bye.new_lines) == (4, 2, 3, 2)
    assert bye.spared == {"zone head is not deck or tail": 1}
    assert [(hit.place, hit.number, hit.text, hit.is_new) for hit in bye.hits] == [
        ("0.txt", 3, "Bye from the Hill News", True),
        ("1.txt", 3, "Follow us on:", False),
        ("1.txt", 7, "Bye from the Hill News", True),
    ]
    assert (bye.hits[2].above, bye.hits[2].below) == (("Follow us on:", BODY.replace("council", "board")), ())
    assert (trials["own.hello"].documents, trials["own.hello"].hits) == (0, [])


def test_only_so_many_lines_are_kept(cleaner: Cleaner) -> None:
    _, trials = try_rules(RULES, cleaner, (("a.txt", text, DocumentInfo()) for text in TEXTS), most=1)
    assert (trials["own.bye"].lines, len(trials["own.bye"].hits)) == (3, 1)


def test_numbers_of_lines_are_those_of_the_document(cleaner: Cleaner) -> None:
    _, trials = try_rules(RULES, cleaner, [("a.txt", f"\r\n\r\n\r\n\r\n{TEXTS[0]}", DocumentInfo())])
    assert trials["own.bye"].hits[0].number == 7


def test_figures_of_all_rules() -> None:
    stats = rule_stats(Cleaner(RULES), ((text, DocumentInfo()) for text in TEXTS))
    assert (stats.documents, stats.changed, stats.never_fired) == (4, 2, ["own.hello"])
    bye = stats.rules["own.bye"]
    assert (bye.documents, bye.lines, bye.words, dict(bye.spared)) == (2, 3, 13, {"zone head is not deck or tail": 1})


def test_rules_that_fit_the_same_lines_overlap() -> None:
    both = RULES.with_rules([*RULES, *parse_rules(RULE_AGAIN)])
    stats = rule_stats(Cleaner(both), [(TEXTS[0], DocumentInfo()), (TEXTS[2], DocumentInfo())])
    assert stats.overlaps == {("own.again", "own.bye"): 2}


RULE_AGAIN = """
[[rule]]
id = "own.again"
description = "Sign-off"
prefixes = ["Bye from"]
[rule.examples]
removes = ["Bye from us"]
keeps = ["Bye, he said."]
"""


def test_false_positives_are_counted_by_rule() -> None:
    texts = [("a poem", TEXTS[0]), ("a play", TEXTS[1]), ("a song", BODY)]
    count, found = find_false_positives(RULES, texts)
    assert (count, list(found)) == (3, ["own.bye"])
    assert (found["own.bye"].documents, found["own.bye"].words) == (2, 13)
    assert found["own.bye"].lines[:2] == (("a poem", "Bye from the Hill News"), ("a play", "Follow us on:"))


def test_only_the_first_false_positives_are_kept() -> None:
    _, found = find_false_positives(RULES, [(str(number), TEXTS[0]) for number in range(9)])
    assert (found["own.bye"].documents, len(found["own.bye"].lines)) == (9, 5)
