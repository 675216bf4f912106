"""Tables of the keys of rule files and of the configuration, made from their JSON Schemas."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from cleaner.config.json_schema import Name, schema_text

__all__ = ["tables"]

Schema = Mapping[str, Any]
_BOUNDS = {
    "minimum": "at least {}",
    "maximum": "at most {}",
    "exclusiveMinimum": "more than {}",
    "pattern": "like `{}`",
    "minItems": "at least {} of them",
}


def tables(name: Name) -> str:
    """A section for the file and one for each kind of table in it, as Markdown.

    >>> "| `zone` |" in tables("rules")
    True
    """
    schema = json.loads(schema_text(name))
    parts = {"The file": schema, **schema["definitions"]}
    return "\n\n".join(_section(title, part) for title, part in parts.items() if part.get("properties"))


def _section(title: str, part: Schema) -> str:
    required = set(part.get("required", ()))
    lines = [
        f"## {title}",
        "",
        part.get("description", ""),
        "",
        "| key | value | what it means |",
        "| --- | --- | --- |",
    ]
    for key, value in part["properties"].items():
        need = " **Required.**" if key in required else _default(value)
        lines.append(f"| `{key}` | {_kind(value)} | {_cell(value.get('description', ''))}{need} |")
    return "\n".join(lines)


def _default(value: Schema) -> str:
    default = value.get("default")
    return f" Default: {_code(default)}." if default not in (None, "", [], {}) else ""


def _kind(value: Schema) -> str:
    """What a value may be, in words."""
    if "$ref" in value:
        name = value["$ref"].rpartition("/")[2]
        return _enum(name) or f"[{name}](#{name.lower()})"
    for several in ("allOf", "anyOf"):
        if several in value:
            kinds = [_kind(part) for part in value[several] if part.get("type") != "null"]
            return " or ".join(dict.fromkeys(kinds))
    if "enum" in value:
        return " · ".join(_code(item) for item in value["enum"])
    return "; ".join([_plain(value), *_bounds(value)])


def _plain(value: Schema) -> str:
    kind = value.get("type", "any value")
    if kind == "array":
        return f"list of {_kind(value.get('items', {}))}"
    if kind == "object":
        inner = value.get("additionalProperties")
        return f"table of {_kind(inner)}" if isinstance(inner, dict) else "table"
    return {"string": "text", "integer": "whole number", "boolean": "true or false"}.get(kind, str(kind))


def _bounds(value: Schema) -> Iterator[str]:
    for key, words in _BOUNDS.items():
        if key in value:
            yield _cell(words.format(value[key]))


def _enum(name: str) -> str:
    """The choices of a definition that is a list of words and no table."""
    for schema in ("rules", "config"):
        part = json.loads(schema_text(schema))["definitions"].get(name, {})
        if "enum" in part:
            return " · ".join(_code(item) for item in part["enum"])
    return ""


def _code(value: object) -> str:
    return _cell(f"`{value if isinstance(value, str) else json.dumps(value)}`")


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
