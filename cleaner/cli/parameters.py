"""Groups of options that several commands take, and what each group means."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import click
from click.shell_completion import CompletionItem

from cleaner.batch.jobs import Plan
from cleaner.batch.preflight import plan_files
from cleaner.cli.options import OptionSpec
from cleaner.config.settings import Config, find_config, load_config
from cleaner.errors import CleanerError
from cleaner.io.article import ReadOptions
from cleaner.io.extractors.registry import DEFAULT_EXTRACTOR, EXTRACTORS
from cleaner.io.formats.base import MOST_BYTES, FieldNames
from cleaner.io.formats.fields import TEXT_FIELDS
from cleaner.io.formats.registry import KINDS
from cleaner.io.paths import as_path, is_remote, shown
from cleaner.rules.model import PROFILE_CHOICES
from cleaner.text.charsets import codec_of_label
from cleaner.text.deadline import DOCUMENT_SECONDS

if TYPE_CHECKING:
    from cleaner.pipeline import Cleaner

__all__ = [
    "ATTRIBUTES",
    "AUDIT",
    "HELP",
    "JOBS",
    "LOCAL_PATH",
    "LONGEST_DOCUMENT",
    "PATH",
    "REJECTS",
    "STATS",
    "CorpusOptions",
    "DocumentOptions",
    "FieldOptions",
    "InputOptions",
    "PageOptions",
    "RuleOptions",
    "is_folder",
]

HELP = {"help_option_names": ["-h", "--help"]}


class _PathParameter(click.ParamType):  # type: ignore[type-arg]  # generic only in newer versions of click
    """A path of this machine, or one with a scheme."""

    name = "path"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        if not isinstance(value, str):
            return cast(Path, value)
        path = as_path(value)
        if ctx is not None and value.endswith(("/", os.sep)):
            ctx.meta.setdefault(_FOLDERS, set()).add(path)  # a path does not keep its last slash
        return path

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The shell completes paths itself."""
        return [CompletionItem(incomplete, type="file")]


class _LocalPathParameter(_PathParameter):
    """A path of this machine, for files that are not read as a stream."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        path = super().convert(value, param, ctx)
        if is_remote(path):
            self.fail(f"{shown(path)} is on another machine; copy it to this one", param, ctx)
        return path


PATH = _PathParameter()
LOCAL_PATH = _LocalPathParameter()
_FOLDERS = "cleaner.folders"


def is_folder(path: Path) -> bool:
    """Whether the user wrote a slash at the end of a path."""
    return path in click.get_current_context().meta.get(_FOLDERS, ())


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleOptions:
    """The options that choose the rules."""

    profile: Annotated[
        str | None,
        OptionSpec(
            "--profile",
            type=click.Choice(PROFILE_CHOICES),
            help="What counts as a scrap: default (what hand-made article bodies leave out), facts (widgets and calls "
            "only), strict (that and more), thorough (default, then every line that is left is scored), all.",
        ),
    ] = None
    threshold: Annotated[
        float | None,
        OptionSpec(
            "--threshold",
            type=click.FloatRange(0, 1, min_open=True),
            metavar="SHARE",
            help="With --profile thorough: the probability of a scrap from which on a line goes; lower is bolder.",
        ),
    ] = None
    model: Annotated[
        Path | None,
        OptionSpec(
            "--model",
            type=LOCAL_PATH,
            metavar="FILE",
            help="With --profile thorough: the weights of the evidence, as `clean fit` writes them.",
        ),
    ] = None
    keep: Annotated[
        tuple[str, ...],
        OptionSpec("--keep", metavar="NAME", help="Leave in the text what this class or rule finds (repeatable)."),
    ] = ()
    drop: Annotated[
        tuple[str, ...],
        OptionSpec(
            "--drop",
            metavar="NAME",
            help="Also remove this class or rule, which the profile leaves in the text (repeatable).",
        ),
    ] = ()
    select: Annotated[
        tuple[str, ...],
        OptionSpec(
            "--select",
            metavar="NAME",
            help='Of the profile\'s rules run only these: a class, a rule, a glob of rules or "lang:de" (repeatable).',
        ),
    ] = ()
    ignore: Annotated[
        tuple[str, ...],
        OptionSpec(
            "--ignore", metavar="NAME", help="Do not run these; like --keep, with names as for --select (repeatable)."
        ),
    ] = ()
    rule_paths: Annotated[
        tuple[Path, ...], OptionSpec("--rules", type=LOCAL_PATH, help="Add the rules of a file or folder (repeatable).")
    ] = ()
    packs: Annotated[
        tuple[str, ...],
        OptionSpec(
            "--pack",
            metavar="NAME",
            help="Add the rules of an installed pack: NAME or NAME==VERSION, see `clean rules packs` (repeatable).",
        ),
    ] = ()
    languages: Annotated[
        tuple[str, ...], OptionSpec("--language", help="Only wordings of this language (repeatable).")
    ] = ()
    preview: Annotated[bool, OptionSpec("--preview", help="Also run rules that are not yet measured.")] = False
    config_path: Annotated[
        Path | None,
        OptionSpec(
            "--config",
            type=LOCAL_PATH,
            help="Read this cleaner.toml or pyproject.toml; by default the nearest one at or above the working "
            "directory.",
        ),
    ] = None
    isolated: Annotated[
        bool, OptionSpec("--isolated", help="Read no configuration and no installed packages of rules.")
    ] = False

    def config(self) -> Config:
        """The configuration of the project, changed by these options.

        Raises:
            click.UsageError: two options exclude each other.
            CleanerError: the configuration file is wrong.
        """
        if self.isolated and self.config_path:
            raise click.UsageError("--isolated reads no configuration: give it or --config, not both")
        config = Config(isolated=True) if self.isolated else load_config(self.config_path or find_config(Path.cwd()))
        return config.with_options(
            profile=self.profile,
            select=self.select,
            ignore=self.ignore,
            keep=self.keep,
            drop=self.drop,
            languages=self.languages,
            preview=self.preview,
            threshold=self.threshold,
            model=str(self.model) if self.model else None,
            rule_paths=self.rule_paths,
            packs=self.packs,
        )

    def cleaner(self, document_seconds: float = DOCUMENT_SECONDS) -> Cleaner:
        """A cleaner with the rules that these options select.

        Args:
            document_seconds: how long one document may take.

        Raises:
            click.UsageError, CleanerError: as :meth:`config`, and when a rule file is wrong or a name is unknown.
        """
        return cleaner_of(self.config(), document_seconds)


def cleaner_of(config: Config, document_seconds: float = DOCUMENT_SECONDS) -> Cleaner:
    """A cleaner with the rules that a configuration selects, and with its scorer.

    Raises:
        CleanerError: there are rules, and none is selected.
    """
    from cleaner.pipeline import Cleaner

    rules = config.selected()
    if not len(rules) and len(config.rules()):
        raise CleanerError(_nothing_runs(config))
    return Cleaner(rules, profile="all", scorer=config.scorer(), document_seconds=document_seconds)


def _nothing_runs(config: Config) -> str:
    spec = config.spec
    names = " ".join(f"--{key} {name}" for key in ("select", "ignore", "keep") for name in getattr(spec, key))
    advice = f"--drop {spec.select[0]} adds what it leaves out" if spec.select else "`clean config show` tells why"
    return f"no rule runs: the profile {spec.profile} has none with {names or 'these choices'}; {advice}"


JOBS = OptionSpec("-j", "--jobs", type=click.IntRange(1), help="Worker processes; by default one a core.")
"""The option that says how many processes work."""

LONGEST_DOCUMENT = OptionSpec(
    "--document-seconds",
    type=click.FloatRange(0, min_open=True),
    show_default=True,
    help="How long cleaning one document may take; one that takes longer is kept, with the flag timeout.",
)
"""The option that limits the time of a document."""

AUDIT = OptionSpec(
    "--audit",
    type=PATH,
    metavar="FILE.jsonl[.gz|.zst]",
    help="Write what was done to each document; `clean restore` leads back.",
)
ATTRIBUTES = OptionSpec(
    "--attributes",
    type=PATH,
    metavar="FILE.jsonl[.gz|.zst]",
    help="Write the spans removed from each document as Dolma attributes.",
)
REJECTS = OptionSpec("--rejects", type=PATH, metavar="FILE.jsonl", help="Write what failed, and why.")
STATS = OptionSpec("--stats", type=PATH, metavar="FILE.json", help="Write the figures of the run.")
"""The options that record what a run did, on one machine or on many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InputOptions:
    """The options that choose files and say how they are read."""

    include: Annotated[
        tuple[str, ...],
        OptionSpec(
            "--include",
            metavar="GLOB",
            help="Of folders only files like this: *.txt at any depth, /*.txt in the folder itself (repeatable).",
        ),
    ] = ()
    exclude: Annotated[
        tuple[str, ...],
        OptionSpec(
            "--exclude",
            metavar="GLOB",
            help="No files or folders like this: *.bak and drafts/ at any depth (repeatable).",
        ),
    ] = ()
    kind: Annotated[
        str | None,
        OptionSpec("--format", type=click.Choice(KINDS), help="How files are read; by default their suffix decides."),
    ] = None

    def plan(
        self,
        paths: Sequence[Path],
        output: Path | None = None,
        in_place: bool = False,
        to_folder: bool = False,
    ) -> Plan:
        """The files below some paths that these options choose, with the places of their results.

        Args:
            paths: files and folders.
            output: where the results go.
            in_place: whether they go over the files.
            to_folder: whether the output is a folder whatever its name looks like.

        Raises:
            CleanerError: there are none, or a result would overwrite an input.
        """
        return plan_files(
            paths,
            output,
            in_place=in_place,
            include=self.include,
            exclude=self.exclude,
            kind=self.kind,
            to_folder=to_folder,
        )


def _field(name: str) -> OptionSpec:
    return OptionSpec(f"--{name}-key", show_default=True, metavar="FIELD", help=f"The same for the {name}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldOptions:
    """The options that name the fields of rows."""

    text_key: Annotated[
        str,
        OptionSpec(
            "--text-key",
            metavar="FIELD[,FIELD]",
            help="The field of a row that holds the text, or several; article.text is a field inside another. By "
            f"default text; in files that have none, {', '.join(TEXT_FIELDS[:-1])} or {TEXT_FIELDS[-1]}.",
        ),
    ] = ""
    id_key: Annotated[str, _field("id")] = "id"
    title_key: Annotated[str, _field("title")] = "title"
    url_key: Annotated[str, _field("url")] = "url"
    author_key: Annotated[str, _field("author")] = "author"
    date_key: Annotated[str, _field("date")] = "date"
    site_key: Annotated[str, _field("site")] = "site"

    def keys(self, one_text: bool = False) -> FieldNames:
        """The names of the fields.

        Args:
            one_text: whether only one field can hold text.

        Raises:
            click.UsageError: ``--text-key`` names several fields and only one can be cleaned.
        """
        names = list(dict.fromkeys(filter(None, map(str.strip, self.text_key.split(",")))))
        if one_text and len(names) > 1:
            raise click.UsageError("--text-key names several fields, and this command cleans one: give one")
        return FieldNames(
            text=names[0] if names else "text",
            id=self.id_key,
            title=self.title_key,
            url=self.url_key,
            author=self.author_key,
            date=self.date_key,
            site=self.site_key,
            more_texts=tuple(names[1:]),
            guesses=() if names else TEXT_FIELDS,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PageOptions:
    """The options that say how the article is taken out of an HTML page."""

    extractor: Annotated[
        str,
        OptionSpec(
            "--extractor",
            type=click.Choice(list(EXTRACTORS)),
            show_default=True,
            help="What takes the article out of a page.",
        ),
    ] = DEFAULT_EXTRACTOR
    page_seconds: Annotated[
        float,
        OptionSpec(
            "--page-seconds",
            type=click.FloatRange(1),
            show_default=True,
            help="How long taking the article out of one page may take.",
        ),
    ] = 30


def _check_encoding(ctx: click.Context, param: click.Parameter, value: str) -> str:
    if value and codec_of_label(value) is None:
        raise click.BadParameter(f"there is no encoding {value!r}; name one such as windows-1252, shift_jis or euc-kr")
    return value


_DELIMITERS = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}


def _check_delimiter(ctx: click.Context, param: click.Parameter, value: str) -> str:
    found = _DELIMITERS.get(value.lower(), value)
    if value and (len(found) != 1 or found in '"\r\n'):
        raise click.BadParameter(f"{value!r} is not one character, as ; or |, and not the word tab")
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentOptions:
    """The options that say how a document is read out of a file, a row or a page."""

    encoding: Annotated[
        str,
        OptionSpec(
            "--encoding",
            metavar="NAME",
            callback=_check_encoding,
            help="The encoding of texts, pages and CSV, such as windows-1252; by default it is found out for each.",
        ),
    ] = ""
    delimiter: Annotated[
        str,
        OptionSpec(
            "--delimiter",
            metavar="CHAR",
            callback=_check_delimiter,
            help="What stands between the fields of CSV: a character, or the word tab; by default the header tells.",
        ),
    ] = ""
    max_document_bytes: Annotated[
        int,
        OptionSpec(
            "--max-document-bytes",
            type=click.IntRange(1),
            show_default=True,
            help="Longer texts, pages and rows are reported and not cleaned.",
        ),
    ] = MOST_BYTES
    fields: FieldOptions
    pages: PageOptions

    def reading(self, page_lines: bool = False) -> ReadOptions:
        """These options for the functions that read documents.

        Args:
            page_lines: whether to read what pages say about their lines, for a scorer.
        """
        pages = self.pages
        return ReadOptions(
            self.fields.keys(),
            pages.extractor,
            pages.page_seconds,
            self.encoding,
            self.max_document_bytes,
            self.delimiter,
            page_lines,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusOptions:
    """The options that say how the documents of files and folders are read."""

    inputs: InputOptions
    documents: DocumentOptions
