"""Work for later: at most one of a kind for each document, the newer in the place of the older."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable, Coroutine, Hashable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from lsprotocol import types

if TYPE_CHECKING:
    from perfwise_server.app import Server

NOTICEABLE_SECONDS = 1.0
ENDING_SECONDS = 5.0


@asynccontextmanager
async def progress(ls: Server, title: str) -> AsyncIterator[None]:
    """Effect: the client shows that something runs, if it runs longer than a moment."""
    token = str(uuid.uuid4())
    begun = False

    async def begin() -> None:
        nonlocal begun
        await asyncio.sleep(NOTICEABLE_SECONDS)
        await ls.work_done_progress.create_async(token)
        begun = True
        ls.work_done_progress.begin(token, types.WorkDoneProgressBegin(title))

    beginning = asyncio.ensure_future(begin()) if ls.session.client.shows_progress else None
    try:
        yield
    finally:
        if beginning:
            beginning.cancel()
        if begun:
            ls.work_done_progress.end(token, types.WorkDoneProgressEnd())


class Jobs:
    def __init__(self) -> None:
        self._timers: dict[Hashable, asyncio.TimerHandle] = {}
        self._tasks: dict[Hashable, asyncio.Task[None]] = {}

    def later(self, key: Hashable, seconds: float, work: Callable[[], None]) -> None:
        """Runs `work` on the event loop after `seconds`, in the place of what waits under the same key."""
        self.cancel(key)

        def run() -> None:
            del self._timers[key]
            work()

        self._timers[key] = asyncio.get_running_loop().call_later(seconds, run)

    def once(self, key: Hashable, work: Callable[[], None]) -> None:
        """Runs `work` as soon as the messages that have arrived are read, once however often it is asked for."""
        if key not in self._timers:
            self.later(key, 0, work)

    def start(self, key: Hashable, work: Coroutine[object, object, None]) -> None:
        """Runs `work`, in the place of what runs under the same key."""
        self.cancel(key)
        task = self._tasks[key] = asyncio.ensure_future(work)
        task.add_done_callback(lambda done: self._tasks.pop(key) if self._tasks.get(key) is done else None)

    def cancel(self, key: Hashable) -> None:
        if task := self._tasks.pop(key, None):
            task.cancel()
        if timer := self._timers.pop(key, None):
            timer.cancel()

    async def end(self) -> None:
        """Effect: nothing runs any more.

        A process being started must be given up before the event loop ends: asyncio then cancels all its tasks at
        once, those that connect the process's pipes too, and waits for the process without end.
        """
        tasks = list(self._tasks.values())
        for key in [*self._timers, *self._tasks]:
            self.cancel(key)
        if tasks:
            await asyncio.wait(tasks, timeout=ENDING_SECONDS)

    def running(self, key: Hashable) -> asyncio.Task[None] | None:
        return self._tasks.get(key)
