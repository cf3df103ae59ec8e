"""The two versions in a worker, the calls made of them so far, and what came of these."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import ge
from typing import TypeVar

from perfwise_server.driving.accepting import WRONG_TYPE
from perfwise_server.driving.callables import Function
from perfwise_server.driving.describing import resolved
from perfwise_server.driving.recipes import Origin, Recipe
from perfwise_server.driving.scaling import sizes_of
from perfwise_server.driving.shrinking import smaller
from perfwise_server.interpreter import Worker
from perfwise_server.verifying.verdict import Counterexample
from perfwise_worker.protocol import (
    Compare,
    Compared,
    Describe,
    Described,
    Difference,
    Failed,
    Outcome,
    Reply,
    Request,
    Time,
    Timed,
    Tried,
    Try,
)

_EXHAUSTED = ("RecursionError", "MemoryError")
_NEVER_ENDED = ("time", "memory", "crash", "call")
_GRACE = 5.0  # Seconds that the worker gets beyond its own limit before it is ended.
_RANK: dict[Origin, int] = {"given": 0, "declared": 1, "guessed": 2}
_SHRINKING_SECONDS = 0.8
_DESCRIBING_SECONDS = 5.0
_ROUND = 40
_ALWAYS = 5  # Returns, of which none agreed, that say that no input will.

Expected = TypeVar("Expected", bound=Reply)


class ExperimentError(Exception):
    """The worker could not do what it was asked; the text is a sentence."""


@dataclass
class Experiment:
    worker: Worker
    function: str
    end: float  # Of the monotonic clock.
    denied: frozenset[str] = frozenset()  # Calls that are never made, as the user said.
    recipes: dict[str, Recipe] = field(default_factory=dict)
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    attempts: list[Outcome] = field(default_factory=list)  # Of calls that were tried on the old version alone.
    differences: list[Difference] = field(default_factory=list)
    unsteady: list[Difference] = field(default_factory=list)
    unjudged: set[str] = field(default_factory=set)
    too_large: list[tuple[int, ...]] = field(default_factory=list)
    can_run: set[int] = field(default_factory=set)
    ran: set[int] = field(default_factory=set)

    @property
    def left(self) -> float:
        return max(self.end - time.monotonic(), 0.0)

    @property
    def returned(self) -> list[Outcome]:
        """One outcome for each input that came back normally, inputs that are alike counted once."""
        found: dict[str, Outcome] = {}
        for outcome in self.outcomes.values():
            if outcome.ended == "returned":
                found.setdefault(outcome.key or outcome.call, outcome)
        return list(found.values())

    @property
    def origins(self) -> Counter[str]:
        return Counter(self.recipes[call].origin for call in self.outcomes)

    async def ask(self, request: Request, expected: type[Expected], seconds: float) -> Expected:
        reply = await self.worker.ask(request, seconds + _GRACE)
        if isinstance(reply, expected):
            return reply
        if isinstance(reply, Failed):
            which = f" of the {reply.version} version" if reply.version else ""
            raise ExperimentError(f"the run{which} failed: {reply.message}")
        raise ExperimentError(f"the worker answered with {type(reply).__name__}")

    async def described(self, function: Function) -> Function:
        """With what the interpreter knows of its types, where it does."""
        seconds = min(_DESCRIBING_SECONDS, max(self.left, 0.5))
        reply = await self.worker.ask(Describe(function.name), seconds + _GRACE)
        return resolved(function, reply) if isinstance(reply, Described) else function

    async def attempt(self, recipes: Sequence[Recipe], seconds: float, each: float) -> tuple[Outcome, ...]:
        """What the old version alone makes of the calls."""
        seconds = min(seconds, self.left)
        calls = tuple(dict.fromkeys(recipe.call for recipe in recipes))
        if not calls or seconds <= 0:
            return ()
        found = (await self.ask(Try(calls, seconds, each), Tried, seconds)).outcomes
        self.attempts += found
        return found

    async def compare(
        self, recipes: Sequence[Recipe], seconds: float, each: float, watched: bool
    ) -> Counterexample | None:
        """Makes calls that were not made before; a difference that counts, of the best origin, as small as can be."""
        seconds = min(seconds, self.left)
        fresh = {
            recipe.call: recipe
            for recipe in recipes
            if recipe.call not in self.recipes and recipe.call not in self.denied and not self._endless(recipe)
        }
        if not fresh or seconds <= 0:
            return None
        reply = await self.ask(
            Compare(tuple(fresh), seconds, each, self.function if watched else ""), Compared, seconds
        )
        self.recipes.update(fresh)
        self.outcomes.update((outcome.call, outcome) for outcome in reply.outcomes if outcome.ended != "call")
        self.too_large += [sizes_of(each.call) for each in reply.outcomes if each.ended == "time"]
        self.unsteady += reply.unsteady
        self.unjudged.update(reply.unjudged)
        self.can_run.update(reply.new_lines.can)
        self.ran.update(reply.new_lines.ran)
        # Told apart by what each call of the old version does by itself, the new one cannot be blamed.
        shaky = {each.call for each in reply.unsteady}
        found = [each for each in reply.differences if each.call not in shaky and self._counts(each)]
        found = [each for each in found if each.kind != "time" or await self._is_slow(each)]
        self.differences += found
        if not found:
            return None
        first = min(found, key=lambda each: (_RANK[self.recipes[each.call].origin], len(each.call)))
        return await self._smallest(first)

    async def time(self, calls: Sequence[str], budget: float, confirm: bool) -> Timed:
        seconds = max(self.left, 1.0)
        return await self.ask(Time(tuple(calls), min(budget, seconds), seconds, confirm), Timed, seconds)

    def _endless(self, recipe: Recipe) -> bool:
        """Whether a call with nothing larger in it did not come to an end."""
        if recipe.origin == "given":
            return False
        sizes = sizes_of(recipe.call)
        return any(len(sizes) == len(other) and all(map(ge, sizes, other)) for other in self.too_large)

    def differs_always(self) -> bool:
        """Whether there was no input on which the versions agreed."""
        differing = {each.call for each in self.differences}
        returned = {each.call for each in self.returned}
        return len(returned) >= _ALWAYS and returned <= differing

    def _counts(self, difference: Difference, outcome: Outcome | None = None) -> bool:
        """Whether anybody would mind, as far as it is known that such calls are made."""
        recipe = self.recipes.get(difference.call)
        outcome = outcome or self.outcomes.get(difference.call)
        if outcome is None or recipe is None:
            return True
        if outcome.ended in _NEVER_ENDED or outcome.type in _EXHAUSTED:
            return False
        if recipe.origin == "given" or outcome.ended == "returned":
            return True
        if recipe.trait:
            return False
        return not (recipe.origin == "guessed" and outcome.type in WRONG_TYPE)

    async def _smallest(self, found: Difference) -> Counterexample:
        recipe = self.recipes[found.call]
        if found.kind in ("time", "memory", "crash"):
            return _example(found, recipe)
        alone = None if found.after else await self._differs([found.call])
        if alone is None:
            return _example(found, recipe)
        if recipe.origin == "given":
            return _example(alone, recipe)
        end = time.monotonic() + _SHRINKING_SECONDS
        while time.monotonic() < end and self.left > 1:
            fewer = [call for call in smaller(alone.call) if call not in self.denied]
            less = await self._differs(fewer[:_ROUND], alone, recipe)
            if less is None:
                break
            alone = less
        return _example(alone, recipe)

    async def _is_slow(self, found: Difference) -> bool:
        """Whether it is so again, since the machine may have been busy with something else."""
        return self.recipes[found.call].origin == "given" or await self._differs([found.call]) is not None

    async def _differs(
        self, calls: Sequence[str], like: Difference | None = None, recipe: Recipe | None = None
    ) -> Difference | None:
        """The difference of the shortest call that has one, of the same kind where one is given."""
        if not calls:
            return None
        seconds = min(2.0, max(self.left, 0.5))
        try:
            reply = await self.ask(Compare(tuple(calls), seconds, 0.5, self.function), Compared, seconds)
        except ExperimentError:
            return None
        outcomes = {outcome.call: outcome for outcome in reply.outcomes}
        shaky = {each.call for each in reply.unsteady}
        old = self.outcomes.get(like.call) if like else None
        if like and recipe:
            self.recipes.update((call, recipe._replace(call=call)) for call in calls if call not in self.recipes)
        found = [
            each
            for each in reply.differences
            if each.call not in shaky
            and (not like or each.kind == like.kind)
            and (not old or (each.call in outcomes and outcomes[each.call].ended == old.ended))
            and self._counts(each, outcomes.get(each.call))
        ]
        return min(found, key=lambda each: len(each.call), default=None)


def _example(difference: Difference, recipe: Recipe) -> Counterexample:
    old, new, where = difference.old, difference.new, difference.where
    if where == "exception type":
        old, new = (text if text == "it returned" else f"raises {text}" for text in (old, new))
    if difference.after:
        where = f"{where}, after {', '.join(difference.after)}"
    return Counterexample(difference.call, old, new, difference.kind, where, recipe.origin)
