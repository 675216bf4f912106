"""What ``cleaner.toml`` may hold: a closed schema, with the constraints of each key and what it means."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, field

from cleaner.config.clean_schema import CleanSpec
from cleaner.rules.model import ProfileChoice
from cleaner.rules.pack_names import HASH_PATTERN, NAME_PATTERN, VERSION_PATTERN
from cleaner.rules.schema import Host, Language, NonBlank, Override, RuleId, Spec

__all__ = ["KEYS", "ConfigSpec", "PackPin"]

_QuotedId = Annotated[RuleId, Meta(extra={"hint": 'quote the id: [overrides."class.name"]'})]
_QuotedHost = Annotated[Host, Meta(extra={"hint": 'quote the host: "riverpost.example" = ["byline"]'})]
_Probability = Annotated[float, Meta(gt=0, le=1, extra={"expected": "a probability above 0 and at most 1"})]
_PackName = Annotated[
    str,
    Meta(
        pattern=f"^(?:{NAME_PATTERN})$",
        extra={"expected": "the name of a pack", "hint": "write a-z, 0-9 and hyphens, as `clean rules packs` does"},
    ),
]
_Version = Annotated[
    str, Meta(pattern=f"^(?:{VERSION_PATTERN})$", extra={"expected": "a version", "hint": 'write it as "1.0"'})
]
_Hash = Annotated[
    str,
    Meta(
        pattern=f"^(?:{HASH_PATTERN})$",
        extra={"expected": '"sha256:" and 64 digits of 0-9 and a-f', "hint": "`clean rules packs` tells it"},
    ),
]
_Names = list[NonBlank]
"""Classes, rules and globs of rules, as "byline.*"."""


class PackPin(Spec):
    """The one file that an installed rule pack must be."""

    version: Annotated[_Version, Meta(description="The version of the pack.")]
    hash: Annotated[_Hash, Meta(description='The hash of its file: "sha256:" and 64 digits.')]


class ConfigSpec(Spec):
    """The keys of ``cleaner.toml``, or of the table ``[tool.cleaner]`` in ``pyproject.toml``."""

    profile: Annotated[
        ProfileChoice, Meta(description="What counts as a scrap: default, facts, strict, thorough, or all.")
    ] = "default"
    threshold: Annotated[
        _Probability | None,
        Meta(description="With the profile thorough, the probability from which on a line goes."),
    ] = None
    model: Annotated[
        NonBlank | None,
        Meta(description="With the profile thorough, a model of one's own, relative to this file."),
    ] = None
    extend_rules: Annotated[
        list[NonBlank],
        Meta(description="Rule files or folders, relative to this file. They add to the built-in rules."),
    ] = []
    packs: Annotated[
        dict[_PackName, PackPin],
        Meta(description="Installed rule packs whose rules are added, each with its version and hash."),
    ] = {}
    select: Annotated[
        _Names,
        Meta(description='Run only these classes, rules, globs of rules ("byline.*") and languages ("lang:de").'),
    ] = []
    ignore: Annotated[_Names, Meta(description="Do not run these; names as for select.")] = []
    keep: Annotated[_Names, Meta(description="Classes or rules whose scraps stay.")] = []
    drop: Annotated[_Names, Meta(description="Classes or rules that run though the profile leaves them out.")] = []
    languages: Annotated[list[Language], Meta(description="Only wordings and rules of these languages.")] = []
    preview: Annotated[bool, Meta(description="Also run rules that are not yet measured.")] = False
    plugins: Annotated[list[NonBlank], Meta(description="Installed packages whose matchers (code) may run.")] = []
    overrides: Annotated[dict[_QuotedId, Override], Meta(description="Changes of single rules, by id.")] = {}
    per_site_ignores: Annotated[
        dict[_QuotedHost, _Names],
        Meta(description="By site, the classes, rules and globs of rules that do not act there."),
    ] = {}
    clean: Annotated[CleanSpec, Meta(description="Options of clean PATH...; the command line replaces them.")] = field(
        default_factory=CleanSpec
    )


KEYS: tuple[str, ...] = ConfigSpec.__struct_encode_fields__
"""Every key, as it is written in a file."""
