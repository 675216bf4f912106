"""Which rules run, on which lines they act, and which of two rules owns a line: the one place that says so.

The engine asks these functions when it cleans a text, and the linter asks the same ones when it looks for rules that
can never act.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace
from typing import TypedDict, Unpack

from cleaner.model import Zone
from cleaner.rules.model import PROFILES, THOROUGH, Action, Confidence, Rule, Status, Texts, Unit, Unless
from cleaner.text.hosts import is_on_site, lies_below

__all__ = [
    "DEFAULT_MAX_LINES",
    "DEFAULT_MAX_WORDS",
    "Selection",
    "SelectionOptions",
    "acts_on_page",
    "covers_zones",
    "cut_zone",
    "did_you_mean",
    "has_no_site",
    "in_languages",
    "in_profile",
    "is_named",
    "owns_before",
    "precedence",
    "running_profiles",
    "selected",
]

DEFAULT_MAX_LINES = 12
"""Lines of a section that go with its heading when the rule does not say how many."""

DEFAULT_MAX_WORDS = 60
"""Words of the longest line that a prefix or a pattern may fit when the rule does not say how many."""

_LANGUAGE = "lang:"
_PRECEDENCE = {Confidence.HIGH: 0, Confidence.MEDIUM: 1, Confidence.LOW: 2}


class SelectionOptions(TypedDict, total=False):
    """The keyword arguments that choose rules besides the profile; see :class:`Selection` for each."""

    keep: str | Iterable[str]
    drop: str | Iterable[str]
    select: str | Iterable[str]
    ignore: str | Iterable[str]
    languages: str | Iterable[str]
    preview: bool


@dataclass(frozen=True, slots=True)
class Selection:
    """Which rules run. A name means a class, a rule by its id, or a glob of ids such as "byline.*".

    Attributes:
        profile: "default", "facts" or "strict"; "thorough" for the rules of "default"; "all" for every rule whatever
            its confidence and status.
        keep: names of rules whose scraps stay in the text.
        drop: names of rules that run though the profile leaves them out.
        select: names, and languages such as "lang:de". When there are some, only these rules run, and of them those
            that the profile has.
        ignore: names and languages that do not run.
        languages: only wordings and rules of these languages run; those of no language always do.
        preview: whether rules that are not yet measured run too.

    >>> Selection.of(select=["lang:de", "byline"], languages=["fr"]).wanted_languages == {"de", "fr"}
    True
    """

    profile: str = "default"
    keep: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    preview: bool = False

    @classmethod
    def of(cls, profile: str = "default", **options: Unpack[SelectionOptions]) -> Selection:
        """A selection from keyword arguments, whose names may be in any iterable; a str is one name.

        >>> Selection.of(drop="byline").drop
        ('byline',)
        """
        return cls(
            profile,
            keep=_all_of(options.get("keep", ())),
            drop=_all_of(options.get("drop", ())),
            select=_all_of(options.get("select", ())),
            ignore=_all_of(options.get("ignore", ())),
            languages=_all_of(options.get("languages", ())),
            preview=options.get("preview", False),
        )

    @property
    def wanted_languages(self) -> frozenset[str]:
        """The languages that run; all when there are none."""
        return frozenset((*self.languages, *_languages(self.select)))

    @property
    def unwanted_languages(self) -> frozenset[str]:
        """The languages that do not run."""
        return frozenset(_languages(self.ignore))

    @property
    def names(self) -> tuple[str, ...]:
        """The names of rules and classes in it, without languages."""
        return (*self.keep, *_names(self.ignore), *self.drop, *_names(self.select))


def selected(rule: Rule, selection: Selection) -> Rule | None:
    """The rule as a selection runs it, with the wordings of the languages that are wanted; None when it does not run.

    >>> rule = Rule(id="own.by", description="A byline", lines={"en": ("By us",), "de": ("Von uns",)})
    >>> selected(rule, Selection(languages=("de",))).lines
    {'de': ('Von uns',)}
    >>> selected(rule, Selection(ignore=("own.*",))) is None
    True
    """

    def named(names: Iterable[str]) -> bool:
        return any(is_named(rule, name) for name in names)

    runs = selection.profile == "all" or in_profile(rule, selection.profile, selection.preview)
    if not (runs or named(selection.drop)) or named((*selection.keep, *_names(selection.ignore))):
        return None
    only = _names(selection.select)
    if only and not named(only):
        return None
    return in_languages(rule, selection.wanted_languages, selection.unwanted_languages)


def _all_of(names: str | Iterable[str]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)


def _languages(names: Iterable[str]) -> tuple[str, ...]:
    """The languages among some names: "de" of "lang:de"."""
    return tuple(name.removeprefix(_LANGUAGE) for name in names if name.startswith(_LANGUAGE))


def _names(names: Iterable[str]) -> tuple[str, ...]:
    """The names that are not languages."""
    return tuple(name for name in names if not name.startswith(_LANGUAGE))


def in_profile(rule: Rule, profile: str, preview: bool) -> bool:
    """Whether a profile runs the rule; ``preview`` says whether rules that are not yet measured run too."""
    if profile == THOROUGH:
        profile = "default"
    if profile not in rule.profiles or rule.status is Status.DEPRECATED:
        return False
    if rule.confidence is Confidence.LOW and profile != "strict":
        return False
    return rule.status is not Status.PREVIEW or preview


def running_profiles(rule: Rule, preview: bool = False) -> frozenset[str]:
    """The profiles that run the rule without being asked for it by name."""
    return frozenset(profile for profile in PROFILES if in_profile(rule, profile, preview))


def in_languages(rule: Rule, wanted: Set[str], unwanted: Set[str]) -> Rule | None:
    """The rule with the wordings of the languages that are wanted; None for a rule of other languages.

    Wordings of no language always stay. With nothing ``wanted`` all languages are, but for the ``unwanted`` ones.
    """
    if not wanted and not unwanted:
        return rule
    if rule.languages:
        left = {language for language in rule.languages if language not in unwanted}
        if not (left & wanted if wanted else left):
            return None

    def only(table: Texts) -> Texts:
        return {
            language: texts
            for language, texts in table.items()
            if language in ("", "mul") or (language not in unwanted and (not wanted or language in wanted))
        }

    narrow = replace(rule, lines=only(rule.lines), prefixes=only(rule.prefixes), patterns=only(rule.patterns))
    return narrow if narrow.lines or narrow.prefixes or narrow.patterns or narrow.matcher else None


def is_named(rule: Rule, name: str) -> bool:
    """Whether a name means the rule: its id, its class, or a glob of ids."""
    if "*" in name:
        from fnmatch import fnmatchcase

        return fnmatchcase(rule.id, name)
    return name in (rule.id, rule.scrap_class)


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A hint for a name that fits no rule."""
    from difflib import get_close_matches

    close = get_close_matches(name, list(known), n=1)
    return f"did you mean {close[0]!r}?" if close else "see `clean rules list`"


def acts_on_page(rule: Rule, url: str) -> bool:
    """Whether the rule acts on a page, by the sites it is for and those it leaves out."""
    if rule.sites and not is_on_site(url, rule.sites):
        return False
    return not (rule.except_sites and is_on_site(url, rule.except_sites))


def has_no_site(rule: Rule) -> bool:
    """Whether the sites that the rule leaves out are all the sites it is for."""
    return bool(rule.sites) and all(any(lies_below(site, one) for one in rule.except_sites) for site in rule.sites)


def covers_zones(zones: Iterable[Zone], others: Iterable[Zone]) -> bool:
    """Whether a rule for some zones acts in all of the ``others``.

    >>> covers_zones([Zone.BODY], [Zone.DECK]), covers_zones([Zone.HEAD], [Zone.ANY])
    (True, False)
    """
    held = frozenset(zones)
    return all(zone.is_in(held) for zone in others)


def precedence(rule: Rule) -> int:
    """The rank of the rule among those that claim a line: the lowest owns it; of equals, the one that stands first."""
    return _PRECEDENCE[rule.confidence]


def owns_before(other: Rule, rule: Rule, order: Mapping[str, int]) -> bool:
    """Whether another rule acts wherever this one would, and owns the line.

    Args:
        other, rule: two rules that fit the same wording.
        order: the number of each rule in the order of the rules, by id.
    """
    return (
        other.id != rule.id
        and bool(running_profiles(other))
        and (precedence(other), order[other.id]) < (precedence(rule), order[rule.id])
        and covers_zones(other.zones, rule.zones)
        and running_profiles(other) >= running_profiles(rule)
        and (not other.sites or (bool(rule.sites) and set(rule.sites) <= set(other.sites)))
        and set(other.except_sites) <= set(rule.except_sites)
        and other.unless in (Unless(), rule.unless)
        and not (other.once and not rule.once)
        and (other.action, other.cut_from) == (rule.action, rule.cut_from)
        and _takes_as_much(other, rule)
    )


def _takes_as_much(other: Rule, rule: Rule) -> bool:
    """Whether another rule takes at least the lines that this one takes, where both fit."""
    return (
        (other.unit is rule.unit or (other.unit is Unit.SECTION and rule.unit is Unit.LINE))
        and other.above >= rule.above
        and (other.max_lines or DEFAULT_MAX_LINES) >= (rule.max_lines or DEFAULT_MAX_LINES)
    )


def cut_zone(rule: Rule) -> Zone | None:
    """The only zone in which a cut acts: it must leave all prose in the text. None for other actions."""
    if rule.action is not Action.CUT:
        return None
    return Zone.HEAD if rule.cut_from == "start" else Zone.TAIL
