"""``clean rules pack|install|packs|remove``: rules that travel from one project to others."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import click
import msgspec

from cleaner.cli.console import CHANGES, DONE, console, counted, print_line
from cleaner.cli.options import OptionSpec, takes
from cleaner.cli.parameters import LOCAL_PATH
from cleaner.errors import CleanerError
from cleaner.io.paths import shown

if TYPE_CHECKING:
    from cleaner.rules.pack_store import StoredPack
    from cleaner.rules.packs import RulePack

__all__ = ["install", "pack", "packs", "remove"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PackOptions:
    """All options of ``clean rules pack``."""

    output: Annotated[
        Path,
        OptionSpec("-o", "--output", type=LOCAL_PATH, metavar="DIST", help="Folder for the file; by default dist."),
    ] = Path("dist")


@click.command("pack")
@click.argument("folder", type=LOCAL_PATH, metavar="FOLDER")
@takes(PackOptions)
def pack(folder: Path, options: PackOptions) -> int:
    """Test the rules of FOLDER and make a rule pack of them: one file that others install.

    FOLDER holds pyproject.toml (name, version, description, license), rules/ and, for golden cases, golden/. The same
    files give the same bytes and so the same hash on every machine.
    """
    from cleaner.authoring.pack_build import build_pack

    built = build_pack(folder, options.output)
    click.echo(f"{shown(built.path)}  {built.pack.id.hash}")
    figures = built.pack.manifest.figures
    examples = figures.removes + figures.keeps + figures.cases
    print_line(
        f"{counted(built.pack.manifest.rules, 'rule')}, {examples} examples, {figures.golden} golden cases: all hold"
    )
    return DONE


@dataclass(frozen=True, slots=True, kw_only=True)
class InstallOptions:
    """All options of ``clean rules install``."""

    expected: Annotated[
        str,
        OptionSpec(
            "--hash", metavar="HASH", help="The hash that the file must have, as sha256:HEX; an address needs one."
        ),
    ] = ""


@click.command("install")
@click.argument("source", metavar="FILE|URL")
@takes(InstallOptions)
def install(source: str, options: InstallOptions) -> int:
    """Install a rule pack for this user, and print what a project writes into cleaner.toml to use it.

    A pack is data, and nothing of it is run. $CLEANER_DATA_DIR names another folder for packs.
    """
    from cleaner.authoring.pack_install import install_pack, pin_lines

    found, is_new = install_pack(source, options.expected)
    done = "installed" if is_new else "installed already:"
    rules = counted(found.manifest.rules, "rule")
    print_line(f"{done} {found.id.name} {found.id.version}, {rules}; a project uses it with this in cleaner.toml:")
    click.echo(pin_lines(found), nl=False)
    return DONE


@dataclass(frozen=True, slots=True, kw_only=True)
class PacksOptions:
    """All options of ``clean rules packs``."""

    as_json: Annotated[bool, OptionSpec("--json", help="As JSON Lines.")] = False


@click.command("packs")
@click.argument("name", required=False, metavar="[NAME]")
@takes(PacksOptions)
def packs(name: str | None, options: PacksOptions) -> int:
    """List the installed rule packs; with NAME, show the card of one.

    Exit codes: 0 all can be read, 1 some cannot.
    """
    from cleaner.rules.pack_store import PackStore

    store = PackStore()
    if name is not None and not options.as_json:
        click.echo(store.named(name).read().card, nl=False)
        return DONE
    stored = [store.named(name)] if name is not None else store.packs()
    entries = [_entry(one) for one in stored]
    if options.as_json:
        for entry in entries:
            click.echo(json.dumps(entry, ensure_ascii=False))
    else:
        screen = console(stderr=False)
        for line in _lines(entries):
            screen.print(line, markup=False, soft_wrap=True)
        screen.print(
            f"{counted(len(entries), 'pack')} in {shown(store.folder)}", style="dim", markup=False, soft_wrap=True
        )
    return CHANGES if any("error" in entry for entry in entries) else DONE


def _entry(stored: StoredPack) -> dict[str, Any]:
    try:
        found: RulePack = stored.read()
    except (CleanerError, OSError) as error:
        return {"name": stored.name, "version": stored.version, "file": str(stored.path), "error": str(error)}
    about = msgspec.to_builtins(found.manifest)
    return {**about, "hash": found.id.hash, "file": str(stored.path)}


def _lines(entries: list[dict[str, Any]]) -> Iterator[str]:
    for entry in entries:
        yield f"{entry['name']} {entry['version']}"
        if "error" in entry:
            yield f"  error: {entry['error']}"
            continue
        yield f"  {entry['description']}"
        sites = ", ".join(entry["sites"]) or "all sites"
        languages = " ".join(entry["languages"]) or "any language"
        yield f"  {counted(entry['rules'], 'rule')}; {languages}; {sites}; {entry['licence']}"
        yield f"  {entry['hash']}"


@click.command("remove")
@click.argument("name", metavar="NAME")
def remove(name: str) -> int:
    """Remove an installed rule pack: NAME, or NAME==VERSION where several versions are installed."""
    from cleaner.rules.pack_store import PackStore

    found = PackStore().remove(name)
    print_line(f"removed {found.name} {found.version}")
    return DONE
