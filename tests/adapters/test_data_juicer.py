"""Data-Juicer: its own command runs a recipe that names the operator."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cleaner import Cleaner, CleanerError, builtin_rules
from tests.adapters.engines import documents, engine, expected, torch_stand_in
from tests.articles import article
from tests.places import ROOT

engine("data_juicer")

PAGE = (ROOT / "docs" / "pipelines.md").read_text(encoding="utf-8")
(RECIPE,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)


def operator(**options: Any) -> Any:
    from cleaner.adapters.data_juicer import ArticleCleanerMapper

    return ArticleCleanerMapper(**options)


def process(folder: Path, rows: list[dict[str, Any]], recipe: str) -> list[dict[str, Any]]:
    """What ``dj-process`` makes of the rows."""
    (folder / "articles.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    (folder / "recipe.yaml").write_text(recipe, encoding="utf-8")
    paths = os.pathsep.join([str(ROOT), *torch_stand_in(folder)])
    environment = {**os.environ, "PYTHONPATH": paths, "HF_HOME": str(folder / "cache")}
    command = [str(Path(sys.executable).with_name("dj-process")), "--config", "recipe.yaml"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return [json.loads(line) for line in (folder / "clean.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.slow
def test_the_recipe_of_the_documentation_gives_what_the_cleaner_gives(tmp_path: Path) -> None:
    rows = [row for row in documents() if row["text"]]
    made = {row["id"]: row for row in process(tmp_path, rows, RECIPE)}
    # Data-Juicer's own operator, which comes after ours, strips texts.
    assert [made[row["id"]]["text"] for row in rows] == [(text or "").strip() for text in expected(rows)]
    assert made["d0"]["removed"][0].keys() == {"start", "end", "rule"}
    assert made["d39"]["flags"] == ["emptied"]


def test_options_choose_rules_and_columns(tmp_path: Path) -> None:
    config = tmp_path / "cleaner.toml"
    config.write_text('profile = "facts"\nkeep = ["ad-marker"]\n', encoding="utf-8")
    op = operator(cleaner_toml=str(config), text_key="body", removed_key="spans", metadata_key="")
    texts = [article(number) for number in range(10)]
    made = op.process_batched({"body": list(texts), "text": ["The council met."] * 10})
    cleaner = Cleaner(builtin_rules().select("facts", keep=["ad-marker"]))
    assert [text.rstrip("\n") for text in made["body"]] == [cleaner.clean(text).text.rstrip("\n") for text in texts]
    assert list(made) == ["body", "text", "spans", "flags"]


def test_a_batch_gives_what_the_cleaner_gives() -> None:
    rows = documents()
    made = operator().process_batched({name: [row[name] for row in rows] for name in rows[0]})
    assert made["text"] == expected(rows)
    assert list(made) == [*rows[0], "removed", "metadata", "flags"]


def test_the_registry_of_data_juicer_knows_the_operator() -> None:
    from data_juicer.ops import OPERATORS
    from data_juicer.ops.load import load_ops

    assert "article_cleaner_mapper" in OPERATORS.modules
    (op,) = load_ops([{"article_cleaner_mapper": {"profile": "facts"}}])
    assert op.process_batched({"text": [article(4)]})["text"][0] == Cleaner(profile="facts").clean(article(4)).text[:-1]


def test_other_rules_have_another_fingerprint() -> None:
    prints = [operator(**options)._fingerprint_bytes() for options in ({}, {}, {"profile": "facts"})]
    assert prints[0] == prints[1] != prints[2]


def test_a_dataset_that_does_not_fit_is_told_before_batches_are_dropped() -> None:
    from data_juicer.core.data import NestedDataset

    skipping = operator(skip_op_error=True)
    with pytest.raises(CleanerError, match="no column 'text'"):
        skipping.run(NestedDataset.from_dict({"body": ["The council met."]}))
    with pytest.raises(CleanerError, match="'flags' is taken"):
        skipping.run(NestedDataset.from_dict({"text": ["The council met."], "flags": ["x"]}))
    with pytest.raises(CleanerError, match="no profile 'fact'"):
        operator(profile="fact")
