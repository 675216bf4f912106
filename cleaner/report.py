"""What the command shows a person: the summary, a diff in colour, the explanation of a file, a rule's page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from collections import Counter

    from cleaner.engine import Verdict
    from cleaner.pipeline import CleanResult
    from cleaner.rules import Rule
    from cleaner.runner import Report

__all__ = ["diff_text", "explanation", "rule_page", "rule_table", "summary"]

_CLIP = 90  # characters of a line that an explanation shows


def summary(total: Report, files: int, errors: int, written: bool) -> Table:
    """The table at the end of a run."""
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(style="bold")
    table.add_column(justify="right")
    table.add_column()
    table.add_row("files", f"{files:,}", "")
    if total.documents != files:
        table.add_row("documents", f"{total.documents:,}", "")
    table.add_row("changed" if written else "would change", f"{total.changed:,}", "")
    table.add_row("words removed", f"{total.removed_words:,}", "")
    for title, counter in (("removed", total.removed), ("repaired", total.repairs), ("flagged", total.flags)):
        _count_rows(table, title, counter)
    if total.encodings:
        _count_rows(table, "not in UTF-8", total.encodings)
    table.add_row("errors", Text(f"{errors:,}", "bold red" if errors else ""), "")
    return table


def _count_rows(table: Table, title: str, counter: Counter[str]) -> None:
    table.add_row(title, f"{sum(counter.values()):,}", "")
    for name, count in sorted(counter.items(), key=lambda pair: (-pair[1], pair[0])):
        table.add_row("", f"{count:,}", Text(name))


def diff_text(lines: Iterable[str]) -> Text:
    """A unified diff in colour."""
    text = Text()
    for line in lines:
        style = {"+": "green", "-": "red", "@": "cyan"}.get(line[:1], "")
        text.append(line + "\n", "bold" if line.startswith(("+++", "---")) else style)
    return text


def explanation(result: CleanResult, verdicts: Sequence[Verdict]) -> Table:
    """Every line of the repaired text with the rule that removed it, or those that looked and spared it."""
    removed: dict[int, str] = {}
    changed: dict[int, str] = {}
    starts = [0]
    lines = result.repaired.split("\n")
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    for edit in result.edits:
        for i, line in enumerate(lines):
            if edit.start < starts[i + 1] and (edit.end > starts[i] or edit.start == starts[i] == edit.end):
                whole = edit.start <= starts[i] and edit.end >= starts[i] + len(line) and not edit.replacement
                (removed if whole else changed)[i] = edit.rule
    spared: dict[str, dict[str, None]] = {}
    for verdict in verdicts:
        if verdict.reason:
            spared.setdefault(verdict.text, {})[f"spared by {verdict.reason}: {verdict.rule}"] = None
    table = Table(box=None, pad_edge=False)
    table.add_column("line", justify="right", style="dim")
    table.add_column("why", no_wrap=True)
    table.add_column("text")
    for i, line in enumerate(lines):
        if not line.strip():
            continue
        if i in removed:
            table.add_row(str(i + 1), Text(f"removed by {removed[i]}", "red"), Text(_clip(line), "red strike"))
        elif i in changed:
            table.add_row(str(i + 1), Text(f"changed by {changed[i]}", "yellow"), Text(_clip(line), "yellow"))
        else:
            table.add_row(str(i + 1), Text("\n".join(spared.get(line, {})), "green"), Text(_clip(line)))
    return table


def _clip(line: str) -> str:
    text = line.strip()
    return text if len(text) <= _CLIP else text[: _CLIP - 1] + "…"


def rule_table(rules: Iterable[Rule]) -> Table:
    """A list of rules, one a line."""
    table = Table(box=None, pad_edge=False)
    for name in ("rule", "unit", "zone", "confidence", "languages", "description"):
        table.add_column(name, overflow="fold")
    for rule in rules:
        languages = " ".join(rule.used_languages) or "–"
        cells = (rule.id, rule.unit, " ".join(rule.zones), rule.confidence, languages, rule.description)
        table.add_row(*map(Text, cells))
    return table


def rule_page(rule: Rule) -> Text:
    """Everything about a rule: what it is for, its wordings by language, its examples, where it comes from."""
    text = Text()
    text.append(rule.id + "\n", "bold")
    text.append(rule.description + "\n\n")
    facts = {
        "unit": rule.unit,
        "zone": ", ".join(rule.zones),
        "action": rule.action,
        "confidence": rule.confidence,
        "status": rule.status,
        "profiles": ", ".join(rule.profiles) or "none: only with --drop",
        "matcher": rule.matcher,
        "sites": ", ".join(rule.sites),
        "flag": rule.flag,
        "since": rule.since,
        "file": f"{rule.path}:{rule.at_line}" if rule.at_line else rule.path,
    }
    for name, value in facts.items():
        if value:
            text.append(f"{name:>12}  ", "cyan")
            text.append(f"{value}\n")
    for title, table in (
        ("lines", rule.lines),
        ("prefixes", rule.prefixes),
        ("patterns", rule.patterns),
        ("removes", rule.examples.removes),
        ("keeps", rule.examples.keeps),
    ):
        if table:
            text.append(f"\n{title}\n", "bold")
        for language, wordings in table.items():
            for wording in wordings:
                text.append(f"{language or 'any':>6}  ", "cyan")
                text.append(wording.replace("\n", " ⏎ ") + "\n")
    for title, notes in (
        ("unless", [*rule.unless.line, *rule.unless.previous, *rule.unless.next]),
        ("known false positives", rule.false_positives),
        ("references", rule.references),
    ):
        if notes:
            text.append(f"\n{title}\n", "bold")
            for note in notes:
                text.append(f"  {note}\n")
    return text
