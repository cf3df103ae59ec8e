"""All items are sorted, and only the few first or last are used.

# What it costs

`sorted(xs)[:k]` is len(xs) * log(len(xs)) comparisons and a copy of the list, for k items; so is `sorted(xs)[1]`, for one.

# The cheaper form

`heapq.nsmallest(k, xs)` and `heapq.nlargest(k, xs)`, with the same key, go through the items once and keep k of them.
Items that are equal come in the same order.

# When it does not pay

When k is a tenth of the items or more, or the items are nearly in order already, which sorting notices.

# Fix safety

Safe when k is written out, and the items are of one built-in type with an order. Otherwise it is to be verified: of a
negative k a slice takes all but the last items, and `nsmallest` none.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.operations import Kind, Operation
from perfwise_analyzers.facts.operations.sorting import place_from_end
from perfwise_analyzers.facts.types import exact
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW116",
    name="sorted-slice-k",
    summary="All items are sorted for the sake of the first few.",
    triggers=("sort",),
    bad=(
        Bad(
            code="""\
def lowest(prices: list[int]) -> list[int]:
    return sorted(prices)[:10]
""",
            better="""\
from heapq import nsmallest


def lowest(prices: list[int]) -> list[int]:
    return nsmallest(10, prices)
""",
            call="lowest([n * 7919 % 20011 for n in range(20000)])",
        ),
        Bad(
            code="""\
def leaders(players, k):
    ranked = sorted(players, key=lambda player: player[1], reverse=True)
    return ranked[:k]
""",
            better="""\
from heapq import nlargest


def leaders(players, k):
    ranked = nlargest(k, players, key=lambda player: player[1])
    return ranked
""",
            call="leaders([(n, n * 7919 % 20011) for n in range(20000)], 5)",
            level="verify",
        ),
        Bad(
            code="""\
def runner_up(times: list[int]) -> int:
    return sorted(times)[1]
""",
            better="""\
from heapq import nsmallest


def runner_up(times: list[int]) -> int:
    return nsmallest(2, times)[1]
""",
            call="runner_up([n * 7919 % 20011 for n in range(20000)])",
        ),
        Bad(
            code="""\
def second(scores):
    ranked = sorted(set(scores))
    return ranked[-2] if len(ranked) > 1 else None
""",
            better="""\
def second(scores):
    best = last = None
    for score in scores:
        if best is None or score > best:
            best, last = score, best
        elif score != best and (last is None or score > last):
            last = score
    return last
""",
            call="second([n * 7919 % 20011 / 3 for n in range(20000)])",
            level="advice",
        ),
    ),
    good=(
        Good("def f(xs):\n    return sorted(xs)[: len(xs) // 2]\n", "Half of the items are used."),
        Good("def f(xs):\n    return sorted(xs)[1:]\n", "All items but one are used."),
        Good("def f(xs, k):\n    if k >= len(xs):\n        return sorted(xs)[:k]\n", "All items are used."),
        Good("def f(xs, k):\n    ys = sorted(xs)\n    return ys[:k], ys[k:]\n", "All the items are used."),
        Good("def f(a, b, c):\n    return sorted([a, b, c])[:2]\n", "Three items are sorted at once."),
    ),
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    kinds: tuple[Kind, ...] = ("repeated-sort", "resort")
    repeated = {operation.call for kind in kinds for operation in facts.operations(kind) if operation.place.loop}
    for operation in facts.operations("sorted-part"):
        few = operation.item
        if operation.spelling not in ("head", "tail", "nth") or few is None or operation.call in repeated:
            continue
        if not facts.is_long(operation.container) or _takes_all(facts, operation.node, few):
            continue
        source, size = facts.source(operation.container), facts.sizes.of(operation.container)
        count = str(place_from_end(few)) if operation.spelling == "nth" else facts.source(few)
        kept = f" * log({count})" if not isinstance(few, n.Constant) else ""
        cost, better = f"{size} * log({size})", f"{size}{kept}"
        remedy = f"`heapq.{_function(operation)}` makes it O({better})"
        taken = f"one near its {_end(few)}" if operation.spelling == "nth" else f"{count} of its items"
        message = f"`{source}` is sorted for {taken}: O({cost}); {remedy}"
        yield facts.finding(rule, operation.node, message, cost, better, _fix(facts, operation, few))


def _takes_all(facts: Facts, node: n.Node, few: n.Expr) -> bool:
    """Whether the code has just seen that there are no more items than are taken."""
    inner = node
    for around in facts.structure.ancestors(node):
        match around:
            case n.If(test=n.Compare(left=left, ops=[op], comparators=[right]), body=body) if inner in body:
                if (op in (">", ">=") and facts.effects.same(left, few)) or (
                    op in ("<", "<=") and facts.effects.same(right, few)
                ):
                    return True
            case n.FunctionDef():
                break
        inner = around
    return False


def _reverse(operation: Operation) -> n.Expr | None:
    assert operation.call is not None
    return next((keyword.value for keyword in operation.call.keywords if keyword.arg == "reverse"), None)


def _function(operation: Operation) -> str:
    reverse = _reverse(operation)
    is_reversed = isinstance(reverse, n.Constant) and reverse.value is True
    is_first = operation.spelling == "head" or (
        operation.spelling == "nth" and not isinstance(operation.item, n.UnaryOp)
    )
    return "nsmallest" if is_first != is_reversed else "nlargest"


def _end(index: n.Expr) -> str:
    return "end" if isinstance(index, n.UnaryOp) else "start"


def _fix(facts: Facts, operation: Operation, few: n.Expr) -> Fix | None:
    """Only for `[:k]` and `[k]`: what equals the last taken would come in another order at the other end."""
    call, node = operation.call, operation.node
    if call is None or not call.args or operation.spelling == "tail" or not isinstance(node, n.Subscript):
        return None
    is_item = operation.spelling == "nth"
    if is_item and (node.value is not call or isinstance(few, n.UnaryOp)):
        return None
    if not isinstance(_reverse(operation), (n.Constant, type(None))):
        return None
    if node.value is not call and not isinstance(few, n.Constant) and not _is_parameter(facts, few):
        return None
    if any(keyword.arg not in ("key", "reverse") for keyword in call.keywords):
        return None
    draft = Draft(facts)
    function = draft.imported("heapq", _function(operation))
    items = facts.source(call.args[0])
    if isinstance(call.args[0], n.Comprehension) and call.args[0].kind == "generator":
        items = f"({items.removeprefix('(').removesuffix(')')})"
    key = [facts.source(keyword) for keyword in call.keywords if keyword.arg == "key"]
    count = str(place_from_end(few)) if is_item else facts.source(few)
    taken = f"{function}({', '.join([count, items, *key])})" + (f"[{facts.source(few)}]" if is_item else "")
    if node.value is call:
        draft.replace(node, taken)
    else:
        draft.replace(call, taken)
        draft.replace(node, facts.source(node.value))
    title = f"Take the items with `heapq.{_function(operation)}`"
    if not isinstance(few, n.Constant):
        return draft.fix("verify", title, f"`{facts.source(few)}` might be negative, or count most of the items.")
    if key or not exact(facts.type_of(operation.container).element):
        return draft.fix("verify", title, "The items, or their keys, are not known to have an order.")
    return draft.fix("safe", title)


def _is_parameter(facts: Facts, few: n.Expr) -> bool:
    """Whether the bound is known where the items are sorted."""
    bindings = facts.inference.bindings(few) if isinstance(few, n.Name) else None
    return bool(bindings) and all(binding.kind == "parameter" for binding in bindings or ())
