"""The table of all rules, which the reader searches by words, language, class and profile."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from cleaner.rules import Rule, RuleSet, builtin_rules

__all__ = ["table"]

_SHOWN = 3
_MANY = "mul"
"""The code of wordings that serve several languages at once."""


def table(rules: RuleSet | None = None) -> str:
    """The search form and the table as HTML. Without JavaScript all rules are shown and the form is hidden.

    >>> "follow-us.networks" in table()
    True
    """
    found = builtin_rules() if rules is None else rules
    head = "<thead><tr><th>rule</th><th>what goes, and what stays</th><th>languages</th></tr></thead>"
    rows = "\n".join(_row(rule, found.classes[rule.scrap_class].profiles) for rule in found)
    return f'{_form(found)}\n<table id="catalogue">\n{head}\n<tbody>\n{rows}\n</tbody>\n</table>'


def _form(rules: RuleSet) -> str:
    languages = sorted({language for rule in rules for language in rule.used_languages if language != _MANY})
    profiles = sorted({profile for item in rules.classes.values() for profile in item.profiles})
    return "\n".join(
        [
            '<form id="catalogue-form" role="search" hidden>',
            '<label>words <input type="search" name="words" placeholder="Folgen Sie uns" autocomplete="off"></label>',
            _select("language", languages),
            _select("class", sorted(rules.classes)),
            _select("profile", profiles),
            '<output aria-live="polite"></output>',
            "</form>",
        ]
    )


def _select(name: str, values: Iterable[str]) -> str:
    options = "".join(f"<option>{escape(value)}</option>" for value in values)
    return f'<label>{name} <select name="{name}"><option value="">all</option>{options}</select></label>'


def _row(rule: Rule, profiles: Iterable[str]) -> str:
    anchor = escape(rule.id)
    facts = f"{rule.unit} · {' or '.join(rule.zones)} · {rule.confidence} confidence"
    if rule.status != "stable":
        facts += f" · {rule.status}"
    languages = " ".join(rule.used_languages)
    wordings = " ".join(text for texts in (rule.lines, rule.prefixes) for found in texts.values() for text in found)
    return (
        f'<tr id="{anchor}" data-class="{rule.scrap_class}" data-language="{languages}" '
        f'data-profile="{" ".join(profiles)}" data-words="{escape(wordings)}">'
        f'<td><a href="../rules.html#{rule.scrap_class}"><code>{anchor}</code></a>'
        f"<br><small>{escape(facts)}</small></td>"
        f"<td>{escape(rule.description)}{_shown('goes', rule.examples.removes)}"
        f"{_shown('stays', rule.examples.keeps)}</td><td><small>{languages}</small></td></tr>"
    )


def _shown(kind: str, table: Mapping[str, Iterable[str]]) -> str:
    """The first example of up to three languages."""
    texts = [text for found in table.values() for text in list(found)[:1]][:_SHOWN]
    lines = "".join(f'<span dir="auto">{escape(text.strip())}</span>' for text in texts)
    return f'<div class="{kind}"><small>{kind}</small>{lines}</div>' if lines else ""
