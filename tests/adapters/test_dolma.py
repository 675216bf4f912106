"""dolma: its own commands tag documents and mix them, and the mixed texts are the cleaned ones."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cleaner import Cleaner, CleanerError
from cleaner.adapters.base import Recipe
from tests.adapters.engines import KNOWN_FIELDS, documents, engine, expected
from tests.adapters.test_spans import HARD
from tests.articles import article
from tests.places import ROOT

engine("dolma")

PAYWALL = "The council met on Tuesday to vote on the old bridge.\n\nThis article is for subscribers only.\n"


def rows() -> list[dict[str, str | None]]:
    """The documents that all adapters share, with texts that need every kind of span. dolma knows no null."""
    hard: list[dict[str, str | None]] = [
        {"id": f"h{number}", "text": text} for number, text in enumerate([*HARD, PAYWALL])
    ]
    return [row for row in documents() if row["text"] is not None] + hard


def write(folder: Path, found: list[dict[str, str | None]]) -> None:
    (folder / "documents").mkdir(parents=True)
    with gzip.open(folder / "documents" / "a.jsonl.gz", "wt", encoding="utf-8") as lines:
        for row in found:
            known = {name: row[name] for name in KNOWN_FIELDS if row.get(name)}
            lines.write(json.dumps({"id": row["id"], "text": row["text"], "metadata": known}) + "\n")


def dolma(folder: Path, *arguments: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NLTK_DATA": str(folder)}
    command = [str(Path(sys.executable).with_name("dolma")), *arguments]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def mix(folder: Path, output: str, spans: list[dict[str, Any]], **stream: Any) -> dict[str, str]:
    """The texts that the mixer wrote, by id."""
    config = {
        "name": "clean",
        "documents": ["corpus/documents/*"],
        "attributes": ["clean"],
        "span_replacement": spans,
        "output": {"path": output},
        **stream,
    }
    (folder / "mix.json").write_text(json.dumps({"streams": [config], "processes": 1}), encoding="utf-8")
    dolma(folder, "-c", "mix.json", "mix")
    found: dict[str, str] = {}
    for path in (folder / output).iterdir():
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            found |= {row["id"]: row["text"] for row in map(json.loads, lines)}
    return found


PLAIN = [article(number).replace("â€™", "’") for number in range(10)]


@pytest.fixture(scope="module")
def tagged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a corpus that dolma has tagged: hard texts, and plain ones that need no repair."""
    folder = tmp_path_factory.mktemp("dolma")
    plain: list[dict[str, str | None]] = [{"id": f"p{number}", "text": text} for number, text in enumerate(PLAIN)]
    write(folder / "corpus", [*rows(), *plain])
    tagger = ["--taggers", "article_cleaner", "--tagger_modules", "cleaner.adapters.dolma"]
    dolma(folder, "tag", "--documents", "corpus/documents/*", *tagger, "--experiment", "clean")
    return folder


@pytest.mark.slow
def test_the_mixer_makes_the_cleaned_texts(tagged: Path) -> None:
    from cleaner.adapters.dolma import span_replacements

    found = rows()
    spans = span_replacements(str(tagged / "corpus/attributes/clean/*.gz"))
    texts = mix(tagged, "mixed", spans)
    assert [texts[str(row["id"])] for row in found] == expected(found)
    assert {span["replacement"] for span in spans} >= {"", "’", "<"}
    removed = [span for span in spans if span["span"].endswith("__remove_follow_us")]
    assert removed == [
        {"span": "$.attributes.clean__article_cleaner__remove_follow_us", "min_score": 0.5, "replacement": ""}
    ]


@pytest.mark.slow
def test_a_mixer_without_a_table_of_replacements_removes_all_and_drops_flagged_documents(tagged: Path) -> None:
    """The line for jq of the documentation: no pass over the attributes, and no repair that puts something in."""
    page = (ROOT / "docs" / "pipelines.md").read_text(encoding="utf-8")
    (line,) = [line for line in page.splitlines() if "startswith(" in line and "remove_" in line]
    dropped = {"include": [], "exclude": ["$.attributes.clean__article_cleaner__flag_paywall"]}
    texts = mix(tagged, "removed", [json.loads(line)], filter=dropped)
    assert [texts[f"p{number}"] for number in range(len(PLAIN))] == expected([{"text": text} for text in PLAIN])
    assert {str(row["id"]) for row in rows()} - set(texts) == {f"h{len(HARD)}"}, "the one behind a paywall"


def predicted(tagger: Any, text: str, **known: str) -> list[tuple[str, str]]:
    from dolma.core.data_types import DocumentWithMetadata

    document = DocumentWithMetadata(source="", id="a", text=text, metadata=known)
    return [(span.type, span.select(document)) for span in tagger.predict(document).spans]


def test_the_tagger_names_classes_replacements_and_flags() -> None:
    from cleaner.adapters.dolma import CleanTagger

    text = f"It couldnâ€™t wait, said the mayor of the old bridge.\n\n{PAYWALL}"
    assert predicted(CleanTagger(), text) == [
        ("replace_2019", "â€™"),
        ("remove_subscription_paywall", "\nThis article is for subscribers only.\n"),
        ("flag_paywall", text),
    ]


def test_a_tagger_of_your_own_has_rules_of_its_own() -> None:
    from cleaner.adapters.dolma import CleanTagger

    class Facts(CleanTagger):
        recipe = Recipe.of(Cleaner(profile="facts"))

    text = article(4)
    kinds = {kind for kind, _ in predicted(Facts(), text)}
    assert kinds < {kind for kind, _ in predicted(CleanTagger(), text)}


def test_what_is_known_is_used() -> None:
    from cleaner.adapters.dolma import CleanTagger

    text = "The council met on Tuesday to vote on the old bridge.\n\nJane Doe\n"
    assert predicted(CleanTagger(), text) != predicted(CleanTagger(), text, author="Jane Doe")


def test_attributes_that_are_not_there_are_an_error(tmp_path: Path) -> None:
    from cleaner.adapters.dolma import span_replacements

    with pytest.raises(CleanerError, match="no attribute files; run dolma tag --taggers article_cleaner"):
        span_replacements(str(tmp_path / "*.gz"))


def test_a_table_holds_only_what_a_tagger_found(tmp_path: Path) -> None:
    from cleaner.adapters.dolma import span_replacements

    keys = ["e__article_cleaner__insert_000A_0020", "e__article_cleaner__flag_paywall", "e__other__replace_0041"]
    with gzip.open(tmp_path / "a.gz", "wt", encoding="utf-8") as lines:
        lines.write(json.dumps({"id": "a", "attributes": {key: [[0, 1, 1.0]] for key in keys}}) + "\n")
    (span,) = span_replacements(str(tmp_path / "*.gz"))
    assert (span["span"], span["replacement"]) == (f"$.attributes.{keys[0]}", "\n {}")
    (other,) = span_replacements(str(tmp_path / "*.gz"), tagger="other")
    assert other["replacement"] == "A"
