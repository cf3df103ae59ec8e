"""What was found in one interpreter is looked for in a second one before it is told."""

from __future__ import annotations

import base64
import pickle
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from perfwise_worker.judge import judge
from perfwise_worker.leftovers import leftovers_removed
from perfwise_worker.loading import Version
from perfwise_worker.observe import Observation, observe
from perfwise_worker.processes import UnansweredError, apart
from perfwise_worker.protocol import Compare, Compared, Difference, Load, Observe, Observed, Time, Timed
from perfwise_worker.second import second
from perfwise_worker.timing import FASTER
from perfwise_worker.wall_clock import may_tell_the_time, wait_for_the_next_second

MOST_DOUBTED, MOST_ROUNDS = 5, 6  # Calls that are made again at once, and how many times others are.
MORE_SEEDS = (2, 3, 5, 6)
_NATURAL = ("order", "float rounding", "aliasing")  # Kinds that say nothing of others at the same place.


def without_chance(loaded: Load, version: Version, request: Compare, compared: Compared) -> Compared:
    """What the old version does one way here and another way elsewhere is not blamed on the new one.

    Calls are made again until one is found on which chance is not to blame.
    """
    left, unsteady, doubted = compared.differences, list[Difference](), set[str]()
    for _ in range(MOST_ROUNDS):
        calls = tuple(dict.fromkeys(each.call for each in left if each.kind not in ("time", "memory")))
        if not calls or not doubted.isdisjoint(calls):
            break
        doubted.update(calls[:MOST_DOUBTED])
        before = left[0].after  # Where there is one, all that is left is of one call.
        later = any(map(may_tell_the_time, left))
        try:
            unsteady += _by_chance(loaded, version, request, calls[:MOST_DOUBTED], before, (1,), later)
            left = tuple(each for each in left if not any(map(partial(_explains, doubted, each), unsteady)))
            # Of two orders chance may well have shown the same one twice.
            ordered = {each.call for each in left if each.kind == "order"} & doubted
            unsteady += _by_chance(loaded, version, request, tuple(sorted(ordered)), before, MORE_SEEDS)
        except UnansweredError:
            break
        left = tuple(each for each in left if not any(map(partial(_explains, doubted, each), unsteady)))
    return replace(compared, differences=left, unsteady=tuple(unsteady))


def _by_chance(
    loaded: Load,
    version: Version,
    request: Compare,
    calls: tuple[str, ...],
    before: tuple[str, ...],
    seeds: Sequence[int],
    later: bool = False,
) -> list[Difference]:
    """How the old version differs from itself in a second interpreter. Raises UnansweredError."""
    if not calls:
        return []
    ask = Observe(calls, request.seconds, request.function, before=before)
    here = _read(observed(version, ask))
    if later:
        wait_for_the_next_second()
    with second(loaded, request.seconds) as other:
        elsewhere = [_read(other.ask(replace(ask, seed=seed), request.seconds)) for seed in seeds]
    return [each for there in elsewhere for one, another in zip(here, there) for each in judge(one, another)]


def _explains(doubted: set[str], difference: Difference, chance: Difference) -> bool:
    """Of a call that was not made again, what chance shows in any other one."""
    same = difference.call == chance.call or difference.call not in doubted
    if not same or _root(difference) != _root(chance):
        return False
    return chance.kind == difference.kind or chance.kind not in _NATURAL


def _root(difference: Difference) -> str:
    return difference.where.replace("second call: ", "").split(".")[0].split("[")[0]


def observed(version: Version, request: Observe) -> Observed:
    """Each call in a process of its own. Raises UnansweredError when one does not come back."""
    found: list[Observation] = []
    for call in request.calls:
        with leftovers_removed():
            found += apart(partial(_looked_at, version, call, request), request.seconds)
    return Observed(base64.b64encode(pickle.dumps(found)).decode("ascii"))


def _looked_at(version: Version, call: str, request: Observe) -> list[Observation]:
    """Sets of objects that hash by their place in memory have an order that depends on what was there before."""
    ballast = [bytes(size) for size in range(0, 512, 16) for _ in range(request.seed)]
    found = [*observe(version, (*request.before, call), request.function, seed=request.seed)][-1:]
    ballast.clear()
    return found


def _read(reply: Observed) -> list[Observation]:
    found: list[Observation] = pickle.loads(base64.b64decode(reply.data))
    return found


def confirmed(loaded: Load, request: Time, found: Timed) -> Timed:
    """Both figures as one: no more is claimed than each of them says. Raises UnansweredError."""
    with second(loaded, request.seconds) as other:
        again: Timed = other.ask(replace(request, confirm=False), request.seconds)
    return replace(
        found,
        ratio=(found.ratio * again.ratio) ** 0.5,
        low=min(found.low, again.low),
        high=max(found.high, again.high),
        pairs=found.pairs + again.pairs,
        repeated_only=again.repeated_only,
        noisy=found.noisy or again.noisy,
        at_import=found.at_import and again.at_import,
        confirmed="yes" if again.low > FASTER else "no",
    )
