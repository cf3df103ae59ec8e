"""Taking from, and putting at, the front of a sequence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.inference import is_int
from perfwise_analyzers.facts.operations import Operation
from perfwise_analyzers.facts.operations.searching import method_calls

if TYPE_CHECKING:
    from perfwise_analyzers.facts.facts import Facts


def take_front(facts: Facts) -> Iterator[Operation]:
    """`xs.pop(0)`, and all else that removes the first item and moves the rest."""
    for call, receiver in method_calls(facts, "pop"):
        if len(call.args) == 1 and is_int(call.args[0], 0):
            yield Operation("take-front", call, receiver, facts.place(call), spelling="pop")
    for call, receiver in method_calls(facts, "remove"):
        match call.args:
            case [n.Subscript(value=value, index=index)] if is_int(index, 0) and facts.effects.same(value, receiver):
                yield Operation("take-front", call, receiver, facts.place(call), spelling="remove")
    for delete in facts.structure.all(n.Delete):
        match delete.targets:
            case [n.Subscript(value=value, index=index)] if is_int(index, 0) or _is_first(index):
                yield Operation("take-front", delete, value, facts.place(delete), spelling="del")
    for assign in facts.structure.all(n.Assign):
        match assign:
            case n.Assign(
                targets=[target], value=n.Subscript(value=value, index=n.Slice(lower=lower, upper=None, step=None))
            ):
                if is_int(lower, 1) and facts.effects.same(target, value):
                    yield Operation("take-front", assign, value, facts.place(assign), spelling="slice")
            case n.Assign(targets=[n.Tuple(elts=[_, n.Starred(value=rest)])], value=value):
                if facts.effects.same(rest, value):
                    yield Operation("take-front", assign, value, facts.place(assign), spelling="unpack")
            case n.Assign(targets=[n.Tuple(elts=[_, rest])], value=n.Tuple(elts=[_, n.Subscript() as sliced])):
                match sliced.index:
                    case n.Slice(lower=lower, upper=None, step=None) if is_int(lower, 1):
                        if facts.effects.same(rest, sliced.value):
                            yield Operation("take-front", assign, sliced.value, facts.place(assign), spelling="unpack")
            case n.Assign(targets=[n.Subscript(value=value, index=index)], value=n.List(elts=[])) if _is_first(index):
                yield Operation("take-front", assign, value, facts.place(assign), spelling="slice")


def _is_first(index: n.Expr) -> bool:
    """`[:1]` or `[0:1]`."""
    match index:
        case n.Slice(lower=lower, upper=upper, step=None):
            return (lower is None or is_int(lower, 0)) and is_int(upper, 1)
    return False


def _is_before_first(index: n.Expr) -> bool:
    """`[:0]` or `[0:0]`."""
    match index:
        case n.Slice(lower=lower, upper=upper, step=None):
            return (lower is None or is_int(lower, 0)) and is_int(upper, 0)
    return False


def put_front(facts: Facts) -> Iterator[Operation]:
    """`xs.insert(0, x)`, and all else that puts an item first and moves the rest."""
    for call, receiver in method_calls(facts, "insert"):
        if len(call.args) == 2 and is_int(call.args[0], 0):
            yield Operation("put-front", call, receiver, facts.place(call), call.args[1], "insert")
    for assign in facts.structure.all(n.Assign):
        match assign:
            case n.Assign(targets=[n.Subscript(value=value, index=index)], value=n.List(elts=[item])):
                if _is_before_first(index):
                    yield Operation("put-front", assign, value, facts.place(assign), item, "slice")
            case n.Assign(targets=[target], value=n.BinOp(left=n.List(elts=[item]), op="+", right=right)):
                if facts.effects.same(target, right):
                    yield Operation("put-front", assign, right, facts.place(assign), item, "plus")
            case n.Assign(targets=[target], value=n.List(elts=[item, n.Starred(value=rest)])):
                if facts.effects.same(target, rest):
                    yield Operation("put-front", assign, rest, facts.place(assign), item, "display")
