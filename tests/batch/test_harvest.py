"""Metadata and flags for those who read the results."""

from __future__ import annotations

import json
import re

import pytest

from cleaner import Cleaner
from cleaner.batch.harvest import Harvest, foreign_field, found, joined, merged, row_values, signal_values
from cleaner.pipeline import CleanResult

STAMP = {"rules": "0", "version": "1"}
ABOUT = {"metadata": {"date": "March 28"}, "flags": ["index", "guard"], **STAMP}


def result(flags: tuple[str, ...] = (), **metadata: str) -> CleanResult:
    return CleanResult("x", "x", metadata=metadata, flags=flags)


def test_several_texts_tell_what_each_of_them_tells() -> None:
    about = found([result(("index",), date="March 28", agency="AP"), result(("index",), date="March 29")], STAMP)
    assert about == {"metadata": {"date": "March 28; March 29", "agency": "AP"}, "flags": ["index"], **STAMP}


@pytest.mark.parametrize("old", [None, 7, "", "no JSON", "[1]", {"metadata": 7}, "[" * 100_000])
def test_what_is_not_of_an_earlier_run_is_replaced(old: object) -> None:
    assert merged(ABOUT, old) == ABOUT


def test_what_an_earlier_run_found_stays() -> None:
    old = {"metadata": {"agency": "AP", "date": "old"}, "flags": ["paywall"]}
    for given in (old, json.dumps(old)):
        assert merged(ABOUT, given)["metadata"] == {"agency": "AP", "date": "March 28"}
        assert merged(ABOUT, given)["flags"] == ["index", "guard"]


def test_objects_where_they_are_possible_and_words_elsewhere() -> None:
    harvest = Harvest("clean", "flags", (("date", "clean_date"), ("agency", "wire"), ("flags", "clean_flags")))
    assert harvest.fields == ("clean", "flags", "clean_date", "wire", "clean_flags")
    rich = row_values(harvest, ABOUT, {"wire": "AP"}, True)
    flags = ["index", "guard"]
    assert rich == {"clean": ABOUT, "flags": flags, "clean_date": "March 28", "wire": "AP", "clean_flags": flags}
    flat = row_values(harvest, ABOUT, {}, False)
    assert json.loads(flat.pop("clean")) == ABOUT
    assert flat == {"flags": "index guard", "clean_date": "March 28", "wire": None, "clean_flags": "index guard"}


def test_what_an_earlier_run_removed_stays() -> None:
    assert joined("Advertisement", "Follow us on:\n\nShare") == "Advertisement\n\nFollow us on:\n\nShare"
    assert joined("Advertisement", "") == "Advertisement"
    assert joined("", "") == joined(None, "") == ""


HARVEST = Harvest("clean", "flags", (("date", "clean_date"), ("flags", "clean_flags")))


NOT_ABOUT: tuple[object, ...] = (17, 0, False, [], {}, {"mine": 1}, "mine", "[1]", {"metadata": {}})
NO_FLAGS: tuple[object, ...] = (["mine"], ["index", "mine"], "mine", 7, [1], {"index": 1}, False)
NO_TEXTS: tuple[object, ...] = (["mine"], 7, {})


def no_flags() -> tuple[str, ...]:
    return ()


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"clean": None, "flags": None, "clean_date": None, "clean_flags": None, "gone": None},
        {"clean": "", "flags": "", "clean_date": "", "clean_flags": "", "gone": ""},
        {
            "clean": ABOUT,
            "flags": ["index", "timeout:a.b"],
            "clean_date": "March 28",
            "clean_flags": [],
            "gone": "Share",
        },
        {"clean": json.dumps(ABOUT), "flags": "index guard encoding-guessed", "clean_flags": "looks-like-csv"},
    ],
)
def test_fields_that_are_free_or_of_a_run_are_written(fields: dict[str, object]) -> None:
    assert foreign_field(HARVEST, "gone", fields, no_flags) == ""


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("clean", value) for value in NOT_ABOUT),
        *(("flags", value) for value in NO_FLAGS),
        ("clean_flags", ["mine"]),
        *((field, value) for field in ("clean_date", "gone") for value in NO_TEXTS),
    ],
)
def test_fields_of_somebody_else_are_not(field: str, value: object) -> None:
    assert foreign_field(HARVEST, "gone", {"text": "A town.", field: value}, no_flags) == field


def test_flags_of_own_rules_are_those_of_a_run() -> None:
    assert foreign_field(HARVEST, "", {"flags": ["index", "recipe"]}, lambda: {"recipe"}) == ""


def test_every_flag_of_a_result_is_known() -> None:
    shipped = {rule.flag for rule in Cleaner().rules if rule.flag}
    written = re.findall(r'"([a-z-]+)"', (CleanResult.__doc__ or "").partition("flags: ")[2].partition("repairs:")[0])
    assert {"guard", "emptied", "index"} <= set(written)
    for flag in {*shipped, *written}:
        assert foreign_field(HARVEST, "", {"flags": [flag]}, no_flags) == ""


def test_signals_have_their_types_and_only_fields_of_a_run_are_written() -> None:
    harvest = Harvest(signals=(("words", "n"), ("residue", "r"), ("guard", "g"), ("classes", "c")))
    assert harvest.fields == ("n", "r", "g", "c")
    assert harvest.kinds == (("n", "int"), ("r", "float"), ("g", "bool"))
    assert signal_values(harvest, [result()]) == {"n": 1, "r": 1.0, "g": False, "c": ""}
    assert signal_values(Harvest(), [result()]) == {}
    for fields in ({"n": 1, "r": 1, "g": True, "c": "a"}, {"n": "1", "r": ""}, {"n": None}):
        assert foreign_field(harvest, "", fields, no_flags) == ""
    for name, value in [("n", True), ("n", 1.5), ("n", [1]), ("g", 1), ("r", False), ("c", 1)]:
        assert foreign_field(harvest, "", {name: value}, no_flags) == name
