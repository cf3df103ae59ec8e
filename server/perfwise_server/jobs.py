"""Work for later: at most one of a kind for each document, the newer in the place of the older."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Hashable


class Jobs:
    def __init__(self) -> None:
        self._timers: dict[Hashable, asyncio.TimerHandle | asyncio.Handle] = {}

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

    def cancel(self, key: Hashable) -> None:
        if timer := self._timers.pop(key, None):
            timer.cancel()

    def cancel_all(self) -> None:
        for key in list(self._timers):
            self.cancel(key)
