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


def product_loops(facts: Facts, node: n.Node) -> list[Loop]:
    """The three loops, innermost first, in which a statement or a call of `sum` adds up the products of two matrices:
    `c[i][j] += a[i][k] * b[k][j]`, or `sum(x * y for x, y in zip(row, column))` for each row and column."""
    added = _added(facts, node)
    while isinstance(added, n.BinOp) and added.op == "%":
        added = added.left
    match added:
        case n.BinOp(left=left, op="*", right=right):
            pass
        case _:
            return []
    loops = list(facts.structure.loops_around(left))[:3]
    if len(loops) < 3 or any(facts.is_short(loop) for loop in loops):
        return []
    if not all(_counts(facts, loop) for loop in loops):
        return loops if _pairs_rows(facts, left, right, loops) else []
    rows, columns = _indexes(left), _indexes(right)
    counters = {loop.target.id for loop in loops if isinstance(loop.target, n.Name)}
    is_product = len({*rows}) == len({*columns}) == 2 and len({*rows} & {*columns}) == 1
    return loops if is_product and {*rows, *columns} == counters else []


def _added(facts: Facts, node: n.Node) -> n.Expr | None:
    """What is added to a sum in each round."""
    match node:
        case n.AugAssign(op="+", value=value):
            return value
        case n.Assign(targets=[target], value=value):
            if isinstance(value, n.BinOp) and value.op == "%":
                value = value.left
            if isinstance(value, n.BinOp) and value.op == "+" and facts.effects.same(value.left, target):
                return value.right
        case n.Call(args=[n.Comprehension(element=element, generators=[n.Generator(ifs=[])])]):
            if facts.inference.callee(node) == "builtins.sum":
                return element
    return None


def _pairs_rows(facts: Facts, left: n.Expr, right: n.Expr, loops: list[Loop]) -> bool:
    """Whether two numbers come from the rows, in step, that the two outer loops go through."""
    inner, *outer = loops
    match left, right, inner.target, inner.iter:
        case (
            n.Name(id=a),
            n.Name(id=b),
            n.Tuple(elts=[n.Name(id=x), n.Name(id=y)]),
            n.Call(args=[n.Name(id=row), n.Name(id=column)]) as zipped,
        ):
            targets = {loop.target.id for loop in outer if isinstance(loop.target, n.Name)}
            is_zip = facts.inference.callee(zipped) == "builtins.zip"
            return is_zip and {a, b} == {x, y} and a != b and {row, column} == targets and row != column
    return False


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
