"""A number is tried for divisors all the way up to itself.

# What it costs

`n % d` for every d below n is n divisions when n is prime.

# The cheaper form

A divisor above the square root of n has a partner below it, so `math.isqrt(n)` is far enough: for a number of a
million, a thousand divisions instead of a million.

# When it does not pay

For numbers below a few dozen, and where most numbers have a small divisor, at which the loop stops anyway.

# Fix safety

Safe when the loop only asks whether there is a divisor, and n is known not to be negative, for which `isqrt` raises
ValueError. Otherwise it is to be verified.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.inference import is_int
from perfwise_analyzers.facts.operations import Operation
from perfwise_analyzers.facts.structure import Loop, own_nodes
from perfwise_analyzers.finding import Finding, Fix
from perfwise_analyzers.fixing.draft import Draft
from perfwise_analyzers.rule import Bad, Good, Rule

rule = Rule(
    code="PW112",
    name="trial-division-to-n",
    summary="A number is tried for divisors up to itself, though its square root is far enough.",
    triggers=("%", "divmod"),
    bad=(
        Bad(
            code="""\
def is_prime(n: int) -> bool:
    if n < 2:
        return False
    for d in range(2, n):
        if n % d == 0:
            return False
    return True
""",
            better="""\
from math import isqrt


def is_prime(n: int) -> bool:
    if n < 2:
        return False
    for d in range(2, isqrt(n) + 1):
        if n % d == 0:
            return False
    return True
""",
            call="is_prime(100003)",
        ),
        Bad(
            code="""\
def is_prime(n):
    return n > 1 and all(n % d for d in range(2, n))
""",
            better="""\
from math import isqrt


def is_prime(n):
    return n > 1 and all(n % d for d in range(2, isqrt(n) + 1))
""",
            call="is_prime(100003)",
        ),
    ),
    good=(
        Good("def f(n):\n    return [d for d in range(2, n) if n % d == 0]\n", "All divisors are wanted."),
        Good("def f(n, m):\n    return any(n % d == 0 for d in range(2, m))\n", "The bound is another number."),
        Good(
            "def f(n):\n    for d in range(2, int(n ** 0.5) + 1):\n        if n % d == 0:\n            return False\n    return True\n",
            "It stops at the square root.",
        ),
        Good(
            "def f(n):\n    d = 2\n    while d < n:\n        while n % d == 0:\n            n //= d\n        d += 1\n    return n\n",
            "The number shrinks as its factors are found.",
        ),
        Good(
            "def f(n):\n    count = 0\n    for d in range(2, n):\n        if n % d == 0:\n            count += 1\n    return count\n",
            "The divisors are counted.",
        ),
    ),
)


@rule.check
def check(facts: Facts) -> Iterator[Finding]:
    for operation in facts.operations("divisibility"):
        loop = _trial(facts, operation)
        if loop is None or facts.effects.rebound_in(operation.container, loop):
            continue
        if not _only_asks(facts, operation, loop):
            continue
        number = facts.source(operation.container)
        cost, better = number, f"sqrt({number})"
        message = (
            f"`{number}` is tried for divisors up to itself: O({cost}); its square root is far enough: O({better})"
        )
        yield facts.finding(rule, operation.node, message, cost, better, _fix(facts, operation, loop))


def _trial(facts: Facts, operation: Operation) -> Loop | None:
    """The loop over the divisors."""
    for loop in facts.structure.loops_around(operation.node):
        bound = operation.item
        if bound is None:
            return None
        if isinstance(loop.node, n.While) and loop.node.test.start <= bound.start < loop.node.test.end:
            return loop
        if loop.iter is not None and loop.iter.start <= bound.start < loop.iter.end:
            return loop
    return None


def _only_asks(facts: Facts, operation: Operation, loop: Loop) -> bool:
    """Whether the loop is done as soon as it finds one divisor, and gives nothing else."""
    test = _test_of(facts, operation.node)
    match loop.node:
        case n.Generator():
            comprehension = facts.structure.parent[loop.node]
            call = facts.structure.parent.get(comprehension)
            return isinstance(call, n.Call) and facts.inference.callee(call) in (
                "builtins.any",
                "builtins.all",
                "builtins.next",
            )
        case n.Lambda():
            return any(
                isinstance(around, n.Call)
                and facts.inference.callee(around) in ("builtins.any", "builtins.all", "builtins.next")
                for around in facts.structure.ancestors(loop.node)
            )
        case n.For(body=body) | n.While(body=body):
            branch = facts.structure.parent.get(test)
            if isinstance(branch, n.While) and branch is loop.node:
                return all(isinstance(stmt, n.AugAssign) for stmt in body)
            if not isinstance(branch, n.If) or branch not in body:
                return False
            others = [stmt for stmt in body if stmt is not branch and not _counts_up(stmt)]
            quotient = [stmt for stmt in others if not _is_quotient(stmt, operation)]
            return not quotient and any(isinstance(stmt, (n.Return, n.Break)) for stmt in branch.body)
    return False


def _is_quotient(stmt: n.Stmt, operation: Operation) -> bool:
    """An assignment of the remainder to a name, before it is tested."""
    return isinstance(stmt, n.Assign) and any(node is operation.node for node in own_nodes(stmt))


def _counts_up(stmt: n.Stmt) -> bool:
    return isinstance(stmt, n.AugAssign) and stmt.op == "+"


def _test_of(facts: Facts, node: n.Node) -> n.Node:
    """The whole condition a remainder is part of."""
    current = node
    for around in facts.structure.ancestors(node):
        if not isinstance(around, (n.Compare, n.UnaryOp, n.BoolOp)):
            break
        current = around
    return current


def _fix(facts: Facts, operation: Operation, loop: Loop) -> Fix | None:
    number, bound = operation.container, operation.item
    if operation.spelling != "range" or bound is None or not isinstance(number, n.Name):
        return None
    if not facts.effects.same(number, bound):
        return None
    if isinstance(loop.iter, n.Call) and (len(loop.iter.args) != 2 or not is_int(loop.iter.args[0], 2)):
        return None
    draft = Draft(facts)
    isqrt = draft.imported("math", "isqrt")
    draft.replace(bound, f"{isqrt}({number.id}) + 1")
    title = f"Stop at the square root of `{number.id}`"
    if not _is_positive(facts, number, loop):
        return draft.fix("verify", title, f"A negative `{number.id}` would raise ValueError.")
    return draft.fix("safe", title)


def _is_positive(facts: Facts, number: n.Name, loop: Loop) -> bool:
    """Whether the loop is reached only with a number that is not negative."""
    bindings = facts.inference.bindings(number)
    if bindings is None or len(bindings) != 1:
        return False
    if _ranges_up(facts, bindings[0].loop):
        return True
    for block, index in facts.place(loop.stmt).path:
        for earlier in facts.structure.blocks[block][:index]:
            match earlier:
                case n.If(test=test, body=[*_, n.Return() | n.Raise() | n.Continue()]):
                    if any(_is_below(part, number.id) for part in _alternatives(test)):
                        return True
    inner: n.Node = loop.node
    for around in facts.structure.ancestors(loop.node):
        match around:
            case n.BoolOp(op="and", values=values):
                before = values[: next((at for at, value in enumerate(values) if value is inner), 0)]
                if any(_is_above(part, number.id) for part in before):
                    return True
            case n.If(test=test, body=body) if inner in body and any(_is_above(p, number.id) for p in _required(test)):
                return True
            case n.FunctionDef():
                break
        inner = around
    return False


def _ranges_up(facts: Facts, loop: Loop | None) -> bool:
    """Whether the number comes from a `range` that starts at 0 or above and counts up."""
    if loop is None or not isinstance(loop.iter, n.Call) or facts.inference.callee(loop.iter) != "builtins.range":
        return False
    args = loop.iter.args
    if len(args) == 1:
        return True
    first = args[0]
    return len(args) == 2 and isinstance(first, n.Constant) and isinstance(first.value, int) and first.value >= 0


def _alternatives(test: n.Expr) -> list[n.Expr]:
    return list(test.values) if isinstance(test, n.BoolOp) and test.op == "or" else [test]


def _required(test: n.Expr) -> list[n.Expr]:
    return list(test.values) if isinstance(test, n.BoolOp) and test.op == "and" else [test]


def _is_below(test: n.Expr, name: str) -> bool:
    """`n < 2` or `n <= 1`, and all such that a negative number is sure to meet."""
    match test:
        case n.Compare(left=n.Name(id=left), ops=["<"], comparators=[n.Constant(kind="int", value=int(limit))]):
            return left == name and limit >= 0
        case n.Compare(left=n.Name(id=left), ops=["<="], comparators=[bound]):
            return left == name and (
                (isinstance(bound, n.Constant) and isinstance(bound.value, int)) or is_int(bound, -1)
            )
    return False


def _is_above(test: n.Expr, name: str) -> bool:
    """`n > 1` or `n >= 2`, and all such that no negative number meets."""
    match test:
        case n.Compare(left=n.Name(id=left), ops=[(">" | ">=")], comparators=[n.Constant(kind="int")]):
            return left == name
    return False
