"""Pages about runs and documents: the summary, a diff in colour, what happened to lines, the configuration."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from cleaner.authoring.explain import LineExplanation, fates, line_numbers
from cleaner.batch.audit import SITE_LINES
from cleaner.cli.listing import Listing
from cleaner.io.paths import printable

if TYPE_CHECKING:
    from collections import Counter

    from cleaner.batch.results import Report
    from cleaner.config.settings import Setting
    from cleaner.engine.verdicts import Verdict
    from cleaner.pipeline import CleanResult
    from cleaner.scoring.scorer import Reasons

__all__ = [
    "RunFacts",
    "clip",
    "diff_text",
    "explanation_table",
    "line_page",
    "metadata_text",
    "settings_table",
    "summary",
]

_CLIP = 90  # characters of a line
_SUMMARY_MARGIN = 26  # cells of the columns before the names, at most


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFacts:
    """What a summary says besides the counts.

    Attributes:
        written: whether results were written.
        seconds: how long the run took; 0 when nobody measured it.
        width: cells of the screen.
        verbose: whether every class is listed, however many there are.
    """

    written: bool
    seconds: float = 0
    width: int = 100
    verbose: bool = False


def summary(total: Report, files: int, run: RunFacts) -> Table:
    """The table at the end of a run: at most 15 lines, unless all of it is asked for."""
    table = Table(show_header=False, box=None, pad_edge=False, collapse_padding=True)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(overflow="fold")
    table.add_row("files", f"{files:,}", "")
    if total.documents != files:
        table.add_row("documents", f"{total.documents:,}", "")
    table.add_row("changed" if run.written else "would change", f"{total.changed:,}", "")
    if total.dropped:
        table.add_row("left out", f"{total.dropped:,}", _note("--drop-flagged", "dim"))
    table.add_row("words removed", f"{total.removed_words:,}", "")
    for title, counter in (
        ("scraps", total.removed),
        ("repaired", total.repairs),
        ("flagged", total.flags),
        ("not in UTF-8", total.encodings),
    ):
        if counter or run.verbose:
            _count_rows(table, title, counter, run)
    table.add_row("errors", Text(f"{total.errors:,}", "bold red" if total.errors else ""), "")
    speed = f"{total.documents / run.seconds:,.0f} documents a second" if run.seconds else ""
    table.add_row("time", _duration(run.seconds), _note(speed))
    return table


def _count_rows(table: Table, title: str, counter: Counter[str], run: RunFacts) -> None:
    """A count with its parts, the largest first: each in its own row, or as many as fit into one."""
    parts = [(f"{count:,}", name) for name, count in sorted(counter.items(), key=lambda pair: (-pair[1], pair[0]))]
    total = f"{sum(counter.values()):,}"
    if run.verbose:
        table.add_row(title, total, "")
        for number, name in parts:
            table.add_row("", number, _note(name))
        return
    shown: list[str] = []
    room = run.width - _SUMMARY_MARGIN
    for number, name in parts:
        part = f"{name} {number}"
        if shown and len(", ".join([*shown, part])) + len(_more(len(parts))) > room:
            break
        shown.append(part)
    rest = len(parts) - len(shown)
    table.add_row(title, total, _note(", ".join(shown) + (_more(rest) if rest else "")))


def _note(text: str, style: str = "") -> Text:
    """What stands behind a number, two blanks away, so that it does not read as part of the number."""
    return Text(f" {text}" if text else "", style)


def _more(count: int) -> str:
    return f", {count} more (-v)"


def _duration(seconds: float) -> str:
    """A time for a person.

    >>> _duration(0.234), _duration(75.2), _duration(7384)
    ('0.2 s', '1 min 15 s', '2 h 3 min')
    """
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"


def diff_text(lines: Iterable[str]) -> Text:
    """A unified diff in colour."""
    text = Text()
    for line in lines:
        style = {"+": "green", "-": "red", "@": "cyan"}.get(line[:1], "")
        text.append(line + "\n", "bold" if line.startswith(("+++", "---")) else style)
    return text


def explanation_table(
    result: CleanResult,
    verdicts: Sequence[Verdict],
    width: int = 160,
    standing: Callable[[str], str] | None = None,
) -> RenderableType:
    """Every line of the text with the rule that removed it, or those that looked and spared it.

    ``standing`` tells in how many documents of the site a line stands, for those that went because of that.
    """
    found = fates(result)
    spared: dict[str, dict[str, None]] = {}
    for verdict in verdicts:
        if verdict.reason:
            spared.setdefault(verdict.text, {})[f"spared by {verdict.reason}: {verdict.rule}"] = None
    listing = Listing(["line", "why", "text"], right=["line"])
    for number, (i, line) in zip(line_numbers(result), enumerate(result.repaired.split("\n")), strict=True):
        if not line.strip():
            continue
        fate, rule = found.get(i, ("kept", ""))
        if fate == "removed":
            more = f": {standing(line)}" if standing is not None and rule.startswith(f"{SITE_LINES}.") else ""
            cells = Text(f"removed by {rule}{more}", "red"), Text(clip(line), "red strike")
        elif fate == "changed":
            cells = Text(f"changed by {rule}", "yellow"), Text(clip(line), "yellow")
        else:
            cells = Text("\n".join(spared.get(line, {})), "green"), Text(clip(line))
        listing.add(Text(str(number), "dim"), *cells)
    return listing.page(width)


def metadata_text(result: CleanResult) -> str:
    """What was read from the removed lines, and the flags; "" when there is neither."""
    values = [f"{name}: {value}" for name, value in result.metadata.items()]
    parts = [("metadata", values), ("flags", list(result.flags))]
    return "".join(f"\n{title}\n  " + "\n  ".join(found) + "\n" for title, found in parts if found)


def line_page(found: LineExplanation) -> Text:
    """All that is known about one line."""
    text = Text()
    text.append(f"line {found.number}  ", "dim")
    text.append(clip(found.text) + "\n\n")
    fate_style = {"kept": "green", "removed": "red"}.get(found.fate, "yellow")
    for name, value in _line_facts(found).items():
        if value:
            text.append(f"{name:>6}  ", "cyan")
            text.append(f"{value}\n", fate_style if name == "fate" else "")
    text.append(
        "\nrules whose wording fits\n" if found.verdicts else "\nno rule's wording fits, of those that run\n", "bold"
    )
    for verdict in found.verdicts:
        text.append(f"  {verdict.rule}  ", "cyan")
        reason = f"spared it: {verdict.reason}" if verdict.reason else "removes it"
        text.append(f"{reason} (seen in the {verdict.zone})\n")
    if found.reasons is not None:
        _append_reasons(text, found.reasons)
    if found.unselected:
        text.append("\nrules whose wording fits and that do not run (see --profile, --keep, select, ignore)\n", "bold")
        text.append("".join(f"  {rule}\n" for rule in found.unselected), "cyan")
    if found.nearest:
        text.append("\nwordings that are nearly it\n", "bold")
    for near in found.nearest:
        text.append(f"  {near.rule}  ", "cyan")
        text.append(f"{near.wording!r} ({near.likeness:.0%} alike)\n")
    return text


def _append_reasons(text: Text, reasons: Reasons) -> None:
    """The probability of a line, and the strongest evidence on both sides with its weight in log-odds."""
    goes = "reaches" if reasons.probability >= reasons.threshold else "is below"
    text.append("\nprobability of a scrap\n", "bold")
    text.append(f"  {reasons.probability:.4g}, which {goes} the threshold of {reasons.threshold:g}\n")
    for title, side in (("for a scrap", reasons.scrap), ("against it", reasons.body)):
        text.append(f"{title}\n", "bold")
        for reason in side:
            text.append(f"  {reason.weight:+.2f}  ", "cyan")
            text.append(f"{reason.text}\n")


def _line_facts(found: LineExplanation) -> dict[str, str]:
    fates_by_name = {"kept": "kept", "removed": f"removed by {found.rule}", "changed": f"changed by {found.rule}"}
    prose = "yes: rules of the body's edges stop here" if found.is_prose else "no"
    return {
        "fate": fates_by_name[found.fate],
        "zone": found.zone,
        "site": found.standing,
        "prose": f"{prose} ({found.words} words, {'ends' if found.is_sentence else 'does not end'} like a sentence)",
        "flags": ", ".join(found.flags),
    }


def settings_table(settings: Iterable[Setting], width: int = 160) -> RenderableType:
    """Values of the configuration with their origins."""
    listing = Listing(["key", "origin", "value"])
    for setting in settings:
        value = setting.value
        shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        style = "dim" if setting.origin == "default" else ""
        listing.add(*(Text(cell, style) for cell in (setting.key, setting.origin, shown)))
    return listing.page(width)


def clip(line: str) -> str:
    """A line without the blanks around it, cut to what fits into a page.

    >>> clip("  Follow us on:  "), len(clip("x" * 200))
    ('Follow us on:', 90)
    """
    text = printable(line.strip())
    return text if len(text) <= _CLIP else text[: _CLIP - 1] + "…"
