"""spaCy: the component marks what cleaning would remove, and texts are clean before the tokenizer."""

from __future__ import annotations

import pickle
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest

from cleaner import Cleaner, CleanerError
from cleaner.adapters.notes import NOTES
from cleaner.adapters.places import places_of
from tests.adapters.engines import KNOWN_FIELDS, documents, engine, expected
from tests.articles import article
from tests.places import ROOT

spacy = engine("spacy", "frameworks")


@pytest.fixture(scope="module")
def nlp() -> Any:
    from cleaner.adapters.spacy import FACTORY

    made = spacy.blank("xx")
    made.add_pipe(FACTORY)
    return made


def marked(doc: Any) -> list[tuple[str, str]]:
    return [(span.text, span.id_) for span in doc.spans["scraps"]]


def test_spans_cover_what_the_cleaner_would_remove(nlp: Any, cleaner: Cleaner) -> None:
    found = 0
    for row in documents():
        text = row["text"] or ""
        doc = nlp(text)
        assert doc.text == text
        places = list(places_of(cleaner.clean(text)))
        spans = doc.spans["scraps"]
        assert [(span.label_, span.id_) for span in spans] == [(place.scrap_class, place.rule) for place in places]
        for span, place in zip(spans, places, strict=True):
            assert span.start_char <= place.start < place.end <= span.end_char, "whole tokens"
            assert (span.text == text[place.start : place.end]) or "," in span.text or ")" in span.text
        found += len(spans)
    assert found > 50


def test_what_is_known_comes_from_the_user_data_and_notes_go_there(nlp: Any) -> None:
    title = "The old bridge will be closed until June"
    doc = nlp.make_doc(
        f"{title}\n\nBy Jane Doe\n\nThe council met on Tuesday to vote on the old bridge.\n\nFollow us on:"
    )
    doc.user_data["title"] = title
    doc = nlp(doc)
    assert marked(doc)[0][0] == title
    notes = doc.user_data["article_cleaner"]
    assert set(NOTES) <= set(notes)
    assert notes["clean_author"] == "Jane Doe"
    assert notes["clean_words_lost"] == 14


def test_texts_are_clean_before_the_tokenizer(cleaner: Cleaner) -> None:
    from cleaner.adapters.spacy import clean_texts

    rows = [row for row in documents() if row["text"]]
    pairs = [(row["text"] or "", {name: row[name] for name in KNOWN_FIELDS}) for row in rows]
    docs = list(spacy.blank("xx").pipe(clean_texts(pairs, cleaner), as_tuples=True))
    assert [doc.text for doc, _ in docs] == expected(rows)
    for (doc, context), row in zip(docs, rows, strict=True):
        assert context["title"] == row["title"]
        assert set(NOTES) <= set(context)
        assert "Follow us" not in doc.text
    plain = [text for text, _ in clean_texts([row["text"] or "" for row in rows])]
    assert plain == expected(rows, known=False)


@pytest.mark.slow
def test_a_pipeline_on_disk_is_read_by_a_process_that_knows_nothing_of_cleaner(tmp_path: Path) -> None:
    """The entry point tells spaCy where the factory is; here as the installed package has it."""
    found = entry_points(group="spacy_factories", name="article_cleaner")
    assert [one.value for one in found] == ["cleaner.adapters.spacy:make_scrap_marker"], "pip install -e . once more"
    made = spacy.blank("en")
    made.add_pipe("article_cleaner", config={"profile": "facts", "spans_key": "cuts"})
    made.to_disk(tmp_path / "model")
    code = (
        f"import spacy; nlp = spacy.load({str(tmp_path / 'model')!r}); "
        f"doc = nlp({article(4)!r}); print([span.id_ for span in doc.spans['cuts']])"
    )
    shown = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    want = [place.rule for place in places_of(Cleaner(profile="facts").clean(article(4)))]
    assert shown.stdout.strip() == repr(want)


@pytest.mark.slow
def test_processes_mark_the_same(nlp: Any) -> None:
    texts = [article(number) for number in range(8)]
    many, one = nlp.pipe(texts, n_process=2, batch_size=2), nlp.pipe(texts)
    assert [marked(doc) for doc in many] == [marked(doc) for doc in one]


def test_the_component_pickles_and_spans_survive_a_doc_bin(nlp: Any) -> None:
    from spacy.tokens import DocBin

    twin = pickle.loads(pickle.dumps(nlp.get_pipe("article_cleaner")))
    doc = twin(nlp.make_doc(article(2)))
    (again,) = DocBin(docs=[doc], store_user_data=True).get_docs(nlp.vocab)
    assert marked(again) == marked(doc) == marked(nlp(article(2)))
    assert again.user_data["article_cleaner"] == doc.user_data["article_cleaner"]


def test_wrong_settings_are_told() -> None:
    made = spacy.blank("en")
    with pytest.raises(CleanerError, match="allowed are default, facts"):
        made.add_pipe("article_cleaner", config={"profile": "fact"})
    with pytest.raises(ValueError, match="profil"):
        made.add_pipe("article_cleaner", config={"profil": "facts"})
