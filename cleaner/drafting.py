"""Draft rules: guess class and language of a wording, and write a rule file that somebody goes on with."""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import regex

from cleaner.errors import RuleError
from cleaner.model import Zone
from cleaner.rules.model import RuleSet
from cleaner.rules.spec import is_language, is_rule_id
from cleaner.segment import bare, caseless, fold

__all__ = ["UNKNOWN_CLASS", "Draft", "Guess", "Guesser", "draft_scrap", "draft_toml", "kept_sentence", "slug"]

UNKNOWN_CLASS = "learned"
MANY = "mul"  # the language of what is of no language, or of many
_WORD = regex.compile(r"[\p{L}\p{M}']+")
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]")
_LIKELY = 0.45

_SENTENCES = {
    "en": "For years the words “{}” stood on the wall of the old mill, and nobody knew who had painted them there.",
    "de": "Jahrelang standen die Worte „{}“ an der Wand der alten Mühle, und niemand wusste, von wem sie waren.",
    "fr": "Pendant des années, les mots « {} » sont restés sur le mur du vieux moulin, et personne ne savait pourquoi.",
    "es": "Durante años las palabras «{}» estuvieron en la pared del viejo molino, y nadie sabía quién las pintó.",
    "pt": "Durante anos as palavras “{}” ficaram na parede do velho moinho, e ninguém sabia quem as tinha pintado.",
    "it": "Per anni le parole «{}» sono rimaste sul muro del vecchio mulino, e nessuno sapeva chi le avesse dipinte.",
    "nl": "Jarenlang stonden de woorden “{}” op de muur van de oude molen, en niemand wist wie ze had geschilderd.",
    "pl": "Przez lata słowa „{}” widniały na ścianie starego młyna i nikt nie wiedział, kto je tam namalował.",
    "cs": "Po léta stála slova „{}“ na zdi starého mlýna a nikdo nevěděl, kdo je tam namaloval.",
    "tr": "Yıllarca eski değirmenin duvarında “{}” sözleri durdu ve onları kimin yazdığını kimse bilmiyordu.",
    "ru": "Много лет слова «{}» стояли на стене старой мельницы, и никто не знал, кто их там написал.",
    "uk": "Багато років слова «{}» стояли на стіні старого млина, і ніхто не знав, хто їх там написав.",
    "sv": "I åratal stod orden ”{}” på väggen till den gamla kvarnen, och ingen visste vem som hade målat dem.",
    "no": "I årevis sto ordene «{}» på veggen til den gamle mølla, og ingen visste hvem som hadde malt dem.",
    "da": "I årevis stod ordene »{}« på væggen af den gamle mølle, og ingen vidste, hvem der havde malet dem.",
    "fi": "Vuosien ajan vanhan myllyn seinässä olivat sanat ”{}”, eikä kukaan tiennyt, kuka ne oli maalannut.",
    "id": "Selama bertahun-tahun kata-kata “{}” tertulis di dinding kincir tua itu, tanpa ada yang tahu penulisnya.",
    "ar": "ظلت كلمات «{}» سنوات طويلة على جدار الطاحونة القديمة، ولم يعرف أحد من كتبها هناك.",
    "hi": "सालों तक पुरानी चक्की की दीवार पर “{}” शब्द लिखे रहे, और कोई नहीं जानता था कि उन्हें किसने लिखा था।",
    "zh": "多年来，“{}”这几个字一直写在老磨坊的墙上，没有人知道是谁写的。",
    "ja": "長年、古い水車小屋の壁には「{}」という文字が書かれていたが、誰が書いたのかは誰も知らなかった。",
    "ko": "오랫동안 낡은 물레방아 벽에는 “{}”라는 글이 적혀 있었지만, 누가 썼는지는 아무도 몰랐다.",
}


def kept_sentence(wording: str, language: str) -> str:
    """A sentence that holds a wording and must stay, in the language if there is one for it, else in English.

    >>> kept_sentence("Weiterlesen", "de").startswith("Jahrelang standen die Worte „Weiterlesen“")
    True
    """
    return _SENTENCES.get(language, _SENTENCES["en"]).format(wording.strip())


@dataclass(frozen=True, slots=True)
class Guess:
    """The rule whose wordings are likest, its class, and the language. ``likeness`` is 0 to 1; below a certain one the
    class is ``UNKNOWN_CLASS`` and the rule "". The language is "" when no word gave a hint."""

    scrap_class: str
    rule: str
    language: str
    likeness: float


class Guesser:
    """Guesses by the words that the wordings of a rule set have in common with a text.

    >>> from cleaner.rules import builtin_rules
    >>> guess = Guesser(builtin_rules()).guess("Folgen Sie der Hügelpost auf Facebook")
    >>> guess.scrap_class, guess.language
    ('follow-us', 'de')
    """

    def __init__(self, rules: RuleSet) -> None:
        self._rules = rules

    @cached_property
    def _index(self) -> tuple[dict[str, list[int]], list[tuple[str, str, frozenset[str]]], dict[str, float]]:
        """Wordings by word, the wordings with rule and language, and how telling each word is."""
        wordings: list[tuple[str, str, frozenset[str]]] = []
        by_word: dict[str, list[int]] = defaultdict(list)
        for rule in self._rules:
            for table in (rule.lines, rule.prefixes, rule.examples.removes):
                for language, texts in table.items():
                    for text in texts:
                        words = frozenset(_words(text))
                        if words:
                            for word in words:
                                by_word[word].append(len(wordings))
                            wordings.append((rule.id, language, words))
        weights = {word: math.log(1 + len(wordings) / len(found)) for word, found in by_word.items()}
        return by_word, wordings, weights

    @cached_property
    def _languages(self) -> dict[str, Counter[str]]:
        """How often each word stands in wordings of each language."""
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for _, language, words in self._index[1]:
            if language not in ("", "mul"):
                for word in words:
                    found[word][language] += 1
        return found

    def guess(self, text: str) -> Guess:
        """Class and language of a wording."""
        by_word, wordings, weights = self._index
        words = frozenset(_words(text))
        unknown = math.log(1 + len(wordings))
        total = sum(weights.get(word, unknown) for word in words)
        shared: Counter[int] = Counter()
        for word in sorted(words):
            for number in by_word.get(word, ()):
                shared[number] += 1
        best, likeness = -1, 0.0
        for number in sorted(shared):
            other = wordings[number][2]
            common = sum(weights[word] for word in words & other)
            score = 2 * common / (total + sum(weights[word] for word in other))
            if score > likeness:
                best, likeness = number, score
        language = self._language(words, wordings[best][1] if likeness >= _LIKELY else "")
        if likeness < _LIKELY:
            return Guess(UNKNOWN_CLASS, "", language, likeness)
        rule = wordings[best][0]
        return Guess(rule.partition(".")[0], rule, language, likeness)

    def _language(self, words: Iterable[str], nearest: str) -> str:
        votes: Counter[str] = Counter()
        for word in words:
            counts = self._languages.get(word)
            if counts:
                total = sum(counts.values())
                for language, count in counts.items():
                    votes[language] += 100 * count // total
        if not votes:
            return "" if nearest == "mul" else nearest
        best = max(votes.values())
        leaders = sorted(language for language, count in votes.items() if count == best)
        return nearest if nearest in leaders else leaders[0]


def _words(text: str) -> Iterator[str]:
    for word in _WORD.findall(caseless(text)):
        if _UNSPACED.search(word):
            yield from (word[i : i + 2] for i in range(max(1, len(word) - 1)))
        else:
            yield word


_SLUG_WORDS = 5
_NOT_SLUG = regex.compile(r"[^a-z0-9]+")


def slug(text: str, taken: Iterable[str] = (), prefix: str = "") -> str:
    """A name for a rule, from the first words of a wording; with a number when it is taken.

    >>> slug("Story Continued Below!"), slug("続きを読む", ["learned.wording"], "learned.")
    ('story-continued-below', 'wording-2')
    """
    import unicodedata

    plain = unicodedata.normalize("NFKD", fold(text)).encode("ascii", "ignore").decode()
    name = "-".join([part for part in _NOT_SLUG.split(plain) if part][:_SLUG_WORDS])[:48].strip("-") or "wording"
    known = set(taken)
    number = 1
    while f"{prefix}{name if number == 1 else f'{name}-{number}'}" in known:
        number += 1
    return name if number == 1 else f"{name}-{number}"


@dataclass(frozen=True, slots=True)
class Draft:
    """A rule to be. ``notes`` become comments above it, ``asides`` comments behind its examples."""

    id: str
    description: str
    zones: tuple[Zone, ...] = (Zone.ANY,)
    status: str = "stable"
    lines: Mapping[str, Sequence[str]] = field(default_factory=dict)
    pattern: Mapping[str, Sequence[str]] = field(default_factory=dict)
    sites: Sequence[str] = ()
    removes: Mapping[str, Sequence[str]] = field(default_factory=dict)
    keeps: Mapping[str, Sequence[str]] = field(default_factory=dict)
    notes: Sequence[str] = ()


def draft_toml(draft: Draft) -> str:
    """The rule as it stands in a rule file.

    >>> print(draft_toml(Draft("own.bye", "Sign-off", lines={"en": ["Bye"]}, removes={"en": ["Bye"]},
    ...                        keeps={"en": ["Bye, he said."]})), end="")
    [[rule]]
    id = "own.bye"
    description = "Sign-off"
    [rule.lines]
    en = ["Bye"]
    [rule.examples.removes]
    en = ["Bye"]
    [rule.examples.keeps]
    en = ["Bye, he said."]
    """
    parts = [f"# {note}".rstrip() for note in draft.notes]
    parts += ["[[rule]]", f"id = {_text(draft.id)}", f"description = {_text(draft.description)}"]
    if draft.zones != (Zone.ANY,):
        names = [str(zone) for zone in draft.zones]
        parts.append(f"zone = {_text(names[0]) if len(names) == 1 else _list(names)}")
    if draft.status != "stable":
        parts.append(f"status = {_text(draft.status)}")
    if draft.sites:
        parts.append(f"sites = {_list(draft.sites)}")
    for name, table, write in (
        ("lines", draft.lines, _list),
        ("pattern", draft.pattern, _patterns),
        ("examples.removes", draft.removes, _list),
        ("examples.keeps", draft.keeps, _list),
    ):
        if table:
            parts.append(f"[rule.{name}]")
            parts += [f"{_key(language or MANY)} = {write(texts)}" for language, texts in table.items()]
    return "\n".join(parts) + "\n"


def _key(language: str) -> str:
    return language if language.replace("-", "").isalnum() else _text(language)


def _text(text: str) -> str:
    """A basic string of TOML; invisible characters are written as escapes."""
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(char if char.isprintable() else _escape(char) for char in quoted)


def _escape(char: str) -> str:
    return f"\\u{ord(char):04x}" if ord(char) < 0x10000 else f"\\U{ord(char):08x}"


def _list(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(_text, texts))}]"


def _patterns(texts: Sequence[str]) -> str:
    quoted = [f"'''{text}'''" if "'''" not in text and text.isprintable() else _text(text) for text in texts]
    return quoted[0] if len(quoted) == 1 else "[\n" + "".join(f"  {text},\n" for text in quoted) + "]"


_DIGITS = regex.compile(r"\d+(?:[.,:]\d+)*")


def draft_scrap(text: str, rules: RuleSet, rule_id: str | None = None, language: str | None = None) -> Draft:
    """A draft for a scrap that somebody pasted: each of its lines is a wording, one with numbers a pattern.

    Raises:
        RuleError: the text is blank, or the id is taken or malformed.

    >>> from cleaner.rules import builtin_rules
    >>> draft = draft_scrap("12 people like this", builtin_rules(), "own.likes", "en")
    >>> draft.pattern
    {'en': ['\\\\d+(?:[.,:]\\\\d+)* people like this']}
    """
    wordings = [" ".join(line.split()) for line in text.split("\n") if fold(line)]
    if not wordings:
        raise RuleError("the scrap is blank", hint="paste the line that is to go")
    guess = Guesser(rules).guess(" ".join(wordings))
    spoken = language or guess.language
    taken = [rule.id for rule in rules]
    name = rule_id or f"{guess.scrap_class}.{slug(wordings[0], taken, f'{guess.scrap_class}.')}"
    if spoken and not is_language(spoken):
        raise RuleError(f"{spoken!r} is no language code", hint="use codes such as en, de, pt-BR")
    if not is_rule_id(name):
        raise RuleError(f"id {name!r} is not of the form class.name", hint="two parts of a-z, 0-9 and hyphens")
    if name in rules:
        raise RuleError(f"the id {name!r} is taken", hint="choose another one with --id")
    exact = [line for line in wordings if not _DIGITS.search(line)]
    numbered = [line for line in wordings if _DIGITS.search(line)]
    patterns = [_with_numbers(bare(line).casefold()) for line in numbered]
    notes = ["Write what must stay first: sentences of articles that nearly read like it."]
    if guess.rule:
        notes.append(f"It reads like {guess.rule} ({guess.likeness:.0%}); perhaps its wording belongs there.")
    return Draft(
        id=name,
        description=f"The line “{wordings[0][:60]}”" if len(wordings) == 1 else f"Lines such as “{wordings[0][:60]}”",
        zones=(Zone.TAIL,),
        lines={spoken: exact} if exact else {},
        pattern={spoken: list(dict.fromkeys(patterns))} if patterns else {},
        removes={spoken: wordings},
        keeps={spoken: [kept_sentence(" ".join(wordings[0].split()[:8]).strip(" .,:;!?"), spoken)]},
        notes=notes,
    )


def _with_numbers(line: str) -> str:
    """A regex for a line, with any other number in the place of each."""
    parts = [regex.escape(part, literal_spaces=True) for part in _DIGITS.split(line)]
    return _DIGITS.pattern.join(parts)
