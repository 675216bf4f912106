"""One map over processes: in order, with few items in memory, and no worker left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor
from contextlib import closing
from pathlib import Path

import pytest

from cleaner.io.pool import map_in_order
from tests.places import ROOT


def scaled(factor: int, item: int) -> int:
    """Later items are done earlier."""
    time.sleep(0.01 * (10 - item % 10))
    return factor * item


def process(_: object, item: int) -> int:
    return os.getpid()


def fail(_: object, item: int) -> int:
    if item == 3:
        raise ValueError("the third")
    return item


def die(_: object, item: int) -> int:
    os._exit(1)


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_results_come_in_the_order_of_the_items(workers: int) -> None:
    assert list(map_in_order(scaled, range(30), 7, workers)) == [(item, 7 * item) for item in range(30)]


def test_one_worker_is_this_process() -> None:
    assert {result for _, result in map_in_order(process, range(3), None)} == {os.getpid()}
    assert os.getpid() not in {result for _, result in map_in_order(process, range(3), None, 2)}


@pytest.mark.parametrize("workers", [1, 2])
def test_items_are_taken_as_they_are_needed(workers: int) -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for item in range(1000):
            taken.append(item)
            yield item

    with closing(map_in_order(process, items(), None, workers)) as results:
        next(results)
        assert len(taken) <= 4 * workers + 1


@pytest.mark.parametrize("workers", [1, 2])
def test_no_items_have_no_results(workers: int) -> None:
    assert list(map_in_order(process, [], None, workers)) == []


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_comes_at_its_place(workers: int) -> None:
    results = map_in_order(fail, range(9), None, workers)
    assert [next(results) for _ in range(3)] == [(0, 0), (1, 1), (2, 2)]
    with pytest.raises(ValueError, match="the third"):
        next(results)


def test_a_worker_that_dies_is_an_error() -> None:
    with pytest.raises(BrokenExecutor):
        list(map_in_order(die, range(9), None, 2))


_PARENT = """
import os
from cleaner.io.pool import map_in_order
from tests.io.test_pool import process
results = map_in_order(process, range(1000), None, 2)
print(next(results)[1], flush=True)
os.kill(os.getpid(), 9)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_workers_end_when_their_parent_is_killed() -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    found = subprocess.run([sys.executable, "-c", _PARENT], env=environment, stdout=subprocess.PIPE, check=False)
    assert found.returncode == -signal.SIGKILL
    for _ in range(600):
        if not runs(int(found.stdout)):
            return
        time.sleep(0.05)
    pytest.fail("the worker still runs")


def runs(worker: int) -> bool:
    """Whether a process is there and no zombie."""
    try:
        return Path(f"/proc/{worker}/stat").read_text("ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


# When a worker dies


def die_of_some(_: object, item: int) -> int:
    if item in (4, 5, 17):
        os.kill(os.getpid(), signal.SIGKILL)
    return item


def marked(_: object, item: int, alone: object) -> int:
    return -item


@pytest.mark.skipif(sys.platform == "win32", reason="kills itself with a signal")
def test_only_the_items_that_killed_their_worker_are_lost() -> None:
    found = list(map_in_order(die_of_some, range(30), None, 2, marked))
    assert found == [(item, -item if item in (4, 5, 17) else item) for item in range(30)]


def parts(_: object, item: list[int], alone: Callable[[list[int]], list[int]]) -> list[int]:
    found: list[int] = []
    for one in item:
        try:
            found += alone([one])
        except BrokenExecutor:
            found.append(-one)
    return found


def die_of_a_part(_: object, item: list[int]) -> list[int]:
    return [die_of_some(None, one) for one in item]


@pytest.mark.skipif(sys.platform == "win32", reason="kills itself with a signal")
def test_a_lost_item_can_be_tried_in_parts() -> None:
    items = [[1, 2], [3, 4, 6], [7]]
    assert list(map_in_order(die_of_a_part, items, None, 2, parts)) == [
        ([1, 2], [1, 2]),
        ([3, 4, 6], [3, -4, 6]),
        ([7], [7]),
    ]


def test_an_error_is_no_death() -> None:
    with pytest.raises(ValueError, match="the third"):
        list(map_in_order(fail, range(9), None, 2, marked))


def test_what_was_done_ahead_is_handed_over_when_nobody_reads_on() -> None:
    left: list[tuple[int, int]] = []
    results = map_in_order(pow, range(1, 4), 2, 2, left=lambda item, result: left.append((item, result)))
    assert next(results) == (1, 2)
    results.close()
    assert left == [(item, 2**item) for item in range(2, 2 + len(left))]


def test_no_item_is_taken_before_enough_of_the_earlier_are_done() -> None:
    done, waiting = 0, list[int]()

    def items() -> Iterator[int]:
        for number in range(12):
            waiting.append(number - done)
            yield number

    for item, result in map_in_order(pow, items(), 2, workers=2, ahead=lambda number: 1 + number // 3):
        done += 1
        assert result == 2**item
    assert all(count <= 1 + number // 3 for number, count in enumerate(waiting))
