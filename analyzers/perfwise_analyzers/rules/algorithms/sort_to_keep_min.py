"""A list is sorted again each time an item is put into it, or before one is taken out.

# What it costs

Sorting a list that is in order but for one item still goes through all of it: len(xs) steps in every round.

# The cheaper form

Where only the least item is asked for, a heap: `heapq.heappush` and `heapq.heappop` move log(len(xs)) items. Where all
have to stay in order, `bisect.insort` finds the place by halving.

# When it does not pay

For lists of a few dozen items.

# Fix safety

Safe when the list starts empty, nothing but this puts items in, and these are of one built-in type with an order.
Otherwise it is to be verified: `insort` relies on a list that is in order already.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.operations import Operation
from perfwise_analyzers.facts.structure import Loop
from perfwise_analyzers.facts.types import exact
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW114",
    name="sort-to-keep-min",
    summary="A list is sorted again for each item that is put in or taken out.",
    triggers=("for", "while"),
    bad=(
        Bad(
            code="""\
def medians(numbers: list[int]) -> list[int]:
    seen: list[int] = []
    found = []
    for number in numbers:
        seen.append(number)
        seen.sort()
        found.append(seen[len(seen) // 2])
    return found
""",
            better="""\
from bisect import insort


def medians(numbers: list[int]) -> list[int]:
    seen: list[int] = []
    found = []
    for number in numbers:
        insort(seen, number)
        found.append(seen[len(seen) // 2])
    return found
""",
            call="medians([n * 7919 % 3001 for n in range(3000)])",
        ),
        Bad(
            code="""\
def merge_cost(sizes):
    heap = sorted(sizes)
    cost = 0
    while len(heap) > 1:
        heap.sort()
        first, second = heap.pop(0), heap.pop(0)
        cost += first + second
        heap.append(first + second)
    return cost
""",
            better="""\
from heapq import heapify, heappop, heappush

def merge_cost(sizes):
    heap = list(sizes)
    heapify(heap)
    cost = 0
    while len(heap) > 1:
        first, second = heappop(heap), heappop(heap)
        cost += first + second
        heappush(heap, first + second)
    return cost
""",
            call="merge_cost([n * 7919 % 3001 for n in range(3000)])",
            level="advice",
        ),
    ),
    good=(
        Good(
            "def f(xs):\n    out = []\n    for x in xs:\n        out.append(x)\n    out.sort()\n", "It is sorted once."
        ),
        Good(
            "def f(rows):\n    for row in rows:\n        row.append(0)\n        row.sort()\n",
            "Each round sorts another list.",
        ),
        Good(
            "def f(rows, xs):\n    for r in rows:\n        for x in r:\n            xs.append(x)\n        xs.sort()\n",
            "Many items are added between two sorts.",
        ),
        Good("def f(xs: list[int], x):\n    xs.append(x)\n    xs.sort()\n", "One item is added."),
    ),
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for operation in facts.operations("resort"):
        container = operation.container
        if not isinstance(container, (n.Name, n.Attribute, n.Subscript)) or not facts.is_long(container):
            continue
        if facts.type_of(container).name not in ("list", "unknown"):
            continue
        loops = facts.changing_loops(operation)
        if not loops:
            continue
        source, size, rounds = facts.source(container), facts.sizes.of(container), facts.cost(loops)
        cost, better = facts.cost(loops, size), facts.cost(loops, f"log({size})")
        what = f"`{operation.helper}` sorts `{source}`" if operation.helper else f"`{source}` is sorted"
        each = facts.each_round(loops) if rounds != "1" else "each time"
        message = f"{what} again {each}: O({cost}); a heap, or `bisect.insort`, makes it O({better})"
        yield facts.finding(
            rule, operation.call or operation.node, message, cost, better, _fix(facts, operation, loops)
        )


def _fix(facts: Facts, operation: Operation, loops: list[Loop]) -> Fix | None:
    """`xs.append(x)`, `xs.sort()` becomes `insort(xs, x)`."""
    container, call, item = operation.container, operation.call, operation.item
    if operation.spelling != "method" or not isinstance(container, n.Name) or call is None or call.keywords:
        return None
    block, index = operation.place.path[-1]
    stmts = facts.structure.blocks[block]
    sort = stmts[index]
    match stmts[index - 1] if index else None:
        case n.ExprStmt(value=n.Call(func=n.Attribute(attr="append"), args=[added])) as addition if added is item:
            pass
        case _:
            return None
    if not isinstance(sort, n.ExprStmt) or sort.value is not call:
        return None
    draft = Draft(facts)
    insort = draft.imported("bisect", "insort")
    draft.replace(addition, f"{insort}({container.id}, {facts.source(added)})")
    draft.remove(sort)
    title = f"Put the item where it belongs in `{container.id}`"
    if not exact(facts.type_of(container).element) or not exact(facts.type_of(added)):
        return draft.fix("verify", title, "The items are not known to have an order.")
    if not _starts_empty(facts, container) or len(facts.effects.changes_in(container, loops[-1])) != 2:
        return draft.fix("verify", title, f"`{container.id}` might not be in order before.")
    return draft.fix("safe", title)


def _starts_empty(facts: Facts, container: n.Name) -> bool:
    bindings = facts.place(container).scope.bindings.get(container.id, ())
    if len(bindings) != 1 or not facts.effects.is_private(container):
        return False
    return isinstance(bindings[0].value, n.List) and not bindings[0].value.elts
