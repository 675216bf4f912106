"""A data card as Markdown."""

from __future__ import annotations

from collections import Counter

from cleaner.report.card import Card
from cleaner.report.card_text import MARK, card_text
from cleaner.report.tally import Tally


def tally(*pieces: str) -> Tally:
    made = Tally(documents=1)
    for piece in pieces:
        made.add(piece)
    return made


def card() -> Card:
    return Card(
        audits=["audit.jsonl"],
        documents=4,
        changed=3,
        removals=3,
        words=8,
        characters=10,
        length=100,
        classes={"ad-marker": tally("Advertisement"), "follow-us": tally("Follow us | <b>now</b> `x`", "on:")},
        rules={"follow-us.networks": tally("Follow us")},
        languages={"en": tally("Advertisement"), "": tally("on:")},
        table=Counter({("ad-marker", "en"): 1, ("follow-us", ""): 6}),
        all_languages=Counter({"": 3, "en": 1}),
        flags=Counter({"paywall": 1}),
        kinds=Counter({"jsonl": 4}),
        stamps=Counter({("abc", "", "0.1"): 4}),
        class_titles={"ad-marker": "Advertisement *marker*"},
    )


def test_it_tells_the_sums_and_where_they_are_from() -> None:
    text = card_text(card(), choices=["Profile `facts`"])
    assert text.startswith(f"{MARK}\n\n# What was removed from this data set\n\n4 documents")
    assert "3 of them (75.0%) lost something: 3 pieces with 8 words, 10.0% of the characters." in text
    assert "- article-cleaner `0.1`, rules `abc`: 4 documents\n- Profile `facts`\n" in text
    assert "| `paywall` | 1 | 25.0% |" in text


def test_what_comes_from_texts_is_no_markup() -> None:
    text = card_text(card(), title="<i>My</i> | set")
    assert "`` Follow us \\| <b>now</b> `x` `` (1)" in text
    assert "# \\<i\\>My\\</i\\> \\| set\n" in text
    assert "`ad-marker` Advertisement \\*marker\\*" in text


def test_every_row_of_a_table_has_its_cells() -> None:
    tables = [part.strip().split("\n") for part in card_text(card()).split("\n\n") if part.startswith("| ")]
    assert len(tables) == 5
    for table in tables:
        assert len({line.replace("\\|", "").count("|") for line in table}) == 1


def test_without_removals_and_flags_it_is_a_card_too() -> None:
    text = card_text(
        Card(audits=["a"], documents=1, all_languages=Counter({"": 1}), stamps=Counter({("a", "s", "1"): 1}))
    )
    assert "No document has a flag." in text
    assert "rules `a`, scorer `s`: 1 documents" in text
    assert "By class and language" not in text
