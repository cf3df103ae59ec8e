"""Work that a process of its own can import, for tests of what becomes of it."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable

from perfwise_server.checking.errors import CheckError

Progress = Callable[[str], None]


async def added(left: int, right: int, progress: Progress) -> int:
    progress("adding")
    return left + right


class NothingError(CheckError):
    """A kind of its own."""


async def refused(progress: Progress) -> None:
    progress("looking")
    raise NothingError("there is nothing to add")


async def mistaken(progress: Progress) -> None:
    progress("dividing")
    _ = 1 / 0


async def killed(progress: Progress) -> None:
    progress("ending")
    os.kill(os.getpid(), signal.SIGKILL)


async def waiting(progress: Progress) -> str:
    """What it has when it is cancelled is its result."""
    progress(str(os.getpid()))
    try:
        await asyncio.sleep(600)
    except asyncio.CancelledError:
        return "half"
    return "all"


async def stubborn(progress: Progress) -> None:
    """It does not heed that it is cancelled."""
    progress(str(os.getpid()))
    while True:
        try:
            await asyncio.sleep(600)
        except asyncio.CancelledError:
            continue
