"""Pages about rules: a list, one rule, examples that do not hold, what rules do on a corpus."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.text import Text

from cleaner.cli.console import counted
from cleaner.cli.listing import Listing
from cleaner.cli.views import clip

if TYPE_CHECKING:
    from cleaner.authoring.coverage import Coverage
    from cleaner.authoring.evaluate import CorpusStats, FalsePositives, RuleStats, RuleTrial
    from cleaner.authoring.examples import Failure
    from cleaner.rules import Rule, ScrapClass

__all__ = [
    "class_page",
    "coverage_page",
    "failure_text",
    "false_positives_page",
    "rule_page",
    "rule_table",
    "stats_page",
    "trial_page",
]

_LANGUAGES = 6  # that a list names of a rule; `rules show` names all


def rule_table(rules: Iterable[Rule], width: int = 160) -> RenderableType:
    """A list of rules."""
    listing = Listing(["rule", "unit", "zone", "confidence", "languages", "description"])
    for rule in rules:
        languages = rule.used_languages
        shown = " ".join(languages[:_LANGUAGES]) + (
            f" +{len(languages) - _LANGUAGES}" if languages[_LANGUAGES:] else ""
        )
        listing.add(rule.id, rule.unit, " ".join(rule.zones), rule.confidence, shown or "–", rule.description)
    return listing.page(width)


def class_page(
    name: str, found: ScrapClass | None, rules: Sequence[Rule], running: Container[str], width: int = 160
) -> RenderableType:
    """What a class of scraps is, and its rules.

    Args:
        name: the name of the class.
        found: what its file says about it; None when no file does.
        rules: its rules.
        running: the ids of the rules that run.
        width: cells of the screen.
    """
    text = Text()
    text.append(name + "\n", "bold")
    if found is not None:
        text.append(f"{found.title}. {found.description}\n\n")
        text.append("profiles  ", "cyan").append(", ".join(found.profiles) or "none: only with --drop")
        text.append("\n")
    listing = Listing(["rule", "runs", "confidence", "description"])
    for rule in rules:
        listing.add(rule.id, "yes" if rule.id in running else "no", rule.confidence, rule.description)
    end = Text(f"`clean rules show {rules[0].id}` shows all about one of them", "dim")
    return Group(text, listing.page(width), end)


def rule_page(rule: Rule, failing: Container[str] = ()) -> Text:
    """Everything about a rule: what it is for, its wordings by language, its examples, where it comes from.

    ``failing`` are the examples that do not hold now.
    """
    text = Text()
    text.append(rule.id + "\n", "bold")
    text.append(rule.description + "\n\n")
    for name, value in _facts(rule).items():
        if value:
            text.append(f"{name:>12}  ", "cyan")
            text.append(f"{value}\n")
    for title, table in (("lines", rule.lines), ("prefixes", rule.prefixes), ("patterns", rule.patterns)):
        text.append(_wordings(title, table))
    for title, table in (("removes", rule.examples.removes), ("keeps", rule.examples.keeps)):
        text.append(_wordings(title, table, lambda wording: wording not in failing))
    for title, notes in (
        ("unless", [*rule.unless.line, *rule.unless.previous, *rule.unless.next]),
        ("known false positives", rule.false_positives),
        ("references", rule.references),
    ):
        if notes:
            text.append(f"\n{title}\n", "bold")
            text.append("".join(f"  {note}\n" for note in notes))
    return text


def _facts(rule: Rule) -> dict[str, str]:
    return {
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


def _wordings(title: str, table: Mapping[str, Sequence[str]], holds: Callable[[str], bool] | None = None) -> Text:
    """Wordings with their languages; of examples also whether they hold."""
    text = Text()
    if table:
        text.append(f"\n{title}\n", "bold")
    for language, wordings in table.items():
        for wording in wordings:
            text.append(f"{language or 'any':>6}  ", "cyan")
            if holds is not None:
                text.append(*(("✓ ", "green") if holds(wording) else ("✗ does not hold: ", "red")))
            text.append(wording.replace("\n", " ⏎ ") + "\n")
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
            text.append(f"    {clip(line)}\n")
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
        text.append(clip(pattern) + "\n")
    return text


def trial_page(rule: Rule, trial: RuleTrial, documents: int) -> Text:
    """What a new rule would do on a corpus, with the lines in their place."""
    text = Text()
    text.append(f"{rule.id}\n", "bold")
    taken = "" if trial.new_lines == trial.lines else f", {trial.lines - trial.new_lines:,} of them taken already"
    lines = counted(trial.lines, "line")
    text.append(f"  {lines} of {trial.documents:,} of {counted(documents, 'document')}{taken}\n")
    for reason, count in trial.spared.most_common(5):
        text.append(f"  spared {'once' if count == 1 else f'{count:,} times'}: {reason}\n", "green")
    for hit in trial.hits:
        text.append(f"\n  {hit.place}:{hit.number}\n", "cyan")
        for line in hit.above:
            text.append(f"      {clip(line)}\n", "dim")
        text.append(f"    - {clip(hit.text)}\n", "red" if hit.is_new else "yellow")
        for line in hit.below:
            text.append(f"      {clip(line)}\n", "dim")
    if trial.lines > len(trial.hits):
        text.append(f"\n  and {trial.lines - len(trial.hits):,} more; --limit shows them\n")
    return text


def false_positives_page(found_by_rule: Mapping[str, FalsePositives], bodies: int) -> Text:
    """What rules take from clean texts."""
    if not found_by_rule:
        return Text(f"takes nothing of {bodies:,} clean texts", "green")
    text = Text()
    for rule, found in found_by_rule.items():
        taken = f"{rule} takes {found.words:,} words of {found.documents:,} of {bodies:,} clean texts"
        text.append(f"FALSE POSITIVES: {taken}\n", "red")
        for name, line in found.lines:
            text.append(f"  {name}: {clip(line)}\n")
    return text


def stats_page(stats: CorpusStats, limit: int, width: int = 160) -> Group:
    """What rules did on a corpus: the busiest, those that never act, and those that fit the same lines."""
    ranked = sorted(stats.rules.items(), key=lambda pair: (-pair[1].lines, -sum(pair[1].spared.values()), pair[0]))
    busy = [(rule, one) for rule, one in ranked if one.lines or one.spared]
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
    return Group(_stats_table(busy[:limit], width), text)


def _stats_table(busy: Iterable[tuple[str, RuleStats]], width: int) -> RenderableType:
    numbers = ("documents", "lines", "words", "spared")
    listing = Listing(["rule", *numbers, "spared most by"], right=numbers)
    for rule, one in busy:
        spared = one.spared.most_common(1)
        counts = (one.documents, one.lines, one.words, sum(one.spared.values()))
        listing.add(rule, *(f"{count:,}" for count in counts), spared[0][0] if spared else "")
    return listing.page(width)
