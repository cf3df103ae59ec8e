"""Work in a process of its own, so that the server's event loop has time for the keys meanwhile."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable
from contextlib import suppress
from threading import Thread
from typing import Any, NamedTuple, TypeVar

from perfwise_server.checking.errors import CheckError, internal
from perfwise_server.processes import asked, end_group, ended, received, say, send, start_own

_ENDING_SECONDS = 5.0

Result = TypeVar("Result")
Work = Callable[..., Awaitable[Result]]  # Of arguments, and of `progress`; both processes can import it.


class _Failed(NamedTuple):
    error: CheckError


class _Done(NamedTuple):
    result: object


async def run(
    work: Work[Result], *arguments: object, progress: Callable[[Any], None], ending: float = _ENDING_SECONDS
) -> Result:
    """What `work` makes of the arguments. Raises the CheckError that it raises, and OSError where no process
    can start.

    Effect: when the caller is cancelled, so is the work, and after `ending` seconds all that was started is ended.
    """
    process = await start_own(__name__)
    try:
        await send(process, (work, arguments))
        result: Result = await _result(process, progress)
        return result
    finally:
        await _end(process, ending)


async def run_to_the_end(
    work: Work[Result], *arguments: object, progress: Callable[[Any], None], ending: float = _ENDING_SECONDS
) -> Result:
    """The same for work that has a result even when it is cancelled, which is the caller's then."""
    process = await start_own(__name__)
    result: asyncio.Future[Result] | None = None
    try:
        await send(process, (work, arguments))
        result = asyncio.ensure_future(_result(process, progress))
        try:
            return await asyncio.shield(result)
        except asyncio.CancelledError:
            assert process.stdin is not None
            process.stdin.close()
            with suppress(CheckError, asyncio.TimeoutError, TimeoutError):
                return await asyncio.wait_for(result, ending)
            raise
    finally:
        if result:
            result.cancel()
        await _end(process, ending)


async def _result(process: asyncio.subprocess.Process, progress: Callable[[Any], None]) -> Any:
    try:
        while True:
            message = await received(process)
            if isinstance(message, _Failed):
                raise message.error
            if isinstance(message, _Done):
                return message.result
            progress(message)
    except (asyncio.IncompleteReadError, ConnectionError):
        raise CheckError("it was ended from outside, for want of memory perhaps") from None


async def _end(process: asyncio.subprocess.Process, seconds: float) -> None:
    """What it started is in groups of their own, which that process ends when it is left alone."""
    if process.stdin:
        process.stdin.close()
    try:
        with suppress(asyncio.TimeoutError, TimeoutError):
            await asyncio.wait_for(ended(process), seconds)
    finally:  # The caller may be cancelled once more: the server ends.
        await end_group(process)


def main() -> None:
    """In that process."""
    with suppress(BrokenPipeError):  # Nobody listens any more.
        asyncio.run(_answer(*asked()))
    os._exit(0)  # The interpreter's own end would try once more to write to a pipe that is closed.


async def _answer(work: Work[object], arguments: tuple[object, ...]) -> None:
    task = asyncio.ensure_future(work(*arguments, progress=say))
    Thread(target=_cancel_at_end, args=(asyncio.get_running_loop(), task), daemon=True).start()
    try:
        say(_Done(await task))
    except CheckError as error:
        say(_Failed(error))
    except BrokenPipeError:
        raise
    except asyncio.CancelledError:
        pass
    except Exception as error:
        say(_Failed(CheckError(internal(error))))


def _cancel_at_end(loop: asyncio.AbstractEventLoop, task: asyncio.Future[object]) -> None:
    """Effect: cancels the task when the process that asked for it closes the pipe, or is no more."""
    while os.read(0, 1):
        pass
    with suppress(RuntimeError):  # The loop has ended before the input.
        loop.call_soon_threadsafe(task.cancel)
