"""The lines of a function timed one by one by line_profiler: a program that reads what to time from standard input.

Prints, for each line, how often it ran and its nanoseconds, and what the timing itself costs a line.
"""

from __future__ import annotations

import importlib
import inspect
import json
import sys
import time
from collections.abc import Callable
from typing import Any

from perfwise_worker.calls import builder
from perfwise_worker.clock import exhaust

_FLOOR_LOOPS = 200_000


def timed(module: str, function: str, calls: list[str], seconds: float) -> dict[str, Any]:
    space = vars(importlib.import_module(module))
    builds = [builder(call, space) for call in calls]
    profiler = _profiler(_function(space, function))
    end, count = time.perf_counter() + seconds, 0
    while time.perf_counter() < end:
        for build in builds:
            call = build()
            profiler.enable_by_count()
            exhaust(call())
            profiler.disable_by_count()
            count += 1
    return {"calls": count, "lines": _lines(profiler), "floor": _floor()}


def _profiler(function: Callable[..., Any]) -> Any:
    from line_profiler import LineProfiler

    profiler = LineProfiler()
    profiler.add_function(function)
    return profiler


def _lines(profiler: Any) -> dict[int, tuple[int, float]]:
    """Hits and nanoseconds by line."""
    found = profiler.get_stats()
    (rows,) = found.timings.values()
    return {line: (hits, total * found.unit * 1e9) for line, hits, total in rows}


def _function(space: dict[str, Any], name: str) -> Callable[..., Any]:
    first, *rest = name.split(".")
    found = space[first]
    for part in rest:
        found = inspect.getattr_static(found, part)
    function: Callable[..., Any] = inspect.unwrap(getattr(found, "__func__", found))
    return function


def _floor() -> float:
    """Nanoseconds that are charged to a line which does next to nothing."""

    def nothing(times: int) -> None:
        for _ in range(times):
            pass

    profiler = _profiler(nothing)
    profiler.enable_by_count()
    nothing(_FLOOR_LOOPS)
    profiler.disable_by_count()
    return min(total / hits for hits, total in _lines(profiler).values() if hits >= _FLOOR_LOOPS)


if __name__ == "__main__":
    print(json.dumps(timed(**json.load(sys.stdin))))
