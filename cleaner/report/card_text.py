"""A data card as Markdown, for the folder of a data set."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from cleaner.report.card import Card, examples, ordered
from cleaner.report.tally import Tally

__all__ = ["MARK", "card_text"]

MARK = "<!-- article-cleaner card -->"
"""The first line, by which a card is known as one that this package wrote."""

_MOST_RULES = 20
_MOST_LANGUAGES = 8
_MOST_CLASSES = 15
_UNKNOWN = "not known"
_RUNS_OF_BACKTICKS = re.compile("`+")


def card_text(card: Card, title: str = "What was removed from this data set", choices: Sequence[str] = ()) -> str:
    """The card as Markdown. What comes from texts stands in code and obeys nothing.

    Args:
        card: its content.
        title: its heading.
        choices: what is known of the rules and options of the run, each a line.
    """
    parts = [MARK, f"# {_plain(title)}", *_introduction(card), *_runs(card, choices), *_classes(card)]
    parts += [*_languages(card), *_class_by_language(card), *_rules(card), *_flags(card)]
    return "\n\n".join(parts) + "\n"


def _introduction(card: Card) -> Iterator[str]:
    yield (
        f"{card.documents:,} documents of {card.sites:,} sites were cleaned. {card.changed:,} of them "
        f"({_percent(card.changed, card.documents)}) lost something: {card.removals:,} pieces with {card.words:,} "
        f"words, {_percent(card.characters, card.length)} of the characters. {card.repaired:,} documents had their "
        f"encoding or layout repaired, and {card.dropped:,} were left out because of a flag. This card was made from "
        "the audit of the run, which leads back to every character."
    )


def _runs(card: Card, choices: Sequence[str]) -> Iterator[str]:
    yield "## How it was cleaned"
    lines = []
    for (rules, scorer, version), count in sorted(card.stamps.items(), key=lambda one: (-one[1], one[0])):
        scored = f", scorer {_code(scorer)}" if scorer else ""
        lines.append(f"- article-cleaner {_code(version)}, rules {_code(rules)}{scored}: {count:,} documents")
    lines += [f"- {one}" for one in choices]
    lines.append(f"- Formats: {_counts(card.kinds.most_common())}. Encodings: {_counts(card.encodings.most_common())}.")
    if card.in_place:
        lines.append("- The results were written over the input.")
    lines.append(f"- Audits: {', '.join(map(_code, card.audits))}")
    yield "\n".join(lines)


def _classes(card: Card) -> Iterator[str]:
    yield "## What was removed, by class"
    rows = [
        (
            _code(name) + (f" {_plain(title)}" if (title := card.class_titles.get(name, "")) else ""),
            *_figures(tally, card),
            ", ".join(f"{_code(text)} ({times:,})" for text, times in examples(tally)),
        )
        for name, tally in ordered(card.classes)
    ]
    yield _table(("class", "documents", "pieces", "words", "of all words removed", "the commonest"), rows)


def _languages(card: Card) -> Iterator[str]:
    yield "## By language"
    yield (
        f"{card.declared:,} documents name their language. That of the others is told from the wordings that were "
        f"removed, where these belong to one language; of documents that lost nothing it is {_UNKNOWN}."
    )
    rows = []
    for name, count in sorted(card.all_languages.items(), key=lambda one: (-one[1], one[0])):
        tally = card.languages.get(name, Tally())
        rows.append((_code(name) if name else _UNKNOWN, f"{count:,}", *_figures(tally, card)))
    yield _table(("language", "documents", "of them lost something", "pieces", "words", "of all words removed"), rows)


def _class_by_language(card: Card) -> Iterator[str]:
    names = [name for name, _ in ordered(card.languages)][:_MOST_LANGUAGES]
    classes = [name for name, _ in ordered(card.classes)][:_MOST_CLASSES]
    if len(names) < 2:
        return
    yield "## Words removed, by class and language"
    rows = [(_code(one), *(f"{card.table[one, name]:,}" for name in names)) for one in classes]
    yield _table(("class", *(_code(name) if name else _UNKNOWN for name in names)), rows)


def _rules(card: Card) -> Iterator[str]:
    yield "## The rules that did most"
    rows = [
        (_code(name), *_figures(tally, card), ", ".join(_code(text) for text, _ in examples(tally, 1)))
        for name, tally in ordered(card.rules)[:_MOST_RULES]
    ]
    yield _table(("rule", "documents", "pieces", "words", "of all words removed", "the commonest"), rows)
    if len(card.rules) > _MOST_RULES:
        yield f"{len(card.rules) - _MOST_RULES:,} more rules removed something."


def _flags(card: Card) -> Iterator[str]:
    yield "## Flags"
    if not card.flags:
        yield "No document has a flag."
        return
    rows = [(_code(name), f"{count:,}", _percent(count, card.documents)) for name, count in card.flags.most_common()]
    yield _table(("flag", "documents", "of all"), rows)


def _figures(tally: Tally, card: Card) -> tuple[str, ...]:
    return f"{tally.documents:,}", f"{tally.removals:,}", f"{tally.words:,}", _percent(tally.words, card.words)


def _table(names: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [names, ["---"] * len(names), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _counts(pairs: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{_code(name)} {count:,}" for name, count in pairs)


def _percent(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "0.0%"


def _code(text: str) -> str:
    """A text as code in a cell of a table: nothing in it is markup, and it cannot end the cell.

    >>> _code("a|b"), _code("a`b")
    ('`a\\\\|b`', '`` a`b ``')
    """
    text = " ".join(text.split()).replace("|", "\\|") or " "
    longest = max(map(len, _RUNS_OF_BACKTICKS.findall(text)), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {text} {fence}" if longest else f"{fence}{text}{fence}"


def _plain(text: str) -> str:
    """A text of one line in which nothing is markup.

    >>> _plain("a <b> *c*")
    'a \\\\<b\\\\> \\\\*c\\\\*'
    """
    return re.sub(r"([\\`*_{}\[\]<>#|])", r"\\\1", " ".join(text.split()))
