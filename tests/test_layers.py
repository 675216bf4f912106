"""Imports only go down, there is no circle, the core does no I/O, and importing loads nothing heavy."""

from __future__ import annotations

import ast
import subprocess
import sys
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.layers import LAYERS, PURE
from tests.places import ROOT

PACKAGE = ROOT / "cleaner"
ORDER = tuple(LAYERS)
IMPURE = {"os", "io", "sys", "pathlib", "random", "time", "datetime", "tempfile", "logging", "socket", "subprocess"}
HEAVY = ("trafilatura", "ftfy", "chardet", "rich", "click", "msgspec", "pathlib", "lxml")


def name_of(path: Path) -> str:
    """The name of a module below the package; a package goes by its own name, the whole by "cleaner"."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts) or "cleaner"


@cache
def modules() -> dict[str, ast.Module]:
    return {name_of(path): ast.parse(path.read_text(encoding="utf-8")) for path in PACKAGE.rglob("*.py")}


def imported(tree: ast.Module) -> set[str]:
    """Everything a module imports, also in functions and for types only; of ``from a import b`` both a and a.b."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def own_imports(name: str) -> set[str]:
    """The modules of this project that a module imports, by their names below the package."""
    found = {other.removeprefix("cleaner.") for other in imported(modules()[name]) if other.startswith("cleaner.")}
    named = {other for other in found if other in modules() and other != name}
    # A package whose module is imported is only passed through.
    return {other for other in named if not any(one.startswith(f"{other}.") for one in named)}


def layer(name: str) -> str:
    return name.partition(".")[0]


def test_every_package_has_a_layer() -> None:
    assert {layer(name) for name in modules()} == {*LAYERS, "cleaner"}


@pytest.mark.parametrize("name", sorted(modules().keys() - {"cleaner"}))
def test_imports_go_down(name: str) -> None:
    level = ORDER.index(layer(name))
    assert {other for other in own_imports(name) if ORDER.index(layer(other)) > level} == set()


def test_no_module_imports_itself_by_a_detour() -> None:
    graph = {name: own_imports(name) for name in modules() if name != "cleaner"}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"a circle: {' -> '.join(error.args[1])}")


@pytest.mark.parametrize("name", sorted(name for name in modules() if layer(name) in PURE))
def test_the_core_is_pure(name: str) -> None:
    assert {other.partition(".")[0] for other in imported(modules()[name])} & IMPURE == set()


@pytest.mark.parametrize("imports", ["import cleaner", "from cleaner import Cleaner", "import cleaner.pytest_plugin"])
def test_importing_loads_nothing_heavy(imports: str) -> None:
    code = f"import sys; {imports}; print([name for name in {HEAVY} if name in sys.modules])"
    found = subprocess.run(
        [sys.executable, "-S", "-c", f"import sys; sys.path[:] = {sys.path!r}; {code}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.strip() == "[]"
