"""What profiling a function costs beside plain Scalene on a script that does the same: starting, ending, and each call.

Both are run in turn, so that a busy machine is so for both.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

from perfwise_server.profiling.availability import availability
from perfwise_server.profiling.running import Job, Progress, profile

RESULTS = Path(__file__).parent / "results" / f"{datetime.date.today()}-profiling.json"
MOST_MORE = 0.5  # Seconds that starting may take beyond Scalene's own.
FUNCTION = "def f(n):\n    a = sum(range(3 * n))\n    b = sum(range(n))\n    return a + b\n"
CALL = "f(20_000)"
SCRIPT = """
import json, sys, time
begun, calls, cpu = time.time(), 0, time.process_time()
while time.time() < begun + {seconds}:
    {call}
    calls += 1
spent = time.process_time() - cpu
with open({told!r}, "w") as told:
    json.dump([begun, time.time(), spent / calls], told)
"""


class Run(NamedTuple):
    """Seconds until the function is called, from its last call to the end, and of CPU time in a call."""

    start: float
    end: float
    call: float


def script(folder: Path, seconds: float, *profiler: str) -> Run:
    told = folder / "told.json"
    file = folder / "script.py"
    file.write_text(FUNCTION + SCRIPT.format(seconds=seconds, call=CALL, told=str(told)))
    begun = time.time()
    command = [sys.executable, *profiler, str(file)]
    environment = {**os.environ, "TMPDIR": str(folder)}
    subprocess.run(command, check=True, capture_output=True, timeout=120, cwd=folder, env=environment)
    ended = time.time()
    first, last, call = json.loads(told.read_text())
    return Run(first - begun, ended - last, call)


def ours(folder: Path, seconds: float) -> Run:
    path = folder / "module.py"
    path.write_text(FUNCTION)
    told: list[Progress] = []
    # It is not to end early.
    job = Job(str(path), FUNCTION, "f", calls=(CALL,), python=sys.executable, seconds=seconds, samples=1_000_000)
    begun = time.monotonic()
    report = asyncio.run(profile(job, told.append))
    ended = time.monotonic()
    start = next(each.elapsed for each in told if each.message == "loaded")
    return Run(start, ended - begun - start - seconds, report.seconds / report.calls)


def measured(rounds: int, seconds: float) -> dict[str, list[Run]]:
    plain = ("-m", "scalene", "run", "--cpu-only", "-o", "profile.json")
    found: dict[str, list[Run]] = {"python": [], "scalene": [], "perfwise": []}
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            found["python"].append(script(Path(folder), seconds))
            found["scalene"].append(script(Path(folder), seconds, *plain))
            found["perfwise"].append(ours(Path(folder), seconds))
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--seconds", type=float, default=3.0, help="how long the function is called each time")
    parser.add_argument("--save", action="store_true", help=f"write {RESULTS.name}")
    given = parser.parse_args()
    asyncio.run(profile_once())
    found = measured(given.rounds, given.seconds)
    medians = {
        name: {part: round(statistics.median(getattr(run, part) for run in runs), 6) for part in Run._fields}
        for name, runs in found.items()
    }
    pairs = zip(found["perfwise"], found["scalene"], strict=True)
    more = round(statistics.median(ours.start - plain.start for ours, plain in pairs), 3)
    for name, figures in medians.items():
        print(
            f"{name:<9} starts in {figures['start']:.2f} s, ends in {figures['end']:.2f} s, "
            f"{figures['call'] * 1000:.3f} ms of CPU time a call"
        )
    print(f"perfwise starts {more:+.2f} s after plain Scalene (at most {MOST_MORE:+.2f} s is allowed)")
    if given.save:
        RESULTS.write_text(json.dumps(_record(given, medians, more), indent=1) + "\n", "utf-8")
    return 0 if more <= MOST_MORE else 1


async def profile_once() -> None:
    """Effect: what is found out once a machine is."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "module.py")
        path.write_text(FUNCTION)
        await profile(Job(str(path), FUNCTION, "f", calls=(CALL,), python=sys.executable, seconds=0.5), lambda _: None)


def _record(given: argparse.Namespace, medians: dict[str, Any], more: float) -> dict[str, Any]:
    return {
        "date": str(datetime.date.today()),
        "python": platform.python_version(),
        "platform": platform.platform(),
        "scalene": asyncio.run(availability(sys.executable)).scalene,
        "rounds": given.rounds,
        "seconds": given.seconds,
        "medians": medians,
        "later_than_scalene": more,
    }


if __name__ == "__main__":
    sys.exit(main())
