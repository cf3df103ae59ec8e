"""Making a new sequence out of an old one and some more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.operations import Operation

if TYPE_CHECKING:
    from perfwise_analyzers.facts.facts import Facts


def concatenation(facts: Facts) -> Iterator[Operation]:
    """`xs = xs + more`: a copy of all there was, for each addition. `container` is xs, `item` is what is added."""
    for assign in facts.structure.all(n.Assign):
        if len(assign.targets) != 1:
            continue
        target = assign.targets[0]
        value = assign.value
        match value:
            case n.IfExp(body=body, orelse=orelse) if facts.effects.same(target, orelse):
                value = body
            case n.IfExp(body=body, orelse=orelse) if facts.effects.same(target, body):
                value = orelse
        match value:
            case n.BinOp(op="+") as sum_:
                terms = _terms(sum_)
                if facts.effects.same(target, terms[0]):
                    item = terms[1] if len(terms) == 2 else None
                    spelling = "plus" if value is assign.value else "conditional"
                    yield Operation("concatenation", assign, terms[0], facts.place(assign), item, spelling)
                elif _is_got_from(facts, terms[0], target):
                    yield Operation("concatenation", assign, terms[0], facts.place(assign), None, "get")
                elif facts.effects.same(target, terms[-1]):
                    item = sum_.left
                    yield Operation("concatenation", assign, terms[-1], facts.place(assign), item, "prefix")
            case n.List(elts=[n.Starred(value=old), *more]) | n.Tuple(elts=[n.Starred(value=old), *more]) if more:
                if facts.effects.same(target, old):
                    item = more[0] if len(more) == 1 else None
                    yield Operation("concatenation", assign, old, facts.place(assign), item, "display")
            case n.BinOp(left=n.Constant(kind="str"), op="%", right=n.Tuple(elts=[first, *more])) if more:
                if facts.effects.same(target, more[-1]):
                    yield Operation("concatenation", assign, more[-1], facts.place(assign), first, "prefix-format")
            case n.JoinedStr(values=[first, *more]):
                if facts.effects.same(target, first):
                    item = more[0] if len(more) == 1 else None
                    yield Operation("concatenation", assign, first, facts.place(assign), item, "format")
                elif more and facts.effects.same(target, more[-1]):
                    yield Operation("concatenation", assign, more[-1], facts.place(assign), first, "prefix-format")
            case n.Call(func=n.Attribute(value=n.Constant(kind="str"), attr="join"), args=[n.List(elts=[old, *more])]):
                if facts.effects.same(target, old):
                    yield Operation(
                        "concatenation", assign, old, facts.place(assign), more[0] if more else None, "join"
                    )
    for added in facts.structure.all(n.AugAssign):
        if added.op == "+":
            yield Operation("concatenation", added, added.target, facts.place(added), added.value, "augmented")


def _is_got_from(facts: Facts, value: n.Expr, target: n.Expr) -> bool:
    """`d.get(k, [])`, where `d[k]` is the target."""
    match value, target:
        case n.Call(func=n.Attribute(value=got, attr="get"), args=[key, *_]), n.Subscript(value=held, index=index):
            return facts.effects.same(got, held) and facts.effects.same(key, index)
    return False


def _terms(sum_: n.BinOp) -> list[n.Expr]:
    terms: list[n.Expr] = []
    left: n.Expr = sum_
    while isinstance(left, n.BinOp) and left.op == "+":
        terms.append(left.right)
        left = left.left
    return [left, *reversed(terms)]


def merge(facts: Facts) -> Iterator[Operation]:
    """`d = {**d, ...}`, `d = d | more`: a copy of the whole dict or set for each addition. `item` is what is added."""
    for assign in facts.structure.all(n.Assign):
        if len(assign.targets) != 1:
            continue
        target, place = assign.targets[0], facts.place(assign)
        match assign.value:
            case n.Dict(keys=[None, *_], values=[old, *_]) if facts.effects.same(target, old):
                yield Operation("merge", assign, old, place, assign.value, "display")
            case n.Set(elts=[n.Starred(value=old), *_]) if facts.effects.same(target, old):
                yield Operation("merge", assign, old, place, assign.value, "display")
            case n.BinOp(left=old, op="|", right=more) if facts.effects.same(target, old):
                yield Operation("merge", assign, old, place, more, "or")
            case n.Call(func=n.Attribute(value=old, attr="union"), args=[more]) if facts.effects.same(target, old):
                yield Operation("merge", assign, old, place, more, "union")
            case n.Call(args=[old, *more]) as call if facts.effects.same(target, old):
                if facts.inference.callee(call) == "builtins.dict" and (call.keywords or more):
                    yield Operation("merge", assign, old, place, call, "dict")
            case n.Name() as copy if _is_copy_of(facts, copy, target):
                yield Operation("merge", assign, target, place, None, "copy")
            case n.Call(func=n.Attribute(value=old, attr="copy"), args=[]) if facts.effects.same(target, old):
                yield Operation("merge", assign, old, place, None, "copy")
            case n.Call(args=[n.BinOp(left=first, op="+")]) as call:
                if facts.inference.callee(call) == "builtins.dict" and _is_view_of(facts, first, target):
                    yield Operation("merge", assign, target, place, None, "items")
    for call in facts.structure.all(n.Call):
        if facts.inference.callee(call) == "functools.reduce" and len(call.args) > 1 and _merges(facts, call.args[0]):
            yield Operation("merge", call, call.args[1], facts.place(call), call.args[0], "reduce")


def _is_copy_of(facts: Facts, name: n.Name, target: n.Expr) -> bool:
    """Whether a name holds a copy of the target, made in the same round."""
    bindings = facts.inference.bindings(name) or []
    if len(bindings) != 1 or bindings[0].kind != "assign" or bindings[0].place.loop is not facts.place(name).loop:
        return False
    match bindings[0].value:
        case n.Call(func=n.Attribute(value=old, attr="copy"), args=[]):
            return facts.effects.same(old, target)
        case n.Call(args=[old], keywords=[]) as call:
            is_copy = facts.inference.callee(call) in ("builtins.dict", "builtins.set", "copy.copy")
            return is_copy and facts.effects.same(old, target)
    return False


def _merges(facts: Facts, function: n.Expr) -> bool:
    """`lambda a, b: {**a, **b}` and its like."""
    match function:
        case n.Lambda(params=[a, b], body=n.Dict(keys=[None, None], values=[n.Name(id=left), n.Name(id=right)])):
            return left == a.name and right == b.name
        case n.Lambda(params=[a, b], body=n.Call(func=n.Attribute(value=n.Name(id=left), attr="union"), args=[_])):
            return left == a.name
    return facts.inference.origin(function) in ("builtins.set.union", "builtins.frozenset.union")


def _is_view_of(facts: Facts, expr: n.Expr, target: n.Expr) -> bool:
    """`list(d.items())`, where d is the target."""
    match expr:
        case n.Call(args=[n.Call(func=n.Attribute(value=value, attr="items"))]):
            return facts.inference.callee(expr) == "builtins.list" and facts.effects.same(value, target)
    return False


def flattening(facts: Facts) -> Iterator[Operation]:
    """`sum(lists, [])`, and reductions by `+`: `container` is what holds the lists."""
    for call in facts.structure.all(n.Call):
        match facts.inference.callee(call), call.args:
            case "builtins.sum", [lists, start]:
                yield Operation("flattening", call, lists, facts.place(call), start, "sum")
            case "builtins.sum", [lists]:
                match call.keywords:
                    case [n.Keyword(arg="start", value=start)]:
                        yield Operation("flattening", call, lists, facts.place(call), start, "sum")
            case "functools.reduce", [function, lists, *start] if _adds(facts, function):
                yield Operation("flattening", call, lists, facts.place(call), start[0] if start else None, "reduce")


def _adds(facts: Facts, function: n.Expr) -> bool:
    if facts.inference.origin(function) in ("operator.add", "operator.concat"):
        return True
    if isinstance(function, n.Attribute) and function.attr == "__add__":
        return facts.inference.origin(function.value) == "builtins.list"
    match function:
        case n.Lambda(params=[a, b], body=n.BinOp(left=n.Name(id=left), op="+", right=n.Name(id=right))):
            return left == a.name and right == b.name
        case n.Lambda(
            params=[a, b], body=n.List(elts=[n.Starred(value=n.Name(id=left)), n.Starred(value=n.Name(id=right))])
        ):
            return left == a.name and right == b.name
    return False
