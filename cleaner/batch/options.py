"""The options of a run. Their defaults stand here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from cleaner.batch.harvest import Harvest
from cleaner.io.article import ReadOptions
from cleaner.io.formats.base import FieldNames, RowOptions
from cleaner.pipeline import CleanResult
from cleaner.text.decoding import GUESSED

__all__ = ["Options", "Outputs"]

_READ = ReadOptions()


@dataclass(frozen=True, slots=True)
class Outputs:
    """The files that a whole run writes, besides the results; None for those that nobody asked for.

    Attributes:
        audit: what was done to each document.
        attributes: the spans removed from each document, as Dolma attributes.
        rejects: what failed, and why.
        scores: the probability of each line that no rule took.
    """

    audit: Path | None = None
    attributes: Path | None = None
    rejects: Path | None = None
    scores: Path | None = None

    @property
    def paths(self) -> dict[str, Path]:
        """The files to write, by name.

        >>> list(Outputs(rejects=Path("rejects.jsonl")).paths)
        ['rejects']
        """
        named = {name: getattr(self, name) for name in ("audit", "attributes", "rejects", "scores")}
        return {name: path for name, path in named.items() if path is not None}


@dataclass(frozen=True, slots=True)
class Options:
    """How a run treats its documents.

    Attributes:
        write: whether results are written.
        in_place: whether they are written over the input.
        diff: whether reports hold a diff.
        keys: the names of the fields of rows.
        outputs: the files of the whole run.
        keep_removed: the field of a row that gets what was removed, or "".
        harvest: where metadata and flags go, besides the audit.
        drop_flagged: whether documents with a flag are left out. A guessed encoding leaves none out.
        encoding: the encoding of texts, pages and CSV; "" to find it out for each of them.
        delimiter: what stands between the fields of CSV; "" to find it out for each file.
        extractor: what takes the article out of a page.
        page_seconds: how long that may take for one page.
        site_lines: whether lines that recur on a site are removed.
        site_memory: the file that remembers the lines of sites, for removing those that recur in one pass; None for
            none.
        site_memory_fixed: whether that file is only read.
        max_document_bytes: the longest document that is cleaned.
    """

    write: bool = True
    in_place: bool = False
    diff: bool = False
    keys: FieldNames = field(default_factory=FieldNames)
    outputs: Outputs = field(default_factory=Outputs)
    keep_removed: str = ""
    harvest: Harvest = field(default_factory=Harvest)
    drop_flagged: bool = False
    extractor: str = _READ.extractor
    page_seconds: float | None = _READ.page_seconds
    encoding: str = _READ.encoding
    delimiter: str = _READ.delimiter
    site_lines: bool = False
    site_memory: Path | None = None
    site_memory_fixed: bool = False
    max_document_bytes: int = _READ.max_bytes

    @property
    def reading(self) -> ReadOptions:
        """How the documents are read."""
        return ReadOptions(
            self.keys, self.extractor, self.page_seconds, self.encoding, self.max_document_bytes, self.delimiter
        )

    @property
    def added(self) -> tuple[str, ...]:
        """The fields that rows may get besides their text."""
        return tuple(filter(None, (self.keep_removed, *self.harvest.fields)))

    @property
    def rows(self) -> RowOptions:
        """How files of rows are read and written."""
        return replace(self.reading.rows, added=self.added, kinds=self.harvest.kinds)

    def drops(self, result: CleanResult) -> bool:
        """Whether a document is left out because of its flags."""
        return self.drop_flagged and any(flag != GUESSED for flag in result.flags)
