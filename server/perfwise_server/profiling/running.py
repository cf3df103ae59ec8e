"""One profile, from what is to be run to a report."""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from perfwise_server.checking.errors import reason
from perfwise_server.containment import Containment, containment
from perfwise_server.driving.import_roots import place_of
from perfwise_server.interpreter import launched
from perfwise_server.processes import ended
from perfwise_server.profiles.report import Report
from perfwise_server.profiling.availability import Availability, InterpreterError, availability
from perfwise_server.profiling.command import command, environment, readable, write_job
from perfwise_server.profiling.job import Job, ProfilingCancelled, ProfilingError, Progress
from perfwise_server.profiling.measured import Source, measured, with_memory
from perfwise_server.profiling.reasons import Tally, counted, why

__all__ = ["Job", "ProfilingCancelled", "ProfilingError", "Progress", "profile"]

_LOADING_SECONDS = 60.0
_ENDING_SECONDS = 5.0  # Beyond the time there is: the process sees itself to what does not end, if it can.
_WRITING_SECONDS = 20.0
_STOPPING_SECONDS = 5.0
_SCRATCH = ("/tmp",)  # Where Scalene's library puts files of its own when it measures memory.


async def profile(job: Job, progress: Callable[[Progress], None]) -> Report:
    """Raises ProfilingError, and ProfilingCancelled when it is cancelled, once nothing that it started is left.

    Before there is anything to be told, that is the bare CancelledError. ProfilingCancelled can be caught where
    `profile` is awaited itself: awaiting a task of its own may give the bare CancelledError. `progress` is told several
    times a second.
    """
    try:
        found = await availability(job.python)
    except InterpreterError as error:
        raise ProfilingError(str(error)) from None
    # Memory that is given back outside the scope is not seen to be: peaks would add up over the calls. And all takes
    # longer while memory is measured.
    by_itself = job.memory and bool(found.scalene) and not job.script
    with _folder() as place:
        run = _Run(job, found, place, progress, memory=job.memory and not by_itself)
        try:
            await run.carry_out()
        except asyncio.CancelledError:
            raise ProfilingCancelled(run.report(cancelled=True)) from None
        report = run.report()
    if not by_itself:
        return report
    with _folder() as place:
        once = _Run(job, found, place, progress, memory=True, once=True)
        try:
            await once.carry_out()
        except asyncio.CancelledError:
            raise ProfilingCancelled(report) from None
        return with_memory(report, once.report())


@contextmanager
def _folder() -> Iterator[Path]:
    with TemporaryDirectory(prefix="perfwise-", ignore_cleanup_errors=True) as place:
        yield Path(os.path.realpath(place))


class _Run:
    def __init__(
        self,
        job: Job,
        found: Availability,
        folder: Path,
        progress: Callable[[Progress], None],
        memory: bool,
        once: bool = False,
    ) -> None:
        self._job, self._found, self._folder, self._progress = job, found, folder, progress
        self._memory, self._once = memory, once
        self._begun = time.monotonic()
        self._told: dict[str, Any] = {}  # What the process said last; nothing is forgotten.
        self._status: int | None = None
        self._scope = ""

    async def carry_out(self) -> None:
        """Raises ProfilingError where nothing could be run."""
        job, found = self._job, self._found
        # A test and a script are the user's programs, and run as ever; a call needs nothing but the project.
        contained = not (job.test or job.script)
        place = place_of(Path(job.path))
        self._scope = write_job(
            self._folder,
            job.text,
            Path(job.path).name,
            path=job.path if Path(job.path).exists() else "",
            module=place.module,
            roots=place.roots,
            function=job.function or "",
            project=str(place.project),
            calls=job.calls,
            inputs=job.inputs,
            test=job.test,
            script=job.script,
            seconds=job.seconds,
            samples=job.samples,
            once=self._once,
            sampler="" if found.scalene or found.own else str(self._folder / "profile.json"),
        )
        readers = readable(found, (*place.roots, str(place.project), job.path, job.inputs))
        apart = await containment(found.python, self._folder, readers, _SCRATCH) if contained else Containment()
        variables = environment(found, self._folder, contained)
        lines = 0 if job.function else job.text.count("\n")
        words = command(found, self._folder, job.seconds, lines, self._memory and bool(found.scalene), job.gpu)
        with open(self._folder / "complaints", "wb") as complaints:
            try:
                async with launched(words, str(self._folder), apart, variables, complaints) as (process, _):
                    try:
                        await self._follow(process)
                    except asyncio.CancelledError:
                        await self._stop(process)
                        raise
            except OSError as error:
                raise ProfilingError(f"{found.python}: cannot be started: {reason(error)}") from None
        if self._told.get("kind") == "impossible":
            raise ProfilingError(f"{job.path}: {self._told['message']}")
        if "lines" not in self._told:
            raise ProfilingError(f"{found.profiler} does not run in {found.python}: {self._complaint()}")

    async def _follow(self, process: asyncio.subprocess.Process) -> None:
        """Until it ends, or has had its time."""
        assert process.stdout is not None
        end = time.monotonic() + _LOADING_SECONDS
        while True:
            try:
                line = await asyncio.wait_for(process.stdout.readline(), max(end - time.monotonic(), 0.0))
            except (asyncio.TimeoutError, TimeoutError):
                if "lines" not in self._told:
                    raise ProfilingError(f"{self._job.path}: it is not loaded within {_LOADING_SECONDS:g} s") from None
                self._told["kind"] = "cut"
                return
            if not line:
                break
            kind = self._hear(line)
            if kind == "loaded":
                end = time.monotonic() + self._job.seconds + _ENDING_SECONDS
            elif kind in ("end", "exit", "cut", "impossible"):
                break  # What it has started may keep the pipe open.
        with suppress(asyncio.TimeoutError, TimeoutError):
            self._status = await asyncio.wait_for(ended(process), _WRITING_SECONDS)

    def _hear(self, line: bytes) -> str:
        try:
            said = json.loads(line)
            kind = str(said["kind"])
        except (ValueError, KeyError, TypeError):
            return ""  # It is the profiler's.
        self._told.update(said)
        elapsed, samples = time.monotonic() - self._begun, int(self._told.get("samples", 0))
        message = "loaded" if kind == "loaded" else f"{counted(int(self._told.get('calls', 0)), 'call')} made"
        self._progress(Progress(elapsed, samples, message))
        return kind

    async def _stop(self, process: asyncio.subprocess.Process) -> None:
        """Effect: the process writes what it has, if it still can, and ends."""
        assert process.stdin is not None
        process.stdin.close()
        with suppress(asyncio.TimeoutError, TimeoutError, asyncio.CancelledError):
            await asyncio.wait_for(ended(process), _STOPPING_SECONDS)

    def report(self, cancelled: bool = False) -> Report:
        job, found, told = self._job, self._found, self._told
        texts = job.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        lines = {line for line in told.get("lines", ()) if _is_within(line, job.lines)}
        source = Source(self._scope, job.path, texts, int(told.get("before", 0)))
        seen = measured(self._folder / "profile.json", source, lines, self._memory, job.gpu)
        tally = Tally.of(told, job.seconds, seen.samples)
        a_call = tally.passed / tally.calls * 1000
        ended = {**told, "kind": "cancelled"} if cancelled else told
        reasons = why(job, ended, self._status, tally, seen.samples, found)
        return Report(
            job.function or "",
            job.path,
            job.what,
            job.driver or _driver(job),
            int(told.get("calls", 0)),
            tally.seconds,
            seen.samples,
            tuple(replace(line, milliseconds_per_call=line.share * a_call) for line in seen.lines),
            "; ".join(reasons),
            found.version,
            found.profiler,
            datetime.now().astimezone().isoformat(timespec="seconds"),
            job.text,
            seen.raw,
        )

    def _complaint(self) -> str:
        lines = (self._folder / "complaints").read_text("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else f"it ended with status {self._status}"


def _is_within(line: int, lines: tuple[int, int] | None) -> bool:
    return lines is None or lines[0] <= line <= lines[1]


def _driver(job: Job) -> str:
    if job.test:
        return f"test {job.test}"
    if job.script:
        return "the file as a script"
    if job.inputs:
        return f"inputs of {Path(job.inputs).name}"
    return f"call {job.calls[0]}" if len(job.calls) == 1 else f"{len(job.calls)} calls"
