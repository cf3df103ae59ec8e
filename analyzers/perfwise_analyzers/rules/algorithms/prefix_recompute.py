"""A sum, maximum or the like is taken of every prefix of a sequence anew.

# What it costs

`sum(xs[:i])` for each i copies and adds up i items: len(xs) * len(xs) / 2 steps in all. `max`, `min`, `any` and inner
loops over `range(i)` do the same, and so do suffixes (`sum(xs[i:])`).

# The cheaper form

`itertools.accumulate` gives the sum, or with a function the maximum, of every prefix in one pass; a running total
does where only one loop needs it.

# When it does not pay

When only a few prefixes are asked for, or only short ones.

# Fix safety

Safe for sums, maxima and minima of ints with the index of a loop over the whole sequence. For other items it is to be
verified: since Python 3.12 `sum` of floats is compensated and a running sum is not, so the last digits may differ.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.inference import is_int
from perfwise_analyzers.facts.operations import Operation
from perfwise_analyzers.facts.sizes import total
from perfwise_analyzers.facts.structure import Loop
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft, base_name, can_hoist
from perfwise_analyzers.fixing.hoisting import hoisting_fix
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW110",
    name="prefix-recompute",
    summary="A sum or maximum of a prefix is taken anew in each round of a loop.",
    triggers=("for", "while"),
    bad=(
        Bad(
            code="""\
def running(amounts: list[int]) -> list[int]:
    totals = []
    for i in range(len(amounts)):
        totals.append(sum(amounts[: i + 1]))
    return totals
""",
            better="""\
from itertools import accumulate


def running(amounts: list[int]) -> list[int]:
    totals = []
    amounts_sums = [0, *accumulate(amounts)]
    for i in range(len(amounts)):
        totals.append(amounts_sums[i + 1])
    return totals
""",
            call="running(list(range(1500)))",
        ),
        Bad(
            code="""\
def peaks(prices: list[int]) -> list[int]:
    return [max(prices[: i + 1]) for i, price in enumerate(prices)]
""",
            better="""\
from itertools import accumulate


def peaks(prices: list[int]) -> list[int]:
    prices_maxima = list(accumulate(prices, max))
    return [prices_maxima[i] for i, price in enumerate(prices)]
""",
            call="peaks([n * 7919 % 1500 for n in range(1500)])",
        ),
        Bad(
            code="""\
def balances(amounts):
    out = []
    for i in range(len(amounts)):
        total = 0
        for j in range(i + 1):
            total += amounts[j]
        out.append(total)
    return out
""",
            better="""\
from itertools import accumulate


def balances(amounts):
    return list(accumulate(amounts))
""",
            call="balances(list(range(400)))",
            level="advice",
        ),
        Bad(
            code="""\
def factorials(n: int) -> list[int]:
    out = []
    for i in range(1, n + 1):
        product = 1
        for j in range(1, i + 1):
            product *= j
        out.append(product)
    return out
""",
            better="""\
def factorials(n: int) -> list[int]:
    out = []
    product = 1
    for i in range(1, n + 1):
        product *= i
        out.append(product)
    return out
""",
            call="factorials(150)",
            level="advice",
        ),
    ),
    good=(
        Good(
            "def f(n, weights):\n    out = []\n    for i in range(n):\n        total = 0\n"
            "        for j in range(i):\n            total += j * i\n        out.append(total)\n    return out\n",
            "What is added up differs from round to round.",
        ),
        Good(
            "def f(n):\n    total = 0\n    for i in range(n):\n        for j in range(i):\n            total += j\n"
            "    return total\n",
            "One total goes on over all rounds.",
        ),
        Good(
            "def f(xs: list[int], ys: list[int]):\n"
            "    return [sum(xs[k] * ys[i - k] for k in range(i + 1)) for i in range(len(xs))]\n",
            "A convolution: each sum is of other products.",
        ),
        Good(
            "def f(names: list[str]):\n    for i, name in enumerate(names):\n"
            "        print(all(other.startswith(name) for other in names[i + 1 :]))\n",
            "Each round asks the rest for something else.",
        ),
        Good("def f(n):\n    return [sum(range(n)) for i in range(n)]\n", "The same range each time."),
        Good("def f(xs):\n    return sum(xs[:10])\n", "One prefix."),
        Good("def f(xs, k):\n    return [sum(xs[i : i + k]) for i in range(len(xs))]\n", "A window, not a prefix."),
        Good("def f(rows, k):\n    return [sum(row[:k]) for row in rows]\n", "A prefix of another row each time."),
        Good(
            "def f(xs):\n    total = 0\n    for x in xs:\n        total += x\n    return total\n",
            "One running total.",
        ),
        Good(
            "def f(xs, n):\n    while n:\n        print(max(xs[:n]))\n        xs.sort()\n        n -= 1\n",
            "The sequence changes between the prefixes.",
        ),
    ),
)

_HOISTED = {"builtins.sum": "sums", "builtins.max": "maxima", "builtins.min": "minima"}


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for operation in facts.operations("prefix"):
        container, bound = operation.container, operation.item
        loops = facts.repeats(container, operation.place)
        if bound is None or not loops or facts.stable(container, loops) == "changed":
            continue
        if not facts.is_long(container) or not any(facts.varies(bound, loop) for loop in loops):
            continue
        source, size = facts.source(container), facts.sizes.of(container)
        rounds = facts.cost(loops)
        cost, better = facts.cost(loops, size), total([rounds, size])
        part = operation.spelling.split()[0]
        message = (
            f"Each round goes through a {part} of `{source}` again: O({cost}); `itertools.accumulate`, or a running total, "
            f"makes it O({better})"
        )
        yield facts.finding(rule, operation.node, message, cost, better, _fix(facts, operation, loops))


def _fix(facts: Facts, operation: Operation, loops: list[Loop]) -> Fix | None:
    container, bound, node, outer = operation.container, operation.item, operation.node, loops[-1]
    if operation.spelling != "prefix" or not isinstance(node, n.Call) or bound is None or len(node.args) != 1:
        return None
    callee = facts.inference.callee(node)
    if callee not in _HOISTED or node.keywords or not can_hoist(facts, container, outer):
        return None
    if facts.type_of(container).name not in ("list", "tuple"):
        return None
    beyond = _reaches(facts, bound, container, loops)
    if beyond is None:
        return None
    draft = Draft(facts)
    source = facts.source(container)
    accumulate = draft.imported("itertools", "accumulate")
    name = draft.fresh(f"{base_name(container)}_{_HOISTED[callee]}")
    if callee == "builtins.sum":
        draft.before(outer.stmt, f"{name} = [0, *{accumulate}({source})]")
        draft.replace(node, f"{name}[{facts.source(bound)}]")
    else:
        if not beyond:
            return None
        assert isinstance(bound, n.BinOp)
        draft.before(outer.stmt, f"{name} = list({accumulate}({source}, {callee.removeprefix('builtins.')}))")
        draft.replace(node, f"{name}[{facts.source(bound.left)}]")
    title = f"Accumulate `{source}` once before the loop"
    element = facts.type_of(container).element
    is_int_sum = element is not None and element.is_sure("int")
    return hoisting_fix(draft, container, loops, title, "" if is_int_sum else "The items are not known to be ints.")


def _reaches(facts: Facts, bound: n.Expr, container: n.Expr, loops: list[Loop]) -> bool | None:
    """True if the bound is the index after an item's, False if it is an item's own; None if it may be anything else."""
    index, beyond = bound, False
    match bound:
        case n.BinOp(left=n.Name() as left, op="+", right=right) if is_int(right, 1):
            index, beyond = left, True
    if not isinstance(index, n.Name):
        return None
    bindings = facts.inference.bindings(index)
    if not bindings or len(bindings) != 1 or bindings[0].loop not in loops:
        return None
    loop = bindings[0].loop
    match loop.iter if loop is not None else None:
        case n.Call(args=[n.Call(args=[measured]) as length]) as call:
            is_range = (
                facts.inference.callee(call) == "builtins.range" and facts.inference.callee(length) == "builtins.len"
            )
            return beyond if is_range and facts.effects.same(measured, container) else None
        case n.Call(args=[first, n.Call(args=[measured]) as length]) as call:
            is_range = (
                facts.inference.callee(call) == "builtins.range" and facts.inference.callee(length) == "builtins.len"
            )
            counts_up = isinstance(first, n.Constant) and first.kind == "int"
            return beyond if is_range and counts_up and facts.effects.same(measured, container) else None
        case n.Call(args=[gone_through], keywords=[]) as call if facts.inference.callee(call) == "builtins.enumerate":
            match loop.target if loop is not None else None:
                case n.Tuple(elts=[n.Name(id=counter), _]) if counter == index.id:
                    return beyond if facts.effects.same(gone_through, container) else None
    return None
