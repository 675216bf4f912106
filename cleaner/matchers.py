"""Named matchers: what a regex cannot say, because it needs more of the document than one line.

A matcher takes the view of a text and the rule's options and yields what it found. A second look also gets the lines
that other rules are about to remove: a scrap is evidence about its neighbours. Rules name either with
``matcher = "…"``; everything else (zone, unless, confidence, examples) works as for any rule.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

import regex

from cleaner.model import Zone
from cleaner.prose import count_words, ends_full, ends_sentence
from cleaner.repetition import LONGEST_LINE, is_everywhere, line_hash
from cleaner.segment import View, bare, fold, is_bulleted, is_spoken
from cleaner.zones import Zones, find_zones

__all__ = ["MATCHERS", "SECOND_LOOKS", "Found", "Matcher", "SecondLook", "is_fact"]

Options = Mapping[str, bool | int | float | str | tuple[str, ...]]


class Found(NamedTuple):
    """Lines ``first`` to ``last`` (both included), or with ``start``/``end`` a piece of the text inside them."""

    first: int
    last: int
    fields: Mapping[str, str] = MappingProxyType({})
    start: int = -1
    end: int = -1


Matcher = Callable[[View, Options], Iterator[Found]]
SecondLook = Callable[[View, Zones, Mapping[int, str], Options], Iterator[Found]]
"""Gets the view, its zones and the class of scrap of every line that goes, by index."""

_TITLE_WORDS = 40
_TITLE_CHARS = 400
_MASTHEAD_LINES = 10
_MASTHEAD_WORDS = 12
_SITE_WORDS = 4


def _content(view: View, limit: int) -> list[int]:
    """Indices of the first ``limit`` lines that are not blank."""
    found: list[int] = []
    for i in range(len(view.lines)):
        if not view.is_blank(i):
            found.append(i)
            if len(found) == limit:
                break
    return found


def repeated_title(view: View, options: Options) -> Iterator[Found]:
    """The masthead between two copies of the title at the top, with the second copy.

    Between the copies stand a site name, a date, a reading time: short lines, no prose. The first copy stays.
    """
    head = _content(view, _MASTHEAD_LINES + 2)
    if len({view.key(i) for i in head}) == len(head):
        return
    for position, i in enumerate(head[:3]):
        if len(view.lines[i]) > _TITLE_CHARS or view.is_prose(i):
            continue
        title = view.key(i)
        if not 3 <= count_words(title) <= _TITLE_WORDS and len(title) < 12:
            continue
        for j in head[position + 1 :]:
            if len(view.lines[j]) <= _TITLE_CHARS and view.key(j) == title:
                between = [k for k in head[position + 1 :] if k < j]
                sites = [bare(view.lines[k]) for k in between if _may_be_site(view.lines[k])]
                yield Found(view.next(i), j, {"site": sites[0]} if len(sites) == 1 else {})
                return
            if view.is_prose(j) or count_words(view.lines[j]) > _MASTHEAD_WORDS:
                break


def _may_be_site(line: str) -> bool:
    text = bare(line)
    return count_words(text) <= _SITE_WORDS and not any(char.isdigit() for char in text) and not ends_sentence(text)


_HEAD_LINES = 14  # lines with text among which a known title is looked for
_TITLE_EXTRA = 6
_SIMILAR = 0.85
_TOKEN = regex.compile(r"[\p{L}\p{M}\p{N}]+")


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(fold(text))


def _same_title(line: Sequence[str], title: Sequence[str]) -> bool:
    """Whether a line is the title: the same words, with a site name or a kicker more or less, or nearly so.

    A line that begins with all of the title and goes on is its first sentence retold, and not the title.
    """
    if line == title:
        return True
    shorter, longer = sorted((line, title), key=len)
    if len(shorter) < 4 or (longer is line and line[: len(title)] == title):
        return False
    if f" {' '.join(shorter)} " in f" {' '.join(longer)} ":
        return len(longer) - len(shorter) <= _TITLE_EXTRA or len(shorter) * 2 >= len(longer)
    from difflib import SequenceMatcher

    return SequenceMatcher(None, line, title, autojunk=False).ratio() >= _SIMILAR


_SITE_SUFFIX = regex.compile(r"\s+[|–—-]\s+[^|–—]{2,40}$")


def _find_title(view: View) -> tuple[list[int], int]:
    """As :func:`_look_for_title` says; three matchers ask."""
    if view.title is None:
        view.title = _look_for_title(view)
    return view.title


def _look_for_title(view: View) -> tuple[list[int], int]:
    """The first lines with text, and the position of the known title among them; -1 when it is not there.

    A line of prose above it means that it is no headline but a link to the article itself; an unfinished line, that
    it stands in a poem or a list.
    """
    if not view.document.title:
        return [], -1
    head = _content(view, _HEAD_LINES)
    title = _tokens(view.document.title)
    if title:
        for position, i in enumerate(head):
            line = view.lines[i] if len(view.lines[i]) <= _TITLE_CHARS else ""
            words = _tokens(_SITE_SUFFIX.sub("", line))
            if words == title or (not ends_full(line) and _same_title(_tokens(line), title)):
                return head, position
            if view.is_prose(i) or view.lines[i].rstrip().endswith((",", ";", ":")):
                break
    return head, -1


def known_title(view: View, options: Options) -> Iterator[Found]:
    """The line at the top that only repeats the document's known title."""
    head, position = _find_title(view)
    if position >= 0:
        yield Found(head[position], head[position])


def above_title(view: View, options: Options) -> Iterator[Found]:
    """Each line above the known title: sections, breadcrumbs, site names, captions of the lead picture.

    Nothing when one of them is a sentence, a question or unfinished: then the title stands inside the text, as a
    line of a poem or a question of an interview.
    """
    head, position = _find_title(view)
    above = head[: max(position, 0)]
    if len(above) <= _ABOVE_LINES and not any(_is_text(view.lines[i]) for i in above):
        for i in above:
            yield Found(i, i)


_ABOVE_LINES = 8


def _is_text(line: str) -> bool:
    return ends_sentence(line) or line.rstrip()[-1:] in ",;:"


def below_title(view: View, options: Options) -> Iterator[Found]:
    """Each short line between the known title and the first line of prose: names, places, dates, labels.

    A line that ends like a sentence or with a colon, and any longer one, may be the deck and stays. More than a few
    of them are a list: ingredients, results, particulars.
    """
    limit = int(str(options.get("words", 6)))
    head, position = _find_title(view)
    if position < 0 or not any(view.is_prose(i) for i in range(head[position], len(view.lines))):
        return
    found = []
    for i in _content(view, _HEAD_LINES * 2)[position + 1 :]:
        if view.is_prose(i):
            break
        text = view.lines[i].strip()  # "NEWFORD -" is a dateline on a line of its own: the dash is evidence
        if count_words(text) <= limit and not ends_sentence(text) and text[-1:] not in ":,;-–—":
            if "\t" in text or is_bulleted(text):
                return
            found.append(i)
    if len(found) <= _BELOW_LINES:
        for i in found:
            yield Found(i, i)


_BELOW_LINES = 5


def known_author(view: View, options: Options) -> Iterator[Found]:
    """A line that holds the known author's name and little else."""
    if not view.document.author:
        return
    names = [_tokens(name) for name in _BETWEEN_NAMES.split(view.document.author)]
    last = [name[-1] for name in names if name]
    for i, line in enumerate(view.lines):
        # Most lines do not hold a last name, and taking all words out of a line costs ten times as much.
        if 0 < len(line) <= _BYLINE_CHARS and any(word in view.key(i) for word in last):
            words = _tokens(line)
            for name in names:
                if len(name) >= 2 and _inside(name, words) and len(words) <= len(name) + _BYLINE_EXTRA:
                    if not ends_sentence(line):
                        yield Found(i, i, {"author": view.document.author})
                    break


_BETWEEN_NAMES = regex.compile(r";|,| and | und | et | y | & ")
_BYLINE_CHARS = 80
_BYLINE_EXTRA = 1


def _inside(part: Sequence[str], whole: Sequence[str]) -> bool:
    return any(whole[i : i + len(part)] == part for i in range(len(whole) - len(part) + 1))


def known_date(view: View, options: Options) -> Iterator[Found]:
    """A short line that holds the known date, in whatever order and language it is written."""
    known = _ISO_DATE.match(view.document.date)
    if not known:
        return
    year, month, day = map(int, known.groups())
    if not 1 <= month <= 12:
        return
    for i, line in enumerate(view.lines):
        if 0 < len(line) <= _BYLINE_CHARS and known[1] in line:
            words = _tokens(line)
            numbers = {int(number) for number in _NUMBER.findall(line)}
            named = month in numbers or any(word.startswith(_MONTHS[month - 1]) for word in words)
            if {year, day} <= numbers and named and len(words) <= _DATE_WORDS and not ends_sentence(line):
                yield Found(i, i, {"date": view.document.date})


_ISO_DATE = regex.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NUMBER = regex.compile(r"\d{1,4}")

# How the names of the months begin in European languages; elsewhere months are numbers.
_MONTHS = tuple(
    tuple(names.split())
    for names in (
        "jan jän ene gen sty oca янв січ led",
        "feb fév fev lut şub фев лют úno",
        "mar mär mrt maa бер мар bře",
        "apr avr abr kwi nis апр кві dub",
        "may mai mei mag maj май мая тра kvě",
        "jun juin cze haz giu июн чер červn",
        "jul juil lip tem lug июл лип červenc",
        "aug août ago sie ağu авг сер srp",
        "sep set wrz eyl сен вер zář",
        "oct okt out ott paź eki окт жов říj",
        "nov lis kas ноя лис",
        "dec dez déc dic des gru ara дек гру pro",
    )
)
_DATE_WORDS = 9


def known_site(view: View, options: Options) -> Iterator[Found]:
    """A line that is the known site's name or the host of the document's address."""
    names = {"".join(_tokens(view.document.site))}
    host = _HOST.match(view.document.url.casefold())
    if host:
        labels = host[1].split(".")
        names |= {"".join(labels), labels[-2] if len(labels) > 1 else labels[0]}
    names = {name for name in names if len(name) >= 3}
    if not names:
        return
    # Most lines begin with another letter than the site, and taking words out of them all costs ten times as much.
    first = {name[0] for name in names}
    for i, line in enumerate(view.lines):
        if 0 < len(line) <= _SITE_CHARS:
            start = view.key(i)[:1]
            if (start in first or not start.isalnum()) and "".join(_tokens(line)) in names:
                yield Found(i, i, {"site": bare(line)})


_HOST = regex.compile(r"https?://(?:www\d?\.)?([^/:?#]+)")
_SITE_CHARS = 40


def printed_twice(view: View, options: Options) -> Iterator[Found]:
    """A line of prose that stands twice, one below the other: found is the second copy, so no text is lost.

    Pages print the description of a picture and its caption so, and pull quotes. Lyrics repeat lines too, but they
    seldom are whole sentences.
    """
    long = [line.strip() for line in view.lines if len(line) >= _TWICE_CHARS]
    if len(set(long)) == len(long):
        return
    for i in range(len(view.lines)):
        if len(view.lines[i]) >= _TWICE_CHARS and view.is_prose(i):
            j = view.next(i)
            if j >= 0 and view.lines[j].strip() == view.lines[i].strip():
                yield Found(j, j)


def doubled_line(view: View, options: Options) -> Iterator[Found]:
    """A line that says the same twice, as a linked headline with the description of its picture does."""
    for i, line in enumerate(view.lines):
        if _DOUBLE_CHARS <= len(line) <= _TITLE_CHARS:
            # The first word stands a second time: asked first, since splitting every line costs more.
            if line.find(line[: line.find(" ", 1)], 1) < 0:
                continue
            words = line.split()
            half, odd = divmod(len(words), 2)
            if half >= 2 and not odd and words[:half] == words[half:] and len(set(words)) > 1:
                yield Found(i, i)


_DOUBLE_CHARS = 20


_TWICE_CHARS = 40


def repeated_line(view: View, options: Options) -> Iterator[Found]:
    """A line that recurs on the document's site.

    What articles themselves repeat stays: subheads, speakers, answers, items of lists, rows of tables, numbers,
    direct speech, the title. A line between paragraphs and one that reads as prose go only when nearly all documents
    of the site have them.
    """
    if not view.document.repeated:
        return
    known = _known_lines(view)
    zones = find_zones(view, known)
    title = fold(view.document.title)
    keys = Counter(view.key(i) for i in known)
    for i, everywhere in known.items():
        outside = zones.of(i) in (Zone.HEAD, Zone.TAIL)
        if view.key(i) == title or _may_be_content(view, i, keys[view.key(i)] > 1):
            continue
        if outside:
            goes = everywhere or not _is_company(view, i, known)
        else:
            goes = everywhere and (view.is_prose(i) or _interrupts(view, i))
        if goes:
            yield Found(i, i)


def _known_lines(view: View) -> dict[int, bool]:
    """The lines that recur, by index, and whether they stand everywhere. Prose that does not is the article's."""
    known = {}
    repeated = view.document.repeated
    for i, line in enumerate(view.lines):
        if 0 < len(line) <= LONGEST_LINE and view.key(i):
            hashed = line_hash(view.key(i))
            everywhere = is_everywhere(hashed, repeated)
            if hashed in repeated and (everywhere or not view.is_prose(i)):
                known[i] = everywhere
    return known


_LETTER = regex.compile(r"\p{L}")


def _may_be_content(view: View, index: int, again: bool) -> bool:
    """Whether a line has a shape that articles repeat: a number, a row, direct speech, a speaker, an item.

    A label is a speaker when it stands in the text ``again`` or when something is said below it.
    """
    line = view.lines[index]
    if not _LETTER.search(line) or "\t" in line.strip() or "|" in line or is_spoken(line):
        return True
    if line.rstrip().endswith((":", "：")):
        below = view.next(index)
        return again or (below >= 0 and (view.is_prose(below) or ends_sentence(view.lines[below])))
    return is_bulleted(line)


def _interrupts(view: View, index: int) -> bool:
    """Whether a line that stands everywhere reads as no subhead, answer or speaker: "Ingredients", "Yes.", "Q"."""
    line = view.lines[index]
    return count_words(line) >= _CALL_WORDS and line.rstrip()[-1:] not in ":：?"


def _is_company(view: View, index: int, known: Mapping[int, bool]) -> bool:
    """Whether a line stands among short lines that do not recur, or first of all, where the title stands."""
    above, below = view.previous(index), view.next(index)
    return above < 0 or all(i >= 0 and i not in known and not view.is_prose(i) for i in (above, below))


_JOINABLE = regex.compile(r"[\p{Ll}\p{Lo},;]$")
_CONTINUES = regex.compile(r"(?:\p{Ll}[\p{Ll}'’-]*|\d[\d.,]*(?:-\p{Ll}+)?)(?=[\s,;:.!?)]|$)")
_WRAP_WORDS = 8
_WRAP_CHARS = 55  # verse is narrower

# A sentence does not end in one of these, and a heading hardly ever.
_OPEN_END_WORDS = (
    "a an the of to in on at by for with from and or but that which who as than into about between "  # en
    "der die das den dem des ein eine einen einem einer und oder mit von zu im am auf für "  # de
    "le la les un une des du de et ou à au aux en dans sur pour par avec que qui "  # fr
    "el los las una del y o con por para que "  # es
    "o os as um uma do da dos das e em no na nos nas com por para que "  # pt
    "il lo gli uno di del della dei delle e con per che "  # it
    "het een van en of met voor op te "  # nl
    "i w z na do że oraz "  # pl
    "и в на с по для что не от к о из"  # ru
)


_OPEN_ENDS = frozenset(_OPEN_END_WORDS.split(" "))


def hard_wrap(view: View, options: Options) -> Iterator[Found]:
    """A newline in the middle of a sentence: found is the newline with the blanks around it.

    The line above is long and stops without punctuation, the line below goes on in lower case or with a number.
    A number alone is weak, so then the line above must end in a word that leaves the sentence open.
    """
    for i in range(len(view.lines) - 1):
        upper, lower = view.lines[i], view.lines[i + 1]
        if not lower or not _JOINABLE.search(upper) or not _CONTINUES.match(lower):
            continue
        words = upper.split()
        if len(words) < _WRAP_WORDS or len(lower.split()) < 2:
            continue
        goes_on = lower[0].islower() and count_words(lower) >= 3 and len(upper) >= _WRAP_CHARS
        if words[-1] in _OPEN_ENDS or goes_on:
            start = view.starts[i] + len(upper)
            yield Found(i, i + 1, {}, start, start + 1)


MATCHERS: Mapping[str, Matcher] = MappingProxyType(
    {
        "above-title": above_title,
        "below-title": below_title,
        "doubled-line": doubled_line,
        "hard-wrap": hard_wrap,
        "known-author": known_author,
        "known-date": known_date,
        "known-site": known_site,
        "known-title": known_title,
        "printed-twice": printed_twice,
        "repeated-line": repeated_line,
        "repeated-title": repeated_title,
    }
)
"""The matchers that rules may name."""


def below_scraps(view: View, zones: Zones, scraps: Mapping[int, str], options: Options) -> Iterator[Found]:
    """Every short line of the tail below a scrap of given classes: no article goes on under its own share bar."""
    wanted, limit = _listed(options.get("classes", ())), int(str(options.get("words", 6)))
    tail = sorted(i for i, name in scraps.items() if zones.of(i) is Zone.TAIL and name in wanted)
    # One ambiguous word may be an item of the article's own last list; a call, or two of them, are not.
    if not tail or (len(tail) == 1 and count_words(view.lines[tail[0]]) < _CALL_WORDS):
        return
    for i in range(tail[0] + 1, len(view.lines)):
        line = view.lines[i]
        if i in scraps or not line.strip():
            continue
        if count_words(line) > limit or is_fact(line) or ": " in line or is_bulleted(line):
            return
        yield Found(i, i)


_CALL_WORDS = 3
_FACT = regex.compile(
    r"\(\d{4}\)|, ?\d{4}\)?\.?$|\bISBN|\bdoi\b|@|https?:|www\.|\d{3,}[ /-]\d{2,}"
    r"|[€$£]\s?\d|\d\s?(?:€|\$|£|EUR\b|euros?\b)|\bpp?\. ?\d|\bS\. ?\d"
)


def is_fact(line: str) -> bool:
    """Whether a short line holds what an article lists: a source, an address, a number, a price, a particular."""
    return _FACT.search(line) is not None


def above_scrap(view: View, zones: Zones, scraps: Mapping[int, str], options: Options) -> Iterator[Found]:
    """The line right above a scrap of the given classes, when it is no sentence and not the first of the text."""
    wanted = _listed(options.get("classes", ()))
    limit = int(str(options.get("words", 30)))
    for i, name in scraps.items():
        if name in wanted:
            above = view.previous(i)
            if above < 0 or above in scraps or ends_sentence(view.lines[above]) or view.previous(above) < 0:
                continue
            if ": " in view.lines[above] or is_bulleted(view.lines[above]):
                continue  # a particular, an item of a list
            if count_words(view.lines[above]) <= limit:
                yield Found(above, above)


def described_twice(view: View, zones: Zones, scraps: Mapping[int, str], options: Options) -> Iterator[Found]:
    """The line above a scrap of the given classes, that begins with its words: a picture's description."""
    wanted = _listed(options.get("classes", ()))
    for i, name in scraps.items():
        above = view.previous(i) if name in wanted else -1
        if above >= 0 and above not in scraps and not view.is_prose(above):
            text = view.key(above)
            if len(text) >= _DOUBLE_CHARS and view.key(i).startswith(text):
                yield Found(above, above)


def teasers(view: View, zones: Zones, scraps: Mapping[int, str], options: Options) -> Iterator[Found]:
    """All below a heading of the given classes, when it reads like a list of teasers to the end of the text.

    Teasers alternate headline and summary. An article that goes on has paragraphs in a row, so nothing is found
    when two lines of prose follow each other, when prose outweighs headlines, or when the text ends in prose.
    """
    wanted = _listed(options.get("classes", ()))
    if not any(name in wanted for name in scraps.values()):
        return
    prose = [i for i in range(len(view.lines)) if view.is_prose(i) and i not in scraps]
    if len(prose) < _ARTICLE_LINES:
        return
    headings = sorted(i for i, name in scraps.items() if name in wanted and i > prose[_ARTICLE_LINES - 1])
    for heading in headings[:_HEADINGS]:
        below = [i for i in range(heading + 1, len(view.lines)) if not view.is_blank(i) and i not in scraps]
        summaries = [i for i in below if view.is_prose(i)]
        above = len(prose) - len(summaries)
        if not summaries or len(summaries) * 2 > above + 1 or view.is_prose(below[-1]):
            continue
        if any("\t" in view.lines[i].strip() or count_words(view.lines[i]) > _SUMMARY_WORDS for i in below):
            continue  # a table of facts, an annotated list
        row = not set(map(view.next, summaries)).isdisjoint(summaries)
        if not row and len(summaries) * 2 <= len(below):
            yield Found(heading, below[-1])
            return


_HEADINGS = 20  # each is looked at with all that is below it
_ARTICLE_LINES = 4
_SUMMARY_WORDS = 60


def _listed(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),)


SECOND_LOOKS: Mapping[str, SecondLook] = MappingProxyType(
    {
        "above-scrap": above_scrap,
        "below-scraps": below_scraps,
        "described-twice": described_twice,
        "teasers": teasers,
    }
)
"""Matchers that run after all others, on what those found."""
