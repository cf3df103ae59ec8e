"""`perfwise profile`."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from perfwise_server.checking.errors import reason
from perfwise_server.cli.errors import CommandError
from perfwise_server.cli.exit_codes import FOUND, NOTHING_FOUND
from perfwise_server.cli.output import counted, print_json
from perfwise_server.cli.profile_table import print_report
from perfwise_server.cli.progress import shown_progress
from perfwise_server.cli.verify import interpreter_of, text_of
from perfwise_server.configuration import ConfigurationError, project_settings
from perfwise_server.driving.callables import find, parse
from perfwise_server.driving.import_roots import place_of
from perfwise_server.driving.places import at
from perfwise_server.evidence.profiles import Profiles
from perfwise_server.evidence.store import Store
from perfwise_server.profiles.exporting import ExportError, Format, exported
from perfwise_server.profiles.report import Report
from perfwise_server.profiling.drivers import Driver, from_file, prepared, through, typed
from perfwise_server.profiling.drivers import script as as_script
from perfwise_server.profiling.running import Job, ProfilingCancelled, ProfilingError, Progress
from perfwise_server.profiling.running import profile as run

_WAY_OUT = "give a call with --call, a test with --test, arguments with --inputs, or run the file with --script"
_NOT_SHOWN = ("source", "raw")  # In a terminal's JSON; a file that is written has them.


def profile(
    *,
    target: str,
    calls: tuple[str, ...],
    test: str,
    inputs: str,
    script: bool,
    lines: tuple[int, int] | None,
    memory: bool,
    gpu: bool,
    seconds: float | None,
    python: str,
    written: str,
    export: Format | None,
    output: str,
) -> int:
    """Effect: keeps the report with the evidence. What was gathered until Ctrl+C is shown and kept as well."""
    if sum(map(bool, (calls, test, inputs, script))) > 1:
        raise CommandError("--call, --test, --inputs and --script exclude each other")
    if export and not written:
        raise CommandError("--export needs a file: name it with -o")
    path, separator, function = target.partition("::")
    if separator and not function:
        raise CommandError(f"{target}: name the function as FILE::FUNC, or the file alone")
    job = _job(path, function, lines, python, seconds)
    job = replace(job, memory=memory or job.memory, gpu=gpu or job.gpu)
    chosen = _chosen(job, calls, test, inputs, script or not (job.function or calls or test or inputs))
    with shown_progress() as show:
        report, status = asyncio.run(_profiled(job, chosen, show))
    if report is None:
        return status
    if len(chosen) == 1:
        driver = {"kind": chosen[0].kind, "value": chosen[0].value}
        Profiles(Store()).choose(Path(path), job.function or "", job.what, driver)
    Profiles(Store()).keep(report.record())
    if written:
        _write(written, _content(report, export))
    if output == "json":
        record = {**report.record(), "path": Path(path).as_posix()}
        print_json({name: value for name, value in record.items() if name not in _NOT_SHOWN})
    else:
        print_report(report)
    sys.stdout.flush()  # Nothing else is, after an interrupt.
    return status or (NOTHING_FOUND if report.samples else FOUND)


def _job(path: str, function: str, lines: tuple[int, int] | None, python: str, seconds: float | None) -> Job:
    text = text_of(path)
    try:
        settings = project_settings(Path(path))
    except ConfigurationError as error:
        raise CommandError(str(error)) from None
    try:
        module = parse(text)
    except SyntaxError as error:
        raise CommandError(f"{path}: {error.msg} (line {error.lineno})") from None
    if function and find(module, function) is None:
        raise CommandError(f"{path} has no function {function}")
    if lines and not function:
        around = at(module, lines[0] - 1)
        function = around.name if around else ""
    return Job(
        str(Path(path).absolute()),
        text,
        function or None,
        "selection" if lines else "function" if function else "file",
        lines=lines,
        seconds=seconds or settings.profiling_seconds,
        python=python or interpreter_of(Path(path)),
        memory=settings.profiling_memory,
        gpu=settings.profiling_gpu,
    )


def _chosen(job: Job, calls: Sequence[str], test: str, inputs: str, script: bool) -> list[Driver]:
    """What the user named; nothing where it is to be found."""
    if test:
        file, separator, name = test.partition("::")
        if Path(file).is_file():
            # Pytest is started in the project's folder.
            file = os.path.relpath(Path(file).absolute(), place_of(Path(job.path)).project).replace(os.sep, "/")
        return [through(f"{file}{separator}{name}")]
    if inputs:
        if not Path(inputs).is_file():
            raise CommandError(f"{inputs}: is not a file")
        return [replace(from_file(inputs), value=str(Path(inputs).absolute()))]
    return [as_script(job.path)] if script else [typed(call) for call in calls]


async def _profiled(job: Job, chosen: Sequence[Driver], show: Callable[[str], None]) -> tuple[Report | None, int]:
    """The report, and the status of whoever was interrupted. Effect: the first signal ends the work in order."""
    received: list[int] = []

    def interrupt(number: int, task: asyncio.Task[Any]) -> None:
        if not received:
            received.append(number)
            task.cancel()

    task = asyncio.current_task()
    assert task is not None
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # On Windows, where the loop cancels the task by itself.
            loop.add_signal_handler(number, interrupt, number, task)
    try:
        return await run(await _driven(job, chosen, show), lambda progress: show(_told(progress))), 0
    except ProfilingCancelled as cancelled:
        return cancelled.report, 128 + (received or [signal.SIGINT])[0]
    except asyncio.CancelledError:
        return None, 128 + (received or [signal.SIGINT])[0]


async def _driven(job: Job, chosen: Sequence[Driver], show: Callable[[str], None]) -> Job:
    if not chosen:
        last = Profiles(Store()).chosen(Path(job.path), job.function or "", job.what)
        try:
            return await prepared(job, None, show, last)
        except ProfilingError as error:
            raise CommandError(f"{error}: {_WAY_OUT}") from None
    prepared_jobs = [await prepared(job, driver, show) for driver in chosen]
    if len(prepared_jobs) == 1:
        return prepared_jobs[0]
    return replace(
        job, calls=tuple(call for each in prepared_jobs for call in each.calls), driver=f"{len(chosen)} calls"
    )


def _told(progress: Progress) -> str:
    return f"{progress.message}, {progress.elapsed:.0f} s, {counted(progress.samples, 'sample')}"


def _content(report: Report, export: Format | None) -> str:
    try:
        return exported(report, export) if export else json.dumps(report.record(), indent=2) + "\n"
    except ExportError as error:
        raise CommandError(str(error)) from None


def _write(path: str, text: str) -> None:
    try:
        Path(path).write_text(text, "utf-8")
    except OSError as error:
        raise CommandError(f"{path}: cannot be written: {reason(error)}") from None
