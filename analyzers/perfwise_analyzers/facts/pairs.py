"""Loops within loops over one and the same container, which meet every pair of its items."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.inference import is_int
from perfwise_analyzers.facts.structure import Loop

if TYPE_CHECKING:
    from perfwise_analyzers.facts.facts import Facts


@dataclass(eq=False, slots=True)
class Item:
    """An item that a loop takes from a container: `index` is the name of its position, where it has one."""

    container: n.Expr
    loop: Loop
    index: str = ""


@dataclass(eq=False, slots=True)
class Pair:
    """A comparison of two items of one container. `key` is what is compared of the first, `item` that item in it.

    `inner` and `outer` are the loops, one and the same where `itertools.combinations` makes the pairs. `complete` says
    that the loops are seen to meet each pair of different items.
    """

    test: n.Compare
    container: n.Expr
    outer: Loop
    inner: Loop
    key: n.Expr
    item: n.Expr
    complete: bool


def equal_pairs(facts: Facts) -> Iterator[Pair]:
    """Comparisons for equality, or membership in what follows or precedes, of items of one container."""
    for test in facts.structure.all(n.Compare):
        if len(test.ops) != 1 or facts.place(test).loop is None:
            continue
        left, right = test.left, test.comparators[0]
        if test.ops[0] in ("==", "!="):
            found = _compared(facts, test, left, right)
            if found is not None:
                yield found
        elif test.ops[0] in ("in", "not in"):
            item = item_of(facts, left)
            part = _part(right)
            if item is not None and part is not None and facts.effects.same(item.container, part):
                complete = _is_complete_part(right, item.index)
                yield Pair(test, part, item.loop, item.loop, left, left, complete)


def _compared(facts: Facts, test: n.Compare, left: n.Expr, right: n.Expr) -> Pair | None:
    a, b = left, right
    while True:
        first, second = item_of(facts, a), item_of(facts, b)
        if first is not None and second is not None:
            break
        match a, b:
            case n.Attribute(value=x, attr=p), n.Attribute(value=y, attr=q) if p == q:
                a, b = x, y
            case n.Subscript(value=x, index=n.Constant() as p), n.Subscript(value=y, index=n.Constant() as q) if (
                facts.effects.same(p, q)
            ):
                a, b = x, y
            case n.Call(func=n.Attribute(value=x, attr=p), args=[]), n.Call(func=n.Attribute(value=y, attr=q), args=[]):
                if p != q:
                    return None
                a, b = x, y
            case _:
                return None
    if not facts.effects.same(first.container, second.container):
        return None
    if first.loop is second.loop:
        is_pair = _is_combination(facts, first.loop)
        return Pair(test, first.container, first.loop, first.loop, left, a, is_pair) if is_pair else None
    if not _is_within(second.loop, first.loop):
        first, second, left, a = second, first, right, b
        if not _is_within(second.loop, first.loop):
            return None
    complete = _meets_each_once(facts, first, second) or _asks_for_another(facts, test, first, second)
    return Pair(test, first.container, first.loop, second.loop, left, a, complete) if complete else None


def item_of(facts: Facts, expr: n.Expr) -> Item | None:
    """The container an expression is an item of, by the loop that gives it."""
    match expr:
        case n.Name():
            bindings = facts.inference.bindings(expr) or []
            loop = bindings[0].loop if len(bindings) == 1 else None
            return _taken(facts, loop, expr.id) if loop is not None else None
        case n.Subscript(value=n.Name() | n.Attribute() as container, index=n.Name() as index):
            loop = _counting_loop(facts, index)
            return Item(container, loop, index.id) if loop is not None else None
    return None


def _taken(facts: Facts, loop: Loop, name: str) -> Item | None:
    if loop.iter is None:
        return None
    match loop.iter, loop.target:
        case n.Call(args=[container, *_]) as call, n.Tuple(elts=[n.Name(id=index), n.Name(id=item)]):
            callee = facts.inference.callee(call)
            if callee == "builtins.enumerate" and item == name:
                return Item(_part(container) or container, loop, index)
            if _is_combination(facts, loop):
                return Item(container, loop)
        case n.Call(args=[container, *_]) as call, n.Name() if facts.inference.callee(call) == "itertools.islice":
            return Item(container, loop)
        case (n.Name() | n.Attribute() | n.Subscript()) as container, n.Name():
            return Item(_part(container) or container, loop)
    return None


def _is_combination(facts: Facts, loop: Loop) -> bool:
    match loop.iter:
        case n.Call(args=[_, two]) as call:
            return is_int(two, 2) and facts.inference.callee(call) in (
                "itertools.combinations",
                "itertools.permutations",
            )
    return False


def _counting_loop(facts: Facts, index: n.Name) -> Loop | None:
    """The loop that counts the index up."""
    bindings = facts.inference.bindings(index) or []
    if len(bindings) == 1 and bindings[0].loop is not None:
        loop = bindings[0].loop
        is_range = isinstance(loop.iter, n.Call) and facts.inference.callee(loop.iter) in (
            "builtins.range",
            "builtins.enumerate",
        )
        return loop if is_range else None
    for loop in facts.structure.loops_around(index):
        match loop.node:
            case n.While(test=n.Compare(left=n.Name(id=name), ops=["<"])) if name == index.id:
                return loop
    return None


def _part(expr: n.Expr) -> n.Expr | None:
    """The container of `xs[i + 1 :]` or `xs[:i]`."""
    match expr:
        case n.Subscript(value=value, index=n.Slice(lower=lower, upper=upper, step=None)):
            if (lower is None) != (upper is None):
                return value
    return None


def _is_complete_part(part: n.Expr, index: str) -> bool:
    match part:
        case n.Subscript(index=n.Slice(lower=lower, upper=None)):
            return _is_next(lower, index)
        case n.Subscript(index=n.Slice(lower=None, upper=n.Name(id=name))):
            return bool(index) and name == index
    return False


def _is_next(expr: n.Expr | None, index: str) -> bool:
    match expr:
        case n.BinOp(left=n.Name(id=name), op="+", right=right):
            return bool(index) and name == index and is_int(right, 1)
    return False


def _is_within(inner: Loop, outer: Loop) -> bool:
    loop = inner.parent
    while loop is not None and loop is not outer:
        loop = loop.parent
    return loop is outer


def _meets_each_once(facts: Facts, first: Item, second: Item) -> bool:
    """Whether the inner loop goes through the items after, or before, that of the outer loop."""
    iterated = second.loop.iter
    match iterated:
        case n.Call(args=[n.Name(id=stop)]) if facts.inference.callee(iterated) == "builtins.range":
            return bool(first.index) and stop == first.index
        case n.Call(args=[start, _]) if facts.inference.callee(iterated) == "builtins.range":
            return _is_next(start, first.index)
        case n.Call(args=[_, start, *_]) if facts.inference.callee(iterated) == "itertools.islice":
            return _is_next(start, first.index)
        case n.Call(args=[n.Subscript() as part, *_]):
            return _is_complete_part(part, first.index)
        case n.Subscript():
            return _is_complete_part(iterated, first.index)
    if isinstance(second.loop.node, n.While):
        for node in facts.effects.inside(first.loop):
            match node:
                case n.Assign(targets=[n.Name(id=name)], value=value) if name == second.index:
                    return _is_next(value, first.index)
    return False


def _asks_for_another(facts: Facts, test: n.Compare, first: Item, second: Item) -> bool:
    """`i != j and ...`, where both loops go through all items."""
    around = facts.structure.parent.get(test)
    tests = around.values if isinstance(around, n.BoolOp) and around.op == "and" else []
    for other in tests:
        match other:
            case n.Compare(left=n.Name(id=a), ops=["!=" | "<" | ">"], comparators=[n.Name(id=b)]):
                if first.index and second.index and {a, b} == {first.index, second.index}:
                    return True
            case n.Compare(left=a, ops=["is not"], comparators=[b]):
                items = [item_of(facts, side) for side in (a, b)]
                if {item.loop for item in items if item is not None} == {first.loop, second.loop}:
                    return True
    return False
