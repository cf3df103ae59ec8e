"""Instructions that two versions execute: a second witness where the clock is not sure of itself.

Counters of the processor are rarely to be had in virtual machines and containers; valgrind's callgrind counts anywhere
on Linux, some fifty times slower than the code runs.
"""

from __future__ import annotations

import shutil
import time

from perfwise_server import interpreter
from perfwise_server.verifying.verdict import FASTER
from perfwise_worker.protocol import Count, Counted, Failed, Load, Timed

LEAST_SECONDS = 12.0  # That a count may take, the start of the interpreter for the most part.
_SMALL = 1.3  # Times as fast, below which a second witness is worth its time.
_MORE = 0.98  # Times fewer, below which they are more.


def is_wanted(timed: Timed) -> bool:
    """Whether the clock leaves a doubt that instructions could settle."""
    if timed.clock != "cpu" or timed.repeated_only or timed.at_import:
        return False
    return timed.high > FASTER and (timed.low <= FASTER or timed.ratio < _SMALL or timed.confirmed == "no")


def doubt(fewer: float | None, speedup: float) -> str:
    """What is to be said against a gain that the clock found; empty where it is confirmed or nobody counted."""
    if fewer is None or fewer >= _MORE:
        return ""
    return (
        f"the clock says {speedup:.2f} times as fast, and yet {1 / fewer:.2f} times as many instructions are executed"
    )


def counter() -> str | None:
    """The program, where there is one."""
    return shutil.which("valgrind")


async def ratio(load: Load, readable: tuple[str, ...], python: str, call: str, seconds: float) -> float | None:
    """Old to new, of one call; None where they could not be counted. Effect: runs both versions in a worker."""
    program = counter()
    if program is None:
        return None
    end = time.monotonic() + seconds
    command = (program, "-q", "--tool=callgrind", "--vgdb=no", "--callgrind-out-file=callgrind.out.%p")
    try:
        async with interpreter.started(python, readable, command) as worker:
            if isinstance(await worker.ask(load, seconds), Failed):
                return None
            left = max(end - time.monotonic(), 0.0)
            reply = await worker.ask(Count(call, left), left)
    except OSError:
        return None
    return reply.old / reply.new if isinstance(reply, Counted) and min(reply.old, reply.new) > 0 else None
