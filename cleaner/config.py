"""What a project settles about its rules: ``cleaner.toml``, or ``[tool.cleaner]`` in ``pyproject.toml``.

Project rules add to the built-in ones and never silently replace them: a rule with a taken id is an error, a change
of a rule is an override that names it. Every value knows where it comes from.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from cleaner.errors import RuleError
from cleaner.model import Zone
from cleaner.pipeline import Cleaner
from cleaner.plugins import MATCHERS_GROUP, RULES_GROUP, is_installed, plugin_matchers, plugin_rules, rule_plugins
from cleaner.rules.builtin import builtin_rules
from cleaner.rules.locate import locate
from cleaner.rules.model import PROFILES, Confidence, RuleSet, Status
from cleaner.rules.overrides import Override, overridden
from cleaner.rules.parse import load_rules
from cleaner.rules.spec import ExamplesSpec, Spec, UnlessSpec, is_host

__all__ = ["FILE_NAME", "Config", "ConfigSpec", "Setting", "find_config", "load_config"]

FILE_NAME = "cleaner.toml"
_PYPROJECT = "pyproject.toml"
_TABLE = ("tool", "cleaner")
COMMAND_LINE = "command line"


class ConfigSpec(Spec):
    """What may stand in ``cleaner.toml`` or below ``[tool.cleaner]``."""

    profile: str = "default"
    extend_rules: list[str] = []
    select: list[str] = []
    ignore: list[str] = []
    keep: list[str] = []
    drop: list[str] = []
    languages: list[str] = []
    preview: bool = False
    plugins: list[str] = []
    overrides: dict[str, Override] = {}
    per_site_ignores: dict[str, list[str]] = {}


KEYS: tuple[str, ...] = ConfigSpec.__struct_encode_fields__


class Setting(NamedTuple):
    """One value and where it comes from: "default", "cleaner.toml:3", "command line", a plugin."""

    key: str
    value: Any
    origin: str


@dataclass(frozen=True, slots=True)
class Config:
    """What rules there are and which of them run.

    Attributes:
        path: the file it comes from, or None.
        spec: the values.
        paths: the files and folders of rules, each with the origin that names it.
        origins: where each value that is no default comes from, by key; "overrides.ID" and "per-site-ignores.SITE"
            for single ones.
        isolated: whether installed packages of rules are left out too.
        key_origins: where each key of an override stands, by rule and key.
    """

    path: Path | None = None
    spec: ConfigSpec = field(default_factory=ConfigSpec)
    paths: tuple[tuple[Path, str], ...] = ()
    origins: Mapping[str, str] = field(default_factory=dict)
    isolated: bool = False
    key_origins: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def with_options(
        self,
        *,
        profile: str | None = None,
        select: Iterable[str] = (),
        ignore: Iterable[str] = (),
        keep: Iterable[str] = (),
        drop: Iterable[str] = (),
        languages: Iterable[str] = (),
        preview: bool = False,
        rule_paths: Iterable[Path] = (),
        origin: str = COMMAND_LINE,
    ) -> Config:
        """With what somebody says besides: a profile, a selection and languages take the place of those of the file,
        all else adds to it."""
        instead = {"profile": profile, "select": list(select), "languages": list(languages), "preview": preview}
        added = {"ignore": list(ignore), "keep": list(keep), "drop": list(drop)}
        changes = {key: value for key, value in instead.items() if value}
        changes |= {key: [*getattr(self.spec, key), *value] for key, value in added.items() if value}
        origins = {
            key: f"{self.origins[key]}, {origin}" if key in added and key in self.origins else origin for key in changes
        }
        paths = [(path, origin) for path in rule_paths]
        spec = msgspec.structs.replace(self.spec, **changes)
        return replace(self, spec=spec, paths=(*self.paths, *paths), origins={**self.origins, **origins})

    def rules(self) -> RuleSet:
        """All rules there are, with what the project says differently about them: built-in ones, those of installed
        packages, those of the project.

        Raises:
            CleanerError: a file is wrong, an id is taken, an override names no rule, a plugin is not there.
        """
        rules = builtin_rules()
        for name in self._rule_plugins():
            rules = rules | plugin_rules(name)
        for path, origin in self.paths:
            try:
                rules = rules | load_rules(path)
            except RuleError as error:
                if error.path == path and not error.line and origin != COMMAND_LINE:
                    raise RuleError(f"extend-rules: {error}", path=origin) from None
                raise
        if found := self.matchers():
            rules = rules.with_matchers(found)
        if self.spec.overrides:
            rules = overridden(rules, self.spec.overrides, self._fail_override)
        return rules

    def matchers(self) -> dict[str, Callable[..., Any]]:
        """The matchers of the plugins that the project names.

        Raises:
            CleanerError: a plugin is not installed or cannot be loaded.
        """
        code = self._matcher_plugins()
        return plugin_matchers(code) if code else {}

    def selected(self) -> RuleSet:
        """Those of the rules that run.

        Raises:
            CleanerError: as :meth:`rules`, and where a value names a rule, class or language that does not exist.
        """
        spec = self.spec
        rules = self.rules()
        with self._told("per-site-ignores"):
            rules = rules.ignoring_on_sites(spec.per_site_ignores) if spec.per_site_ignores else rules
        for key in ("select", "ignore", "keep", "drop", "languages"):
            with self._told(key):
                rules.select("all", **{key: getattr(spec, key)})
        return rules.select(
            spec.profile,
            select=spec.select,
            ignore=spec.ignore,
            keep=spec.keep,
            drop=spec.drop,
            languages=spec.languages,
            preview=spec.preview,
        )

    def cleaner(self, **options: Any) -> Cleaner:
        """A cleaner with these rules; ``options`` go to it."""
        return Cleaner(self.selected(), profile="all", **options)

    def settings(self) -> Iterator[Setting]:
        """Every value with its origin, in the order of the documentation."""
        for key in KEYS:
            name = key.replace("-", "_")
            value = getattr(self.spec, name)
            if key == "extend-rules":
                yield Setting(key, [str(path) for path, _ in self.paths], ", ".join(self._rule_origins()) or "default")
            elif key in ("overrides", "per-site-ignores"):
                if not value:
                    yield Setting(key, {}, "default")
                for item, said in value.items():
                    yield Setting(f"{key}.{item}", msgspec.to_builtins(said), self.origins[f"{key}.{item}"])
            elif key == "plugins":
                yield Setting(key, value, self.origins.get(key, "default"))
                for plugin in self._rule_plugins():
                    yield Setting(f"rules of plugin {plugin}", True, "installed package")
            else:
                yield Setting(key, value, self.origins.get(key, "default"))

    def _rule_origins(self) -> Iterable[str]:
        return dict.fromkeys(origin for _, origin in self.paths)

    def _rule_plugins(self) -> tuple[str, ...]:
        return () if self.isolated else rule_plugins()

    def _matcher_plugins(self) -> list[str]:
        for name in self.spec.plugins:
            if not is_installed(name, MATCHERS_GROUP) and not is_installed(name, RULES_GROUP):
                message = f"no plugin {name!r} is installed"
                raise RuleError(message, path=self.origins.get("plugins"), hint="install it, or take it out of plugins")
        return [name for name in self.spec.plugins if is_installed(name, MATCHERS_GROUP)]

    @contextmanager
    def _told(self, key: str) -> Iterator[None]:
        """Errors about a value of the file say where it stands."""
        try:
            yield
        except RuleError as error:
            origin = self.origins.get(key, "default")
            if self.path is None or origin in ("default", COMMAND_LINE):
                raise
            raise RuleError(f"{key}: {error.message}", path=origin, hint=error.hint) from None

    def _fail_override(self, message: str, rule: str, key: str = "", hint: str = "") -> RuleError:
        place = self.origins[f"overrides.{rule}"]
        return RuleError(f"overrides.{rule}: {message}", path=self.key_origins.get((rule, key), place), hint=hint)


def find_config(folder: Path) -> Path | None:
    """The nearest ``cleaner.toml``, or ``pyproject.toml`` with a table ``[tool.cleaner]``, in the folder or above it.

    In one folder ``cleaner.toml`` comes first. A ``pyproject.toml`` that cannot be read is passed over unless it
    names our table.
    """
    folder = folder.resolve()
    for place in (folder, *folder.parents):
        if (place / FILE_NAME).is_file():
            return place / FILE_NAME
        try:
            text = (place / _PYPROJECT).read_text(encoding="utf-8")
            data = tomllib.loads(text)
        except OSError:
            continue
        except UnicodeDecodeError:
            continue
        except tomllib.TOMLDecodeError:
            if "tool.cleaner" in text:
                return place / _PYPROJECT  # whoever loads it tells what is wrong
            continue
        tool = data.get("tool", {})
        if isinstance(tool, dict) and "cleaner" in tool:
            return place / _PYPROJECT
    return None


def load_config(path: str | Path | None) -> Config:
    """The configuration in a file; None for the default one.

    Raises:
        RuleError: the file cannot be read, is no TOML, or holds a key or value that is not allowed. Names file, line
            and column.
    """
    if path is None:
        return Config()
    path = Path(path)
    text, data, table = _read(path)

    def fail(message: str, keys: tuple[str, ...] = (), hint: str = "") -> RuleError:
        line, column = locate(text, (*table, *keys))
        return RuleError(message, path=path, line=line, column=column, hint=hint)

    try:
        spec = msgspec.convert(data, ConfigSpec)
    except msgspec.ValidationError as error:
        message, keys, hint = _complaint(str(error), data)
        raise fail(message, keys, hint) from None
    for site in spec.per_site_ignores:
        if not is_host(site):
            hint = "write it as riverpost.example, without scheme and path"
            raise fail(f"per-site-ignores: {site!r} is no host", ("per-site-ignores", site), hint)
    if spec.profile not in (*PROFILES, "all"):
        raise fail(f"no profile {spec.profile!r}", ("profile",), f"there are {', '.join(PROFILES)} and all")
    origins = {}
    for key, value in data.items():
        origins[key] = _origin(path, text, (*table, key))
        if key in ("overrides", "per-site-ignores"):
            origins |= {f"{key}.{item}": _origin(path, text, (*table, key, item)) for item in value}
    named = [(path.parent / folder, origins["extend-rules"]) for folder in spec.extend_rules]
    key_origins = {
        (rule, key): _origin(path, text, (*table, "overrides", rule, key))
        for rule, said in data.get("overrides", {}).items()
        for key in said
    }
    return Config(path, spec, tuple(named), origins, key_origins=key_origins)


def _origin(path: Path, text: str, keys: tuple[str, ...]) -> str:
    return f"{path.name}:{locate(text, keys)[0]}"


def _read(path: Path) -> tuple[str, dict[str, Any], tuple[str, ...]]:
    """The text of a file, the table that is ours, and the keys that lead to it."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r" \(at line (\d+), column (\d+)\)$", str(error))
        line, column = (int(at[1]), int(at[2])) if at else (text.count("\n") + 1, 1)
        message = str(error)[: at.start()] if at else str(error)
        raise RuleError(f"is not TOML: {message}", path=path, line=line, column=column) from None
    except UnicodeDecodeError as error:
        raise RuleError(f"is not UTF-8 (byte {error.start})", path=path, hint="save it as UTF-8") from None
    except OSError as error:
        raise RuleError(f"cannot be read: {error.strerror}", path=path, hint="name a cleaner.toml") from None
    if path.name != _PYPROJECT:
        return text, data, ()
    found = data.get("tool", {}).get("cleaner")
    if found is None:
        raise RuleError("has no table [tool.cleaner]", path=path, hint=f"add it, or name a {FILE_NAME}")
    if not isinstance(found, dict):
        raise RuleError("tool.cleaner is no table", path=path, hint="write [tool.cleaner] and its keys below")
    return text, found, _TABLE


def _complaint(error: str, data: Mapping[str, Any]) -> tuple[str, tuple[str, ...], str]:
    """What msgspec says in our words: message, the keys it is about, hint."""
    what, _, dotted = error.partition(" - at `")
    keys = re.findall(r"\.([^.\[\]]+)|\[(\.\.\.)\]", dotted.rstrip("`"))
    place = tuple(_named(data, [name for name, _ in keys]))
    unknown = re.search(r"unknown field `(.+?)`", what)
    if unknown:
        allowed = KEYS
        if place[:1] == ("overrides",):
            allowed = {"unless": UnlessSpec, "examples": ExamplesSpec}.get(place[-1], Override).__struct_encode_fields__
        close = get_close_matches(unknown[1], allowed, n=1)
        hint = f"did you mean {close[0]!r}?" if close else f"allowed are {', '.join(allowed)}"
        if place[:1] == ("overrides",) and len(place) == 2 and "." not in place[1]:
            hint = f'an id is quoted: [overrides."{place[1]}.{unknown[1]}"]'
        return f"unknown key {unknown[1]!r}", (*place, unknown[1]), hint
    wrong = re.search(r"Invalid enum value '(.*)'", what)
    if wrong:
        names = [str(choice) for choice in _CHOICES.get(place[-1], ())]
        return f"{'.'.join(place)} cannot be {wrong[1]!r}", place, f"allowed are {', '.join(names)}"
    hint = ""
    if place[:1] == ("per-site-ignores",) and "got `object`" in what:
        hint = 'a site is quoted: "riverpost.example" = ["byline"]'
    return f"{'.'.join(place) or 'the file'}: {_in_toml(what[:1].lower() + what[1:])}", place, hint


def _in_toml(what: str) -> str:
    """The types of values by the names they have in TOML."""
    for name, instead in (("str", "string"), ("int", "integer"), ("object", "table"), ("bool", "boolean")):
        what = what.replace(f"`{name}`", f"`{instead}`")
    return what


_CHOICES: Mapping[str, Iterable[str]] = {"zone": Zone, "confidence": Confidence, "status": Status}


def _named(data: Mapping[str, Any], names: list[str]) -> Iterator[str]:
    """The keys that lead to what is wrong, with those of tables of ours, which msgspec does not tell."""
    at: Any = data
    for depth, name in enumerate(names):
        found = name or _wrong_item(data, names[:depth], at)
        yield found
        at = at.get(found) if isinstance(at, dict) else None


def _wrong_item(data: Mapping[str, Any], above: list[str], table: Any) -> str:
    """The first key of a table without whose value the file would have one mistake less."""
    for item in table if isinstance(table, dict) else ():
        alone: Any = {item: table[item]}
        for name in reversed(above):
            alone = {name or "x": alone}
        try:
            msgspec.convert(alone, ConfigSpec)
        except msgspec.ValidationError:
            return str(item)
    return "..."
