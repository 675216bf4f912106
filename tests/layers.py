"""The packages of cleaner from the ground up. The layer tests and the picture in the docs come from this one list."""

from __future__ import annotations

__all__ = ["LAYERS", "PURE"]

LAYERS = {
    "errors": "errors that name the place and say what to do",
    "model": "the values that all layers share: Edit, DocumentInfo, Zone",
    "text": "what a text is: lines, prose, zones, edits, decoding, repair",
    "patterns": "what a regex says: syntax, shape, ambiguity, compiled form",
    "rules": "what a rule is and where it comes from: schema, files, selection, overrides",
    "engine": "a text and compiled rules become edits",
    "scoring": "evidence that adds up: scores for lines without a wording of their own",
    "config": "the choices of a project: cleaner.toml",
    "io": "bytes and files: formats, extractors, paths",
    "pipeline": "Cleaner and CleanResult: decode, repair, apply rules",
    "batch": "many files: worker processes, checkpoints, audits, restore",
    "authoring": "writing and judging rules: lint, examples, golden cases, learning",
    "report": "pages for people: what a run did, and where two rule sets differ",
    "review": "verdicts of a person on removals, and what becomes of them",
    "adapters": "Arrow, Spark, Ray, Polars and other engines",
    "cli": "the command",
    "pytest_options": "the options of the pytest plugin",
    "pytest_items": "the tests that the pytest plugin makes of golden cases and rules",
    "pytest_collection": "where the pytest plugin looks for golden cases and rules",
    "pytest_plugin": "the hooks of the pytest plugin",
    "__main__": "python -m cleaner",
}
"""The packages and modules of the top level, lowest first, each with its duty. A module imports only from its own
layer and from the layers before it."""

PURE = ("model", "text", "patterns", "engine", "pipeline")
"""Layers that neither read nor write, and give the same output for the same input."""
