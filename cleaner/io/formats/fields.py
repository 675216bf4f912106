"""The fields of rows: their names, the values they lead to, and which of them hold the text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

__all__ = ["TEXT_FIELDS", "FieldNames", "lacks", "paths_of", "settled", "settled_note", "value_of", "with_texts"]

TEXT_FIELDS = ("content", "body", "article", "articleBody", "description")
"""Where other tools put the text of an article, the likeliest first."""

_MISSING = object()
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class FieldNames:
    """The names of the fields of a row that are read. A text must be there; the others may be missing.

    A name with dots leads into objects, as ``article.text``, unless a field is called so itself.

    Attributes:
        text: the field that holds the text.
        id, title, url, author, date, site: the fields that say something about it.
        more_texts: further fields that hold texts. Each is cleaned on its own.
        guesses: fields that may hold the text instead, where a file has no field ``text``.
    """

    text: str = "text"
    id: str = "id"
    title: str = "title"
    url: str = "url"
    author: str = "author"
    date: str = "date"
    site: str = "site"
    more_texts: tuple[str, ...] = ()
    guesses: tuple[str, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """The fields that hold texts."""
        return (self.text, *self.more_texts)

    @property
    def all(self) -> tuple[str, ...]:
        """Every field that is read, each once."""
        about = (self.id, self.title, self.url, self.author, self.date, self.site)
        return tuple(dict.fromkeys((*self.texts, *about)))


def paths_of(name: str) -> Iterator[tuple[str, str]]:
    """A name with dots as a field and the rest that leads on from it, the longest field first; the rest may be "".

    >>> list(paths_of("a.b.c"))
    [('a.b.c', ''), ('a.b', 'c'), ('a', 'b.c')]
    """
    yield name, ""
    head = name
    while "." in head:
        head = head.rpartition(".")[0]
        yield head, name[len(head) + 1 :]


def value_of(fields: Mapping[str, Any], name: str, default: Any = None) -> Any:
    """The value that a name leads to.

    >>> value_of({"article": {"text": "The council met."}}, "article.text")
    'The council met.'
    >>> value_of({"article.text": "as it is called"}, "article.text")
    'as it is called'
    """
    for head, rest in paths_of(name):
        if head in fields:
            value = fields[head]
            if not rest:
                return value
            if isinstance(value, Mapping):
                found = value_of(value, rest, _MISSING)
                if found is not _MISSING:
                    return found
    return default


def settled(keys: FieldNames, has: Callable[[str], bool], all_of_them: bool = False) -> tuple[str, ...]:
    """The fields that hold text, of those that are there; () when none is.

    Args:
        keys: the names that come into question.
        has: whether there is a field of a name.
        all_of_them: whether each field that was asked for must be there.

    >>> settled(FieldNames(guesses=TEXT_FIELDS), {"id", "body", "description"}.__contains__)
    ('body',)
    """
    found = tuple(filter(has, keys.texts))
    if found and not (all_of_them and len(found) < len(keys.texts)):
        return keys.texts
    return next(((guess,) for guess in keys.guesses if has(guess)), ())


def settled_note(keys: FieldNames, texts: tuple[str, ...]) -> tuple[str, ...]:
    """What the user should know when not all the fields that were asked for are cleaned; else nothing.

    >>> settled_note(FieldNames(), ("body",))
    ("has no field 'text', so 'body' is cleaned; --text-key names another",)
    >>> settled_note(FieldNames("title", more_texts=("text",)), ("text",))
    ("has no field 'title', so only 'text' is cleaned; --text-key names others",)
    """
    if not texts or texts == keys.texts:
        return ()
    if set(texts) < set(keys.texts):
        missing = " or ".join(repr(name) for name in keys.texts if name not in texts)
        return (
            f"has no field {missing}, so only {' and '.join(map(repr, texts))} is cleaned; --text-key names others",
        )
    return (f"has no field {keys.text!r}, so {texts[0]!r} is cleaned; --text-key names another",)


def with_texts(keys: FieldNames, texts: tuple[str, ...]) -> FieldNames:
    """The names of fields with those of the texts as the beginning of the file settled them."""
    return replace(keys, text=texts[0], more_texts=texts[1:]) if texts else keys


def lacks(keys: FieldNames, names: Mapping[str, Any], what: str = "field") -> str:
    """The message about a row or a file without any text field.

    >>> lacks(FieldNames(), {"id": 1, "meta": {"lang": "en"}})
    "has no field 'text' (it has 'id', 'meta.lang'); name it with --text-key"
    """
    wanted = " or ".join(map(repr, keys.texts))
    shown = list(_named(names))
    near = ", ".join(map(repr, shown[:_SHOWN])) + (" ..." if len(shown) > _SHOWN else "")
    likely = next(filter(None, (_likely(name, keys.texts) for name in shown)), "")
    advice = f"did you mean --text-key {likely}?" if likely else "name it with --text-key"
    return f"has no {what} {wanted} (it has {near or 'none'}); {advice}"


def _likely(shown: str, wanted: tuple[str, ...]) -> str:
    """The name that leads to a field, if that is called as the wanted one or as fields of texts are, but for its case.
    A name that was asked for already is no help.

    >>> _likely("hits[]._source.Text", ("text",))
    '_source.Text'
    """
    name = shown.rpartition("[].")[2]
    if name in wanted:
        return ""
    return name if name.rpartition(".")[2].lower() in {field.lower() for field in (*wanted, *TEXT_FIELDS)} else ""


def _named(fields: Mapping[str, Any], depth: int = 4) -> Iterator[str]:
    """The names of fields, and those of the fields inside them and inside the objects of their lists."""
    for name, value in fields.items():
        if depth > 1 and isinstance(value, Mapping) and value:
            yield from (f"{name}.{inner}" for inner in _named(value, depth - 1))
        elif depth > 1 and isinstance(value, list) and value and isinstance(value[0], Mapping):
            yield from (f"{name}[].{inner}" for inner in _named(value[0], depth - 1))
        else:
            yield name
