"""Places of scraps point into the text as it came, whatever was repaired before."""

from __future__ import annotations

from cleaner import Cleaner
from cleaner.adapters.places import Place, places_of
from tests.adapters.engines import documents


def test_places_cover_what_was_removed_in_the_text_as_it_came(cleaner: Cleaner) -> None:
    count = 0
    for row in documents():
        text = row["text"] or ""
        result = cleaner.clean(text)
        places = list(places_of(result))
        pieces = [piece for piece in result.removed if piece.text.strip()]
        assert [place.rule for place in places] == [piece.rule for piece in pieces]
        for place, piece in zip(places, pieces, strict=True):
            found = text[place.start : place.end]
            assert found == found.strip()
            assert cleaner.clean(found).repaired.split() == piece.text.split()
        count += len(places)
    assert count > 50


def test_repairs_before_a_scrap_shift_its_place(cleaner: Cleaner) -> None:
    text = (
        "\r\n\r\nThe council met on Tuesday, and it couldnâ€™t   wait &amp; rest.\r\n\r\n\r\n\r\n  Follow us on:  \r\n"
    )
    (place,) = places_of(cleaner.clean(text))
    assert place == Place(text.index("Follow"), text.index("on:") + 3, "follow-us.networks")
    assert place.scrap_class == "follow-us"
