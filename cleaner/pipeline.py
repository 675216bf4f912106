"""The cleaner: decode, repair, apply rules. One object serves the command, the library and every adapter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from cleaner import edits as editing
from cleaner.engine import DEFAULT_GUARD, Verdict, run
from cleaner.matching import CompiledRules
from cleaner.model import Document, Edit, RepairStep
from cleaner.repair import RepairConfig, repair, undo
from cleaner.rules import RuleSet, builtin_rules

__all__ = ["CleanResult", "Cleaner", "clean"]


@dataclass(frozen=True, slots=True)
class CleanResult:
    """What came out, and everything needed to see why and to undo it.

    Attributes:
        text: the cleaned text.
        repaired: the decoded text after encoding and layout repair: what ``edits`` point into.
        edits: sorted, disjoint edits; ``apply(repaired, edits) == text``. Offsets are half-open code points.
        metadata: what removed lines told: author, date, agency, site, reading_time ...; several values of a field
            are joined by "; ".
        flags: what a reader of the corpus may want to know: "guard" and "emptied" (nothing was removed because too
            much would have gone), "paywall", "consent", "index" (many lines and no running text), "timeout:RULE" ...
        repairs: the steps from the decoded text to ``repaired``, each with its inverse.
        encoding: codec the bytes were in; "" when text was given.
    """

    text: str
    repaired: str
    edits: tuple[Edit, ...] = ()
    metadata: dict[str, str] = field(default_factory=dict)
    flags: tuple[str, ...] = ()
    repairs: tuple[RepairStep, ...] = ()
    encoding: str = ""

    @property
    def changed(self) -> bool:
        """Whether the cleaned text differs from the decoded input."""
        return bool(self.edits or self.repairs)

    def restore(self) -> str:
        """The repaired text, from the cleaned text and the edits.

        >>> result = clean("The council met on Tuesday to vote on the bridge.\\n\\nAdvertisement\\n")
        >>> result.restore() == result.repaired
        True
        """
        return editing.apply(self.text, editing.invert(self.repaired, self.edits))

    def original(self) -> str:
        """The decoded input, from the cleaned text, the edits and the repairs."""
        return undo(self.restore(), self.repairs)


class Cleaner:
    """Cleans texts. Compiled once; thread-safe; picklable; the same input always gives the same output.

    Args:
        rules: the rules to choose from; by default the built-in ones. ``builtin_rules() | load_rules("my-rules/")``
            adds to them; ``RuleSet()`` repairs only.
        profile: which of them run: "default", "facts" or "strict"; "all" runs every rule, for sets that
            :meth:`RuleSet.select` has already made.
        repair: what encoding and layout repair mends.
        guard: share of the words of prose that may be removed from a document before it is returned unchanged
            and flagged.

    Raises:
        RuleError: a rule names a matcher that does not exist or an unknown term, or there is no such profile.

    >>> cleaner = Cleaner()
    >>> result = cleaner.clean("The council met on Tuesday to vote on the old bridge.\\n\\nFollow us on:\\n")
    >>> result.text
    'The council met on Tuesday to vote on the old bridge.\\n'
    >>> [edit.rule for edit in result.edits]
    ['follow-us.networks']
    """

    def __init__(
        self,
        rules: RuleSet | None = None,
        *,
        profile: str = "default",
        repair: RepairConfig = RepairConfig(),
        guard: float = DEFAULT_GUARD,
    ) -> None:
        if not 0 <= guard <= 1:
            raise ValueError(f"guard is a share of the words, 0 to 1, not {guard}")
        self.rules = (builtin_rules() if rules is None else rules).select(profile)
        self.repair = repair
        self.guard = guard
        self._compiled = CompiledRules(self.rules)

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (self.rules, self.repair, self.guard)  # the rules are chosen already

    def clean(
        self,
        text: str | bytes,
        title: str | None = None,
        url: str | None = None,
        *,
        author: str | None = None,
        date: str | None = None,
        site: str | None = None,
        content_type: str = "",
    ) -> CleanResult:
        """Clean one text.

        Args:
            text: the article as str, or as bytes in any encoding.
            title, author, date, site: what is known besides the text. Lines that only repeat it go; the fields
                keep it.
            url: address of the page, for rules of single sites.
            content_type: HTTP header of the bytes, for its charset.

        Raises:
            DecodingError: the bytes are not text.
        """
        document = Document(title or "", url or "", author or "", date or "", site or "")
        encoding = ""
        if isinstance(text, bytes):
            from cleaner.decoding import decode

            decoded = decode(text, content_type)
            text, encoding = decoded.text, decoded.encoding
        return self.clean_document(text, document, encoding)

    def clean_document(self, text: str, document: Document, encoding: str = "") -> CleanResult:
        """Clean a decoded text with all that is known about it. ``encoding`` is only reported."""
        repaired = repair(text, self.repair)
        outcome = run(repaired.text, self._compiled, document, self.guard)
        metadata = {**outcome.metadata, **document.known}
        return CleanResult(
            outcome.text, repaired.text, outcome.edits, metadata, outcome.flags, repaired.steps, encoding
        )

    def explain(self, text: str, document: Document | None = None) -> tuple[CleanResult, list[Verdict]]:
        """Like :meth:`clean`, with the verdict on every hit: what removed a line, or what spared it."""
        document = document or Document()
        repaired = repair(text, self.repair)
        outcome = run(repaired.text, self._compiled, document, self.guard, explain=True)
        return self.clean_document(text, document), outcome.verdicts

    def clean_many(self, texts: Iterable[str | bytes]) -> Iterable[CleanResult]:
        """The results of many texts, in order, one at a time."""
        return map(self.clean, texts)


def _rebuild(rules: RuleSet, repair_config: RepairConfig, guard: float) -> Cleaner:
    return Cleaner(rules, profile="all", repair=repair_config, guard=guard)


@cache
def _default() -> Cleaner:
    return Cleaner()


def clean(text: str | bytes, title: str | None = None, url: str | None = None) -> CleanResult:
    """Clean one text with the built-in rules of the default profile. See :meth:`Cleaner.clean`."""
    return _default().clean(text, title, url)
