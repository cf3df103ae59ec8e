"""A whole container is gone through in each round of a loop, for a value that is the same each time.

# What it costs

`sum(xs)`, `max(xs)`, `len([x for x in xs if x])`, `set(xs)` and their like look at every item. In a loop that does
not change `xs` that is len(loop) * len(xs) steps for one and the same outcome.

# The cheaper form

Work it out once before the loop, and use the outcome in it: len(loop) + len(xs) steps.

# When it does not pay

When the loop seldom makes a round, or seldom gets to where the value is needed.

# Fix safety

Safe when the items are of built-in types with which it cannot fail, and nothing in the loop can change the container.
Otherwise it is to be verified: `max` of an empty container would raise ValueError also where the loop makes no round.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.invariance import is_own, touches_items, unchanged_loops
from perfwise_analyzers.facts.known import element_of
from perfwise_analyzers.facts.operations import Operation
from perfwise_analyzers.facts.sizes import total
from perfwise_analyzers.facts.structure import Loop
from perfwise_analyzers.facts.types import hashable
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft, base_name, can_hoist
from perfwise_analyzers.fixing.hoisting import hoisting_fix
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW201",
    name="invariant-reduction-in-loop",
    summary="A sum, a maximum, a set or the like of what a loop does not change is worked out in each of its rounds.",
    triggers=("for", "while", "map", "sort", "max", "min"),
    bad=(
        Bad(
            code="""\
def shares(amounts: list[int]) -> list[float]:
    found = []
    for amount in amounts:
        found.append(amount / sum(amounts))
    return found
""",
            better="""\
def shares(amounts: list[int]) -> list[float]:
    found = []
    amounts_sum = sum(amounts)
    for amount in amounts:
        found.append(amount / amounts_sum)
    return found
""",
            call="shares(list(range(1, 500)))",
        ),
        Bad(
            code="""\
def scaled(values):
    return [(value - min(values)) * (value + min(values)) for value in values]
""",
            better="""\
def scaled(values):
    values_min = min(values)
    return [(value - values_min) * (value + values_min) for value in values]
""",
            call="scaled(list(range(1, 300)))",
            level="verify",
        ),
        Bad(
            code="""\
def known(words: list[str], text: str) -> int:
    seen = text.split()
    count = 0
    for word in words:
        if word in set(seen):
            count += 1
    return count
""",
            better="""\
def known(words: list[str], text: str) -> int:
    seen = text.split()
    count = 0
    seen_set = set(seen)
    for word in words:
        if word in seen_set:
            count += 1
    return count
""",
            call='known([str(n) for n in range(300)], " ".join(str(n) for n in range(500)))',
        ),
    ),
    good=(
        Good(
            "def f(widths: list[int], rows):\n    return [row - sum(widths[:3]) for row in rows]\n",
            "There are three items.",
        ),
        Good("def f(rows):\n    return [sum(row) for row in rows]\n", "Each round sums another row."),
        Good("def f(xs):\n    for x in set(xs):\n        print(x)\n", "The set is made once, for the loop."),
        Good(
            "def f(xs, ys):\n    for y in ys:\n        xs.append(y)\n        print(sum(xs))\n",
            "The list changes from round to round.",
        ),
        Good(
            "def f(xs, ys):\n    return [sum(1 for x in xs if x < y) for y in ys]\n",
            "Each round counts something else.",
        ),
        Good(
            "def f(nodes, ys):\n    for y in ys:\n        if max(node.load for node in nodes) < y:\n"
            "            nodes[0].load += y\n",
            "The loop changes what the nodes hold.",
        ),
        Good(
            "def f(xs, ys):\n    return {y: set(xs) for y in ys}\n",
            "Each round keeps a set of its own.",
        ),
        Good(
            "class A:\n    def run(self):\n        while max(self.queue) > 0:\n            self.step()\n",
            "The method called in the loop might change the queue.",
        ),
        Good(
            "def f(ys):\n    sizes = (3, 4, 5)\n    return [y / sum(sizes) for y in ys]\n", "Three numbers are no cost."
        ),
    ),
)

_NEVER_RAISES = frozenset({"sum", "any", "all", "set", "counts", "text"})


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    told: set[tuple[str, Loop]] = set()
    for operation in facts.operations("reduction"):
        loops = _loops(facts, operation)
        if not loops:
            continue
        source = facts.source(operation.node)
        case = (source, loops[-1])
        if case in told:
            continue
        told.add(case)
        size, rounds = facts.sizes.of(operation.container), facts.cost(loops)
        cost, better = facts.cost(loops, size), total([rounds, size])
        name = facts.source(operation.container)
        what = (
            f"`{operation.helper}` goes through `{name}` for the same value"
            if operation.helper
            else f"`{_short(source, name)}` gives the same"
        )
        message = f"{what} {facts.each_round(loops)}: O({cost}); worked out once before the loop it makes O({better})"
        yield facts.finding(rule, operation.node, message, cost, better, _fix(facts, operation, loops))


def _short(source: str, name: str) -> str:
    return source if "\n" not in source and len(source) <= 60 else f"{source.split('(')[0]}(... {name} ...)"


def _loops(facts: Facts, operation: Operation) -> list[Loop]:
    call, container = operation.call, operation.container
    if facts.type_of(container).name in ("iterator", "file", "int", "float") or not facts.is_long(container):
        return []
    if call is None:
        return unchanged_loops(facts, [container], operation.place, operation.node)
    if any(facts.effects.is_opaque(node) for node in n.descendants(call)):
        return []
    loops = unchanged_loops(facts, [call], operation.place)
    if any(_reads_items(facts, node, call) for node in n.descendants(call)):
        loops = list(takewhile(lambda loop: not touches_items(facts, loop), loops))
    return loops


def _reads_items(facts: Facts, node: n.Node, call: n.Call) -> bool:
    """Whether a part of the call reads what an item holds: `order.price`, `row[0]`."""
    return isinstance(node, (n.Attribute, n.Subscript)) and is_own(facts, node, call)


def _fix(facts: Facts, operation: Operation, loops: list[Loop]) -> Fix | None:
    call, container, outer = operation.call, operation.container, loops[-1]
    if call is None or not can_hoist(facts, call, outer):
        return None
    draft = Draft(facts)
    source = facts.source(call)
    name = draft.fresh(f"{base_name(container)}_{operation.spelling}")
    draft.before(outer.stmt, f"{name} = {source}")
    for other in facts.operations("reduction"):
        if other.call is not None and facts.source(other.call) == source and outer.encloses(other.call):
            draft.replace(other.call, name)
    title = f"Work out `{_short(source, facts.source(container))}` once before the loop"
    is_sure = operation.item is None and operation.spelling in _NEVER_RAISES and _is_plain(facts, operation)
    doubt = "" if is_sure else "It might raise an exception where the loop makes no round."
    return hoisting_fix(draft, container, loops, title, doubt)


def _is_plain(facts: Facts, operation: Operation) -> bool:
    """Whether the items are of a built-in type for which the reduction is sure to work."""
    element = element_of(facts.type_of(operation.container))
    if operation.spelling == "sum":
        return element.is_sure("int", "float", "bool")
    return element.is_sure("str") if operation.spelling == "text" else hashable(element) and not element.optional
