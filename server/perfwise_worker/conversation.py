"""Requests in, replies out, with the two versions kept in between."""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from perfwise_worker import limits
from perfwise_worker.agreement import Agreement
from perfwise_worker.counting import counted
from perfwise_worker.describe import described
from perfwise_worker.guard import guard
from perfwise_worker.inputs import made
from perfwise_worker.loading import Place, load, own_name, said_of
from perfwise_worker.loading import Version as LoadedVersion
from perfwise_worker.processes import UnansweredError, apart
from perfwise_worker.protocol import (
    Compare,
    Count,
    Describe,
    Failed,
    Grow,
    Inputs,
    Load,
    Loaded,
    Observe,
    Reply,
    Time,
    Tried,
    Try,
    Version,
    decode,
    encode,
)
from perfwise_worker.reaper import adopt_orphans
from perfwise_worker.replay import replayable
from perfwise_worker.steadiness import confirmed, observed, without_chance
from perfwise_worker.timing import FASTER, grown, timed
from perfwise_worker.trying import tried

DESCRIBING_SECONDS = 10.0


def converse() -> None:
    """Replies to each line until the input ends. Effect: standard input and output become the null device.

    The user's code must neither read requests nor write between replies.
    """
    with os.fdopen(os.dup(0), "rb") as requests, os.fdopen(os.dup(1), "wb") as replies:
        null = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(null, descriptor)
        limits.apply(cpu_seconds=None, processes=True)
        adopt_orphans()
        guard.install(os.getcwd())
        session = Session(Path.cwd())
        for line in requests:
            replies.write(encode(session.reply(line)))
            replies.flush()


class Session:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.loaded: Load | None = None
        self.versions: list[LoadedVersion] = []

    def reply(self, line: bytes) -> Reply:
        try:
            request = decode(line)
        except ValueError as error:
            return Failed("request", str(error))
        if isinstance(request, Load):
            return self.load(request)
        answer = _ANSWERS.get(type(request))
        if not answer:
            return Failed("request", f"{type(request).__name__} is no request")
        if len(self.versions) < 2 or self.loaded is None:
            return Failed("request", "nothing has been loaded")
        try:
            return answer(Pair(self.loaded, *self.versions), request)
        except UnansweredError as failure:
            return Failed(failure.kind, failure.message)

    def load(self, request: Load) -> Reply:
        self.versions.clear()
        self.loaded = request
        sys.path[:0] = [root for root in request.roots if root not in sys.path]
        place = Place(own_name(request.name), request.path, request.roots)
        guard.wanted = request.guarded
        guard.allow([*request.roots, os.path.dirname(request.path)])
        sources: dict[Version, str] = {"old": request.old, "new": request.new}
        for version, source in sources.items():
            guard.arm(calls=False)
            random.seed(os.getpid())  # What is drawn on import is the same for both, and another in a second process.
            try:
                self.versions.append(load(source, place, self.folder / version, request.function))
            except SyntaxError as error:
                return Failed("syntax", f"line {error.lineno}: {error.msg}", version)
            except BaseException as error:
                return Failed("load", said_of(error), version)
            finally:
                guard.disarm()
        guard.compared = frozenset(version.code.co_filename for version in self.versions)
        notes = dict.fromkeys(version.note for version in self.versions if version.note)
        return Loaded(f"{sys.version_info[0]}.{sys.version_info[1]}", tuple(notes))


class Pair(NamedTuple):
    """What requests are about."""

    loaded: Load
    old: LoadedVersion
    new: LoadedVersion


def _describe(pair: Pair, request: Describe) -> Reply:
    return apart(lambda: described(pair.old, request.function), DESCRIBING_SECONDS)


def _try(pair: Pair, request: Try) -> Reply:
    return Tried(tuple(tried(pair.old, request)))


def _observe(pair: Pair, request: Observe) -> Reply:
    return observed(pair.old, request)


def _compare(pair: Pair, request: Compare) -> Reply:
    compared = replayable(pair.old, pair.new, request, Agreement(pair.old, pair.new, request).compared())
    return without_chance(pair.loaded, pair.old, request, compared)


def _time(pair: Pair, request: Time) -> Reply:
    found = timed((pair.old, pair.new), request)
    return confirmed(pair.loaded, request, found) if request.confirm and found.low > FASTER else found


def _grow(pair: Pair, request: Grow) -> Reply:
    return grown((pair.old, pair.new), request)


def _count(pair: Pair, request: Count) -> Reply:
    return counted((pair.old, pair.new), request)


def _inputs(pair: Pair, request: Inputs) -> Reply:
    pair.old.activate()
    guard.allow([*pair.loaded.roots, os.path.dirname(pair.loaded.path), os.path.dirname(request.path)])
    return made(request)


_ANSWERS: dict[type, Callable[..., Reply]] = {
    Describe: _describe,
    Try: _try,
    Observe: _observe,
    Compare: _compare,
    Time: _time,
    Grow: _grow,
    Count: _count,
    Inputs: _inputs,
}
