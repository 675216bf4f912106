"""The form of the names of packs."""

from __future__ import annotations

import re

import pytest

from cleaner.rules.pack_names import HASH_PATTERN, NAME_PATTERN, VERSION_PATTERN, hash_of, module_of


@pytest.mark.parametrize("name", ["a", "riverpost-rules", "r2-d2"])
def test_names_of_packages_are_names_of_packs(name: str) -> None:
    assert re.fullmatch(NAME_PATTERN, name)


@pytest.mark.parametrize("name", ["", "Riverpost", "a_b", "-a", "a--b", "a.b", "../a", "ä"])
def test_other_names_are_not(name: str) -> None:
    assert not re.fullmatch(NAME_PATTERN, name)


@pytest.mark.parametrize(
    ("version", "is_one"),
    [
        *((good, True) for good in ("1.0", "2026.11.1", "1.0rc1", "1.0.post2.dev3")),
        *((bad, False) for bad in ("", "v1", "1.", "1-0", "1.0+local", "latest")),
    ],
)
def test_versions_are_public_versions_of_packages(version: str, is_one: bool) -> None:
    assert bool(re.fullmatch(VERSION_PATTERN, version)) is is_one


def test_a_hash_is_of_the_form_that_pins_have() -> None:
    assert re.fullmatch(HASH_PATTERN, hash_of(b"a"))
    assert hash_of(b"a") != hash_of(b"b")


def test_a_module_has_no_hyphens() -> None:
    assert module_of("a-b-c") == "a_b_c"
