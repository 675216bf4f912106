"""``clean doctor``: what this installation consists of, and what is wrong with it."""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, NamedTuple

import click

from cleaner.cli.console import CHANGES, DONE, console
from cleaner.cli.options import OptionSpec, takes
from cleaner.cli.parameters import HELP, RuleOptions
from cleaner.errors import CleanerError, extra_advice
from cleaner.rules.cache import CACHE_VARIABLE, cache_state

__all__ = ["Fact", "command", "facts"]

_PACKAGE = "article-cleaner"
_NOT_SHOWN = ("all", "dev", "fuzz", "test")  # the sum of the others, and what only people need who change cleaner


class Fact(NamedTuple):
    """One thing that was looked at.

    Attributes:
        topic: "versions", "extras", "cache", "packs", "configuration" or "encodings".
        name: what it is called.
        value: what was found.
        advice: what to do about it when it is wrong, else "".
    """

    topic: str
    name: str
    value: str
    advice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoctorOptions:
    """All options of the command."""

    as_json: Annotated[bool, OptionSpec("--json", help="As JSON, to put into a report of a bug.")] = False
    rules: RuleOptions


@click.command("doctor", context_settings=HELP)
@takes(DoctorOptions)
def command(options: DoctorOptions) -> int:
    """Look at the installation: versions, extras, the cache, rule packs, the configuration, and encodings.

    Exit codes: 0 all is well, 1 something is wrong; what to do stands beside it.
    """
    found = list(facts(options.rules))
    wrong = [fact for fact in found if fact.advice]
    if options.as_json:
        click.echo(json.dumps([fact._asdict() for fact in found], indent=2, ensure_ascii=True))
        return CHANGES if wrong else DONE
    screen = console(stderr=False)
    topic = ""
    for fact in found:
        if fact.topic != topic:
            topic = fact.topic
            screen.print(topic, style="bold", markup=False)
        screen.print(f"  {fact.name}: {fact.value}", style="red" if fact.advice else None, markup=False, soft_wrap=True)
        if fact.advice:
            screen.print(f"    to do: {fact.advice}", markup=False, soft_wrap=True)
    screen.print("all is well" if not wrong else f"{len(wrong)} to look at")
    return CHANGES if wrong else DONE


def facts(rules: RuleOptions) -> Iterator[Fact]:
    """All that is known about the installation."""
    yield from _versions()
    yield from _extras()
    yield from _cache()
    yield from _packs()
    yield from _configuration(rules)
    yield from _encodings()


def _versions() -> Iterator[Fact]:
    import cleaner

    folder = Path(cleaner.__file__).parent
    version = _version_of(_PACKAGE)
    advice = "" if version else "install the package: pip install . in the folder of cleaner"
    yield Fact("versions", "cleaner", f"{version or 'unknown'}, in {folder}", advice)
    yield Fact("versions", "python", f"{platform.python_version()} on {platform.system()} {platform.machine()}")
    for name, marker in _requirements():
        if not marker:
            found = _version_of(name)
            yield Fact("versions", name, found or "missing", "" if found else f"pip install {name}")


def _extras() -> Iterator[Fact]:
    """The extras; one that is missing is not wrong."""
    needs: dict[str, list[str]] = {}
    for name, extra in _requirements():
        if extra and extra not in _NOT_SHOWN and name != _PACKAGE:
            needs.setdefault(extra, []).append(name)
    for extra, names in sorted(needs.items()):
        missing = [name for name in names if not _version_of(name)]
        shown = (
            f"not installed; {extra_advice(extra)}" if missing else ", ".join(f"{n} {_version_of(n)}" for n in names)
        )
        yield Fact("extras", extra, shown)


def _requirements() -> Iterator[tuple[str, str]]:
    """What the package requires: the name of a package, and the extra that needs it or ""."""
    import re
    from importlib.metadata import PackageNotFoundError, requires

    try:
        lines = requires(_PACKAGE) or []
    except PackageNotFoundError:
        return
    for line in lines:
        name = re.match(r"[\w.-]+", line)
        extra = re.search(r"""extra\s*==\s*['"]([\w-]+)""", line)
        if name:
            yield name[0], extra[1] if extra else ""


def _version_of(package: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _cache() -> Iterator[Fact]:
    state = cache_state()
    if state.folder is None:
        value = "none" if CACHE_VARIABLE not in os.environ else f"none: {CACHE_VARIABLE} is empty"
        yield Fact("cache", "folder", f"{value}; every start takes some seconds longer")
        return
    size = f"{state.files} files, {state.bytes / 1e6:.1f} MB" if state.files else "empty"
    yield Fact("cache", "folder", f"{state.folder}: {size}", state.problem)


def _packs() -> Iterator[Fact]:
    from cleaner.rules.pack_store import PackStore

    try:
        store = PackStore()
    except CleanerError as error:
        yield Fact("packs", "folder", "none", str(error))
        return
    found = store.packs()
    yield Fact("packs", "folder", f"{store.folder}: {len(found) or 'none'} installed")
    for stored in found:
        try:
            yield Fact("packs", stored.name, f"{stored.version} {stored.read().id.hash}")
        except (CleanerError, OSError) as error:
            yield Fact("packs", stored.name, f"{stored.version}, cannot be read", str(error))


def _configuration(rules: RuleOptions) -> Iterator[Fact]:
    try:
        config = rules.config()
        every, chosen = config.rules(), config.selected()
    except CleanerError as error:
        yield Fact("configuration", "file", "cannot be used", str(error))
        return
    yield Fact("configuration", "file", str(config.path or "none: built-in values"))
    digest = f"digest {chosen.digest}"
    yield Fact(
        "configuration", "rules", f"{len(chosen)} of {len(every)} run with the profile {config.spec.profile}, {digest}"
    )
    for pack in chosen.packs:
        yield Fact("configuration", "pack", str(pack))


def _encodings() -> Iterator[Fact]:
    advice = "set PYTHONUTF8=1, or a locale that ends in .UTF-8"
    for name, encoding in (
        ("standard output", sys.stdout.encoding),
        ("names of files", sys.getfilesystemencoding()),
    ):
        is_right = (encoding or "").lower().replace("-", "") == "utf8"
        yield Fact("encodings", name, encoding or "unknown", "" if is_right else advice)
    colour = "NO_COLOR" if os.environ.get("NO_COLOR") else "FORCE_COLOR" if os.environ.get("FORCE_COLOR") else ""
    screen = console(stderr=False)
    kind = "a terminal" if screen.is_terminal else "no terminal"
    yield Fact("encodings", "screen", f"{kind}, {screen.width} columns{f', {colour} is set' if colour else ''}")
