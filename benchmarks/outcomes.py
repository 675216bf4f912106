"""Show that a change of the code changes no outcome: record the result of every text, and compare two records.

usage: python -m benchmarks.outcomes record FILE [--shared DIR] [--jobs N]
       python -m benchmarks.outcomes compare BEFORE AFTER [--show N]

`record` cleans every row of `DIR/corpus` and `DIR/corpus/harm` (default: ../shared beside the checkout), with the
profiles default and strict. It also cleans every golden input and every page of `DIR/corpus/html` with the command.
FILE gets one line of JSON for each result, with digests of the cleaned text, the edits, the metadata and the flags.
The script uses only public names and the command, so it runs on the old code and on the new code.

`compare` counts the texts whose outcome is the same, and exits with 1 when one differs. Edits are compared twice:
first by what they do (the places that change, without the names of the rules), and then with their rules.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from pathlib import Path
from typing import Any

from cleaner import Cleaner
from cleaner.rules.model import ProfileChoice

ROOT = Path(__file__).resolve().parent.parent
PROFILES: tuple[ProfileChoice, ...] = ("default", "strict")
ASPECTS = ("text", "metadata", "flags", "places", "edits")

Change = tuple[int, int, str, str]
"""Start, end, replacement and rule of an edit."""


def digest(value: object) -> str:
    """A short hash of a value that JSON can hold; the same in every process."""
    return hashlib.blake2b(json.dumps(value).encode(), digest_size=9).hexdigest()


def places(edits: Iterable[Change]) -> list[tuple[int, int, str]]:
    """What edits do, without the names of their rules. Removals that touch count as one.

    >>> places([(0, 3, "", "a.a"), (3, 5, "", "b.b"), (9, 10, "x", "c.c")])
    [(0, 5, ''), (9, 10, 'x')]
    """
    joined: list[tuple[int, int, str]] = []
    for start, end, replacement, _ in edits:
        if joined and not replacement and not joined[-1][2] and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end, "")
        else:
            joined.append((start, end, replacement))
    return joined


def record_of(name: str, text: str, edits: Sequence[Change], metadata: object, flags: object) -> dict[str, str]:
    """One line of a record."""
    values: tuple[object, ...] = (text, metadata, sorted(map(str, flags or ())), places(edits), edits)  # type: ignore[call-overload]
    return {"name": name, **{aspect: digest(value) for aspect, value in zip(ASPECTS, values, strict=True)}}


@cache
def cleaner_of(profile: ProfileChoice) -> Cleaner:
    return Cleaner(profile=profile)


def rows_of(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as source:
        yield from map(json.loads, source)


def record_corpus(shared: Path, path: Path) -> list[dict[str, str]]:
    """The record of a file of rows."""
    lines = []
    for number, row in enumerate(rows_of(path)):
        for profile in PROFILES:
            result = cleaner_of(profile).clean(row["text"], row.get("title") or None, row.get("url") or None)
            edits = [(edit.start, edit.end, edit.replacement, edit.rule) for edit in result.edits]
            name = f"{path.relative_to(shared)}:{number + 1}:{profile}"
            lines.append(record_of(name, result.text, edits, result.metadata, result.flags))
    return lines


def staged_files(shared: Path, folder: Path) -> None:
    """Copy golden inputs and pages to one folder, as a run of the command would find them."""
    for case in sorted((ROOT / "golden").iterdir()):
        for source in case.glob("input.*"):
            (folder / f"golden-{case.name}{source.suffix}").write_bytes(source.read_bytes())
    for page in sorted((shared / "corpus" / "html").rglob("*.html.gz")):
        (folder / f"page-{page.name.removesuffix('.gz')}").write_bytes(gzip.decompress(page.read_bytes()))


def record_command(shared: Path) -> list[dict[str, str]]:
    """The record of files that the command cleans, read from its results and its audit."""
    with tempfile.TemporaryDirectory() as name:
        given, made, audit = Path(name, "given"), Path(name, "made"), Path(name, "audit.jsonl")
        given.mkdir()
        staged_files(shared, given)
        command = [sys.executable, "-m", "benchmarks.outcomes", "clean", str(given), "-o", str(made)]
        subprocess.run([*command, "--audit", str(audit), "--quiet", "--isolated"], cwd=ROOT, check=False)
        lines = []
        for line in map(json.loads, audit.read_text(encoding="utf-8").splitlines()):
            edits = [(edit["start"], edit["end"], edit["replacement"], edit["rule"]) for edit in line["edits"]]
            text = (made / line["path"]).read_bytes().decode("utf-8", "surrogatepass")
            lines.append(record_of(line["path"], text, edits, line["metadata"], line["flags"]))
        return sorted(lines, key=lambda line: line["name"])


def record(target: Path, shared: Path, jobs: int) -> int:
    files = sorted((shared / "corpus").rglob("*.jsonl.gz"), key=lambda file: -file.stat().st_size)
    if not files:
        raise SystemExit(f"{shared}: holds no corpus; name the folder with --shared")
    with ProcessPoolExecutor(jobs) as pool:
        parts = [*pool.map(partial(record_corpus, shared), files), record_command(shared)]
    lines = sorted((line for part in parts for line in part), key=lambda line: line["name"])
    target.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    print(f"{len(lines):,} outcomes of {len(files)} files and of golden cases and pages")
    return 0


def compare(before: Path, after: Path, show: int) -> int:
    """Print how many outcomes are the same."""
    old, new = (
        {line["name"]: line for line in map(json.loads, path.read_text(encoding="utf-8").splitlines())}
        for path in (before, after)
    )
    differing: dict[str, list[str]] = {aspect: [] for aspect in ASPECTS}
    for name in old.keys() & new.keys():
        for aspect in ASPECTS:
            if old[name][aspect] != new[name][aspect]:
                differing[aspect].append(name)
    counts = Counter({aspect: len(names) for aspect, names in differing.items()})
    print(f"{len(old):,} outcomes before, {len(new):,} after, {len(old.keys() ^ new.keys()):,} in one of the two only")
    for aspect in ASPECTS:
        print(f"  {aspect}: {counts[aspect]:,} differ")
        for name in sorted(differing[aspect])[:show]:
            print(f"    {name}")
    return int(old != new)


def main(arguments: Sequence[str] | None = None) -> int:
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["clean"]:  # the command of this checkout, whichever is installed
        from cleaner.cli import main as clean

        return clean(given[1:])
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    recording = commands.add_parser("record")
    recording.add_argument("file", type=Path)
    recording.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    recording.add_argument("--jobs", type=int, default=2)
    comparing = commands.add_parser("compare")
    comparing.add_argument("before", type=Path)
    comparing.add_argument("after", type=Path)
    comparing.add_argument("--show", type=int, default=5, help="how many names to print for each aspect")
    options = parser.parse_args(given)
    if options.command == "record":
        return record(options.file, options.shared, options.jobs)
    return compare(options.before, options.after, options.show)


if __name__ == "__main__":
    sys.exit(main())
