"""Arithmetic in loops."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.inference import is_int
from perfwise_analyzers.facts.operations import Operation
from perfwise_analyzers.facts.structure import Loop

if TYPE_CHECKING:
    from perfwise_analyzers.facts.facts import Facts


def divisibility(facts: Facts) -> Iterator[Operation]:
    """`n % d == 0` where a loop takes d through all numbers below n. `container` is n, `item` is the loop's bound."""
    for node, number, divisor in _remainders(facts):
        for loop in facts.structure.loops_around(node):
            bound = _bound(facts, loop, divisor)
            if bound is not None and _is_up_to(facts, bound, number):
                spelling = "while" if isinstance(loop.node, n.While) else "range"
                yield Operation("divisibility", node, number, facts.place(node), bound, spelling)
                break


def _remainders(facts: Facts) -> Iterator[tuple[n.Expr, n.Expr, str]]:
    """Remainders with the number that is divided and the name it is divided by."""
    for binary in facts.structure.all(n.BinOp):
        if binary.op == "%" and isinstance(binary.right, n.Name):
            yield binary, binary.left, binary.right.id
    for call in facts.structure.all(n.Call):
        match call.args:
            case [number, n.Name(id=divisor)] if facts.inference.callee(call) == "builtins.divmod":
                yield call, number, divisor


def _bound(facts: Facts, loop: Loop, divisor: str) -> n.Expr | None:
    match loop.node:
        case (
            n.For(target=n.Name(id=name), iter=n.Call(args=args) as call)
            | n.Generator(target=n.Name(id=name), iter=n.Call(args=args) as call)
        ):
            if name == divisor and facts.inference.callee(call) == "builtins.range" and len(args) >= 2:
                first = args[0]
                if isinstance(first, n.Constant) and isinstance(first.value, int) and first.value >= 2:
                    return args[1]
        case n.While(test=test):
            return _while_bound(test, divisor)
        case n.Lambda(params=[parameter]):
            match loop.iter:
                case n.Call(args=[first, bound, *_]) if facts.inference.callee(loop.iter) == "builtins.range":
                    if parameter.name == divisor and isinstance(first, n.Constant) and not is_int(first, 1):
                        return bound
    return None


def _while_bound(test: n.Expr, divisor: str) -> n.Expr | None:
    parts = test.values if isinstance(test, n.BoolOp) and test.op == "and" else [test]
    for part in parts:
        match part:
            case n.Compare(left=n.Name(id=name), ops=[("<" | "<=" | "!=")], comparators=[bound]) if name == divisor:
                return bound
            case n.Compare(left=bound, ops=[(">" | ">=" | "!=")], comparators=[n.Name(id=name)]) if name == divisor:
                return bound
    return None


def _is_up_to(facts: Facts, bound: n.Expr, number: n.Expr) -> bool:
    """Whether the bound is n, n + 1, n - 1 or n // 2 + 1, for the number that is divided."""
    if facts.effects.same(bound, number):
        return True
    match bound:
        case n.Name():
            bindings = facts.inference.bindings(bound)
            if bindings and len(bindings) == 1 and bindings[0].kind == "assign" and bindings[0].target is None:
                value = bindings[0].value
                return isinstance(value, (n.Name, n.BinOp)) and _is_up_to(facts, value, number)
        case n.BinOp(left=left, op=("+" | "-"), right=n.Constant()):
            return _is_up_to(facts, left, number)
        case n.BinOp(left=left, op="//", right=n.Constant(kind="int", value=2)):
            return facts.effects.same(left, number)
        case n.Call(args=[n.BinOp(left=left, op="/", right=n.Constant(value=2))]):
            return facts.inference.callee(bound) == "builtins.int" and facts.effects.same(left, number)
    return False
