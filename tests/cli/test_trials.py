"""``clean rules try|stats``: what rules do on a corpus."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from cleaner.cli import main
from tests.cli.own_rules import BODY, OWN, rows


def test_try_shows_hits_in_context_and_false_positives(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = rows(own.parent, f"{BODY}\nBye from the Hill News\n", f"{BODY}\nFollow us on:\n", f"Bye number 7\n\n{BODY}")
    assert main(["rules", "try", "own.toml", path]) == 0
    page = capsys.readouterr().out
    assert "1 line of 1 of 3 documents" in page
    assert f"rows.jsonl:1:3\n      {BODY[:40]}" in page
    assert "    - Bye from the Hill News" in page
    assert "spared once: zone head is not tail" in page
    assert re.search(r"takes nothing of \d{3} clean texts", page)
    (own.parent / "bodies").mkdir()
    (own.parent / "bodies" / "a.txt").write_text(f"{BODY}\nBye number 12\n", "utf-8")
    assert main(["rules", "try", "own.toml", path, "--bodies", "bodies"]) == 1
    assert "FALSE POSITIVES: own.bye takes 3 words of 1 of" in capsys.readouterr().out
    assert main(["rules", "try", "own.toml", "nope"]) == 2


def test_try_sees_what_is_taken_already(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own.write_text(OWN.replace('lines.en = ["Bye from the Hill News"]', 'lines.en = ["Follow us on:"]'), "utf-8")
    assert main(["rules", "try", "own.toml", rows(own.parent, f"{BODY}\nFollow us on:\n")]) == 0
    assert "1 line of 1 of 1 document, 1 of them taken already" in capsys.readouterr().out


def test_try_takes_a_file_that_is_in_force_already(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (own.parent / "cleaner.toml").write_text('extend-rules = ["."]\n', "utf-8")
    (own.parent / "cleaner.toml").write_text('extend-rules = ["own.toml"]\n', "utf-8")
    assert main(["rules", "try", "own.toml", rows(own.parent, f"{BODY}\nBye from the Hill News\n")]) == 0
    assert "1 line of 1 of 1 document\n" in capsys.readouterr().out


def test_stats_counts(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = rows(
        own.parent, f"{BODY}\nFollow us on:\n", f"{BODY}\nFollow us on:\nRead more\n", f"{BODY}\nShare\n\n{BODY}"
    )
    assert main(["rules", "stats", path, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["documents"], found["changed"]) == (3, 2)
    assert found["rules"]["follow-us.networks"] == {"documents": 2, "lines": 2, "words": 6, "spared": {}}
    assert "byline.by-name" in found["never_fired"]
    assert "follow-us.networks" not in found["never_fired"]
    assert {"rules": ["related-heading.line", "related-heading.tail"], "lines": 1} in found["overlaps"]
    assert any(rule["spared"] for rule in found["rules"].values())
    assert main(["rules", "stats", path]) == 0
    assert "fit no line (" in capsys.readouterr().out
    assert main(["rules", "stats", "nope.jsonl"]) == 2


def test_try_measures_false_positives_on_all_sites(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own.write_text(OWN.replace('zone = "tail"', 'sites = ["riverpost.example"]'), "utf-8")
    (own.parent / "bodies").mkdir()
    (own.parent / "bodies" / "a.txt").write_text(f"{BODY}\nBye number 12\n", "utf-8")
    assert main(["rules", "try", "own.toml", rows(own.parent, BODY), "--bodies", "bodies"]) == 1
    assert "FALSE POSITIVES: own.bye takes 3 words" in capsys.readouterr().out


@pytest.mark.parametrize("command", [["rules", "try", "own.toml"], ["rules", "stats", "--json"]])
@pytest.mark.parametrize("extractor", ["trafilatura-fast", "resiliparse"])
def test_pages_are_read_with_the_extractor_of_the_option(
    own: Path, command: list[str], extractor: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if extractor == "resiliparse":
        pytest.importorskip("resiliparse", reason="the extra resiliparse is not installed")
    paragraphs = "".join(f"<p>{number} times {BODY}</p>" for number in range(4))
    page = f"<html><head><title>The bridge</title></head><body><article>{paragraphs}</article></body></html>"
    (own.parent / "page.html").write_text(page, "utf-8")
    assert main([*command, "page.html", "--extractor", extractor, "--page-seconds", "60"]) == 0
    assert ("of 1 document\n" if "try" in command else '"documents": 1') in capsys.readouterr().out


def test_no_figures_come_of_files_that_are_not_there(run_in: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "stats", "nope", "--isolated"]) == 2
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("", "error: nope: does not exist; check the path\n")
