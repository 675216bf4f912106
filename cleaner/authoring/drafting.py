"""Draft a rule for a scrap that somebody pasted, unless a rule removes it already."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import regex

from cleaner.authoring.draft_toml import Draft
from cleaner.authoring.examples import SAMPLE_ARTICLE
from cleaner.authoring.guessing import Guess, Guesser
from cleaner.authoring.languages import check_language
from cleaner.errors import RuleError
from cleaner.model import DocumentInfo, Zone
from cleaner.pipeline import Cleaner
from cleaner.rules.ruleset import RuleSet
from cleaner.rules.schema import is_rule_id
from cleaner.text.normalize import bare, fold

__all__ = ["draft_scrap", "kept_sentence", "likelier_language", "rules_removing", "slug"]

_DIGITS = regex.compile(r"\d+(?:[.,:]\d+)*")
_LONGEST_SLUG = 48
_NOT_SLUG = regex.compile(r"[^a-z0-9]+")
_SLUG_WORDS = 5
_WORDS_QUOTED = 8
_READS_LIKE = 0.6  # share of words known in a language from which a wording reads like it


def rules_removing(scrap: str, cleaner: Cleaner) -> list[str]:
    """The ids of rules that remove a whole scrap when it stands above or below an article; empty when none does.

    >>> rules_removing("Follow us on:", Cleaner())
    ['follow-us.networks']
    """
    text = scrap.strip()
    for page in (f"{SAMPLE_ARTICLE}\n{text}\n", f"{text}\n\n{SAMPLE_ARTICLE}") if text else ():
        result = cleaner.clean_document(page, DocumentInfo())
        if result.text == SAMPLE_ARTICLE:
            return list(dict.fromkeys(edit.rule for edit in result.edits))
    return []


def draft_scrap(text: str, rules: RuleSet, rule_id: str | None = None, language: str | None = None) -> Draft:
    """A draft for a scrap: each of its lines is a wording, one with numbers a pattern.

    Args:
        text: the scrap.
        rules: all rules there are: their wordings tell class and language, their ids are taken.
        rule_id: the id; by default made of the class and the first words.
        language: the language; by default guessed.

    The draft has a sentence that must stay, in the language of the wording. Where there is none for it, there is a
    place to fill in, and ``clean rules check`` says so until somebody does.

    Raises:
        RuleError: the text is blank, or the id is taken or malformed, or there is no such language.

    >>> from cleaner.rules import builtin_rules
    >>> draft = draft_scrap("12 people like this", builtin_rules(), "own.likes", "en")
    >>> draft.pattern
    {'en': ['\\\\d+(?:[.,:]\\\\d+)* people like this']}
    """
    wordings = [" ".join(line.split()) for line in text.split("\n") if fold(line)]
    if not wordings:
        raise RuleError("the scrap is blank", hint="paste the line that is to be removed")
    guess = Guesser(rules).guess(" ".join(wordings))
    language = language or guess.language
    name = rule_id or _new_id(guess.scrap_class, wordings[0], rules)
    _check(name, language, rules)
    exact = [line for line in wordings if not _DIGITS.search(line)]
    patterns = dict.fromkeys(_with_any_number(bare(line).casefold()) for line in wordings if _DIGITS.search(line))
    quoted = " ".join(wordings[0].split()[:_WORDS_QUOTED]).strip(" .,:;!?")
    kept = kept_sentence(quoted, language)
    return Draft(
        id=name,
        description=f"{'The line' if len(wordings) == 1 else 'Lines such as'} “{wordings[0][:60]}”",
        zones=(Zone.TAIL,),
        lines={language: exact} if exact else {},
        pattern={language: list(patterns)} if patterns else {},
        removes={language: wordings},
        keeps={language: [kept or f"… {quoted} …"]},
        notes=[*_notes(guess), *([] if kept else [_fill_in(language)])],
    )


def _new_id(scrap_class: str, wording: str, rules: RuleSet) -> str:
    return f"{scrap_class}.{slug(wording, [rule.id for rule in rules], f'{scrap_class}.')}"


def _check(rule_id: str, language: str, rules: RuleSet) -> None:
    if language:
        check_language(language)
    if not is_rule_id(rule_id):
        raise RuleError(f"id {rule_id!r} is not of the form class.name", hint="two parts of a-z, 0-9 and hyphens")
    if rule_id in rules:
        raise RuleError(f"the id {rule_id!r} is taken", hint="choose another one with --id")


def _notes(guess: Guess) -> list[str]:
    notes = ["Write what must be kept first: sentences of articles that nearly read like it."]
    if guess.rule:
        notes.append(f"It reads like {guess.rule} ({guess.likeness:.0%}); perhaps its wording belongs there.")
    return notes


def _with_any_number(line: str) -> str:
    """A regex for a line, with any other number in the place of each."""
    parts = [regex.escape(part, literal_spaces=True) for part in _DIGITS.split(line)]
    return _DIGITS.pattern.join(parts)


def slug(text: str, taken: Iterable[str] = (), prefix: str = "") -> str:
    """A name for a rule, from the first words of a wording; with a number when it is taken.

    Args:
        text: the wording.
        taken: names that it must not be, with the prefix before them.
        prefix: what stands before the name, as "learned.".

    >>> slug("Story Continued Below!"), slug("続きを読む", ["learned.wording"], "learned.")
    ('story-continued-below', 'wording-2')
    """
    letters = unicodedata.normalize("NFKD", fold(text)).encode("ascii", "ignore").decode()
    words = [part for part in _NOT_SLUG.split(letters) if part][:_SLUG_WORDS]
    name = "-".join(words)[:_LONGEST_SLUG].strip("-") or "wording"
    known = set(taken)
    number = 1
    while f"{prefix}{name if number == 1 else f'{name}-{number}'}" in known:
        number += 1
    return name if number == 1 else f"{name}-{number}"


def likelier_language(text: str, language: str, rules: RuleSet) -> str:
    """The language that a wording reads like, when that is clearly another one than somebody says; else "".

    >>> from cleaner.rules import builtin_rules
    >>> likelier_language("Follow us on Facebook", "sw", builtin_rules())
    'en'
    >>> likelier_language("Tufuate kwenye Facebook", "sw", builtin_rules())
    ''
    """
    guesser = Guesser(rules)
    other = guesser.guess(text).language
    if not other or other == language.partition("-")[0]:
        return ""
    reads_like = guesser.share_known(text, other) >= _READS_LIKE > guesser.share_known(text, language)
    return other if reads_like else ""


def kept_sentence(wording: str, language: str) -> str:
    """A sentence of a language that holds a wording and must be kept; "" when there is none for the language.

    >>> kept_sentence("Weiterlesen", "de").startswith("Jahrelang standen die Worte „Weiterlesen“")
    True
    >>> kept_sentence("Tufuate", "sw")
    ''
    """
    sentence = _kept_sentences().get(language.partition("-")[0], "")
    return sentence.format(wording.strip())


def _fill_in(language: str) -> str:
    name = f"of {language}" if language and language != "mul" else "in its language"
    return f"To do: write a sentence {name} around the wording, where the dots are. Until then a check fails."


@cache
def _kept_sentences() -> Mapping[str, str]:
    return tomllib.loads(Path(__file__).with_name("kept_sentences.toml").read_text(encoding="utf-8"))
