"""Which of two functions is faster, and by how much: paired, interleaved, on CPU time.

Separate processes or the best of several runs differ by 25 % for the same code; the median of paired ratios of CPU
time, the two versions taking turns, is steady to half a per cent on a busy machine.
"""

from __future__ import annotations

import gc
import math
import statistics
import time
from collections import deque
from collections.abc import Callable
from typing import Any, Literal

from perfwise_worker.calls import Call
from perfwise_worker.collector import collector_paused
from perfwise_worker.lazy import MOST_ITEMS, fill, finished, is_lazy
from perfwise_worker.limits import resource
from perfwise_worker.protocol import Timed

Build = Callable[[], Call]
Clock = Callable[[], float]

CONFIDENCE = 0.99  # High, since the interval is looked at again and again.
FEWEST_PAIRS = 7
FEWEST_PAIRS_LATE = 3  # When the budget is spent; what takes so long is measured well by a single call.
SAMPLE_SECONDS = 0.002
SAMPLE_TICKS = 20  # The CPU clock of Windows ticks every 15.6 ms, that of Linux every few where CPU time is limited.
LARGEST_BATCH = 10_000
ALIKE = 4  # Batches no farther apart are made equal: what calls leave in the caches makes a longer batch slower.
# An interval of the logarithm is worth no more time when it is as narrow as this, or as a tenth of the gain.
NARROW, WIDE = 0.02, 0.2
GARBAGE = 10_000  # Objects that may pile up before the collector runs between two samples.


def interval(logs: list[float], confidence: float = CONFIDENCE) -> tuple[float, float]:
    """The bootstrap interval of the median, which is known exactly, so that nothing is drawn by chance.

    The median of a resample of n values is at most the k-th smallest when half of n draws, each with the chance k/n,
    hit one of the k smallest.
    """
    values, n = sorted(logs), len(logs)
    half = (n + 1) // 2

    def at_most(k: int) -> float:
        hit, miss = math.log(k / n), math.log1p(-k / n) if k < n else -math.inf
        ways = [math.lgamma(n + 1) - math.lgamma(hits + 1) - math.lgamma(n - hits + 1) for hits in range(half, n)]
        return math.exp(n * hit) + sum(
            math.exp(way + hits * hit + (n - hits) * miss) for hits, way in enumerate(ways, half)
        )

    first, last = 1, n
    while first < last:
        k = (first + last) // 2
        if at_most(k) >= (1 - confidence) / 2:
            last = k
        else:
            first = k + 1
    return values[first - 1], values[n - first]


class Ratios:
    """Logarithms of ratios of times, old to new, as they come in."""

    def __init__(self) -> None:
        self.logs: list[float] = []
        self.low, self.high = -math.inf, math.inf
        self._check = FEWEST_PAIRS

    @property
    def median(self) -> float:
        return statistics.median(self.logs)

    def add(self, old: float, new: float) -> None:
        self.logs.append(math.log(old / new))

    def clear(self, late: bool) -> bool:
        """Whether nothing is to be gained by more of them; or, when it is late, whether there are enough."""
        if len(self.logs) >= self._check or (late and len(self.logs) >= FEWEST_PAIRS_LATE):
            self.low, self.high = interval(self.logs)
            self._check = len(self.logs) + max(2, len(self.logs) // 4)
            return late or self.high - self.low <= min(max(NARROW, self.median / 10), WIDE)
        return False

    def timed(self, old_seconds: float, new_seconds: float, clock: Literal["cpu", "wall"]) -> Timed:
        figures = [math.exp(each) for each in (self.median, self.low, self.high)]
        return Timed(figures[0], figures[1], figures[2], len(self.logs), old_seconds, new_seconds, clock)


def repeated(old: Build, new: Build, budget: float) -> Timed:
    """Times both on the same call again and again, for about `budget` seconds at most.

    Arguments are built afresh for every call, outside the clock. Raises what a call raises.
    """
    end = time.perf_counter() + budget
    clock = time.process_time
    gc.collect()
    with collector_paused():
        long_enough = max(SAMPLE_SECONDS, SAMPLE_TICKS * tick(clock))
        versions = [_Version(build, clock, long_enough, budget / 20) for build in (old, new)]
        batches = [version.batch for version in versions]
        if max(batches) < ALIKE * min(batches):
            for version in versions:
                version.batch = max(batches)
        ratios = Ratios()
        while not ratios.clear(late=time.perf_counter() > end):
            for version in versions if len(ratios.logs) % 2 else reversed(versions):
                version.sample()
            ratios.add(versions[0].seconds[-1], versions[1].seconds[-1])
    seconds = [statistics.median(version.seconds) for version in versions]
    return ratios.timed(seconds[0], seconds[1], "cpu")


class _Version:
    """One of the two, with the number of calls that makes a sample long enough for the clock."""

    def __init__(self, build: Build, clock: Clock, long_enough: float, most_building: float) -> None:
        self.build, self.clock = build, clock
        self.seconds: list[float] = []  # Of one call, by sample.
        self.lazy = is_lazy(build()())
        self.batch = 1
        while self.batch < LARGEST_BATCH:
            start = time.perf_counter()
            # The shorter of two, since one interruption must not pass for the length of the call.
            measured = min(self.sample(), self.sample()) * self.batch
            building = (time.perf_counter() - start) / 2 - measured
            grown = min(long_enough / measured, most_building / max(building, 1e-9)) * self.batch
            if grown < self.batch * 1.5:
                break
            self.batch = min(math.ceil(grown), self.batch * 30, LARGEST_BATCH)
        self.seconds.clear()

    def sample(self) -> float:
        if gc.get_count()[0] > GARBAGE:
            gc.collect(1)
        prepared = [self.build() for _ in range(self.batch)]
        clock = self.clock
        start = clock()
        if self.lazy:
            for call in prepared:
                exhaust(call())
        else:
            for function, _, arguments, keywords in prepared:
                function(*arguments, **keywords)
        self.seconds.append(max(clock() - start, 1e-9) / self.batch)
        return self.seconds[-1]


def times_given_up() -> float:
    """Giving up the processor is waiting; losing it to another process is not."""
    # Where nobody counts, every reading is another number.
    return resource.getrusage(resource.RUSAGE_SELF).ru_nvcsw if resource else time.perf_counter()


def tick(clock: Clock) -> float:
    """The step that the clock was seen to make, in seconds."""
    steps: list[float] = []
    before = clock()
    while len(steps) < 5:
        now = clock()
        if now > before:
            steps.append(now - before)
        before = now
    return statistics.median(steps)


def exhaust(result: Any, most: int = MOST_ITEMS) -> None:
    """Effect: does the work that a lazy result has put off, for `most` items at most."""
    result = finished(result)
    if is_lazy(result):
        fill(deque(maxlen=0), result, most)
