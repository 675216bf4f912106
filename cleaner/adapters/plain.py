"""A cleaner, and names of fields, from plain values: what settings files and serialised pipelines can hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from cleaner.config.schema import ConfigSpec
from cleaner.config.settings import Config, load_config
from cleaner.errors import CleanerError
from cleaner.io.formats.base import FieldNames
from cleaner.pipeline import Cleaner
from cleaner.rules.model import THOROUGH
from cleaner.rules.schema_errors import violation_in

__all__ = ["KNOWN", "field_names", "plain_cleaner"]

KNOWN = ("title", "url", "author", "date", "site")
"""What can be known about a text: the fields of metadata that are read."""


def plain_cleaner(
    *,
    profile: str | None = None,
    threshold: float | None = None,
    keep: str | Iterable[str] = (),
    drop: str | Iterable[str] = (),
    rules: str | Path | Iterable[str | Path] = (),
    config: str | Path | None = None,
) -> Cleaner:
    """A cleaner of plain settings; without any of them the same as ``Cleaner()``.

    Args:
        profile: "default", "facts", "strict", "thorough" or "all"; by default that of ``config``.
        threshold: with the profile "thorough", the probability from which on a line goes, above 0 and at most 1.
        keep: classes and rules whose scraps stay.
        drop: classes and rules that run though the profile leaves them out.
        rules: files and folders of rules of one's own, which are added to the built-in ones.
        config: a ``cleaner.toml``; what is named here changes its values. None is looked for.

    Raises:
        CleanerError: a name does not exist, a value is of the wrong type, or a file is wrong. The message says what
            there is.

    >>> "follow-us.networks" in plain_cleaner(profile="facts", keep="follow-us").rules
    False
    """
    base = load_config(config) if config else Config(isolated=True)
    given: dict[str, Any] = {"profile": profile, "threshold": threshold, "keep": _listed(keep), "drop": _listed(drop)}
    named = {name: value for name, value in given.items() if value is not None}
    if (violation := violation_in({**named, "extend-rules": _listed(rules)}, ConfigSpec)) is not None:
        raise CleanerError(f"{violation.message}{'; ' + violation.hint if violation.hint else ''}")
    chosen = base.with_options(**named, rule_paths=map(Path, _listed(rules)))
    if threshold is not None and chosen.spec.profile != THOROUGH:
        advice = "set profile to thorough, or leave threshold out"
        raise CleanerError(f"threshold is for the profile thorough, not {chosen.spec.profile}; {advice}")
    return Cleaner(chosen.selected(), profile="all", scorer=chosen.scorer())


def field_names(fields: Mapping[str, str] | None = None, **others: str) -> FieldNames:
    """The names of fields from a plain mapping, such as ``{"title": "headline"}``.

    Args:
        fields: the names that differ from what is usual.
        others: what is usual in a framework, where that differs from :class:`FieldNames`.

    Raises:
        CleanerError: a field is not read, or its name is no string.

    >>> names = field_names({"title": "headline"}, url="source")
    >>> names.title, names.url, names.author
    ('headline', 'source', 'author')
    """
    for name, value in (fields or {}).items():
        if name not in KNOWN or not isinstance(value, str):
            raise CleanerError(f"{name}={value!r} names no field that is read; there are {', '.join(KNOWN)}")
    names: dict[str, Any] = {**others, **(fields or {})}
    return FieldNames(**names)


def _listed(value: Any) -> Any:
    """A name or a path as a list of one, paths as strings; what is neither, as it is."""
    if isinstance(value, str | Path):
        return [str(value)]
    return [str(one) if isinstance(one, Path) else one for one in value] if isinstance(value, Iterable) else value
