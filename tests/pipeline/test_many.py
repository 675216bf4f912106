"""Many texts: in order, lazily, in this process or in several, and without blocking an event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from itertools import count, islice
from typing import Any

import pytest

from cleaner import Cleaner, CleanerError

BODY = "The town council met on Tuesday evening and voted to repair the old stone bridge across the river.\n"
CLEANER = Cleaner()


def numbered() -> Iterator[str]:
    return (
        f"{BODY}\nThe mayor counted {number} stones in the river below the bridge.\n\nShare\n" for number in count()
    )


def test_the_results_come_in_order() -> None:
    given = list(islice(numbered(), 40))
    assert list(CLEANER.clean_batch(given)) == [CLEANER.clean(text) for text in given]


def test_an_endless_iterable_is_read_as_far_as_it_is_needed() -> None:
    read = []

    def texts() -> Iterator[str]:
        for text in numbered():
            read.append(text)
            yield text

    found = CLEANER.clean_batch(texts())
    assert read == []
    assert "counted 1 stones" in list(islice(found, 2))[1].text
    assert len(read) <= 16


@pytest.mark.slow
def test_several_processes_change_nothing() -> None:
    given = list(islice(numbered(), 50))
    assert list(CLEANER.clean_batch(given, jobs=2)) == list(CLEANER.clean_batch(given))


def test_what_is_known_goes_with_its_text() -> None:
    items: list[dict[str, Any]] = [
        {"text": f"The old bridge\n\n{BODY}", "title": "The old bridge"},
        {"text": BODY, "title": None},
    ]
    assert [result.text for result in CLEANER.clean_batch(items)] == [BODY, BODY]


@pytest.mark.parametrize(
    ("texts", "answer"),
    [
        ([BODY, None], "text 2: the text is None; give str or bytes"),
        ([BODY, BODY, {"text": BODY, "title": 7}], "text 3: title is an int; give str"),
        ([b"PK\x03\x04\0\0\0\0\0\0\0\0"], "text 1: "),
    ],
)
def test_a_wrong_text_is_named_by_its_number(texts: list[Any], answer: str) -> None:
    with pytest.raises(CleanerError) as caught:
        list(CLEANER.clean_batch(texts))
    assert str(caught.value).startswith(answer)


@pytest.mark.parametrize("text", ["a text", b"bytes", {"text": "a"}])
def test_one_text_is_no_batch(text: str) -> None:
    with pytest.raises(CleanerError, match=r"takes many texts, as \[text\]; for one text there is Cleaner.clean"):
        CLEANER.clean_batch(text)


def test_an_event_loop_goes_on_while_texts_are_cleaned() -> None:
    async def gather() -> list[str]:
        texts = islice(numbered(), 3)
        results = await asyncio.gather(*(CLEANER.aclean(text, site="River Post") for text in texts))
        return [result.text for result in results]

    assert asyncio.run(gather()) == [CLEANER.clean(text).text for text in islice(numbered(), 3)]
