"""All items are sorted, and only the first or the last is used.

# What it costs

`sorted(xs)[0]` is len(xs) * log(len(xs)) comparisons and a copy of the list, to find one item.

# The cheaper form

`min(xs)` and `max(xs)`, with the same key, look at each item once and copy nothing.

# When it does not pay

For items that are in order already, which sorting notices in one pass, and for a handful of items.

# Fix safety

Safe when the items are of one built-in type whose equal values are alike, and the code has seen that there are some:
of no items, `min` raises ValueError where `[0]` raises IndexError. Otherwise it is to be verified: of items with equal
keys `sorted(xs, key=...)[-1]` is the last, and `max` gives the first.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.operations import Kind, Operation
from perfwise_analyzers.facts.types import exact
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW115",
    name="sorted-first-last",
    summary="All items are sorted for the sake of the first or the last.",
    triggers=("sort",),
    bad=(
        Bad(
            code="""\
def best(scores: list[int]) -> int:
    if not scores:
        return 0
    return sorted(scores)[-1]
""",
            better="""\
def best(scores: list[int]) -> int:
    if not scores:
        return 0
    return max(scores)
""",
            call="best([n * 7919 % 5000 for n in range(5000)])",
        ),
        Bad(
            code="""\
def cheapest(offers):
    ranked = sorted(offers, key=lambda offer: offer[1])
    return ranked[0]
""",
            better="""\
def cheapest(offers):
    ranked = min(offers, key=lambda offer: offer[1])
    return ranked
""",
            call="cheapest([(n, n * 7919 % 5000) for n in range(5000)])",
            level="verify",
        ),
    ),
    good=(
        Good("def f(xs):\n    return sorted(xs)[1]\n", "Neither the first nor the last is taken."),
        Good("def f(xs):\n    ys = sorted(xs)\n    return ys[0], ys\n", "The sorted list itself is used."),
        Good("def f(xs):\n    return sorted(xs)[len(xs) // 2]\n", "The median takes a sort, or nearly."),
        Good("def f(a, b):\n    return sorted([a, b])[0]\n", "Two items are sorted at once."),
    ),
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    kinds: tuple[Kind, ...] = ("repeated-sort", "resort")
    repeated = {operation.call for kind in kinds for operation in facts.operations(kind) if operation.place.loop}
    for operation in facts.operations("sorted-part"):
        if operation.spelling not in ("first", "last", "ends") or operation.call in repeated:
            continue
        if not facts.is_long(operation.container):
            continue
        source, size = facts.source(operation.container), facts.sizes.of(operation.container)
        cost, better = f"{size} * log({size})", size
        remedy = "`min` and `max` make" if operation.spelling == "ends" else f"`{_function(operation)}` makes"
        message = f"`{source}` is sorted for one item: O({cost}); {remedy} it O({better})"
        yield facts.finding(rule, operation.node, message, cost, better, _fix(facts, operation))


def _reverse(operation: Operation) -> n.Expr | None:
    assert operation.call is not None
    return next((keyword.value for keyword in operation.call.keywords if keyword.arg == "reverse"), None)


def _is_reversed(operation: Operation) -> bool:
    reverse = _reverse(operation)
    return isinstance(reverse, n.Constant) and reverse.value is True


def _function(operation: Operation) -> str:
    return "min" if (operation.spelling == "first") != _is_reversed(operation) else "max"


def _fix(facts: Facts, operation: Operation) -> Fix | None:
    call, node = operation.call, operation.node
    if call is None or not call.args or operation.spelling == "ends" or not isinstance(node, n.Subscript):
        return None
    if not isinstance(_reverse(operation), (n.Constant, type(None))):
        return None
    if any(keyword.arg not in ("key", "reverse") for keyword in call.keywords):
        return None
    arguments = [facts.source(call.args[0])]
    if isinstance(call.args[0], n.Comprehension) and call.keywords and call.args[0].kind == "generator":
        arguments = [f"({arguments[0].removeprefix('(').removesuffix(')')})"]
    arguments += [facts.source(keyword) for keyword in call.keywords if keyword.arg == "key"]
    draft = Draft(facts)
    function = _function(operation)
    taken = f"{function}({', '.join(arguments)})"
    if node.value is call:
        draft.replace(node, taken)
    else:
        draft.replace(call, taken)
        draft.replace(node, facts.source(node.value))
    title = f"Take the {function}imum of `{facts.source(operation.container)}`"
    if not _has_some(facts, operation.container, call):
        return draft.fix("verify", title, f"Of no items, `{function}` raises ValueError, and not IndexError.")
    if not exact(facts.type_of(operation.container).element) or (len(arguments) > 1 and operation.spelling == "last"):
        return draft.fix("verify", title, "Of items that are equal, or cannot be ordered, another might be given.")
    return draft.fix("safe", title)


def _has_some(facts: Facts, container: n.Expr, call: n.Call) -> bool:
    """Whether the code is reached only when the container, a list of the function's own, is not empty."""
    if not isinstance(container, n.Name) or facts.type_of(container).name not in ("list", "tuple", "set", "dict"):
        return False
    inner: n.Node = call
    for around in facts.structure.ancestors(call):
        match around:
            case n.If(test=test, body=body) if inner in body and facts.effects.same(test, container):
                return _is_kept(facts, container, test.end, call.start)
            case n.IfExp(test=test, body=body) if inner is body and facts.effects.same(test, container):
                return True
            case n.FunctionDef():
                break
        inner = around
    for block, index in facts.place(call).path:
        for earlier in facts.structure.blocks[block][:index]:
            match earlier:
                case n.If(test=n.UnaryOp(op="not", operand=operand), body=[*_, n.Return() | n.Raise() | n.Continue()]):
                    if facts.effects.same(operand, container) and _is_kept(facts, container, earlier.end, call.start):
                        return True
    return False


def _is_kept(facts: Facts, container: n.Name, start: int, end: int) -> bool:
    """Whether the name is not used between two places."""
    uses = facts.place(container).scope.uses.get(container.id, ())
    bindings = facts.inference.bindings(container) or ()
    return not any(start <= node.start < min(end, container.start) for node in (*uses, *(b.node for b in bindings)))
