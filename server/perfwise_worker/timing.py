"""Which version is faster on inputs that neither has seen, and how both grow."""

from __future__ import annotations

import gc
import math
import statistics
import time
import tracemalloc
from contextlib import suppress
from dataclasses import replace
from functools import partial

from perfwise_worker.calls import compile_all
from perfwise_worker.clock import Ratios, exhaust, repeated, tick
from perfwise_worker.instances import Instance, instance
from perfwise_worker.loading import Version
from perfwise_worker.processes import UnansweredError, apart, each_apart
from perfwise_worker.protocol import CallTime, Grow, Grown, Time, Timed
from perfwise_worker.samples import CHILD_SECONDS, SHORT, Both, Pair, Plan, Versions, first_look, pairs

FASTER = 1.05  # What passes for a gain.
DEAREST_IMPORT = 2.0  # Times what an average call gains at first sight, that the import may take longer.
UNNOTICED_IMPORT = 0.0002
REPEATED_SHARE = 0.3  # Of the budget, to look for a gain on repeated inputs where there is none at first sight.
FIRST_SIGHTS = 9
READINGS = 20  # Of which the first take longer.
UNRESOLVED = 0.25  # Of the time that a reading of the clock takes: what it may be wrong by, the same way each time.
SHORT_READINGS = 5  # Times that, for which the calls of a batch differ by more than they take.
SEEN_AT_FIRST_SIGHT = 0.0003  # Seconds of a call whose time can be told in a process that has only begun.
LONGEST_TRACED, TRACING_SECONDS = 0.3, 1.0
GROWING_SECONDS, MOST_GROWING = 0.02, 7
WARMING_SIZE = 8
GROWING_ITEMS = 10_000_000  # What an iterator gives must not look level because no more of it is taken.


def timed(versions: Versions, request: Time) -> Timed:
    """Raises UnansweredError when a call raises or takes too long."""
    end = time.monotonic() + request.seconds
    compile_all(request.calls)
    plan: Plan = apart(partial(first_look, versions, request.calls), request.seconds, measured=True)
    if plan.waits:  # Twice in a row, or it was chance.
        plan = plan._replace(waits=apart(partial(first_look, versions, request.calls), left(end), measured=True).waits)
    if request.repeat and not plan.waits:
        return _repeating(versions, request, plan, request.budget, end)
    reading = len(request.calls) * min(tick(time.perf_counter) for _ in range(READINGS))
    result = _with_clock(_at_first_sight(versions, request, plan, end), reading)
    if result.low > FASTER and plan.afresh and SEEN_AT_FIRST_SIGHT < plan.seconds < CHILD_SECONDS:
        result = _without_a_past(versions, request, plan, result, end)
    if result.low <= FASTER and not (plan.waits or result.repeated_only or result.noisy):
        result = _with_repeating(versions, request, plan, result, end, reading)
    extra, gain = plan.imports[1] - plan.imports[0], sum(old - new for old, new in plan.first) / len(plan.first)
    at_import = extra > UNNOTICED_IMPORT + DEAREST_IMPORT * max(gain, 0)
    peaks = _peaks(versions, request, plan, end) if request.confirm else (0, 0)
    return replace(result, at_import=at_import, old_peak=peaks[0], new_peak=peaks[1])


def left(end: float) -> float:
    return max(end - time.monotonic(), 0.0)


def _at_first_sight(versions: Versions, request: Time, plan: Plan, end: float) -> Timed:
    ratios, seen = Ratios(), list[Pair]()
    late = time.monotonic() + request.budget
    clear = False
    while not clear:
        produce = partial(pairs, versions, request.calls, plan, len(seen))
        for pair in each_apart(produce, left(end), lambda: left(end), measured=True):
            seen.append(pair)
            ratios.add(*_sum(pair))
            clear = ratios.clear(late=time.monotonic() > late)
            if clear:
                break
    olds, news = zip(*map(_sum, seen))
    result = ratios.timed(statistics.median(olds), statistics.median(news), "wall" if plan.waits else "cpu")
    calls = [_of_call(source, [pair[number] for pair in seen]) for number, source in enumerate(request.calls)]
    return replace(result, calls=tuple(calls))


def _sum(pair: Pair) -> Both:
    return sum(old for old, _ in pair), sum(new for _, new in pair)


def _of_call(source: str, seen: list[Both]) -> CallTime:
    olds, news = zip(*seen)
    ratio = math.exp(statistics.median(math.log(old / new) for old, new in seen))
    return CallTime(source, ratio, statistics.median(olds), statistics.median(news))


def _without_a_past(versions: Versions, request: Time, plan: Plan, result: Timed, end: float) -> Timed:
    """The result, or that of processes which have made no call, if these deny the gain.

    Longer calls have been made in such processes anyway, and those of shorter ones cannot be told apart there. What a
    version remembers outside its module lasts when the module is executed anew.
    """
    ratios = Ratios()
    for turn in range(FIRST_SIGHTS):
        produce = partial(pairs, versions, request.calls, plan._replace(afresh=False), turn)
        ratios.add(*_sum(next(each_apart(produce, left(end), lambda: left(end), measured=True))))
    ratios.clear(late=True)
    if ratios.high >= math.log(result.ratio) / 2:
        return result
    denied = ratios.timed(result.old_seconds, result.new_seconds, result.clock)
    return replace(denied, calls=result.calls, repeated_only=True)


def _with_clock(result: Timed, reading: float) -> Timed:
    """With an interval that also holds what the clock gets wrong, which shows in calls as short as a reading of it."""
    error = UNRESOLVED * reading / result.new_seconds
    low, high = max(result.low - error, 0.0), result.high + error
    return replace(result, low=low, high=high, noisy=result.low > FASTER >= low)


def _with_repeating(versions: Versions, request: Time, plan: Plan, result: Timed, end: float, reading: float) -> Timed:
    """Whether there is a gain on repeated inputs, which first sight would have shown if it were one there."""
    try:
        again = _repeating(versions, request, plan, request.budget * REPEATED_SHARE, end)
    except UnansweredError:
        return result
    if again.low <= max(FASTER, result.high):
        return result
    is_short = result.old_seconds <= SHORT_READINGS * reading
    return replace(result, repeated_only=not is_short, noisy=is_short)


def _repeating(versions: Versions, request: Time, plan: Plan, budget: float, end: float) -> Timed:
    longest = max(range(len(request.calls)), key=lambda number: plan.first[number][0])

    def measure() -> Timed:
        old, new = (partial(Instance(each, each.module).call, request.calls[longest]) for each in versions)
        return repeated(old, new, budget)

    return apart(measure, left(end), measured=True)


def _peaks(versions: Versions, request: Time, plan: Plan, end: float) -> tuple[int, int]:
    """The bytes that the calls of each version hold at once, at most; nothing where that takes too long to find."""
    if plan.seconds > LONGEST_TRACED:
        return 0, 0

    def peak(version: Version) -> int:
        highest = 0
        for source in request.calls:
            call = Instance(version, version.module).call(source)
            tracemalloc.start()
            exhaust(call())
            highest = max(highest, tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
        return highest

    try:
        old, new = (apart(partial(peak, version), min(left(end), TRACING_SECONDS)) for version in versions)
    except UnansweredError:
        return 0, 0
    return old, new


def grown(versions: Versions, request: Grow) -> Grown:
    """Sizes are taken in their order, as long as there is budget. Raises UnansweredError when the first fails."""
    end, late = time.monotonic() + request.seconds, time.monotonic() + request.budget
    points: list[list[tuple[int, float]]] = [[], []]
    for n in request.sizes:
        if time.monotonic() > late:
            break
        try:
            took = [apart(partial(_seconds_at, each, request.call, n), left(end), measured=True) for each in versions]
        except UnansweredError:
            if points[0]:
                break
            raise
        for found, seconds in zip(points, took):
            found.append((n, seconds))
    return Grown(tuple(points[0]), tuple(points[1]))


def _seconds_at(version: Version, source: str, n: int) -> float:
    """Of one call, which is made several times on modules executed anew if it is short.

    Building a large input drives all else that a call needs out of the caches. A small call right before, of another
    copy of the module, brings it back, so that what is seen to grow is the call.
    """
    gc.disable()
    seconds: list[float] = []
    end = time.perf_counter() + GROWING_SECONDS
    made, other = Instance(version, version.module), _other(version)
    while True:
        call = made.call(source, "n", given=(n,))
        if other:
            _warm(other, source)
            made.activate()
        cpu, wall = time.process_time(), time.perf_counter()
        exhaust(call(), GROWING_ITEMS)
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        seconds.append(wall if wall < SHORT or cpu < wall / 5 else cpu)
        if other is None or time.perf_counter() > end or len(seconds) == MOST_GROWING:
            return statistics.median(seconds)
        made = instance(version)


def _other(version: Version) -> Instance | None:
    try:
        return instance(version)
    except Exception:
        return None  # Other modules hold on to the classes that the first execution made.


def _warm(made: Instance, source: str) -> None:
    with suppress(Exception):  # What a small input raises is no matter.
        exhaust(made.call(source, "n", given=(WARMING_SIZE,))())
