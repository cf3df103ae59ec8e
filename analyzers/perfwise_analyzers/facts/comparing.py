"""Functions that say which of two items comes first, as `functools.cmp_to_key` takes them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.structure import own_nodes

if TYPE_CHECKING:
    from perfwise_analyzers.facts.facts import Facts


def compares_by_key(facts: Facts, function: n.FunctionDef | n.Lambda) -> bool:
    """Whether all that a function of two parameters does with them is to compare the same of both, so that a sort key
    could say it. `a + b > b + a` is none such."""
    names = tuple(parameter.name for parameter in function.params)
    if len(names) != 2:
        return False
    pairs = 0
    pending: list[n.Node] = [function.body] if isinstance(function, n.Lambda) else list(function.body)
    while pending:
        node = pending.pop()
        if pair_of(facts, node, names) is not None:
            pairs += 1
        elif isinstance(node, n.Name) and node.id in names:
            return False
        else:
            pending.extend(n.children(node))
    return pairs > 0


def pair_of(facts: Facts, node: n.Node, names: tuple[str, ...]) -> tuple[n.Expr, bool] | None:
    """What a comparison or a difference takes of the first of two names, where it takes the same of the other, and
    whether the first stands on the left."""
    match node:
        case n.Compare(left=left, ops=[("<" | ">" | "<=" | ">=" | "==" | "!=")], comparators=[right]):
            pass
        case n.BinOp(left=left, op="-", right=right):
            pass
        case _:
            return None
    first, second = names
    for key, other, on_left in ((left, right, True), (right, left, False)):
        read = _read(key, names) == {first} and _read(other, names) == {second}
        if read and _spelled(facts, key, first) == _spelled(facts, other, second):
            return key, on_left
    return None


def _read(expr: n.Expr, names: tuple[str, ...]) -> set[str]:
    return {node.id for node in own_nodes(expr) if isinstance(node, n.Name) and node.id in names}


def _spelled(facts: Facts, expr: n.Expr, name: str) -> str:
    return " ".join(re.sub(rf"(?<![\w.]){re.escape(name)}\b", "\0", facts.source(expr)).split())
