"""Throw random input at whatever reads what strangers wrote, and see that its promises hold.

usage: python -m benchmarks.fuzz [--minutes N] [--target NAME ...] [--seed N] [--replay FILE]

Targets: decode, repair, engine, rules (the loader of rule files), audit, jsonl, csv, serve. Each gets bytes. The same
functions run in CI with Hypothesis (tests/test_fuzzing.py); here they run as long as you like. With atheris (extra
`fuzz`) the input is led by the coverage of the code. Without it, or with --plain, inputs are mixed and changed at
random, which is several times as fast. The time is shared out among the targets.
An input that breaks a promise is written to the folder .fuzz and ends the run of its target with exit code 1;
--replay FILE runs its target, which the name of the file begins with, on it again.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import random
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from cleaner import Cleaner, CleanerError
from cleaner.batch.audit import audit_line, original_text, restored_text
from cleaner.batch.serve import answer
from cleaner.io.formats.base import FieldNames, RowFormat
from cleaner.io.formats.csv import CsvFormat
from cleaner.io.formats.jsonl import JsonlFormat
from cleaner.model import DocumentInfo
from cleaner.rules.loader import parse_rules
from cleaner.text.decoding import decode
from cleaner.text.edits import apply, check
from cleaner.text.repair import repair, undo

ROOT = Path(__file__).resolve().parent.parent
FOUND = ROOT / ".fuzz"
KEYS = FieldNames()

TOKENS = (
    *"\n\n\n\n\n    .,:;!?-–—•|/()[]\"'“”«»&<>=%#@*_0123456789aAbBzZéÉßñ中あแكж",
    *(
        "\t",
        "\xa0",
        "\u202f",
        "\xad",
        "\u200b",
        "\u200c",
        "\u200d",
        "\u2060",
        "\ufeff",
        "\u180e",
        "ᠠ",
        "\u0301",
        "\u0315",
    ),
    *(
        "\r",
        "\0",
        "\x0b",
        "\x85",
        "\u2028",
        "\x1b[1m",
        "\ud83d",
        "👩",
        "\ufffd",
        "İ",
        "ı",
        "ﬁ",
        "Ａ",
        "Å",
        "Œ",
        "Ã",
        "Â",
        "â",
    ),
    *(
        "â€™",
        "â€œ",
        "Ã©",
        "Ã ",
        "ÅŒ",
        "Å¡",
        "鈥",
        "窶",
        "茅",
        "É”",
        "&amp;",
        "amp;",
        "&sh",
        "&shy;",
        "y;",
        "&#38;",
        "&lt;",
    ),
    *("\\u2019", "\\n", "\\", "`", "```\n", "<b>", "</b>", "<a ", "Share this:", "Tweet", "Facebook", "Email", "Print"),
    *(
        "Related articles",
        "Photo: ",
        "Jane Doe",
        "/AP",
        "(Reuters)",
        "Reuters",
        "By ",
        "3 MIN READ",
        "12%",
        "2020-01-01",
    ),
    *(
        "January",
        "12:00",
        "Advertisement",
        "Follow us on",
        "Subscribe to our newsletter",
        "Read more: ",
        "Comments",
        "©",
    ),
    "The town council met on Tuesday evening and voted to repair the old stone bridge across the river.\n",
    "Work is to begin in the spring, the mayor said, and traffic will be led around the town.\n\n",
    "the council met on tuesday evening and voted to repair the old\n",
)


def text_of(data: bytes) -> str:
    """A text from bytes: tokens by number when the first byte is even, else UTF-8 and what is near it."""
    if not data or data[0] % 2:
        return data[1:].decode("utf-8", "surrogateescape")
    return "".join(TOKENS[byte % len(TOKENS)] for byte in data[1:])


@cache
def cleaner() -> Cleaner:
    return Cleaner(document_seconds=1e6)


def fuzz_decode(data: bytes) -> None:
    for html in (False, True):
        try:
            decoded = decode(data, html=html)
        except CleanerError:
            continue
        assert isinstance(decoded.text, str)
        assert decoded.encoding


def fuzz_repair(data: bytes) -> None:
    text = text_of(data)
    done = repair(text)
    assert undo(done.text, done.steps) == text
    assert repair(done.text).text == done.text


def fuzz_engine(data: bytes) -> None:
    text = text_of(data)
    document = DocumentInfo(title=text[:40], author="Jane Doe", date="2020-01-01", site="River Post")
    result = cleaner().clean_document(text, document)
    check(result.edits, len(result.repaired))
    assert apply(result.repaired, result.edits) == result.text
    assert result.restore() == result.repaired
    assert result.original() == text
    assert not any(flag.startswith("timeout") for flag in result.flags)
    again = cleaner().clean_document(result.text, document)
    assert again.text == result.text


RULE = '[[rule]]\nid = "own.x"\ndescription = "X"\nexamples = { removes = ["a"], keeps = ["b c"] }\n'


def fuzz_rules(data: bytes) -> None:
    text = data[1:].decode("utf-8", "replace")
    if data[:1] < b"\x80":
        text = RULE + ("pattern = '''" if data[:1] < b"\x40" else "lines = '''") + text.replace("'''", "") + "'''\n"
    try:
        rules = parse_rules(text, terms={})
    except CleanerError:
        return
    Cleaner(rules, profile="all", document_seconds=1).clean("Share this:\nThe town council met. a1 (b)\n")


def fuzz_audit(data: bytes) -> None:
    text = text_of(data)
    result = cleaner().clean_document(text, DocumentInfo())
    line: dict[str, Any] = json.loads(audit_line("a.txt", 0, 1, result, {}))
    assert original_text(restored_text(result.text, line), line) == text
    _damage(line, data)
    try:
        original_text(restored_text(result.text, line), line)
    except (CleanerError, ValueError):
        return


def _damage(line: dict[str, Any], data: bytes) -> None:
    """Change a place or a text of an edit, as somebody could who edits the file by hand."""
    number = sum(data)
    for edit in line["edits"][number % 3 :: 3]:
        edit["start"] += number % 7 - 3
        edit["text"] = edit["text"][: number % 5]


def _fuzz_rows(data: bytes, kind: RowFormat) -> None:
    """What is not changed stays byte for byte, and a text that is put in comes out again."""
    try:
        shards = list(kind.shards(BytesIO(data), KEYS, 64))
    except CleanerError:
        return
    for shard in shards:
        same = kind.encode(shard, {}, ())
        rows = list(kind.rows(shard, KEYS))
        changes = {row.number: {"text": row.text + "é\n"} for row in rows if not row.error and "text" in row.fields}
        again = kind.encode(shard, changes, ())
        assert isinstance(same, bytes)
        assert changes or again == same


def fuzz_jsonl(data: bytes) -> None:
    _fuzz_rows(data, JsonlFormat())
    shards = list(JsonlFormat().shards(BytesIO(data), KEYS, 64))
    assert b"".join(JsonlFormat().encode(shard, {}, ()) for shard in shards) == data


def fuzz_csv(data: bytes) -> None:
    _fuzz_rows((b"id,text\n" if data[:1] < b"\x80" else b"") + data[1:], CsvFormat())


def fuzz_serve(data: bytes) -> None:
    if data[:1] < b"\x80":
        data = json.dumps({"id": len(data), "text": text_of(data)}).encode()
    reply = answer(data.replace(b"\n", b" "), 1, cleaner(), KEYS)
    assert ("error" in reply) != ("text" in reply)
    json.dumps(reply, ensure_ascii=True).encode()


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    "decode": fuzz_decode,
    "repair": fuzz_repair,
    "engine": fuzz_engine,
    "rules": fuzz_rules,
    "audit": fuzz_audit,
    "jsonl": fuzz_jsonl,
    "csv": fuzz_csv,
    "serve": fuzz_serve,
}


def seeds(name: str) -> list[bytes]:
    """Inputs to begin with."""
    if name == "rules":
        files = sorted((ROOT / "rules").glob("[a-f]*.toml"))[:6]
        return [b"\xff" + file.read_bytes()[:3000] for file in files] + [
            b"\x00(?:by|von) (?P<author>.{2,40})",
            b"\x50x",
        ]
    rows = [b'{"id": 1, "text": "Share this:", "n": [1e400, NaN, {"a": "\\u00e9"}]}\n{"text": null}\n\n[1]\n']
    table = [b'\x00id,text,url\n1,"a ""b"" c\nd",x\n2,e,\n']
    texts = [b"\x01" + file.read_bytes()[:1500] for file in sorted((ROOT / "golden").glob("*/input.txt"))[:20]]
    return [*{"jsonl": rows, "csv": table, "serve": rows + texts}.get(name, texts), bytes(range(0, 256, 3))]


def mixed(chance: random.Random, known: Sequence[bytes]) -> bytes:
    """A new input: random bytes, or pieces of inputs that are known, with a few bytes changed."""
    if chance.random() < 0.3:
        return bytes([chance.randrange(256)]) + chance.randbytes(chance.randrange(60))
    one, two = chance.choice(known), chance.choice(known)
    at = chance.randrange(len(one) + 1)
    piece = bytearray(
        one[:at][-chance.randrange(1, 400) :] + two[chance.randrange(len(two) + 1) :][: chance.randrange(300)]
    )
    for _ in range(chance.randrange(6) if piece else 0):
        at = chance.randrange(len(piece) + 1)
        kind = chance.randrange(3)
        piece[at : at + (kind > 0)] = chance.randbytes(kind < 2) * chance.choice((1, 1, 1, 3, 30))
    return bytes([chance.randrange(256)]) + bytes(piece)


def run_plain(name: str, seconds: float, seed: int) -> tuple[int, bool]:
    """Run a target on random inputs. The number of inputs, and whether all promises held."""
    chance, known, target = random.Random(f"{name} {seed}"), seeds(name), TARGETS[name]
    end, count = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        data = mixed(chance, known)
        count += 1
        try:
            target(data)
        except Exception:
            keep(name, data)
            return count, False
    return count, True


def keep(name: str, data: bytes) -> None:
    """Write an input that broke a promise, and show the error."""
    FOUND.mkdir(exist_ok=True)
    path = FOUND / f"{name}-{hashlib.sha256(data).hexdigest()[:12]}"
    path.write_bytes(data)
    traceback.print_exc()
    print(f"{name}: broken by {path}: {data[:200]!r}", file=sys.stderr)


_ATHERIS = """
import sys, atheris
with atheris.instrument_imports(include=["cleaner"]):
    from benchmarks import fuzz
name, seconds, corpus = sys.argv[1:4]
fuzz.TARGETS[name](b"x")
options = [f"-max_total_time={seconds}", "-max_len=600", "-print_final_stats=1", "-verbosity=0"]
options.append(f"-artifact_prefix={fuzz.FOUND}/{name}-")
atheris.Setup([sys.argv[0], corpus, *options], fuzz.TARGETS[name])
atheris.Fuzz()
"""


def run_guided(name: str, seconds: float, seed: int) -> tuple[int, bool]:
    """The same with atheris, in a process of its own, which remembers what it found in ``.fuzz``."""
    corpus = FOUND / "corpus" / name
    corpus.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(seeds(name)):
        (corpus / f"seed-{number}").write_bytes(data)
    command = [sys.executable, "-c", _ATHERIS, name, str(max(1, int(seconds))), str(corpus)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, errors="replace")
    marks = [line.split()[-1] for line in done.stderr.splitlines() if "number_of_executed_units" in line]
    if done.returncode:
        print(done.stdout[-3000:], done.stderr[-3000:], file=sys.stderr)
    return int(marks[-1]) if marks else 0, done.returncode == 0


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--target", nargs="+", choices=sorted(TARGETS), default=list(TARGETS))
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--plain", action="store_true", help="without atheris")
    parser.add_argument("--replay", type=Path)
    asked = parser.parse_args(arguments)
    if asked.replay:
        TARGETS[asked.replay.name.partition("-")[0]](asked.replay.read_bytes())
        return 0
    guided = importlib.util.find_spec("atheris") is not None and not asked.plain
    run = run_guided if guided else run_plain
    total, broken = 0, []
    for name in asked.target:
        count, held = run(name, 60 * asked.minutes / len(asked.target), asked.seed)
        total += count
        broken += [] if held else [name]
        print(f"{name}: {count:,} executions{'' if held else ', a promise was broken'}", flush=True)
    print(
        f"{total:,} executions {'led by coverage' if guided else 'at random'}; broken: {', '.join(broken) or 'nothing'}"
    )
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(main())
