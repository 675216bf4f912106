"""Commands whose options the configuration can give: the table ``[clean]`` holds what the command line leaves out."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from cleaner.cli.parameters import LOCAL_PATH, PATH
from cleaner.config.clean_schema import given_options
from cleaner.config.settings import Config, find_config, load_config
from cleaner.errors import RuleError

__all__ = ["ConfiguredCommand", "ReadingCommand", "option_key"]

_STDIN = "-"
_DESTINATIONS = {"output", "in_place"}
_FOR_FILES = {
    *_DESTINATIONS,
    *("audit", "attributes", "rejects", "report", "report_sample", "scores", "stats", "sidecar", "site_lines"),
}
_PREVIEWS = {"check", "diff"}
_OLD_FORMS = {"serve_stdio", "engine"}
_READING = {"include", "exclude", "kind", "encoding", "delimiter", "max_document_bytes", "extractor", "page_seconds"}
_HELP = {"-h", "--help", "--version"}


def option_key(parameter: click.Parameter) -> str:
    """The key of an option in a configuration file: its long name."""
    return max(parameter.opts, key=len).lstrip("-")


class ConfiguredCommand(click.Command):
    """A command that takes from the table ``[clean]`` what the command line does not give.

    Raises:
        RuleError: the configuration is wrong; the error names file and line.
    """

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """See click. The arguments are read twice: which configuration counts stands among them."""
        if _HELP & set(args):
            return super().make_context(info_name, args, parent, **extra)
        first = super().make_context(info_name, list(args), parent, resilient_parsing=True)
        config = _config(first)
        given = dict(self._given(config, first))
        defaults: MutableMapping[str, Any] = {name: value for name, (value, _) in given.items()}
        try:
            return super().make_context(info_name, args, parent, default_map=defaults, **extra)
        except click.BadParameter as error:
            name = error.param.name if error.param is not None else None
            if name not in given or first.get_parameter_source(name) is ParameterSource.COMMANDLINE:
                raise
            key = given[name][1]
            raise RuleError(f"{key}: {error.message}", path=config.origins[key]) from None

    def _given(self, config: Config, first: click.Context) -> Iterator[tuple[str, tuple[Any, str]]]:
        """The values that count, by the names of the parameters, each with its key in the file."""
        options = {option_key(parameter): parameter for parameter in self.params if isinstance(parameter, click.Option)}
        unwanted = self.unwanted(first)
        for key, value in given_options(config.spec.clean).items():
            parameter = options.get(key)
            if parameter is not None and parameter.name and parameter.name not in unwanted:
                yield parameter.name, (_located(value, parameter, config), f"clean.{key}")

    def unwanted(self, first: click.Context) -> set[str]:
        """The options that the configuration does not give, because the command line speaks against them."""
        typed = {name for name in first.params if first.get_parameter_source(name) is ParameterSource.COMMANDLINE}
        if typed & _OLD_FORMS:
            return {parameter.name or "" for parameter in self.params}
        is_stdin = _STDIN in map(str, first.params.get("paths") or ())
        unwanted = set(_FOR_FILES) if is_stdin else {"unbuffered"}
        if typed & (_DESTINATIONS | _PREVIEWS):
            unwanted |= _DESTINATIONS
        if typed & _DESTINATIONS:
            unwanted |= _PREVIEWS
        return unwanted


class ReadingCommand(ConfiguredCommand):
    """A command that only reads: of the table ``[clean]`` it takes how files and rows are read."""

    def unwanted(self, first: click.Context) -> set[str]:
        names = {parameter.name or "" for parameter in self.params}
        return {name for name in names if name not in _READING and not name.endswith("_key")}


def _config(first: click.Context) -> Config:
    if first.params.get("isolated"):
        return Config()
    path = first.params.get("config_path")
    return load_config(path or find_config(Path.cwd()))


def _located(value: Any, parameter: click.Parameter, config: Config) -> Any:
    """A value as the command line would have it: paths count from the folder of the file."""
    if parameter.type not in (PATH, LOCAL_PATH) or "://" in value or config.path is None:
        return value
    parent = config.path.parent.resolve()
    path = value if parent == Path.cwd() else str(parent / value)
    return f"{path.rstrip('/')}/" if value.endswith("/") else path
