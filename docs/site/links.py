"""Links of the repository as they read in the site, where pages of the root have another place."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping

__all__ = ["from_root", "in_site"]

_LINK = re.compile(r"(\]\()([^)\s#:]+)((?:#[^)\s]*)?\))")


def from_root(markdown: str, beside: Mapping[str, str]) -> str:
    """A page of the root of the repository, with its links as from the folder of the documentation.

    >>> from_root("[a](docs/usage.md#x) [b](SECURITY.md)", {"security.md": "SECURITY.md"})
    '[a](usage.md#x) [b](security.md)'
    """
    pages = {name: uri for uri, name in beside.items()}

    def moved(target: str) -> str:
        return pages.get(target, target.removeprefix("docs/"))

    return _LINK.sub(lambda found: found[1] + moved(found[2]) + found[3], markdown)


def in_site(markdown: str, uri: str, beside: Mapping[str, str]) -> str:
    """A page of the site, with its links to pages of the root of the repository led to their places in the site.

    >>> in_site("[a](../../SECURITY.md#x) [b](../usage.md)", "for/you.md", {"security.md": "SECURITY.md"})
    '[a](../security.md#x) [b](../usage.md)'
    """
    pages = {posixpath.join("..", name): uri for uri, name in beside.items()}
    folder = posixpath.dirname(uri)

    def moved(target: str) -> str:
        found = pages.get(posixpath.normpath(posixpath.join(folder, target)))
        return posixpath.relpath(found, folder or ".") if found else target

    return _LINK.sub(lambda found: found[1] + moved(found[2]) + found[3], markdown)
