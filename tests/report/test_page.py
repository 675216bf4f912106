"""The page as one file."""

from __future__ import annotations

import hashlib
import re
from base64 import b64decode, b64encode
from importlib.resources import files

from cleaner.report.data import PageData
from cleaner.report.page import MODULES, policy, render

ASSETS = files("cleaner.report") / "assets"
PAGE = render(PageData(b"\x00</script>", (b"one", b"two")), "A & <b>").decode()


def part(name: str) -> str:
    (found,) = re.findall(rf"<{name}>(.*?)</{name.split()[0]}>", PAGE, re.DOTALL)
    return str(found)


def test_the_page_asks_for_nothing() -> None:
    assert re.findall(r'(?:src|href)="(?!#|data:,)', PAGE) == []
    assert "@import" not in PAGE
    assert "url(" not in PAGE


def test_the_policy_names_the_script_and_the_style_by_their_digests() -> None:
    for content in (part("style"), part('script type="module"')):
        digest = b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"sha256-{digest}" in policy()
    assert "unsafe" not in policy()
    assert "default-src &#x27;none&#x27;" in PAGE


def test_the_data_cannot_end_its_block() -> None:
    blocks = re.findall(r'<script type="application/octet-stream" id="([\w-]+)">([^<]*)</script>', PAGE)
    assert [(name, b64decode(content)) for name, content in blocks] == [
        ("overview", b"\x00</script>"),
        ("chunk-0", b"one"),
        ("chunk-1", b"two"),
    ]


def test_the_title_is_text() -> None:
    assert "<title>A &amp; &lt;b&gt;</title>" in PAGE


def test_every_module_is_in_the_script_behind_what_it_imports() -> None:
    assert {f"{name}.js" for name in MODULES} == {one.name for one in ASSETS.iterdir() if one.name.endswith(".js")}
    for place, name in enumerate(MODULES):
        source = (ASSETS / f"{name}.js").read_text(encoding="utf-8")
        imports = re.findall(r'^import .* from "\./(\w+)\.js";$', source, re.MULTILINE)
        assert len(imports) == len(re.findall(r"^import", source, re.MULTILINE)), "one import a line"
        assert set(imports) <= set(MODULES[:place]), name


def test_no_two_modules_share_a_name_at_their_top() -> None:
    names = re.findall(
        r"^(?:export )?(?:async )?(?:function|class|const|let) (\w+)", part('script type="module"'), re.M
    )
    assert len(names) == len(set(names))


def test_no_text_becomes_markup() -> None:
    script = part('script type="module"')
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function", script)
