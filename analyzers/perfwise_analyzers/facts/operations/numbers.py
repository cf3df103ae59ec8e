"""Arithmetic in loops."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

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


class ModularPower(NamedTuple):
    """`base ** exponent % modulus`; `node` is all of it."""

    node: n.Node
    base: n.Expr
    exponent: n.Expr
    modulus: n.Expr


def modular_powers(facts: Facts) -> Iterator[ModularPower]:
    """Powers worked out in full, or factor by factor, for the sake of a remainder."""
    for node, whole, modulus in _divisions(facts):
        power = _power(facts, whole)
        if power is None and isinstance(whole, n.Name):
            power = _only_use_of_power(facts, whole)
        if power is not None:
            yield ModularPower(node, *power, modulus)
    for loop in facts.structure.all(n.For):
        match loop:
            case n.For(
                iter=n.Call(args=[exponent]) as call,
                body=[
                    n.Assign(targets=[n.Name(id=result)], value=n.BinOp(left=n.BinOp() as step, op="%", right=modulus))
                ],
            ) if facts.inference.callee(call) == "builtins.range":
                base = _other_factor(step, result)
                if base is not None and not facts.effects.names_in(loop.target) & facts.effects.names_in(base):
                    yield ModularPower(loop, base, exponent, modulus)


def _divisions(facts: Facts) -> Iterator[tuple[n.Node, n.Expr, n.Expr]]:
    """Remainders: the node, what is divided and by what."""
    for binary in facts.structure.all(n.BinOp):
        if binary.op == "%":
            yield binary, binary.left, binary.right
    for call in facts.structure.all(n.Call):
        if facts.inference.callee(call) == "operator.mod" and len(call.args) == 2:
            yield call, call.args[0], call.args[1]
        elif facts.inference.callee(call) == "builtins.divmod" and len(call.args) == 2:
            taken = facts.structure.parent.get(call)
            if isinstance(taken, n.Subscript) and is_int(taken.index, 1):
                yield taken, call.args[0], call.args[1]
    for added in facts.structure.all(n.AugAssign):
        if added.op == "%":
            yield added, added.target, added.value


def _power(facts: Facts, expr: n.Expr) -> tuple[n.Expr, n.Expr] | None:
    match expr:
        case n.BinOp(left=base, op="**", right=exponent):
            return base, exponent
        case n.Call(args=[base, exponent], keywords=[]):
            if facts.inference.callee(expr) in ("builtins.pow", "operator.pow"):
                return base, exponent
    return None


def _only_use_of_power(facts: Facts, name: n.Name) -> tuple[n.Expr, n.Expr] | None:
    """The power a local name holds, where nothing but the division reads it."""
    place = facts.place(name)
    bindings = [b for b in place.scope.bindings.get(name.id, ()) if b.kind != "augmented"]
    uses = [use for use in place.scope.uses.get(name.id, ()) if use.start <= name.start]
    if place.scope.kind != "function" or len(bindings) != 1 or any(use is not name for use in uses):
        return None
    value = bindings[0].value
    if not isinstance(value, n.Expr) or bindings[0].target is not None or bindings[0].node.start > name.start:
        return None
    later = [use for use in place.scope.uses.get(name.id, ()) if use.start > name.start]
    around = facts.structure.parent.get(name)
    if later and not isinstance(around, n.AugAssign):
        return None
    return _power(facts, value)


def _other_factor(step: n.BinOp, result: str) -> n.Expr | None:
    match step:
        case n.BinOp(left=n.Name(id=name), op="*", right=base) if name == result:
            return base
        case n.BinOp(left=base, op="*", right=n.Name(id=name)) if name == result:
            return base
    return None
