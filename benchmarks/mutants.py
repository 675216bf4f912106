"""Change the core in small ways, and see whether its tests notice.

usage: python -m benchmarks.mutants [--module FILE ...] [--mutants N] [--seed N] [--seconds S] [--known FILE]

cosmic-ray (extra `mutants`) makes the changes, one at a time: another operator, another number, a condition turned
round, a loop that never runs. Each changed module is written into a copy of the checkout. There its doctests and the
test file that mirrors it are run, then the tests of what it is a part of, until one fails. A mutant is killed when a
test fails or does not end in time. The table has one line for each module. The survivors follow, each as its line
before and after.
  --module FILE   modules to change (default: the engine, and edits, zones, repair, layout and invisible characters)
  --mutants N     mutants of each module, drawn at random (default: 40)
  --seconds S     how long the tests of one mutant may take, beyond three times what they take on the module itself
  --known FILE    read what became of mutants, and write what becomes of these: those that were killed before, when the
                  module was the same, are not tried again

What no test can tell is not changed: annotations, the words of errors, decorators of caches and of frozen classes, and
`==` into `is`. Of the ten operators that can stand in the place of another one, one is taken for each place, so that
the table is not filled with mutants that end in a TypeError. Mutants that were read and do the same as the module stand
in benchmarks/equivalent_mutants.toml with the reason. They are counted in a column of their own and not in the share.
Needs a system that can fork a process.
"""

from __future__ import annotations

import argparse
import ast
import gc
import importlib
import json
import os
import random
import shutil
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CORE = (
    *sorted(path.relative_to(ROOT) for path in (ROOT / "cleaner" / "engine").glob("[a-z]*.py")),
    *(Path("cleaner", "text", f"{name}.py") for name in ("edits", "zones", "repair", "layout", "invisible")),
)
AIM = 0.85
EQUIVALENT = ROOT / "benchmarks" / "equivalent_mutants.toml"
COPIED = ("cleaner", "rules", "golden", "tests", "benchmarks", "docs")
SAME_RESULT = ("Is", "IsNot")  # of numbers and short strings: what an implementation keeps once
PRELOADED = ("pytest", "_pytest.pytester", "hypothesis", "msgspec", "regex", "ahocorasick_rs", "ftfy", "platformdirs")
BELOW_THE_ENGINE = ("errors", "model", "text.repair", "text.lines", "patterns.shape", "rules", "rules.loader")
FURTHER: Mapping[str, Sequence[str]] = {
    "text": ("tests/text/test_repair.py", "tests/engine/test_loop.py"),
    "engine": tuple(f"tests/engine/test_{name}.py" for name in ("loop", "hits", "removal", "context", "wordings")),
}
PYTEST_INI = "[pytest]\naddopts = --doctest-modules --import-mode=importlib\nmarkers =\n    slow\n"
PASSED, NO_TESTS = 0, 5


@dataclass(frozen=True)
class Mutant:
    """One change of a module: the operator of cosmic-ray, which of its places, and the line before and after."""

    module: str
    operator: str
    occurrence: int
    line: int
    before: str
    after: str


@dataclass(frozen=True)
class Outcome:
    """What became of a mutant: "killed", "late" (killed by the limit of time), "alive", or "equivalent" (not tried)."""

    mutant: Mutant
    outcome: str
    seconds: float = 0


def own_tests(module: Path) -> list[str]:
    """The doctests of a module and the test file that mirrors it."""
    mirrored = Path("tests", *module.parts[1:-1], f"test_{module.name}")
    return [module.as_posix(), *([mirrored.as_posix()] if (ROOT / mirrored).exists() else [])]


def further_tests(module: Path) -> list[str]:
    """Quick tests of what a module is a part of."""
    return [file for file in FURTHER[module.parts[1]] if file not in own_tests(module)]


def untold(source: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """The spans of a module, as (line, column) each, in which no change can be told."""
    found: list[ast.expr | ast.stmt] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.arg | ast.AnnAssign) and node.annotation:
            found.append(node.annotation)
        elif isinstance(node, ast.FunctionDef):
            found += [node.returns] if node.returns else []
            found += [one for one in node.decorator_list if "cache" in ast.unparse(one)]
        elif isinstance(node, ast.ClassDef):
            found += node.decorator_list
        elif isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            found += [*node.exc.args, *(keyword.value for keyword in node.exc.keywords)]
        elif isinstance(node, ast.keyword) and node.arg == "maxsize":
            found.append(node.value)
    return [((one.lineno, one.col_offset), (one.end_lineno or 0, one.end_col_offset or 0)) for one in found]


def mutants_of(module: Path, most: int, seed: int) -> list[tuple[Mutant, str]]:
    """A sample of the mutants of a module, each with its source."""
    from cosmic_ray.ast import ast_nodes, get_ast
    from cosmic_ray.mutating import mutate_code
    from cosmic_ray.plugins import get_operator, operator_names

    source = (ROOT / module).read_text("utf-8")
    chance, excluded = random.Random(f"{module.as_posix()} {seed}"), untold(source)
    by_place: dict[tuple[str, object], list[tuple[str, int, int]]] = {}
    for name in operator_names():
        operator = get_operator(name)
        kind, _, target = name.rpartition("/")[2].partition("_")
        if operator.arguments() or target.rpartition("_")[2] in SAME_RESULT:
            continue
        places = (place for node in ast_nodes(get_ast(source)) for place in operator().mutation_positions(node))
        for occurrence, (start, end) in enumerate(places):
            if not any(first <= start and end <= last for first, last in excluded):
                # Numbers have two mutants each at one place, and every other operator that takes no target has one.
                place = (kind, start if target else (start, occurrence))
                by_place.setdefault(place, []).append((name, occurrence, start[0]))
    chosen = [chance.choice(by_place[place]) for place in sorted(by_place, key=repr)]
    chance.shuffle(chosen)
    found: dict[str, Mutant] = {}
    for name, occurrence, line in chosen:
        changed = mutate_code(source, get_operator(name)(), occurrence)
        if changed and changed not in found and len(found) < most and _is_other(source, changed):
            found[changed] = Mutant(module.as_posix(), name, occurrence, line, *_difference(source, changed))
    return [(mutant, changed) for changed, mutant in found.items()]


def _is_other(source: str, changed: str) -> bool:
    """Whether a change makes another program that can be read at all."""
    try:
        return ast.dump(ast.parse(source)) != ast.dump(ast.parse(changed))
    except SyntaxError:
        return False


def _difference(source: str, changed: str) -> tuple[str, str]:
    """The first line that differs, before and after."""
    pairs = zip(source.splitlines(), changed.splitlines(), strict=False)
    before, after = next((pair for pair in pairs if pair[0] != pair[1]), ("", ""))
    return before.strip(), after.strip()


def _run(folder: str, tests: Sequence[str]) -> None:
    """Run tests in the copy; the exit code of the process is that of pytest."""
    import pytest

    os.chdir(folder)
    quiet = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(quiet, stream)
    os._exit(pytest.main(["-x", "-q", "-m", "not slow", "-p", "no:cacheprovider", "-p", "no:xdist", *tests]))


def passes(folder: Path, tests: Sequence[str], seconds: float) -> bool | None:
    """Whether all tests pass in a copy; None when they take too long."""
    process = get_context("fork").Process(target=_run, args=(str(folder), tests))
    process.start()
    process.join(seconds)
    if process.is_alive():
        process.kill()
        process.join()
        return None
    return process.exitcode in (PASSED, NO_TESTS)


def _write(folder: Path, module: Path, source: str) -> None:
    """Put a module into the copy. What was compiled of it goes: it may be of the same size and second."""
    for path in (folder / module.parent / "__pycache__").glob(f"{module.stem}.*.pyc"):
        path.unlink()
    (folder / module).write_text(source, "utf-8")


def tried(
    folder: Path, module: Path, sample: Sequence[tuple[Mutant, str]], seconds: float, known: Mapping[Mutant, str]
) -> Iterator[Outcome]:
    """Run the tests on each mutant of a module of which nothing is known.

    Raises:
        SystemExit: the tests fail on the module as it is.
    """
    stages = (own_tests(module), further_tests(module))
    limits: list[float] = []
    for mutant, changed in sample:
        if mutant in known:
            yield Outcome(mutant, known[mutant])
            continue
        limits = limits or [seconds + 3 * _seconds(folder, module, tests) for tests in stages]
        _write(folder, module, changed)
        start, outcome = time.monotonic(), "alive"
        for tests, limit in zip(stages, limits, strict=True):
            passed = passes(folder, tests, limit)
            if not passed:
                outcome = "late" if passed is None else "killed"
                break
        yield Outcome(mutant, outcome, round(time.monotonic() - start, 2))
    _write(folder, module, (ROOT / module).read_text("utf-8"))


def _seconds(folder: Path, module: Path, tests: Sequence[str]) -> float:
    """How long the tests take on the module as it is."""
    start = time.monotonic()
    if not passes(folder, tests, 600):
        raise SystemExit(f"{module}: its tests fail as it is: {' '.join(tests)}")
    return time.monotonic() - start


def known_outcomes(earlier: Path | None) -> dict[Mutant, str]:
    """Mutants that need not be tried: those that do the same as their module, and those that were killed before."""
    known: dict[Mutant, str] = {}
    if earlier and earlier.exists():
        listed = json.loads(earlier.read_text("utf-8"))
        known = {Mutant(**one["mutant"]): one["outcome"] for one in listed if one["outcome"] in ("killed", "late")}
    return known


def equivalents() -> set[tuple[str, str, str]]:
    """Module, line before and line after of the mutants that were read and do the same as their module."""
    listed = tomllib.loads(EQUIVALENT.read_text("utf-8"))["mutant"]
    return {(one["module"], one["before"], one["after"]) for one in listed}


def copy_into(folder: Path) -> None:
    for name in COPIED:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    for file in ROOT.glob("*.*"):
        if file.is_file():
            shutil.copy(file, folder)


def show(module: str, outcomes: Sequence[Outcome]) -> str:
    same = sum(one.outcome == "equivalent" for one in outcomes)
    killed = sum(one.outcome in ("killed", "late") for one in outcomes)
    share = f"{killed / (len(outcomes) - same):.0%}" if len(outcomes) > same else "-"
    return f"| {module} | {len(outcomes)} | {same} | {killed} | {share} |"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--module", type=Path, nargs="+", default=CORE)
    parser.add_argument("--mutants", type=int, default=40)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--known", type=Path)
    asked = parser.parse_args(arguments)
    known, same = known_outcomes(asked.known), equivalents()
    found: list[Outcome] = []
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        prepare(folder)
        print("| module | mutants | equivalent | killed | share |\n| --- | --- | --- | --- | --- |", flush=True)
        for module in sorted(asked.module, key=lambda module: module.parts[1] != "text"):
            load(module)
            sample = mutants_of(module, asked.mutants, asked.seed)
            skipped = {one: "equivalent" for one, _ in sample if (one.module, one.before, one.after) in same}
            outcomes = list(tried(folder, module, sample, asked.seconds, known | skipped))
            found += outcomes
            print(show(f"`{module.as_posix()}`", outcomes), flush=True)
            if asked.known:
                asked.known.write_text(json.dumps([asdict(one) for one in found], indent=1, ensure_ascii=False))
    print(show("all", found))
    for one in found:
        if one.outcome == "alive":
            print(f"{one.mutant.module}:{one.mutant.line}: {one.mutant.before}\n  -> {one.mutant.after}")
    print(f"the aim is {AIM:.0%} of each module")
    return 0


def prepare(folder: Path) -> None:
    """Make the copy, and load what all tests need but nothing of the package."""
    copy_into(folder)
    (folder / "pytest.ini").write_text(PYTEST_INI)  # of the project's, only what its own tests of the core need
    os.environ |= {"CI": "1", "PYTHONPATH": str(folder), "CLEANER_CACHE_DIR": str(folder / ".cache")}
    os.environ |= {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    sys.dont_write_bytecode = False
    for name in PRELOADED:
        importlib.import_module(name)
    sys.path[:] = [str(folder), *(path for path in sys.path if Path(path or ".").resolve() != ROOT)]


def load(module: Path) -> None:
    """Load what the children share: for the engine, the layers below it. All else they load from the copy."""
    if module.parts[1] == "engine":
        for name in BELOW_THE_ENGINE:
            importlib.import_module(f"cleaner.{name}")
    gc.collect()
    gc.freeze()  # else each child goes through all of it at its end, several times


if __name__ == "__main__":
    sys.exit(main())
