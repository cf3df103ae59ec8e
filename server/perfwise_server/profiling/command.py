"""The command line and the environment of a process that is profiled, and what it is told to do."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from perfwise_server.interpreter import WORKER, home_in
from perfwise_server.profiling.availability import Availability, without_settings

_LONGEST_INTERVAL, _SHORTEST_INTERVAL = 0.004, 0.001  # Seconds; taking a sample takes about half a millisecond.
_INTERVALS = 2_500  # In the time there is: a busy machine gives the process a part of it only.
# What Scalene has so far is written so often, in case that it is ended by force; it takes a while for many lines.
_SNAPSHOT_SECONDS, _SNAPSHOT_LINES = 3, 300  # And a second more for so many lines.
_ALLOCATION_WINDOW = 1_048_576  # Scalene's own default. With it in the environment, it does not start itself again.

# Where the copy is ours, it comes last, so that what the user has installed goes before what came with it.
_OWN_COPY = """
import runpy, sys
sys.path.append({folder!r})
runpy.run_module("scalene", run_name="__main__", alter_sys=True)
"""


def interval(seconds: float) -> float:
    """Between two samples, on average."""
    return min(max(seconds / _INTERVALS, _SHORTEST_INTERVAL), _LONGEST_INTERVAL)


def command(found: Availability, folder: Path, seconds: float, lines: int, memory: bool, gpu: bool) -> list[str]:
    """Scalene's, or that of our own sampler where there is no Scalene. `lines` is how many the scope may have."""
    harness = [str(WORKER)]
    job = ["profile", str(folder / "job.json")]
    if not found.scalene and not found.own:
        return [found.python, "-B", *harness, *job]
    start = ["-m", "scalene"] if found.scalene else ["-c", _OWN_COPY.format(folder=found.own)]
    wanted = [option for option, is_wanted in (("--memory", memory), ("--gpu", gpu)) if is_wanted] or ["--cpu-only"]
    return [
        *(found.python, "-B", *start, "run", "--off", *wanted, "--no-async", "--no-stacks"),
        f"--cpu-sampling-rate={interval(seconds):g}",
        f"--allocation-sampling-window={_ALLOCATION_WINDOW}",
        f"--profile-interval={_SNAPSHOT_SECONDS + lines // _SNAPSHOT_LINES}",
        f"--program-path={folder / 'scope'}",
        *("-o", str(folder / "profile.json"), *harness, "---", *job),
    ]


def environment(found: Availability, folder: Path, contained: bool) -> dict[str, str]:
    places = home_in(str(folder))
    if not contained:  # It is a program of the user's that runs as ever, but for what the profiler writes.
        places = {name: place for name, place in places.items() if "HOME" not in name and name != "USERPROFILE"}
    return {
        **without_settings(),
        **places,
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUSERBASE": found.user_base,
        "SCALENE_ALLOCATION_SAMPLING_WINDOW": str(_ALLOCATION_WINDOW),
    }


def write_job(folder: Path, text: str, file_name: str, **job: Any) -> str:
    """The file name by which the profiler knows the code. Effect: writes what the process reads first."""
    scope = folder / "scope" / file_name
    scope.parent.mkdir()
    scope.write_bytes(text.encode("utf-8", "surrogatepass"))
    (folder / "job.json").write_text(json.dumps({"scope": str(scope), **job}), "utf-8")
    return str(scope)


def readable(found: Availability, paths: Sequence[str]) -> list[str]:
    return [path for path in (*paths, found.own, found.user_base, *found.path) if path and os.path.exists(path)]
