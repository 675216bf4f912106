"""What the tests of adapters share: engines that may be missing, one set of documents, and what becomes of it."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from cleaner import Cleaner
from tests.articles import article
from tests.places import ROOT

__all__ = [
    "ADAPTERS",
    "KNOWN_FIELDS",
    "Row",
    "Texts",
    "documents",
    "engine",
    "expected",
    "ray_session",
    "spark_session",
    "torch_stand_in",
]

_SHARED = ("__init__", "arrow", "base", "cluster", "notes", "places", "plain", "rows", "scrapy_settings", "spans")
ADAPTERS = tuple(sorted(p for p in (ROOT / "cleaner" / "adapters").glob("*.py") if p.stem not in _SHARED))
"""The modules that serve a single engine."""

_ALONE = ("apache_beam", "data_juicer", "dolma", "nemo_curator")
"""The engines that do not go with all the others; ``.ci/engines`` runs their tests."""

KNOWN_FIELDS = ("title", "url", "author", "date", "site")
"""The fields of a row that the cleaner reads besides the text."""

Row = Mapping[str, str | None]
Texts = list[str | None]


def engine(name: str, extra: str = "all") -> Any:
    """The module of an engine. Where it is missing, the test or the whole file is skipped and the reason says why."""
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if name in _ALONE:
            pytest.skip(f"needs an environment of its own, see .ci/engines: {error}", allow_module_level=True)
        pytest.skip(f"{error}: pip install 'article-cleaner[{extra}]'", allow_module_level=True)


@contextmanager
def spark_session(master: str) -> Iterator[Any]:
    """A Spark session whose workers run this Python and find this checkout."""
    engine("pyspark")
    from pyspark.sql import SparkSession

    settings = {
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.executorEnv.PYTHONPATH": str(ROOT),
    }
    builder = SparkSession.builder.master(master)
    for name, value in settings.items():
        builder = builder.config(name, value)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        session = builder.getOrCreate()
        try:
            yield session
        finally:
            session.stop()


@contextmanager
def ray_session(**options: Any) -> Iterator[Any]:
    """The module ``ray``, connected to a cluster whose workers find this checkout."""
    ray = engine("ray")
    ray.init(log_to_driver=False, runtime_env={"env_vars": {"PYTHONPATH": str(ROOT)}}, **options)
    try:
        yield ray
    finally:
        ray.shutdown()


def torch_stand_in(folder: Path) -> list[str]:
    """A folder for ``PYTHONPATH`` where there is no PyTorch; an empty list where there is.

    Data-Juicer installs PyTorch, 5 GB, when an operator has run, and then only empties the memory of a GPU with it. The
    stand-in has that function, and the types that `datasets` asks for when a module of this name is loaded.
    """
    if find_spec("torch"):
        return []
    names = "Tensor", "Generator", "nn", "nn.Module"
    lines = ["class cuda:", "    empty_cache = staticmethod(lambda: None)"]
    lines += [f"{name} = type({name!r}, (), {{}})" for name in names]
    place = folder / "stand-in"
    place.mkdir()
    (place / "torch.py").write_text("\n".join(lines), encoding="utf-8")
    return [str(place)]


def documents() -> list[dict[str, str | None]]:
    """Rows as pipelines have them: some lack the text, some lack the title, some are broken."""
    title = "The old bridge will be closed until June"
    bridge = "The council met on Tuesday to vote on the old bridge. It will be closed until June."
    rows: list[dict[str, str | None]] = [{"text": article(number)} for number in range(30)]
    rows += [
        {"text": None},
        {"text": ""},
        {"text": "  \n"},
        {"text": f"{title}\n\n{bridge}\n\nFollow us on:", "title": title},
        {"text": f"{bridge}\n\nJane Doe\n", "author": "Jane Doe", "date": "March 28, 2026", "site": "River Post"},
        {"text": f"{bridge}\n\nThe mayor said itâ€™s late.", "url": "https://riverpost.example/bridge"},
        {"text": f"March 28, 2026\n\n3 MIN READ\n\n{bridge}\r\n\r\n(Reporting by Jane Doe)\r\n", "title": None},
        {"text": "橋は六月まで閉鎖される。町議会は火曜日に決めた。\n\n広告\n"},
        {"text": "The mill \N{GRINNING FACE} stands by the river, and nobody knows for how long.\n\nAdvertisement"},
        {"text": "Advertisement"},
        {"text": None, "title": title},
    ]
    return [{"id": f"d{number}", **dict.fromkeys(KNOWN_FIELDS), **row} for number, row in enumerate(rows)]


def expected(rows: Sequence[Row], *, known: bool = True) -> Texts:
    """What ``Cleaner.clean`` makes of the rows, with the ending that each text had.

    With ``known=False`` the cleaner sees the texts alone, as the functions of a single column do.
    """
    cleaner = Cleaner()
    texts: Texts = []
    for row in rows:
        text = row["text"]
        if text:
            fields: dict[str, Any] = {name: row.get(name) for name in KNOWN_FIELDS} if known else {}
            result = cleaner.clean(text, **fields)
            text = result.text if text.endswith("\n") else result.text.removesuffix("\n")
        texts.append(text)
    return texts
