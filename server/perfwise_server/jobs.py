"""Work for later: at most one of a kind for each document, the newer in the place of the older."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Hashable
from typing import Any, TypeVar

from lsprotocol import types
from pygls.exceptions import JsonRpcException

Result = TypeVar("Result")

MEASURING = "measuring"  # One at a time: what is timed has the machine to itself.
ENDING_SECONDS = 5.0


def refusal(reason: str, code: types.LSPErrorCodes = types.LSPErrorCodes.RequestFailed) -> JsonRpcException:
    return JsonRpcException(reason, code=code.value)


class Jobs:
    def __init__(self) -> None:
        self._timers: dict[Hashable, asyncio.TimerHandle] = {}
        self._tasks: dict[Hashable, asyncio.Task[Any]] = {}

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

    def start(self, key: Hashable, work: Coroutine[object, object, Result]) -> asyncio.Task[Result]:
        """Runs `work`, in the place of what runs under the same key."""
        self.cancel(key)
        task = self._tasks[key] = asyncio.ensure_future(work)
        task.add_done_callback(lambda done: self._tasks.pop(key) if self._tasks.get(key) is done else None)
        return task

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

    def running(self, key: Hashable) -> asyncio.Task[Any] | None:
        return self._tasks.get(key)
