"""The generated pages are current, and the page on the format names every key."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

from cleaner.cli import main
from cleaner.config.schema import KEYS
from cleaner.config.settings import load_config
from cleaner.rules import builtin_rules
from cleaner.rules.schema import RULE_KEYS, Override
from tests.layers import LAYERS

DOCS = Path(__file__).resolve().parent.parent / "docs"


def generator(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, DOCS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    generate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generate)
    return generate


def test_the_page_of_rules_is_current() -> None:
    written = (DOCS / "rules.md").read_text(encoding="utf-8")
    assert written == generator("generate_rules").page(builtin_rules()), "run python docs/generate_rules.py"


def test_the_page_of_commands_is_current() -> None:
    written = (DOCS / "commands.md").read_text(encoding="utf-8")
    assert written == generator("generate_commands").page(), "run python docs/generate_commands.py"


def test_the_page_of_terms_is_current() -> None:
    written = (DOCS / "terms.md").read_text(encoding="utf-8")
    assert written == generator("generate_terms").page(), "run python -m docs.generate_terms"


@pytest.mark.slow
def test_the_page_of_errors_is_current(monkeypatch: pytest.MonkeyPatch) -> None:
    """All of it is typed again. What click says about options differs by its version: there only the code counts."""
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.delenv("FORCE_COLOR", raising=False)

    def comparable(page: str) -> list[str]:
        return [re.sub(r"`Usage: .* \|", "…|", line) for line in page.split("\n")]

    written = (DOCS / "errors.md").read_text(encoding="utf-8")
    assert written.count("\n| `clean") + written.count("\n| `Cleaner") > 60
    assert comparable(written) == comparable(generator("generate_errors").page()), "run python -m docs.generate_errors"


def test_what_is_typed_is_answered_without_a_traceback() -> None:
    written = (DOCS / "errors.md").read_text(encoding="utf-8")
    assert "Traceback" not in written
    assert not re.search(r"\b(?:KeyError|AttributeError|ValueError: \(|IndexError)\b", written)


def test_the_manual_page_is_current() -> None:
    written = (DOCS / "clean.1").read_text(encoding="utf-8")
    assert written == generator("generate_man").page(), "run python -m docs.generate_man"


def test_the_manual_page_is_one_that_man_shows() -> None:
    if not shutil.which("groff"):
        pytest.skip("groff is not installed")
    shown = subprocess.run(
        ["groff", "-man", "-Tutf8", "-ww", str(DOCS / "clean.1")], capture_output=True, text=True, check=True
    )
    assert shown.stderr == ""
    plain = re.sub("\x1b\\[[0-9;]*m|.\b", "", shown.stdout)  # bold as escapes, or as letters printed twice
    assert "--keep-removed FIELD" in plain


def test_the_generated_parts_of_the_architecture_are_current() -> None:
    written = (DOCS / "architecture.md").read_text(encoding="utf-8")
    wanted = generator("generate_architecture").page(written)
    assert written == wanted, "run python -m docs.generate_architecture"


def test_the_tables_of_the_model_card_are_those_of_the_model() -> None:
    written = (DOCS / "thorough.md").read_text(encoding="utf-8")
    assert written == generator("generate_thorough").page(written), "run python -m docs.generate_thorough"


def test_the_picture_shows_the_layers_in_order() -> None:
    picture = (DOCS / "architecture.md").read_text(encoding="utf-8").partition("```mermaid")[2].partition("```")[0]
    (chain,) = [line.strip().split(" --> ") for line in picture.splitlines() if "-->" in line]
    assert list(reversed(chain)) == [name for name in LAYERS if not name.startswith(("__", "pytest"))]


def test_the_modules_that_the_architecture_names_exist() -> None:
    page = (DOCS / "architecture.md").read_text(encoding="utf-8").partition("<!-- generated: modules -->")[0]
    named = set(re.findall(r"`([a-z_]+/[a-z_/]+)`", page))
    assert len(named) > 10
    package = DOCS.parent / "cleaner"
    assert [name for name in sorted(named) if not list(package.glob(f"{name}*"))] == []


@pytest.mark.parametrize(
    ("page", "values"), [("architecture.md", 5), ("python.md", 10), ("site-memory.md", 1), ("signals.md", 1)]
)
def test_the_code_of_a_page_gives_what_it_says(run_in: Path, page: str, values: int) -> None:
    code = "".join(re.findall(r"```python\n(.*?)```", (DOCS / page).read_text(encoding="utf-8"), re.DOTALL))
    names: dict[str, object] = {}
    exec(code, names)
    shown = re.findall(r"^(\S.*?)  # (.+)$", code, re.MULTILINE)
    assert len(shown) == values
    for expression, value in shown:
        assert repr(eval(expression, names)) == value


def links(page: Path) -> set[Path]:
    """The pages that a page links to."""
    found = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    return {(page.parent / target).resolve() for target in found}


def test_links_lead_from_the_readme_to_every_page() -> None:
    readme = DOCS.parent / "README.md"
    seen, waiting = {readme}, [readme]
    while waiting:
        page = waiting.pop()
        for target in links(page) - seen:
            assert target.exists(), f"{page.name} links to {target.name}"
            seen.add(target)
            if target.suffix == ".md":
                waiting.append(target)
    assert set(DOCS.rglob("*.md")) - seen == set()


def test_the_glossary_is_sorted() -> None:
    terms = re.findall(r"^\| ([^|]+) \|", (DOCS / "glossary.md").read_text(encoding="utf-8"), re.MULTILINE)[2:]
    assert len(terms) > 40
    assert terms == sorted(set(terms))


def test_the_configuration_of_the_guide_works(tmp_path: Path) -> None:
    (configured,) = re.findall(r"```toml\n(#:schema.*?)```", (DOCS / "configuration.md").read_text("utf-8"), re.DOTALL)
    (tmp_path / "rules").mkdir()
    shutil.copy(DOCS.parent / "examples" / "rules" / "own.toml", tmp_path / "rules")
    (tmp_path / "cleaner.toml").write_text(configured, "utf-8")
    config = load_config(tmp_path / "cleaner.toml")
    assert "own.sign-off" in config.selected()
    page = (DOCS / "configuration.md").read_text("utf-8")
    assert [
        key for key in KEYS if f"`{key}`" not in page and f"\n{key} = " not in page and f"\n[{key}" not in page
    ] == []
    assert [key for key in Override.__struct_encode_fields__ if key not in page] == []


def test_the_rule_of_the_guide_is_the_one_in_the_examples() -> None:
    (rule,) = re.findall(r"```toml\n(.*?)```", (DOCS / "learning.md").read_text(encoding="utf-8"), re.DOTALL)
    assert rule in (DOCS.parent / "examples" / "rules" / "own.toml").read_text(encoding="utf-8")


def test_a_guide_explains_every_option_of_clean(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--help"])
    options = set(re.findall(r"(?<![\w-])--[a-z-]+", capsys.readouterr().out)) - {"--help", "--version", "--output"}
    generated = {"commands.md", "rules.md"}
    guides = "".join(path.read_text(encoding="utf-8") for path in DOCS.glob("*.md") if path.name not in generated)
    assert len(options) > 30
    assert {option for option in options if option not in guides} == set()


def test_every_key_of_a_rule_is_documented() -> None:
    page = (DOCS / "rule-format.md").read_text(encoding="utf-8")
    assert [key for key in RULE_KEYS if key not in page] == []
