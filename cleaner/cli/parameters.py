"""Options that several commands have, and what they mean together."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from cleaner.config import Config, find_config, load_config
from cleaner.errors import CleanerError
from cleaner.formats.files import KINDS
from cleaner.formats.paths import as_path
from cleaner.formats.rows import Keys
from cleaner.planning import Plan, plan
from cleaner.rules.model import PROFILES

if TYPE_CHECKING:
    from cleaner.pipeline import Cleaner

__all__ = [
    "HELP",
    "PATH",
    "RULE_OPTIONS",
    "cleaner_of",
    "config_of",
    "field_options",
    "input_options",
    "is_folder",
    "keys_of",
    "plan_of",
    "rule_options",
]

HELP = {"help_option_names": ["-h", "--help"]}


class _PathParameter(click.ParamType):  # type: ignore[type-arg]  # generic only in newer versions of click
    """A path of this machine, or one with a scheme."""

    name = "path"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        if not isinstance(value, str):
            return cast(Path, value)
        path = as_path(value)
        if ctx is not None and value.endswith(("/", os.sep)):
            ctx.meta.setdefault(_FOLDERS, set()).add(path)  # a path does not keep its last slash
        return path


PATH = _PathParameter()
_FOLDERS = "cleaner.folders"


def is_folder(path: Path) -> bool:
    """Whether a path was given with a slash at its end."""
    return path in click.get_current_context().meta.get(_FOLDERS, ())


_RULE_OPTIONS = (
    click.option(
        "--profile",
        type=click.Choice([*PROFILES, "all"]),
        help="What counts as a scrap: default (what hand-made article bodies leave out), facts (widgets and calls "
        "only), strict (that and more), all.",
    ),
    click.option("--keep", multiple=True, metavar="NAME", help="Keep this class or rule (repeatable)."),
    click.option("--drop", multiple=True, metavar="NAME", help="Also remove this class or rule (repeatable)."),
    click.option(
        "--select",
        multiple=True,
        metavar="NAME",
        help='Run only this class, rule, glob of rules or language, as "lang:de" (repeatable).',
    ),
    click.option("--ignore", multiple=True, metavar="NAME", help="Do not run these; names as for --select."),
    click.option(
        "--rules", "rule_paths", multiple=True, type=PATH, help="Add the rules of a file or folder (repeatable)."
    ),
    click.option("--language", "languages", multiple=True, help="Only wordings of this language (repeatable)."),
    click.option("--preview", is_flag=True, help="Also run rules that are not yet measured."),
    click.option(
        "--config",
        "config_path",
        type=PATH,
        help="Read this cleaner.toml or pyproject.toml; by default the nearest one at or above the working directory.",
    ),
    click.option("--isolated", is_flag=True, help="Read no configuration and no installed packages of rules."),
)
RULE_OPTIONS = (
    "profile",
    "keep",
    "drop",
    "select",
    "ignore",
    "rule_paths",
    "languages",
    "preview",
    "config_path",
    "isolated",
)
"""What the rule options are called where a command gets them."""


def rule_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that choose the rules."""
    for option in reversed(_RULE_OPTIONS):
        command = option(command)
    return command


def config_of(given: Mapping[str, Any]) -> Config:
    """The configuration in force: the file's, with what the command line says besides.

    Raises:
        CleanerError: the file is wrong.
    """
    if given["isolated"] and given["config_path"]:
        raise click.UsageError("--isolated reads no configuration: give it or --config, not both")
    if given["isolated"]:
        config = Config(isolated=True)
    else:
        config = load_config(given["config_path"] or find_config(Path.cwd()))
    said = {name: given[name] for name in RULE_OPTIONS if name not in ("config_path", "isolated")}
    return config.with_options(**said)


def cleaner_of(given: Mapping[str, Any]) -> Cleaner:
    """The cleaner that the rule options ask for."""
    return config_of(given).cleaner()


_INPUT_OPTIONS = (
    click.option(
        "--include",
        multiple=True,
        metavar="GLOB",
        help="Of folders only files like this: *.txt, **/*.txt (repeatable).",
    ),
    click.option(
        "--exclude",
        multiple=True,
        metavar="GLOB",
        help="No files or folders like this: drafts, **/*.bak (repeatable).",
    ),
    click.option(
        "--format", "kind", type=click.Choice(KINDS), help="How files are read; by default their suffix tells."
    ),
)


def input_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that choose files and tell how they are read."""
    for option in reversed(_INPUT_OPTIONS):
        command = option(command)
    return command


def plan_of(paths: tuple[Path, ...], given: Mapping[str, Any]) -> Plan:
    """The files that the input options choose, to be read and not written.

    Raises:
        CleanerError: there are none.
    """
    options = {name: given.get(name, ()) for name in ("include", "exclude")}
    planned = plan(paths, None, in_place=False, kind=given.get("kind"), **options)
    if not planned.jobs and not planned.problems:
        raise CleanerError(f"no files to read in {', '.join(map(str, paths))}; see --include for other suffixes")
    return planned


_FIELDS = ("text", "id", "title", "url", "author", "date", "site")


def field_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that name the fields of rows."""
    for name in reversed(_FIELDS):
        text = "The field of a row that holds the text." if name == "text" else f"The same for the {name}."
        command = click.option(f"--{name}-key", default=name, show_default=True, metavar="FIELD", help=text)(command)
    return command


def keys_of(given: Mapping[str, Any]) -> Keys:
    """The fields of rows that the options name."""
    return Keys(**{name: given[f"{name}_key"] for name in _FIELDS})
