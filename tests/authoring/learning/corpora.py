"""Small corpora of one site, what is observed in them, and what is proposed from them."""

from __future__ import annotations

from collections.abc import Iterable

from cleaner.authoring.learning import Proposal, learn
from cleaner.authoring.learning.observe import Observer
from cleaner.authoring.learning.store import Store
from cleaner.authoring.learning.templates import Templates
from cleaner.model import DocumentInfo
from cleaner.pipeline import Cleaner
from cleaner.rules import builtin_rules
from cleaner.text.hosts import site_of
from tests.site_corpus import Row, body

RULES = builtin_rules()
TEMPLATES = Templates(RULES)


def observe(rows: Iterable[Row], cleaner: Cleaner | None = None, store: Store | None = None) -> Store:
    """A store of the rows; the caller closes it."""
    store = store or Store()
    observer = Observer(TEMPLATES, cleaner)
    store.add(observer.observe(row.text, DocumentInfo(url=row.url), site_of(row.url), row.id) for row in rows)
    return store


def rows(texts: Iterable[str], site: str = "riverpost.example") -> list[Row]:
    return [Row(f"{site}/{number}", f"https://{site}/{number}", text, ()) for number, text in enumerate(texts)]


def proposed(texts: Iterable[str], **options: object) -> list[Proposal]:
    with observe(rows(texts)) as store:
        return learn(store, RULES, **options)  # type: ignore[arg-type]


def bodies(count: int) -> list[str]:
    return [body(number) for number in range(count)]


def wordings(proposals: Iterable[Proposal]) -> set[str]:
    return {example.text for proposal in proposals for wording in proposal.wordings for example in wording.examples}
