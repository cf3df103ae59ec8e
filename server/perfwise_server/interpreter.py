"""A worker in the user's Python, started and ended from here."""

from __future__ import annotations

import asyncio
import os
import subprocess
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO
from uuid import uuid4

import perfwise_worker
from perfwise_server.containment import MARK, Containment, as_user, containment, end_marked, marked
from perfwise_server.processes import end_group, scrubbed, start
from perfwise_worker.guard import HIDDEN
from perfwise_worker.protocol import Failed, Load, Reply, Request, decode, encode

WORKER = Path(perfwise_worker.__file__).with_name("__main__.py")
_LONGEST_REPLY = 16 * 1024 * 1024


class Worker:
    """A running worker. Requests are made one at a time."""

    def __init__(self, process: asyncio.subprocess.Process, mark: str, containment: Containment) -> None:
        self._process = process
        self._mark = mark
        self.containment = containment

    def processes(self) -> list[int]:
        """On Linux, its own and those that it has started, as far as they kept their environment."""
        return list(marked(self._mark))

    async def ask(self, request: Request, seconds: float) -> Reply:
        """The reply; `Failed` when there is none in time or the worker ended.

        Effect: when the time is up, or the caller is cancelled, the worker and the processes it started are killed.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(encode(request))
            await self._process.stdin.drain()
            line = await asyncio.wait_for(self._process.stdout.readline(), seconds)
            return decode(line)  # type: ignore[no-any-return]
        except (asyncio.TimeoutError, TimeoutError):
            await self.kill()
            return Failed("time", f"it did not come to an end within {seconds:g} s")
        except (ConnectionError, ValueError):
            await self.kill()
            return Failed("crash", f"the interpreter ended with status {self._process.returncode}")
        except asyncio.CancelledError:
            await self.kill()
            raise

    async def kill(self) -> None:
        """Effect: ends the worker and all that it has started, also when the worker itself has ended."""
        try:
            await end_group(self._process)
        finally:
            end_marked(self._mark)


@asynccontextmanager
async def started(python: str, readable: Sequence[str] = (), under: Sequence[str] = ()) -> AsyncIterator[Worker]:
    """A worker in the given interpreter, in an empty folder that goes with it. Raises OSError when it cannot start.

    `readable` are folders and files of the project, which the worker may read even in the user's home. `under` is the
    command of a program that runs the interpreter.
    """
    with TemporaryDirectory(prefix="perfwise-", ignore_cleanup_errors=True) as folder:
        place = os.path.realpath(folder)
        contained = await containment(python, Path(place), readable)
        environment = scrubbed(os.environ) | home_in(place) | {HIDDEN: str(Path.home())}
        async with launched((*under, python, "-I", "-B", str(WORKER)), place, contained, environment) as (
            process,
            mark,
        ):
            yield Worker(process, mark, contained)


@asynccontextmanager
async def launched(
    command: Sequence[str],
    folder: str,
    contained: Containment,
    environment: Mapping[str, str],
    errors: int | IO[bytes] = subprocess.DEVNULL,
) -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
    """A process that leads a group and writes into the folder, and the mark of all that it starts. Raises OSError.

    Effect: none of them is left in the end.
    """
    if contained.user is not None:
        os.chown(folder, contained.user, contained.user)
    mark = uuid4().hex
    try:
        process = await start(
            *(*contained.command, *command),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            cwd=folder,
            env={**environment, MARK: mark},
            limit=_LONGEST_REPLY,
            start_new_session=True,
            **as_user(contained.user),
        )
        try:
            yield process, mark
        finally:
            await end_group(process)
    finally:
        end_marked(mark)


def home_in(folder: str) -> dict[str, str]:
    """The environment variables that say where a process may write."""
    return dict.fromkeys(("HOME", "USERPROFILE", "TMPDIR", "TEMP", "TMP"), folder)


def converse(python: str, *requests: Request, seconds: float = 60.0) -> list[Reply]:
    """The replies of one worker to the requests in turn, up to the first that failed; `seconds` is for each."""

    readable = [path for each in requests if isinstance(each, Load) for path in (*each.roots, each.path) if path]

    async def ask_all() -> list[Reply]:
        replies: list[Reply] = []
        async with started(python, readable) as worker:
            for request in requests:
                replies.append(await worker.ask(request, seconds))
                if isinstance(replies[-1], Failed):
                    break
        return replies

    return asyncio.run(ask_all())
