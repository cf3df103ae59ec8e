"""Profiles, what can drive them, and reading large ones, in a process of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from perfwise_server import background
from perfwise_server.checking.errors import CheckError
from perfwise_server.profiles.opened import reports
from perfwise_server.profiles.profile import ProfileError
from perfwise_server.profiles.report import Report, What
from perfwise_server.profiling.drivers import Driver, drivers, prepared
from perfwise_server.profiling.running import Job, ProfilingCancelled, ProfilingError, Progress, profile

_ENDING_SECONDS = 10.0  # A profiler writes what it has before it ends.


class Outcome(NamedTuple):
    report: Report
    cancelled: bool


async def run(
    job: Job, driver: Driver | None, last: Mapping[str, str] | None, progress: Callable[[Progress | str], None]
) -> Outcome:
    """The profile of a job that `driver` drives, or else the best there is. Raises ProfilingError, and OSError where
    no process can start.

    When the caller is cancelled, what was gathered until then comes back all the same, if there is anything.
    """
    try:
        return await background.run_to_the_end(_run, job, driver, last, progress=progress, ending=_ENDING_SECONDS)
    except CheckError as error:
        raise ProfilingError(str(error)) from None


async def proposed(path: str, text: str, function: str, what: What, last: Mapping[str, str] | None) -> list[Driver]:
    """`drivers` of these arguments: it reads the project's tests. Raises ProfilingError."""
    try:
        return await background.run(_proposed, path, text, function, what, last, progress=lambda _: None)
    except CheckError as error:
        raise ProfilingError(str(error)) from None


async def opened(path: str) -> dict[str, Report]:
    """`reports` of a file, which may be large. Raises ProfilingError."""
    try:
        return await background.run(_opened, path, progress=lambda _: None)
    except CheckError as error:
        raise ProfilingError(str(error)) from None


async def _run(
    job: Job, driver: Driver | None, last: Mapping[str, str] | None, progress: Callable[[Progress | str], None]
) -> Outcome:
    ready = await prepared(job, driver, progress, last)
    try:
        return Outcome(await profile(ready, progress), cancelled=False)
    except ProfilingCancelled as error:
        return Outcome(error.report, cancelled=True)


async def _proposed(
    path: str,
    text: str,
    function: str,
    what: What,
    last: Mapping[str, str] | None,
    progress: Callable[[str], None],  # noqa: ARG001 - as all work has it.
) -> list[Driver]:
    return drivers(path, text, function, what, last)


async def _opened(path: str, progress: Callable[[str], None]) -> dict[str, Report]:  # noqa: ARG001 - as all work has it.
    try:
        return reports(Path(path))
    except ProfileError as error:
        raise ProfilingError(f"{path} {error}.") from None
