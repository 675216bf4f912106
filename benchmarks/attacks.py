"""Measure texts that are made to be slow: the time per character at 10 kB, 100 kB and 1 MB.

usage: python -m benchmarks.attacks [--sizes N ...] [--only WORD ...] [--steps] [--rules] [--json]

Each attack is a text of any size. It is repaired and cleaned with the built-in rules of the default profile and without
a limit of time, in one process, and the time of the processor is measured. The figure to look at is the time per
character of the largest size, against that of the smallest: it is at most 3 where all work grows with the text.
  --only WORD   attacks whose name holds one of the words
  --steps       also the time of each step, for the attack as a whole: repair, and the engine
  --rules       instead of whole texts, the regexes of all rules on their own worst lines: the slowest of them
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass

from cleaner import Cleaner, builtin_rules
from cleaner.authoring.lint.regexes import antipatterns_of, patterns_of
from cleaner.authoring.lint.slowness import worst_seconds
from cleaner.model import DocumentInfo
from cleaner.text.repair import repair

SIZES = (10_000, 100_000, 1_000_000)
AIM = 3.0
ENDLESS = 1e9  # seconds; the limit of time is what is measured here, so there is none

PROSE = "The town council met on Tuesday evening and voted to repair the old stone bridge across the river.\n"
SHARE, RELATED = "Share this:\n", "Related articles\n"

UNITS = {
    # Repair: characters, entities, escapes, mojibake
    "no-break spaces": "\N{NO-BREAK SPACE}",
    "narrow no-break spaces": "\N{NARROW NO-BREAK SPACE}",
    "blanks": " ",
    "tabs": "\t",
    "blank and no-break space": " \N{NO-BREAK SPACE}",
    "joiners": "\N{ZERO WIDTH JOINER}",
    "joiners between Arabic letters": "\N{ARABIC LETTER LAM}\N{ZERO WIDTH JOINER}",
    "non-joiners": "\N{ZERO WIDTH NON-JOINER}",
    "zero-width spaces": "\N{ZERO WIDTH SPACE}",
    "zero-width spaces between Thai letters": "ก\N{ZERO WIDTH SPACE}",
    "Mongolian vowel separators": "ᠠ\N{MONGOLIAN VOWEL SEPARATOR}",
    "joined emoji": "👩\N{ZERO WIDTH JOINER}",
    "soft hyphens": "\N{SOFT HYPHEN}",
    "byte order marks": "\N{ZERO WIDTH NO-BREAK SPACE}",
    "marks out of order": "\u0315\u0300",
    "letters with a mark": "a\u0301",
    "lone surrogates": "\ud83d",
    "nulls": "\0",
    "control characters": "\x0b\n",
    "carriage returns": "\r",
    "terminal escapes": "\x1b[31m",
    "mojibake": "â€™",
    "mojibake of mojibake": "Ã¢â‚¬â„¢",
    "capitals before quotes": "É”",
    "Danish mojibake": "yÃ¥",
    "Chinese mojibake": "鈥檚",
    "entities": "&amp;",
    "nested entities": "amp;",
    "number entities": "&#38;",
    "escapes": "\\u2019",
    "escaped newlines": ".\\n ",
    "backticks": "`",
    "fences": "```\n&amp;\n",
    "tags": "<b>x</b>",
    "open tags": "<a ",
    # Lines, prose, wordings
    "newlines": "\n",
    "blank lines": " \n",
    "one letter": "a",
    "words": "Abc ",
    "sentences": "Aa. ",
    "Chinese": "中",
    "Thai": "ก",
    "digits": "1234567890",
    "numbers": "12 ",
    "dots": ".",
    "dashes": "-",
    "bars": "|",
    "bullets": "• ",
    "open brackets": "(",
    "brackets": "()",
    "quotes": "“x”",
    "colons": "Ab: ",
    "times in brackets": ":12)])",
    "tabs among letters": "a\t b",
    "mail addresses": "at@b ",
    # What rules look for
    "networks": "Facebook ",
    "mail": "Email ",
    "print": "印刷",
    "photo": "Photo: ",
    "photo by": "photo by ",
    "copyright": "(c) ",
    "agencies": "/AP",
    "Reuters": "Reuters ",
    "share on": "share on facebook ",
    "follow us on": "Follow us on facebook, ",
    "by-lines": "by Jane Doe, ",
    "dates": "1 January 2020, ",
    "times": "12:00 ",
    "reading times": "3 min read ",
    "newsletter": "Subscribe to our newsletter ",
    "read more": "Read more: ",
    "languages": "ENG  ",
    "percent": "12 % ",
}
"""Names of attacks, and what they repeat: in one line, in lines of 60 characters, and in lines of 700."""


def repeated(unit: str, size: int) -> str:
    return unit * (size // len(unit))


def in_lines(unit: str, width: int, size: int) -> str:
    """Lines of about a width, no two of which are the same."""
    line = unit * max(1, width // len(unit))
    return "".join(f"{line}{i:06}\n" for i in range(size // (len(line) + 7)))


def whole_texts() -> Iterator[tuple[str, Callable[[int], str]]]:
    """Attacks that need more of a text than a repetition."""
    yield "mojibake at the end", lambda n: repeated("a", n) + "ÅŒ"
    yield "soft hyphens in entities", lambda n: "&sh" * (n // 10) + "&shy;" + "y;" * (n // 10) + " end\n"
    yield "one run of no-break spaces", lambda n: "a" + repeated("\N{NO-BREAK SPACE}", n) + "\nb"
    yield "one run between Mongolian letters", lambda n: "ᠠ" + repeated("\N{MONGOLIAN VOWEL SEPARATOR}", n) + "ᠠ"
    yield "labels above a share bar", lambda n: PROSE * 3 + repeated("Tweet\n", n) + SHARE
    yield "labels below a share bar", lambda n: PROSE * 3 + SHARE + repeated("Lamps\n", n)
    yield "labels between paragraphs", lambda n: PROSE * 3 + repeated("Tweet\n", n) + SHARE + PROSE * 3
    yield "digits below a heading", lambda n: PROSE * 3 + RELATED + repeated("1234567890", n) + "\n"
    yield "digits below a share bar", lambda n: PROSE * 3 + SHARE + repeated("1234567890", n) + "\n"
    yield "headings", lambda n: PROSE * 3 + repeated(RELATED + "\n", n)
    yield "headings and paragraphs", lambda n: repeated(PROSE * 3 + RELATED + "\n", n)
    yield "teasers", lambda n: PROSE * 5 + repeated(RELATED + "Lamps and stones\n" + PROSE, n)
    yield "a long gap", lambda n: PROSE * 3 + SHARE + repeated("\x0b\n", n) + "Tweet\n"
    yield "wrapped items", lambda n: repeated("• a\n  b\n", n)
    yield "one wrapped item", lambda n: "• a\n" + repeated("  b\n", n)
    yield "wrapped prose", lambda n: repeated("the council met on tuesday evening and voted to mend the old\n", n)
    yield "wrapped prose, ragged", lambda n: repeated("the council met on tuesday evening and voted on\nstones\n", n)
    yield "captions", lambda n: PROSE * 3 + repeated("A man walks, " * 50 + "Photo: Jane Doe/AP\n", n)
    yield "mails in a row", lambda n: "".join(f"Email {20240115093000123456 + i} to Facebook\n" for i in range(n // 39))
    yield "the same paragraph", lambda n: repeated(PROSE, n)


def attacks() -> Iterator[tuple[str, Callable[[int], str]]]:
    for name, unit in UNITS.items():
        yield name, lambda n, unit=unit: repeated(unit, n)  # type: ignore[misc]
        yield f"{name}, inside prose", lambda n, unit=unit: f"{PROSE}x{repeated(unit, n)}x\n{PROSE}"  # type: ignore[misc]
        if "\n" not in unit:
            yield f"{name}, lines of 60", lambda n, unit=unit: in_lines(unit, 60, n)  # type: ignore[misc]
            yield f"{name}, lines of 700", lambda n, unit=unit: in_lines(unit, 700, n)  # type: ignore[misc]
    yield from whole_texts()


def documents() -> Iterator[tuple[str, Callable[[int], tuple[str, DocumentInfo]]]]:
    """Attacks by what is known about a document: each gets a text and the rest."""
    names = ", ".join
    yield (
        "many authors",
        lambda n: (
            "".join(f"Jo Harker{i}\n" for i in range(n // 12)),
            DocumentInfo(author=names(f"Jo Harker{i}" for i in range(n // 12))),
        ),
    )
    yield "a long title", lambda n: (PROSE + repeated("Lamps and\n", n), DocumentInfo(title=repeated("lamps and ", n)))
    yield "many sites", lambda n: (repeated("River Post\n", n), DocumentInfo(site=repeated("River Post ", n)))


@dataclass(frozen=True)
class Figure:
    """Microseconds of the processor a character: in repair and in the engine, by size; and the growth of the sum."""

    name: str
    sizes: tuple[int, ...]
    repairing: tuple[float, ...]
    cleaning: tuple[float, ...]
    flags: tuple[str, ...]

    @property
    def growth(self) -> float:
        """The time per character of the largest text, against that of the smallest."""
        sums = [one + two for one, two in zip(self.repairing, self.cleaning, strict=True)]
        return sums[-1] / sums[0]


def measure(
    cleaner: Cleaner, name: str, make: Callable[[int], tuple[str, DocumentInfo]], sizes: Sequence[int]
) -> Figure:
    rows: list[tuple[float, float]] = []
    flags: tuple[str, ...] = ()
    for size in sizes:
        text, document = make(size)
        best = (float("inf"), float("inf"))
        for _ in range(3 if size <= SIZES[0] else 1):
            start = time.process_time()
            repaired = repair(text)
            middle = time.process_time()
            result = cleaner.clean_document(repaired.text, document)
            spans = (middle - start, time.process_time() - middle)
            best = min(best, spans, key=sum)
        flags = result.flags
        rows.append((1e6 * best[0] / len(text), 1e6 * best[1] / len(text)))
    repairing, cleaning = zip(*rows, strict=True)
    return Figure(name, tuple(sizes), repairing, cleaning, flags)


def measure_rules() -> list[tuple[float, str, str]]:
    """Seconds of each regex on the worst line that is made for it, with its rule and the line, the slowest first."""
    rules = builtin_rules()
    found = []
    for rule in rules:
        for is_pattern, located in ((True, patterns_of(rule)), (False, antipatterns_of(rule))):
            for _, pattern in located:
                seconds, line = worst_seconds(rule, rules.expand(pattern), rules, is_pattern)
                found.append((seconds, rule.id, line))
    return sorted(found, reverse=True)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--only", nargs="+", default=[""])
    parser.add_argument("--steps", action="store_true")
    parser.add_argument("--rules", action="store_true")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    if asked.rules:
        slowest = measure_rules()
        for seconds, rule, line in slowest[:20]:
            print(f"{1000 * seconds:6.1f} ms  {rule}  {len(line):,} characters: {line[:40]!a}")
        print(f"{len(slowest):,} regexes")
        return 0
    cleaner = Cleaner(document_seconds=ENDLESS)
    cleaner.clean("x\n" + PROSE)
    made: list[tuple[str, Callable[[int], tuple[str, DocumentInfo]]]] = [
        (name, lambda n, make=make: (make(n), DocumentInfo()))  # type: ignore[misc]
        for name, make in attacks()
    ]
    figures = []
    for name, make in (*made, *documents()):
        if any(word in name for word in asked.only):
            figure = measure(cleaner, name, make, asked.sizes)
            figures.append(figure)
            if not asked.json:
                print(show(figure, asked.steps), flush=True)
    if asked.json:
        print(json.dumps([asdict(figure) | {"growth": figure.growth} for figure in figures], indent=2))
    worst = max(figures, key=lambda figure: figure.growth)
    grown = sum(figure.growth > AIM for figure in figures)
    print(f"{len(figures)} attacks, {grown} grow by more than {AIM:.0f}; the most: {worst.name}", file=sys.stderr)
    return 0


def show(figure: Figure, steps: bool) -> str:
    sums = [one + two for one, two in zip(figure.repairing, figure.cleaning, strict=True)]
    parts = [f"{figure.growth:6.2f} times", *(f"{value:8.3f}" for value in sums), "µs a character"]
    if steps:
        parts.append(f"repair {figure.repairing[-1]:.3f} engine {figure.cleaning[-1]:.3f}")
    return "  ".join([f"{figure.name:45}", *parts, ", ".join(figure.flags)])


if __name__ == "__main__":
    sys.exit(main())
