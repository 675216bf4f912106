"""The cleaner: decode, repair, apply rules. One object serves the command, the library and every adapter."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache, cached_property
from typing import Any

from cleaner.engine.compiler import CompiledRules
from cleaner.engine.limits import Limits
from cleaner.engine.line_cache import LineCache
from cleaner.engine.loop import DEFAULT_GUARD, UNSETTLED, run
from cleaner.engine.verdicts import Outcome, Verdict
from cleaner.errors import InputError
from cleaner.io.clock import passing_seconds, working_seconds
from cleaner.model import DocumentInfo, ScoredSpan
from cleaner.pipeline.inputs import check_jobs, check_known, check_rules, check_settings, checked_text
from cleaner.pipeline.recipe import keep_built, kept_or_built
from cleaner.pipeline.result import CleanResult
from cleaner.rules import RuleSet, builtin_rules
from cleaner.rules.model import THOROUGH, ProfileChoice
from cleaner.text.deadline import DOCUMENT_SECONDS, Deadline, OutOfTimeError
from cleaner.text.recognition import shape_flags
from cleaner.text.repair import RepairConfig, Repaired, repair

TYPE_CHECKING = False
if TYPE_CHECKING:  # reading a model costs time that only the thorough profile spends, and few need a database
    from cleaner.io.site_memory import SiteMemory
    from cleaner.scoring.scorer import Reasons, Scorer

__all__ = ["Cleaner", "clean"]

_TIMEOUT = "timeout"


class Cleaner:
    """Cleans texts. Compiled once; thread-safe; the same input always gives the same output.

    It pickles to a few kilobytes: how it differs from the built-in rules. The process that gets it must have the same
    version of cleaner, and makes it once, however often it is sent.

    Args:
        rules: the rules to choose from; by default the built-in ones. ``builtin_rules() | load_rules("my-rules/")``
            adds to them; ``RuleSet()`` repairs only.
        profile: which of them run: "default", "facts" or "strict"; "thorough" runs those of "default" and then
            scores each line that is left; "all" runs every rule. Rules that :meth:`RuleSet.select` has chosen run as
            they were chosen; for them, leave the profile out. By default the profile of those, else "default".
        repair: what encoding and layout repair mends.
        guard: share of the words of prose that may be removed from a document before it is returned unchanged
            and flagged.
        encoding: the encoding of bytes, by a label of the WHATWG Encoding Standard or a name of Python's; "" to find
            it out for each text.
        document_seconds: how long one document may take, in seconds of the processor. One that takes longer is only
            repaired, or nothing at all is done to it, and it is flagged "timeout".
        scorer: scores the lines that no rule took, with whatever profile; by default the model that comes with the
            package for the profile "thorough", and none for the others. ``Scorer(threshold=0.8)`` is bolder.

    Raises:
        InputError: what was given as rules is no rule set, or a setting is of another type, or there is no such
            encoding.
        ValueError: a number is too small or too large.
        RuleError: a rule names a matcher or a term that does not exist, an option of its matcher is wrong, there is
            no such profile, or the rules were chosen with another one.

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
        profile: ProfileChoice | None = None,
        repair: RepairConfig = RepairConfig(),
        guard: float = DEFAULT_GUARD,
        encoding: str = "",
        document_seconds: float = DOCUMENT_SECONDS,
        scorer: Scorer | None = None,
    ) -> None:
        check_settings(document_seconds, guard, encoding)
        known = builtin_rules() if rules is None else rules
        check_rules(known)
        self.rules = known.select(profile)
        self.repair = repair
        self.guard = guard
        self.encoding = encoding
        self.document_seconds = document_seconds
        self.scorer = scorer
        if scorer is None and (profile or known.profile) == THOROUGH:
            from cleaner.scoring.scorer import Scorer

            self.scorer = Scorer(rules=None if known.chosen else known)
        self._compiled = CompiledRules(self.rules)

    def __reduce__(self) -> tuple[object, ...]:
        settings = pickle.dumps((self.repair, self.guard, self.encoding, self.document_seconds))
        recipe = (self._rule_recipe, settings)
        keep_built(recipe, self)
        return _rebuild, recipe

    @cached_property
    def _rule_recipe(self) -> bytes:
        """Rules and scorer, pickled: what takes long to find out, and is sent with every text of a process pool."""
        from cleaner.rules.recipe import RuleRecipe

        return pickle.dumps((RuleRecipe.of(self.rules), self.scorer))

    def __repr__(self) -> str:
        return f"<Cleaner {self.rules!r}, profile {self.rules.profile}>"

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
            title: the title of the article. Lines that only repeat what is known go, and the metadata keep it.
            url: address of the page, for rules of single sites.
            author: the author, where known.
            date: the date, as it is printed.
            site: the name of the site.
            content_type: HTTP header of the bytes, for its charset.

        Raises:
            InputError: what was given is no text: None, NaN, a path, a list ... The message says what to give.
            DecodingError: the bytes are not text.
        """
        article = self.read(text, title, url, author=author, date=date, site=site, content_type=content_type)
        return self.clean_document(*article)

    def read(
        self,
        text: str | bytes,
        title: str | None = None,
        url: str | None = None,
        *,
        author: str | None = None,
        date: str | None = None,
        site: str | None = None,
        content_type: str = "",
    ) -> tuple[str, DocumentInfo, str, tuple[str, ...]]:
        """The first four arguments of :meth:`clean_document`, from those of :meth:`clean`, with the same errors."""
        text = checked_text(text)
        check_known(title=title, url=url, author=author, date=date, site=site)
        document = DocumentInfo(title or "", url or "", author or "", date or "", site or "")
        if isinstance(text, bytes):
            from cleaner.text.decoding import decode

            decoded = decode(text, content_type, encoding=self.encoding)
            return decoded.text, document, decoded.encoding, decoded.flags
        return text, document, "", ()

    async def aclean(
        self, text: str | bytes, title: str | None = None, url: str | None = None, **known: Any
    ) -> CleanResult:
        """Like :meth:`clean`, in a thread, so that an event loop goes on meanwhile.

        >>> import asyncio
        >>> asyncio.run(Cleaner().aclean("The council met.\\n\\nFollow us on:\\n")).text
        'The council met.\\n'
        """
        from asyncio import to_thread

        return await to_thread(self.clean, text, title, url, **known)

    def clean_html(
        self,
        page: str | bytes,
        url: str | None = None,
        *,
        extractor: str = "trafilatura",
        page_seconds: float | None = None,
    ) -> CleanResult:
        """Take the article out of an HTML page, and clean it with all that the page says about it.

        Args:
            page: the page as bytes in any encoding, or decoded.
            url: its address, where it is known.
            extractor: what takes the article out: "trafilatura", "trafilatura-fast" or "resiliparse".
            page_seconds: how long that may take, in a process of its own. None: in this process, however long it
                takes; pages from strangers can hang it.

        Raises:
            InputError: the page is neither str nor bytes.
            ExtractionError: there is no article in the page.
            DecodingError: the bytes are not text.
            CleanerError: there is no such extractor, it is not installed, or it took too long.

        >>> page = "<article><h1>Bridge</h1><p>The council met on Tuesday to vote.</p><p>Follow us on:</p></article>"
        >>> Cleaner().clean_html(page.encode()).text
        'The council met on Tuesday to vote.\\n'
        """
        from cleaner.io.article import ReadOptions

        given = checked_text(page)
        check_known(url=url)
        article = ReadOptions(
            extractor=extractor, page_seconds=page_seconds, page_lines=self.scorer is not None
        ).extract(given, url or "")
        return self.clean_document(article.text, article.info, article.encoding, article.flags)

    def clean_batch(
        self,
        texts: Iterable[str | bytes | Mapping[str, Any]],
        jobs: int = 1,
        *,
        memory: SiteMemory | None = None,
    ) -> Iterator[CleanResult]:
        """Clean many texts, in their order, some at a time: an endless iterable is fine.

        Args:
            texts: texts as for :meth:`clean`, or mappings of its arguments: ``{"text": ..., "title": ...}``.
            jobs: how many processes clean. With several, a script needs ``if __name__ == "__main__":`` around what
                it does, as always with :mod:`multiprocessing`. They pay from some hundred texts on.
            memory: what was seen of sites, which grows with these texts: lines that recur on the site of a text go
                too. The site is that of its ``url``, else its ``site``.

        Raises:
            InputError, DecodingError: a text cannot be cleaned. The message begins with its number, from 1.
            InputError: ``jobs`` is no number of processes, ``texts`` is a single text, or ``memory`` is no memory.
            CleanerError: the memory cannot be read or written.

        >>> texts = ["The council met.\\n\\nAdvertisement\\n", "So it did.\\n"]
        >>> [result.text for result in Cleaner().clean_batch(texts)]
        ['The council met.\\n', 'So it did.\\n']
        """
        from cleaner.pipeline.many import clean_many

        if isinstance(texts, str | bytes | Mapping):
            raise InputError("clean_batch takes many texts, as [text]; for one text there is Cleaner.clean")
        check_jobs(jobs)
        if memory is not None:
            from cleaner.pipeline.remembered import clean_remembered

            return clean_remembered(self, texts, jobs, memory)
        return clean_many(self, texts, jobs)

    def clean_document(
        self,
        text: str,
        document: DocumentInfo,
        encoding: str = "",
        flags: tuple[str, ...] = (),
        repeated: Callable[[str], frozenset[int]] | None = None,
    ) -> CleanResult:
        """Clean a decoded text with all that is known about it.

        Args:
            text: the text.
            document: what is known besides it.
            encoding: the codec it was in, for the result.
            flags: what reading it found; the result has them beside its own.
            repeated: gives the lines that recur on its site from the repaired text, which nobody has before; instead
                of ``document.repeated``.
        """
        result, _ = self._clean(text, document, encoding, repeated=repeated)
        return replace(result, flags=(*result.flags, *flags)) if flags else result

    def explain(self, text: str, document: DocumentInfo | None = None) -> tuple[CleanResult, list[Verdict]]:
        """Like :meth:`clean`, with the verdict on every hit: what removed a line, or what spared it."""
        result, verdicts = self._clean(text, document or DocumentInfo(), explain=True)
        return result, list(verdicts)

    def reasons(self, result: CleanResult, document: DocumentInfo, start: int) -> Reasons | None:
        """What the scorer has for and against a line.

        Args:
            result: what this cleaner made of a text.
            document: what is known besides the text, as it was when the text was cleaned.
            start: offset of the line in ``result.repaired``.

        Returns:
            None when there is no scorer, or when a rule took the line.
        """
        if self.scorer is None:
            return None
        from cleaner.scoring.application import Look, reasons_at

        cache = LineCache(self._compiled)
        outcome = run(result.repaired, self._compiled, document, self.guard, cache=cache)
        view = cache.view(outcome.text, document)
        return reasons_at(result.repaired, outcome, Look(view, cache), self.scorer, start, self.guard)

    def _clean(
        self,
        text: str,
        document: DocumentInfo,
        encoding: str = "",
        explain: bool = False,
        repeated: Callable[[str], frozenset[int]] | None = None,
    ) -> tuple[CleanResult, tuple[Verdict, ...]]:
        deadline = Deadline(self.document_seconds, working_seconds, passing_seconds)
        repaired, scores = Repaired(text, ()), tuple[ScoredSpan, ...]()
        try:
            repaired = repair(text, self.repair, deadline)
            if repaired.settled:
                if repeated is not None:
                    document = replace(document, repeated=repeated(repaired.text))
                cache = LineCache(self._compiled, Limits(deadline))
                outcome = run(repaired.text, self._compiled, document, self.guard, explain, cache)
                outcome, scores = self._score(repaired.text, outcome, document, cache, explain)
            else:
                outcome = Outcome(text, flags=(UNSETTLED,))
        except OutOfTimeError:
            outcome = Outcome(repaired.text, flags=(_TIMEOUT,))
        metadata = {**outcome.metadata, **document.known}
        flags = (*outcome.flags, *shape_flags(text))
        result = CleanResult(
            outcome.text, repaired.text, outcome.edits, metadata, flags, repaired.steps, encoding, scores
        )
        return result, outcome.verdicts

    def _score(
        self, repaired: str, outcome: Outcome, document: DocumentInfo, cache: LineCache, explain: bool
    ) -> tuple[Outcome, tuple[ScoredSpan, ...]]:
        """What the scorer leaves of what the rules left, and the scores; without a scorer nothing changes."""
        if self.scorer is None:
            return outcome, ()
        from cleaner.scoring.application import Look, apply_scores

        view = cache.view(outcome.text, document)
        return apply_scores(repaired, outcome, Look(view, cache), self.scorer, self.guard, explain)


def _rebuild(rule_recipe: bytes, settings: bytes) -> Cleaner:
    def build() -> Cleaner:
        rules, scorer = pickle.loads(rule_recipe)
        repair_config, guard, encoding, seconds = pickle.loads(settings)
        return Cleaner(
            rules.rule_set(),
            profile="all",
            repair=repair_config,
            guard=guard,
            encoding=encoding,
            document_seconds=seconds,
            scorer=scorer,
        )

    return kept_or_built((rule_recipe, settings), build)


@cache
def _default() -> Cleaner:
    return Cleaner()


def clean(text: str | bytes, title: str | None = None, url: str | None = None) -> CleanResult:
    """Clean one text with the built-in rules of the default profile. See :meth:`Cleaner.clean`."""
    return _default().clean(text, title, url)
