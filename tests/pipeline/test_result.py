"""A result tells what was removed, as values, as JSON, as one line and as HTML."""

from __future__ import annotations

import json
from html.parser import HTMLParser

from hypothesis import given, settings

from cleaner import Cleaner, CleanResult, Edit
from tests.strategies import texts

BODY = "The town council met on Tuesday evening and voted to repair the old stone bridge across the river.\n"
CLEANER = Cleaner()


def test_removed_names_rule_class_and_text() -> None:
    result = CLEANER.clean(f"{BODY}\nFollow us on:\n")
    (piece,) = result.removed
    assert (piece.rule, piece.scrap_class, piece.text.strip()) == ("follow-us.networks", "follow-us", "Follow us on:")
    assert result.repaired[piece.start : piece.end] == piece.text


def test_an_insertion_removes_nothing() -> None:
    result = CleanResult("ab", "a", (Edit(1, 1, "b", "own.x"),))
    assert result.removed == ()


def test_the_dictionary_is_json() -> None:
    result = CLEANER.clean(f"By Jane Doe\n\n{BODY}\nItâ€™s so.\n\nFollow us on:\n".encode())
    found = json.loads(json.dumps(result.to_dict()))
    assert found["text"] == result.text
    assert found["metadata"] == {"author": "Jane Doe"}
    assert [one["class"] for one in found["removed"]] == ["byline", "follow-us"]
    assert found["repairs"] == ["encoding"]
    assert found["encoding"] == "utf-8"


def test_the_repr_is_short_however_long_the_text() -> None:
    shown = repr(
        CLEANER.clean(
            f"By Jane Doe\n\n{''.join(f'{BODY}{number} people came. ' for number in range(500))}\nFollow us on:\n"
        )
    )
    assert len(shown) < 200
    assert "pieces removed: byline, " in shown
    assert "metadata: author" in shown


class _Texts(HTMLParser):
    """The text of a page inside and outside <del>, and every tag."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.gone: list[str] = []
        self.left: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        if self.tags[-1] == "p":
            return
        (self.gone if self.get_starttag_text() and self.tags[-1] == "del" else self.left).append(data)

    def handle_endtag(self, tag: str) -> None:
        self.tags.append("pre")


def test_the_diff_of_a_notebook_shows_what_went_and_what_stayed() -> None:
    result = CLEANER.clean(f"{BODY}\nFollow us on:\n")
    page = _Texts()
    page.feed(result._repr_html_())
    assert "".join(page.gone).strip() == "Follow us on:"
    assert "".join(page.left) == BODY


@given(texts)
@settings(max_examples=60, deadline=None)
def test_nothing_of_a_text_is_markup_in_a_notebook(text: str) -> None:
    page = CLEANER.clean(f"<script>alert(1)</script> {text}")._repr_html_()
    tags = _Texts()
    tags.feed(page)
    assert set(tags.tags) <= {"div", "p", "pre", "del", "ins"}
    assert "<script" not in page
