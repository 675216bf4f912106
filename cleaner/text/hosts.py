"""Hosts and sites: what the address of a page says about where it is from."""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["HOST_PATTERN", "host_of", "is_host", "is_on_site", "lies_below", "site_of"]


def host_of(url: str) -> str:
    """The host of an address in lower case, or "" when it names none.

    An address without a scheme begins with the host.

    >>> host_of("https://www.RiverPost.example:8080/a"), host_of("riverpost.example/a"), host_of("http://[bad")
    ('www.riverpost.example', 'riverpost.example', '')
    """
    if not url:
        return ""
    from urllib.parse import urlsplit  # texts without an address need none of it

    try:
        return urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:  # "http://[bad"
        return ""


_SITE = re.compile(r"(?:www\d?\.)?([^\s.]+(?:\.[^\s.]+)+)")


def site_of(url: str) -> str:
    """The host of an address without "www.", or "" when there is none.

    >>> site_of("https://www.riverpost.example:8080/a"), site_of("riverpost.example/a"), site_of("page 3")
    ('riverpost.example', 'riverpost.example', '')
    """
    found = _SITE.fullmatch(host_of(url))
    return found[1] if found else ""


HOST_PATTERN = r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)+|localhost"
"""What the sites of rules look like: lower case, no scheme, no path."""

_HOST = re.compile(HOST_PATTERN)


def is_host(text: str) -> bool:
    """Whether a text is a host or a domain, as the sites of rules are written: lower case, no scheme, no path.

    >>> is_host("riverpost.example"), is_host("https://riverpost.example/")
    (True, False)
    """
    return _HOST.fullmatch(text) is not None


def is_on_site(url: str, sites: Iterable[str]) -> bool:
    """Whether a page is of one of the sites: its host is one of them, or lies below one.

    >>> is_on_site("https://m.riverpost.example/a", ["riverpost.example"])
    True
    >>> is_on_site("https://driverpost.example/a", ["riverpost.example"])
    False
    """
    host = host_of(url)
    return bool(host) and any(lies_below(host, site) for site in sites)


def lies_below(host: str, site: str) -> bool:
    """Whether a host is a site or one of its subdomains.

    >>> lies_below("m.riverpost.example", "riverpost.example"), lies_below("riverpost.example", "m.riverpost.example")
    (True, False)
    """
    return host == site or host.endswith(f".{site}")
