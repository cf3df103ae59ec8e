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


_STRIPS = frozenset({"strip", "lstrip", "rstrip"})


def shrink(facts: Facts) -> Iterator[Operation]:
    """`s = s[k:]`, `s = s[:-k]` and `head, _, s = s.partition(...)`: a copy of all that is left. `item` is k.

    Where only blanks are stripped the spelling is "strip".
    """
    for assign in facts.structure.all(n.Assign):
        if len(assign.targets) != 1:
            continue
        target, value = assign.targets[0], assign.value
        if isinstance(target, n.Tuple) and target.elts:
            target = target.elts[-1]
            if isinstance(value, n.Tuple) and len(value.elts) == len(assign.targets[0].elts):  # type: ignore[attr-defined]
                value = value.elts[-1]
            elif not _splits_once(value):
                continue
        yield from _rest(facts, assign, target, value)


def _rest(facts: Facts, assign: n.Assign, target: n.Expr, value: n.Expr) -> Iterator[Operation]:
    strips = False
    while isinstance(value, n.Call) and isinstance(value.func, n.Attribute) and value.func.attr in _STRIPS:
        value, strips = value.func.value, True
    place = facts.place(assign)
    match value:
        case n.Subscript(value=old, index=n.Slice(lower=n.Expr() as bound, upper=None, step=None)):
            if facts.effects.same(target, old) and not isinstance(bound, n.UnaryOp):
                yield Operation("shrink", assign, old, place, bound, "front")
        case n.Subscript(value=old, index=n.Slice(lower=lower, upper=n.UnaryOp(op="-", operand=bound), step=None)):
            if facts.effects.same(target, old) and (lower is None or isinstance(lower, n.Constant)):
                yield Operation("shrink", assign, old, place, bound, "back")
        case n.Call(func=n.Attribute(value=old)) | n.Subscript(value=n.Call(func=n.Attribute(value=old))):
            if _splits_once(value) and facts.effects.same(target, old):
                yield Operation("shrink", assign, old, place, None, "split")
        case _ if strips and facts.effects.same(target, value):
            yield Operation("shrink", assign, value, place, None, "strip")


def _splits_once(value: n.Expr) -> bool:
    match value:
        case n.Subscript(value=n.Call() as call, index=index):
            return _splits_once(call) and (is_int(index, 1) or is_int(index, 2) or is_int(index, -1))
        case n.Call(func=n.Attribute(attr="partition"), args=[_]):
            return True
        case n.Call(func=n.Attribute(attr="split"), args=[_, most]):
            return is_int(most, 1)
        case n.Call(func=n.Attribute(attr="split"), keywords=[n.Keyword(arg="maxsplit", value=most)]):
            return is_int(most, 1)
    return False
