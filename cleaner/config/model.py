"""What a project decides about its rules: ``cleaner.toml``, or ``[tool.cleaner]`` in ``pyproject.toml``.

Project rules add to the built-in ones and never silently replace them: a rule with a taken id is an error, a change
of a rule is an override that names it. Every value knows where it comes from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Unpack

import msgspec

from cleaner.config.schema import KEYS, ConfigSpec
from cleaner.errors import RuleError
from cleaner.rules.builtin import builtin_rules
from cleaner.rules.loader import load_rules
from cleaner.rules.model import THOROUGH, PackId
from cleaner.rules.overrides import overridden
from cleaner.rules.pack_joining import joined_with_pack
from cleaner.rules.pack_store import PackStore
from cleaner.rules.plugins import MATCHERS_GROUP, RULES_GROUP, is_installed, plugin_matchers, plugin_rules, rule_plugins
from cleaner.rules.ruleset import RuleSet
from cleaner.rules.selection import Selection, SelectionOptions
from cleaner.rules.violations import Violation

if TYPE_CHECKING:
    from cleaner.rules.packs import RulePack
    from cleaner.scoring.scorer import Scorer

__all__ = ["COMMAND_LINE", "DEFAULT", "Config", "ConfigOptions", "Setting"]

COMMAND_LINE = "command line"
DEFAULT = "default"

_REPLACING = ("profile", "threshold", "model", "select", "languages", "preview")
_ADDING = ("ignore", "keep", "drop")


class Setting(NamedTuple):
    """One value and where it comes from: "default", "cleaner.toml:3", "command line", a plugin."""

    key: str
    value: Any
    origin: str


class ConfigOptions(SelectionOptions, total=False):
    """The keyword arguments of :meth:`Config.with_options`: those of a selection, and more."""

    profile: str | None
    threshold: float | None
    model: str | None
    rule_paths: Iterable[Path]
    packs: Iterable[str]
    origin: str


@dataclass(frozen=True, slots=True)
class Config:
    """What rules there are and which of them run.

    Attributes:
        path: the file it comes from, or None.
        spec: the values.
        paths: the files and folders of rules, each with the origin that names it.
        origins: where each value that is not a default comes from, by key; "overrides.ID", "per-site-ignores.SITE",
            "packs.NAME" and "clean.KEY" for single ones.
        isolated: whether installed packages of rules are left out too.
        key_origins: where each key of an override stands, by rule and key.
        named_packs: installed packs that a command names, as NAME or NAME==VERSION, each with its origin.
        given_packs: packs that take the place of other versions of theirs, whether they are installed or not.

    >>> Config(isolated=True).with_options(profile="facts").spec.profile
    'facts'
    """

    path: Path | None = None
    spec: ConfigSpec = field(default_factory=ConfigSpec)
    paths: tuple[tuple[Path, str], ...] = ()
    origins: Mapping[str, str] = field(default_factory=dict)
    isolated: bool = False
    key_origins: Mapping[tuple[str, str], str] = field(default_factory=dict)
    named_packs: tuple[tuple[str, str], ...] = ()
    given_packs: tuple[RulePack, ...] = ()

    @property
    def selection(self) -> Selection:
        """Which of the rules run."""
        spec = self.spec
        return Selection.of(
            spec.profile,
            keep=spec.keep,
            drop=spec.drop,
            select=spec.select,
            ignore=spec.ignore,
            languages=spec.languages,
            preview=spec.preview,
        )

    def with_options(self, **options: Unpack[ConfigOptions]) -> Config:
        """The configuration with the options of a command.

        Args:
            options: ``profile``, ``threshold``, ``model``, ``select``, ``languages`` and ``preview`` take the place of
                the values of the file when they are not empty; ``ignore``, ``keep``, ``drop``, ``packs`` and
                ``rule_paths`` add to them. ``origin`` says where the options come from, by default the command line.
        """
        values: Mapping[str, Any] = options
        origin = options.get("origin", COMMAND_LINE)
        changes: dict[str, Any] = {}
        origins = dict(self.origins)
        for key in (*_REPLACING, *_ADDING):
            value = values.get(key)
            if not value:
                continue
            adds = key in _ADDING
            changes[key] = [*getattr(self.spec, key), *value] if adds else _listed(value)
            origins[key] = f"{origins[key]}, {origin}" if adds and key in origins else origin
        added = tuple((path, origin) for path in options.get("rule_paths", ()))
        spec = msgspec.structs.replace(self.spec, **changes)
        packs = (*self.named_packs, *((name, origin) for name in options.get("packs", ())))
        return replace(self, spec=spec, paths=(*self.paths, *added), origins=origins, named_packs=packs)

    def with_pack(self, pack: RulePack) -> Config:
        """The configuration with a pack, instead of other versions of it that the project or a command names."""
        name = pack.id.name
        spec = msgspec.structs.replace(
            self.spec, packs={other: pin for other, pin in self.spec.packs.items() if other != name}
        )
        named = tuple(one for one in self.named_packs if one[0].partition("==")[0] != name)
        given = tuple(one for one in self.given_packs if one.id.name != name)
        return replace(self, spec=spec, named_packs=named, given_packs=(*given, pack))

    def rules(self) -> RuleSet:
        """All rules there are: built-in ones, those of installed packages and of packs, those of the project; with its
        overrides.

        Raises:
            CleanerError: a file is wrong, an id is taken, an override names no rule, a plugin or a pack is not there.
        """
        rules = builtin_rules()
        for name in self._rule_plugins():
            rules = joined_with_pack(rules, plugin_rules(name))
        for pack in self.packs():
            rules = joined_with_pack(rules, pack.rules)
        for path, origin in self.paths:
            try:
                rules = rules | load_rules(path)
            except RuleError as error:
                if error.path == path and not error.line and origin != COMMAND_LINE:
                    raise RuleError(f"extend-rules: {error}", path=origin) from None
                raise
        if matchers := self.matchers():
            rules = rules.with_matchers(matchers)
        return overridden(rules, self.spec.overrides, self._override_error) if self.spec.overrides else rules

    def packs(self) -> tuple[RulePack, ...]:
        """The rule packs that the project pins, those that a command names, and those that were given.

        Raises:
            CleanerError: one is not installed, is damaged, or is not the one that is pinned.
        """
        if not self.spec.packs and not self.named_packs:
            return self.given_packs
        store, found = PackStore(), {}
        for name, pin in self.spec.packs.items():
            try:
                found[name] = store.pinned(PackId(name, pin.version, pin.hash))
            except RuleError as error:
                origin = self.origins.get(f"packs.{name}", DEFAULT)
                hint = f"clean rules install FILE --hash {pin.hash}"
                raise RuleError(error.message, path=origin, hint=error.hint or hint) from None
        for name, _ in self.named_packs:
            pack = store.named(name).read()
            if found.setdefault(pack.id.name, pack).id != pack.id:
                raise RuleError(f"--pack {name} is {pack.id}, and the configuration pins {found[pack.id.name].id}")
        return (*found.values(), *self.given_packs)

    def matchers(self) -> dict[str, Callable[..., Any]]:
        """The matchers of the plugins that the project names.

        Raises:
            CleanerError: a plugin is not installed or cannot be loaded.
        """
        code = self._matcher_plugins()
        return plugin_matchers(code) if code else {}

    def selected(self) -> RuleSet:
        """The rules that run.

        Raises:
            CleanerError: as :meth:`rules`, and where a value names a rule, class or language that does not exist.
        """
        rules = self.rules()
        with self._located("per-site-ignores"):
            rules = rules.ignoring_on_sites(self.spec.per_site_ignores) if self.spec.per_site_ignores else rules
        for key in ("select", "ignore", "keep", "drop", "languages"):
            names: dict[str, Any] = {key: getattr(self.spec, key)}
            if names[key]:
                with self._located(key):  # one key at a time, so that the error knows which
                    rules.select("all", **names)
        return rules.selected(self.selection)

    def scorer(self) -> Scorer | None:
        """What scores the lines that no rule took: none, unless the profile is "thorough".

        Raises:
            CleanerError: the model cannot be read, or a threshold or a model is named with another profile.
        """
        spec = self.spec
        if spec.profile != THOROUGH:
            for key in ("threshold", "model"):
                if getattr(spec, key) is not None and self.origins.get(key) == COMMAND_LINE:
                    raise RuleError(f"--{key} is for the profile thorough", hint="add --profile thorough")
            return None
        from cleaner.scoring.model import read_model
        from cleaner.scoring.scorer import Scorer

        model = None
        if spec.model is not None:
            is_named_here = self.path is not None and self.origins.get("model") != COMMAND_LINE
            model = read_model(self.path.parent / spec.model if is_named_here and self.path else spec.model)
        return Scorer(model, threshold=spec.threshold, rules=self.rules())

    def settings(self) -> Iterator[Setting]:
        """Every value about the rules with its origin, in the order of the documentation."""
        for key in KEYS:
            value = getattr(self.spec, key.replace("-", "_"))
            origin = self.origins.get(key, DEFAULT)
            if key == "clean":
                continue  # what its keys mean by default is for the command to say
            if key == "extend-rules":
                origins = dict.fromkeys(origin for _, origin in self.paths)
                yield Setting(key, [str(path) for path, _ in self.paths], ", ".join(origins) or DEFAULT)
            elif key in ("overrides", "packs", "per-site-ignores") and value:
                for item, change in value.items():
                    yield Setting(f"{key}.{item}", msgspec.to_builtins(change), self.origins[f"{key}.{item}"])
            else:
                yield Setting(key, value, origin)
            if key == "packs":
                for name, origin in self.named_packs:
                    yield Setting(f"packs.{name}", True, origin)
            if key == "plugins":
                for plugin in self._rule_plugins():
                    yield Setting(f"rules of plugin {plugin}", True, "installed package")

    def _rule_plugins(self) -> tuple[str, ...]:
        """The installed packages whose rules run. A pinned pack takes the place of the package of its name, which is
        the same pack as pip installs it."""
        if self.isolated:
            return ()
        named = {
            *self.spec.packs,
            *(name.partition("==")[0] for name, _ in self.named_packs),
            *(pack.id.name for pack in self.given_packs),
        }
        return tuple(name for name in rule_plugins() if name not in named)

    def _matcher_plugins(self) -> list[str]:
        for name in self.spec.plugins:
            if not is_installed(name, MATCHERS_GROUP) and not is_installed(name, RULES_GROUP):
                message = f"no plugin {name!r} is installed"
                raise RuleError(message, path=self.origins.get("plugins"), hint="install it, or take it out of plugins")
        return [name for name in self.spec.plugins if is_installed(name, MATCHERS_GROUP)]

    @contextmanager
    def _located(self, key: str) -> Iterator[None]:
        """Errors about a value of the file name its line."""
        try:
            yield
        except RuleError as error:
            origin = self.origins.get(key, DEFAULT)
            if self.path is None or origin in (DEFAULT, COMMAND_LINE):
                raise
            raise RuleError(f"{key}: {error.message}", path=origin, hint=error.hint) from None

    def _override_error(self, rule: str, violation: Violation) -> RuleError:
        key = str(violation.keys[0]) if violation.keys else ""
        place = self.key_origins.get((rule, key), self.origins[f"overrides.{rule}"])
        return RuleError(f"overrides.{rule}: {violation.message}", path=place, hint=violation.hint)


def _listed(value: Any) -> Any:
    """The value of a key as the schema has it: names as a list."""
    return value if isinstance(value, str | bool | float) else list(value)
