"""The pure core: a repaired text and compiled rules to edits.

Passes repeat on the edited text until nothing changes, and their edits are composed into one list on the repaired
text. The fixed point is what makes cleaning idempotent: taking a line out can join a wrapped sentence or move the tail.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cleaner.engine.compiler import CompiledRules
from cleaner.engine.guard import refusal
from cleaner.engine.line_cache import LineCache
from cleaner.engine.passes import Pass, look
from cleaner.engine.removal import name_by_line
from cleaner.engine.verdicts import Outcome, Verdict
from cleaner.model import DocumentInfo, Edit
from cleaner.text.edits import apply, compose
from cleaner.text.lines import TextView

__all__ = ["DEFAULT_GUARD", "UNSETTLED", "run"]

DEFAULT_GUARD = 0.4
"""The share of the words of prose that may be removed from a document."""

UNSETTLED = "unsettled"
"""The flag of a text that changes again and again; it is returned as it was."""

_MOST_PASSES = 25
_INDEX_LINES = 15  # measured: 1 of 944 article bodies (a list of dates), 2 to 4 of 473 pages of all kinds


def run(
    text: str,
    rules: CompiledRules,
    document: DocumentInfo | None = None,
    guard: float = DEFAULT_GUARD,
    explain: bool = False,
    cache: LineCache | None = None,
) -> Outcome:
    """Clean a repaired text.

    Args:
        text: repaired text; lines end in "\\n".
        rules: compiled rules.
        document: what else is known; matchers and site rules use it.
        guard: the share of the words of prose that may go. When more would, nothing goes and the outcome is
            flagged "guard"; when nothing would be left, it is flagged "emptied". Nothing goes either from a text that
            does not come to rest: it is flagged "unsettled".
        explain: also collect a verdict on every hit.
        cache: keeps what the rules say about lines, for a caller who asks it afterwards or limits the time.

    Raises:
        OutOfTimeError: it took longer than the limits of the cache allow.

    >>> from cleaner.rules import Rule, RuleSet
    >>> rules = CompiledRules(RuleSet([Rule(id="own.x", description="X", lines={"": ("Share",)})]))
    >>> run("The council met.\\n\\nShare\\n", rules).edits
    (Edit(start=17, end=24, replacement='', rule='own.x'),)
    """
    document = document or DocumentInfo()
    cache = LineCache(rules) if cache is None else cache
    view = first = cache.view(text, document)
    edits: tuple[Edit, ...] = ()
    passes: list[Pass] = []
    while len(passes) < _MOST_PASSES:
        one = look(view, rules, cache, explain)
        passes.append(one)
        if not one.edits:
            break
        edits = compose(edits, one.edits, view.text)
        view = cache.view(apply(view.text, one.edits), document)
    if sum(bool(one.edits) for one in passes) > 1:  # the edits of a single pass are named by line already
        edits = name_by_line(first, edits)
    verdicts = tuple(verdict for one in passes for verdict in one.verdicts)
    refused = UNSETTLED if passes[-1].edits else refusal(first, view.text, edits, guard)
    timeouts = [f"timeout:{rule}" for rule in sorted(cache.limits.timeouts)]
    if refused:
        flags = (*_raised(passes), refused, *_index_flag(first), *timeouts)
        return Outcome(text, (), {}, _each_once(flags), tuple(_refused(verdict, refused) for verdict in verdicts))
    flags = (*_raised(passes), *_index_flag(view), *timeouts)
    return Outcome(view.text, edits, _metadata(passes), _each_once(flags), verdicts)


def _raised(passes: Iterable[Pass]) -> Iterator[str]:
    return (flag for one in passes for flag in one.flags)


def _each_once(flags: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(flags))


def _metadata(passes: Iterable[Pass]) -> dict[str, str]:
    """What the hits hold: the values of a field in the order they were found, each once."""
    found: dict[str, dict[str, None]] = {}
    for hit in (hit for one in passes for hit in one.used):
        for name, value in hit.fields.items():
            found.setdefault(name, {})[value] = None
    return {name: "; ".join(values) for name, values in sorted(found.items())}


def _index_flag(view: TextView) -> tuple[str, ...]:
    """The flag of a text of many lines without running text: an index page, a table, a song."""
    lines = 0
    for i in range(len(view.lines)):
        if view.is_prose(i):
            return ()
        lines += not view.is_blank(i)
    return ("index",) if lines >= _INDEX_LINES else ()


def _refused(verdict: Verdict, refusal: str) -> Verdict:
    reason = UNSETTLED if refusal == UNSETTLED else "guard"
    return verdict if verdict.reason else verdict._replace(reason=reason)
