"""Python before 3.12, for a script that is not imported: a profile function slows down all code, so it is on for short
windows of the time only.

A window goes on while it shows calls that are news. The collector's callback opens the next, since a pure Python
program is sure to come by there, and nothing has to be started for it.
"""

from __future__ import annotations

import gc
import sys
import threading
from time import perf_counter
from types import FrameType
from typing import Any

from perfwise_recorder.recording import Recording

SHARE = 0.3  # Of the time that windows may be open: what runs in them takes more than twice as long.
FREE = 0.3  # Seconds that they may be open besides.
_SHORTEST = 0.004  # Seconds.
_NEWS = 3  # Calls of a function that are.
_LONGEST_PAUSE = 0.05
_SUSPENDED = 0x20 | 0x80 | 0x200  # The flags of generators, coroutines and asynchronous generators.


def watch(recording: Recording) -> None:
    """Effect: from now on the calls of the script that runs are noted, as far as windows are open."""
    _Windows(recording).begin()


class _Windows:
    def __init__(self, recording: Recording) -> None:
        self.recording = recording
        self.first: dict[int, int] = {}  # By the id of a generator's code: where it stands when it begins.
        self.main = threading.get_ident()
        self.is_open = False
        self.opened = self.closed = self.next_opening = self.quiet_at = 0.0
        self.pause = _SHORTEST
        self.events = 0

    def begin(self) -> None:
        self.open(perf_counter())
        threading.setprofile(self.event_of_thread)
        gc.callbacks.append(self.collected)

    def open(self, now: float) -> None:
        if sys.getprofile() is not None:  # The user's own comes first.
            return
        self.drop_ended()
        self.opened, self.is_open = now, True
        self.quiet_at = now + _SHORTEST
        sys.setprofile(self.event)

    def drop_ended(self) -> None:
        """Effect: calls that ended between two windows are charged until the end of the first."""
        running = set()
        frame: FrameType | None = sys._getframe(1)
        while frame is not None:
            running.add(id(frame))
            frame = frame.f_back
        stack = self.recording.stack()
        while stack and stack[-1][4] not in running:
            self.recording.leave(stack[-1][0], None, self.closed)

    def end(self) -> None:
        sys.setprofile(None)
        threading.setprofile(None)
        if self.collected in gc.callbacks:
            gc.callbacks.remove(self.collected)

    def is_for_nothing(self) -> bool:
        """Whether what runs is none of the project's scripts, such as pytest."""
        script = getattr(sys.modules.get("__main__"), "__file__", None)
        return script is not None and not self.recording.is_project(script)

    def close(self, now: float) -> None:
        sys.setprofile(None)
        self.is_open, self.closed = False, now
        self.recording.open_seconds += now - self.opened
        spare = self.spare(now)
        self.next_opening = now + (self.pause if spare > 0 else max(self.pause, -spare / SHARE))

    def spare(self, now: float) -> float:
        """Seconds that windows may still be open."""
        seen = self.recording.open_seconds + (now - self.opened if self.is_open else 0)
        return FREE + SHARE * (now - self.recording.start) - seen

    def collected(self, phase: str, _info: dict[str, Any]) -> None:
        if phase == "stop" and not self.is_open and threading.get_ident() == self.main:
            now = perf_counter()
            if now > self.next_opening:
                self.open(now)

    def event(self, frame: FrameType, event: str, _argument: object) -> None:
        self.noted(frame, event)
        self.events += 1
        if self.events & 15:
            return
        if self.is_for_nothing():
            self.end()
            return
        now = perf_counter()
        spare = self.spare(now)
        if spare < 0 or (now > self.quiet_at and spare < FREE / 2):
            self.pause = _SHORTEST if spare < 0 else min(2 * self.pause, _LONGEST_PAUSE)
            self.close(now)

    def event_of_thread(self, frame: FrameType, event: str, _argument: object) -> None:
        """A thread is watched until the time for all is up; nothing wakes it again."""
        self.noted(frame, event)
        self.events += 1
        if not self.events & 15 and self.spare(perf_counter()) < 0:
            sys.setprofile(None)

    def noted(self, frame: FrameType, event: str) -> None:
        if event not in ("call", "return"):
            return
        recording, code = self.recording, frame.f_code
        key = id(code)
        function = recording.functions.get(key)
        if code.co_filename in recording.rewritten:
            return
        if function is None and key not in recording.functions and event == "call":
            function = recording.adopt(code)
        if function is None:
            return
        now = perf_counter()
        if event == "return":
            if any(entry[4] == id(frame) for entry in reversed(recording.stack())):
                recording.leave(function, frame, now)
        elif code.co_flags & _SUSPENDED and self.first.setdefault(key, frame.f_lasti) < frame.f_lasti:
            recording.push([function, now, 0.0, False, id(frame)])
        else:
            if function.looks < _NEWS:
                self.quiet_at = now + _SHORTEST
                self.pause = _SHORTEST
            recording.push(recording.enter(function, frame, now))
