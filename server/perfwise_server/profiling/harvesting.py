"""The calls of a function that a test makes: the test is run once, in the user's Python, and they are written down."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple
from uuid import uuid4

from perfwise_server.checking.errors import reason
from perfwise_server.containment import MARK, end_marked
from perfwise_server.driving.callables import Function, accessor, find, parse
from perfwise_server.driving.import_roots import place_of
from perfwise_server.interpreter import WORKER
from perfwise_server.processes import end_group, ended, start
from perfwise_server.profiling.availability import without_settings
from perfwise_server.profiling.running import ProfilingError

_NO_PYTEST = "No module named 'pytest'"
_LONGEST_SAYING = 200


class Harvest(NamedTuple):
    """`calls` can be made in the function's module. `times` is how often the test called the function."""

    calls: tuple[str, ...]
    times: int
    failed: str  # What pytest said, where the test did not pass.


async def harvested(path: Path, function: Function, test: str, python: str, seconds: float) -> Harvest:
    """`test` is pytest's name of it, from the project's folder.

    Effect: runs the test, which is ended with all it started when the time is up or the caller is cancelled. Raises
    ProfilingError.
    """
    mark = uuid4().hex
    with TemporaryDirectory(prefix="perfwise-", ignore_cleanup_errors=True) as folder:
        output, job = Path(folder, "calls.json"), Path(folder, "job.json")
        job.write_text(json.dumps({**_wanted(path, function), "test": test, "output": str(output)}), "utf-8")
        with open(os.path.join(folder, "printed"), "w+b") as printed:
            status: int | None = None
            try:
                process = await start(
                    *(python, "-B", str(WORKER), "harvest", str(job)),
                    stdin=subprocess.DEVNULL,
                    # A pipe would be held open by whatever the test leaves running.
                    stdout=printed,
                    stderr=subprocess.STDOUT,
                    cwd=place_of(path).project,
                    # Nothing is to be left in the user's folders.
                    env=without_settings() | {MARK: mark, "PYTHONDONTWRITEBYTECODE": "1"},
                    start_new_session=True,
                )
                try:
                    with suppress(asyncio.TimeoutError, TimeoutError):
                        status = await asyncio.wait_for(ended(process), seconds)
                finally:
                    await end_group(process)
            except OSError as error:
                raise ProfilingError(f"{python}: cannot be started: {reason(error)}") from None
            finally:
                end_marked(mark)
            printed.seek(0)
            said = printed.read().decode("utf-8", "replace")
        if _NO_PYTEST in said:
            raise ProfilingError(f"pytest is not installed in {python}: {python} -m pip install pytest")
        found = _read(output)
    failed = "" if status == 0 else _why(said) if status is not None else f"it did not end within {seconds:g} s"
    calls = dict.fromkeys(_call(function, *each) for each in found["calls"])
    return Harvest(tuple(calls), found["times"], failed)


def _wanted(path: Path, function: Function) -> dict[str, Any]:
    """What the function is known by in a running program: the test sees the file, not what the editor has."""
    try:
        on_disk = find(parse(path.read_text("utf-8")), function.name) or function
    except (OSError, ValueError, SyntaxError):
        on_disk = function
    node = on_disk.node
    return {
        "path": os.path.realpath(path),
        "lines": [node.lineno, *(each.lineno for each in node.decorator_list)],
        "name": node.name,
        "without_first": function.binding == "class",
    }


def _read(output: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(output.read_text("utf-8"))
    except (OSError, ValueError):  # It was never called, or the process was ended while it wrote.
        return {"calls": [], "times": 0}
    return found


def _call(function: Function, given: str, named: str) -> str:
    access = accessor(function)
    callee = f"{function.name}.{access}" if access else function.name
    words = [given[1:-1].rstrip(",") if given.startswith("(") else f"*{given}", f"**{named}" if named else ""]
    return f"{callee}({', '.join(filter(None, words))})"


def _why(said: str) -> str:
    """The line that pytest marks as the error, or the last one."""
    lines = [line.strip() for line in said.splitlines() if line.strip()] or ["pytest said nothing"]
    marked = [line[2:].strip() for line in lines if line.startswith("E ")]
    marked += [line for line in lines if line.startswith("ERROR")]
    return (marked or lines[-1:])[0][:_LONGEST_SAYING]
