"""A set of rules: immutable, in order, with the terms their patterns use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Unpack

from cleaner.errors import RuleError
from cleaner.rules.model import PROFILE_CHOICES, THOROUGH, PackId, ProfileChoice, Rule, ScrapClass
from cleaner.rules.selection import Selection, SelectionOptions, did_you_mean, is_named, selected
from cleaner.rules.terms import expand_terms

TYPE_CHECKING = False
if TYPE_CHECKING:  # the regex parser costs 5 ms of the import time
    from cleaner.patterns.shape import KnownRegex

__all__ = ["RuleSet"]


class RuleSet:
    """An immutable set of rules, in order, and the terms their patterns use.

    ``a | b`` joins two; an id that stands in both is an error, and so is a term with two meanings.

    >>> from cleaner.rules.loader import parse_rules
    >>> rules = parse_rules('''
    ... [[rule]]
    ... id = "ads.label"
    ... description = "Label of an advertisement"
    ... lines = ["Advertisement"]
    ... [rule.examples]
    ... removes = ["Advertisement"]
    ... keeps = ["The advertisement ran for a week."]
    ... ''')
    >>> len(rules), rules["ads.label"].scrap_class
    (1, 'ads')
    """

    __slots__ = ("_by_id", "_digest", "chosen", "classes", "known", "matchers", "packs", "rules", "terms")

    def __init__(
        self,
        rules: Iterable[Rule] = (),
        classes: Iterable[ScrapClass] = (),
        terms: Mapping[str, str] = MappingProxyType({}),
        known: Mapping[str, KnownRegex] = MappingProxyType({}),
        matchers: Mapping[str, Callable[..., Any]] = MappingProxyType({}),
        *,
        chosen: Mapping[str, str] = MappingProxyType({}),
        packs: Iterable[PackId] = (),
    ) -> None:
        self.packs: tuple[PackId, ...] = tuple(packs)  # that rules of this set came from, also those not chosen
        self._digest = ""
        self.matchers: Mapping[str, Callable[..., Any]] = MappingProxyType(dict(matchers))  # those of plugins
        self.known = known  # by expanded regex; what is missing is found out when it is needed
        self.terms: Mapping[str, str] = MappingProxyType(dict(terms))
        self.rules: tuple[Rule, ...] = tuple(rules)
        self.classes: Mapping[str, ScrapClass] = MappingProxyType({item.name: item for item in classes})
        by_id: dict[str, Rule] = {}
        for rule in self.rules:
            if rule.id in by_id:
                first = by_id[rule.id]
                raise RuleError(
                    f"the id is taken by the rule at {first.place or '(code)'}",
                    path=rule.path or None,
                    line=rule.at_line,
                    column=1,
                    rule=rule.id,
                    hint="ids are unique over all rule files: choose another id",
                )
            by_id[rule.id] = rule
        self._by_id = by_id
        # The profile that each rule was chosen with, by id; rules that nobody has chosen yet are not in it.
        self.chosen: Mapping[str, str] = MappingProxyType({i: name for i, name in chosen.items() if i in by_id})

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.rules)

    def __len__(self) -> int:
        return len(self.rules)

    def __contains__(self, rule_id: object) -> bool:
        return rule_id in self._by_id

    def __getitem__(self, rule_id: str) -> Rule:
        try:
            return self._by_id[rule_id]
        except KeyError:
            raise RuleError(f"no rule {rule_id!r}", hint=did_you_mean(rule_id, self._by_id)) from None

    def __or__(self, other: RuleSet) -> RuleSet:
        for name, meaning in other.terms.items():
            if self.terms.get(name, meaning) != meaning:
                raise RuleError(f"the term {{{name}}} has two meanings", hint="rename it in one of the rule sets")
        return RuleSet(
            (*self.rules, *other.rules),
            (*self.classes.values(), *other.classes.values()),
            {**self.terms, **other.terms},
            {**self.known, **other.known},
            {**self.matchers, **other.matchers},
            chosen={**self.chosen, **other.chosen},
            packs=dict.fromkeys((*self.packs, *other.packs)),
        )

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, RuleSet):
            return NotImplemented
        mine, theirs = (self.rules, self.terms, self.matchers), (other.rules, other.terms, other.matchers)
        return mine == theirs

    def __hash__(self) -> int:
        return hash(self.digest)

    def __repr__(self) -> str:
        return f"RuleSet({len(self)} rules in {len({rule.scrap_class for rule in self})} classes)"

    def __reduce__(self) -> tuple[Callable[..., RuleSet], tuple[object, ...]]:
        parts = (self.rules, tuple(self.classes.values()), dict(self.terms), dict(self.known), dict(self.matchers))
        return _rebuild, (*parts, dict(self.chosen), self.packs)

    def with_rules(self, rules: Iterable[Rule], chosen: Mapping[str, str] | None = None) -> RuleSet:
        """Other rules with the classes, terms and matchers of this set.

        Args:
            rules: the rules.
            chosen: the profile that each of them was chosen with, by id; by default what this set says.
        """
        chosen = self.chosen if chosen is None else chosen
        return self._with(rules=rules, chosen=chosen)

    def with_matchers(self, matchers: Mapping[str, Callable[..., Any]]) -> RuleSet:
        """The same rules, and matchers that they may name besides the built-in ones. They must be functions of
        modules, so that a rule set can be sent to other processes."""
        every = {**self.matchers, **matchers}
        return self._with(matchers=every)

    def with_known(self, known: Mapping[str, KnownRegex]) -> RuleSet:
        """The same rules, with regexes that were compiled before: by their expanded text."""
        return self._with(known=known)

    def from_pack(self, pack: PackId) -> RuleSet:
        """The same rules, with the pack that they come from, so that results can name it."""
        return self._with(packs=(pack,))

    def _with(self, **changes: Any) -> RuleSet:
        parts = ("rules", "terms", "known", "matchers", "chosen", "packs")
        values = {"classes": self.classes.values(), **{name: getattr(self, name) for name in parts}}
        return RuleSet(**{**values, **changes})

    def expand(self, pattern: str) -> str:
        """A pattern with every ``{term}`` filled in. Raises KeyError with the name of an unknown term.

        >>> RuleSet(terms={"name": "[A-Z]+"}).expand(r"by {name}")
        'by (?:[A-Z]+)'
        """
        return expand_terms(pattern, self.terms)

    @property
    def digest(self) -> str:
        """A hash of what the rules do, the same on every machine: paths and line numbers do not count."""
        if not self._digest:
            self._digest = self._make_digest()
        return self._digest

    def _make_digest(self) -> str:
        import hashlib

        import msgspec

        bare = [replace(rule, path="", at_line=0) for rule in self.rules]
        used = sorted(self.terms.items())
        parts: tuple[object, ...] = (bare, used)
        if self.matchers:
            parts += (sorted((name, f"{call.__module__}:{call.__qualname__}") for name, call in self.matchers.items()),)
        return hashlib.sha256(msgspec.msgpack.encode(parts)).hexdigest()[:16]

    def select(self, profile: ProfileChoice | None = None, **options: Unpack[SelectionOptions]) -> RuleSet:
        """The rules that run.

        Rules that were chosen before run whatever the profile leaves out, such as those that ``drop`` asked for. So
        ``Cleaner(rules.select("strict", drop=["byline"]))`` runs just these rules.

        Args:
            profile: "default", "facts" or "strict"; "thorough" for the rules of "default"; "all" for every rule
                whatever its confidence. By default the profile that the rules were chosen with before, if they were,
                else "default".
            options: ``keep``, ``drop``, ``select``, ``ignore`` and ``languages`` (a name or several each) and
                ``preview``, as :class:`~cleaner.rules.selection.Selection` describes them.

        Raises:
            RuleError: an unknown profile, another one than the rules were chosen with before, or a name that no rule
                has.

        >>> from cleaner.rules import builtin_rules
        >>> strict = builtin_rules().select("strict")
        >>> strict.select() == strict
        True
        """
        if profile is not None:
            self._check_profile(profile)
        return self.selected(Selection.of(profile or self.profile, **options))

    @property
    def profile(self) -> ProfileChoice:
        """The profile that the rules were chosen with; "default" when nobody has chosen, or with several of them."""
        names = set(self.chosen.values())
        return next((name for name in PROFILE_CHOICES if {name} == names), "default")

    def selected(self, selection: Selection) -> RuleSet:
        """The rules that a selection runs. Raises RuleError as :meth:`select` does."""
        if selection.profile not in PROFILE_CHOICES:
            raise RuleError(
                f"no profile {selection.profile!r}", hint=f"there are {', '.join(PROFILE_CHOICES[:-1])} and all"
            )
        self._check_names(selection.names)
        self._check_languages(selection.wanted_languages | selection.unwanted_languages)
        every = replace(selection, profile="all")
        found = [
            left
            for rule in self.rules
            if (left := selected(rule, every if rule.id in self.chosen else selection)) is not None
        ]
        return self.with_rules(found, {**{rule.id: selection.profile for rule in found}, **self.chosen})

    def _check_profile(self, profile: str) -> None:
        """Raise a RuleError when rules were chosen before, with a profile that chooses others than this one."""
        before = sorted(name for name in set(self.chosen.values()) if _rules_of(name) != _rules_of(profile))
        if before and profile != "all" and profile in PROFILE_CHOICES:
            raise RuleError(
                f"the rules were chosen already, with the profile {before[0]!r}, and not with {profile!r}",
                hint=f"leave out the profile here, or choose it where the rules come from: select({profile!r})",
            )

    def ignoring_on_sites(self, ignores: Mapping[str, Iterable[str]]) -> RuleSet:
        """The same rules, some of which do not act on some sites.

        Args:
            ignores: by site (a host or a parent domain of it), the classes, ids or globs of ids.

        Raises:
            RuleError: a name fits no rule.
        """
        by_site = {site: tuple(names) for site, names in ignores.items()}
        self._check_names([name for names in by_site.values() for name in names])
        changed = []
        for rule in self.rules:
            sites = [site for site, names in by_site.items() if any(is_named(rule, name) for name in names)]
            changed.append(replace(rule, except_sites=(*rule.except_sites, *sites)) if sites else rule)
        return self.with_rules(changed)

    def _check_names(self, names: Iterable[str]) -> None:
        for name in names:
            if not any(is_named(rule, name) for rule in self.rules):
                known = sorted({rule.scrap_class for rule in self.rules} | set(self._by_id))
                raise RuleError(f"no class and no rule is named {name!r}", hint=did_you_mean(name, known))

    def _check_languages(self, languages: Iterable[str]) -> None:
        used = {language for rule in self.rules for language in rule.used_languages}
        for language in sorted(languages):
            if language not in used:
                hint = f"there are {' '.join(sorted(used))}"
                raise RuleError(f"no rule has words of the language {language!r}", hint=hint)


def _rules_of(profile: str) -> str:
    """The profile that says which rules run: "thorough" runs those of "default"."""
    return "default" if profile == THOROUGH else profile


def _rebuild(*parts: Any) -> RuleSet:
    *most, chosen, packs = parts
    return RuleSet(*most, chosen=chosen, packs=packs)
