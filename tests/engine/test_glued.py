"""Lines of scraps on the line of the article; what stays comes first."""

from __future__ import annotations

import pytest

from cleaner import Cleaner
from cleaner.engine.glued import glued_hits, glued_pieces
from cleaner.rules.loader import parse_rules
from tests.engine.making import PROSE, compiled, looked_at

RULES = """
[class]
name = "own"
{glued}
[[rule]]
id = "own.call"
description = "A call"
confidence = "{confidence}"
lines.en = ["Share this article", "Follow us on", "Follow us on Facebook", "Print", "Print it now"]
examples = {{ removes = ["Print"], keeps = ["y z"] }}
[[rule]]
id = "own.open"
description = "A call that goes on"
confidence = "high"
pattern = 'sign up for our .{{5,60}}'
examples = {{ removes = ["Sign up for our newsletter"], keeps = ["y z"] }}
[[rule]]
id = "own.last"
description = "A call at the end"
confidence = "high"
zone = "tail"
lines.en = ["Back to the top"]
examples = {{ removes = ["Back to the top"], keeps = ["y z"] }}
"""


TERMS = {"sentence-begin": "The|In"}


def cleaned(text: str, glued: str = "glued = true", confidence: str = "high") -> str:
    rules = parse_rules(RULES.format(glued=glued, confidence=confidence), terms=TERMS)
    return Cleaner(rules, profile="all").clean(text).text


@pytest.mark.parametrize(
    "text",
    [
        f"Share this article with {PROSE}\n",  # the sentence goes on
        f"Print {PROSE}\n",  # a word may begin a sentence
        f"{PROSE} Print\n",
        f"{PROSE} Print it now.\n",  # the last step of a recipe
        f"Print it now? {PROSE}\n",
        f"Share this article Hollis wrote. {PROSE}\n",  # a name goes on with the sentence
        f"Share this article 5 times. {PROSE}\n",
        f"She said: “{PROSE} Share this article”\n",
        f'She said: "{PROSE} Print it now!"\n',
        f"Sie sagte: „{PROSE} Share this article“\n",
        f"{PROSE} He said: share this article\n",  # no sentence ends above it
        f"{PROSE} Share this article with the mayor.\n",
        f"Sign up for our newsletter {PROSE}\n",  # nobody knows where the call ends
        f"{PROSE} Sign up for our letter The mayor was not amused.\n",
        f"Back to the top {PROSE}\n",  # its zone is the tail
        "Share this article Lamps\n",  # no article
        f"Share this article {PROSE}\n\n{PROSE}\n\n{PROSE}\n\n{PROSE}\n",  # scraps have lines of their own here
    ],
)
def test_what_may_belong_to_the_article_stays(text: str) -> None:
    assert cleaned(text) == text


@pytest.mark.parametrize(
    "text",
    [
        f"Share this article {PROSE}\n",
        f"SHARE THIS ARTICLE: {PROSE}\n",
        f"Follow us on Facebook {PROSE}\n",
        f"Share this article Follow us on Facebook {PROSE}\n",
        f"{PROSE} Share this article\n",
        f"{PROSE} Print it now\n",
        f"{PROSE} Sign up for our letter.\n",
        f"Share this article {PROSE} Sign up for our letter. Share this article\n",
    ],
)
def test_scraps_at_both_ends_of_the_only_line_go(text: str) -> None:
    assert cleaned(text) == f"{PROSE}\n"


def test_only_sure_rules_of_classes_that_say_so_count() -> None:
    text = f"Share this article {PROSE}\n"
    assert cleaned(text, glued="") == text
    assert cleaned(text, confidence="medium") == text


def test_a_hit_tells_its_own_rule_and_place() -> None:
    text = f"Share this article {PROSE} Print it now\n"
    rules = parse_rules(RULES.format(glued="glued = true", confidence="high"), terms=TERMS)
    result = Cleaner(rules, profile="all").clean(text)
    assert [(edit.rule, text[edit.start : edit.end]) for edit in result.edits] == [
        ("own.call", "Share this article "),
        ("own.call", " Print it now"),
    ]
    assert result.restore() == text


def test_a_dateline_or_the_title_begins_the_article_as_well() -> None:
    rules = parse_rules(RULES.format(glued="glued = true", confidence="high"), terms=TERMS)
    cleaner = Cleaner(rules, profile="all")
    for begin in (f"NEWFORD: {PROSE}", f"NEWFORD (AP) — {PROSE}", f"Lamps for Newford {PROSE}"):
        text = f"Share this article {begin}\n"
        assert cleaner.clean(text, title="Lamps for Newford").text == f"{begin}\n"
    title = "Share this article The End"
    assert cleaner.clean(f"{title} {PROSE}\n", title=title).text == f"{title} {PROSE}\n"


def test_rules_without_such_a_class_are_not_asked() -> None:
    over = compiled("confidence = 'high'\nlines.en = ['Share this article']")
    view, cache = looked_at(f"Share this article {PROSE}\n", over)
    pieces = glued_pieces(view, over)
    assert pieces.texts == []
    assert glued_hits(view, cache, pieces) == []
