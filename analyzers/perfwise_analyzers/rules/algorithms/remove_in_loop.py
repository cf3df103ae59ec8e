"""Items are taken out of the middle of a list one by one.

# What it costs

`xs.remove(x)` compares x with the items before it and moves those after it; `del xs[i]` and `xs.pop(i)` move those
after it. In a loop that is len(xs) steps for every item taken out.

# The cheaper form

Go through the list once and keep the others: `xs[:] = [x for x in xs if ...]`. To remove many given items, put them
in a set first. Where the order does not matter, put the last item in the place of the removed one.

# When it does not pay

When only a few items are removed from a list that is not long.

# Fix safety

Safe when the items are of a built-in type whose equal values are alike, and the condition reads nothing but the item
and what the loop does not change. Otherwise it is to be verified: `remove` takes out the first item that is equal, and
the comprehension leaves out the very item.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.operations import Operation
from perfwise_analyzers.facts.structure import Loop
from perfwise_analyzers.facts.types import exact
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft, is_tried, used_after
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW124",
    name="remove-in-loop",
    summary="Items are removed from the middle of a list one by one: each removal goes through the list.",
    triggers=("remove(", "pop(", "del "),
    bad=(
        Bad(
            code="""\
def drop_small(sizes: list[int], least: int) -> None:
    for size in list(sizes):
        if size < least:
            sizes.remove(size)
""",
            better="""\
def drop_small(sizes: list[int], least: int) -> None:
    sizes[:] = [size for size in sizes if not (size < least)]
""",
            call="drop_small([n * 7919 % 2003 for n in range(2000)], 1000)",
        ),
        Bad(
            code="""\
def drop_closed(tickets):
    for ticket in tickets[:]:
        if ticket["state"] == "closed":
            tickets.remove(ticket)
    return tickets
""",
            better="""\
def drop_closed(tickets):
    tickets[:] = [ticket for ticket in tickets if ticket["state"] != "closed"]
    return tickets
""",
            call='drop_closed([{"n": n, "state": "closed" if n % 2 else "open"} for n in range(1000)])',
            level="verify",
        ),
        Bad(
            code="""\
def drop_blank(lines: list[str]) -> list[str]:
    i = 0
    while i < len(lines):
        if not lines[i]:
            del lines[i]
        else:
            i += 1
    return lines
""",
            better="""\
def drop_blank(lines: list[str]) -> list[str]:
    lines[:] = [line for line in lines if line]
    return lines
""",
            call='drop_blank(["" if n % 2 else "text" for n in range(30000)])',
            level="advice",
        ),
    ),
    good=(
        Good("def f(xs: list[int], x):\n    xs.remove(x)\n", "One item is removed."),
        Good("def f(xs: set[int], ys):\n    for y in ys:\n        xs.remove(y)\n", "A set finds it at once."),
        Good("def f(xs, ys):\n    for y in ys:\n        xs.remove(y)\n", "Nothing tells that it is a list."),
        Good(
            "def f(xs: list[int], ys):\n    for y in ys:\n        if y:\n            xs.remove(y)\n            break\n",
            "The loop ends with the first removal.",
        ),
        Good("def f(xs: list[int]):\n    while xs:\n        print(xs.pop())\n", "Nothing is moved at the end."),
        Good(
            "def f(rows: list[list[int]]):\n    for row in rows:\n        row.remove(0)\n", "One item of each of many."
        ),
    ),
)

_OPPOSITES = {"==": "!=", "!=": "==", "in": "not in", "not in": "in"}


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    told: set[Loop] = set()
    for operation in facts.operations("removal"):
        container = operation.container
        if not _is_list(facts, operation) or not facts.is_long(container):
            continue
        loops = facts.changing_loops(operation)
        if not loops or loops[0] in told or not _is_filter(facts, operation, loops[0]):
            continue
        told.add(loops[0])
        source, size = facts.source(container), facts.sizes.of(container)
        rounds = facts.cost(loops)
        cost = facts.cost(loops, size)
        what = "looks through" if operation.spelling == "remove" else "moves what follows in"
        message = f"Each removal {what} `{source}`: O({cost}); keeping the others in one pass makes it O({rounds})"
        yield facts.finding(rule, operation.node, message, cost, rounds, _fix(facts, operation, loops))


def _is_list(facts: Facts, operation: Operation) -> bool:
    container = operation.container
    kind = facts.type_of(container).name
    if kind != "unknown":
        return kind == "list" or (kind == "deque" and operation.spelling == "remove")
    # Only what has positions is sliced as a whole, or gone through by them.
    return any(_copied(facts, loop.iter, container) for loop in facts.structure.loops_around(operation.node)) or (
        isinstance(operation.item, n.Name) and _counts_through(facts, operation.item, container)
    )


def _copied(facts: Facts, iterated: n.Expr | None, container: n.Expr) -> bool:
    match iterated:
        case n.Subscript(value=value, index=n.Slice()):
            return facts.effects.same(value, container)
    return False


def _counts_through(facts: Facts, index: n.Name, container: n.Expr) -> bool:
    for binding in facts.inference.bindings(index) or ():
        if binding.loop is None or binding.loop.iter is None:
            continue
        for node in n.descendants(binding.loop.iter):
            match node:
                case n.Call(args=[measured]) if facts.inference.callee(node) == "builtins.len":
                    if facts.effects.same(measured, container):
                        return True
    return False


def _is_filter(facts: Facts, operation: Operation, loop: Loop) -> bool:
    """Whether the loop goes through the list for what to remove, or removes one given item after the other.

    What is taken now and then out of a pool, while other things are done, cannot be left out in one pass.
    """
    container, item = operation.container, operation.item
    assert item is not None
    names = facts.effects.names_in(item)
    match loop.node:
        case n.While(test=test):
            if isinstance(test, n.Compare) and test.ops == ["in"] and facts.effects.same(test.left, item):
                return facts.effects.same(test.comparators[0], container)
            if not names & facts.effects.names_in(test):
                return False
            return any(facts.effects.occurrences(container, test)) or _starts_at_end(facts, item, container)
        case n.For(target=target, iter=iterated):
            gone_through = [iterated, *n.descendants(iterated)]
            if names & facts.effects.names_in(target) and any(
                isinstance(each, n.Expr) and facts.effects.same(each, container) for each in gone_through
            ):
                return True
            is_item = isinstance(item, n.Name) and isinstance(target, n.Name) and item.id == target.id
            return is_item and operation.spelling != "pop" and _is_unconditional(facts, operation, loop.node)
    return False


def _starts_at_end(facts: Facts, index: n.Expr, container: n.Expr) -> bool:
    """`i = len(xs) - 1` before the loop."""
    bindings = facts.inference.bindings(index) if isinstance(index, n.Name) else None
    return any(
        binding.kind == "assign"
        and isinstance(binding.value, n.BinOp)
        and any(facts.effects.occurrences(container, binding.value))
        for binding in bindings or ()
    )


def _is_unconditional(facts: Facts, operation: Operation, loop: n.For) -> bool:
    """Whether each round removes, but for what is not there."""
    inner: n.Node = operation.node
    for around in facts.structure.ancestors(operation.node):
        if around is loop:
            return inner in loop.body
        match around:
            case n.ExprStmt() | n.Try():
                pass
            case n.If(test=n.Compare(left=left, ops=["in"], comparators=[asked])):
                if operation.item is None or not facts.effects.same(left, operation.item):
                    return False
                if not facts.effects.same(asked, operation.container):
                    return False
            case _:
                return False
        inner = around
    return False


def _fix(facts: Facts, operation: Operation, loops: list[Loop]) -> Fix | None:
    container, item = operation.container, operation.item
    if len(loops) != 1 or operation.spelling != "remove" or not isinstance(container, (n.Name, n.Attribute)):
        return None
    match loops[0].node:
        case n.For(
            target=n.Name(id=target),
            iter=iterated,
            body=[n.If(test=test, body=[n.ExprStmt(value=call)], orelse=[])],
            orelse=[],
            is_async=False,
        ) if call is operation.node and isinstance(item, n.Name) and item.id == target:
            pass
        case _:
            return None
    if not _is_copy(facts, iterated, container) or used_after(facts, target, loops[0].stmt):
        return None
    parts = list(n.descendants(test))
    if any(facts.effects.is_opaque(part) or isinstance(part, n.NamedExpr) for part in parts) or any(
        isinstance(part, n.Compare) and any(op.startswith("is") for op in part.ops) for part in parts
    ):
        return None
    if any(isinstance(part, type(container)) and facts.effects.same(part, container) for part in parts):
        return None
    source = facts.source(container)
    draft = Draft(facts)
    draft.replace(loops[0].stmt, f"{source}[:] = [{target} for {target} in {source} if {_opposite(facts, test)}]")
    title = f"Keep the others of `{source}` in one pass"
    if not exact(facts.type_of(container).element) or is_tried(facts, operation.node):
        return draft.fix("verify", title, "Another item might be equal to the one that is removed.")
    return draft.fix("safe", title)


def _is_copy(facts: Facts, iterated: n.Expr, container: n.Expr) -> bool:
    match iterated:
        case n.Call(args=[copied], keywords=[]):
            is_copy = facts.inference.callee(iterated) in ("builtins.list", "builtins.tuple")
            return is_copy and facts.effects.same(copied, container)
        case n.Call(func=n.Attribute(value=copied, attr="copy"), args=[]):
            return facts.effects.same(copied, container)
        case n.Subscript(value=copied, index=n.Slice(lower=None, upper=None, step=None)):
            return facts.effects.same(copied, container)
    return False


def _opposite(facts: Facts, test: n.Expr) -> str:
    match test:
        case n.UnaryOp(op="not", operand=operand):
            return facts.source(operand)
        case n.Compare(left=left, ops=[op], comparators=[right]) if op in _OPPOSITES:
            return f"{facts.source(left)} {_OPPOSITES[op]} {facts.source(right)}"
    return f"not ({facts.source(test)})"
