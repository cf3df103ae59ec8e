"""Products of matrices, written as loops."""

from __future__ import annotations

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.structure import Loop


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
