"""Refuses what code under comparison has no business doing: network, processes, writing outside, looking into the home.

An audit hook sees what goes through the interpreter. It keeps accidents from happening and is no boundary for code that
means harm.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from types import FrameType
from typing import Any

REFUSED = "refused while code is compared: "
HIDDEN = "PERFWISE_HIDDEN"  # The environment variable that names the folder which is not to be looked into.

_NETWORK = ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostby", "socket.send")
_PROCESSES = ("subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "pty.", "os.startfile")
_LIMITS = ("resource.setrlimit", "resource.prlimit")
_WRITES = (
    *("os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate", "os.chmod"),
    *("os.chown", "os.lchown", "os.utime", "os.setxattr", "os.removexattr", "shutil.rmtree", "shutil.move"),
)
_READS = ("os.listdir", "os.scandir", "os.chdir")
_FRAMES = ("inspect", "traceback")  # Modules that look for frames on behalf of who calls them.
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Guard:
    """One for the process, since hooks cannot be taken away. It sleeps until it is armed."""

    def __init__(self) -> None:
        self.wanted = True
        self._level = 0
        self._folder = ""
        self.hidden = ""
        self._readable: tuple[str, ...] = ()
        self.compared: frozenset[str] = frozenset()  # The files of the versions.
        self.looks_at_callers = False  # Whether code of theirs asked for its frame, from which it comes to ours.

    def install(self, folder: str) -> None:
        """Writing is allowed in the folder only. Effect: the hidden folder's name is taken from the environment."""
        self._folder = os.path.realpath(folder)
        self.hidden = os.path.realpath(os.environ[HIDDEN]) if os.environ.get(HIDDEN) else ""
        os.environ.pop(HIDDEN, None)
        self.allow([])
        sys.addaudithook(self._watch)

    def allow(self, folders: Iterable[str]) -> None:
        """Reading in the folders, those of the interpreter and of `sys.path`, even below the hidden one."""
        own = (sys.prefix, sys.base_prefix, os.path.dirname(__file__), *sys.path)
        self._readable = tuple(os.path.realpath(each) for each in (*own, *folders) if each)

    def arm(self, calls: bool) -> None:
        """Effect: it refuses from now on, if it is wanted. Native libraries are loaded by imports, but not by calls."""
        if self.wanted:
            self._level = 2 if calls else 1

    def disarm(self) -> None:
        self._level = 0

    def _watch(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self._level:
            return
        level, self._level = self._level, 0  # What is done here to find out is not watched.
        try:
            if event == "sys._getframe":
                self.looks_at_callers |= self._is_compared(sys._getframe(1))
                return
            refusal = self._refusal(event, arguments, level)
        finally:
            self._level = level
        if refusal:
            raise PermissionError(REFUSED + refusal)

    def _is_compared(self, frame: FrameType | None) -> bool:
        while frame is not None and frame.f_globals.get("__name__") in _FRAMES:
            frame = frame.f_back
        return frame is not None and frame.f_code.co_filename in self.compared

    def _refusal(self, event: str, arguments: tuple[Any, ...], level: int) -> str:
        if event == "open":
            path, mode, flags = arguments
            writes = bool((flags or 0) & _WRITING) or any(letter in (mode or "") for letter in "wax+")
            return self._writing(path) if writes else self._reading(path)
        if event.startswith(_NETWORK):
            return "the network"
        if event.startswith(_PROCESSES):
            return "starting a process"
        if event in ("os.kill", "os.killpg", "signal.pthread_kill") and arguments[0] != os.getpid():
            return "a signal to another process"
        if event in _LIMITS:
            return "changing the limits"
        if event in _WRITES:
            return next(filter(None, map(self._writing, _paths(arguments))), "")
        if event in _READS:
            return self._reading(arguments[0] if arguments else None)
        if event == "sqlite3.connect":
            return "" if arguments[0] in (":memory:", b":memory:", "") else self._writing(arguments[0])
        return "a native library" if event == "ctypes.dlopen" and level > 1 else ""

    def _writing(self, path: Any) -> str:
        place = _place(path)
        if place is None or _within(place, self._folder) or place == os.devnull:
            return ""
        return f"writing to {place}"

    def _reading(self, path: Any) -> str:
        place = _place(path)
        if place is None or not self.hidden or not _within(place, self.hidden) or _within(place, self._folder):
            return ""
        if any(_within(place, folder) for folder in self._readable):
            return ""
        return f"reading {place}"


def _paths(arguments: tuple[Any, ...]) -> list[Any]:
    """Those that an event names, with the open folder that the first is relative to, if any."""
    paths = [each for each in arguments if isinstance(each, (str, bytes, os.PathLike))]
    folder = arguments[-1]
    if paths and isinstance(folder, int) and folder >= 0 and not os.path.isabs(paths[0]):
        with suppress(OSError):
            paths[0] = os.path.join(os.readlink(f"/proc/self/fd/{folder}"), os.fsdecode(paths[0]))
    return paths


def _place(path: Any) -> str | None:
    """None for what is no path: an open file, or the current folder."""
    if not isinstance(path, (str, bytes, os.PathLike)):
        return None
    try:
        folder, name = os.path.split(os.path.abspath(os.fsdecode(path)))
        return os.path.join(_real(folder), name)
    except (OSError, ValueError):
        return None


_real = lru_cache(1000)(os.path.realpath)  # Code whose time is taken may open files again and again.


def _within(place: str, folder: str) -> bool:
    return place == folder or place.startswith(folder.rstrip(os.sep) + os.sep)


guard = Guard()
