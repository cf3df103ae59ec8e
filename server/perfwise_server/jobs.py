"""Work for later: at most one of a kind for each document, the newer in the place of the older."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable, Coroutine, Hashable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcRequestCancelled

if TYPE_CHECKING:
    from perfwise_server.app import Server

Result = TypeVar("Result")

MEASURING = "measuring"  # One at a time: what is timed has the machine to itself.
NOTICEABLE_SECONDS = 1.0
ENDING_SECONDS = 5.0


@asynccontextmanager
async def progress(
    ls: Server,
    title: str,
    asked: types.ProgressToken | None = None,
    cancel: Callable[[], None] | None = None,
    percentage: int | None = None,
) -> AsyncIterator[Callable[[str, int | None], None]]:
    """Gives what tells the client how far it is, in words and, where a first percentage is given, as a percentage.

    Effect: the client shows that something runs: at once under the token it asked for, else if it runs longer than a
    moment. `cancel` is called when the client says so.
    """
    token = asked or str(uuid.uuid4())
    begun = False

    def begin() -> None:
        nonlocal begun
        begun = True
        value = types.WorkDoneProgressBegin(title, cancellable=bool(cancel), percentage=percentage)
        ls.work_done_progress.begin(token, value)
        if cancel:
            future = ls.work_done_progress.tokens[token]
            future.add_done_callback(lambda done: cancel() if done.cancelled() else None)

    async def begin_later() -> None:
        await asyncio.sleep(NOTICEABLE_SECONDS)
        await ls.work_done_progress.create_async(token)
        begin()

    def report(message: str, percentage: int | None = None) -> None:
        if begun:
            value = types.WorkDoneProgressReport(message=message, percentage=percentage)
            ls.work_done_progress.report(token, value)

    beginning = None
    if asked is not None:
        begin()
    elif ls.session.client.shows_progress:
        beginning = asyncio.ensure_future(begin_later())
    try:
        yield report
    finally:
        if beginning:
            beginning.cancel()
        if begun:
            ls.work_done_progress.end(token, types.WorkDoneProgressEnd())
            ls.work_done_progress.tokens.pop(token, None)


async def answer(ls: Server, key: Hashable, work: Coroutine[object, object, Result], cancelled: str) -> Result:
    """What a job makes of the request being answered; the job that runs under the same key is ended.

    Raises JsonRpcRequestCancelled, with the sentence `cancelled`, when the job was given up.
    """
    request = ls.protocol.request()
    job = ls.jobs.start(key, work)
    if request:
        request.add_done_callback(lambda done: job.cancel() if done.cancelled() else None)
    try:
        return await job
    except asyncio.CancelledError:
        if request and request.cancelled():  # And replied to.
            raise
        raise JsonRpcRequestCancelled(cancelled) from None


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
