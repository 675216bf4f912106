"""Rule sets as bytes: what comes out is what went in, and nothing when the key or the bytes are not right."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from cleaner.rules import RuleSet
from cleaner.rules.builtin import builtin_rules
from cleaner.rules.packed import code_files, digest_of, pack, unpack
from tests.places import ROOT


@pytest.fixture(scope="session")
def rules() -> RuleSet:
    return builtin_rules()


def test_what_was_packed_is_unpacked(rules: RuleSet) -> None:
    found = unpack("key", pack("key", rules))
    assert found == rules
    assert found is not None
    assert found.known == rules.known
    assert found.classes == rules.classes


def test_the_bytes_are_the_same_each_time(rules: RuleSet) -> None:
    assert pack("key", rules) == pack("key", rules)


def test_regexes_of_another_version_are_left_out(rules: RuleSet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleaner.rules.packed.VERSION", "1.0")
    data = pack("key", rules)
    monkeypatch.undo()
    found = unpack("key", data)
    assert found is not None
    assert {regex.frozen for regex in found.known.values()} == {b""}
    assert [regex.shape for regex in found.known.values()] == [regex.shape for regex in rules.known.values()]


def test_the_rules_of_a_python_that_folds_letters_in_another_way_are_left_out(
    rules: RuleSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cleaner.rules.packed._folding", lambda known: ("ß", "another letter"))
    data = pack("key", rules)
    monkeypatch.undo()
    assert unpack("key", data) is None


def test_every_change_of_a_file_changes_the_digest(tmp_path: Path) -> None:
    one, two = tmp_path / "one.toml", tmp_path / "two.toml"
    one.write_text("a", encoding="utf-8")
    two.write_text("b", encoding="utf-8")
    digests = {digest_of([("one", one), ("two", two)]), digest_of([("one", one)]), digest_of([("two", one)])}
    digests.add(digest_of([("one", one)], 1))
    one.write_text("c", encoding="utf-8")
    digests.add(digest_of([("one", one)]))
    assert len(digests) == 5


def test_the_code_that_makes_rules_is_all_of_it() -> None:
    """Everything that loading the rules imports of this project, but for errors and what only reads the cache."""
    files = {file.relative_to(ROOT).as_posix() for file in code_files()}
    code = "import sys; import cleaner.rules.loader, cleaner.rules.known; print(*sys.modules)"
    names = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    used = {name.replace(".", "/") + ".py" for name in names if name.startswith("cleaner.")}
    packages = {f"{name}/__init__.py" for name in ("cleaner/rules", "cleaner/patterns", "cleaner/text")}
    files = (files | {"cleaner/errors.py"}) - packages
    assert used - files <= {"cleaner/rules.py", "cleaner/patterns.py", "cleaner/text.py"}
    assert len(used) > 15
