"""``clean rules format``: bring rule files into the one layout."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cleaner.cli.console import CHANGES, DONE
from cleaner.cli.parameters import LOCAL_PATH

if TYPE_CHECKING:
    from cleaner.authoring.formatting import FormattedFile

__all__ = ["format_command"]


@click.command("format")
@click.argument("paths", nargs=-1, required=True, type=LOCAL_PATH, metavar="PATH...")
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 when a file would change.")
@click.option("--diff", is_flag=True, help="Write nothing; show what would change.")
def format_command(paths: tuple[Path, ...], check: bool, diff: bool) -> int:
    """Bring rule files into one layout: one wording a line, sorted within a language, so that a new wording is one new
    line. What the rules do stays the same. A file that has the layout is not touched; when one of the files is not
    TOML or no rule file, none is written.

    Exit codes: 0 done, 1 with --check: a file would change, 2 errors.
    """
    from cleaner.authoring.formatting import format_files

    files = format_files(paths)
    changed = [file for file in files if file.is_changed]
    for file in changed:
        if diff:
            click.echo(_diff(file), nl=False)
            continue
        if not check:
            file.write()
        click.echo(f"{'would format' if check else 'formatted'} {file.path}")
    click.echo(_summary(len(changed), len(files), check or diff), err=diff)
    return CHANGES if check and changed else DONE


def _summary(changed: int, files: int, would: bool) -> str:
    verb = "would be formatted" if would else "formatted"
    return f"{_files(changed)} {verb}, {_files(files - changed)} unchanged"


def _files(count: int) -> str:
    return f"{count} file" if count == 1 else f"{count} files"


def _diff(file: FormattedFile) -> str:
    before, after = (text.decode("utf-8-sig").splitlines(keepends=True) for text in (file.before, file.after))
    return "".join(difflib.unified_diff(before, after, str(file.path), str(file.path)))
