"""A guess at the language of a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.text.language import LANGUAGES, guess_language

SENTENCES = {
    "ar": "اجتمع المجلس يوم الثلاثاء في المدينة من أجل التصويت على الجسر القديم الذي يحتاج إلى إصلاح",
    "cs": "Rada se v úterý sešla, aby hlasovala o starém mostu, který není bezpečný, a podle ní je třeba jej opravit.",
    "da": "Byrådet mødtes tirsdag for at stemme om den gamle bro, og efter mødet blev det klart, at den er usikker.",
    "de": "Der Rat hat am Dienstag über die alte Brücke beraten, und die Sitzung war nicht kurz.",
    "el": "Το συμβούλιο συνεδρίασε την Τρίτη για να ψηφίσει για την παλιά γέφυρα.",
    "en": "The council met on Tuesday to vote on the old bridge, and it was a long night for all.",
    "es": "El consejo se reunió el martes para votar sobre el puente viejo, que no es seguro para los vecinos.",
    "fi": "Valtuusto kokoontui tiistaina, ja se päätti että vanha silta on korjattava, mutta ei vielä kun talvi on.",
    "fr": "Le conseil s'est réuni mardi pour voter sur le vieux pont, qui n'est plus sûr pour les habitants.",
    "hi": "परिषद की बैठक मंगलवार को पुराने पुल पर मतदान के लिए हुई।",
    "it": "Il consiglio si è riunito martedì per votare sul vecchio ponte, che non è più sicuro per gli abitanti.",
    "ja": "市議会は火曜日に開かれ、古い橋の修理について話し合いました。",
    "ko": "시의회는 화요일에 모여 오래된 다리의 수리를 놓고 투표했다.",
    "nl": "De raad kwam dinsdag bijeen om over de oude brug te stemmen, die niet meer veilig is voor het verkeer.",
    "pl": "Rada zebrała się we wtorek, aby głosować w sprawie starego mostu, który nie jest już bezpieczny dla ludzi.",
    "pt": "O conselho reuniu-se na terça-feira para votar sobre a ponte velha, que não é mais segura para os vizinhos.",
    "ru": "Совет собрался во вторник, чтобы голосовать за ремонт старого моста, который уже не был безопасен.",
    "sv": "Rådet möttes på tisdagen för att rösta om den gamla bron, som inte är säker, och det var en lång kväll.",
    "th": "สภาเทศบาลประชุมกันเมื่อวันอังคารเพื่อลงมติเรื่องสะพานเก่า",
    "tr": "Meclis salı günü eski köprü için toplandı ve bu gece çok uzun oldu, ama sonra daha güvenli bir yol var.",
    "uk": "Рада зібралася у вівторок, щоб голосувати за ремонт старого мосту, який також не був безпечним для людей.",
    "vi": "Hội đồng đã họp vào thứ ba để bỏ phiếu về cây cầu cũ, và đó là một đêm dài cho những người có mặt.",
    "zh": "市议会星期二开会讨论旧桥的维修问题，会议持续了整整一个晚上。",
}


@pytest.mark.parametrize("language", SENTENCES)
def test_a_sentence_tells_its_language(language: str) -> None:
    assert guess_language(SENTENCES[language]) == language


@pytest.mark.parametrize(
    "text", ["", "OK", "1 234 567", "Bridge repair", "Qxz vbn mkl wrt plk jhg fds qwe rty uio", "!!! ??? ..."]
)
def test_what_does_not_tell_is_not_guessed(text: str) -> None:
    assert guess_language(text) == ""


@given(st.text(max_size=300))
def test_any_text_gets_a_known_language_or_none(text: str) -> None:
    assert guess_language(text) in {"", *LANGUAGES}


def test_only_the_beginning_counts() -> None:
    assert guess_language(SENTENCES["en"] * 100 + SENTENCES["ru"] * 1000) == "en"
