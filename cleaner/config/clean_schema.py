"""What the table ``[clean]`` may hold: the options of ``clean PATH...``, so that a project gives them once."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import UNSET, Meta, UnsetType

from cleaner.rules.schema import NonBlank, Spec

__all__ = ["CLEAN_KEYS", "CleanSpec", "given_options"]

_Count = Annotated[int, Meta(ge=1)]
_Seconds = Annotated[float, Meta(gt=0, extra={"expected": "a time in seconds, more than 0"})]
_Names = str | list[str]  # with NonBlank in such a union msgspec 0.22 crashes when the process ends


class CleanSpec(Spec):
    """Options of ``clean PATH...``; the command line replaces them. ``clean --help`` explains each."""

    output: Annotated[NonBlank, Meta(description="Folder for the results, relative to this file.")] | UnsetType = UNSET
    in_place: Annotated[bool, Meta(description="Write the results over the input files.")] | UnsetType = UNSET
    overwrite: (
        Annotated[bool, Meta(description="Write over existing files that no earlier run of clean wrote.")] | UnsetType
    ) = UNSET
    check: (
        Annotated[bool, Meta(description="Write nothing; the exit code is 1 when something would change.")] | UnsetType
    ) = UNSET
    diff: Annotated[bool, Meta(description="Show what changes.")] | UnsetType = UNSET
    include: Annotated[list[NonBlank], Meta(description="Globs of the files to take.")] | UnsetType = UNSET
    exclude: Annotated[list[NonBlank], Meta(description="Globs of the files to leave out.")] | UnsetType = UNSET
    format: Annotated[NonBlank, Meta(description="The format of all files.")] | UnsetType = UNSET
    encoding: Annotated[NonBlank, Meta(description="The encoding of texts, pages and CSV.")] | UnsetType = UNSET
    delimiter: Annotated[NonBlank, Meta(description="What stands between the fields of CSV.")] | UnsetType = UNSET
    max_document_bytes: (
        Annotated[_Count, Meta(description="Longer texts, pages and rows are reported and not cleaned.")] | UnsetType
    ) = UNSET
    text_key: Annotated[_Names, Meta(description="The field of the text, or several.")] | UnsetType = UNSET
    id_key: Annotated[NonBlank, Meta(description="The field of the id of a row.")] | UnsetType = UNSET
    title_key: Annotated[NonBlank, Meta(description="The field of the title.")] | UnsetType = UNSET
    url_key: Annotated[NonBlank, Meta(description="The field of the url.")] | UnsetType = UNSET
    author_key: Annotated[NonBlank, Meta(description="The field of the author.")] | UnsetType = UNSET
    date_key: Annotated[NonBlank, Meta(description="The field of the date.")] | UnsetType = UNSET
    site_key: Annotated[NonBlank, Meta(description="The field of the site.")] | UnsetType = UNSET
    extractor: Annotated[NonBlank, Meta(description="What takes the article out of a page.")] | UnsetType = UNSET
    page_seconds: (
        Annotated[_Seconds, Meta(description="How long taking the article out of one page may take.")] | UnsetType
    ) = UNSET
    audit: (
        Annotated[NonBlank, Meta(description="A file for what was done to each document, relative to this one.")]
        | UnsetType
    ) = UNSET
    attributes: (
        Annotated[NonBlank, Meta(description="A file for the removed spans as Dolma attributes, relative to this one.")]
        | UnsetType
    ) = UNSET
    scores: (
        Annotated[NonBlank, Meta(description="A file for the scores of lines, relative to this one.")] | UnsetType
    ) = UNSET
    keep_removed: (
        Annotated[NonBlank, Meta(description="The field of a row that gets what was removed.")] | UnsetType
    ) = UNSET
    metadata_key: (
        Annotated[NonBlank, Meta(description="The field of a row that gets metadata, flags, rules and version.")]
        | UnsetType
    ) = UNSET
    metadata_columns: Annotated[_Names, Meta(description="Metadata for fields of rows.")] | UnsetType = UNSET
    signals: Annotated[_Names, Meta(description="Signals for fields of rows.")] | UnsetType = UNSET
    flags_key: Annotated[NonBlank, Meta(description="The field of a row that gets its flags.")] | UnsetType = UNSET
    sidecar: Annotated[bool, Meta(description="Write metadata and flags of a text beside its result.")] | UnsetType = (
        UNSET
    )
    report: (
        Annotated[NonBlank, Meta(description="A page that shows what was done, relative to this file.")] | UnsetType
    ) = UNSET
    report_sample: Annotated[_Count, Meta(description="How many documents the page holds.")] | UnsetType = UNSET
    drop_flagged: Annotated[bool, Meta(description="Leave out documents with a flag.")] | UnsetType = UNSET
    stats: (
        Annotated[NonBlank, Meta(description="A file for the figures of the run, relative to this one.")] | UnsetType
    ) = UNSET
    rejects: Annotated[NonBlank, Meta(description="A file for what failed, relative to this one.")] | UnsetType = UNSET
    site_lines: (
        Annotated[bool, Meta(description="Read all twice, and remove lines that recur on a site.")] | UnsetType
    ) = UNSET
    site_memory: (
        Annotated[NonBlank, Meta(description="A file that remembers the lines of sites, relative to this one.")]
        | UnsetType
    ) = UNSET
    site_memory_fixed: Annotated[bool, Meta(description="Only read the site memory.")] | UnsetType = UNSET
    document_seconds: Annotated[_Seconds, Meta(description="How long cleaning one document may take.")] | UnsetType = (
        UNSET
    )
    max_errors: Annotated[int, Meta(ge=0, description="Stop after more errors than this.")] | UnsetType = UNSET
    jobs: Annotated[_Count, Meta(description="Worker processes.")] | UnsetType = UNSET
    quiet: Annotated[bool, Meta(description="Print only errors.")] | UnsetType = UNSET
    verbose: Annotated[bool, Meta(description="Count every class of scraps at the end.")] | UnsetType = UNSET
    unbuffered: (
        Annotated[bool, Meta(description="Write each row of standard input as soon as it was read.")] | UnsetType
    ) = UNSET


CLEAN_KEYS: tuple[str, ...] = CleanSpec.__struct_encode_fields__
"""Every key, as it is written in a file."""


def given_options(spec: CleanSpec) -> dict[str, Any]:
    """The keys that a file gives, and their values. Several names in a list are one value, as on the command line.

    >>> given_options(CleanSpec(text_key=["title", "text"], jobs=2))
    {'text-key': 'title,text', 'jobs': 2}
    """
    given = {}
    for key, name in zip(CLEAN_KEYS, CleanSpec.__struct_fields__, strict=True):
        value = getattr(spec, name)
        if value is not UNSET:
            is_joined = isinstance(value, list) and key in ("text-key", "metadata-columns", "signals")
            given[key] = ",".join(value) if is_joined else value
    return given
