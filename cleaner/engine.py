"""The pure core: a repaired text and compiled rules to edits.

A pass finds hits, decides on them (zones, antipatterns, overlaps) and turns them into edits. Passes repeat on the
edited text until nothing changes, and their edits are composed into one list on the repaired text. The fixed point
is what makes cleaning idempotent: taking a line out can join a wrapped sentence or move the tail.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import regex

from cleaner.edits import apply, compose
from cleaner.matchers import SECOND_LOOKS, is_fact
from cleaner.matching import CompiledRules, Memo
from cleaner.model import Document, Edit, Zone
from cleaner.prose import count_words
from cleaner.rules.model import Action, Confidence, Rule, Unit
from cleaner.segment import BLANKS, View, indent, is_bulleted, unwrap
from cleaner.zones import Zones, find_zones

__all__ = ["Outcome", "Verdict", "run"]

DEFAULT_MAX_LINES = 12
DEFAULT_GUARD = 0.4
_MAX_PASSES = 25
_SUBHEAD_WORDS = 12
_INDEX_LINES = 15  # measured: 1 of 944 article bodies (a list of dates), 2 to 4 of 473 pages of all kinds


class Hit(NamedTuple):
    """A rule fits lines ``first`` to ``last``, or the piece ``start:end`` of the text when ``end`` is not -1."""

    rule: Rule
    first: int
    last: int
    fields: Mapping[str, str]
    start: int = -1
    end: int = -1
    replacement: str = ""


class Verdict(NamedTuple):
    """Why a hit led to a removal or not. ``text`` is the first line of what was hit.

    ``reason`` is "" for what was removed, else one of: "zone …", "unless …", "site", "overlap", "guard", "flag only".
    """

    rule: str
    text: str
    zone: Zone
    reason: str


@dataclass(slots=True)
class Outcome:
    """What a run found. ``edits`` point into the text that was given."""

    text: str
    edits: tuple[Edit, ...] = ()
    metadata: dict[str, str] = field(default_factory=dict)
    flags: tuple[str, ...] = ()
    verdicts: list[Verdict] = field(default_factory=list)


def run(
    text: str,
    rules: CompiledRules,
    document: Document | None = None,
    guard: float = DEFAULT_GUARD,
    explain: bool = False,
) -> Outcome:
    """Clean a repaired text.

    Args:
        text: repaired text; lines end in "\\n".
        rules: compiled rules.
        document: what else is known; matchers and site rules use it.
        guard: the share of the words of prose that may go. When more would, nothing goes and the outcome is
            flagged "guard"; when nothing would be left, it is flagged "emptied".
        explain: also collect a verdict on every hit.
    """
    document = document or Document()
    memo = Memo()
    outcome = Outcome(text)
    flags: dict[str, None] = {}
    found: dict[str, dict[str, None]] = {}
    edits: tuple[Edit, ...] = ()
    current = text
    view = first = View(text, document, {}, memo.keys)
    for _ in range(_MAX_PASSES):
        one = _Pass(view, rules, memo, explain)
        step = one.edits()
        outcome.verdicts += one.verdicts
        flags |= dict.fromkeys(one.flags)
        for name, values in one.harvest.items():
            found.setdefault(name, {}).update(values)
        if not step:
            break
        after = apply(current, step)
        edits = compose(edits, step, current)
        current = after
        view = View(current, document, first.prose, memo.keys)
    refusal = _refuse(first, current, edits, guard)
    if refusal:
        flags[refusal] = None
        edits, current, found = (), text, {}
        outcome.verdicts = [_guarded(verdict) for verdict in outcome.verdicts]
    if _is_index(view if not refusal else first):
        flags["index"] = None
    flags |= {f"timeout:{rule}": None for rule in sorted(memo.timeouts)}
    outcome.text, outcome.edits, outcome.flags = current, edits, tuple(flags)
    outcome.metadata = {name: "; ".join(values) for name, values in sorted(found.items())}
    return outcome


def _is_index(view: View) -> bool:
    """Whether a text of many lines has no running text: an index page, a table, a song."""
    lines = 0
    for i in range(len(view.lines)):
        if view.is_prose(i):
            return False
        lines += not view.is_blank(i)
    return lines >= _INDEX_LINES


def _guarded(verdict: Verdict) -> Verdict:
    return verdict if verdict.reason else Verdict(verdict.rule, verdict.text, verdict.zone, "guard")


def _refuse(view: View, after: str, edits: Sequence[Edit], guard: float) -> str:
    """The flag to raise instead of the edits of a view, or ""."""
    if not edits:
        return ""
    if not after.strip():
        return "emptied"
    gone = _removed_lines(view, edits)
    lost = sum(count_words(view.lines[i]) for i in gone if view.is_prose(i))
    if not lost:
        return ""
    # The count stops as soon as there is enough: counting every word of every article would cost more than matching.
    total = 0
    for i, line in enumerate(view.lines):
        if guard * total >= lost:
            return ""
        if view.is_prose(i):
            total += count_words(line)
    return "guard" if lost > guard * total else ""


def _removed_lines(view: View, edits: Iterable[Edit]) -> Iterator[int]:
    """Lines that lie wholly inside a removal."""
    i = 0
    for edit in edits:
        if edit.replacement:
            continue
        while i < len(view.lines) and view.starts[i] < edit.start:
            i += 1
        while i < len(view.lines) and view.starts[i] + len(view.lines[i]) <= edit.end:
            if view.lines[i]:
                yield i
            i += 1


class _Pass:
    """One look at a text: hits, verdicts, edits."""

    def __init__(self, view: View, rules: CompiledRules, memo: Memo, explain: bool) -> None:
        self.view, self.rules, self.memo, self.explain = view, rules, memo, explain
        self.verdicts: list[Verdict] = []
        self.flags: list[str] = []
        self.harvest: dict[str, dict[str, None]] = {}
        self._context: _Context | None = None

    def edits(self) -> tuple[Edit, ...]:
        """Edits of this pass: pieces of lines first, and only when there are none, whole lines."""
        self.rules.match_lines(self.view.lines, self.memo)
        matched = list(self._matcher_hits())
        pieces = [hit for hit in matched if hit.end >= 0]
        pieces += self._span_hits()
        whole: list[Hit] = []
        if pieces:
            accepted = self._accept(pieces, find_zones(self.view))
            whole = self._whole_lines(accepted)
            gone = {hit.first for hit in whole}
            edits = self._piece_edits([hit for hit in accepted if hit.first not in gone])
            if edits:
                self.verdicts.clear()  # the lines are looked at again in the next pass
                return edits
        hits = [*self._line_hits(), *whole, *(hit for hit in matched if hit.end < 0)]
        if not hits:
            return ()
        return self._line_edits(hits)

    # Finding

    def _matcher_hits(self) -> Iterator[Hit]:
        for index, matcher in self.rules.matchers:
            rule = self.rules.rules[index]
            for found in matcher(self.view, rule.options):
                yield Hit(rule, found.first, found.last, found.fields, found.start, found.end, rule.replacement)

    def _span_hits(self) -> Iterator[Hit]:
        view, spans = self.view, self.memo.spans
        if not spans:
            return
        for i, line in enumerate(view.lines):
            for index, match in spans.get(line, ()):
                rule, start = self.rules.rules[index], view.starts[i]
                replacement = match.expand(rule.replacement) if rule.action is Action.REPLACE else ""
                fields = {name: value for name, value in match.groupdict().items() if value}
                if match.end() > match.start():
                    yield Hit(rule, i, i, fields, start + match.start(), start + match.end(), replacement)

    def _line_hits(self) -> Iterator[Hit]:
        view, memo, rules = self.view, self.memo, self.rules.rules
        blocks = {unwrap(view.lines[first : last + 1]): (first, last) for first, last in self._wrapped_items()}
        self.rules.match_lines(blocks, memo)
        found = memo.lines
        for i, line in enumerate(view.lines):
            if line in found:
                for match in found[line]:
                    yield Hit(rules[match.rule], i, i, match.fields)
        for text, (first, last) in blocks.items():
            for match in found.get(text, ()):
                yield Hit(rules[match.rule], first, last, match.fields)
        if memo.block_starts:
            for i, line in enumerate(view.lines):
                if line in memo.block_starts:
                    for last, index in self.rules.match_block(view.lines, i):
                        yield Hit(rules[index], i, last, {})

    def _wrapped_items(self) -> Iterator[tuple[int, int]]:
        """Items of lists that go on in deeper indented lines: first and last line of each."""
        if "\n " not in self.view.text and "\n\t" not in self.view.text:
            return
        lines = self.view.lines
        i = 0
        while i < len(lines) - 1:
            following = lines[i + 1]
            if following[:1] in (" ", "\t") and is_bulleted(lines[i]):
                first, depth = i, indent(lines[i])
                while (
                    i + 1 < len(lines)
                    and lines[i + 1].strip()
                    and indent(lines[i + 1]) > depth
                    and not is_bulleted(lines[i + 1])
                ):
                    i += 1
                if i > first:
                    yield first, i
            i += 1

    # Deciding

    def _accept(self, hits: Iterable[Hit], zones: Zones) -> list[Hit]:
        accepted = []
        for hit in hits:
            reason = self._spared(hit, zones)
            if not reason and hit.rule.flag:
                self.flags.append(hit.rule.flag)
            if not reason and hit.rule.action is Action.FLAG:
                reason = "flag only"
            if not reason:
                accepted.append(hit)
            self._judge(hit, zones, reason)
        return accepted

    def _judge(self, hit: Hit, zones: Zones, reason: str) -> None:
        if self.explain:
            self.verdicts.append(Verdict(hit.rule.id, self.view.lines[hit.first], zones.of(hit.first), reason))

    def _spared(self, hit: Hit, zones: Zones, any_zone: bool = False) -> str:
        """Why the hit must not act, or ""."""
        rule, view = hit.rule, self.view
        if rule.sites and not _on_site(view.document.url, rule.sites):
            return "site"
        if rule.except_sites and _on_site(view.document.url, rule.except_sites):
            return "site"
        if not any_zone and not zones.fit(hit.first, rule.zones):
            return f"zone {zones.of(hit.first)} is not {' or '.join(rule.zones)}"
        if self._context is not None and (why := self._context.spares(hit)):
            return why
        unless = rule.unless
        if unless.line and (found := self.rules.search(unless.line, view.lines[hit.first])):
            return f"unless line: {found}"
        for place, patterns, at in (
            ("previous", unless.previous, view.previous(hit.first) if unless.previous else -1),
            ("next", unless.next, view.next(hit.last) if unless.next else -1),
        ):
            if at >= 0 and (found := self.rules.search(patterns, view.lines[at])):
                return f"unless {place}: {found}"
        return ""

    # Editing

    def _whole_lines(self, pieces: Iterable[Hit]) -> list[Hit]:
        """Hits on the lines of which nothing but blanks is left when their pieces go."""
        by_line: dict[int, list[Hit]] = {}
        for hit in pieces:
            if hit.rule.action is Action.REMOVE:
                by_line.setdefault(hit.first, []).append(hit)
        whole = []
        for i, hits in by_line.items():
            at = self.view.starts[i]
            left = self.view.lines[i]
            for hit in hits:
                start, end = hit.start - at, hit.end - at
                left = left[:start] + " " * (end - start) + left[end:]
            if not left.strip():
                whole.append(Hit(hits[0].rule, i, i, hits[0].fields))
        return whole

    def _piece_edits(self, hits: Sequence[Hit]) -> tuple[Edit, ...]:
        edits: list[Edit] = []
        at = 0
        for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
            if hit.start < at:
                continue
            edit = self._with_seam(hit)
            if edit.start < at or self.view.text[edit.start : edit.end] == edit.replacement:
                continue
            edits.append(edit)
            at = edit.end
            self._keep_fields(hit)
        return tuple(edits)

    def _with_seam(self, hit: Hit) -> Edit:
        """The edit of a piece. A removal takes along a blank that would be doubled or stand before punctuation."""
        text, start, end = self.view.text, hit.start, hit.end
        if hit.rule.action is Action.REMOVE:
            left, right = start, end
            while left and text[left - 1] in BLANKS:
                left -= 1
            while right < len(text) and text[right] in BLANKS:
                right += 1
            if text[right : right + 1] in ("", "\n"):
                start, end = left, right
            elif left == 0 or text[left - 1] == "\n" or (left < start and right > end):
                end = right
            elif left < start and text[end] in ",.;:!?…":
                start = left
        return Edit(start, end, hit.replacement, hit.rule.id)

    def _line_edits(self, hits: Sequence[Hit]) -> tuple[Edit, ...]:
        view = self.view
        claimed = {i for hit in hits for i in range(hit.first, hit.last + 1)}
        zones = find_zones(view, claimed)
        self._context = _Context(view, zones, claimed, _repeated(hits, view))
        owner: dict[int, Hit] = {}
        # The surer rule owns a line that several claim; among equals the one that stands first.
        ordered = sorted(self._accept(hits, zones), key=lambda hit: _PRECEDENCE[hit.rule.confidence])
        for hit in ordered:
            lines = self._extent(hit, zones, claimed)
            if lines:
                self._keep_fields(hit)
            for i in lines:
                owner.setdefault(i, hit)
        if owner:
            self._admit_company(hits, owner, zones)
            self._look_again(owner, zones)
        return tuple(self._removals(owner))

    def _admit_company(self, hits: Iterable[Hit], owner: dict[int, Hit], zones: Zones) -> None:
        """Accept hits outside their zone that stand next to a scrap of their own class.

        "Vote now" between paragraphs may be a subhead; below "Take our poll" it is the button.
        """
        view = self.view
        outside = [hit for hit in hits if hit.first not in owner and not zones.fit(hit.first, hit.rule.zones)]
        grown = True
        while grown and outside:
            grown = False
            for hit in list(outside):
                near = (owner.get(view.previous(hit.first)), owner.get(view.next(hit.last)))
                if any(other and other.rule.scrap_class == hit.rule.scrap_class for other in near):
                    outside.remove(hit)
                    if not self._spared(hit, zones, any_zone=True) and hit.rule.action is Action.REMOVE:
                        grown = True
                        self._keep_fields(hit)
                        for i in self._extent(hit, zones, owner):
                            owner.setdefault(i, hit)

    def _look_again(self, owner: dict[int, Hit], zones: Zones) -> None:
        """Let the second looks add the neighbours of what goes."""
        for index in self.rules.second_looks:
            rule = self.rules.rules[index]
            scraps = {i: hit.rule.scrap_class for i, hit in owner.items()}
            hits = [
                Hit(rule, found.first, found.last, found.fields)
                for found in SECOND_LOOKS[rule.matcher](self.view, zones, scraps, rule.options)
            ]
            for hit in self._accept(hits, zones):
                for i in range(hit.first, hit.last + 1):
                    owner.setdefault(i, hit)

    def _extent(self, hit: Hit, zones: Zones, claimed: Container[int]) -> range:
        """The lines that go with a hit."""
        view, rule = self.view, hit.rule
        first, last = hit.first, hit.last
        for _ in range(rule.above):
            if first and not view.is_blank(first - 1) and not view.is_prose(first - 1):
                first -= 1
        if rule.action is Action.CUT:
            if rule.cut_from == "start" and (zones.first < 0 or last < zones.first):
                return range(0, last + 1)
            if rule.cut_from == "end" and hit.first > zones.last:
                return range(first, len(view.lines))
            return range(0)
        if rule.unit is Unit.SECTION:
            last = self._section_end(hit, claimed)
        return range(first, last + 1)

    def _section_end(self, hit: Hit, claimed: Container[int]) -> int:
        """The last of the short lines under a heading. A line just above prose may be the article's own subhead."""
        view = self.view
        taken: list[int] = []
        limit = hit.rule.max_lines or DEFAULT_MAX_LINES
        i = hit.last + 1
        while i < len(view.lines) and len(taken) < limit:
            if "\t" in view.lines[i].strip():
                break  # a row of a table
            if not view.is_blank(i):
                if i not in claimed and (view.is_prose(i) or view.lines[i].rstrip().endswith((".", ":", "。"))):
                    if taken and count_words(view.lines[taken[-1]]) <= _SUBHEAD_WORDS:
                        taken.pop()
                    break
                taken.append(i)
            i += 1
        return taken[-1] if taken else hit.last

    def _keep_fields(self, hit: Hit) -> None:
        for name, value in hit.fields.items():
            self.harvest.setdefault(name, {})[value] = None

    def _removals(self, owner: Mapping[int, Hit]) -> Iterator[Edit]:
        """Edits that take out lines, and the blank lines that would be left doubled, leading or trailing.

        Where lines went between two that stay, one blank line is left if there was any.
        """
        view = self.view
        lines, starts = view.lines, view.starts
        # str.split leaves an empty last line behind the final newline; it is no line of the text.
        count = len(lines) - 1 if not lines[-1] else len(lines)
        removed = sorted(i for i in owner if i < count and not view.is_blank(i))
        at = 0
        while at < len(removed):
            group = [removed[at]]
            while at + 1 < len(removed) and all(view.is_blank(i) for i in range(group[-1] + 1, removed[at + 1])):
                at += 1
                group.append(removed[at])
            at += 1
            begin, end = group[0], group[-1] + 1
            while begin > 0 and view.is_blank(begin - 1):
                begin -= 1
            while end < count and view.is_blank(end):
                end += 1
            blanks = [i for i in range(begin, end) if view.is_blank(i)]
            spared = blanks[0] if blanks and begin > 0 and end < count else -1
            yield from self._group_edits(group, begin, end, spared, owner, starts)

    def _group_edits(
        self,
        group: Sequence[int],
        begin: int,
        end: int,
        spared: int,
        owner: Mapping[int, Hit],
        starts: Sequence[int],
    ) -> Iterator[Edit]:
        """One edit a rule for a run of removed lines, blank lines going with the line above them."""
        runs: list[tuple[int, int, str]] = []
        rule = owner[group[0]].rule.id
        for i in range(begin, end):
            if i == spared:
                continue
            if i in owner and not self.view.is_blank(i):
                rule = owner[i].rule.id
            if runs and runs[-1][1] == i and runs[-1][2] == rule:
                runs[-1] = (runs[-1][0], i + 1, rule)
            else:
                runs.append((i, i + 1, rule))
        length = len(self.view.text)
        for first, last, name in runs:
            yield Edit(starts[first], min(starts[last], length), "", name)


_PARTICULAR = regex.compile(r"[^\W\d_][^:.!?]{1,30} ?[:：] ?\S.*")
_SHORT_WORDS = 3


class _Context:
    """What the lines around a hit say against it, when its wording alone is ambiguous."""

    def __init__(self, view: View, zones: Zones, claimed: Container[int], repeated: Container[str]) -> None:
        self.view, self.zones, self.claimed, self.repeated = view, zones, claimed, repeated

    def spares(self, hit: Hit) -> str:
        """Why the hit must not act, or ""."""
        if hit.rule.once and hit.rule.id in self.repeated:
            return "once: several lines fit"
        zone = self.zones.of(hit.first)
        if hit.rule.unit is Unit.SECTION and self._introduces_facts(hit):
            return "a list of facts follows"
        if zone not in (Zone.HEAD, Zone.DECK) and self._is_particular(hit):
            return "one of several particulars"
        if zone is Zone.TAIL and self._is_item(hit):
            return "an item of a list"
        return ""

    def _introduces_facts(self, hit: Hit) -> bool:
        below = self.view.next(hit.last)
        return below >= 0 and below not in self.claimed and is_fact(self.view.lines[below])

    def _is_particular(self, hit: Hit) -> bool:
        """'Photo: Jane Doe' between 'Director: …' and 'Music: …', which no rule knows, belongs to the film."""
        lines = self.view.lines
        if hit.last != hit.first or not _PARTICULAR.fullmatch(lines[hit.first].strip()):
            return False
        around = (self.view.previous(hit.first), self.view.next(hit.last))
        return any(i >= 0 and i not in self.claimed and self._names_one(i) for i in around)

    def _names_one(self, index: int) -> bool:
        return not self.view.is_prose(index) and _PARTICULAR.fullmatch(self.view.lines[index].strip()) is not None

    def _is_item(self, hit: Hit) -> bool:
        """A line in the tail between lines that no rule knows; one of a word or two needs only one of them."""
        rule, view = hit.rule, self.view
        if rule.unit is not Unit.LINE or rule.matcher or Zone.ANY in rule.zones or Zone.BODY in rule.zones:
            return False
        above, below = view.previous(hit.first), view.next(hit.last)
        if self._is_unknown(above) and self._is_unknown(below):
            return True
        if hit.fields or count_words(view.lines[hit.first]) > _SHORT_WORDS:
            return False
        return self._is_unknown(below) or (self._is_unknown(above) and self._is_unknown(view.previous(above)))

    def _is_unknown(self, index: int) -> bool:
        return index >= 0 and index not in self.claimed and not self.view.is_prose(index)


def _repeated(hits: Iterable[Hit], view: View) -> set[str]:
    """Rules that hit more than one wording."""
    wordings: dict[str, set[str]] = {}
    for hit in hits:
        if hit.rule.once:
            wordings.setdefault(hit.rule.id, set()).add(view.lines[hit.first].strip())
    return {rule for rule, lines in wordings.items() if len(lines) > 1}


_PRECEDENCE = {Confidence.HIGH: 0, Confidence.MEDIUM: 1, Confidence.LOW: 2}


def _on_site(url: str, sites: Iterable[str]) -> bool:
    from urllib.parse import urlsplit

    try:
        host = (urlsplit(url).hostname or "") if url else ""
    except ValueError:  # "http://[bad"
        return False
    return any(host == site or host.endswith("." + site) for site in sites)
