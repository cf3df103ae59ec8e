"""Loops over arrays: their shapes, what they do besides, and those that are a product of matrices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.arrays import ARRAYS, ELEMENTWISE
from perfwise_analyzers.facts.structure import Loop

if TYPE_CHECKING:
    from perfwise_analyzers.facts.facts import Facts


_MATRICES = frozenset(
    f"numpy.{name}" for name in ("vstack", "stack", "column_stack", "outer", "eye", "identity", "meshgrid", "dstack")
)


def is_matrix(facts: Facts, expr: n.Expr) -> bool:
    """Whether an array is seen to have more than one axis."""
    match expr:
        case n.Name():
            bindings = facts.inference.bindings(expr) or []
            return any(isinstance(b.value, n.Expr) and b.value is not expr and _makes(facts, b.value) for b in bindings)
        case n.Call():
            return _makes(facts, expr)
    return False


def _makes(facts: Facts, expr: n.Expr) -> bool:
    match expr:
        case n.Call(func=func, args=args):
            callee = facts.inference.callee(expr)
            if callee in _MATRICES:
                return True
            if isinstance(func, n.Attribute) and func.attr == "reshape":
                return len(args) > 1 or (bool(args) and _is_shape(args[0]))
            return callee.startswith("numpy.") and bool(args) and (_is_shape(args[-1]) or _is_nested(args[0]))
    return False


def _is_shape(expr: n.Expr) -> bool:
    return isinstance(expr, n.Tuple) and len(expr.elts) > 1


def _is_nested(expr: n.Expr) -> bool:
    return isinstance(expr, n.List) and bool(expr.elts) and isinstance(expr.elts[0], (n.List, n.Tuple))


def is_light(facts: Facts, loop: Loop) -> bool:
    """Whether the loop calls nothing but arithmetic on single numbers, beside which little would not count."""
    for node in facts.effects.inside(loop):
        if isinstance(node, n.Call):
            callee = facts.inference.callee(node)
            if callee in ELEMENTWISE:
                if any(facts.type_of(argument).name in ARRAYS for argument in node.args):
                    return False
            elif callee.rpartition(".")[0] not in ("builtins", "math", "random") and not (
                isinstance(node.func, n.Attribute) and node.func.attr in ("append", "add", "get", "items")
            ):
                return False
    return True


def product_loops(facts: Facts, stmt: n.Stmt) -> list[Loop]:
    """The three loops, innermost first, around `c[i][j] += a[i][k] * b[k][j]`; none around anything else."""
    match stmt:
        case n.AugAssign(op="+", value=n.BinOp(left=left, op="*", right=right)):
            rows, columns = _indexes(left), _indexes(right)
        case _:
            return []
    loops = list(facts.structure.loops_around(stmt))[:3]
    if len(loops) < 3 or any(facts.is_short(loop) or not _counts(facts, loop) for loop in loops):
        return []
    counters = {loop.target.id for loop in loops if isinstance(loop.target, n.Name)}
    is_product = len({*rows}) == len({*columns}) == 2 and len({*rows} & {*columns}) == 1
    return loops if is_product and {*rows, *columns} == counters else []


def _counts(facts: Facts, loop: Loop) -> bool:
    return isinstance(loop.iter, n.Call) and facts.inference.callee(loop.iter) == "builtins.range"


def _indexes(expr: n.Expr) -> tuple[str, ...]:
    """The two names by which a matrix is indexed: `a[i][k]` or `a[i, k]`."""
    match expr:
        case n.Subscript(value=n.Subscript(index=n.Name(id=row)), index=n.Name(id=column)):
            return row, column
        case n.Subscript(index=n.Tuple(elts=[n.Name(id=row), n.Name(id=column)])):
            return row, column
    return ()
