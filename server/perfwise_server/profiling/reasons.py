"""What a profile rests on, and why it shows less than was asked for, in sentences."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from perfwise_server.profiles.report import SHOWN
from perfwise_server.profiling.availability import Availability
from perfwise_server.profiling.command import interval
from perfwise_server.profiling.job import Job

_HANDLING = 1.25  # A sample comes as much later than asked for, at most, since taking one takes time.
_NOTICEABLE = 30  # Samples that would have been taken.
_MOST = 0.5  # Of the time.
_SHORT = 20e-6  # Seconds; a signal is heeded by some lines only, which then are told the time of their neighbours.


class Tally(NamedTuple):
    """Seconds of a call, and those of all calls: of CPU time in the scope, of the time that passed in it, elsewhere."""

    calls: int
    of_call: float
    seconds: float
    passed: float
    waited: float
    others: float  # In threads that the calls started.
    children: float

    @staticmethod
    def of(told: Mapping[str, Any], seconds: float, samples: int) -> Tally:
        """`seconds` is the time that there was, which tells how often a sample was taken of whatever ran."""
        process, thread, children = (float(told.get(name, 0.0)) for name in ("process", "thread", "children"))
        waited = float(told.get("waited", 0.0))
        seen_waiting = waited if told.get("waits_in_lines") else 0.0
        within = thread + seen_waiting
        part = min(1.0, samples * interval(seconds) * _HANDLING / within) if within else 0.0
        calls = max(int(told.get("calls", 0)), 1)
        return Tally(
            calls, process / calls, process * part, (process + seen_waiting) * part, waited, process - thread, children
        )


def why(
    job: Job, told: Mapping[str, Any], status: int | None, tally: Tally, samples: int, found: Availability
) -> list[str]:
    """The most telling first; none where there is nothing to be said."""
    return [*_fate(job, told, status, samples), *_elsewhere(job, told, tally, samples), *_besides(job, told, found)]


def _fate(job: Job, told: Mapping[str, Any], status: int | None, samples: int) -> Iterator[str]:
    kind, note, calls = told.get("kind"), str(told.get("note", "")), int(told.get("calls", 0))
    raised = int(told.get("raised", 0))
    what = "the test" if job.test else "the script" if job.script else "a call"
    until = ": what was seen until then is shown" if samples else ""
    if kind == "cut" and calls > 1:
        pass  # The time was up in the middle of a call.
    elif kind == "cut":
        idle = float(told.get("waited", 0.0)) > float(told.get("process", 0.0))
        until = until or f", and was {'waiting' if idle else 'in native code'} all the time"
        yield f"{what} did not come to an end within {job.seconds:g} s{until}"
    elif kind == "cancelled":
        yield f"it was cancelled{until or ' before there was anything to see'}"
    elif kind == "exit":
        yield f"{what} ended the interpreter ({note}){until}"
    elif kind != "end":
        yield f"the interpreter ended with {_named(status)}{until}"
    elif raised and (job.script or raised == calls):
        yield f"{'every call' if what == 'a call' else what} raised {told['message']}"
    elif raised:
        yield f"{raised} of {counted(calls, 'call')} raised, the first {told['message']}"
    if kind == "end" and note:
        yield note


def _named(status: int | None) -> str:
    number = -(status or 0) if (status or 0) < 0 else (status or 0) - 128  # As shells and bubblewrap have it.
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"status {status}"


def _elsewhere(job: Job, told: Mapping[str, Any], tally: Tally, samples: int) -> Iterator[str]:
    name = job.function or "the file"
    process = float(told.get("process", 0.0))
    everywhere = process + tally.children
    noticeable = _NOTICEABLE * interval(job.seconds)
    is_whole = told.get("kind") == "end" or int(told.get("calls", 0)) > 1
    if tally.children > max(noticeable, _MOST * everywhere):
        yield _not_seen(tally.children, everywhere, "processes")
    elif tally.others > max(noticeable, _MOST * process):
        yield _not_seen(tally.others, process, "threads")
    elif is_whole and samples < SHOWN and tally.of_call < _SHORT and not job.script:
        yield f"a call takes {tally.of_call * 1e6:.2g} µs, too short to be sampled: give it larger inputs"
    elif is_whole and not samples and process > noticeable:
        yield f"{process:.1f} s of CPU time passed, none of it in {name}: drive it with what calls it"
    elif samples < SHOWN and (is_whole or samples):
        seen = "no sample was" if not samples else f"{counted(samples, 'sample')} were" if samples > 1 else "one was"
        yield f"{seen} taken, too few to tell shares: let it run longer, or give it larger inputs"
    if tally.waited > max(noticeable, _MOST * (process + tally.waited)):
        yield f"it waited for {tally.waited:.1f} s, and computed for {process:.1f} s"


def _not_seen(seconds: float, everywhere: float, where: str) -> str:
    return (
        f"{seconds:.1f} of {everywhere:.1f} s of CPU time passed in {where} that it started, which are not seen: "
        "profile the function that they run, by a call of its own"
    )


def _besides(job: Job, told: Mapping[str, Any], found: Availability) -> Iterator[str]:
    if told.get("alarms"):
        yield "the alarms that it sets were left out, since Scalene takes its samples by them"
    if loaded := told.get("loaded"):
        yield str(loaded)
    if not found.scalene:
        yield f"{found.sentence()}; install it with: {found.install}"
    if job.memory and not found.scalene:
        yield "memory is measured by an installed Scalene only"
    elif job.memory and len(job.calls) > 1:
        yield "memory is that of the first call"


def counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
