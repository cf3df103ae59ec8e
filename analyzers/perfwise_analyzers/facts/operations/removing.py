"""Taking single items out of the middle of a list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.operations import Operation
from perfwise_analyzers.facts.operations.searching import method_calls

if TYPE_CHECKING:
    from perfwise_analyzers.facts.facts import Facts


def removal(facts: Facts) -> Iterator[Operation]:
    """`xs.remove(x)`, `del xs[i]`, `xs.pop(i)`: `item` is the item or its index, where that is not a literal."""
    for call, receiver in method_calls(facts, "remove"):
        match call.args:
            case [n.Subscript(value=value)] if facts.effects.same(value, receiver):
                pass
            case [item] if not call.keywords:
                yield Operation("removal", call, receiver, facts.place(call), item, "remove")
    for call, receiver in method_calls(facts, "pop"):
        if len(call.args) == 1 and _is_inside(facts, call.args[0], receiver):
            yield Operation("removal", call, receiver, facts.place(call), call.args[0], "pop")
    for delete in facts.structure.all(n.Delete):
        match delete.targets:
            case [n.Subscript(value=value, index=index)] if _is_inside(facts, index, value):
                yield Operation("removal", delete, value, facts.place(delete), index, "del")


def _is_inside(facts: Facts, index: n.Expr, container: n.Expr) -> bool:
    """Whether an index may be any: not a literal, which is near one of the ends, nor counted from the end."""
    match index:
        case n.Constant() | n.UnaryOp() | n.Slice():
            return False
        case n.BinOp(left=n.Call(args=[measured]) as length):
            return not (facts.inference.callee(length) == "builtins.len" and facts.effects.same(measured, container))
    return True
