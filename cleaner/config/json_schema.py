"""JSON Schemas of rule files and of the configuration, for editors: they complete keys and mark what is wrong.

The files in ``cleaner/schemas`` are what :func:`build_schema` makes of the schema classes; a test compares them. They
are of draft 7, which editors for TOML read. ``clean rules check`` finds what a schema cannot hold: an id that is taken,
a pattern that is not a valid regex, an example that fails.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any, Literal

__all__ = ["NAMES", "Name", "build_schema", "schema_text"]

Name = Literal["rules", "config"]
NAMES: tuple[Name, ...] = ("rules", "config")
_TITLES = {"rules": "Rule file of article-cleaner", "config": "Configuration of article-cleaner"}


def schema_text(name: Name) -> str:
    """The text of a schema as it is published.

    >>> json.loads(schema_text("rules"))["title"]
    'Rule file of article-cleaner'
    """
    return files("cleaner").joinpath("schemas", f"{name}.schema.json").read_text(encoding="utf-8")


def build_schema(name: Name) -> str:
    """The text of a schema, made from the types that files are read into."""
    from cleaner.config.schema import ConfigSpec
    from cleaner.rules.schema import FileSpec

    schema = _draft_7(FileSpec if name == "rules" else ConfigSpec)
    whole = {"$schema": "http://json-schema.org/draft-07/schema#", "title": _TITLES[name], **schema}
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def _draft_7(spec: type[Any]) -> dict[str, Any]:
    """The schema of a type and, as "definitions", of those it refers to."""
    import msgspec

    _, parts = msgspec.json.schema_components([spec], ref_template="#/definitions/{name}")
    names = {name: name.removesuffix("Spec") for name in parts}
    definitions = {}
    for name, part in sorted(parts.items()):
        untitled = {key: value for key, value in part.items() if key != "title"}  # the name of the class
        definitions[names[name]] = _renamed(untitled, names)
    top = definitions.pop(names[spec.__name__])
    return {**top, "definitions": definitions}


def _renamed(part: Any, names: dict[str, str]) -> Any:
    """A part of a schema whose references go to the definitions by their short names.

    Of draft 7, nothing beside a reference counts: the reference moves into an "allOf".
    """
    if isinstance(part, list):
        return [_renamed(item, names) for item in part]
    if not isinstance(part, dict):
        return part
    others = {key: _renamed(value, names) for key, value in part.items() if key != "$ref"}
    if "$ref" not in part:
        return others
    reference = {"$ref": f"#/definitions/{names[part['$ref'].rpartition('/')[2]]}"}
    return {"allOf": [reference], **others} if others else reference
