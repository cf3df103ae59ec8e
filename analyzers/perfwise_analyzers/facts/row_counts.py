"""Where rows of a database are counted, and where their number tells only whether there is any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.inference import is_int
from perfwise_analyzers.facts.queries import Rows, manager, rows

if TYPE_CHECKING:
    from perfwise_analyzers.facts.facts import Facts

_ANY = frozenset({(">", 0), ("!=", 0), (">=", 1)})
_NONE = frozenset({("==", 0), ("<", 1), ("<=", 0)})


def counted_query(facts: Facts, call: n.Call) -> n.Expr | None:
    """The query whose rows a call counts."""
    match call:
        case n.Call(func=n.Attribute(value=query, attr="count"), args=[], keywords=[]):
            whole = manager(facts, query) is not None or is_whole(rows(facts, query))
            return query if whole else None
        case n.Call(args=[n.Call() as query], keywords=[]) if facts.inference.callee(call) == "builtins.len":
            return query if isinstance(query.func, n.Attribute) and is_whole(rows(facts, query)) else None
    return None


def is_whole(found: Rows | None) -> bool:
    """Whether these are all rows of a query of Django, which `exists` could be asked of."""
    return found is not None and found.library == "django" and not found.cut and not list(found.called("iterator"))


def asked_for_any(facts: Facts, call: n.Call) -> tuple[n.Expr, bool] | None:
    """The expression that asks only whether there is any row, and whether it is true if there is."""
    around = facts.structure.parent.get(call)
    match around:
        case n.Compare(left=left, ops=[op], comparators=[n.Constant() as number]) if left is call:
            for value in (0, 1) if not isinstance(facts.structure.parent.get(around), n.Assert) else ():
                if is_int(number, value) and (op, value) in _ANY | _NONE:
                    return around, (op, value) in _ANY
            return None
        case n.If(test=test) | n.While(test=test) | n.IfExp(test=test) if test is call:
            return call, True
        case n.UnaryOp(op="not"):
            return call, True
    return None
