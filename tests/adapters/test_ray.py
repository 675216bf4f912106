"""Ray Data on a real cluster of two nodes, one of which goes away in the middle."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from cleaner import Cleaner
from cleaner.adapters.ray import clean_ray
from cleaner.io.formats.base import FieldNames
from tests.adapters.engines import documents, engine, expected, ray_session
from tests.articles import article

ray, data, pa = engine("ray"), engine("ray.data"), engine("pyarrow")

pytestmark = pytest.mark.slow

BLOCKS = 40
ROWS = 4_000


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A head that stays; one test adds the node that goes. Either has processors for both actors."""
    utils = engine("ray.cluster_utils")
    found = utils.Cluster(initialize_head=True, head_node_args={"num_cpus": 2, "object_store_memory": 200 << 20})
    try:
        with ray_session(address=found.address):
            yield found
    finally:
        found.shutdown()


def wait_for_actor_on(node: Any) -> None:
    """Wait until one of the two actors lives on ``node``. On a busy machine the second starts long after the first."""
    from ray._private.state import actors

    for _ in range(600):
        if any(one["State"] == "ALIVE" and one["Address"]["NodeID"] == node.node_id for one in actors().values()):
            return
        time.sleep(0.1)
    raise AssertionError("neither of the two actors came to the node that goes")


def waiting_for(path: Path) -> Callable[[Any], Any]:
    """A step that lets the first blocks through, and the others once there is a file at ``path``."""

    def step(table: Any) -> Any:
        while table["id"][0].as_py() >= ROWS // 10 and not path.exists():
            time.sleep(0.1)
        return table

    return step


def test_a_dataset_gives_what_the_cleaner_gives(cluster: Any) -> None:
    rows = documents()
    made = clean_ray(data.from_arrow(pa.Table.from_pylist(rows)), workers=1).take_all()
    texts = {row["id"]: row["text"] for row in made}
    assert [texts[row["id"]] for row in rows] == expected(rows)


def test_a_node_that_goes_loses_nothing_and_doubles_nothing(cluster: Any, tmp_path: Path) -> None:
    leaving = cluster.add_node(num_cpus=2, object_store_memory=200 << 20)
    cluster.wait_for_nodes()
    assert len([node for node in ray.nodes() if node["Alive"]]) == 2
    size = ROWS // BLOCKS
    numbers = [range(start, start + size) for start in range(0, ROWS, size)]
    tables = [pa.table({"id": list(some), "text": [article(number) for number in some]}) for some in numbers]
    # The actors still have work when the node goes, however quick they are.
    gone = tmp_path / "gone"
    rows = data.from_arrow(tables).map_batches(waiting_for(gone), batch_format="pyarrow", batch_size=size)
    made = clean_ray(rows, workers=2, batch_size=size)
    texts: dict[int, str] = {}
    seen = 0
    for batch in made.iter_batches(batch_size=size, batch_format="pyarrow", prefetch_batches=0):
        if not seen:
            wait_for_actor_on(leaving)
            cluster.remove_node(leaving, allow_graceful=False)
            gone.touch()
        seen += batch.num_rows
        texts.update(zip(batch["id"].to_pylist(), batch["text"].to_pylist(), strict=True))
    assert len([node for node in ray.nodes() if node["Alive"]]) == 1
    assert seen == len(texts) == ROWS
    cleaner = Cleaner()
    for number in range(0, ROWS, 97):
        assert texts[number] == ended(cleaner.clean(article(number)).text, article(number))


def test_names_and_options(cluster: Any) -> None:
    rows = data.from_arrow(pa.table({"body": [article(1), None]}))
    made = clean_ray(rows, Cleaner(profile="facts"), keys=FieldNames(text="body"), workers=1, batch_size=1).take_all()
    assert [row["body"] for row in made] == [Cleaner(profile="facts").clean(article(1)).text, None]
    assert made[0]["removed"][0].keys() == {"start", "end", "rule"}


def ended(text: str, before: str) -> str:
    return text if before.endswith("\n") else text.removesuffix("\n")
