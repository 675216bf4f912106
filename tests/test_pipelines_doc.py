"""The pages on pipelines and frameworks are true: each snippet runs as it stands, in a process of its own."""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.adapters.engines import ADAPTERS, engine, torch_stand_in
from tests.articles import article
from tests.places import ROOT

PAGES = {name: (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8") for name in ("pipelines", "frameworks")}
SECTIONS = [
    (page, *section.partition("\n"))
    for page, text in PAGES.items()
    for section in re.split(r"^## ", text, flags=re.MULTILINE)[1:]
]
SNIPPETS = [
    (page, name, code)
    for page, name, _, body in SECTIONS
    for code in re.findall(r"```python\n(.*?)```", body, re.DOTALL)
]
EXTRAS = {"pipelines": "all", "frameworks": "frameworks"}
HEAVY = (
    *("Spark", "Ray Data", "datatrove", "Hugging Face datasets"),
    *("Apache Beam", "Data-Juicer", "NeMo Curator", "dolma"),
)


def test_every_snippet_is_found_and_every_adapter_has_one() -> None:
    for page, text in PAGES.items():
        assert len([one for one in SNIPPETS if one[0] == page]) == text.count("```python") > 0
    code = "".join(text for _, _, text in SNIPPETS)
    assert [path.stem for path in ADAPTERS if f"cleaner.adapters.{path.stem}" not in code] == ["mcp"], "a command"
    assert "cleaner.adapters.arrow" in code


@pytest.mark.parametrize(
    ("page", "name", "code"),
    [
        pytest.param(*found, id=found[1], marks=[pytest.mark.slow] * (found[1] in HEAVY or found[0] == "frameworks"))
        for found in SNIPPETS
    ],
)
def test_a_snippet_runs(page: str, name: str, code: str, tmp_path: Path) -> None:
    for module in re.findall(r"^(?:import|from) (\w+)", code, re.MULTILINE):
        engine(module, EXTRAS[page])
    write_articles(tmp_path)
    (tmp_path / "snippet.py").write_text(code, encoding="utf-8")
    paths = os.pathsep.join([str(ROOT), *(torch_stand_in(tmp_path) if name == "Data-Juicer" else ())])
    environment = {**os.environ, "PYTHONPATH": paths, "PYSPARK_PYTHON": sys.executable}
    done = subprocess.run([sys.executable, "snippet.py"], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    texts = written(tmp_path)
    assert "Follow us on" not in texts
    assert ("old stone bridge" in texts) == (name != "pandas and scikit-learn"), "that one writes nothing"


def write_articles(folder: Path) -> None:
    pa, pq = engine("pyarrow"), engine("pyarrow.parquet")
    rows = [{"id": str(number), "text": article(number), "title": f"Title {number}"} for number in range(20)]
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (folder / "articles.jsonl").write_text(lines, encoding="utf-8")
    pq.write_table(pa.Table.from_pylist(rows), folder / "articles.parquet")


def written(folder: Path) -> str:
    """The cleaned texts that a snippet wrote, if it wrote any."""
    dataset = engine("pyarrow.dataset")
    found = []
    for path in (*folder.glob("*.parquet"), *folder.glob("clean/*.parquet")):
        if path.name != "articles.parquet":
            found += dataset.dataset(path).to_table().column("text").to_pylist()
    found += [path.read_text(encoding="utf-8") for path in (*folder.glob("clean.jsonl"), *folder.glob("clean/*.jsonl"))]
    found += [gzip.decompress(path.read_bytes()).decode() for path in folder.glob("clean/*.json*.gz")]
    return "\n".join(found)
