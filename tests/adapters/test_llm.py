"""llm: the tool and the fragments as the installed command has them, without any model."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest

from cleaner import Cleaner, CleanerError
from cleaner.io.article import read_article
from tests.adapters.engines import documents, engine, expected
from tests.articles import article
from tests.places import ROOT

engine("llm", "frameworks")


def test_the_tool_gives_what_the_cleaner_gives() -> None:
    from cleaner.adapters.llm import clean_text

    rows = [row for row in documents() if row["text"] is not None and not (row["author"] or row["date"])]
    made = [clean_text(row["text"] or "", row["title"] or "", row["url"] or "") for row in rows]
    assert made == expected(rows)
    assert clean_text(article(4), profile="facts") == Cleaner(profile="facts").clean(article(4)).text.removesuffix("\n")


def test_a_wrong_profile_is_told_to_the_model() -> None:
    from cleaner.adapters.llm import clean_text

    assert clean_text(article(4), profile="fact").startswith("Error: profile cannot be 'fact'; did you mean 'facts'?")


def test_a_model_calls_the_tool() -> None:
    """A model of our own asks for the tool and repeats what came of it, as one behind an address would."""
    import llm

    from cleaner.adapters.llm import clean_text

    class Caller(llm.Model):  # type: ignore[misc]
        model_id = "caller"
        supports_tools = True

        def execute(self, prompt: Any, stream: bool, response: Any, conversation: Any) -> Any:
            if prompt.tool_results:
                yield prompt.tool_results[0].output
            else:
                (tool,) = prompt.tools
                assert tool.name == "clean_text"
                assert set(tool.input_schema["properties"]) == {"text", "title", "url", "profile"}
                response.add_tool_call(llm.ToolCall(name=tool.name, arguments={"text": prompt.prompt}))
                yield ""

    assert Caller().chain(article(2), tools=[clean_text]).text() == Cleaner().clean(article(2)).text.removesuffix("\n")


def test_fragments_are_clean_texts_of_files(tmp_path: Path) -> None:
    from cleaner.adapters.llm import load_clean

    (tmp_path / "a.txt").write_text(article(2), encoding="utf-8")
    fragment = load_clean(str(tmp_path / "a.txt"))
    assert (fragment, fragment.source) == (
        Cleaner().clean(article(2)).text.removesuffix("\n"),
        f"clean:{tmp_path / 'a.txt'}",
    )
    page = ROOT / "examples" / "page.html"
    read = read_article(page)
    assert load_clean(str(page)) == Cleaner().clean_document(read.text, read.info).text
    (tmp_path / "rows.jsonl").write_text(
        json.dumps({"text": f"A bridge\n\n{article(2)}", "title": "A bridge"}), "utf-8"
    )
    assert load_clean(str(tmp_path / "rows.jsonl:1")) == fragment
    with pytest.raises(CleanerError, match=r"nothing\.txt: No such file or directory; name a text file or a page"):
        load_clean(str(tmp_path / "nothing.txt"))
    with pytest.raises(CleanerError, match=r"rows\.jsonl: holds many documents; name a row, as .*rows\.jsonl:12"):
        load_clean(str(tmp_path / "rows.jsonl"))


def run_llm(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "LLM_USER_PATH": str(folder), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "llm", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


@pytest.mark.slow
def test_the_installed_command_knows_the_tool_and_the_fragments(tmp_path: Path) -> None:
    """The entry point tells llm where they are; here as the installed package has it."""
    found = entry_points(group="llm", name="cleaner")
    assert [one.value for one in found] == ["cleaner.adapters.llm"], "pip install -e . once more"
    shown = run_llm("tools", "list", folder=tmp_path)
    assert "clean_text(text: str, title: str" in shown.stdout, shown.stderr
    (tmp_path / "a.txt").write_text(article(2), encoding="utf-8")
    assert run_llm("fragments", "set", "bridge", "clean:a.txt", folder=tmp_path).returncode == 0
    kept = run_llm("fragments", "show", "bridge", folder=tmp_path).stdout
    assert kept.strip() == Cleaner().clean(article(2)).text.strip()
    missing = run_llm("-m", "gpt-4o-mini", "-f", "clean:b.txt", "summarise", folder=tmp_path)
    assert missing.returncode != 0
    assert "Could not load fragment clean:b.txt: b.txt: No such file or directory" in missing.stderr
    assert "Traceback" not in missing.stderr
