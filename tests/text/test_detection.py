"""Legacy encodings, told by what letters make sense."""

from __future__ import annotations

import pytest

from cleaner.text.detection import detect_encoding

SENTENCES = {
    "sv": ("cp1252", "Kommunfullmäktige beslutade på tisdagskvällen att stänga den gamla bron över ån i tre månader."),
    "es": ("cp1252", "El concejo votó el martes por la noche el cierre del puente: “No había opción”, dijo la señora."),
    "pt": ("cp1252", "A câmara votou na terça-feira o encerramento da ponte; não há outra opção, disse a presidente."),
    "fr": (
        "cp1252",
        "Le conseil a voté mardi soir la fermeture du vieux pont : « Nous n’avions pas le choix », a-t-elle.",
    ),
    "it": (
        "cp1252",
        "Il consiglio ha votato martedì la chiusura del ponte: è una scelta difficile, perché la città soffre.",
    ),
    "de": (
        "cp1252",
        "Der Rat beschloss am Dienstag, die Brücke für drei Monate zu schließen, müssen Bürger früh hören.",
    ),
    "nl": (
        "cp1252",
        "De raad besloot dinsdag de brug te sluiten; ‘we hadden geen keus’, zei de burgemeester, één keer.",
    ),
    "da": (
        "cp1252",
        "Byrådet besluttede tirsdag aften at lukke den gamle bro over åen i tre måneder på grund af skader.",
    ),
    "fi": (
        "cp1252",
        "Kaupunginvaltuusto päätti tiistaina sulkea vanhan sillan kolmeksi kuukaudeksi, sanoi pormestari.",
    ),
    "sq": (
        "cp1252",
        "Këshilli i qytetit vendosi të martën të mbyllë urën deri në fund të qershorit, tha kryetarja, më pas.",
    ),
    "pl": (
        "cp1250",
        "Rada miasta we wtorek wieczorem zdecydowała o zamknięciu mostu; „nie mieliśmy wyboru”, powiedziała.",
    ),
    "cs": (
        "cp1250",
        "Rada města v úterý večer rozhodla o uzavření starého mostu přes řeku; neměli jsme na výběr, řekla.",
    ),
    "hu": (
        "cp1250",
        "A városi tanács kedden este úgy döntött, hogy lezárja a régi hidat; nem volt más választásunk, így ő.",
    ),
    "ro": (
        "cp1250",
        "Consiliul a hotărât marţi seara închiderea podului vechi peste râu; nu am avut de ales, a spus ea, şi.",
    ),
    "tr": (
        "cp1254",
        "Belediye meclisi salı akşamı eski köprünün üç ay kapatılmasına karar verdi, dedi başkan, ışıkları aç.",
    ),
    "ru": ("cp1251", "Городской совет во вторник вечером решил закрыть старый каменный мост через реку на три месяца."),
    "ru koi8": (
        "koi8-r",
        "Городской совет во вторник вечером решил закрыть старый каменный мост через реку на три месяца.",
    ),
    "el": (
        "cp1253",
        "Το δημοτικό συμβούλιο αποφάσισε το βράδυ της Τρίτης να κλείσει την παλιά γέφυρα για τρεις μήνες.",
    ),
    "ja": ("cp932", "市議会は火曜日の夜、川にかかる古い石橋を三か月間閉鎖することを決めました。市長は説明した。"),
    "zh": ("gb18030", "市议会星期二晚上开会，决定从下个月起关闭横跨河流的旧石桥三个月。市长说，我们没有选择。"),
    "ko": ("cp949", "시의회는 화요일 밤 강을 가로지르는 오래된 돌다리를 석 달 동안 닫기로 결정했다고 시장은 말했다."),
}


@pytest.mark.parametrize("language", SENTENCES)
def test_a_sentence_is_read_in_the_usual_encoding_of_its_language(language: str) -> None:
    codec, text = SENTENCES[language]
    data = text.encode(codec)
    assert data.decode(detect_encoding(data)) == text


@pytest.mark.parametrize("data", [b"caf\xe9", b"\x93Yes\x94, she said.", b"a price of 50 \x80 a head", b"\xa9 2026"])
def test_a_few_letters_and_quotes_are_windows_1252(data: bytes) -> None:
    assert detect_encoding(data) == "cp1252"
