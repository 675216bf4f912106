"""JSON Schemas of rule files and of the configuration, for editors: they complete keys and mark what is wrong.

The files beside this module are what :func:`build_schema` makes of the loader's own types; a test compares them.
They are of draft 7, which editors for TOML read. What only the loader sees (a taken id, a pattern that is no regex, an
example that does not hold) is what ``clean rules check`` is for.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any, Literal

__all__ = ["NAMES", "Name", "build_schema", "schema_text"]

Name = Literal["rules", "config"]
NAMES: tuple[Name, ...] = ("rules", "config")


def schema_text(name: Name) -> str:
    """The text of a schema as it is published.

    >>> json.loads(schema_text("rules"))["title"]
    'Rule file of article-cleaner'
    """
    return files(__name__).joinpath(f"{name}.schema.json").read_text(encoding="utf-8")


def build_schema(name: Name) -> str:
    """The text of a schema, made from the types that the loader reads files into."""
    from cleaner.config import ConfigSpec
    from cleaner.rules.spec import FileSpec

    schema = _draft_7(FileSpec if name == "rules" else ConfigSpec)
    title = "Rule file of article-cleaner" if name == "rules" else "Configuration of article-cleaner"
    found = {"$schema": "http://json-schema.org/draft-07/schema#", "title": title, **schema}
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"


def _draft_7(spec: type[Any]) -> dict[str, Any]:
    import msgspec

    (root,), parts = msgspec.json.schema_components([spec], ref_template="#/definitions/{name}")
    names = {name: name.removesuffix("Spec") for name in parts}
    text = json.dumps({"root": root, "parts": parts})
    for name, short in names.items():
        text = text.replace(f'"#/definitions/{name}"', f'"#/definitions/{short}"')
    found = json.loads(text)
    definitions = {names[name]: _described(part) for name, part in sorted(found["parts"].items())}
    top = definitions.pop(names[spec.__name__])
    return {**top, "definitions": definitions}


def _described(part: dict[str, Any]) -> dict[str, Any]:
    """A part of a schema with what its keys mean and what the loader checks beyond their types."""
    checks = _checks()
    part.pop("title", None)
    for key, value in part.get("properties", {}).items():
        if "$ref" in value:  # of draft 7, nothing beside a $ref counts
            value = part["properties"][key] = {"allOf": [value]}
        if key in _ABOUT:
            value["description"] = _ABOUT[key]
        if key in checks:
            value.update(checks[key])
    return part


def _checks() -> dict[str, dict[str, Any]]:
    """What the loader checks beyond types, by key."""
    from cleaner.model import METADATA_FIELDS
    from cleaner.rules.model import PROFILES

    part = "[a-z0-9]+(-[a-z0-9]+)*"
    natural = {"minimum": 0}
    return {
        "schema": {"enum": [1]},
        "id": {"pattern": f"^{part}\\.{part}$"},
        "profile": {"enum": [*PROFILES, "all"]},
        "profiles": {"items": {"enum": list(PROFILES)}},
        "harvest": {"enum": ["", *METADATA_FIELDS]},
        "cut-from": {"enum": ["start", "end"]},
        "max-words": natural,
        "max-lines": natural,
        "above": natural,
    }


_ABOUT = {
    "schema": "Version of the format.",
    "class": "The class of scraps this file is about; its name is the file's.",
    "terms": "Fragments of regexes that patterns use as {name}; a list means alternatives.",
    "rule": "The rules, each documentation, contract, tests and pattern in one.",
    "id": "class.name: permanent, and unique over all rule files.",
    "name": "Name of the class: that of the file, and the first part of every id in it.",
    "title": "Title.",
    "description": "What it is, in a line.",
    "unit": "What it looks at: a piece of a line, a line, soft-wrapped lines as one, a heading with what is under it.",
    "zone": "Where it acts: head (above the prose), deck (between its first two lines), body, tail (below it), any.",
    "action": "What happens: the unit goes, or all to the end or from the start; it is rewritten; it is only marked.",
    "confidence": "Share of hits that are scraps: high from 99 %, medium from 95 %, low (only in strict) below.",
    "status": "stable; preview runs on request; deprecated does not run.",
    "since": "Version it came with.",
    "replaced-by": "Id of the rule that takes its place.",
    "profiles": "Profiles it runs in: default, facts, strict.",
    "lines": "Exact wordings, by language. Case, bullets, quotes and punctuation at the ends make no difference.",
    "prefixes": "Exact beginnings of a line of at most max-words words, by language.",
    "pattern": "Regexes for the whole line, by language; case is ignored. A span is searched for.",
    "harvest": "The metadata field that takes the whole line where one of lines or prefixes fits.",
    "keywords": "Of these literals one must stand in the line before a pattern is tried.",
    "case-sensitive": "Whether patterns heed case.",
    "matcher": "A named matcher in code, for what needs more than one line.",
    "options": "Options of the matcher.",
    "unless": "Regexes that spare a hit.",
    "line": "Found in the line itself.",
    "previous": "Found in the nearest line above that is not blank.",
    "next": "Found in the nearest line below that is not blank.",
    "max-words": "Longest line, in words, that is hit; 0 means 60.",
    "max-lines": "Of a section: how many lines at most; 0 means 12.",
    "above": "How many lines directly above go with the hit.",
    "once": "Act only when all the lines that fit in a text are the same.",
    "cut-from": "Where a cut goes to: the end or the start.",
    "replacement": "What takes the place of a span.",
    "flag": "Flag to raise on the document.",
    "languages": "Only wordings and rules of these languages.",
    "sites": "Only on these sites: hosts or parent domains of the document's url.",
    "except-sites": "Not on these sites.",
    "except-lines": "Wordings that the rule leaves alone.",
    "examples": "Tests that live in the rule.",
    "removes": "Texts that go.",
    "keeps": "Texts that stay: near misses, written first.",
    "cases": "Whole texts, and what must become of them.",
    "false-positives": "What it is known to hit and should not.",
    "references": "Where the wording was seen, by name of source.",
    "profile": "What counts as a scrap: default, facts, strict, or all.",
    "extend-rules": "Rule files or folders, relative to this file. They add to the built-in rules.",
    "select": 'Run only these classes, rules, globs of rules ("byline.*") and languages ("lang:de").',
    "ignore": "Do not run these; names as for select.",
    "keep": "Classes or rules whose scraps stay.",
    "drop": "Classes or rules that run though the profile leaves them out.",
    "preview": "Also run rules that are not yet measured.",
    "plugins": "Installed packages whose matchers (code) may run.",
    "overrides": "Changes of single rules, by id.",
    "per-site-ignores": "By site, the classes, rules and globs of rules that do not act there.",
}
