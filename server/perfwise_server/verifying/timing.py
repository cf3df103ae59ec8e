"""Which calls are timed, and whether the times say that the new version is faster."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from perfwise_server.driving.planning import Growth, Plan
from perfwise_server.driving.recipes import Recipe
from perfwise_server.verifying.experiment import Experiment
from perfwise_server.verifying.verdict import FASTER
from perfwise_worker.protocol import Timed

_TIMING_SECONDS = 1.0
_SIZES = (16, 64, 256, 1024, 4096, 16384)
_MOST_GIVEN = 8
_CALLS_OF_EACH = 25
_LONG_ENOUGH, _TOO_LONG = 0.003, 0.012  # Seconds of one call, to be timed well and soon.
_TIMED_CALLS = 3
_MORE_MEMORY, _MUCH_MEMORY = 2, 10**6  # Times, and bytes more, that are worth a word.


class Chosen(NamedTuple):
    """Calls of one size, and of a smaller one where there is one."""

    calls: list[str]
    smaller: list[str]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Measured:
    """`objection` says why the new version does not pass for faster; it is empty where it does."""

    timed: Timed
    objection: str
    notes: tuple[str, ...]


class Differ(Protocol):
    """Compares the versions on calls; does not come back when they differ."""

    def __call__(self, recipes: Sequence[Recipe], seconds: float, each: float) -> Awaitable[None]: ...


async def measured(experiment: Experiment, chosen: Chosen) -> Measured:
    """Raises ExperimentError."""
    result = await experiment.time(chosen.calls, min(_TIMING_SECONDS, experiment.left * 0.4), confirm=True)
    against, notes = objection(result), chosen.notes
    if chosen.smaller and not against and experiment.left > 1:
        smaller = await experiment.time(chosen.smaller, min(0.5, experiment.left * 0.4), confirm=False)
        if smaller.high < 1:
            against = "it is faster on large inputs, and slower on smaller ones"
    old, new = result.old_peak, result.new_peak
    if old and new and new > max(_MORE_MEMORY * old, old + _MUCH_MEMORY):
        notes = (*notes, f"it holds {new / old:.1f} times the memory")
    return Measured(result, against, notes)


async def to_be_timed(experiment: Experiment, plans: Sequence[Plan], differ: Differ, *, given_alone: bool) -> Chosen:
    """Calls that take long enough, and others of the same kind that are smaller; the versions agree on all."""
    returned = sorted(experiment.returned, key=lambda each: -each.seconds)
    if given_alone:
        given = [each for each in returned if experiment.recipes[each.call].origin == "given"]
        # Each is called many times: what takes too long for that leaves its place to smaller ones.
        quick = [each for each in given if each.seconds * _CALLS_OF_EACH < experiment.left]
        left_out = len(given) - len(quick)
        notes = (f"{left_out} of the inputs take too long to be timed",) if quick and left_out else ()
        calls = [each.call for each in quick or given[-1:]]
        return Chosen(calls[: _MOST_GIVEN - 1] + calls[_MOST_GIVEN - 1 :][-1:], [], notes)
    for plan in plans:
        for growth in plan.growths():
            size = await _size_of(growth, experiment)
            if size is None:
                continue
            large = [growth.at(size, salt) for salt in range(1, _TIMED_CALLS + 1)]
            small = [growth.at(max(size // 4, 1), salt) for salt in range(1, _TIMED_CALLS + 1)]
            await differ([*large[:2], *small[:2]], experiment.left * 0.3, 5.0)
            if _returned(large[:2], experiment):
                smaller = [recipe.call for recipe in small] if _returned(small[:2], experiment) else []
                return Chosen([recipe.call for recipe in large], smaller)
    return Chosen([each.call for each in returned[:_TIMED_CALLS]], [])


def _returned(recipes: Sequence[Recipe], experiment: Experiment) -> bool:
    outcomes = [experiment.outcomes.get(recipe.call) for recipe in recipes]
    return all(outcome is not None and outcome.ended == "returned" for outcome in outcomes)


async def _size_of(growth: Growth, experiment: Experiment) -> int | None:
    """The least size at which a call takes long enough, or the largest from which it comes back."""
    best: int | None = None
    for start in (0, 3):
        sizes = {growth.at(size): size for size in _SIZES[start : start + 3]}
        for outcome in await experiment.attempt(list(sizes), min(2.0, experiment.left * 0.2), 0.5):
            size = next(size for recipe, size in sizes.items() if recipe.call == outcome.call)
            if outcome.ended != "returned":
                return best
            best = size
            if outcome.seconds > _LONG_ENOUGH:
                return best // 2 if outcome.seconds > _TOO_LONG else best
    return best


def objection(timed: Timed) -> str:
    """Why the new version does not pass for faster; empty where it does."""
    if timed.at_import:
        return "what the calls gain is lost when the module is imported"
    if timed.repeated_only:
        return "it is faster only on inputs that it has seen before"
    if timed.noisy:
        return "too noisy to tell: what a call gains is less than the clock resolves"
    if timed.confirmed == "no":
        return "a second run did not confirm the gain"
    if timed.low <= FASTER:
        return f"no gain of more than {FASTER - 1:.0%} is certain: the interval begins at {timed.low:.2f}"
    return ""
