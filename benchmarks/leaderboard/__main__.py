"""Measure cleaners side by side on public ground truths, and print the table.

usage: python -m benchmarks.leaderboard FOLDER... [--sample N] [-o RESULTS.json] [--baselines NAME,...|none]
           [--function NAME=MODULE:FUNCTION] [--command NAME=COMMAND] [--folder-command NAME=COMMAND]
           [--version-of NAME=VERSION] [--note NAME=TEXT] [--trained-on NAME=FILE,...]
       python -m benchmarks.leaderboard --merge RESULTS.json... [-o MERGED.json]

Nothing is fetched. FOLDER holds files NAME.jsonl or NAME.jsonl.gz with a row a line, and harm/*.jsonl.gz with clean
texts; docs/leaderboard.md tells what a row has. A cleaner of your own is
  --function         a function that takes the text and gives the text, and title, url and language if it has such
                     parameters
  --command          a command that reads the text from standard input and prints it cleaned, once for each text
  --folder-command   a command with {input} and {output}: it cleans each file of a folder into another
The baselines are always there, unless --baselines names some of them or "none".

The table has for each cleaner
  gap closed   the gain of F1, as a share of what a perfect remover of lines would gain; below 0 the texts are worse
  words lost   words of the body that are gone, per million
  exact        the share of texts whose words are those of the body and no others
  pieces       of marked pieces the share of scrap that is gone, and the pieces of the body that are lost per million
  harm         words that clean texts lost, per million, and the share of clean texts that lost any
  speed        characters a second, as a share of what ftfy did on the same texts in the same run
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from benchmarks.leaderboard.cleaners import SECONDS, Cleaner, CommandCleaner, FolderCleaner, load_function
from benchmarks.leaderboard.corpora import BenchmarkError, read_corpora
from benchmarks.leaderboard.results import Results, merged, read_results, results_text
from benchmarks.leaderboard.running import Contestant, measure
from benchmarks.leaderboard.table import tables

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code: 0, or 2 when something that was given is wrong."""
    options = _parser().parse_args(argv)
    try:
        results = _merged(options.merge) if options.merge else _measured(options)
        if options.output is not None:
            options.output.write_text(results_text(results), encoding="utf-8")
    except (BenchmarkError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    with suppress(BrokenPipeError):  # as with `| head`
        print(*tables(results), sep="\n", flush=True)
        return 0
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python would complain once more when it ends
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.leaderboard",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        usage=argparse.SUPPRESS,
    )
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument("--sample", type=int, default=0, metavar="N", help="the same N rows of each file each time")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write the results as JSON")
    parser.add_argument("--baselines", default="all", metavar="NAME,...", help='some of them, or "none"')
    for name, value in (("function", "MODULE:FUNCTION"), ("command", "COMMAND"), ("folder-command", "COMMAND")):
        parser.add_argument(f"--{name}", action="append", default=[], metavar=f"NAME={value}")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="how long a command may take for a text")
    for name, value in (("version-of", "VERSION"), ("note", "TEXT"), ("trained-on", "FILE,...")):
        parser.add_argument(f"--{name}", action="append", default=[], metavar=f"NAME={value}")
    parser.add_argument("--merge", nargs="+", type=Path, default=[], metavar="RESULTS.json")
    return parser


def _merged(paths: Sequence[Path]) -> Results:
    return merged([(str(path), read_results(path)) for path in paths])


def _measured(options: argparse.Namespace) -> Results:
    if not options.folders:
        raise BenchmarkError("name a folder with ground truths, or --merge with files of results; --help tells more")
    if options.sample < 0:
        raise BenchmarkError("--sample cannot be less than 0; 0 takes all rows")
    corpora = read_corpora(options.folders, options.sample)
    names = [corpus.name for corpus in corpora]
    contestants = [*_baselines(options.baselines, names), *_own(options)]
    if not contestants:
        raise BenchmarkError("there is no cleaner to measure; add one, or leave out --baselines none")
    return measure(contestants, corpora, lambda line: print(line, file=sys.stderr))


def _baselines(asked: str, corpora: list[str]) -> Iterator[Contestant]:
    from benchmarks.leaderboard.baselines import BASELINES

    names = {"all": list(BASELINES), "none": []}.get(asked, asked.split(","))
    for name in names:
        if name not in BASELINES:
            raise BenchmarkError(f"no baseline {name!r}; there are {', '.join(BASELINES)}")
        one = BASELINES[name]
        if one.missing and asked != "all":
            raise BenchmarkError(f"the baseline {name} is not installed; {one.missing}")
        if one.missing:
            print(f"note: {name} is left out; {one.missing}", file=sys.stderr)
            continue
        yield Contestant(name, one.cleaner(name), one.version, one.note(corpora) or "", one.trained_on)


def _own(options: argparse.Namespace) -> Iterator[Contestant]:
    """The cleaners that the command line names, with what it says about them."""
    about = {key: dict(_pairs(key, getattr(options, key))) for key in ("version_of", "note", "trained_on")}
    cleaners: list[tuple[str, Cleaner]] = [
        *((name, load_function(call)) for name, call in _pairs("function", options.function)),
        *((name, CommandCleaner(call, options.seconds)) for name, call in _pairs("command", options.command)),
        *(
            (name, FolderCleaner(call, options.seconds))
            for name, call in _pairs("folder_command", options.folder_command)
        ),
    ]
    for key, told in about.items():
        unknown = next((name for name in told if name not in dict(cleaners)), None)
        if unknown is not None:
            raise BenchmarkError(
                f"--{key.replace('_', '-')} names {unknown!r}, which is no cleaner on this command line"
            )
    for name, cleaner in cleaners:
        trained = tuple(filter(None, about["trained_on"].get(name, "").split(",")))
        yield Contestant(name, cleaner, about["version_of"].get(name, ""), about["note"].get(name, ""), trained)


def _pairs(key: str, values: Sequence[str]) -> Iterator[tuple[str, str]]:
    for value in values:
        name, equals, rest = value.partition("=")
        if not name or not equals or not rest:
            raise BenchmarkError(f"--{key.replace('_', '-')} {value}: write it as NAME=…")
        yield name, rest


if __name__ == "__main__":
    sys.exit(main())
