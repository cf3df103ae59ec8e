"""A loop that does nothing else adds numbers up.

# What it costs

Each round runs some bytecode to add one number.

# The cheaper form

`sum(xs)` adds in C, three times as fast and more; so do `sum(prices.values())` and `sum(map(len, rows))`.

# When it does not pay

For a handful of numbers. Where something is worked out of each item first, as in `total += item.price`, a generator
costs as much as the loop, and nothing is said.

# Fix safety

Safe when the numbers are known to be ints. Otherwise it is to be verified: from Python 3.12 on `sum` adds floats more
exactly, so that the last digits differ.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.inference import is_int
from perfwise_analyzers.facts.known import element_of
from perfwise_analyzers.facts.types import UNKNOWN, Type
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.accumulating import addition, at_once, starts_as
from perfwise_analyzers.fixing.draft import is_tried
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW403",
    name="manual-sum",
    summary="A loop that does nothing else adds numbers up.",
    triggers=("for",),
    severity="hint",
    bad=(
        Bad(
            code="""\
def total(amounts: list[int]) -> int:
    result = 0
    for amount in amounts:
        result += amount
    return result
""",
            better="""\
def total(amounts: list[int]) -> int:
    result = sum(amounts)
    return result
""",
            call="total(list(range(5000)))",
        ),
        Bad(
            code="""\
def weight(parts, packing: float):
    result = packing
    for part in parts:
        result = result + parts[part]
    return result
""",
            better="""\
def weight(parts, packing: float):
    result = packing
    result += sum(parts.values())
    return result
""",
            call="weight({n: n / 4 for n in range(5000)}, 1.5)",
            level="verify",
        ),
    ),
    good=(
        Good(
            "def f(items):\n    total = 0\n    for item in items:\n        total += item.price\n    return total\n",
            "A generator for `sum` would cost as much.",
        ),
        Good(
            "def f(words: list[str]):\n    text = ''\n    for word in words:\n        text += word\n    return text\n",
            "Strings are joined.",
        ),
        Good(
            "def f(xs: list[int]):\n    total = 0\n    for x in xs:\n        total += x\n        print(total)\n",
            "The loop does more.",
        ),
        Good(
            "def f():\n    total = 0\n    for x in (1, 2, 3):\n        total += x\n    return total\n",
            "There are three.",
        ),
        Good("def f(xs, total):\n    for x in xs:\n        total += x\n    return total\n", "They may be lists."),
    ),
)

# What gives a number of one item in C, and gives an int.
_MAPPED = {
    "builtins.len": True,
    "builtins.int": True,
    "builtins.ord": True,
    "builtins.float": False,
    "builtins.abs": False,
}


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    prefixes = {operation.node for operation in facts.operations("prefix")}
    for loop in facts.structure.all(n.For):
        found = addition(facts, loop)
        if found is None or (loop in prefixes and facts.place(loop).loop is not None) or not facts.is_long(loop.iter):
            continue
        total, value = found
        if not starts_as(facts, total) <= {"int", "float"}:
            continue
        added = _added(facts, loop, value)
        if added is not None:
            summed, kind = added
            message = f"The loop adds up by hand; `sum({summed})` adds in C"
            yield facts.finding(rule, loop, message, fix=_fix(facts, loop, total, summed, kind))


def _added(facts: Facts, loop: n.For, value: n.Expr) -> tuple[str, Type] | None:
    """What `sum` would be given, and the type of its items; None where that would take a generator."""
    source, kind = facts.source(loop.iter), facts.type_of(loop.iter)
    items = f"({source})" if isinstance(loop.iter, n.Comprehension) and kind.name == "iterator" else source
    match loop.target, value:
        case n.Name(id=item), n.Name(id=added) if item == added:
            return items, element_of(kind)
        case n.Name(id=item), n.Call(func=n.Name() as function, args=[n.Name(id=added)], keywords=[]) if item == added:
            is_exact = _MAPPED.get(facts.inference.callee(value))
            if is_exact is not None:
                return f"map({function.id}, {items})", Type("int") if is_exact else UNKNOWN
        case n.Name(id=item), n.Subscript(value=held, index=n.Name(id=index)) if item == index:
            match loop.iter:
                case n.Call(func=n.Attribute(value=keyed, attr="keys"), args=[]):
                    is_dict = facts.effects.same(keyed, held)
                case n.Call(
                    args=[n.Call(args=[measured]) as length]
                    | [n.Constant(kind="int", value=0), n.Call(args=[measured]) as length]
                ) if (
                    facts.inference.callee(loop.iter) == "builtins.range"
                    and facts.inference.callee(length) == "builtins.len"
                    and facts.effects.same(measured, held)
                ):
                    return facts.source(held), element_of(facts.type_of(held))
                case _:
                    is_dict = facts.effects.same(loop.iter, held)
            if is_dict:
                return f"{facts.source(held)}.values()", facts.type_of(held).value or UNKNOWN
        case n.Tuple(elts=[n.Name(id=key), n.Name(id=item)]), n.Name(id=added) if item == added != key:
            match loop.iter:
                case n.Call(func=n.Attribute(value=held, attr="items"), args=[]):
                    return f"{facts.source(held)}.values()", facts.type_of(held).value or UNKNOWN
    return None


def _fix(facts: Facts, loop: n.For, total: n.Expr, summed: str, kind: Type) -> Fix | None:
    draft = at_once(facts, loop, total, f"sum({summed})", lambda start: is_int(start, 0))
    if draft is None:
        return None
    title = f"Add up with `sum({summed})`"
    if not kind.is_sure("int", "bool") or not facts.type_of(total).is_sure("int"):
        return draft.fix("verify", title, "Floats may be added up more exactly, and other things are not numbers.")
    if is_tried(facts, loop) or not isinstance(total, n.Name):
        return draft.fix("verify", title, f"An exception would leave `{facts.source(total)}` as it was.")
    return draft.fix("safe", title)
