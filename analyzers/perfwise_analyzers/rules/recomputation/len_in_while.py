"""The length of a list that stays as it is, is asked for before each round.

# What it costs

`while i < len(xs)` calls `len` in every round: some tens of nanoseconds, much of what a short round costs.

# The cheaper form

Take the length before the loop; or go through the list by `for`.

# When it does not pay

On lines that a profile does not show to be hot, so nothing is said of others.

# Fix safety

Safe when the type is known and nothing in the loop can change the length. Otherwise it is to be verified.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.invariance import unchanged_loops
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft, base_name, can_hoist
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW210",
    name="len-in-while",
    summary="The test of a `while` asks for a length that does not change.",
    triggers=("while",),
    severity="hint",
    micro=True,
    bad=(
        Bad(
            code="""\
def steps(numbers: list[int], step: int) -> int:
    at = 0
    while at < len(numbers):
        at += step
    return at
""",
            better="""\
def steps(numbers: list[int], step: int) -> int:
    at = 0
    numbers_length = len(numbers)
    while at < numbers_length:
        at += step
    return at
""",
            call="steps(list(range(20000)), 1)",
        ),
    ),
    good=(
        Good(
            "def f(xs: list[int]):\n    i = 0\n    while i < len(xs):\n        if xs[i]:\n            xs.pop(i)\n        i += 1\n",
            "The length changes.",
        ),
        Good(
            "def f(xs: list[int]):\n    while len(xs) > 1:\n        xs = xs[::2]\n", "The name is bound to other lists."
        ),
    ),
)

_SIZED = frozenset({"list", "tuple", "str", "bytes", "dict", "set", "deque", "range", "frozenset"})


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for loop in facts.structure.loops:
        if not isinstance(loop.node, n.While):
            continue
        for call in n.descendants(loop.node.test):
            if not isinstance(call, n.Call) or facts.inference.callee(call) != "builtins.len" or len(call.args) != 1:
                continue
            if loop in unchanged_loops(facts, [call], facts.place(call)):
                message = f"`{facts.source(call)}` is asked for before each round, and stays the same"
                yield facts.finding(rule, call, message, fix=_fix(facts, call, loop.node))


def _fix(facts: Facts, call: n.Call, stmt: n.While) -> Fix | None:
    measured = call.args[0]
    loop = next(loop for loop in facts.structure.loops if loop.node is stmt)
    if not can_hoist(facts, call, loop):
        return None
    draft = Draft(facts)
    name = draft.fresh(f"{base_name(measured)}_length")
    draft.before(stmt, f"{name} = {facts.source(call)}")
    draft.replace(call, name)
    title = f"Take the length of `{facts.source(measured)}` before the loop"
    if facts.type_of(measured).name in _SIZED and facts.stable(measured, [loop]) == "proved":
        return draft.fix("safe", title)
    return draft.fix("verify", title, f"Code called in the loop might change `{facts.source(measured)}`.")
