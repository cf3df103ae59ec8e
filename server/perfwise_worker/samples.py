"""Samples of both versions' times, each call with an input that the version has not seen."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

from perfwise_worker.clock import SAMPLE_TICKS, exhaust, tick, times_given_up
from perfwise_worker.instances import Instance, import_seconds, instance
from perfwise_worker.lazy import is_lazy
from perfwise_worker.loading import Version

Versions = tuple[Version, Version]
Both = tuple[float, float]  # Of the old version and of the new one.
Pair = tuple[Both, ...]  # Seconds of each call.

CHILD_SECONDS = 0.1  # How long one process goes on, unless a single pair takes longer.
LONGEST_WARM_UP = 0.05
LONGEST_IMPORT = 0.05
SHORT = 0.0002  # What is shorter is read off the wall clock, which is read quicker; an interruption is rare in it.
GARBAGE = 10_000  # Objects that may pile up before the collector runs between two samples.


class Plan(NamedTuple):
    """How calls are to be timed, and what a first look at them gave."""

    first: Pair
    imports: Both
    waits: bool
    afresh: bool  # Whether the modules can be executed again, which is quicker than another process.
    lazy: tuple[bool, bool]
    tick: float

    @property
    def seconds(self) -> float:
        return sum(map(sum, self.first))

    def clock(self, call: int) -> Callable[[], float]:
        shortest = min(self.first[call])
        return time.perf_counter if self.waits or shortest < max(SHORT, SAMPLE_TICKS * self.tick) else time.process_time


def first_look(versions: Versions, sources: tuple[str, ...]) -> Plan:
    """Every call once, in a process that made none. Raises what a call raises."""
    gc.disable()
    seconds: list[list[float]] = []
    waits, lazy = False, [False, False]
    for which, version in enumerate(versions):
        seconds.append([])
        for source in sources:
            call = Instance(version, version.module).call(source)
            given_up, cpu, wall = times_given_up(), time.process_time(), time.perf_counter()
            result = call()
            lazy[which] |= is_lazy(result)
            exhaust(result)
            cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
            waits |= wall > 0.001 and cpu < wall / 5 and times_given_up() > given_up
            seconds[-1].append(max(wall, 1e-7))
    imports = None if waits else _imports(versions, sources)
    afresh = imports is not None and sum(imports) < LONGEST_IMPORT
    first = tuple(zip(*seconds))
    return Plan(first, imports or (0.0, 0.0), waits, afresh, (lazy[0], lazy[1]), tick(time.process_time))


def _imports(versions: Versions, sources: tuple[str, ...]) -> Both | None:
    """The seconds that it takes to execute the modules again; None where that cannot be done.

    It cannot where other modules hold on to the classes that the first execution made.
    """
    try:
        for version in versions:
            exhaust(instance(version).call(sources[0])())
        took = [(import_seconds(versions[0]), import_seconds(versions[1]))]
        while len(took) < 5 and sum(took[0]) < LONGEST_IMPORT:
            took.append((import_seconds(versions[0]), import_seconds(versions[1])))
    except Exception:
        return None
    return statistics.median(each[0] for each in took), statistics.median(each[1] for each in took)


def pairs(versions: Versions, sources: tuple[str, ...], plan: Plan, turn: int) -> Iterator[Pair]:
    """Pairs for as long as one process is to go on; the versions take turns from `turn` on.

    Modules are executed anew for every pair, where that is possible. Before the first, other copies of them make the
    calls, so that neither version pays for what a process does at its start.
    """
    gc.disable()
    end = time.perf_counter() + CHILD_SECONDS
    if plan.afresh and plan.seconds < LONGEST_WARM_UP:
        for version in versions:
            other = instance(version)
            for source in sources:
                exhaust(other.call(source)())
    while True:
        both = [instance(version) if plan.afresh else Instance(version, version.module) for version in versions]
        yield tuple([_timed(both, source, plan, number, turn) for number, source in enumerate(sources)])
        turn += 1
        if not plan.afresh or time.perf_counter() > end:
            return
        if gc.get_count()[0] > GARBAGE:
            gc.collect(1)


def _timed(both: list[Instance], source: str, plan: Plan, number: int, turn: int) -> Both:
    clock = plan.clock(number)
    prepared = [each.call(source) for each in both]
    seconds = [0.0, 0.0]
    for which in (0, 1) if (turn + number) % 2 else (1, 0):
        both[which].activate()
        function, _, arguments, keywords = prepared[which]
        if plan.lazy[which]:
            start = clock()
            exhaust(function(*arguments, **keywords))
        else:
            start = clock()
            function(*arguments, **keywords)
        seconds[which] = max(clock() - start, 1e-9)
    return seconds[0], seconds[1]
