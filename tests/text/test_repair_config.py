"""Every repair can be switched on and off."""

from __future__ import annotations

import pickle

import pytest

from cleaner.text.repair import repair
from cleaner.text.repair_config import RepairConfig


@pytest.mark.parametrize(
    ("option", "text", "want"),
    [
        ({"mojibake": False}, "Itâ€™s", "Itâ€™s"),
        ({"entities": False}, "R&amp;D", "R&amp;D"),
        ({"escapes": False}, "the mayor\\u2019s bridge", "the mayor\\u2019s bridge"),
        ({"mojibake": False}, "It鈥檚 DrÃ¥ber", "It鈥檚 DrÃ¥ber"),
        ({"normalization": None}, "e\N{COMBINING ACUTE ACCENT}", "e\N{COMBINING ACUTE ACCENT}"),
        ({"soft_hyphens": False}, "Wer\N{SOFT HYPHEN}bung", "Wer\N{SOFT HYPHEN}bung"),
        ({"control_characters": False}, "a\x08b", "a\x08b"),
        ({"line_breaks": False}, "a\N{LINE SEPARATOR}b", "a\N{LINE SEPARATOR}b"),
        ({"straight_quotes": True}, "“It’s”", '"It\'s"'),
        ({"plain_ligatures": True}, "ﬁne", "fine"),
        ({"narrow_forms": True}, "ＡＢＣ", "ABC"),
    ],
)
def test_every_repair_can_be_switched(option: dict[str, object], text: str, want: str) -> None:
    assert repair(text + "\n", RepairConfig(**option)).text == want + "\n"  # type: ignore[arg-type]


def test_switches_do_not_touch_each_other() -> None:
    text = "Itâ€™s R&amp;D\x08\n"
    assert repair(text, RepairConfig(mojibake=False)).text == "Itâ€™s R&D\n"
    assert repair(text, RepairConfig(entities=False)).text == "It’s R&amp;D\n"
    assert repair(text, RepairConfig(control_characters=False)).text == "It’s R&D\x08\n"


def test_typography_is_kept_unless_one_of_its_switches_is_on() -> None:
    assert RepairConfig().keeps_typography
    for option in ("straight_quotes", "plain_ligatures", "narrow_forms"):
        assert not RepairConfig(**{option: True}).keeps_typography  # type: ignore[arg-type]


def test_it_travels_between_processes() -> None:
    config = RepairConfig(mojibake=False)
    assert config.ftfy.fix_encoding is False
    assert pickle.loads(pickle.dumps(config)) == config
