"""A list is used as a queue: items are taken from its front.

# What it costs

`queue.pop(0)` moves every remaining item one place on: emptying a queue of n items moves n * n / 2 of them.
`del queue[0]`, `queue.remove(queue[0])` and `queue = queue[1:]` do the same.

# The cheaper form

`collections.deque` takes from both ends without moving anything: `popleft()`.

# When it does not pay

For a queue of some dozen items. A deque is slow in its middle: one that is mostly read by position should stay a
list, with an index that moves along it.

# Fix safety

Safe when the queue is made in the function, is used in no way in which a deque differs from a list (no slices, not
handed on or returned), and is only taken from when it holds something. Otherwise it is to be verified. A queue that
is an attribute or a name of the module becomes a deque in every function that uses it, if that will do for all of
them; it is to be verified, since other modules may use it too.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.environment import USES
from perfwise_analyzers.facts.inference import is_int
from perfwise_analyzers.facts.operations import Operation
from perfwise_analyzers.facts.operations.searching import method_calls
from perfwise_analyzers.facts.structure import Loop
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft
from perfwise_analyzers.fixing.queues import as_deque
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW106",
    name="pop-front",
    summary="Items are taken from the front of a list in a loop: each time all the others move.",
    triggers=("for", "while"),
    bad=(
        Bad(
            code="""\
def reach(start: int, limit: int) -> int:
    queue = [start]
    seen = 0
    while queue:
        node = queue.pop(0)
        seen += 1
        for child in (2 * node, 2 * node + 1):
            if child < limit:
                queue.append(child)
    return seen
""",
            better="""\
from collections import deque


def reach(start: int, limit: int) -> int:
    queue = deque([start])
    seen = 0
    while queue:
        node = queue.popleft()
        seen += 1
        for child in (2 * node, 2 * node + 1):
            if child < limit:
                queue.append(child)
    return seen
""",
            call="reach(1, 60000)",
        ),
        Bad(
            code="""\
def drain(jobs):
    waiting = list(jobs)
    total = 0
    for _ in range(len(waiting)):
        total += waiting.pop(0)
    return total
""",
            better="""\
from collections import deque


def drain(jobs):
    waiting = deque(jobs)
    total = 0
    for _ in range(len(waiting)):
        total += waiting.popleft()
    return total
""",
            call="drain(range(30000))",
            level="verify",
        ),
        Bad(
            code="""\
class Walk:
    def __init__(self, start: int) -> None:
        self.seen = 0
        self.waiting: list[int] = [start]

    def add(self, *nodes: int) -> None:
        self.waiting.extend(nodes)

    def run(self, limit: int) -> int:
        while self.waiting:
            node = self.waiting.pop(0)
            self.seen += 1
            if 2 * node + 1 < limit:
                self.add(2 * node, 2 * node + 1)
        return self.seen

def visited(limit: int) -> int:
    return Walk(1).run(limit)
""",
            better="""\
from collections import deque


class Walk:
    def __init__(self, start: int) -> None:
        self.seen = 0
        self.waiting: deque[int] = deque([start])

    def add(self, *nodes: int) -> None:
        self.waiting.extend(nodes)

    def run(self, limit: int) -> int:
        while self.waiting:
            node = self.waiting.popleft()
            self.seen += 1
            if 2 * node + 1 < limit:
                self.add(2 * node, 2 * node + 1)
        return self.seen

def visited(limit: int) -> int:
    return Walk(1).run(limit)
""",
            call="visited(60000)",
            level="verify",
        ),
    ),
    good=(
        Good(
            "def f(xs: list[int]):\n    while xs:\n        xs.sort()\n        xs.append(xs.pop(0) + 1)\n",
            "A deque cannot be sorted; a heap gives the least.",
        ),
        Good(
            "def f(graphs):\n    colours = ['b', 'g', 'r']\n    for graph in graphs:\n        graph.colour = colours.pop(0)\n",
            "There are three items.",
        ),
        Good("def f(xs: list[int]):\n    while xs:\n        print(xs.pop())\n", "It is taken from the end."),
        Good("def f(xs: list[int]):\n    return xs.pop(0)\n", "One item is taken."),
        Good("def f(d: dict[int, int]):\n    while d:\n        d.pop(0)\n", "That is a key of a dict."),
        Good("def f(queue):\n    while queue:\n        queue.pop(0)\n", "Nothing tells that the queue is a list."),
        Good(
            "def f(lines: list[str]):\n    for line in lines:\n        parts = line.split()\n        parts.pop(0)\n        print(parts)\n",
            "One item of each of many lists.",
        ),
    ),
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for operation in facts.operations("take-front"):
        container = operation.container
        if facts.type_of(container).name != "list" or not facts.is_long(container):
            continue
        loops = facts.changing_loops(operation)
        if not loops or _is_cycle(facts, operation) or _is_sorted_again(facts, container, loops):
            continue
        source = facts.source(container)
        rounds = facts.cost(loops)
        cost = facts.cost(loops, facts.sizes.of(container))
        message = f"Each round moves all items of `{source}` to take the first: O({cost}); a deque's `popleft` makes it O({rounds})"
        yield facts.finding(rule, operation.node, message, cost, rounds, _fix(facts, operation, loops))


def _is_sorted_again(facts: Facts, container: n.Expr, loops: list[Loop]) -> bool:
    """Whether the loops sort it too: what they want is the least item, which a heap gives, and a deque cannot be sorted."""
    return any(
        facts.effects.same(resort.container, container) and any(loop.encloses(resort.node) for loop in loops)
        for resort in facts.operations("resort")
    )


def _is_cycle(facts: Facts, operation: Operation) -> bool:
    """Whether a literal list goes round: each round puts back, in the same loop, as many items as it takes."""
    container, loop = operation.container, operation.place.loop
    if loop is None or not facts.type_of(container).length:
        return False
    added = [
        call
        for call, receiver in method_calls(facts, "append", "extend", "insert")
        if facts.effects.same(receiver, container)
    ]
    return bool(added) and all(
        facts.place(call).loop is loop and call.func.attr == "append"  # type: ignore[attr-defined]
        for call in added
    )


def _fix(facts: Facts, operation: Operation, loops: list[Loop]) -> Fix | None:
    container = operation.container
    if operation.spelling not in ("pop", "del", "helper"):
        return None
    found = facts.inference.bindings(container) if isinstance(container, n.Name) else None
    if not isinstance(container, n.Name) or not found:
        return _everywhere(facts, container)
    name, scope = container.id, found[0].place.scope
    if scope.kind != "function" or any(name in each.globals | each.nonlocals for each in facts.structure.scopes):
        return None
    bindings = scope.bindings[name]
    inner = [
        use
        for other in facts.structure.scopes
        for use in other.uses.get(name, ())
        if other is not scope and (bound := facts.inference.bindings(use)) and bound[0].place.scope is scope
    ]
    uses = [*scope.uses.get(name, ()), *inner, *(each.node for each in bindings if isinstance(each.node, n.Name))]
    kinds = [facts.uses.of(use) for use in uses]
    if (
        "other" in kinds
        or not {"made", "taken"} <= set(kinds)
        or any(each.kind not in ("assign", "augmented") for each in bindings)
    ):
        return None
    draft = Draft(facts)
    as_deque(facts, draft, uses)
    title = f"Make `{name}` a deque"
    if inner or "raising" in kinds or kinds.count("taken") > 1 or not _is_guarded(facts, operation, loops):
        return draft.fix("verify", title, "An empty deque raises IndexError with another message than an empty list.")
    return draft.fix("safe", title)


def _everywhere(facts: Facts, container: n.Expr) -> Fix | None:
    """An attribute or a name of the module, made a deque in all of the module, if a deque will do for all its uses."""
    key = container.id if isinstance(container, n.Name) else facts.inference.attribute_key(container)
    summary = facts.environment.lookup(USES + key) if key else None
    if summary is None or not {"made", "taken"} <= summary.uses or "other" in summary.uses:
        return None
    reason = "Other modules may use it as a list."
    return Fix("verify", f"Make `{facts.source(container)}` a deque", (), reason=reason, deques=(key,))


def _is_guarded(facts: Facts, operation: Operation, loops: list[Loop]) -> bool:
    """Whether the item is taken first thing in a `while` that runs as long as there is one."""
    container = operation.container
    for loop in loops:
        if not isinstance(loop.node, n.While) or not _asks_for_one(facts, loop.node.test, container):
            continue
        takes = [use for use in facts.effects.changes_in(container, loop) if _takes(facts, use)]
        if len(takes) == 1 and operation.place.loop is loop:
            return True
    return False


def _asks_for_one(facts: Facts, test: n.Expr, container: n.Expr) -> bool:
    match test:
        case n.Name():
            return facts.effects.same(test, container)
        case n.BoolOp(op="and", values=values):
            return any(_asks_for_one(facts, value, container) for value in values)
        case n.Call(args=[inner]) if facts.inference.callee(test) in ("builtins.len", "builtins.bool"):
            return facts.effects.same(inner, container)
        case n.Compare(left=n.Call(args=[inner]) as length, ops=[op], comparators=[bound]):
            if facts.inference.callee(length) != "builtins.len" or not facts.effects.same(inner, container):
                return False
            return (op in (">", "!=") and is_int(bound, 0)) or (op == ">=" and is_int(bound, 1))
    return False


def _takes(facts: Facts, use: n.Expr) -> bool:
    around = facts.structure.parent.get(use)
    return isinstance(around, n.Subscript) or (
        isinstance(around, n.Attribute) and around.attr in ("pop", "remove", "clear")
    )
