"""Language codes: which there are, and whether a wording reads like a language."""

from __future__ import annotations

from difflib import get_close_matches

from cleaner.errors import RuleError
from cleaner.rules.schema import is_language

__all__ = ["check_language"]

_MANY = "mul"
_ISO_639_1 = """
aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo
es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg
ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn
no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta
te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""
_CODES = frozenset(_ISO_639_1.split())
_NAMES = {
    "arabic": "ar", "bulgarian": "bg", "catalan": "ca", "chinese": "zh", "croatian": "hr", "czech": "cs",
    "danish": "da", "deutsch": "de", "dutch": "nl", "english": "en", "finnish": "fi", "french": "fr", "german": "de",
    "greek": "el", "hindi": "hi", "hungarian": "hu", "indonesian": "id", "italian": "it", "japanese": "ja",
    "korean": "ko", "norwegian": "no", "persian": "fa", "polish": "pl", "portuguese": "pt", "romanian": "ro",
    "russian": "ru", "serbian": "sr", "spanish": "es", "swahili": "sw", "swedish": "sv", "thai": "th", "turkish": "tr",
    "ukrainian": "uk", "vietnamese": "vi",
}  # fmt: skip


def check_language(code: str) -> None:
    """Refuse what is no code of a language: two letters of ISO 639-1, or three letters, perhaps with a region.

    Raises:
        RuleError: it is none. The hint names the code that may be meant.

    >>> check_language("pt-BR")
    >>> check_language("xx")
    Traceback (most recent call last):
    ...
    cleaner.errors.RuleError: there is no language 'xx'; use a code of ISO 639 such as en, de, pt-BR, sw
    """
    first = code.partition("-")[0]
    if code == _MANY or (is_language(code) and (first in _CODES or len(first) == 3)):
        return
    close = get_close_matches(code.lower(), _NAMES, n=1)
    hint = f"write {_NAMES[close[0]]}" if close else "use a code of ISO 639 such as en, de, pt-BR, sw"
    raise RuleError(f"there is no language {code!r}", hint=hint)
