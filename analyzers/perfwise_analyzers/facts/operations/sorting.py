"""Sorting, and what is taken of the sorted items."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from perfwise_analyzers.facts import invariance
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.inference import is_int
from perfwise_analyzers.facts.operations import Operation, direct_operations
from perfwise_analyzers.facts.operations.searching import method_calls
from perfwise_analyzers.facts.structure import Loop

if TYPE_CHECKING:
    from perfwise_analyzers.facts.facts import Facts

_NEAR = 10  # Up to here an item counts as near the end of what is sorted.


def sort(facts: Facts) -> Iterator[Operation]:
    """`sorted(xs)` and `xs.sort()`. `item` is the key, if there is one."""
    for call in facts.structure.all(n.Call):
        match call.args:
            case [n.Starred()]:
                pass
            case [items] if facts.inference.callee(call) == "builtins.sorted":
                yield Operation("sort", call, items, facts.place(call), _key(call), "sorted", call=call)
    for call, receiver in method_calls(facts, "sort"):
        if not call.args:
            yield Operation("sort", call, receiver, facts.place(call), _key(call), "method", call=call)


def repeated_sort(facts: Facts) -> Iterator[Operation]:
    """A sort, in a loop, of what the loop does not change."""
    for operation in facts.operations("sort"):
        if unchanged_loops(facts, operation):
            yield Operation(
                "repeated-sort",
                operation.node,
                operation.container,
                operation.place,
                operation.item,
                operation.spelling,
                operation.helper,
                call=operation.call,
            )


def resort(facts: Facts) -> Iterator[Operation]:
    """A sort beside which one item is put into, or taken out of, what is sorted. `item` is what is put in."""
    for operation in direct_operations("sort", facts):
        call, container, stmt = operation.call, operation.container, operation.place.stmt
        assert call is not None
        node: n.Node = call
        match stmt:
            case n.Assign(targets=[target], value=value) if value is call:
                old = _old_part(container)
                if old is not None and facts.effects.same(old, target):
                    yield Operation("resort", stmt, target, operation.place, None, "sum", call=call)
                    continue
                if facts.effects.same(target, container):
                    node = stmt
        block, _ = operation.place.path[-1]
        for other in facts.structure.blocks[block]:
            changed = _changed_by_one(facts, other, container) if other is not stmt else None
            if changed is not None:
                spelling = operation.spelling if node is call else "assigned"
                yield Operation("resort", node, container, operation.place, changed.item, spelling, call=call)
                break


class _Change(NamedTuple):
    item: n.Expr | None


def _changed_by_one(facts: Facts, stmt: n.Stmt, container: n.Expr) -> _Change | None:
    """What a statement puts into, or takes out of, the container."""
    match stmt:
        case n.ExprStmt(value=n.Call(func=n.Attribute(value=holder, attr="append"), args=[item])):
            return _Change(item) if facts.effects.same(holder, container) else None
        case n.ExprStmt(value=n.Call(func=n.Attribute(value=holder, attr="pop"))):
            return _Change(None) if facts.effects.same(holder, container) else None
        case n.Assign(value=n.Call(func=n.Attribute(value=holder, attr="pop"))):
            return _Change(None) if facts.effects.same(holder, container) else None
    return None


def _old_part(expr: n.Expr) -> n.Expr | None:
    """`xs` of `xs + [x]` and `[*xs, x]`."""
    match expr:
        case n.BinOp(left=left, op="+", right=n.List()):
            return left
        case n.List(elts=[n.Starred(value=left), _]):
            return left
    return None


def sorted_part(facts: Facts) -> Iterator[Operation]:
    """A sort of which only one end is read. `call` is the sort, `item` the number of items where it is not one.

    `spelling` tells the part: "first", "last", "head" (`[:k]`), "tail" (`[-k:]`), "nth" for an item near an end, of
    which `item` is the index, or "ends" for a name of which nothing but the first and the last item is read. What only
    asks for the length of a name's list counts as nothing if an item near an end is read.
    """
    for operation in facts.operations("sort"):
        call = operation.call
        if call is None:
            continue
        if operation.spelling == "sorted":
            taken = _taken(facts, call)
            if taken is not None:
                node, part, item = taken
                yield Operation("sorted-part", node, operation.container, operation.place, item, part, call=call)
                continue
        uses = _read_after(facts, operation)
        measured = [use for use in uses if _is_measured(facts, use)]
        parts = [_taken(facts, use) for use in uses if use not in measured]
        found = [part for part in parts if part is not None]
        if not found or len(found) != len(parts):
            continue
        node, part, item = found[0]
        farthest = _farthest(found)
        if farthest is not None:
            node, part, item = call, "nth", farthest
        elif measured:
            continue
        elif len(found) > 1:
            if any(part not in ("first", "last") for _, part, _ in found):
                continue
            node, part = call, "ends"
        yield Operation("sorted-part", node, operation.container, operation.place, item, part, "", call=call)


def _is_measured(facts: Facts, use: n.Name) -> bool:
    around = facts.structure.parent.get(use)
    return isinstance(around, n.Call) and facts.inference.callee(around) == "builtins.len"


def _farthest(found: list[tuple[n.Expr, str, n.Expr | None]]) -> n.Expr | None:
    """The index farthest from the end near which all the items stand that are read, if not all are at the very end."""
    indexes = [item for _, part, item in found if part == "nth" and item is not None]
    parts = {part for _, part, _ in found}
    if not indexes or len({isinstance(index, n.UnaryOp) for index in indexes}) > 1:
        return None
    if parts - {"nth", "last" if isinstance(indexes[0], n.UnaryOp) else "first"}:
        return None
    return max(indexes, key=place_from_end)


def place_from_end(index: n.Expr) -> int:
    """How far from its end of a sequence the item at a literal index stands: 2 for `[1]` and `[-2]`."""
    match index:
        case n.UnaryOp(operand=n.Constant(value=int(number))):
            return number
        case n.Constant(value=int(number)):
            return number + 1
    return 0


def unchanged_loops(facts: Facts, operation: Operation) -> list[Loop]:
    """The loops around a sort in which it gives the same each time, innermost first."""
    container, call = operation.container, operation.call
    if facts.type_of(container).name in ("iterator", "file", "str") or not facts.is_long(container):
        return []
    parts: list[n.Expr] = [container]
    if call is not None:
        parts += [keyword.value for keyword in call.keywords]
    if any(facts.effects.is_opaque(node) for node in n.descendants(container)):
        return []
    loops = invariance.unchanged_loops(facts, parts, operation.place, operation.node)
    if operation.item is None or facts.inference.origin(operation.item).startswith("builtins."):
        return loops
    return list(takewhile(lambda loop: not invariance.touches_items(facts, loop), loops))


def _key(call: n.Call) -> n.Expr | None:
    return next((keyword.value for keyword in call.keywords if keyword.arg == "key"), None)


def _taken(facts: Facts, expr: n.Expr) -> tuple[n.Expr, str, n.Expr | None] | None:
    """What is read of a sorted list: the whole expression, the part, and the number of items."""
    around = facts.structure.parent.get(expr)
    match around:
        case n.Subscript(value=value, index=index) if value is expr:
            part = _part(facts, index, expr)
            return (around, *part) if part is not None else None
        case n.Attribute(attr="pop") if isinstance(expr, n.Call):
            call = facts.structure.parent.get(around)
            if isinstance(call, n.Call) and call.func is around:
                if not call.args:
                    return call, "last", None
                if is_int(call.args[0], 0):
                    return call, "first", None
        case n.Call(args=[first]) if first is expr and facts.inference.callee(around) in (
            "builtins.iter",
            "builtins.reversed",
        ):
            call = facts.structure.parent.get(around)
            if isinstance(call, n.Call) and facts.inference.callee(call) == "builtins.next" and len(call.args) == 1:
                return call, "first" if facts.inference.callee(around) == "builtins.iter" else "last", None
        case n.Call(args=[first, bound]) if first is expr:
            if facts.inference.callee(around) == "itertools.islice" and is_few(facts, bound):
                return around, "head", bound
    return None


def _part(facts: Facts, index: n.Expr, expr: n.Expr) -> tuple[str, n.Expr | None] | None:
    match index:
        case _ if is_int(index, 0):
            return "first", None
        case _ if is_int(index, -1):
            return "last", None
        case n.Constant(kind="int") | n.UnaryOp(op="-", operand=n.Constant(kind="int")):
            return ("nth", index) if place_from_end(index) <= _NEAR else None
        case n.BinOp(left=n.Call(args=[measured]) as length, op="-", right=one) if is_int(one, 1):
            sources = [expr, *expr.args] if isinstance(expr, n.Call) else [expr]
            is_length = facts.inference.callee(length) == "builtins.len"
            if is_length and any(facts.effects.same(measured, source) for source in sources):
                return "last", None
        case n.Slice(lower=lower, upper=n.Expr() as upper, step=None):
            if (lower is None or is_int(lower, 0)) and is_few(facts, upper):
                return "head", upper
        case n.Slice(lower=n.UnaryOp(op="-", operand=few), upper=None, step=None):
            if is_few(facts, few):
                return "tail", few
    return None


def is_few(facts: Facts, bound: n.Expr) -> bool:
    """Whether a bound counts items to take, rather than being a share of them: 10 or `k`, not `len(xs) // 2`."""
    match bound:
        case n.Constant(kind="int", value=int(count)):
            return 1 <= count <= 200
        case n.Name():
            bindings = facts.inference.bindings(bound)
            if bindings is None:
                return True
            return all(
                binding.kind == "parameter"
                or (binding.kind == "assign" and isinstance(binding.value, n.Constant) and is_few(facts, binding.value))
                for binding in bindings
            )
        case n.Attribute():
            return True
    return False


def _read_after(facts: Facts, operation: Operation) -> Sequence[n.Name]:
    """What reads the sorted list, where that is a local name; nothing where it is held in any other way."""
    call = operation.call
    assert call is not None
    stmt = facts.structure.parent.get(call)
    match stmt:
        case n.Assign(targets=[n.Name() as name], value=value) if value is call and operation.spelling == "sorted":
            pass
        case n.ExprStmt() if isinstance(operation.container, n.Name) and operation.spelling == "method":
            name = operation.container
            if not facts.effects.is_private(name):
                return ()
        case _:
            return ()
    scope = facts.place(call).scope
    if scope.kind != "function" or name.id in scope.globals | scope.nonlocals:
        return ()
    if any(other is not scope and name.id in other.uses for other in facts.structure.scopes):
        return ()
    bindings = [binding for binding in scope.bindings.get(name.id, ()) if binding.node.start >= stmt.start]
    if len(bindings) != (operation.spelling == "sorted") or facts.place(call).loop is not None:
        return ()
    return [use for use in scope.uses.get(name.id, ()) if use.start >= stmt.end]
