"""Options as frozen objects: a class says which options a command takes, and its instance holds their values.

A field of such a class is one option, or a group of options, which is another such class.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import wraps
from typing import Annotated, Any, NamedTuple, TypeVar, get_args, get_origin, get_type_hints

import click

__all__ = ["OptionSpec", "changed_options", "takes"]

Group = TypeVar("Group")


class OptionSpec:
    """The names of an option on the command line, and the other arguments of :func:`click.option`.

    A field of type ``bool`` is a flag, one of a tuple type may be repeated, and one without a default is required.
    """

    __slots__ = ("attributes", "names")

    def __init__(self, *names: str, **attributes: Any) -> None:
        self.names, self.attributes = names, attributes

    @property
    def longest(self) -> str:
        """The name that messages use."""
        return max(self.names, key=len)


class _Option(NamedTuple):
    """A field that is one option."""

    field: Field[Any]
    annotation: Any
    spec: OptionSpec

    def add_to(self, command: Callable[..., Any]) -> Callable[..., Any]:
        attributes = dict(self.spec.attributes)
        if self.annotation is bool:
            attributes["is_flag"] = True
        elif get_origin(self.annotation) is tuple:
            attributes["multiple"] = True
        elif self.annotation in (int, float):
            attributes.setdefault("type", self.annotation)
        if self.field.default is MISSING:
            attributes["required"] = True
        else:
            attributes["default"] = self.field.default
        return click.option(*self.spec.names, self.field.name, **attributes)(command)


def takes(group: type[Group]) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Give a command the options of a class; it gets them as one instance, its argument ``options``.

    >>> from dataclasses import dataclass
    >>> @dataclass(frozen=True, kw_only=True)
    ... class Greeting:
    ...     name: Annotated[str, OptionSpec("--name", help="Whom to greet.")] = "world"
    ...     loud: Annotated[bool, OptionSpec("--loud")] = False
    >>> @click.command()
    ... @takes(Greeting)
    ... def greet(options: Greeting) -> int:
    ...     print(f"hello {options.name}{'!' * options.loud}")
    ...     return 0
    >>> greet.main(["--loud", "--name", "you"], standalone_mode=False)
    hello you!
    0
    """

    def decorate(function: Callable[..., int]) -> Callable[..., int]:
        options = list(_options(group))
        names = {option.field.name for option in options}
        if len(names) < len(options):
            raise TypeError(f"{group.__name__} has two options of one name")

        @wraps(function)
        def command(**values: Any) -> int:
            arguments = {name: value for name, value in values.items() if name not in names}
            return function(**arguments, options=_build(group, values))

        decorated: Callable[..., Any] = command
        for option in reversed(options):
            decorated = option.add_to(decorated)
        return decorated

    return decorate


def changed_options(*groups: Any) -> list[str]:
    """The names of the options of some instances that have another value than their default."""
    return [
        option.spec.longest
        for group in groups
        for option, owner in _values(group)
        if getattr(owner, option.field.name) != option.field.default
    ]


def _options(group: type[Any]) -> Iterator[_Option]:
    """The options of a class, with those of its groups, in the order of the fields."""
    hints = get_type_hints(group, include_extras=True)
    for field in fields(group):
        hint = hints[field.name]
        if isinstance(hint, type) and is_dataclass(hint):
            yield from _options(hint)
        elif get_origin(hint) is Annotated:
            annotation, spec = get_args(hint)
            yield _Option(field, annotation, spec)


def _values(group: Any) -> Iterator[tuple[_Option, Any]]:
    """The options of an instance, each with the group that holds its value."""
    for field in fields(group):
        value = getattr(group, field.name)
        if is_dataclass(value):
            yield from _values(value)
    own = {field.name for field in fields(group)}
    for option in _options(type(group)):
        if option.field.name in own:
            yield option, group


def _build(group: type[Group], values: Mapping[str, Any]) -> Group:
    hints = get_type_hints(group, include_extras=True)
    return group(
        **{
            name: _build(hint, values) if isinstance(hint, type) and is_dataclass(hint) else values[name]
            for name, hint in hints.items()
        }
    )
