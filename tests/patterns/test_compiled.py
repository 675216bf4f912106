"""Regexes compiled, kept and read back."""

from __future__ import annotations

import pytest
import regex

from cleaner.patterns.compiled import compile_regex, freeze, thaw


def test_case_makes_no_difference_unless_it_shall() -> None:
    assert compile_regex("ads").fullmatch("ADS")
    assert not compile_regex("ads", case_sensitive=True).fullmatch("ADS")


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"(?P<n>\d+) shares", "12 Shares"),
        (r"\p{Lu}\w+|[^\W\d]{2,}", "Émile"),
        (r"(?:foobar){e<=1}", "fobar"),
        (r"(?>a+)b(?=c)?", "aab"),
        (r"(?P<a>x)(?P=a)", "xX"),
    ],
)
def test_a_frozen_regex_matches_as_before(pattern: str, text: str) -> None:
    compiled = compile_regex(pattern)
    again = thaw(freeze(compiled))
    before, after = compiled.fullmatch(text), again.fullmatch(text)
    assert before is not None
    assert after is not None
    assert before.groupdict() == after.groupdict()


def test_a_frozen_regex_is_data() -> None:
    """Reading it back runs nothing: it is msgpack, not a pickle."""
    import msgspec

    frozen = freeze(compile_regex("ads"))
    assert msgspec.msgpack.decode(frozen)[0] == "ads"


def test_a_regex_that_cannot_be_written_as_data_is_not_frozen(monkeypatch: pytest.MonkeyPatch) -> None:
    import copyreg

    monkeypatch.setitem(copyreg.dispatch_table, regex.Pattern, lambda pattern: (compile_regex, (object(),)))
    assert freeze(compile_regex("ads")) == b""
