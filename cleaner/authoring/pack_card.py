"""The card of a rule pack: what it is for, and what its tests say about it, on one page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cleaner.rules.model import Rule
from cleaner.rules.packs import Manifest

__all__ = ["card"]

_MULTILINGUAL = "mul"


def card(manifest: Manifest, rules: Iterable[Rule]) -> str:
    """The page, in Markdown.

    Args:
        manifest: what the pack says about itself.
        rules: its rules.
    """
    return "\n".join([*_facts(manifest), "", *_figures(manifest), "", *_rules(rules), ""])


def _facts(manifest: Manifest) -> Iterator[str]:
    languages = [name for name in manifest.languages if name != _MULTILINGUAL]
    any_language = ["any language"] if _MULTILINGUAL in manifest.languages or not languages else []
    yield f"# {manifest.name} {manifest.version}"
    yield ""
    yield _line(manifest.description)
    yield ""
    yield "| | |"
    yield "| --- | --- |"
    yield f"| languages | {', '.join([*languages, *any_language])} |"
    yield f"| classes | {', '.join(manifest.classes)} |"
    yield f"| sites | {', '.join(manifest.sites) or 'all'} |"
    yield f"| rules | {manifest.rules}, with the digest {manifest.digest} |"
    yield f"| licence | {_line(manifest.licence)} |"
    yield f"| made with | cleaner {manifest.made_with} |"


def _figures(manifest: Manifest) -> Iterator[str]:
    figures = manifest.figures
    yield "## Figures"
    yield ""
    yield (
        "All tests held when the pack was made. They show that the rules do what their author meant; how precise the"
        " rules are on other texts, only a measurement there can tell (`clean rules try`)."
    )
    yield ""
    yield "| tests | number |"
    yield "| --- | --- |"
    yield f"| texts that go | {figures.removes} |"
    yield f"| texts that stay | {figures.keeps} |"
    yield f"| whole texts in rules | {figures.cases} |"
    yield f"| golden cases | {figures.golden}, of which {figures.golden_negative} may not change |"
    yield f"| known failures among these | {figures.known_failures} |"
    yield f"| patterns that no example reaches | {figures.unreached_patterns} |"


def _rules(rules: Iterable[Rule]) -> Iterator[str]:
    yield "## Rules"
    yield ""
    yield "| rule | what it is | confidence | languages | goes, for example |"
    yield "| --- | --- | --- | --- | --- |"
    for rule in rules:
        languages = " ".join(rule.used_languages)
        first = next((text for texts in rule.examples.removes.values() for text in texts), "")
        example = f"`{_line(first.replace('`', '´'))}`" if first else ""
        yield f"| {rule.id} | {_line(rule.description)} | {rule.confidence} | {languages} | {example} |"


def _line(text: str) -> str:
    """A text as a cell of a table."""
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")
