"""The simulation of a cluster: what it promises for any scenario, and that docs/scale.md holds its table."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.scale_simulation import BYTES_A_SECOND, START_SECONDS, Scenario, part_sizes, simulate, table
from tests.places import ROOT

HOUR = BYTES_A_SECOND * (3600 - START_SECONDS)
"""The bytes of a part that takes an hour."""

SCENARIOS = st.builds(
    Scenario,
    part_bytes=st.just(HOUR / 10),
    total_bytes=st.floats(HOUR / 2, HOUR * 8),
    cores=st.integers(1, 12),
    skew=st.sampled_from([0.0, 0.5, 1.0]),
    slow_share=st.sampled_from([0.0, 0.25]),
    losses=st.sampled_from([0.0, 0.1]),
    largest_first=st.booleans(),
)


@given(SCENARIOS, st.integers(0, 1000))
@settings(deadline=None, max_examples=50)
def test_no_scenario_is_faster_than_its_work_allows(scenario: Scenario, seed: int) -> None:
    outcome = simulate(scenario, seed)
    assert outcome == simulate(scenario, seed)
    work = scenario.total_bytes / BYTES_A_SECOND + outcome.parts * START_SECONDS
    assert outcome.core_hours >= work / 3600 * (1 - 1e-9)
    assert math.isclose(outcome.core_hours, outcome.hours * scenario.cores)
    longest = max(part_sizes(scenario, random.Random(seed))) / BYTES_A_SECOND
    assert outcome.hours >= longest / 3600
    assert -1e-9 <= outcome.idle_share < 1
    assert (outcome.lost_core_hours > 0) <= (scenario.losses > 0)


@pytest.mark.parametrize(
    ("changes", "hours"),
    [
        ({"cores": 4}, 1.0),
        ({"cores": 2}, 2.0),
        ({"cores": 3}, 2.0),  # the fourth part has a core for itself, and two wait
        ({"cores": 8}, 1.0),  # a part is not cut
        ({"cores": 1, "slow_share": 1.0, "slow_factor": 2.0}, 8.0),
    ],
)
def test_four_parts_of_an_hour(changes: dict[str, float], hours: float) -> None:
    scenario = Scenario(part_bytes=HOUR, total_bytes=HOUR * 4, **changes)  # type: ignore[arg-type]
    assert simulate(scenario).hours == pytest.approx(hours, rel=0.01)


def test_largest_first_helps_where_one_part_is_long() -> None:
    scenario = Scenario(part_bytes=HOUR / 10, total_bytes=HOUR * 40, cores=10, skew=1.0)
    ordered = Scenario(part_bytes=HOUR / 10, total_bytes=HOUR * 40, cores=10, skew=1.0, largest_first=True)
    assert simulate(ordered).hours < simulate(scenario).hours


def test_the_sizes_are_all_there_is() -> None:
    scenario = Scenario(part_bytes=10.0, total_bytes=1000.0, skew=1.0, largest_first=True)
    sizes = part_sizes(scenario, random.Random(3))
    assert len(sizes) == 100
    assert math.isclose(math.fsum(sizes), 1000.0)
    assert sizes == sorted(sizes, reverse=True)


@pytest.mark.slow
def test_the_page_holds_the_table() -> None:
    page = (ROOT / "docs" / "scale.md").read_text(encoding="utf-8")
    assert f"<!-- generated: simulation -->\n\n{table()}\n<!-- end -->" in page
