"""A worker in the user's Python, started and ended from here."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import perfwise_worker
from perfwise_server.processes import end_group
from perfwise_worker.protocol import Failed, Reply, Request, decode, encode

_WORKER = Path(perfwise_worker.__file__).with_name("__main__.py")
_SECRET = re.compile(r"TOKEN|KEY|SECRET|PASSW|CREDENTIAL|COOKIE", re.IGNORECASE)
_LONGEST_REPLY = 16 * 1024 * 1024


class Worker:
    """A running worker. Requests are made one at a time."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @property
    def process_id(self) -> int:
        return self._process.pid

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
        """Effect: ends the worker and its process group, also when the worker itself has ended."""
        await end_group(self._process)


@asynccontextmanager
async def started(python: str) -> AsyncIterator[Worker]:
    """A worker in the given interpreter, in an empty folder that goes with it. Raises OSError when it cannot start."""
    with TemporaryDirectory(prefix="perfwise-", ignore_cleanup_errors=True) as folder:
        process = await asyncio.create_subprocess_exec(
            *(python, "-I", "-B", str(_WORKER)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=scrubbed(os.environ) | {"HOME": folder, "USERPROFILE": folder},
            limit=_LONGEST_REPLY,
            start_new_session=True,
        )
        worker = Worker(process)
        try:
            yield worker
        finally:
            await worker.kill()


def scrubbed(environment: Mapping[str, str]) -> dict[str, str]:
    """Without the variables whose names say that they are secret."""
    return {name: value for name, value in environment.items() if not _SECRET.search(name)}


def converse(python: str, *requests: Request, seconds: float = 60.0) -> list[Reply]:
    """The replies of one worker to the requests in turn, up to the first that failed; `seconds` is for each."""

    async def ask_all() -> list[Reply]:
        replies: list[Reply] = []
        async with started(python) as worker:
            for request in requests:
                replies.append(await worker.ask(request, seconds))
                if isinstance(replies[-1], Failed):
                    break
        return replies

    return asyncio.run(ask_all())
