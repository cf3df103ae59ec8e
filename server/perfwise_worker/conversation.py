"""Requests in, replies out, with the two versions kept in between."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Literal

from perfwise_worker import calls, limits, modules
from perfwise_worker.clock import compare_times
from perfwise_worker.collector import collector_paused
from perfwise_worker.judge import judge
from perfwise_worker.observe import Observation, observe
from perfwise_worker.processes import UnansweredError, apart
from perfwise_worker.protocol import (
    Compare,
    Compared,
    Failed,
    Load,
    Loaded,
    Reply,
    Time,
    Timed,
    decode,
    encode,
)

Version = Literal["old", "new"]


def converse() -> None:
    """Replies to each line until the input ends. Effect: standard input and output become the null device.

    The user's code must neither read requests nor write between replies.
    """
    with os.fdopen(os.dup(0), "rb") as requests, os.fdopen(os.dup(1), "wb") as replies:
        null = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(null, descriptor)
        limits.apply(cpu_seconds=None)
        session = Session(Path.cwd())
        for line in requests:
            replies.write(encode(session.reply(line)))
            replies.flush()


class Session:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.versions: dict[Version, ModuleType] = {}

    def reply(self, line: bytes) -> Reply:
        try:
            request = decode(line)
        except ValueError as error:
            return Failed("request", str(error))
        if isinstance(request, Load):
            return self.load(request)
        if not isinstance(request, (Compare, Time)):
            return Failed("request", f"{type(request).__name__} is no request")
        if len(self.versions) < 2:
            return Failed("request", "nothing has been loaded")
        return self.compare(request) if isinstance(request, Compare) else self.time(request)

    def load(self, request: Load) -> Reply:
        self.versions.clear()
        sources: dict[Version, str] = {"old": request.old, "new": request.new}
        for version, source in sources.items():
            try:
                self.versions[version] = modules.load(source, request.name, self.folder / version)
            except SyntaxError as error:
                return Failed("syntax", f"line {error.lineno}: {error.msg}", version)
            except BaseException as error:
                return Failed("load", f"{type(error).__name__}: {error}", version)
        return Loaded(f"{sys.version_info[0]}.{sys.version_info[1]}")

    def compare(self, request: Compare) -> Reply:
        seen: dict[Version, list[Observation]] = {}
        for version, module in self.versions.items():
            try:
                seen[version] = apart(_observing(module, request.calls), request.seconds / 2)
            except UnansweredError as failure:
                return Failed(failure.kind, failure.message, version)
        differences = []
        unjudged: set[str] = set()
        with collector_paused():
            for old, new in zip(seen["old"], seen["new"]):
                differences += judge(old, new)
                unjudged.update(old.unjudged, new.unjudged)
        returned = sum(old.normal and new.normal for old, new in zip(seen["old"], seen["new"]))
        return Compared(tuple(differences), returned, tuple(sorted(unjudged)))

    def time(self, request: Time) -> Reply:
        def measure() -> Timed:
            old, new = (_building(module, request.call) for module in self.versions.values())
            return compare_times(old, new, request.budget)

        try:
            return apart(measure, request.seconds, measured=True)
        except UnansweredError as failure:
            return Failed(failure.kind, failure.message)


def _observing(module: ModuleType, sources: tuple[str, ...]) -> Callable[[], list[Observation]]:
    return lambda: observe(module, sources)


def _building(module: ModuleType, source: str) -> Callable[[], calls.Call]:
    build = calls.builder(source, vars(module))

    def active() -> calls.Call:
        modules.activate(module)
        return build()

    return active
