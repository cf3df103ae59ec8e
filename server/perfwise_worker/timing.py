"""The requests to time calls, carried out in a copy of this process."""

from __future__ import annotations

import time

from perfwise_worker import calls
from perfwise_worker.clock import Build, compare_times, exhaust
from perfwise_worker.loading import Version
from perfwise_worker.processes import apart
from perfwise_worker.protocol import Grow, Grown, Time, Timed


def timed(old: Version, new: Version, request: Time) -> Timed:
    def measure() -> Timed:
        builds = [_building(version, request.calls[0]) for version in (old, new)]
        return compare_times(builds[0], builds[1], request.budget)

    return apart(measure, request.seconds, measured=True)


def grown(old: Version, new: Version, request: Grow) -> Grown:
    return Grown(_points(old, request), _points(new, request))


def _points(version: Version, request: Grow) -> tuple[tuple[int, float], ...]:
    points = []
    end = time.monotonic() + request.budget / 2
    for n in request.sizes:
        if time.monotonic() > end:
            break

        def once(n: int = n) -> float:
            vars(version.module)["n"] = n
            call = _building(version, request.call)()
            start = time.process_time()
            exhaust(call())
            return time.process_time() - start

        points.append((n, apart(once, request.seconds, measured=True)))
    return tuple(points)


def _building(version: Version, source: str) -> Build:
    build = calls.builder(source, vars(version.module))

    def active() -> calls.Call:
        version.activate()
        return build()

    return active
