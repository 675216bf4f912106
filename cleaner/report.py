"""What the command shows a person: the summary, a diff in colour, the explanation of a file, a rule's page."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table
from rich.text import Text

from cleaner.explanation import LineExplanation, fates, line_numbers

if TYPE_CHECKING:
    from collections import Counter

    from cleaner.config import Setting
    from cleaner.engine import Verdict
    from cleaner.harm import Harm
    from cleaner.pipeline import CleanResult
    from cleaner.rulecheck import Failure
    from cleaner.rules import Rule
    from cleaner.runner import Report
    from cleaner.trial import CorpusStats, Coverage, TrialOfRule

__all__ = [
    "coverage_page",
    "diff_text",
    "explanation_table",
    "failure_text",
    "harm_page",
    "line_page",
    "metadata_text",
    "rule_page",
    "rule_table",
    "settings_table",
    "stats_page",
    "summary",
    "trial_page",
]

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


def explanation_table(result: CleanResult, verdicts: Sequence[Verdict]) -> Table:
    """Every line of the text with the rule that removed it, or those that looked and spared it."""
    found = fates(result)
    spared: dict[str, dict[str, None]] = {}
    for verdict in verdicts:
        if verdict.reason:
            spared.setdefault(verdict.text, {})[f"spared by {verdict.reason}: {verdict.rule}"] = None
    table = Table(box=None, pad_edge=False)
    table.add_column("line", justify="right", style="dim")
    table.add_column("why", no_wrap=True)
    table.add_column("text")
    for number, (i, line) in zip(line_numbers(result), enumerate(result.repaired.split("\n")), strict=True):
        if not line.strip():
            continue
        fate, rule = found.get(i, ("kept", ""))
        if fate == "removed":
            table.add_row(str(number), Text(f"removed by {rule}", "red"), Text(_clip(line), "red strike"))
        elif fate == "changed":
            table.add_row(str(number), Text(f"changed by {rule}", "yellow"), Text(_clip(line), "yellow"))
        else:
            table.add_row(str(number), Text("\n".join(spared.get(line, {})), "green"), Text(_clip(line)))
    return table


def metadata_text(result: CleanResult) -> str:
    """What the removed lines told, and the flags; "" when there is neither."""
    values = [f"{name}: {value}" for name, value in result.metadata.items()]
    parts = [("metadata", values), ("flags", list(result.flags))]
    return "".join(f"\n{title}\n  " + "\n  ".join(found) + "\n" for title, found in parts if found)


def line_page(found: LineExplanation) -> Text:
    """All that is known about one line."""
    text = Text()
    text.append(f"line {found.number}  ", "dim")
    text.append(_clip(found.text) + "\n\n")
    fate = {"kept": "kept", "removed": f"removed by {found.rule}", "changed": f"changed by {found.rule}"}[found.fate]
    prose = "yes: rules of the body's edges stop here" if found.is_prose else "no"
    facts = {
        "fate": fate,
        "zone": found.zone,
        "prose": f"{prose} ({found.words} words, {'ends' if found.is_sentence else 'does not end'} like a sentence)",
        "flags": ", ".join(found.flags),
    }
    for name, value in facts.items():
        if value:
            text.append(f"{name:>6}  ", "cyan")
            text.append(f"{value}\n", {"kept": "green", "removed": "red"}.get(found.fate, "yellow") * (name == "fate"))
    text.append(
        "\nrules whose wording fits\n" if found.verdicts else "\nno rule's wording fits, of those that run\n", "bold"
    )
    for verdict in found.verdicts:
        text.append(f"  {verdict.rule}  ", "cyan")
        reason = f"spared it: {verdict.reason}" if verdict.reason else "removes it"
        text.append(f"{reason} (seen in the {verdict.zone})\n")
    if found.unselected:
        text.append("\nrules whose wording fits and that do not run (see --profile, --keep, select, ignore)\n", "bold")
        text.append("".join(f"  {rule}\n" for rule in found.unselected), "cyan")
    if found.nearest:
        text.append("\nwordings that are nearly it\n", "bold")
    for near in found.nearest:
        text.append(f"  {near.rule}  ", "cyan")
        text.append(f"{near.wording!r} ({near.likeness:.0%} alike)\n")
    return text


def settings_table(settings: Iterable[Setting]) -> Table:
    """Values of the configuration with their origins."""
    table = Table(box=None, pad_edge=False)
    for name in ("key", "value", "origin"):
        table.add_column(name, overflow="fold")
    for setting in settings:
        value = setting.value
        shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        style = "dim" if setting.origin == "default" else ""
        table.add_row(*(Text(cell, style) for cell in (setting.key, shown, setting.origin)))
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


def rule_page(rule: Rule, failing: Container[str] = ()) -> Text:
    """Everything about a rule: what it is for, its wordings by language, its examples, where it comes from.

    ``failing`` are the examples that do not hold now.
    """
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
        "not on": ", ".join(rule.except_sites),
        "flag": rule.flag,
        "since": rule.since,
        "file": rule.place,
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
                if title in ("removes", "keeps"):
                    holds = wording not in failing
                    text.append("✓ " if holds else "✗ does not hold: ", "green" if holds else "red")
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


def failure_text(failure: Failure) -> Text:
    """An example that does not hold, with what came of it."""
    text = Text()
    text.append(f"{failure.rule.place}: {failure.rule.id}\n", "bold")
    text.append(f"  {failure.kind}: ", "red")
    text.append(failure.example.replace("\n", " ⏎ ") + "\n")
    text.append("  gave:\n", "red")
    for line in failure.got.split("\n"):
        if line.strip():
            text.append(f"    {_clip(line)}\n")
    return text


def coverage_page(found: Coverage, rules: int) -> Text:
    """What the tests of rules do not reach."""
    text = Text()
    reached = rules - len(found.unused)
    text.append(f"\n{reached} of {rules} rules are fired by a golden case", "bold")
    text.append(f"; not {', '.join(found.unused)}\n" if found.unused else "\n")
    text.append(f"{len(found.pieces)} patterns are fired by no example of their rule\n", "bold")
    for rule, pattern in found.pieces:
        text.append(f"  {rule}  ", "cyan")
        text.append(_clip(pattern) + "\n")
    return text


def trial_page(rule: Rule, trial: TrialOfRule, documents: int) -> Text:
    """What a new rule would do on a corpus, with the lines in their place."""
    text = Text()
    text.append(f"{rule.id}\n", "bold")
    taken = "" if trial.new_lines == trial.lines else f", {trial.lines - trial.new_lines:,} of them taken already"
    text.append(f"  {trial.lines:,} lines of {trial.documents:,} of {documents:,} documents{taken}\n")
    for reason, count in trial.spared.most_common(5):
        text.append(f"  spared {'once' if count == 1 else f'{count:,} times'}: {reason}\n", "green")
    for hit in trial.hits:
        text.append(f"\n  {hit.place}:{hit.number}\n", "cyan")
        for line in hit.above:
            text.append(f"      {_clip(line)}\n", "dim")
        text.append(f"    - {_clip(hit.text)}\n", "red" if hit.is_new else "yellow")
        for line in hit.below:
            text.append(f"      {_clip(line)}\n", "dim")
    if trial.lines > len(trial.hits):
        text.append(f"\n  and {trial.lines - len(trial.hits):,} more; --limit shows them\n")
    return text


def harm_page(harm: Mapping[str, Harm], bodies: int) -> Text:
    """What rules take from clean texts."""
    if not harm:
        return Text(f"takes nothing of {bodies:,} clean texts", "green")
    text = Text()
    for rule, found in harm.items():
        text.append(
            f"HARM: {rule} takes {found.words:,} words of {found.documents:,} of {bodies:,} clean texts\n", "red"
        )
        for name, line in found.lines:
            text.append(f"  {name}: {_clip(line)}\n")
    return text


def stats_page(stats: CorpusStats, limit: int) -> Group:
    """What rules did on a corpus: the busiest, those that never act, and those that fit the same lines."""
    table = Table(box=None, pad_edge=False)
    table.add_column("rule")
    for name in ("documents", "lines", "words", "spared"):
        table.add_column(name, justify="right")
    table.add_column("spared most by")
    ranked = sorted(stats.rules.items(), key=lambda pair: (-pair[1].lines, -sum(pair[1].spared.values()), pair[0]))
    busy = [(rule, one) for rule, one in ranked if one.lines or one.spared]
    for rule, one in busy[:limit]:
        spared = one.spared.most_common(1)
        numbers = (one.documents, one.lines, one.words, sum(one.spared.values()))
        table.add_row(Text(rule), *(f"{number:,}" for number in numbers), Text(spared[0][0] if spared else ""))
    text = Text(f"\n{stats.documents:,} documents, {stats.changed:,} changed; {len(busy)} rules fit a line\n", "bold")
    if len(busy) > limit:
        text.append(f"{len(busy) - limit} rules more; --limit shows them\n")
    if stats.never_fired:
        text.append(f"\nfit no line ({len(stats.never_fired)}): ", "bold")
        text.append(", ".join(stats.never_fired) + "\n")
    if stats.overlaps:
        text.append("\nfit the same lines\n", "bold")
        for (first, second), count in stats.overlaps.most_common(limit):
            text.append(f"  {count:>7,}  {first}, {second}\n")
    return Group(table, text)
