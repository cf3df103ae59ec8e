"""The greatest or least so far is kept by calling `max` or `min` with two arguments in each round.

# What it costs

A call of `max` with two arguments costs several times what a comparison does, in a loop that does little else.

# The cheaper form

`max(best, *xs)` goes through all items in one call; where each round needs the greatest so far,
`if x > best: best = x` compares without a call.

# When it does not pay

For a handful of items, or where the rest of the round costs more than the call; there nothing is said.

# Fix safety

Safe for ints and for strings: the same items are compared in the same order. Otherwise it is to be verified, since an
exception on the way would leave the greatest so far.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.known import element_of
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft, used_after
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW412",
    name="max-of-two-in-loop",
    summary="A loop that does little else calls `max` or `min` with two arguments.",
    triggers=("max(", "min("),
    severity="hint",
    bad=(
        Bad(
            code="""\
def highest(prices: list[int]) -> int:
    best = 0
    for price in prices:
        best = max(best, price)
    return best
""",
            better="""\
def highest(prices: list[int]) -> int:
    best = 0
    best = max(best, *prices)
    return best
""",
            call="highest([n * 7919 % 10007 for n in range(10000)])",
        ),
        Bad(
            code="""\
def lows(prices):
    low = None
    out = []
    for price in prices:
        if low is None:
            low = price
        else:
            low = min(low, price)
        out.append(low)
    return out
""",
            better="""\
def lows(prices):
    low = None
    out = []
    for price in prices:
        if low is None or price < low:
            low = price
        out.append(low)
    return out
""",
            call="lows([n * 7919 % 10007 for n in range(10000)])",
            level="advice",
        ),
    ),
    good=(
        Good(
            "def f(rows, cost):\n    best = 0\n    for row in rows:\n        best = max(best, cost(row))\n    return best\n",
            "The call of `cost` costs more.",
        ),
        Good(
            "def f(rows):\n    best = 0\n    for row in rows:\n        total = sum(row)\n        best = max(best, total)\n"
            "    return best\n",
            "The rest of the round costs more.",
        ),
        Good("def f(xs):\n    return max(xs)\n", "All items are compared in one call."),
        Good("def f(xs, top):\n    return [min(x, top) for x in xs]\n", "Each item is compared with a bound."),
        Good(
            "def f():\n    best = 0\n    for x in (1, 2, 3):\n        best = max(best, x)\n    return best\n",
            "There are three.",
        ),
    ),
)

_KEEPING = frozenset({"builtins.max", "builtins.min"})


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for call in facts.structure.all(n.Call):
        callee = facts.inference.callee(call)
        match call, facts.structure.parent.get(call):
            case (
                n.Call(args=[(n.Name() | n.Attribute()) as best, value], keywords=[]),
                n.Assign(targets=[(n.Name() | n.Attribute()) as target]) as stmt,
            ) if callee in _KEEPING:
                if not facts.effects.same(best, target) and isinstance(value, (n.Name, n.Attribute)):
                    best, value = value, best
            case _:
                continue
        loop = facts.place(call).loop
        if loop is None or not isinstance(loop.node, n.For) or not facts.is_long(loop.node.iter):
            continue
        if not facts.effects.same(best, target) or not _is_cheap(value):
            continue
        source = facts.source(best)
        if any(facts.effects.same(best, part) for part in n.descendants(value) if isinstance(part, n.Expr)):
            continue
        if loop.node.orelse:
            continue
        if loop.node.body == [stmt] and isinstance(best, n.Name) and not loop.node.is_async:
            named = callee.removeprefix("builtins.")
            at_once = _at_once(facts, loop.node, value)
            remedy = f"`{named}({best.id}, *{at_once})` goes through the items in one call"
            fix = _fix(facts, loop.node, best, f"{best.id} = {named}({best.id}, *{at_once})")
        elif all(_is_small(facts, inner, stmt, best) for inner in loop.node.body):
            compared = f"{facts.source(value)} {'>' if callee == 'builtins.max' else '<'} {source}"
            remedy, fix = f"`if {compared}: {source} = {facts.source(value)}` compares without a call", None
        else:
            continue
        yield facts.finding(rule, call, f"Each round calls a function to compare two values; {remedy}", fix=fix)


def _is_cheap(value: n.Expr) -> bool:
    return isinstance(value, n.Name) or (
        isinstance(value, (n.Attribute, n.Subscript))
        and isinstance(value.value, n.Name)
        and isinstance(getattr(value, "index", None), (n.Name, n.Constant, type(None)))
    )


def _is_small(facts: Facts, inner: n.Stmt, stmt: n.Stmt, best: n.Expr) -> bool:
    """Whether a statement does no more than keep the greatest so far, or collect it."""
    if inner is stmt:
        return True
    match inner:
        case n.If(test=n.Compare(left=left, ops=[("is" | "==" | "is not" | "!=")]), body=body, orelse=orelse):
            return facts.effects.same(left, best) and all(_is_small(facts, each, stmt, best) for each in body + orelse)
        case n.Assign(targets=[n.Name() | n.Attribute()], value=n.Call(args=[one, other], keywords=[]) as call):
            return facts.inference.callee(call) in _KEEPING and _is_cheap(one) and _is_cheap(other)
        case n.Assign(targets=[target], value=value):
            return facts.effects.same(target, best) and _is_cheap(value)
        case n.ExprStmt(value=n.Call(func=n.Attribute(attr="append"), args=[item])):
            return facts.effects.same(item, best)
    return False


def _at_once(facts: Facts, loop: n.For, value: n.Expr) -> str:
    items = facts.source(loop.iter)
    if facts.effects.same(loop.target, value):
        return items if isinstance(loop.iter, (n.Name, n.Attribute, n.Subscript, n.Call)) else f"({items})"
    return f"[{facts.source(value)} for {facts.source(loop.target)} in {items}]"


def _fix(facts: Facts, loop: n.For, best: n.Name, stmt: str) -> Fix | None:
    if any(used_after(facts, name, loop) for name in facts.effects.names_in(loop.target)):
        return None
    draft = Draft(facts)
    draft.replace(loop, stmt)
    title = "Compare all items in one call"
    kinds = {element_of(facts.type_of(loop.iter)).name, facts.type_of(best).name}
    if kinds in ({"int"}, {"str"}) and isinstance(loop.target, n.Name) and not facts.inference.is_shared(best):
        return draft.fix("safe", title)
    return draft.fix("verify", title, "An exception on the way would leave the greatest or least so far.")
