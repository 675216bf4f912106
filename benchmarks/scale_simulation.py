"""How long a cluster takes for 10 TB of text, when files are uneven, machines are slow, and machines go away.

usage: python -m benchmarks.scale_simulation [--cores N] [--seed N]

It prints the table of docs/scale.md. Nothing is cleaned and no clock is read: the throughput of a core is a number that
was measured elsewhere, and chance comes from a seed, so that the same arguments give the same table anywhere.

The model: a worker takes the next part when it is free, as Spark and Ray hand out tasks. A part takes the time of its
bytes and of its start. On a slow core it takes three times as long. A core that goes away loses the part that it had,
and the part is handed out again next, as Spark does it; another core is there at once. No part is cut.
"""

from __future__ import annotations

import argparse
import heapq
import math
import random
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace

__all__ = ["Outcome", "Scenario", "part_sizes", "simulate", "table"]

TOTAL_BYTES = 10 * 10**12
BYTES_A_SECOND = 1.2e6
"""What one core cleaned of real articles on a busy machine (docs/scale.md#what-a-core-does)."""

START_SECONDS = 2.0
"""What a part costs besides its bytes: to be handed out, to open files, to write the report. An assumption."""

PART_BYTES = (64 * 10**6, 256 * 10**6, 10**9, 4 * 10**9, 16 * 10**9)
"""The sizes of parts that the table compares, in bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A cluster and what it has to do.

    Attributes:
        part_bytes: how large a part is on average, in bytes.
        total_bytes: how much text there is.
        cores: how many cores clean.
        skew: the standard deviation of the logarithm of the sizes; 0 for parts of one size. With 1, one part in a
            hundred is ten times as large as the middle one.
        slow_share: the share of cores that are slow.
        slow_factor: how much longer these take.
        losses: how often a core goes away, times an hour.
        largest_first: whether large parts are handed out first; else they come as they lie.
    """

    part_bytes: float
    total_bytes: float = TOTAL_BYTES
    cores: int = 1000
    skew: float = 0.0
    slow_share: float = 0.0
    slow_factor: float = 3.0
    losses: float = 0.0
    largest_first: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it.

    Attributes:
        parts: how many parts there were.
        hours: how long it took until the last part was done.
        core_hours: what is paid for: all cores for that time.
        lost_core_hours: time that went into parts whose core went away.
        idle_share: the share of the core-hours in which a core had nothing to do, since only long parts were left.
    """

    parts: int
    hours: float
    core_hours: float
    lost_core_hours: float
    idle_share: float


def part_sizes(scenario: Scenario, chance: random.Random) -> list[float]:
    """The sizes of the parts in bytes; together they are ``total_bytes``.

    >>> part_sizes(Scenario(part_bytes=10, total_bytes=30), random.Random(1))
    [10.0, 10.0, 10.0]
    """
    count = max(1, round(scenario.total_bytes / scenario.part_bytes))
    weights = [chance.lognormvariate(0, scenario.skew) if scenario.skew else 1.0 for _ in range(count)]
    scale = scenario.total_bytes / math.fsum(weights)
    sizes = [weight * scale for weight in weights]
    return sorted(sizes, reverse=True) if scenario.largest_first else sizes


def simulate(scenario: Scenario, seed: int = 1) -> Outcome:
    """Run a scenario; the same seed gives the same outcome.

    >>> simulate(Scenario(part_bytes=BYTES_A_SECOND * 3598, total_bytes=BYTES_A_SECOND * 3598 * 4, cores=2)).hours
    2.0
    """
    chance = random.Random(seed)
    waiting = deque(part_sizes(scenario, chance))
    parts, busy, lost, end = len(waiting), 0.0, 0.0, 0.0
    slow = round(scenario.cores * scenario.slow_share)
    free = [(0.0, core) for core in range(scenario.cores)]
    factors = [scenario.slow_factor if core < slow else 1.0 for core in range(scenario.cores)]
    chance.shuffle(factors)
    while waiting:
        now, core = heapq.heappop(free)
        size = waiting.popleft()
        seconds = START_SECONDS + size / BYTES_A_SECOND * factors[core]
        leaves = chance.expovariate(scenario.losses / 3600) if scenario.losses else math.inf
        if leaves < seconds:
            waiting.appendleft(size)
            lost += leaves
            seconds = leaves
        busy += seconds
        end = max(end, now + seconds)
        heapq.heappush(free, (now + seconds, core))
    paid = end * scenario.cores
    return Outcome(parts, end / 3600, paid / 3600, lost / 3600, 1 - busy / paid)


def columns(base: Scenario) -> list[tuple[str, Scenario]]:
    """The scenarios that are compared for one size of parts, each harder than the last; the end adds an order."""
    uneven = replace(base, skew=1.0)
    slow = replace(uneven, slow_share=0.05)
    lost = replace(slow, losses=0.05)
    return [
        ("even files", base),
        ("uneven files", uneven),
        ("and slow cores", slow),
        ("and lost cores", lost),
        ("largest first", replace(lost, largest_first=True)),
    ]


def table(cores: int = 1000, seed: int = 1, sizes: Sequence[float] = PART_BYTES, total: float = TOTAL_BYTES) -> str:
    """The table of docs/scale.md: the hours until the end, and what the last scenario costs."""
    rows: list[str] = []
    for size in sizes:
        named = columns(Scenario(part_bytes=size, cores=cores, total_bytes=total))
        outcomes = [simulate(scenario, seed) for _, scenario in named]
        if not rows:
            names = ["part", "parts", *(name for name, _ in named), "core-hours", "idle", "done twice"]
            rows += [f"| {' | '.join(names)} |", f"|{' --- |' * len(names)}"]
        last = outcomes[-1]
        cells = [_bytes(size), f"{last.parts:,}", *(f"{outcome.hours:.2f} h" for outcome in outcomes)]
        cells += [f"{last.core_hours:,.0f}", f"{last.idle_share:.0%}", f"{last.lost_core_hours:,.0f}"]
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows) + "\n"


def _bytes(size: float) -> str:
    return f"{size / 1e9:,.0f} GB" if size >= 1e9 else f"{size / 1e6:,.0f} MB"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cores", type=int, default=1000, help="How many cores clean.")
    parser.add_argument("--seed", type=int, default=1, help="Where chance begins.")
    arguments = parser.parse_args()
    if arguments.cores < 1:
        parser.error(f"--cores {arguments.cores}: at least one core must clean")
    print(table(arguments.cores, arguments.seed), end="")


if __name__ == "__main__":
    main()
