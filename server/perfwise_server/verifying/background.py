"""The laboratory in a process of its own, so that the server's event loop has time for the keys meanwhile."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable
from contextlib import suppress
from threading import Thread
from typing import NamedTuple, TypeVar

from perfwise_server.checking.errors import CheckError, internal, reason
from perfwise_server.processes import asked, end_group, received, say, send, start_own
from perfwise_server.verifying.laboratory import Case, LaboratoryError, Progress

_ENDING_SECONDS = 5.0

Result = TypeVar("Result")
Work = Callable[..., Awaitable[Result]]  # Of a case, and of `progress`; both processes can import it.


class _Failed(NamedTuple):
    reason: str


class _Done(NamedTuple):
    result: object


async def run(work: Work[Result], case: Case, progress: Progress) -> Result:
    """What `work` makes of a case. Raises LaboratoryError, and OSError where no process can start.

    Effect: all that was started is ended when the caller is cancelled.
    """
    process = await start_own(__name__)
    try:
        await send(process, (work, case))
        while True:
            message = await received(process)
            if isinstance(message, _Failed):
                raise LaboratoryError(message.reason)
            if isinstance(message, _Done):
                return message.result  # type: ignore[return-value]
            progress(message)
    except (asyncio.IncompleteReadError, ConnectionError):
        raise LaboratoryError("it was ended from outside, for want of memory perhaps") from None
    finally:
        await _end(process)


async def _end(process: asyncio.subprocess.Process) -> None:
    """The worker is in a group of its own, which that process ends when it is left alone."""
    if process.stdin:
        process.stdin.close()
    with suppress(asyncio.TimeoutError, TimeoutError):
        await asyncio.wait_for(process.wait(), _ENDING_SECONDS)
    await end_group(process)


def main() -> None:
    """In that process."""
    with suppress(BrokenPipeError):  # Nobody listens any more.
        asyncio.run(_answer(*asked()))
    os._exit(0)  # The interpreter's own end would try once more to write to a pipe that is closed.


async def _answer(work: Work[object], case: Case) -> None:
    task = asyncio.ensure_future(work(case, progress=say))
    Thread(target=_cancel_at_end, args=(asyncio.get_running_loop(), task), daemon=True).start()
    try:
        say(_Done(await task))
    except CheckError as error:
        say(_Failed(str(error)))
    except BrokenPipeError:
        raise
    except OSError as error:
        setting = "choose another Python with the setting perfwise.interpreter"
        say(_Failed(f"{case.python} cannot be started ({reason(error)}): {setting}"))
    except asyncio.CancelledError:
        pass
    except Exception as error:
        say(_Failed(internal(error)))


def _cancel_at_end(loop: asyncio.AbstractEventLoop, task: asyncio.Future[object]) -> None:
    """Effect: cancels the task when the process that asked for it closes the pipe, or is no more."""
    while os.read(0, 1):
        pass
    with suppress(RuntimeError):  # The loop has ended before the input.
        loop.call_soon_threadsafe(task.cancel)
