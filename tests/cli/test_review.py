"""The command ``clean review``."""

from __future__ import annotations

import json
import signal
import sys
import urllib.request
from pathlib import Path

import pytest

from cleaner.cli import main
from cleaner.review.verdicts import Verdict, VerdictFile, read_verdicts
from tests.articles import article
from tests.cli.processes import SECONDS, start

TEXT = "The council met on Tuesday to vote on the old bridge, and the mayor left the hall early.\n\nFollow us on:\n"
FOLLOW = TEXT.index("\nFollow")


@pytest.fixture(autouse=True)
def folder(run_in: Path) -> Path:
    Path("in").mkdir()
    Path("in/a.txt").write_text(TEXT, "utf-8")
    Path("in/b.txt").write_text(article(1), "utf-8")
    return run_in


def judge(name: str, said: str) -> None:
    verdict = {"document": name, "kind": "removal", "rule": "follow-us.networks", "start": FOLLOW, "end": len(TEXT)}
    VerdictFile(Path("verdicts.jsonl")).append(Verdict(**verdict, text=TEXT[FOLLOW:], verdict=said))  # type: ignore[arg-type]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="stops a process with a signal of POSIX")
def test_a_review_from_the_address_to_the_end() -> None:
    process = start("review", "in", "--isolated")
    assert process.stdout is not None
    url = process.stdout.readline().decode().strip()
    assert url.startswith("http://127.0.0.1:")
    with urllib.request.urlopen(url, timeout=SECONDS) as answer:
        assert b"Content-Security-Policy" in answer.read()
    verdict = {"document": "in/a.txt", "kind": "removal", "rule": "follow-us.networks", "start": FOLLOW}
    body = json.dumps({**verdict, "end": len(TEXT), "text": TEXT[FOLLOW:], "verdict": "right"}).encode()
    request = urllib.request.Request(f"{url}verdicts", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=SECONDS) as answer:
        assert answer.status == 204
    assert [one.verdict for one in read_verdicts(Path("verdicts.jsonl"))] == ["right"]
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=SECONDS)
    assert process.returncode == 0
    assert "follow-us.networks" in said.decode()
    assert "1 verdicts in verdicts.jsonl" in said.decode()


def test_verdicts_on_texts_become_files(capsys: pytest.CaptureFixture[str]) -> None:
    judge("in/a.txt", "wrong")
    assert main(["review", "in", "--export", "out", "--isolated"]) == 0
    (case,) = Path("out/golden").iterdir()
    assert 'expect = "known-failure"' in (case / "case.toml").read_text("utf-8")
    assert (case / "expected.txt").read_text("utf-8") == TEXT
    assert 'except-lines = [\n  "Follow us on:",\n]' in Path("out/overrides.toml").read_text("utf-8")
    assert json.loads(Path("out/training.jsonl").read_text("utf-8"))["gold"] == TEXT
    shown = capsys.readouterr()
    assert "follow-us.networks" in shown.out
    assert "1 golden case, 1 training row and overrides in out" in shown.err


def test_verdicts_on_an_audit_become_files() -> None:
    main(["in", "-o", "clean", "--audit", "audit.jsonl", "-q", "-j", "1", "--isolated"])
    judge("a.txt", "right")
    assert main(["review", "audit.jsonl", "--cleaned", "clean", "--export", "out", "--isolated"]) == 0
    (case,) = Path("out/golden").iterdir()
    assert 'expect = "pass"' in (case / "case.toml").read_text("utf-8")
    assert not Path("out/overrides.toml").exists()


def test_a_case_that_somebody_corrected_stays() -> None:
    judge("in/a.txt", "right")
    assert main(["review", "in", "--export", "out", "--isolated"]) == 0
    (case,) = Path("out/golden").iterdir()
    (case / "expected.txt").write_text("corrected\n", "utf-8")
    assert main(["review", "in", "--export", "out", "--isolated"]) == 0
    assert (case / "expected.txt").read_text("utf-8") == "corrected\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["in", "--export", "out"], "verdicts.jsonl: holds no verdicts; run `clean review` first, or name --verdicts"),
        (["in", "--cleaned", "in"], "in: is no audit, so --cleaned has no meaning"),
        (["none"], "none: does not exist; check the path"),
        (["none"], "there is nothing to review: no document could be read"),
    ],
)
def test_mistakes_are_told(capsys: pytest.CaptureFixture[str], arguments: list[str], message: str) -> None:
    assert main(["review", *arguments, "--isolated"]) == 2
    assert message in capsys.readouterr().err
