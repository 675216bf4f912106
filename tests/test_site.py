"""The documentation site: it builds, every page is in it, links lead somewhere, and nothing comes from a network."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from cleaner.config.json_schema import Name, schema_text
from cleaner.rules import builtin_rules
from docs import generate_coverage
from docs.site import article, catalogue, keys, layers, links, notebook
from tests.documents import documentation
from tests.layers import LAYERS
from tests.places import ROOT

DOCS = ROOT / "docs"
CONFIGURATION = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
BESIDE = {"contributing.md": "CONTRIBUTING.md", "changelog.md": "CHANGELOG.md", "security.md": "SECURITY.md"}
LOADING = ("src", "srcset", "data", "poster")
"""Attributes that a browser loads at once, besides the address of a <link>."""


class Page(HTMLParser):
    """The addresses in a page: those that a reader may follow, those that the browser loads, and the places in it."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.followed: list[str] = []
        self.loaded: list[str] = []
        self.places: set[str] = set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("id", "name") and value:
                self.places.add(value)
            elif name == "href" and value:
                (self.followed if tag == "a" else self.loaded).append(value)
            elif name in LOADING and value:
                self.loaded.append(value)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as `mkdocs build --strict` makes it. Warnings end the build: links, anchors, pages in no menu."""
    for module in ("mkdocs", "material", "mkdocstrings"):
        documentation(module)
    folder = tmp_path_factory.mktemp("site") / "site"
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    nowhere = {"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9", "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **nowhere}, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, Page]:
    return {path: Page(path) for path in sorted(site.rglob("*.html")) if path.name != "404.html"}


@pytest.mark.slow
def test_every_link_leads_to_a_page_and_a_place_in_it(pages: dict[Path, Page]) -> None:
    assert len(pages) > 40
    assert [problem for path, page in pages.items() for problem in broken(path, page, pages)] == []


def broken(path: Path, page: Page, pages: dict[Path, Page]) -> Iterator[str]:
    for address in page.followed:
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            continue
        target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
        target = target / "index.html" if target.is_dir() else target
        if not target.exists():
            yield f"{path.name}: {address} does not exist"
        elif parts.fragment and unquote(parts.fragment) not in pages[target].places:
            yield f"{path.name}: {address} has no such place"


@pytest.mark.slow
def test_nothing_is_loaded_from_a_network(site: Path, pages: dict[Path, Page]) -> None:
    """A script of the theme would load Mermaid for a picture; there is none that is its business."""
    loaded = {address for page in pages.values() for address in page.loaded if urlsplit(address).netloc}
    assert loaded == set()
    texts = "".join(path.read_text(encoding="utf-8") for path in pages)
    assert 'class="mermaid"' not in texts
    styles = "".join(path.read_text(encoding="utf-8") for path in site.rglob("*.css"))
    assert re.findall(r"(?:@import|url\()\s*['\"]?https?:", styles) == []


@pytest.mark.slow
def test_pages_are_filled_from_code(site: Path) -> None:
    texts = {path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in site.rglob("*.html")}
    assert [name for name, text in texts.items() if "<!-- filled" in text] == []
    assert all(f'id="{rule.id}"' in texts["reference/catalogue.html"] for rule in builtin_rules())
    assert "clean_document" in texts["reference/api.html"]
    assert "Maura Tidwell" in texts["tutorials/data-frame.html"]
    assert "except-sites" in texts["reference/rule-keys.html"]
    assert "per-site-ignores" in texts["reference/configuration-keys.html"]
    assert '<ol class="layers">' in texts["architecture.html"]


def test_every_page_is_in_the_navigation_once() -> None:
    named = re.findall(r"(?:- |: )([\w/-]+\.md)$", CONFIGURATION.partition("\nnav:\n")[2], re.MULTILINE)
    there = {path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")} | set(BESIDE)
    assert sorted(named) == sorted(there)


def test_pages_of_the_root_link_to_pages_of_the_site() -> None:
    text = "[a](docs/usage.md#x) [b](SECURITY.md) [c](https://docs/a.md) [d](#x)"
    assert links.from_root(text, BESIDE) == "[a](usage.md#x) [b](security.md) [c](https://docs/a.md) [d](#x)"


def test_pages_link_to_pages_of_the_root_where_the_site_has_them() -> None:
    assert links.in_site("[a](../SECURITY.md#x) [b](usage.md)", "faq.md", BESIDE) == "[a](security.md#x) [b](usage.md)"
    assert links.in_site("[a](../../CONTRIBUTING.md)", "for/linguist.md", BESIDE) == "[a](../contributing.md)"


def test_the_picture_of_the_layers_becomes_a_list() -> None:
    drawn = layers.drawn((DOCS / "architecture.md").read_text(encoding="utf-8"))
    assert "```mermaid" not in drawn
    named = re.findall(r"<li[^>]*><strong>(\w+)</strong>", drawn)
    assert list(reversed(named)) == [name for name in LAYERS if not name.startswith(("__", "pytest"))]
    assert '<li class="pure"><strong>engine</strong>' in drawn


def test_another_picture_is_refused() -> None:
    with pytest.raises(ValueError, match="is not <b>name</b>"):
        layers.drawn('```mermaid\n  a["only text"]\n```')


@pytest.mark.parametrize("name", ["rules", "config"])
def test_every_key_of_a_schema_is_in_its_tables(name: Name) -> None:
    schema, tables = json.loads(schema_text(name)), keys.tables(name)
    for part in (schema, *schema["definitions"].values()):
        assert [key for key in part.get("properties", ()) if f"| `{key}` |" not in tables] == []


def test_the_tables_of_keys_say_what_a_value_may_be() -> None:
    tables = keys.tables("rules")
    assert "| `unit` | `block` · `line` · `section` · `span` |" in tables
    assert "| `case-sensitive` | true or false |" in tables
    assert "| `examples` | [Examples](#examples) |" in tables
    assert re.search(r"\| `id` \| text.* \*\*Required\.\*\* \|", tables)


def test_the_catalogue_has_every_rule_with_its_languages_and_escapes_what_it_shows() -> None:
    table = catalogue.table()
    for rule in builtin_rules():
        assert f'<tr id="{rule.id}" data-class="{rule.scrap_class}" data-language="' in table
    assert "<br>" not in re.sub(r"</a><br><small>", "", table), "an example with markup is text"
    assert "<option>de</option>" in table


def test_the_picture_of_an_article_shows_zones_and_what_goes() -> None:
    drawn = article.picture(ROOT / "examples" / "articles" / "en.txt", "a < b")
    assert '<p class="head"><small>head</small><span dir="auto"><del>4 min read</del>' in drawn
    assert re.search(r'<p class="deck prose">|<p class="body prose">', drawn)
    assert '<p class="tail"><small>tail</small><span dir="auto"><del>Follow us on Facebook and Instagram</del>' in drawn
    assert "<code>follow-us.networks</code>" in drawn
    assert "Home &gt; News" in drawn
    assert "<figcaption>a &lt; b</figcaption>" in drawn


def test_a_notebook_becomes_a_page(tmp_path: Path) -> None:
    cells = [
        {"cell_type": "markdown", "source": ["# One"]},
        {"cell_type": "code", "source": ["1 + 1"], "outputs": [{"data": {"text/plain": ["2"]}}]},
        {
            "cell_type": "code",
            "source": ["f()"],
            "outputs": [{"data": {"text/html": ["<b>x</b>"], "text/plain": ["x"]}}],
        },
        {"cell_type": "code", "source": ["print(3)"], "outputs": [{"text": ["3\n"]}]},
    ]
    path = tmp_path / "a.ipynb"
    path.write_text(json.dumps({"cells": cells}))
    assert notebook.page(path) == (
        "# One\n\n```python\n1 + 1\n```\n\n```text\n2\n```\n\n"
        '```python\nf()\n```\n\n<div class="output"><b>x</b></div>\n\n```python\nprint(3)\n```\n\n```text\n3\n```'
    )


def test_the_page_of_coverage_is_current() -> None:
    figures = json.loads(generate_coverage.FIGURES.read_text(encoding="utf-8"))
    assert generate_coverage.PAGE.read_text(encoding="utf-8") == generate_coverage.page(figures), (
        "run python docs/generate_coverage.py"
    )


def test_the_sums_of_the_coverage_page_agree() -> None:
    page = generate_coverage.PAGE.read_text(encoding="utf-8")
    by_language, by_class = (
        re.findall(pattern, page, re.MULTILINE)
        for pattern in (r"^\| \w+ \| [\d,]+ \| ([\d,]+) \| .* % \|", r"^\| `[\w-]+` \| ([\d,]+) \| .* to .*\|")
    )
    sums = [sum(int(number.replace(",", "")) for number in numbers) for numbers in (by_language, by_class)]
    assert sums[0] == sums[1] > 10_000
