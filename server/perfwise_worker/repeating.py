"""Calls made again and again, each with arguments of its own, and what they took."""

from __future__ import annotations

import asyncio
import inspect
import os
import threading
import time
from collections.abc import AsyncIterator, Callable, Sequence
from functools import partial
from typing import Any

from perfwise_worker.calls import Call
from perfwise_worker.loading import said_of

_BATCH_SECONDS = 0.005
_LARGEST_BATCH = 1_000
_LAZY = ("builtins", "itertools")  # The modules of the iterators that run nothing until they are asked.


class Tally:
    """What calls took so far. Seconds, of this thread, of the process and of those that it started."""

    def __init__(self) -> None:
        self.calls = 0  # Begun.
        self.raised = 0
        self.message = ""  # What the first that raised said.
        self.waits_in_lines = True  # A coroutine is on no stack while it waits.
        self._thread = _thread_clock()
        self._ended = (0.0, 0.0, 0.0)
        self._began: tuple[float, float, float] | None = None  # The call that is under way.
        self._schedule = _scheduled()
        self._begun = time.perf_counter()

    def make(self, *calls: Callable[[], Any]) -> None:
        """Raises what is no `Exception`, and counts what is."""
        self._began = self._clocks()
        try:
            for call in calls:
                self.calls += 1
                try:
                    call()
                except Exception as error:
                    self.raised += 1
                    self.message = self.message or said_of(error).partition("\n")[0]
        finally:
            self._ended = self._spent()
            self._began = None

    def record(self) -> dict[str, Any]:
        """As JSON, with the call that is under way; from any thread."""
        thread, process, children = self._spent()
        return {
            "calls": self.calls,
            "thread": thread,
            "process": process,
            "children": children,
            "waited": self._waited(thread),
            "waits_in_lines": self.waits_in_lines,
            "raised": self.raised,
            "message": self.message,
        }

    def _clocks(self) -> tuple[float, float, float]:
        times = os.times()
        return self._thread(), time.process_time(), times.children_user + times.children_system

    def _spent(self) -> tuple[float, float, float]:
        ended, began = self._ended, self._began
        if began is None:
            return ended
        thread, process, children = (done + now - then for done, now, then in zip(ended, self._clocks(), began))
        return thread, process, children

    def _waited(self, thread: float) -> float:
        """How long the thread was neither running nor waiting for its turn, which a busy machine lets it do."""
        passed = time.perf_counter() - self._begun
        now = _scheduled()
        busy = sum(now) - sum(self._schedule) if now and self._schedule else thread
        return max(passed - busy, 0.0)


def _thread_clock() -> Callable[[], float]:
    """The CPU time of this thread, for any thread to read where the system can tell; else that of the process."""
    if not hasattr(time, "pthread_getcpuclockid"):
        return time.process_time
    clock = time.pthread_getcpuclockid(threading.get_ident())
    return lambda: time.clock_gettime(clock)


def _scheduled() -> tuple[float, ...]:
    """Seconds that the main thread ran and waited for its turn; nothing where the system does not tell."""
    try:
        with open(f"/proc/self/task/{os.getpid()}/schedstat") as told:
            ran, queued, _ = told.read().split()
    except (OSError, ValueError):
        return ()
    return int(ran) / 1e9, int(queued) / 1e9


def repeat(builds: Sequence[Callable[[], Call]], tally: Tally, enough: Callable[[], bool], once: bool) -> None:
    """Makes the calls in turn until that is enough, or every one has raised; `once` only the first one.

    Short ones are made several at a time, since reading clocks takes longer than they do. Effect: what a cache of the
    function holds is forgotten before each call.
    """
    runner = _Runner(tally, enough)
    sizes = [1] * len(builds)
    try:
        while True:
            for place, build in enumerate(builds):
                begun = time.perf_counter()
                calls = [build() for _ in range(sizes[place])]
                cached = _forget(calls[0].function)
                tally.make(*[partial(runner.run, call) for call in calls])
                if once or enough():
                    return
                if not cached and time.perf_counter() - begun < _BATCH_SECONDS:
                    sizes[place] = min(sizes[place] * 2, _LARGEST_BATCH)
            if tally.raised == tally.calls:
                return
    finally:
        runner.close()


def is_cached(function: Any) -> bool:
    return callable(getattr(function, "cache_clear", None))


def _forget(function: Any) -> bool:
    """Whether there was a cache."""
    found = is_cached(function)
    if found:
        function.cache_clear()
    return found


class _Runner:
    """Runs what a call has left to be run: a coroutine, or an iterator that nobody asks otherwise."""

    def __init__(self, tally: Tally, enough: Callable[[], bool]) -> None:
        self._tally, self._enough = tally, enough
        self._loop: asyncio.AbstractEventLoop | None = None

    def run(self, call: Call) -> None:
        result = call()
        if inspect.iscoroutine(result):
            result = self._run(result)
        if inspect.isasyncgen(result):
            self._run(self._drain(result))
        elif hasattr(result, "__next__") and type(result).__module__ in _LAZY:
            for _ in result:
                if self._enough():
                    break

    def _run(self, coroutine: Any) -> Any:
        if self._loop is None:
            self._tally.waits_in_lines = False
            self._loop = asyncio.new_event_loop()
            asyncio.set_event_loop(self._loop)
        return self._loop.run_until_complete(coroutine)

    async def _drain(self, items: AsyncIterator[Any]) -> None:
        async for _ in items:
            if self._enough():
                break

    def close(self) -> None:
        if self._loop is not None:
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
            asyncio.set_event_loop(None)
            self._loop.close()
