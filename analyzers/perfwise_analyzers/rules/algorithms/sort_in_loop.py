"""What stays the same is sorted anew in each round of a loop.

# What it costs

`sorted(xs)` is len(xs) * log(len(xs)) comparisons, and a copy, in every round, though the outcome is the same each
time. `xs.sort()` of a list that is in order already still goes through all of it.

# The cheaper form

Sort once, before the loop, and use the outcome in it.

# When it does not pay

When the loop seldom makes more than one round.

# Fix safety

Safe when the items are of one built-in type, and nothing in the loop can change what is sorted or the sorted list.
Otherwise it is to be verified: a key might give something else in a later round.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts.invariance import is_only_read
from perfwise_analyzers.facts.operations import Operation
from perfwise_analyzers.facts.operations.sorting import unchanged_loops
from perfwise_analyzers.facts.structure import Loop
from perfwise_analyzers.facts.types import exact
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft, base_name, can_hoist
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW113",
    name="sort-in-loop",
    summary="What a loop does not change is sorted in each of its rounds.",
    triggers=("for", "while", "map", "filter"),
    bad=(
        Bad(
            code="""\
def ranks(scores: list[int], asked: list[int]) -> list[int]:
    found = []
    for score in asked:
        found.append(sorted(scores).index(score))
    return found
""",
            better="""\
def ranks(scores: list[int], asked: list[int]) -> list[int]:
    found = []
    scores_sorted = sorted(scores)
    for score in asked:
        found.append(scores_sorted.index(score))
    return found
""",
            call="ranks([n * 7919 % 1000 for n in range(1000)], [n % 3 for n in range(200)])",
        ),
        Bad(
            code="""\
def pairs(teams, rounds):
    plan = []
    for number in range(rounds):
        for team in sorted(teams, key=lambda team: team["name"]):
            plan.append((number, team["name"]))
    return plan
""",
            better="""\
def pairs(teams, rounds):
    plan = []
    teams_sorted = sorted(teams, key=lambda team: team["name"])
    for number in range(rounds):
        for team in teams_sorted:
            plan.append((number, team["name"]))
    return plan
""",
            call='pairs([{"name": str(n * 7919 % 300)} for n in range(300)], 100)',
            level="verify",
        ),
    ),
    good=(
        Good("def f(rows):\n    return [sorted(row) for row in rows]\n", "Each round sorts another row."),
        Good("def f(xs):\n    for x in sorted(xs):\n        print(x)\n", "It is sorted once, for the loop."),
        Good(
            "def f(xs, ys):\n    for y in ys:\n        xs.append(y)\n        print(sorted(xs))\n",
            "The list changes from round to round.",
        ),
        Good(
            "def f(nodes, ys):\n    for y in ys:\n        sorted(nodes, key=lambda node: node.load)[0].load += y\n",
            "The order changes from round to round.",
        ),
        Good(
            "def f(xs, ys):\n    return [sorted(xs, key=lambda x: abs(x - y)) for y in ys]\n",
            "Each round sorts by another key.",
        ),
    ),
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for operation in facts.operations("repeated-sort"):
        loops = unchanged_loops(facts, operation)
        source, size = facts.source(operation.container), facts.sizes.of(operation.container)
        rounds = facts.cost(loops)
        cost, better = facts.cost(loops, f"{size} * log({size})"), f"{rounds} + {size} * log({size})"
        what = f"`{operation.helper}` sorts `{source}`" if operation.helper else f"`{source}` is sorted"
        message = f"{what} anew {facts.each_round(loops)}: O({cost}); sorting once before the loop makes it O({better})"
        yield facts.finding(rule, operation.node, message, cost, better, _fix(facts, operation, loops))


def _fix(facts: Facts, operation: Operation, loops: list[Loop]) -> Fix | None:
    call, container, outer = operation.call, operation.container, loops[-1]
    if call is None or operation.spelling != "sorted" or not can_hoist(facts, call, outer):
        return None
    if not is_only_read(facts, call):
        return None
    draft = Draft(facts)
    name = draft.fresh(f"{base_name(container)}_sorted")
    draft.before(outer.stmt, f"{name} = {facts.source(call)}")
    draft.replace(call, name)
    title = f"Sort `{facts.source(container)}` once before the loop"
    if not exact(facts.type_of(container).element) or operation.item is not None:
        return draft.fix("verify", title, "Comparing the items, or the key, might run code that gives something else.")
    if facts.stable(container, loops) != "proved":
        return draft.fix("verify", title, f"Code called in the loop might change `{facts.source(container)}`.")
    return draft.fix("safe", title)
