"""Items are put at the front of a list, one after the other.

# What it costs

`xs.insert(0, x)` moves every item one place on: n insertions move n * n / 2 items. `xs[:0] = [x]` and
`xs = [x] + xs` do the same.

# The cheaper form

Append, and reverse the list once after the loop; or use `collections.deque`, whose `appendleft` moves nothing.

# When it does not pay

For some hundred items: moving them is one fast copy of pointers.

# Fix safety

Safe when the list starts empty in the function, grows in this way only, and is read only after the loop. Otherwise
there is no fix.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.operations import Operation
from perfwise_analyzers.facts.structure import Loop
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft, is_tried, leaves
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW107",
    name="insert-front",
    summary="Items are put at the front of a list in a loop: every insertion moves all that is there.",
    triggers=("for", "while"),
    bad=(
        Bad(
            code="""\
def newest_first(events: list[int]) -> list[int]:
    out = []
    for event in events:
        out.insert(0, event)
    return out
""",
            better="""\
def newest_first(events: list[int]) -> list[int]:
    out = []
    for event in events:
        out.append(event)
    out.reverse()
    return out
""",
            call="newest_first(list(range(20000)))",
        ),
        Bad(
            code="""\
def push(out: list[int], events: list[int]) -> None:
    for event in events:
        out.insert(0, event)
""",
            better="""\
def push(out: list[int], events: list[int]) -> None:
    out[:0] = events[::-1]
""",
            call="push([1, 2], list(range(20000)))",
            level="advice",
        ),
    ),
    good=(
        Good(
            "def f(words, rest: list[str]):\n    stop = False\n    for word in words:\n        if '=' in word:\n            rest.insert(0, word)\n            stop = True\n        print(word)\n        if stop:\n            break\n",
            "It is done once, in the last round.",
        ),
        Good(
            "def f(xs):\n    out = []\n    for x in xs:\n        out.append(x)\n    return out\n",
            "It grows at its end.",
        ),
        Good("def f(out: list[int], x):\n    out.insert(0, x)\n", "One insertion."),
        Good("def f(xs):\n    out = []\n    for x in xs:\n        out.insert(x, x)\n", "The place is not the front."),
        Good(
            "from collections import deque\n\ndef f(xs):\n    out = deque()\n    for x in xs:\n        out.insert(0, x)\n",
            "A deque moves nothing at its front.",
        ),
        Good(
            "def f(rows):\n    for row in rows:\n        cells = list(row)\n        cells.insert(0, '')\n        print(cells)\n",
            "One insertion into each of many lists.",
        ),
    ),
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for operation in facts.operations("put-front"):
        container = operation.container
        if facts.type_of(container).name != "list" or not facts.is_long(container):
            continue
        loops = facts.changing_loops(operation)
        if not loops:
            continue
        source = facts.source(container)
        rounds = facts.cost(loops)
        cost = facts.cost(loops, facts.sizes.of(container))
        message = (
            f"Each round moves all items of `{source}` to put one in front: O({cost}); appending and reversing once, or a "
            f"deque, makes it O({rounds})"
        )
        yield facts.finding(rule, operation.node, message, cost, rounds, _fix(facts, operation, loops))


def _fix(facts: Facts, operation: Operation, loops: list[Loop]) -> Fix | None:
    container, item, outer = operation.container, operation.item, loops[-1]
    node = operation.node
    if not isinstance(container, n.Name) or item is None or operation.spelling != "insert":
        return None
    if not isinstance(facts.structure.parent.get(node), n.ExprStmt) or not isinstance(outer.node, (n.For, n.While)):
        return None
    if leaves(outer) or is_tried(facts, node) or not _is_only_filled(facts, container, outer):
        return None
    if outer.node.orelse or container.id in facts.effects.names_in(item):
        return None
    draft = Draft(facts)
    draft.replace(node, f"{container.id}.append({facts.source(item)})")
    draft.after(outer.stmt, f"{container.id}.reverse()")
    return draft.fix("safe", f"Append to `{container.id}` and reverse it after the loop")


def _is_only_filled(facts: Facts, container: n.Name, outer: Loop) -> bool:
    """Whether the list is made empty just for this loop, and nothing but the insertion touches it until the loop ends."""
    scope = facts.place(container).scope
    bindings = scope.bindings.get(container.id, [])
    if len(bindings) != 1 or scope.kind != "function":
        return False
    match bindings[0]:
        case made if made.kind == "assign" and isinstance(made.value, n.List) and not made.value.elts:
            block, index = made.place.path[-1]
            at = dict(facts.place(outer.stmt).path).get(block)
            if at is None or at <= index or facts.place(outer.stmt).path[-1][0] != block:
                return False
        case _:
            return False
    if any(other is not scope and container.id in other.uses for other in facts.structure.scopes):
        return False
    return all(use is container or use.start >= outer.end for use in scope.uses.get(container.id, ()))
