"""Write docs/matchers.md from the registry: python docs/generate_matchers.py. A test holds the page against it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cleaner.engine.matchers.options import describe_options
from cleaner.engine.matchers.registry import MATCHERS, MatcherEntry

__all__ = ["PAGE", "page"]

PAGE = Path(__file__).resolve().parent / "matchers.md"

_INTRODUCTION = """\
# Matchers

Generated from `cleaner/engine/matchers/registry.py` by `python docs/generate_matchers.py`.

A matcher finds what a regex cannot, because it needs more of the document than one line. A rule names one with
`matcher = "…"` and may give it options: `options.words = 25`, or `options = { words = 25 }`. An option that does not
exist or holds a wrong value is an error with its place. Everything else (zone, unless, confidence, examples) works as
for any rule. Packages can bring matchers of their own: see [configuration.md](configuration.md).
"""
_KINDS = (
    (False, "## Matchers of the text\n\nThey look at the text and at what is known about the document."),
    (True, "## Context matchers\n\nThey run last and look beside the lines that all other rules remove."),
)


def page() -> str:
    """The whole page as Markdown."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield _INTRODUCTION
    for is_context, introduction in _KINDS:
        yield f"{introduction}\n"
        for entry in MATCHERS.values():
            if (entry.context is not None) is is_context:
                yield from _entry_lines(entry)


def _entry_lines(entry: MatcherEntry) -> Iterator[str]:
    yield f"**`{entry.name}`** {entry.description}.\n"
    options = list(describe_options(entry.options))
    for option in options:
        default = f"default: {option.default}" if option.default else "must be given"
        yield f"- `{option.key}`: {option.description}. It takes {option.kind}; {default}."
    if options:
        yield ""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
