"""A corpus of many sites, drawn by a seed: clean bodies with the fixed and variable scraps of each site around them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["Planted", "Row", "Scrap", "body", "generate", "planted"]

# {site} is the site's name; what differs from document to document is in <…>.
_HEAD = (
    "{site} » News » <section>",
    "By <name>, {site} correspondent",
    "Von <name>, Redaktion {site}",
    "Par <name> pour {site}",
    "Published on <date>",
    "Veröffentlicht am <date>",
    "Publicado em <date>",
    "<number> shares",
    "<number> min read",
    "Listen to this article in the {site} app",
    "Artikel merken und später auf {site} lesen",
    "Text size: small / medium / large",
    "Add {site} to your home screen",
    "Tempo de leitura: <number> minutos",
    "You have <number> free articles left this month at {site}",
)
_BODY = (
    "Story goes on under the picture",
    "More below from the {site} desk",
    "Lesen Sie auch: <headline>",
    "Leia também: <headline>",
    "READ | <headline>",
    "Get the {site} briefing in your inbox, every morning",
    "Der Beitrag geht nach der Anzeige weiter",
)
_TAIL = (
    "Follow {site} on every network",
    "Photo: <name> / {site}",
    "Foto: <name>/{site}-Archiv",
    "Filed under: <section>, <section>",
    "Tags: <section>",
    "Read next: <headline>",
    "More on this: <headline>",
    "<name> covers local politics for {site}. Reach the newsroom at any time.",
    "Contact the author at <mail>",
    "Join the talk: <number> comments so far",
    "Copyright {site}, all rights are ours",
    "Support the reporting of {site} from as little as a coffee a month",
    "Discuss this in our reader forum",
    "Nach oben zur Übersicht von {site}",
    "Receba as notícias do {site} no seu telefone",
    "Report a mistake to the {site} desk",
    "Abonnez-vous à la lettre du matin de {site}",
    "Last changed: <date>",
    "Seen <number> times",
    "Sponsored links from our partners at {site}",
)
_SECTIONS = ("Politics", "Sport", "Culture", "Economy", "Weather", "Travel", "Science", "Schools", "Health", "Traffic")
_FIRST = ("Anna", "Jonas", "Marta", "Emil", "Lucia", "Pedro", "Clara", "Henri", "Sofia", "David", "Nadia", "Oskar")
_LAST = ("Keller", "Moreau", "Silva", "Hartmann", "Costa", "Lindqvist", "Novak", "Brandt", "Rossi", "Tanner", "Weber")
_NOUNS = ("bridge", "market", "harbour", "school", "council", "library", "orchard", "station", "museum", "forest")
_VERBS = ("reopens", "closes", "burns", "grows", "moves", "turns green", "loses money", "wins a prize", "stays shut")
_ENDS = ("after three years", "this winter", "in the rain", "without a plan", "for good", "again", "before the vote")
_NAMES_A = ("River", "Hill", "Harbour", "Valley", "Forest", "Lake", "Mill", "Castle", "Market", "Border")
_NAMES_B = ("Post", "Courier", "Echo", "Herald", "Bote", "Kurier", "Journal", "Gazette", "Mirror", "Observer")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October")


class Scrap(NamedTuple):
    """One scrap of a site: its template, where it stands, and in which share of the documents."""

    template: str
    place: str
    share: float


class Planted(NamedTuple):
    """A line that was put into a document."""

    site: str
    template: str
    text: str


@dataclass(frozen=True)
class Row:
    """A document of the corpus and what was planted in it."""

    id: str
    url: str
    text: str
    planted: tuple[Planted, ...]


_WHO = ("The council", "A carpenter", "The harbour office", "Her neighbour", "The school board", "A retired judge")
_DID = ("asked for", "paid for", "argued about", "photographed", "sold", "measured", "forgot", "rebuilt", "painted")
_WHAT = ("a second crossing", "the old lamps", "forty new benches", "the north wall", "a ferry", "the mill wheel")
_WHEN = ("in the spring", "before sunrise", "during the fair", "after the flood", "on a cold Monday", "last autumn")
_WHY = (
    "because nobody else would",
    "though the money was gone",
    "as the mayor had wished",
    "while traffic stood still",
)


def body(number: int) -> str:
    """A clean article in three to five paragraphs; each number gives another one."""
    chance = random.Random(f"body {number}")

    def sentence() -> str:
        words = (_WHO, _DID, _WHAT, _WHEN, _WHY)
        return (
            " ".join(chance.choice(part) for part in words) + f", said {chance.choice(_FIRST)} {chance.choice(_LAST)}."
        )

    paragraphs = [f"{sentence()} {sentence()}" for _ in range(chance.randint(3, 5))]
    return "\n\n".join(paragraphs) + "\n"


def planted(seed: int, sites: int) -> dict[str, list[Scrap]]:
    """The scraps of each site, by host."""
    found = {}
    for number in range(sites):
        chance = random.Random(f"{seed} {number}")
        name = f"{chance.choice(_NAMES_A)} {chance.choice(_NAMES_B)} {number}"
        host = f"{name.lower().replace(' ', '-')}.example"
        scraps = []
        for place, pool, least, most in (("head", _HEAD, 2, 5), ("body", _BODY, 0, 2), ("tail", _TAIL, 2, 7)):
            for template in chance.sample(pool, chance.randint(least, most)):
                share = chance.choice((0.25, 0.5, 0.9, 1.0))
                scraps.append(Scrap(template.replace("{site}", name.rpartition(" ")[0]), place, share))
        found[host] = scraps
    return found


def generate(bodies: Sequence[str], seed: int, sites: int, documents: int) -> Iterator[Row]:
    """Documents of the sites in turn, each with a body that no other document of its site has."""
    scraps = planted(seed, sites)
    each = documents // sites
    for host, mine in scraps.items():
        chance = random.Random(f"{seed} {host}")
        for number, body in enumerate(chance.sample(bodies, each)):
            yield _row(host, number, body, mine, chance)


def _row(host: str, number: int, body: str, scraps: Sequence[Scrap], chance: random.Random) -> Row:
    used = []
    parts: dict[str, list[str]] = {"head": [], "body": [], "tail": []}
    for scrap in scraps:
        if chance.random() < scrap.share:
            text = _filled(scrap.template, chance)
            parts[scrap.place].append(text)
            used.append(Planted(host, scrap.template, text))
    paragraphs = [part for part in body.split("\n") if part.strip()]
    for text in parts["body"]:
        paragraphs.insert(chance.randint(1, max(1, len(paragraphs) - 1)), text)
    text = "\n\n".join([*parts["head"], *paragraphs, *parts["tail"]]) + "\n"
    return Row(f"{host}/{number}", f"https://www.{host}/{number}", text, tuple(used))


def _filled(template: str, chance: random.Random) -> str:
    while "<" in template:
        start, end = template.index("<"), template.index(">")
        template = template[:start] + _FILLINGS[template[start + 1 : end]](chance) + template[end + 1 :]
    return template


_FILLINGS: dict[str, Callable[[random.Random], str]] = {
    "name": lambda chance: f"{chance.choice(_FIRST)} {chance.choice(_LAST)}",
    "mail": lambda chance: f"{chance.choice(_FIRST)}.{chance.choice(_LAST)}@desk.example".lower(),
    "section": lambda chance: chance.choice(_SECTIONS),
    "number": lambda chance: str(chance.randint(2, 900)),
    "date": lambda chance: f"{chance.choice(_MONTHS)} {chance.randint(1, 28)}, {chance.randint(2014, 2026)}",
    "headline": lambda chance: (
        f"{chance.choice(('Old', 'New', 'City', 'Last'))} {chance.choice(_NOUNS)} {chance.choice(_VERBS)} "
        f"{chance.choice(_ENDS)}"
    ),
}
