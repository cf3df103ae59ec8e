"""Arrays and frames that are made anew with more in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.operations import Operation

if TYPE_CHECKING:
    from perfwise_analyzers.facts.facts import Facts

_JOINING = frozenset(
    f"numpy.{name}" for name in ("concatenate", "concat", "vstack", "hstack", "dstack", "row_stack", "column_stack")
)


def array_growth(facts: Facts) -> Iterator[Operation]:
    """`a = np.append(a, x)`, `a = np.vstack([a, row])`, `df = pd.concat([df, more])` and their like.

    `item` is what is added: the one item, or all of the arrays that are joined. `spelling` is the function's path.
    """
    for stmt in facts.structure.all(n.Assign):
        if len(stmt.targets) != 1 or not isinstance(stmt.targets[0], (n.Name, n.Attribute, n.Subscript)):
            continue
        for value in _alternatives(stmt.value):
            joined = _joined(facts, value)
            if joined is None:
                continue
            spelling, held, item = joined
            if any(facts.effects.same(each, stmt.targets[0]) for each in held):
                call = value if isinstance(value, n.Call) else None
                yield Operation("array-growth", stmt, stmt.targets[0], facts.place(stmt), item, spelling, call=call)
                break


def _alternatives(value: n.Expr) -> list[n.Expr]:
    return [value.body, value.orelse] if isinstance(value, n.IfExp) else [value]


def _joined(facts: Facts, value: n.Expr) -> tuple[str, list[n.Expr], n.Expr] | None:
    """How arrays are joined, the arrays, and what is added."""
    match value:
        case n.Subscript(value=joiner, index=n.Tuple(elts=elts) as index):
            origin = facts.inference.origin(joiner)
            return (origin, elts, index) if origin in ("numpy.r_", "numpy.c_") else None
        case n.Call(func=func, args=args):
            callee = facts.inference.callee(value)
        case _:
            return None
    match args:
        case [held, item, *_] if callee == "numpy.append":
            return callee, [held], item
        case [held, _, item, *_] if callee == "numpy.insert":
            return callee, [held], item
        case [(n.List(elts=elts) | n.Tuple(elts=elts)) as parts, *_] if callee in _JOINING or callee == "pandas.concat":
            return callee, elts, parts
        case [item] if isinstance(func, n.Attribute) and func.attr == "append" and not callee:
            ignoring = any(keyword.arg == "ignore_index" for keyword in value.keywords)
            if ignoring or facts.type_of(func.value).name == "DataFrame":
                return "DataFrame.append", [func.value], item
    return None
