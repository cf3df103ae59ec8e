"""A lambda is mapped over items, or filters them, into a list, set, dict or tuple.

# What it costs

`list(map(lambda x: x * 2, xs))` calls a Python function for each item.

# The cheaper form

`[x * 2 for x in xs]` does the same without calls, about twice as fast.

# When it does not pay

For a handful of items, and where the lambda does much.

# Fix safety

Safe when the lambda calls nothing that could raise StopIteration, which ends a `map` but not a comprehension, and
makes no function that would see its variable later. Otherwise it is to be verified.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.known import PURE, PURE_METHODS
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW401",
    name="map-lambda",
    summary="A lambda is called for each item, where a comprehension would need no call.",
    triggers=("map(", "filter("),
    severity="hint",
    bad=(
        Bad(
            code="""\
def doubled(xs: list[int]) -> list[int]:
    return list(map(lambda x: x * 2, xs))
""",
            better="""\
def doubled(xs: list[int]) -> list[int]:
    return [x * 2 for x in xs]
""",
            call="doubled(list(range(5000)))",
        ),
        Bad(
            code="""\
def prices(offers):
    return dict(map(lambda offer: (offer[0], offer[1] if offer[1] else 0), offers))
""",
            better="""\
def prices(offers):
    return {offer[0]: (offer[1] if offer[1] else 0) for offer in offers}
""",
            call="prices([(n, n % 7) for n in range(5000)])",
        ),
    ),
    good=(
        Good("def f(xs):\n    return list(map(str, xs))\n", "`map` calls a function written in C."),
        Good("def f(xs):\n    return map(lambda x: x * 2, xs)\n", "The items may be wanted one by one."),
        Good("def f(xs, ys):\n    return list(map(lambda x, y: x * y, xs, ys))\n", "Two iterables go side by side."),
        Good("def f():\n    return list(map(lambda x: x * 2, (1, 2, 3)))\n", "There are three items."),
        Good("def f(xs):\n    return list(map(lambda x, n=2: x * n, xs))\n", "The lambda has a default."),
    ),
)

_BRACKETS = {"builtins.list": "[]", "builtins.set": "{}", "builtins.dict": "{}"}


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for call in facts.structure.all(n.Call):
        brackets = _BRACKETS.get(facts.inference.callee(call))
        match call:
            case n.Call(
                args=[n.Call(args=[n.Lambda(params=[parameter]) as function, items], keywords=[]) as mapped],
                keywords=[],
            ):
                pass
            case _:
                continue
        how = facts.inference.callee(mapped)
        if brackets is None or how not in ("builtins.map", "builtins.filter") or not facts.is_long(items):
            continue
        if parameter.default is not None or parameter.kind != "positional" or isinstance(items, n.Starred):
            continue
        if facts.inference.callee(call) == "builtins.dict" and not _is_pair(function.body):
            continue
        message = "The lambda is called for each item; a comprehension needs no calls"
        yield facts.finding(rule, call, message, fix=_fix(facts, call, function, items, how))


def _is_pair(body: n.Expr) -> bool:
    return isinstance(body, n.Tuple) and len(body.elts) == 2 and not any(isinstance(e, n.Starred) for e in body.elts)


def _fix(facts: Facts, call: n.Call, function: n.Lambda, items: n.Expr, how: str) -> Fix | None:
    inside = list(n.descendants(function.body))
    if any(isinstance(node, (n.Yield, n.Await, n.NamedExpr)) for node in inside):
        return None
    kind = facts.inference.callee(call)
    body, name = _source(facts, function.body), function.params[0].name
    if kind == "builtins.dict" and isinstance(function.body, n.Tuple):
        body = ": ".join(_source(facts, part) for part in function.body.elts)
    source = facts.source(items)
    if isinstance(items, (n.IfExp, n.Lambda)) or (
        isinstance(items, n.Comprehension) and not source.startswith(("(", "[", "{"))
    ):
        source = f"({source})"
    clause = f"for {name} in {source}"
    if how == "builtins.filter":
        if kind == "builtins.dict":
            return None
        body, clause = name, f"{clause} if {body}"
    brackets = _BRACKETS[kind]
    draft = Draft(facts)
    better = f"{brackets[0]}{body} {clause}{brackets[1]}"
    draft.replace(call, better)
    title = "Write a comprehension"
    if any(isinstance(node, (n.Lambda, n.Comprehension)) for node in inside):
        return draft.fix("verify", title, "A function made in the lambda might see its variable later.")
    if any(isinstance(node, n.Call) and not _is_known(facts, node) for node in inside):
        return draft.fix("verify", title, "What the lambda calls might raise StopIteration, which ends a `map`.")
    return draft.fix("safe", title)


def _source(facts: Facts, expr: n.Expr) -> str:
    source = facts.source(expr)
    return f"({source})" if isinstance(expr, (n.IfExp, n.Lambda)) and not source.startswith("(") else source


def _is_known(facts: Facts, call: n.Call) -> bool:
    callee = facts.inference.callee(call)
    if callee:
        return callee in PURE
    return (
        isinstance(call.func, n.Attribute)
        and call.func.attr in PURE_METHODS
        and facts.type_of(call.func.value).name in ("str", "bytes")
    )
