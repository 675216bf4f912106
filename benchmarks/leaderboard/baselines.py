"""The cleaners that every table has: nothing, ftfy, line filters of well-known corpora, a weekend script, ours."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import Any

import ftfy

from benchmarks import rivals
from benchmarks.leaderboard import heuristics
from benchmarks.leaderboard.cleaners import FunctionCleaner
from cleaner import Cleaner
from cleaner.model import DocumentInfo
from cleaner.rules.model import ProfileChoice
from cleaner.scoring.model import builtin_model

__all__ = ["BASELINES", "Baseline"]


@dataclass(frozen=True)
class Baseline:
    """A cleaner that comes with the benchmark.

    Attributes:
        function: takes a text, and title and url where it has parameters for them.
        about: what it does, and what it is made after.
        package: whose version is told; "" for this one's own code.
        needs: the module that it cannot do without, and how to install it.
        note: gives what a reader must know about some corpora.
        trained_on: the corpora that it learned from.
    """

    function: Callable[..., str]
    about: str
    package: str = ""
    needs: tuple[str, str] = ("", "")
    note: Callable[[list[str]], str] = field(default=lambda corpora: "")
    trained_on: tuple[str, ...] = ()

    def cleaner(self, name: str) -> FunctionCleaner:
        """It as it is measured."""
        return FunctionCleaner(self.function, f"python -m benchmarks.leaderboard FOLDER --baselines {name}", "baseline")

    @property
    def missing(self) -> str:
        """How to install what is missing; "" when all is there."""
        module, advice = self.needs
        return advice if module and not find_spec(module) else ""

    @property
    def version(self) -> str:
        """The version of its package."""
        try:
            return f"{self.package} {version(self.package)}" if self.package else ""
        except PackageNotFoundError:
            return self.package


def _unchanged(text: str) -> str:
    return text


def _fixed(text: str) -> str:
    return ftfy.fix_text(text)


def _rival(name: str) -> Callable[[str], str]:
    method = rivals.METHODS[name]

    def clean(text: str) -> str:
        row: dict[str, Any] = {"text": text}
        return method(row)

    return clean


@cache
def _cleaner(profile: ProfileChoice) -> Cleaner:
    return Cleaner(profile=profile)


def _ours(profile: ProfileChoice) -> Callable[[str, str, str], str]:
    def clean(text: str, title: str, url: str) -> str:
        return _cleaner(profile).clean_document(text, DocumentInfo(title, url)).text

    return clean


def _cross_validated(corpora: list[str]) -> str:
    """What the thorough profile does on sites that it has not seen, by the figures that its model carries."""
    model = builtin_model()
    texts: Mapping[str, Any] = model.figures["texts"]
    found = [texts[name][f"{model.threshold:g}"] for name in corpora if name in texts]
    if not found:
        return ""
    closed = sum(entry["closed"] for entry in found) / len(found)
    lost = sum(entry["lost"] for entry in found) / len(found)
    return (
        "The model learned from these texts. By site-wise cross-validation, over all rows of "
        f"{len(found)} of these files, the gap closed is {closed:.2f} at {lost:,.0f} words lost per million, each the "
        "mean of the files."
    )


def _learned_from() -> tuple[str, ...]:
    """What the model learned from: the pages of these truths, whichever extractor read them, and the clean texts."""
    truths = {name.partition(".")[0] for name in builtin_model().figures["texts"]}
    return (*(f"{truth}.*" for truth in sorted(truths)), "harm", "harm/*")


BASELINES: Mapping[str, Baseline] = {
    "unchanged": Baseline(_unchanged, "does nothing"),
    "ftfy": Baseline(_fixed, "repairs the encoding and removes nothing; speed is told in its terms", "ftfy"),
    "c4": Baseline(
        _rival("c4"),
        "the line filter of C4 (Raffel et al. 2020) as datatrove has it, without its filters of whole documents",
        "datatrove",
        ("datatrove", "pip install datatrove"),
    ),
    "refinedweb": Baseline(
        _rival("refinedweb"), "the line-wise corrections of RefinedWeb (Penedo et al. 2023, table 11)"
    ),
    "nemo-phrases": Baseline(_rival("policy"), "lines with a phrase about cookies or terms go, as in NeMo Curator"),
    "heuristics": Baseline(
        heuristics.clean, "a weekend script: short lines that end no sentence, calls, menus and copies go"
    ),
    "cleaner": Baseline(
        _ours("default"),
        "this package, the profile default",
        "article-cleaner",
        note=lambda corpora: "Its rules were written with texts of these sites at hand. Expect less on other sites.",
        trained_on=_learned_from(),
    ),
    "cleaner-thorough": Baseline(
        _ours("thorough"),
        "this package, the profile thorough",
        "article-cleaner",
        note=_cross_validated,
        trained_on=_learned_from(),
    ),
}
"""By name."""
