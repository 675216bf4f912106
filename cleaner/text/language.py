"""A guess at the language of a text: by its script, and where several languages share one by their commonest words.

It is for sorting and counting texts of a sentence or more. It knows 54 languages, tells nothing rather than something
where the words do not decide, and is no replacement for a trained detector. Nothing here reads files.
"""

from __future__ import annotations

from collections import Counter
from functools import cache

import regex

__all__ = ["LANGUAGES", "guess_language"]

_SAMPLE = 4000  # characters from which on more of them change nothing
_FEWEST_LETTERS = 20
_FEWEST_WORDS = 6
_LEAST_SHARE = 0.06  # of the words that are among the commonest of a language
_LEAD = 1.1  # how much better than the second the first has to be
_LEAST_KANA = 0.05  # Chinese quotes a Japanese name now and then

_SCRIPTS = {
    "Greek": "el",
    "Hebrew": "he",
    "Hangul": "ko",
    "Thai": "th",
    "Armenian": "hy",
    "Georgian": "ka",
    "Bengali": "bn",
    "Tamil": "ta",
    "Telugu": "te",
    "Gujarati": "gu",
    "Kannada": "kn",
    "Malayalam": "ml",
    "Gurmukhi": "pa",
    "Khmer": "km",
    "Lao": "lo",
    "Myanmar": "my",
    "Sinhala": "si",
    "Ethiopic": "am",
    "Devanagari": "hi",
}
_WORDS = {
    "ar": "في من على أن إلى التي الذي هذا هذه عن مع كما بعد قبل أو كان لا ما بين",
    "bg": "и на да за от се в е че с са по не до като ще си който това беше при",
    "cs": "a se na je v že s z do pro jsou jako ale by od ve podle který není jeho také své bylo",
    "da": "og i at det er en til af på for med den de som der ikke har et fra blev også efter hun jeg være",
    "de": "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch werden nach wird",
    "en": "the of and to in a is that for on was with as it be by at from are this has his not have which but",
    "es": "de la que el en y a los se del las por un para con una no su es al lo como más o pero fue este",
    "et": "ja on ei et see oma mis ka kui ning aga oli ta või mida seda selle pärast kes nii",
    "fa": "و در به از که این را با است برای آن یک خود تا بر هم کرد شده می‌شود ها",
    "fi": "ja on ei että se oli hän ovat mutta myös kun niin kuin tai joka sen ole mukaan voi jo vain",
    "fr": "de la le et les des en un une du que est pour dans qui a sur par au pas plus il ce avec ne se son",
    "hr": "i u je na se da su za od s a kako koji ne će što nije to bi iz biti kao o do prema",
    "hu": "a az és hogy nem is egy de van volt ez meg azt csak már el még mint ki vagy után lesz",
    "id": "yang dan di dengan untuk dari pada ini itu dalam tidak akan ke adalah juga oleh karena ada telah bisa",
    "it": "di e che la il un a per è in una sono con non del le si da dei al della come più ha anche ma gli",
    "lt": "ir yra kad į iš su buvo tai bet ne kaip už apie jis po per nuo dėl bei taip jau",
    "lv": "un ir ka no ar par uz lai kas bija nav tas pēc arī bet kā pie vai to savu",
    "nl": "de van het een en in is dat op te zijn met voor niet aan die er om ook als bij door naar worden maar",
    "no": "og i det er på til som en for av at med de den ikke har et fra ble også etter jeg mer vil være seg",
    "pl": "w i na z się do nie że to jest o od po jak za przez dla są co tym ale ich był oraz także",
    "pt": "de a o que e do da em um para com não uma os no se na por mais as dos como mas foi ao ele das",
    "ro": "și de în la a cu pe nu că din este pentru o sunt care mai un fi au prin sau după ce lui",
    "ru": "и в не на что с он как по но из к за это от для было его а у о же все также был",
    "sk": "a sa na je v že s z do pre sú ako ale by od vo podľa ktorý nie jeho aj svoje bolo",
    "sl": "je in v na se da za so ki z pa ne s tudi kot po od bi ali ni še pri bo že",
    "sr": "и у је на се да су за од са а како који не ће што није то би из бити као до према",
    "sv": "och i att det som en på är av för med den till inte har de ett om från var men också efter vid",
    "sw": "na ya wa kwa ni katika za la kuwa cha hii yake hiyo huo kama lakini baada watu kwamba pia",
    "tl": "ang ng sa na mga at ay si ni hindi para kay ito niya siya kung may rin din nang",
    "tr": "ve bir bu da de için ile olarak çok ne daha gibi olan olduğu sonra kadar ama en var değil ise",
    "uk": "і в не на що з та у як до по це від за його але для із був також або ще про який",
    "ur": "کے کی میں ہے اور سے کا کو اس نے پر کہ ہیں یہ بھی نہیں ایک تھا کر ہو",
    "vi": "và của là có trong được cho không với các một những đã người này để khi đến từ về",
}

LANGUAGES: tuple[str, ...] = tuple(sorted({*_WORDS, *_SCRIPTS.values(), "ja", "zh"}))
"""What can be guessed, as codes of ISO 639-1."""

_LETTER = regex.compile(r"\p{L}")
_WORD = regex.compile(r"[\p{L}\p{M}\u200c'’]+")
_OF_SCRIPT = {name: regex.compile(rf"\p{{{name}}}") for name in (*_SCRIPTS, "Latin", "Han")}
_KANA = regex.compile(r"[\p{Hiragana}\p{Katakana}]")


def guess_language(text: str) -> str:
    """The language of a text as a code of ISO 639-1, or "" when the text is short or its words do not tell.

    Args:
        text: best the cleaned text; its beginning is looked at.

    >>> guess_language("The council met on Tuesday to vote on the old bridge, and it was a long night for all.")
    'en'
    >>> guess_language("Der Rat hat am Dienstag über die alte Brücke beraten, und die Sitzung war nicht kurz.")
    'de'
    >>> guess_language("市议会星期二开会讨论旧桥的维修问题，会议持续了整整一个晚上。"), guess_language("OK")
    ('zh', '')
    """
    sample = text[:_SAMPLE]
    letters = len(_LETTER.findall(sample))
    if letters < _FEWEST_LETTERS:
        return ""
    if 2 * len(_OF_SCRIPT["Latin"].findall(sample)) <= letters and (language := _by_script(sample, letters)):
        return language
    return _by_words([word.casefold() for word in _WORD.findall(sample)])


def _by_script(sample: str, letters: int) -> str:
    """The language that alone has the script of most letters, or is by far the commonest that has; else ""."""
    kana, han = len(_KANA.findall(sample)), len(_OF_SCRIPT["Han"].findall(sample))
    if 2 * (kana + han) > letters:
        return "ja" if kana > _LEAST_KANA * letters else "zh"
    for script, language in _SCRIPTS.items():
        if 2 * len(_OF_SCRIPT[script].findall(sample)) > letters:
            return language
    return ""


def _by_words(words: list[str]) -> str:
    """The language whose commonest words are found most often; a word of several languages counts for each a part."""
    votes: Counter[str] = Counter()
    for word in words:
        languages = _languages_of().get(word, ())
        for language in languages:
            votes[language] += 60 // len(languages)
    if len(words) < _FEWEST_WORDS or not votes:
        return ""
    (first, most), *others = votes.most_common(2)
    second = others[0][1] if others else 0
    return first if most >= 60 * _LEAST_SHARE * len(words) and most >= _LEAD * second else ""


@cache
def _languages_of() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for language, words in _WORDS.items():
        for word in words.split():
            found[word] = (*found.get(word, ()), language)
    return found
