"""Write docs/rules.md from the rule files: python docs/generate_rules.py. A test holds the page against the rules."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from cleaner.rules import Rule, RuleSet, ScrapClass, builtin_rules

PAGE = Path(__file__).resolve().parent / "rules.md"
_SHOWN = 3

_INTRODUCTION = """\
# The built-in rules

Generated from `rules/*.toml` by `python docs/generate_rules.py`; `clean rules show ID` shows all wordings of a rule.
The default profile takes out what hand-made article bodies leave out; *facts* keeps bylines, dates, captions and
credits; *strict* also takes out what is a matter of taste. A rule of low confidence runs only in *strict*, one in
preview only with `--preview`.
"""


def page(rules: RuleSet) -> str:
    """The whole page as Markdown."""
    counts = f"\n{len(rules)} rules in {len(rules.classes)} classes.\n"
    return _INTRODUCTION + counts + "".join(_class_section(rules, item) for item in rules.classes.values())


def _class_section(rules: RuleSet, item: ScrapClass) -> str:
    profiles = ", ".join(item.profiles) or "none: only with `--drop`"
    lines = [f"\n## {item.name}\n", f"{item.description} Profiles: {profiles}.\n"]
    for _, members in groupby((rule for rule in rules if rule.scrap_class == item.name), key=lambda rule: rule.id):
        for rule in members:
            lines += _rule_lines(rule)
    return "\n".join(lines) + "\n"


def _rule_lines(rule: Rule) -> Iterator[str]:
    where = f"{rule.unit}, {' or '.join(rule.zones)}, {rule.confidence} confidence"
    if rule.status != "stable":
        where += f", {rule.status}"
    languages = " ".join(rule.used_languages)
    yield f"**`{rule.id}`** {rule.description} ({where}{'; ' + languages if languages else ''}).\n"
    for title, table in (("goes", rule.examples.removes), ("stays", rule.examples.keeps)):
        shown = [texts[0] for texts in table.values() if texts][:_SHOWN]
        if shown:
            yield f"- {title}: " + " · ".join(_code(text) for text in shown)
    yield ""


def _code(text: str) -> str:
    fence = "``" if "`" in text else "`"
    return fence + text.strip().replace("\n", " ⏎ ").replace("|", "¦") + fence


if __name__ == "__main__":
    PAGE.write_text(page(builtin_rules()), encoding="utf-8", newline="\n")
