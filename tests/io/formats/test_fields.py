"""Names of fields, and where the text is."""

from __future__ import annotations

from typing import Any

import pytest

from cleaner.io.formats.fields import TEXT_FIELDS, FieldNames, lacks, settled, settled_note, value_of, with_texts

GUESSING = FieldNames(guesses=TEXT_FIELDS)


@pytest.mark.parametrize(
    ("fields", "name", "value"),
    [
        ({"a": {"b": 1}}, "a.b", 1),
        ({"a.b": 2, "a": {"b": 1}}, "a.b", 2),
        ({"a": {"b.c": 3}}, "a.b.c", 3),
        ({"a.b": {"c": 4}}, "a.b.c", 4),
        ({"a": None}, "a", None),
        ({"a": "text"}, "a.b", "none"),
        ({}, "", "none"),
    ],
)
def test_a_name_with_dots_leads_into_objects(fields: dict[str, Any], name: str, value: object) -> None:
    assert value_of(fields, name, "none") == value


@pytest.mark.parametrize(
    ("keys", "there", "found"),
    [
        (FieldNames(), {"text", "body"}, ("text",)),
        (FieldNames(), {"body"}, ()),
        (GUESSING, {"text", "body"}, ("text",)),
        (GUESSING, {"description", "article", "id"}, ("article",)),
        (FieldNames("title", more_texts=("text",)), {"text"}, ("title", "text")),
    ],
)
def test_what_was_asked_for_comes_before_guesses(keys: FieldNames, there: set[str], found: tuple[str, ...]) -> None:
    assert settled(keys, there.__contains__) == found


def test_all_fields_can_be_required() -> None:
    keys = FieldNames("title", more_texts=("text",))
    assert settled(keys, {"text"}.__contains__, all_of_them=True) == ()


def test_only_a_guess_is_worth_a_note() -> None:
    assert settled_note(GUESSING, ("text",)) == settled_note(GUESSING, ()) == ()
    assert "'body' is cleaned" in settled_note(GUESSING, ("body",))[0]
    assert with_texts(GUESSING, ("a", "b")).texts == ("a", "b")
    assert with_texts(GUESSING, ()) is GUESSING


def test_the_message_names_fields_inside_others() -> None:
    message = lacks(FieldNames(), {"id": 1, "hits": [{"_source": {"body": "x"}}], **dict.fromkeys("abcdefgh")})
    assert message.startswith("has no field 'text' (it has 'id', 'hits[]._source.body', 'a', ")
    assert message.endswith(" ...); did you mean --text-key _source.body?")
    assert lacks(FieldNames(), {"Id": 1, "TEXT": "x"}).endswith("'TEXT'); did you mean --text-key TEXT?")


def test_the_message_suggests_no_name_that_was_asked_for() -> None:
    keys = FieldNames("Inhalt", more_texts=("text",))
    assert lacks(keys, {"id": 1, "Inhalt": "x"}).endswith("; name it with --text-key")
    assert lacks(keys, {"hits": [{"text": "x"}]}).endswith("; name it with --text-key")
