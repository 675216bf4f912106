"""What is distributed holds all that the package needs, nothing else, and is the same each time it is made."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from cleaner.rules.shipped import SHIPPED
from tests.places import ROOT

pytest.importorskip("hatchling", reason="hatchling makes the distributions: pip install hatchling")


def made(kind: str, folder: Path) -> Path:
    """The wheel or the sdist of the checkout, in a new folder."""
    from hatchling.builders.plugin.interface import BuilderInterface
    from hatchling.builders.sdist import SdistBuilder
    from hatchling.builders.wheel import WheelBuilder

    builder: BuilderInterface = {"wheel": WheelBuilder, "sdist": SdistBuilder}[kind](str(ROOT))  # type: ignore[type-arg]
    (path,) = builder.build(directory=str(folder), versions=["standard"])
    return Path(path)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made("wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made("sdist", tmp_path_factory.mktemp("sdist"))


def below(folder: str, pattern: str) -> set[str]:
    return {path.relative_to(ROOT / folder).as_posix() for path in (ROOT / folder).rglob(pattern) if path.is_file()}


def test_the_wheel_holds_the_code_the_rules_and_the_golden_cases(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    code = {f"cleaner/{name}" for name in below("cleaner", "*.py")} | {"cleaner/py.typed"}
    rules = {f"cleaner/rules/builtin/{name}" for name in below("rules", "*.toml")}
    golden = {f"cleaner/golden_cases/{name}" for name in below("golden", "*")}
    assert len(code) > 150
    assert len(rules) > 10
    assert code | rules | golden <= names
    others = {name for name in names - code - rules - golden if ".dist-info/" not in name}
    manual = {name for name in others if name.endswith(".data/data/share/man/man1/clean.1")}
    assert len(manual) == 1
    assert f"cleaner/rules/builtin/{SHIPPED}" in others
    others = others - manual - {f"cleaner/rules/builtin/{SHIPPED}"}
    assert {Path(name).suffix for name in others} <= {".toml", ".json", ".css", ".html", ".js"}
    assert {f"cleaner/report/assets/{name}" for name in below("cleaner/report/assets", "*")} <= names
    assert {name.removeprefix("cleaner/") for name in others} <= below("cleaner", "*")
    about = {name.partition(".dist-info/")[2] for name in names if ".dist-info/" in name}
    assert about == {"METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE"}


def test_the_sdist_holds_what_is_needed_to_test_and_build(sdist: Path) -> None:
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    wanted = {"pyproject.toml", "PKG-INFO", "README.md", "LICENSE", "SECURITY.md", "CHANGELOG.md", "CONTRIBUTING.md"}
    assert wanted <= names
    for folder in ("cleaner", "rules", "tests", "golden", "docs", "benchmarks"):
        assert {f"{folder}/{name}" for name in below(folder, "*.py")} <= names
    hidden = {name for name in names if name.startswith(".") or "__pycache__" in name or "/." in name}
    assert hidden <= {".gitignore"}


@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_a_distribution_is_the_same_each_time(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    first: Path = request.getfixturevalue(kind)
    assert made(kind, tmp_path).read_bytes() == first.read_bytes()


def test_the_description_is_valid(wheel: Path) -> None:
    metadata = pytest.importorskip("packaging.metadata", reason="packaging is not installed")
    archive = zipfile.ZipFile(wheel)
    (name,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
    found = metadata.Metadata.from_email(archive.read(name), validate=True)
    assert (found.name, found.description_content_type) == ("article-cleaner", "text/markdown")
    assert found.license_expression == "Apache-2.0"


@pytest.mark.slow
def test_the_wheel_runs_without_the_checkout(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    (tmp_path / "a.txt").write_text("The council met on Tuesday.\n\nFollow us on:\n")
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment |= {"PYTHONPATH": str(tmp_path / "site"), "CLEANER_CACHE_DIR": ""}
    command = [sys.executable, "-P", "-m", "cleaner"]
    for arguments in (["--version"], ["a.txt", "-o", "b.txt", "-q"]):
        done = subprocess.run(
            [*command, *arguments], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "b.txt").read_text() == "The council met on Tuesday.\n"
