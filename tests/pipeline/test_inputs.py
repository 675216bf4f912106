"""Whatever a person gives instead of a text gets an answer that says what to give."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

from cleaner import Cleaner, CleanerError, clean
from cleaner.errors import InputError

CLEANER = Cleaner()


@pytest.mark.parametrize(
    ("wrong", "answer"),
    [
        pytest.param(None, "the text is None; give str or bytes, and leave out rows that have no text", id="none"),
        pytest.param(float("nan"), "the text is nan; give str or bytes, and leave out rows", id="nan"),
        pytest.param(Path("a.txt"), "give the content of the file, as path.read_bytes()", id="path"),
        pytest.param(["a"], "the text is a list; give one text at a time, or all of them", id="list"),
        pytest.param(("a",), "the text is a tuple; give one text at a time", id="tuple"),
        pytest.param({"text": "a"}, 'give the field that holds the text, as row["text"]', id="row"),
        pytest.param(io.StringIO("a"), "give what is in it, as file.read()", id="file"),
        pytest.param(7, "the text is an int; give str or bytes", id="number"),
    ],
)
def test_what_is_no_text_is_told_what_to_give(wrong: Any, answer: str) -> None:
    for ask in (clean, CLEANER.clean, CLEANER.clean_html):
        with pytest.raises(CleanerError) as caught:
            ask(wrong)
        assert answer in str(caught.value)
        assert isinstance(caught.value, TypeError)


def test_missing_values_of_pandas_are_named() -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    for missing in (pandas.NA, pandas.NaT):
        with pytest.raises(CleanerError, match="leave out rows that have no text"):
            CLEANER.clean(missing)


@pytest.mark.parametrize("name", ["title", "url", "author", "date", "site"])
def test_what_is_known_is_text_or_none(name: str) -> None:
    with pytest.raises(CleanerError, match=f"{name} is nan; give None when it is not known"):
        CLEANER.clean("So.", **{name: float("nan")})  # type: ignore[arg-type]
    with pytest.raises(CleanerError, match=f"{name} is an int; give str, as {name}=str"):
        CLEANER.clean("So.", **{name: 7})  # type: ignore[arg-type]


def test_other_kinds_of_bytes_are_bytes() -> None:
    kinds: list[Any] = [bytearray(b"So it is.  \n"), memoryview(b"So it is.  \n")]
    assert {CLEANER.clean(data).text for data in kinds} == {"So it is.\n"}


@pytest.mark.parametrize(
    ("wrong", "answer"),
    [
        ("rules.toml", r"rules is a str; give a RuleSet, as builtin_rules\(\) \| load_rules\('rules.toml'\)"),
        (Path("rules.toml"), r"rules is a Path; give a RuleSet, as builtin_rules\(\) \| load_rules\('rules.toml'\)"),
        ([], r"rules is a list; give a RuleSet, as builtin_rules\(\), or RuleSet\(\) for none"),
    ],
)
def test_rules_are_a_rule_set(wrong: Any, answer: str) -> None:
    with pytest.raises(InputError, match=answer):
        Cleaner(wrong)


@pytest.mark.parametrize("jobs", [0, -1, "2", None, 1.5])
def test_a_number_of_processes_is_one(jobs: Any) -> None:
    with pytest.raises(InputError, match=f"jobs is {jobs!r}; give a number of processes, 1 or more"):
        Cleaner().clean_batch(["The council met.\n"], jobs=jobs)


@pytest.mark.parametrize(
    ("settings", "answer"),
    [
        ({"document_seconds": "ten"}, "document_seconds is a str; give a number"),
        ({"document_seconds": None}, "document_seconds is None; give a number"),
        ({"guard": [0.5]}, "guard is a list; give a number"),
        ({"encoding": "latin-9000"}, "there is no encoding 'latin-9000'; name one such as windows-1252"),
        ({"encoding": None}, 'encoding is None; give the name of one, or "" to find it out for each text'),
    ],
)
def test_settings_are_checked_when_a_cleaner_is_made(settings: dict[str, Any], answer: str) -> None:
    with pytest.raises(InputError) as caught:
        Cleaner(**settings)
    assert answer in str(caught.value)
