"""A proposal with its evidence."""

from __future__ import annotations

from cleaner.authoring.learning import learn
from cleaner.authoring.learning.proposal import proposals_toml
from cleaner.rules.loader import parse_rules
from tests.authoring.learning.corpora import RULES, bodies, observe, proposed, rows


def test_a_proposal_tells_its_evidence() -> None:
    (proposal,) = proposed(f"{text}\nFarewell from the River Post\n" for text in bodies(9))
    assert (proposal.documents, len(proposal.wordings)) == (9, 1)
    text = proposal.toml
    assert "9 documents (riverpost.example 9 of 9), below the text" in text
    assert text.count("#   > Farewell from the River Post\n") == 3
    assert "removes nothing of 0 clean texts" in text


def test_false_positives_are_named_and_make_it_preview() -> None:
    texts = [f"{text}\nFarewell from the mill\n" for text in bodies(9)]
    clean = [("poem", "Farewell from the mill\n\nThe wheel stands still and the water runs on below the bridge.\n")]
    (proposal,) = proposed(texts, clean_texts=clean)
    assert (proposal.false_positives.documents, proposal.false_positives.words, proposal.clean_texts) == (1, 4, 1)
    assert "would remove 4 words of 1 of 1 clean texts, were it not for its sites" in proposal.toml
    assert 'status = "preview"' in proposal.toml
    assert "# Only in preview: it removes lines of clean texts." in proposal.toml
    every = [row for number, text in enumerate(texts) for row in rows([text], f"paper{number}.example")]
    with observe(every) as store:
        (proposal,) = learn(store, RULES, clean)
    assert (
        "# FALSE POSITIVES: removes 4 words of 1 of 1 clean texts:\n#   poem: Farewell from the mill\n" in proposal.toml
    )
    assert 'status = "preview"' in proposal.toml


def test_a_file_of_proposals_is_a_rule_file_with_a_heading() -> None:
    (proposal,) = proposed(f"{text}\nFarewell from the River Post\n" for text in bodies(9))
    text = proposals_toml([proposal], ["One line.", "And another."])
    assert text.startswith("# One line.\n# And another.\nschema = 1\n\n# learned from: ")
    assert [rule.id for rule in parse_rules(text, terms=RULES.terms)] == [proposal.draft.id]


def test_the_keys_of_a_proposal_name_its_wordings() -> None:
    (proposal,) = proposed(f"{text}\nFarewell from the River Post\n" for text in bodies(9))
    assert proposal.keys == ("exact:farewell from the river post",)
