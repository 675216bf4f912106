"""The generated pages are current, and the page on the format names every key."""

from __future__ import annotations

import importlib.util
import re
import shutil
from pathlib import Path
from types import ModuleType

from cleaner.config import KEYS, load_config
from cleaner.rules import builtin_rules
from cleaner.rules.overrides import Override
from cleaner.rules.parse import RULE_KEYS

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


def test_the_configuration_of_the_guide_works(tmp_path: Path) -> None:
    (settled,) = re.findall(r"```toml\n(#:schema.*?)```", (DOCS / "configuration.md").read_text("utf-8"), re.DOTALL)
    (tmp_path / "rules").mkdir()
    shutil.copy(DOCS.parent / "examples" / "rules" / "own.toml", tmp_path / "rules")
    (tmp_path / "cleaner.toml").write_text(settled, "utf-8")
    config = load_config(tmp_path / "cleaner.toml")
    assert "own.sign-off" in config.selected()
    page = (DOCS / "configuration.md").read_text("utf-8")
    assert [
        key for key in KEYS if f"`{key}`" not in page and f"\n{key} = " not in page and f"\n[{key}" not in page
    ] == []
    assert [key for key in Override.__struct_encode_fields__ if key not in page] == []


def test_every_key_of_a_rule_is_documented() -> None:
    page = (DOCS / "rule-format.md").read_text(encoding="utf-8")
    assert [key for key in RULE_KEYS if key not in page] == []
