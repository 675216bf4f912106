"""``clean review``: a page on this machine on which a person says which removals are right, and what becomes of it."""

from __future__ import annotations

import json
import webbrowser
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import click

from cleaner.cli.console import console, counted, print_line, print_problems
from cleaner.cli.options import OptionSpec, takes
from cleaner.cli.page_options import CLEANED, SAMPLE
from cleaner.cli.parameters import HELP, PATH, CorpusOptions, RuleOptions
from cleaner.cli.report import found_results
from cleaner.errors import CleanerError
from cleaner.io.atomic import atomic_write
from cleaner.io.paths import shown
from cleaner.report.sampling import DEFAULT_SAMPLE

if TYPE_CHECKING:
    from cleaner.review.export import Export
    from cleaner.review.sources import ReviewSource

__all__ = ["command"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewOptions:
    """All options of the command."""

    verdicts: Annotated[
        Path,
        OptionSpec(
            "--verdicts",
            type=PATH,
            metavar="FILE.jsonl",
            show_default=True,
            help="Where verdicts are appended, and read from.",
        ),
    ] = Path("verdicts.jsonl")
    export_to: Annotated[
        Path | None,
        OptionSpec(
            "--export",
            type=PATH,
            metavar="FOLDER",
            help="Serve nothing; write golden cases, overrides and training rows from the verdicts into this folder.",
        ),
    ] = None
    open_browser: Annotated[bool, OptionSpec("--open", help="Open the page in the browser.")] = False
    port: Annotated[
        int, OptionSpec("--port", type=click.IntRange(0, 65535), help="The port; by default one that is free.")
    ] = 0
    cleaned: Annotated[Path | None, CLEANED] = None
    report_sample: Annotated[int, SAMPLE] = DEFAULT_SAMPLE
    corpus: CorpusOptions
    rules: RuleOptions


@click.command("review", context_settings=HELP)
@click.argument("paths", nargs=-1, required=True, type=PATH, metavar="AUDIT|PATH...")
@takes(ReviewOptions)
def command(paths: tuple[Path, ...], options: ReviewOptions) -> int:
    """Serve a page on this machine on which you mark removals as right or wrong, and lines that were left as scraps.

    AUDIT is what `clean --audit` wrote; name the results with --cleaned, so that the page shows whole texts. Any other
    PATH holds documents, which are cleaned for the page: what is to be cleaned, or what was cleaned, to look for scraps
    that were left. Verdicts are appended to a file; --export makes golden cases, overrides and training rows of them.
    """
    source = _source(paths, options)
    if options.export_to is not None:
        return _export(source, options, options.export_to)
    return _serve(source, options)


def _source(paths: tuple[Path, ...], options: ReviewOptions) -> ReviewSource:
    from cleaner.batch.audited import is_audit
    from cleaner.batch.corpus import Corpus
    from cleaner.report.from_audit import AuditReport
    from cleaner.report.from_texts import TextReport
    from cleaner.review.sources import AuditSource, TextSource

    name = ", ".join(map(shown, paths))
    if len(paths) == 1 and is_audit(paths[0]):
        rules = options.rules.config().rules()
        return AuditSource(AuditReport(paths[0], rules, found_results(options.cleaned), options.report_sample), name)
    if options.cleaned is not None:
        raise CleanerError(f"{name}: is no audit, so --cleaned has no meaning; name what `clean --audit` wrote")
    corpus = Corpus(options.corpus.inputs.plan(paths), options.corpus.documents.reading(page_lines=True))
    return TextSource(TextReport(corpus, options.rules.cleaner(), options.report_sample), name)


def _serve(source: ReviewSource, options: ReviewOptions) -> int:
    from cleaner.review.page import ReviewPage
    from cleaner.review.server import ReviewServer
    from cleaner.review.verdicts import VerdictFile, precisions

    verdicts = VerdictFile(options.verdicts)
    print_line("reading the documents ...")
    page = ReviewPage(source, verdicts)
    code = print_problems(page.problems)
    if not page.documents:
        raise CleanerError("there is nothing to review: no document could be read")
    try:
        server = ReviewServer(page.render, page.take, options.port)
    except OSError as error:
        raise CleanerError(f"port {options.port}: {error.strerror or error}; name another --port") from None
    with server:
        click.echo(server.url)
        print_line(f"verdicts go to {shown(options.verdicts)}; Control-C ends the review")
        if options.open_browser:
            webbrowser.open(server.url)
        with suppress(KeyboardInterrupt):  # how a review ends
            server.serve()
    found = precisions(verdicts.verdicts)
    if found:
        from cleaner.cli.review_views import precision_table

        console().print(precision_table(found))
    print_line(f"{len(verdicts.verdicts):,} verdicts in {shown(options.verdicts)}")
    return code


def _export(source: ReviewSource, options: ReviewOptions, folder: Path) -> int:
    from cleaner.review.export import export
    from cleaner.review.verdicts import latest, precisions, read_verdicts

    verdicts = latest(read_verdicts(options.verdicts))
    if not verdicts:
        raise CleanerError(
            f"{shown(options.verdicts)}: holds no verdicts; run `clean review` first, or name --verdicts"
        )
    profile = options.rules.config().spec.profile
    names = {one.document for one in verdicts}
    documents = (document for document in source.documents() if document.name in names)
    made = export(documents, verdicts, options.rules.cleaner(), profile)
    _write(made, folder)
    from cleaner.cli.review_views import precision_table

    console(stderr=False).print(precision_table(precisions(verdicts)))
    code = print_problems(source.problems())
    for note in made.notes:
        print_line(f"note: {note}", "yellow")
    print_line(
        f"{counted(len(made.cases), 'golden case')}, {counted(len(made.rows), 'training row')}"
        f"{' and overrides' if made.overrides else ''} in {shown(folder)}"
    )
    return code


def _write(made: Export, folder: Path) -> None:
    """Write what was made. Golden cases that are there already stay: somebody may have corrected them."""
    for case in made.cases:
        place = folder / "golden" / case.name
        if not place.exists():
            _write_files({place / name: content for name, content in case.files.items()}.items())
    rows = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in made.rows)
    files = {folder / "training.jsonl": rows.encode("utf-8", "surrogatepass")}
    if made.overrides:
        files[folder / "overrides.toml"] = made.overrides.encode("utf-8", "surrogatepass")
    _write_files(files.items())


def _write_files(files: Iterable[tuple[Path, bytes]]) -> None:
    for path, content in files:
        try:
            with atomic_write(path, 0o644) as stream:
                stream.write(content)
        except OSError as error:
            raise CleanerError(f"{shown(path)}: {error.strerror or error}; check the path") from None
