"""What is noted of each function of the project, and the file it goes to."""

from __future__ import annotations

import json
import os
import sys
import threading
from time import perf_counter
from types import CodeType, FrameType
from typing import Any

from perfwise_recorder.looking import sizes_at_end, sizes_of_arguments, type_name
from perfwise_recorder.recipes import arguments_of

CALL_SECONDS = 2e-6  # What it costs to note one call.
WORTH = 20.0  # A function is noted on as long as its calls take so many times longer than noting them.
FIRST_JUDGED = 128  # Calls, after which that is asked.
LOOKS = 8  # Calls that are looked at one by one; then ever fewer.
SPARSER = 1.2
LOOKING_SHARE = 0.05  # Of the time gone by.
LOOKING_FREE = 0.02  # Seconds.
_ALWAYS = 1  # Call that is looked at whatever it costs.
_SAMPLES = 5
_MOST_NAMES = 40
_WRITE_EVERY = 2.0  # Seconds, since a process may end without a word.
_OWN_SCOPE = 0x03  # The flags of a function's code: neither a module's nor a class's.
_FOREIGN = frozenset(("site-packages", "dist-packages", "node_modules", ".venv", "venv", ".tox", ".nox", ".git"))

# On the stack: the function, when it began, seconds in functions it called, whether it is looked at, its frame's id.
Entry = list[Any]


class Function:
    """What was seen of one code object."""

    __slots__ = (
        "active",
        "at_least",
        "calls",
        "code",
        "looks",
        "names",
        "next_look",
        "own",
        "samples",
        "seconds",
        "sizes",
    )

    def __init__(self, code: CodeType) -> None:
        self.code = code
        self.names = frozenset(code.co_names)
        self.calls = 0
        self.seconds = 0.0  # Of its calls, those they make included.
        self.own = 0.0  # Without the calls of other functions of the project.
        self.at_least = False  # Whether there were more calls.
        self.active = 0
        self.looks = 0
        self.next_look = 1
        self.sizes: dict[str, tuple[dict[str, int], list[int]]] = {}
        self.samples: dict[str, None] = {}


class Recording:
    """Of this process. `root` is the project's folder, with a separator at its end."""

    def __init__(self, root: str, folder: str) -> None:
        self.root, self.folder = root, folder
        self.here = os.getcwd()
        self.functions: dict[int, Function | None] = {}  # By the id of the code.
        self._foreign: list[CodeType] = []  # Kept, so that no other code takes the same id.
        self._files: dict[str, bool] = {}
        self.rewritten: set[str] = set()  # The files whose functions say themselves when they start.
        self.forget()

    def forget(self) -> None:
        """Effect: as if nothing had been seen; a forked child begins like this."""
        self.start = perf_counter()
        self.looking = 0.0
        self.open_seconds = 0.0  # Of the windows in which calls are seen, where they are not seen all the time.
        self.local = threading.local()
        self.next_write = self.start + _WRITE_EVERY
        self.file = os.path.join(self.folder, f"{os.getpid()}-{int(self.start * 1e6)}.json")
        for key, function in list(self.functions.items()):
            if function is not None:
                fresh = self.functions[key] = Function(function.code)
                fresh.at_least = function.at_least

    def stack(self) -> list[Entry]:
        try:
            return self.local.stack  # type: ignore[no-any-return]
        except AttributeError:
            stack = self.local.stack = []
            return stack

    def adopt(self, code: CodeType) -> Function | None:
        """The record of a code object seen for the first time; None for one that is not the project's."""
        is_own = (
            code.co_flags & _OWN_SCOPE == _OWN_SCOPE and code.co_name[0] != "<" and self.is_project(code.co_filename)
        )
        function = Function(code) if is_own else None
        if function is None:
            self._foreign.append(code)
        self.functions[id(code)] = function
        return function

    def is_project(self, name: str) -> bool:
        known = self._files.get(name)
        if known is None:
            path = os.path.realpath(os.path.join(self.here, name))
            known = (
                not name.startswith("<")
                and path.startswith(self.root)
                and _FOREIGN.isdisjoint(path[len(self.root) :].split(os.sep))
            )
            self._files[name] = known
        return known

    def enter(self, function: Function, frame: FrameType, now: float) -> Entry:
        """Effect: a call is noted, and looked at when it is its turn."""
        function.calls += 1
        entry: Entry = [function, now, 0.0, False, id(frame)]
        if function.calls >= function.next_look and self.has_time(function, now):
            entry[3] = True
            self.look(function, frame, True)
            entry[1] = perf_counter()
            self.looking += entry[1] - now
        return entry

    def has_time(self, function: Function, now: float) -> bool:
        function.next_look = function.calls + 1 if function.looks < LOOKS else int(function.calls * SPARSER) + 1
        if function.looks < _ALWAYS or self.looking < LOOKING_FREE + LOOKING_SHARE * (now - self.start):
            function.looks += 1
            return True
        return False

    def look(self, function: Function, frame: FrameType, at_start: bool) -> None:
        """At the arguments when it starts, at the other variables when it returns."""
        code, values = function.code, frame.f_locals
        try:
            if at_start:
                found = sizes_of_arguments(code, values)
            else:
                found = sizes_at_end(code, function.names, values, frame.f_globals)
            for name, value, size in found:
                if name not in function.sizes and len(function.sizes) >= _MOST_NAMES:
                    continue
                types, sizes = function.sizes.setdefault(name, ({}, []))
                kind = type_name(type(value))
                types[kind] = types.get(kind, 0) + 1
                sizes.append(size)
            if at_start and len(function.samples) < _SAMPLES:
                text = arguments_of(code, values)
                if text is not None:
                    function.samples.setdefault(text)
        except Exception:
            function.next_look = sys.maxsize  # What cannot be looked at once is left alone.

    def leave(self, function: Function, frame: FrameType | None, now: float) -> None:
        """Effect: the innermost call of the function has ended, or pauses; those inside it ended without a word."""
        stack = self.stack()
        at = len(stack) - 1
        while at >= 0 and stack[at][0] is not function:
            at -= 1
        if at < 0:
            return
        _, start, inner, is_looked_at, _ = stack[at]
        for ended, *_ in stack[at:]:
            ended.active -= 1
        del stack[at:]
        seconds = now - start
        function.own += seconds - inner
        if not function.active:
            function.seconds += seconds
        if stack:
            stack[-1][2] += seconds
        if is_looked_at and frame is not None:
            self.look(function, frame, False)
            self.looking += perf_counter() - now
        if now > self.next_write:
            self.write()

    def push(self, entry: Entry) -> None:
        entry[0].active += 1
        self.stack().append(entry)

    def is_too_short(self, function: Function) -> bool:
        """Whether noting its calls costs too much for what they are. Asked when their number is a power of two."""
        calls = function.calls
        return calls >= FIRST_JUDGED and not calls & (calls - 1) and function.own < calls * CALL_SECONDS * WORTH

    def write(self) -> None:
        """Effect: the file of this process holds what has been seen so far."""
        began = perf_counter()
        rows = [
            {
                "path": os.path.realpath(os.path.join(self.here, function.code.co_filename)),
                "line": function.code.co_firstlineno,
                "name": function.code.co_name,
                "calls": function.calls,
                "at_least": function.at_least
                or (self.open_seconds > 0 and function.code.co_filename not in self.rewritten),
                "seconds": function.seconds,
                "sizes": {name: {"types": types, "sizes": sizes} for name, (types, sizes) in function.sizes.items()},
                "samples": list(function.samples),
            }
            for function in list(self.functions.values())
            if function is not None and function.calls
        ]
        try:
            with open(f"{self.file}.new", "w", encoding="utf-8") as file:
                json.dump(rows, file)
            os.replace(f"{self.file}.new", self.file)
        except OSError:  # The folder may be gone, when a process outlives the command.
            pass
        now = perf_counter()
        self.next_write = now + max(_WRITE_EVERY, 50 * (now - began))
