"""One self-contained page out of its data: markup, style, script and data in one file, which needs no network.

The script is written as ES modules in ``assets/``. Here they become one script: imports between them and the word
"export" fall away. The policy of the page allows this script and this style by their digests and nothing else.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from functools import cache
from html import escape
from importlib.resources import files

from cleaner.report.data import PageData
from cleaner.report.files import GENERATOR

__all__ = ["policy", "render"]

MODULES = (
    "dom", "interval", "store", "filter", "card", "bars", "rules", "list", "reader", "verdicts", "review", "main",
)  # fmt: skip
"""The modules of the script, each behind those that it imports."""

_IMPORT = re.compile(r"^import .*;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export ", re.MULTILINE)
_PLACE = re.compile(r"<!--(\w+)-->")


def render(data: PageData, title: str, serves: bool = False) -> bytes:
    """The page.

    Args:
        data: its data.
        title: its title in the browser.
        serves: whether it talks to the server that it comes from.

    >>> page = render(PageData(b"", ()), "<b>")
    >>> b"<title>&lt;b&gt;</title>" in page, page.startswith(b"<!doctype html>")
    (True, True)
    """
    parts = {
        "policy": f'<meta http-equiv="Content-Security-Policy" content="{escape(policy(serves))}">',
        "generator": GENERATOR,
        "title": f"<title>{escape(title)}</title>",
        "style": f"<style>{_style()}</style>",
        "data": "\n".join(_blocks(data)),
        "script": f'<script type="module">{_script()}</script>',
    }
    page = _PLACE.sub(lambda found: parts[found[1]], _asset("page.html"))
    return page.encode("utf-8")


def policy(serves: bool = False) -> str:
    """The Content-Security-Policy of a page: its own script and style, and nothing from anywhere.

    >>> "connect-src" in policy(), "connect-src 'self'" in policy(serves=True)
    (False, True)
    """
    rules = [
        "default-src 'none'",
        f"script-src '{_digest(_script())}'",
        f"style-src '{_digest(_style())}'",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ]
    return "; ".join(rules + ["connect-src 'self'"] * serves)


def _blocks(data: PageData) -> list[str]:
    """The data as blocks that a browser does not run. Base64 holds no character that could end one."""
    named = [("overview", data.overview), *((f"chunk-{i}", chunk) for i, chunk in enumerate(data.chunks))]
    return [
        f'<script type="application/octet-stream" id="{name}">{b64encode(content).decode()}</script>'
        for name, content in named
    ]


@cache
def _script() -> str:
    modules = (_asset(f"{name}.js") for name in MODULES)
    return "\n" + "\n".join(_EXPORT.sub("", _IMPORT.sub("", module)) for module in modules)


@cache
def _style() -> str:
    return "\n" + _asset("style.css")


def _asset(name: str) -> str:
    return (files("cleaner.report") / "assets" / name).read_text(encoding="utf-8")


def _digest(content: str) -> str:
    return f"sha256-{b64encode(hashlib.sha256(content.encode('utf-8')).digest()).decode()}"
