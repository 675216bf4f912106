"""Options as frozen objects."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, dataclass
from typing import Annotated

import click
import pytest

from cleaner.cli.options import OptionSpec, changed_options, takes


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    names: Annotated[tuple[str, ...], OptionSpec("--colour")] = ()
    is_dark: Annotated[bool, OptionSpec("-d", "--dark")] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Paint:
    size: Annotated[int, OptionSpec("--size", help="How large.")]
    title: Annotated[str | None, OptionSpec("--title")] = None
    colours: Colours


def run(*arguments: str) -> Paint:
    found: list[Paint] = []

    @click.command()
    @click.argument("place")
    @takes(Paint)
    def command(place: str, options: Paint) -> int:
        assert place == "wall"
        found.append(options)
        return 0

    command.main(["wall", *arguments], standalone_mode=False)
    return found[0]


def test_a_command_gets_its_options_as_one_object() -> None:
    options = run("--size", "3", "--colour", "red", "--colour", "blue", "-d")
    assert options == Paint(size=3, title=None, colours=Colours(names=("red", "blue"), is_dark=True))
    with pytest.raises(FrozenInstanceError):
        options.size = 4  # type: ignore[misc]


def test_defaults_are_those_of_the_fields() -> None:
    assert run("--size", "3") == Paint(size=3, colours=Colours())


def test_an_option_without_a_default_is_required() -> None:
    with pytest.raises(click.MissingParameter):
        run()


def test_changed_options_are_named() -> None:
    assert changed_options(Colours()) == []
    assert changed_options(Colours(is_dark=True)) == ["--dark"]
    assert changed_options(Paint(size=3, title="x", colours=Colours(names=("red",)))) == [
        "--colour",
        "--size",
        "--title",
    ]


def test_two_options_of_one_name_are_a_mistake() -> None:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Twice:
        title: Annotated[str, OptionSpec("--heading")] = ""
        paint: Paint

    Twice.__annotations__ = {"title": Annotated[str, OptionSpec("--heading")], "paint": Paint}
    with pytest.raises(TypeError, match="Twice has two options of one name"):
        takes(Twice)(lambda options: 0)
