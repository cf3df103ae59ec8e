"""Which of the calls that are planned for a function it takes: found by making some."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from perfwise_server.driving.callables import Function
from perfwise_server.driving.observed import observed_shapes
from perfwise_server.driving.planning import Plan, constants_of, plans
from perfwise_server.driving.recipes import Recipe
from perfwise_worker.protocol import Outcome

# Makes the calls, within so many seconds in all and for each; those that there was no time for are left out.
Attempt = Callable[[Sequence[Recipe], float, float], Awaitable[Sequence[Outcome]]]

WRONG_TYPE = ("TypeError", "AttributeError")
_AT_ONCE = 8
_EACH = 0.3  # Seconds.
_MOST = 3


async def accepted(function: Function, observed: Sequence[str], attempt: Attempt, seconds: float) -> list[Plan]:
    """The plans whose calls come back, the best first. `observed` are calls that were seen."""
    found = plans(function)
    if not found or (found[0].origin == "declared" and len(found) == 1):
        return found
    shapes = observed_shapes(observed, function) if observed and not found[0].receiver else None
    if shapes is not None:
        found.insert(0, Plan(function, (), tuple(shapes), "guessed", constants_of(function.node)))
    for start in range(0, len(found), _AT_ONCE):
        tried = found[start : start + _AT_ONCE]
        samples = {plan: plan.samples() for plan in tried}
        calls = [recipe for recipes in samples.values() for recipe in recipes]
        outcomes = {each.call: each for each in await attempt(calls, seconds / 3, _EACH)}
        seen = {plan: [outcomes[each.call] for each in samples[plan] if each.call in outcomes] for plan in tried}
        returned = {plan: sum(each.ended == "returned" for each in seen[plan]) for plan in tried}
        wrong = {plan: sum(each.type in WRONG_TYPE for each in seen[plan]) for plan in tried}
        good = sorted((plan for plan in tried if returned[plan]), key=lambda plan: wrong[plan] - returned[plan])
        if start == 0 and returned[found[0]] and not wrong[found[0]]:
            if found[0].origin == "declared":
                return found
            if found[0].is_named():
                return found[:1]
        if good:
            return good[:_MOST]
    return []
