"""Who speaks: an article tells, and a reader who comments on it says "I" and "you"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from cleaner.text.normalize import caseless

__all__ = ["VOICES", "Voices", "persons_in"]

_WORDS = frozenset(
    word
    for words in (
        "i i'm i've i'd i'll i’m i’ve i’d i’ll me my mine myself you you're you’re your yours",  # English
        "ich mir mich mein meine meinen du dir dich dein deine",  # German
        "je moi mon mes tu toi ton tes vous votre vos",  # French
        "yo mis usted ustedes tú tus",  # Spanish
        "eu meu minha você vocês",  # Portuguese
        "io mio mia miei tuo tua voi vostro",  # Italian
        "ik mij mijn jij jou jouw",  # Dutch
        "mnie mój moja moje twój twoje ciebie panie",  # Polish
        "já mě můj moje tebe tvůj vám vás",  # Czech
        "я мне меня мой моя мое мои ты тебе тебя вы вам вас ваш ваша",  # Russian
        "мені мене мій моє ти тобі ви вам ваш",  # Ukrainian
        "εγώ μου εσύ σου σας εσείς",  # Greek
        "jag jeg mig meg mitt dig dej ditt",  # Swedish, Danish, Norwegian
        "ben benim bana sen senin siz sizin",  # Turkish
        "saya aku kamu anda",  # Indonesian
        "أنا انا أنت انت",  # Arabic
    )
    for word in words.split()
)
_SIGNS = ("我", "你", "您", "私は", "あなた", "나는", "당신")  # where no blanks stand between words

VOICES: tuple[tuple[str, str], ...] = (
    ("persons", "{%} of its words mean who speaks or who is spoken to"),
    ("persons-above", "{%} of the words of running text above mean who speaks or who is spoken to"),
    ("persons-near", "{%} of the words of the lines around it mean who speaks or who is spoken to"),
)
"""The evidence of the voices: the name of each piece, and what it says in words."""

_REACH = 4  # lines on either side


def persons_in(line: str, words: Sequence[str]) -> int:
    """How many words of a line mean who speaks or who is spoken to.

    Args:
        line: the line.
        words: its words, as :func:`cleaner.scoring.shapes.words_of` gives them.

    >>> persons_in("I think you are right", "I think you are right".split())
    2
    >>> persons_in("我想你是对的", ["我想你是对的"])
    2
    """
    found = sum(map(_WORDS.__contains__, caseless(" ".join(words)).split(" ")))
    return found if line.isascii() else found + sum([line.count(sign) for sign in _SIGNS])


class Voices:
    """The voices of a text.

    Args:
        words: for each line how many words it has.
        persons: for each line what :func:`persons_in` says.
        prose: for each line whether it reads as running text.

    >>> found = Voices([10, 4], [0, 2], [True, True]).evidence(1)
    >>> dict(zip((name for name, _ in VOICES), found))
    {'persons': 0.5, 'persons-above': 0.0, 'persons-near': 0.0}
    """

    def __init__(self, words: Sequence[int], persons: Sequence[int], prose: Sequence[bool]) -> None:
        self._words, self._persons = words, persons
        self._all_words, self._all_persons = [0, *accumulate(words)], [0, *accumulate(persons)]
        self._prose_words = [0, *accumulate(n if one else 0 for n, one in zip(words, prose, strict=True))]
        self._prose_persons = [0, *accumulate(n if one else 0 for n, one in zip(persons, prose, strict=True))]

    def evidence(self, index: int) -> list[float]:
        """The evidence of :data:`VOICES` for a line, in its order."""
        own, words = self._persons[index], self._words[index]
        low, high = max(0, index - _REACH), min(len(self._words), index + _REACH + 1)
        near = self._all_persons[high] - self._all_persons[low] - own
        near_words = self._all_words[high] - self._all_words[low] - words
        return [
            round(own / (words or 1), 3),
            round(self._prose_persons[index] / (self._prose_words[index] or 1), 3),
            round(near / (near_words or 1), 3),
        ]
