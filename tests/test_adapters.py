"""Every adapter gives exactly what ``Cleaner.clean`` gives: one set of documents goes through all of them."""

from __future__ import annotations

import importlib
import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from cleaner import Cleaner, CleanerError
from cleaner.adapters import shared
from cleaner.adapters.shared import Recipe, clean_row
from cleaner.formats.rows import Keys
from cleaner.model import METADATA_FIELDS, Document
from tests.articles import article

ROOT = Path(__file__).resolve().parent.parent
ADAPTERS = ROOT / "cleaner" / "adapters"
MOST_LINES = 80

Texts = list[str | None]


def engine(name: str) -> Any:
    """The module of an engine. Where it is missing the test is skipped; in CI it fails."""
    try:
        return importlib.import_module(name)
    except ImportError as error:
        reason = f"{error}: install article-cleaner[all]"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)


@contextmanager
def spark_session(master: str = "local[2]") -> Iterator[Any]:
    """A Spark session whose workers run this Python and find this checkout."""
    engine("pyspark")
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master(master).config("spark.ui.enabled", "false")
    builder = builder.config("spark.sql.shuffle.partitions", "2").config("spark.driver.host", "127.0.0.1")
    builder = builder.config("spark.executorEnv.PYTHONPATH", str(ROOT)).config("spark.driver.bindAddress", "127.0.0.1")
    session = builder.getOrCreate()
    try:
        yield session
    finally:
        session.stop()


def documents() -> list[dict[str, str | None]]:
    """Rows as pipelines have them: some lack the text, some the title, some are broken."""
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
    names = ("title", "url", "author", "date", "site")
    return [{"id": f"d{number}", **dict.fromkeys(names), **row} for number, row in enumerate(rows)]


def expected(rows: list[dict[str, str | None]], *, known: bool = True) -> Texts:
    """What ``Cleaner.clean`` gives, with the ending that the row had."""
    cleaner = Cleaner()
    texts: Texts = []
    for row in rows:
        text = row["text"]
        if text:
            fields = {name: row[name] for name in ("title", "url", "author", "date", "site")} if known else {}
            result = cleaner.clean(text, **fields)  # type: ignore[arg-type]
            text = result.text if text.endswith("\n") else result.text.removesuffix("\n")
        texts.append(text)
    return texts


def by_arrow(rows: list[dict[str, Any]], folder: Path) -> Texts:
    pa = engine("pyarrow")
    from cleaner.adapters.arrow import clean_batch

    return list(clean_batch(pa.RecordBatch.from_pylist(rows))["text"].to_pylist())


def by_datatrove(rows: list[dict[str, Any]], folder: Path) -> Texts:
    engine("datatrove")
    from datatrove.data import Document as Item

    from cleaner.adapters.datatrove import CleanFormatter

    items = (Item(row["text"] or "", row["id"], metadata={k: v for k, v in row.items() if v}) for row in rows)
    made = [item.text for item in CleanFormatter().run(items)]
    # There is no null in datatrove, and no document is ever emptied: only those two cases may differ.
    texts = [None if row["text"] is None else text for row, text in zip(rows, made, strict=True)]
    return ["" if (text or "").isspace() else text for text in texts]


def by_spark(rows: list[dict[str, Any]], folder: Path) -> Texts:
    with spark_session() as spark:
        from cleaner.adapters.spark import clean_spark

        schema = ", ".join(f"{name} string" for name in rows[0])
        frame = spark.createDataFrame([tuple(row.values()) for row in rows], schema)
        return [row["text"] for row in clean_spark(frame).collect()]


def by_spark_sql(rows: list[dict[str, Any]], folder: Path) -> Texts:
    with spark_session() as spark:
        from cleaner.adapters.spark import register_sql

        register_sql(spark)
        spark.createDataFrame([(row["text"],) for row in rows], "body string").createOrReplaceTempView("articles")
        return [row[0] for row in spark.sql("SELECT clean_text(body) FROM articles").collect()]


def by_ray(rows: list[dict[str, Any]], folder: Path) -> Texts:
    ray = engine("ray")
    data = engine("ray.data")
    from cleaner.adapters.ray import clean_ray

    ray.init(
        num_cpus=2, include_dashboard=False, log_to_driver=False, runtime_env={"env_vars": {"PYTHONPATH": str(ROOT)}}
    )
    try:
        pa = engine("pyarrow")
        made = clean_ray(data.from_arrow(pa.Table.from_pylist(rows)), workers=1).take_all()
    finally:
        ray.shutdown()
    texts = {row["id"]: row["text"] for row in made}
    return [texts[row["id"]] for row in rows]


def by_datasets(rows: list[dict[str, Any]], folder: Path) -> Texts:
    datasets = engine("datasets")
    from cleaner.adapters.datasets import clean_dataset

    return list(clean_dataset(datasets.Dataset.from_list(rows), batch_size=7)["text"])


def by_datasets_in_arrow(rows: list[dict[str, Any]], folder: Path) -> Texts:
    datasets = engine("datasets")
    from cleaner.adapters.datasets import clean_dataset

    made = clean_dataset(datasets.Dataset.from_list(rows).with_format("arrow"), batch_size=7)
    return list(made.with_format(None)["text"])


def by_datasets_stream(rows: list[dict[str, Any]], folder: Path) -> Texts:
    datasets = engine("datasets")
    from cleaner.adapters.datasets import DatasetCleaner

    stream = datasets.IterableDataset.from_generator(lambda: iter(rows))
    return [row["text"] for row in stream.map(DatasetCleaner(), batched=True, batch_size=7)]


def by_polars(rows: list[dict[str, Any]], folder: Path) -> Texts:
    pl = engine("polars")
    from cleaner.adapters.polars import clean_frame

    return list(clean_frame(pl.DataFrame(rows, infer_schema_length=None))["text"].to_list())


def by_polars_lazily(rows: list[dict[str, Any]], folder: Path) -> Texts:
    pl = engine("polars")
    from cleaner.adapters.polars import clean_frame

    lazy = clean_frame(pl.LazyFrame(rows, infer_schema_length=None)).filter(pl.col("id") != "nobody")
    return list(lazy.select("text").collect(engine="streaming")["text"].to_list())


def by_polars_namespace(rows: list[dict[str, Any]], folder: Path) -> Texts:
    pl = engine("polars")
    importlib.import_module("cleaner.adapters.polars")

    frame = pl.DataFrame({"body": [row["text"] for row in rows]})
    return list(frame.lazy().select(pl.col("body").cleaner.clean()).collect()["body"].to_list())


def by_duckdb(rows: list[dict[str, Any]], folder: Path) -> Texts:
    duckdb = engine("duckdb")
    pa, pq = engine("pyarrow"), engine("pyarrow.parquet")
    from cleaner.adapters.duckdb import register

    pq.write_table(pa.table({"body": [row["text"] for row in rows]}), folder / "x.parquet")
    with duckdb.connect() as connection:
        register(connection)
        found = connection.sql(f"SELECT clean_text(body) FROM '{folder}/x.parquet'").fetchall()
    return [row[0] for row in found]


def by_duckdb_relation(rows: list[dict[str, Any]], folder: Path) -> Texts:
    duckdb, pa = engine("duckdb"), engine("pyarrow")
    from cleaner.adapters.duckdb import clean_relation

    with duckdb.connect() as connection:
        reader = clean_relation(connection.from_arrow(pa.Table.from_pylist(rows)))
        found = connection.cursor().from_arrow(reader).select("text").fetchall()
    return [row[0] for row in found]


def by_pandas(rows: list[dict[str, Any]], folder: Path) -> Texts:
    pd = engine("pandas")
    from cleaner.adapters.pandas import clean_frame

    made = pd.DataFrame(rows, index=range(100, 100 + len(rows))).pipe(clean_frame)["text"]
    return [None if pd.isna(text) else text for text in made]


def by_sklearn(rows: list[dict[str, Any]], folder: Path) -> Texts:
    engine("sklearn")
    from cleaner.adapters.sklearn import CleanTransformer

    return CleanTransformer().fit_transform([row["text"] for row in rows])  # type: ignore[no-any-return]


WHOLE = (
    by_arrow,
    by_datatrove,
    by_datasets,
    by_datasets_in_arrow,
    by_datasets_stream,
    by_polars,
    by_polars_lazily,
    by_duckdb_relation,
    by_pandas,
    pytest.param(by_spark, marks=pytest.mark.slow),
    pytest.param(by_ray, marks=pytest.mark.slow),
)
TEXTS_ONLY = (
    by_polars_namespace,
    by_duckdb,
    by_sklearn,
    pytest.param(by_spark_sql, marks=pytest.mark.slow),
)

Route = Callable[[list[dict[str, Any]], Path], Texts]


@pytest.mark.parametrize("route", WHOLE)
def test_every_adapter_gives_what_the_cleaner_gives(route: Route, tmp_path: Path) -> None:
    rows = documents()
    assert route(rows, tmp_path) == expected(rows)


@pytest.mark.parametrize("route", TEXTS_ONLY)
def test_functions_of_a_text_give_what_the_cleaner_gives(route: Route, tmp_path: Path) -> None:
    rows = documents()
    assert route(rows, tmp_path) == expected(rows, known=False)


def test_what_is_known_makes_a_difference() -> None:
    assert expected(documents()) != expected(documents(), known=False)


@pytest.mark.parametrize("path", sorted(ADAPTERS.glob("*.py")), ids=lambda path: path.stem)
def test_adapters_are_thin(path: Path) -> None:
    if path.stem in ("arrow", "shared"):
        pytest.skip("what the adapters share")
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    assert len([line for line in lines if line and not line.startswith("#")]) < MOST_LINES


def test_importing_a_kernel_loads_no_engine() -> None:
    code = "import sys, cleaner.adapters.arrow, cleaner.adapters.spark, cleaner.adapters.ray, cleaner.adapters.duckdb; "
    code += "print(sorted({'pyarrow', 'pyspark', 'ray', 'duckdb', 'pandas', 'ftfy'} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert found.stdout.strip() == "[]"


# the kernel


class Failing(Cleaner):
    """Fails on one document, as an unknown bug would."""

    def clean_document(self, text: str, document: Document, encoding: str = "") -> Any:
        if "fail" in text:
            raise RuntimeError(text)
        return super().clean_document(text, document, encoding)


def kinds() -> list[Any]:
    pa = engine("pyarrow")
    plain = [pa.string(), pa.large_string(), pa.string_view()]
    return [*plain, pa.dictionary(pa.int32(), pa.string()), pa.dictionary(pa.int8(), pa.large_string())]


@pytest.mark.parametrize("place", range(5))
def test_the_text_column_keeps_its_type_and_its_nulls(place: int) -> None:
    pa = engine("pyarrow")
    from cleaner.adapters.arrow import clean_batch, output_schema

    kind = kinds()[place]
    batch = pa.RecordBatch.from_arrays([pa.array(["", None, article(1), article(2)], kind)], names=["text"])
    made = clean_batch(batch)
    assert made.schema == output_schema(batch.schema)
    assert made.schema.field("text").type == kind
    assert made["text"].to_pylist() == expected([{"text": t, **NOTHING} for t in batch["text"].to_pylist()])
    made.validate(full=True)


NOTHING = dict.fromkeys(("title", "url", "author", "date", "site"))


def test_all_other_columns_pass_through() -> None:
    pa = engine("pyarrow")
    from cleaner.adapters.arrow import clean_batch

    columns = {
        "id": pa.array([1, 2], pa.int64()),
        "text": pa.array([article(0), None]),
        "when": pa.array([1, None], pa.timestamp("ns", tz="UTC")),
        "title": pa.array([7, 8]),
        "tags": pa.array([["a", None], []]),
    }
    fields = [pa.field(name, column.type, metadata={"a": "b"}) for name, column in columns.items()]
    schema = pa.schema(fields, metadata={"origin": "the mill"})
    batch = pa.RecordBatch.from_arrays(list(columns.values()), schema=schema)
    made = clean_batch(batch)
    assert made.schema.names == [*columns, "removed", "metadata", "flags"]
    assert made.schema.metadata == schema.metadata
    for name in ("id", "when", "title", "tags"):
        assert made[name].equals(batch[name])
        assert made.schema.field(name).equals(schema.field(name), check_metadata=True)


def test_the_new_columns_tell_what_happened() -> None:
    pa = engine("pyarrow")
    from cleaner.adapters.arrow import clean_batch

    text = documents()[36]["text"]
    assert text is not None
    result = Cleaner().clean(text)
    made = clean_batch(pa.RecordBatch.from_pydict({"text": [text, None, ""]}))
    spans = made["removed"].to_pylist()
    assert spans[0] == [{"start": e.start, "end": e.end, "rule": e.rule} for e in result.edits] != []
    assert spans[1:] == [[], []]
    metadata = made["metadata"].to_pylist()
    assert {name: value for name, value in metadata[0].items() if value} == result.metadata != {}
    assert metadata[1] == metadata[2] == dict.fromkeys(METADATA_FIELDS)
    assert made["flags"].to_pylist() == [list(result.flags), [], []]
    assert [made[name].null_count for name in ("removed", "metadata", "flags")] == [0, 0, 0]


def test_a_document_that_fails_stays_and_the_others_go_on() -> None:
    pa = engine("pyarrow")
    from cleaner.adapters.arrow import clean_batch

    made = clean_batch(pa.RecordBatch.from_pydict({"text": [article(1), "fail\n\nFollow us on:"]}), Failing())
    assert made["text"].to_pylist() == [Cleaner().clean(article(1)).text, "fail\n\nFollow us on:"]
    assert made["flags"].to_pylist() == [[], ["error:RuntimeError"]]


def test_bytes_that_are_no_text_stay_as_they_are() -> None:
    pa = engine("pyarrow")
    from cleaner.adapters.arrow import clean_batch

    raw = pa.array([b"\xff\xfe bad", article(1).encode(), None], pa.binary())
    column = pa.Array.from_buffers(pa.string(), 3, raw.buffers())
    made = clean_batch(pa.RecordBatch.from_arrays([column], names=["text"]))
    assert made["text"].cast(pa.binary()).to_pylist()[0] == b"\xff\xfe bad"
    assert made["text"][1].as_py() == Cleaner().clean(article(1)).text
    assert made["flags"].to_pylist() == [["error:UnicodeDecodeError"], [], []]


def test_no_rows() -> None:
    pa = engine("pyarrow")
    from cleaner.adapters.arrow import clean_array, clean_table

    assert clean_table(pa.table({"text": pa.array([], pa.string())})).num_rows == 0
    assert clean_array(pa.array([], pa.large_string())).type == pa.large_string()
    assert clean_array(pa.chunked_array([], pa.string())).to_pylist() == []


def test_large_batches_are_cut() -> None:
    pa = engine("pyarrow")
    from cleaner.adapters.arrow import clean_batches, clean_table

    table = pa.table({"text": ["A line."] * 3000})
    assert [batch.num_rows for batch in clean_batches(table.to_batches())] == [1024, 1024, 952]
    assert clean_table(table)["text"].to_pylist() == ["A line."] * 3000


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"body": ["a"]}, r"there is no column 'text', only 'body': string; name the one of the text"),
        ({"text": [1]}, r"'text' holds no strings \(there is 'text': int64\)"),
        ({"text": ["a"], "flags": [1]}, r"the name 'flags' is taken .*'flags': int64.*Columns"),
    ],
)
def test_wrong_columns_are_named(columns: dict[str, list[Any]], message: str) -> None:
    pa = engine("pyarrow")
    from cleaner.adapters.arrow import clean_batch

    with pytest.raises(CleanerError, match=message):
        clean_batch(pa.RecordBatch.from_pydict(columns))


def test_names_can_be_chosen() -> None:
    pa = engine("pyarrow")
    from cleaner.adapters.arrow import Columns, clean_batch

    batch = pa.RecordBatch.from_pydict({"body": [article(3)], "flags": [1]})
    made = clean_batch(batch, keys=Keys(text="body"), columns=Columns(removed="", flags="clean_flags"))
    assert made.schema.names == ["body", "flags", "metadata", "clean_flags"]


# what travels


def test_a_recipe_is_built_once_in_a_process() -> None:
    recipe = Recipe.of(Cleaner(profile="facts"))
    again = pickle.loads(pickle.dumps(recipe))
    assert again == recipe
    assert again.cleaner() is recipe.cleaner()
    assert recipe.cleaner().rules == Cleaner(profile="facts").rules
    assert recipe != Recipe.of(Cleaner())


def test_a_lone_surrogate_is_an_error_of_its_row() -> None:
    class Surrogate(Cleaner):
        def clean_document(self, text: str, document: Document, encoding: str = "") -> Any:
            return super().clean_document("\ud800", document, encoding)

    from cleaner.repair import RepairConfig

    cleaned = clean_row("a", Document(), Surrogate(repair=RepairConfig(surrogates=False)))
    assert (cleaned.text, cleaned.flags) == ("a", ("error:UnicodeEncodeError",))


def test_a_missing_engine_names_the_extra() -> None:
    with pytest.raises(CleanerError, match=r"install article-cleaner\[ray\]"), shared.engine("ray"):
        importlib.import_module("no_such_engine")


# single engines


def test_a_transformer_can_be_cloned_and_stands_in_a_pipeline() -> None:
    engine("sklearn")
    from sklearn.base import clone
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.pipeline import make_pipeline

    from cleaner.adapters.sklearn import CleanTransformer

    transformer = CleanTransformer(Cleaner(profile="facts"))
    twin = clone(transformer)
    assert twin.get_params()["cleaner"].rules == transformer.cleaner.rules  # type: ignore[union-attr]
    vectorizer = CountVectorizer()
    make_pipeline(CleanTransformer(), vectorizer).fit_transform([article(1), article(2)])
    assert {"bridge", "follow"} & set(vectorizer.vocabulary_) == {"bridge"}


def test_a_frame_of_pandas_keeps_what_it_has() -> None:
    pd = engine("pandas")
    from cleaner.adapters.pandas import clean_frame

    frame = pd.DataFrame({"text": [article(1), None], "any": [{1, 2}, object], "title": [None, "x"]}, index=["b", "a"])
    before = frame.copy(deep=True)
    made = frame.pipe(clean_frame)
    pd.testing.assert_frame_equal(frame, before)
    assert list(made.index) == ["b", "a"]
    assert list(made["any"]) == list(frame["any"])
    assert made["text"].dtype == frame["text"].dtype
    assert made.loc["b", "removed"][0]["rule"]
    assert clean_frame(frame.iloc[1:])["text"].isna().all()
    with pytest.raises(CleanerError, match="no column 'body'"):
        clean_frame(frame, keys=Keys(text="body"))


def test_polars_columns_of_other_types() -> None:
    pl = engine("polars")
    importlib.import_module("cleaner.adapters.polars")

    frame = pl.DataFrame({"body": [article(1), None]}, schema={"body": pl.Categorical})
    assert frame.select(pl.col("body").cleaner.clean())["body"].to_list() == [Cleaner().clean(article(1)).text, None]
    with pytest.raises(Exception, match="holds Int64, not strings"):
        pl.DataFrame({"body": [1]}).select(pl.col("body").cleaner.clean())


FINGERPRINT = """
import datasets
from cleaner import Cleaner
from cleaner.adapters.datasets import DatasetCleaner, clean_dataset
rows = datasets.Dataset.from_dict({"text": ["A text."]})
print(*(clean_dataset(rows, cleaner)._fingerprint for cleaner in (None, Cleaner(), Cleaner(profile="facts"))))
print(rows.map(DatasetCleaner(), batched=True)._fingerprint)
"""


def test_the_fingerprint_is_the_same_in_every_process(tmp_path: Path) -> None:
    engine("datasets")

    def printed(seed: str) -> list[str]:
        environment = {**os.environ, "PYTHONHASHSEED": seed, "CLEANER_CACHE_DIR": str(tmp_path / seed)}
        environment["PYTHONPATH"] = str(ROOT)
        call = [sys.executable, "-c", FINGERPRINT]
        return subprocess.run(call, capture_output=True, text=True, check=True, env=environment).stdout.split()

    first = printed("1")
    assert first == printed("2")
    assert first[0] == first[1] != first[2]
    assert len(first) == 4


def test_a_dataset_on_disk_finds_its_cache_and_workers_get_the_rules(tmp_path: Path) -> None:
    datasets = engine("datasets")
    from cleaner.adapters.datasets import clean_dataset

    (tmp_path / "rows.jsonl").write_text('{"text": "A text.\\n\\nFollow us on:"}\n' * 4, encoding="utf-8")
    rows = datasets.load_dataset(
        "json", data_files=str(tmp_path / "rows.jsonl"), split="train", cache_dir=str(tmp_path)
    )
    made = [clean_dataset(rows, num_proc=2) for _ in range(2)]
    assert made[0].cache_files == made[1].cache_files != rows.cache_files
    assert made[0]["text"] == made[1]["text"]
    assert made[0].features["removed"].feature.keys() == {"start", "end", "rule"}
