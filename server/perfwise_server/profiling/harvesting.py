"""The calls of a function that a test makes: the test is run once under the recorder, in the user's Python."""

from __future__ import annotations

import asyncio
import os
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from uuid import uuid4

from perfwise_server.containment import MARK, end_marked
from perfwise_server.driving.import_roots import place_of
from perfwise_server.evidence.gathering import gathered
from perfwise_server.evidence.recording import recording_environment
from perfwise_server.processes import end_group, scrubbed
from perfwise_server.profiling.running import ProfilingError

# Nothing is to be left in the user's folders, and coverage would be measured where the recorder looks.
_PYTEST = """
import importlib.util, pytest, sys
without = ["--no-cov"] if importlib.util.find_spec("pytest_cov") else []
sys.exit(pytest.main([*sys.argv[1:], "-q", "-x", "-p", "no:cacheprovider", *without]))
"""
_NO_PYTEST = "No module named 'pytest'"
_LONGEST_SAYING = 200


class Harvest(NamedTuple):
    """`calls` can be made in the function's module. `times` is how often the test called the function."""

    calls: tuple[str, ...]
    times: int
    failed: str  # What pytest said, where the test did not pass.


async def harvested(
    path: Path, function: str, test: str, python: str, seconds: float, environment: Mapping[str, str] | None = None
) -> Harvest:
    """`test` is pytest's name of it, from the project's folder.

    Effect: runs the test, which is ended with all it started when the time is up or the caller is cancelled. Raises
    ProfilingError.
    """
    project = place_of(path).project
    mark = uuid4().hex
    with (
        TemporaryDirectory(prefix="perfwise-", ignore_cleanup_errors=True) as folder,
        open(os.path.join(folder, "printed"), "w+b") as printed,
    ):
        noted = os.path.join(folder, "noted")
        os.mkdir(noted)
        try:
            process = await asyncio.create_subprocess_exec(
                *(python, "-B", "-c", _PYTEST, test),
                stdin=subprocess.DEVNULL,
                # A pipe would be held open by whatever the test leaves running.
                stdout=printed,
                stderr=subprocess.STDOUT,
                cwd=project,
                env=recording_environment(scrubbed(environment or os.environ), project, noted) | {MARK: mark},
                start_new_session=True,
            )
        except OSError as error:
            raise ProfilingError(f"{python}: cannot be started: {(error.strerror or str(error)).lower()}") from None
        status: int | None = None
        try:
            with suppress(asyncio.TimeoutError, TimeoutError):
                status = await asyncio.wait_for(process.wait(), seconds)
        finally:
            await end_group(process)
            end_marked(mark)
        printed.seek(0)
        said = printed.read().decode("utf-8", "replace")
        if _NO_PYTEST in said:
            raise ProfilingError(f"pytest is not installed in {python}: {python} -m pip install pytest")
        seen = [each for each in gathered(Path(noted)) if _is_of(each.path, path) and each.name == function]
    failed = "" if status == 0 else _why(said) if status is not None else f"it did not end within {seconds:g} s"
    calls = dict.fromkeys(call for each in seen for call in each.samples)
    return Harvest(tuple(calls), sum(each.calls for each in seen), failed)


def _is_of(seen: str, path: Path) -> bool:
    return seen == os.path.realpath(path)


def _why(said: str) -> str:
    """The line that pytest marks as the error, or the last one."""
    lines = [line.strip() for line in said.splitlines() if line.strip()] or ["pytest said nothing"]
    marked = [line[2:].strip() for line in lines if line.startswith("E ")]
    marked += [line for line in lines if line.startswith("ERROR")]
    return (marked or lines[-1:])[0][:_LONGEST_SAYING]
