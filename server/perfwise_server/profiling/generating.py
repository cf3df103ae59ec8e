"""Inputs for a function that nobody gave any: such as it accepts, so large that a call takes long enough."""

from __future__ import annotations

import math
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

from perfwise_server import interpreter
from perfwise_server.checking.errors import reason
from perfwise_server.driving.accepting import accepted
from perfwise_server.driving.callables import Function
from perfwise_server.driving.describing import resolved
from perfwise_server.driving.import_roots import place_of
from perfwise_server.driving.planning import Growth, Plan
from perfwise_server.driving.recipes import Recipe
from perfwise_server.profiling.running import Job, ProfilingError
from perfwise_worker.protocol import Describe, Described, Failed, Grow, Grown, Load, Outcome, Tried, Try

LONG_ENOUGH = 0.01  # Seconds of one call.
_PROBES = (16, 64)
_TOO_LONG = 0.2  # For there to be many calls.
_LARGEST = 1 << 20
_LONG_MAKING = 0.1  # Seconds of making the arguments and calling.
_LOADING_SECONDS = 20.0
_LONGEST_CALL = 1.0
_REPEATING = 0.1
_GRACE = 5.0
_CALLS = 4  # Of the same size, with other values.
_MOST_PLANS = 3
_MOST_SMALL = 12


class Generated(NamedTuple):
    """`size` is that of the arguments, 0 where they do not grow."""

    calls: tuple[str, ...]
    size: int


async def generated(
    job: Job, function: Function, observed: Sequence[str], seconds: float, progress: Callable[[str], None]
) -> Generated:
    """Calls of the job's function, all of which came back.

    Effect: runs the function in a worker, which is ended with the caller. Raises ProfilingError.
    """
    async with _loaded(job, function, seconds) as search:
        known = await search.described(function)
        progress("looking for inputs that it accepts")
        plans = await accepted(known, observed, search.attempt, seconds / 2)
        growth = await search.slowest(plans[:_MOST_PLANS])
        if growth is None:
            return await search.small(plans[:_MOST_PLANS])
        progress("looking for the size at which a call takes long enough")
        return await search.sized(growth)


async def longest(job: Job, function: Function, seconds: float) -> float:
    """Seconds of the longest of the job's calls; infinite where that cannot be said. Effects are `generated`'s."""
    try:
        async with _loaded(job, function, seconds) as search:
            outcomes = await search.attempt([Recipe(call, "given") for call in job.calls], seconds, _LONGEST_CALL)
            if not outcomes or any(each.ended != "returned" for each in outcomes):
                return math.inf
            slowest = max(outcomes, key=lambda each: each.seconds)
            # The first call in a process takes longer than the others.
            return slowest.seconds if slowest.seconds >= LONG_ENOUGH else await search.repeated(slowest.call)
    except ProfilingError:
        return math.inf


@asynccontextmanager
async def _loaded(job: Job, function: Function, seconds: float) -> AsyncIterator[_Search]:
    place = place_of(Path(job.path))
    try:
        async with interpreter.started(job.python, (*place.roots, job.path)) as worker:
            load = Load(job.text, job.text, place.module, job.path, place.roots, function.name)
            reply = await worker.ask(load, _LOADING_SECONDS)
            if isinstance(reply, Failed):
                raise ProfilingError(f"{job.path} cannot be loaded: {reply.message}")
            yield _Search(worker, time.monotonic() + seconds)
    except OSError as error:
        raise ProfilingError(f"{job.python}: cannot be started: {reason(error)}") from None


class _Search:
    def __init__(self, worker: interpreter.Worker, end: float) -> None:
        self._worker, self._end = worker, end

    async def described(self, function: Function) -> Function:
        reply = await self._worker.ask(Describe(function.name), _LOADING_SECONDS)
        return resolved(function, reply) if isinstance(reply, Described) else function

    async def attempt(self, recipes: Sequence[Recipe], seconds: float, each: float) -> tuple[Outcome, ...]:
        seconds = min(seconds, self._end - time.monotonic())
        calls = tuple(dict.fromkeys(recipe.call for recipe in recipes))
        if not calls or seconds <= 0:
            return ()
        reply = await self._worker.ask(Try(calls, seconds, each), seconds + _GRACE)
        if isinstance(reply, Tried):
            return reply.outcomes
        raise ProfilingError(f"the inputs that were tried ended the interpreter: {getattr(reply, 'message', '')}")

    async def repeated(self, call: str) -> float:
        """Seconds of a call that is made again and again."""
        reply = await self._worker.ask(Grow(call, (1,), _REPEATING, _LONGEST_CALL), _LONGEST_CALL + _GRACE)
        return reply.old[0][1] if isinstance(reply, Grown) and reply.old else math.inf

    async def slowest(self, plans: Sequence[Plan]) -> Growth | None:
        """The way to grow the arguments that takes the longest, of those that the function accepts."""
        growths: dict[str, Growth] = {}
        for plan in plans:
            for growth in plan.growths():
                growths.setdefault(growth.call(), growth)
        probes = {growth.at(size).call: growth for growth in growths.values() for size in _PROBES}
        outcomes = await self.attempt([Recipe(call, "guessed") for call in probes], self._left / 2, _LONGEST_CALL)
        seconds: dict[Growth, float] = {}
        for outcome in outcomes:
            if outcome.ended == "returned":
                growth = probes[outcome.call]
                seconds[growth] = seconds.get(growth, 0.0) + outcome.seconds
        refused = {probes[each.call] for each in outcomes if each.ended == "raised"}
        return max(seconds, key=lambda growth: (growth not in refused, seconds[growth]), default=None)

    async def sized(self, growth: Growth) -> Generated:
        """Of about the smallest size at which a call takes long enough. It is smaller where it takes long to make such
        arguments, since the function would hardly run then, and where calls do not come back."""
        fits, too_large, size = 0, 0, 1
        while size <= _LARGEST and size not in (fits, too_large) and self._left:
            outcome, took = await self._quicker(growth, size)
            if outcome is None or outcome.ended == "time" or (fits and outcome.seconds > _TOO_LONG):
                too_large = size
            elif outcome.ended == "returned":
                fits = size
                if outcome.seconds >= LONG_ENOUGH or took > _LONG_MAKING:
                    break
            size = (fits + too_large) // 2 if too_large else size * 2
        calls = [growth.at(fits, salt) for salt in range(_CALLS)]
        outcomes = await self.attempt(calls, max(self._left, _LONGEST_CALL), _LONGEST_CALL)
        returned = tuple(each.call for each in outcomes if each.ended == "returned")
        return Generated(returned or (growth.at(fits).call,), fits)

    async def _quicker(self, growth: Growth, size: int) -> tuple[Outcome | None, float]:
        """The outcome, and the seconds that it took with the making of the arguments; of the quicker of two calls,
        since a short one may take long on a busy machine."""
        found: list[tuple[float, float, Outcome]] = []
        while not found or (len(found) < 2 and (found[0][0] >= LONG_ENOUGH or found[0][1] > _LONG_MAKING)):
            began = time.monotonic()
            made = await self.attempt([growth.at(size)], self._left, _LONGEST_CALL)
            if not made:
                break
            found.append((made[0].seconds, time.monotonic() - began, made[0]))
        if not found:
            return None, 0.0
        return min(found, key=lambda each: each[0])[2], min(took for _, took, _ in found)

    async def small(self, plans: Sequence[Plan]) -> Generated:
        """Where nothing grows, what there is."""
        for plan in plans:
            recipes = (plan.all() if plan.is_finite() else [*plan.samples(), *plan.edges()])[: 2 * _MOST_SMALL]
            outcomes = await self.attempt(recipes, self._left / 2, _LONGEST_CALL)
            returned = [each for each in outcomes if each.ended == "returned"][:_MOST_SMALL]
            if returned:
                return Generated(tuple(each.call for each in returned), 0)
        raise ProfilingError("no input was found that it accepts")

    @property
    def _left(self) -> float:
        return max(self._end - time.monotonic(), 0.0)
