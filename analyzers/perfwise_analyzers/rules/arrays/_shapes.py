"""What the source tells of an array's shape."""

from __future__ import annotations

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n

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
