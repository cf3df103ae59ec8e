"""Looking through a container for a value: is it there, where is it, how often."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.inference import is_int
from perfwise_analyzers.facts.operations import Operation, direct_operations
from perfwise_analyzers.facts.scans import Equality

if TYPE_CHECKING:
    from perfwise_analyzers.facts.facts import Facts


def method_calls(facts: Facts, *names: str) -> Iterator[tuple[n.Call, n.Expr]]:
    """Calls of methods of these names, with their receivers."""
    for call in facts.structure.all(n.Call):
        if isinstance(call.func, n.Attribute) and call.func.attr in names and not facts.inference.origin(call.func):
            yield call, call.func.value


def membership(facts: Facts) -> Iterator[Operation]:
    """`x in xs`, and all that asks no more than that."""
    for compare in facts.structure.all(n.Compare):
        left = compare.left
        for op, right in zip(compare.ops, compare.comparators, strict=True):
            if op in ("in", "not in"):
                yield Operation(
                    "membership",
                    compare,
                    right,
                    facts.place(compare),
                    left,
                    "in" if len(compare.ops) == 1 else "chain",
                    negated=op == "not in",
                )
            left = right
    for call, receiver in method_calls(facts, "__contains__"):
        if len(call.args) == 1:
            yield Operation("membership", call, receiver, facts.place(call), call.args[0], "__contains__")
    for call, receiver in method_calls(facts, "count"):
        if len(call.args) == 1 and _is_only_asked_whether(facts, call):
            yield Operation("membership", call, receiver, facts.place(call), call.args[0], "count")
    for call in facts.structure.all(n.Call):
        if facts.inference.callee(call) == "operator.contains" and len(call.args) == 2:
            yield Operation("membership", call, call.args[0], facts.place(call), call.args[1], "contains")
    for scan in facts.scans:
        if scan.outcome == "exists" and scan.whole and scan.only:
            yield Operation("membership", scan.node, scan.container, scan.place, scan.probe, "scan", scan=scan)
    yield from _tried(facts)


def value_membership(facts: Facts) -> Iterator[Operation]:
    """`x in d.values()`: `container` is the dict, `call` the view where it stands in the question."""
    for operation in direct_operations("membership", facts):
        holder = _holder_of_values(facts, operation.container)
        if holder is not None:
            view = operation.container if isinstance(operation.container, n.Call) else None
            yield Operation(
                "value-membership",
                operation.node,
                holder,
                operation.place,
                operation.item,
                operation.spelling,
                call=view,
            )


def _holder_of_values(facts: Facts, container: n.Expr) -> n.Expr | None:
    """The dict whose values are looked through: d for `d.values()` and `list(d.values())`, or a name for these."""
    match container:
        case n.Call(func=n.Attribute(value=holder, attr="values"), args=[], keywords=[]):
            kind = facts.type_of(holder).name
            is_plain = isinstance(holder, (n.Name, n.Attribute, n.Subscript))
            return holder if is_plain and kind in ("dict", "unknown") and not facts.inference.origin(holder) else None
        case n.Call(args=[inner], keywords=[]):
            if facts.inference.callee(container) in ("builtins.list", "builtins.tuple"):
                return _holder_of_values(facts, inner)
        case n.Name():
            bindings = facts.inference.bindings(container) or []
            match bindings[0].value if len(bindings) == 1 and bindings[0].kind == "assign" else None:
                case n.Call(func=n.Attribute()) as view:
                    return _holder_of_values(facts, view)
    return None


def _tried(facts: Facts) -> Iterator[Operation]:
    """`try: xs.index(x) ... except ValueError`, where the position itself is not used."""
    for call, receiver in method_calls(facts, "index"):
        stmt = facts.structure.parent.get(call)
        block = facts.structure.parent.get(stmt) if isinstance(stmt, n.ExprStmt) else None
        if isinstance(block, n.Try) and len(call.args) == 1:
            yield Operation("membership", call, receiver, facts.place(call), call.args[0], "index")


def _is_only_asked_whether(facts: Facts, call: n.Call) -> bool:
    """`xs.count(x)` as a condition, or compared with zero."""
    around = facts.structure.parent.get(call)
    match around:
        case n.If(test=test) | n.While(test=test) | n.IfExp(test=test):
            return test is call
        case n.UnaryOp(op="not") | n.BoolOp():
            return True
        case n.Generator(ifs=ifs):
            return call in ifs
        case n.Compare(left=left, ops=[op], comparators=[right]):
            return left is call and (
                (op in (">", "==", "!=") and is_int(right, 0)) or (op == ">=" and is_int(right, 1))
            )
    return False


def index(facts: Facts) -> Iterator[Operation]:
    """`xs.index(x)`, and searches that give the position of what equals a value."""
    yield from _called(facts, "index")
    for scan in facts.scans:
        if scan.whole and (
            scan.outcome == "index" or (scan.outcome == "first" and _gives_index(facts, scan.loop.node))
        ):
            yield Operation("index", scan.node, scan.container, scan.place, scan.probe, "scan", scan=scan)


def _called(facts: Facts, kind: Literal["index", "count"]) -> Iterator[Operation]:
    """The method of that name, and what stands for it in `operator`."""
    for call, receiver in method_calls(facts, kind):
        if len(call.args) == 1 and not call.keywords:
            yield Operation(kind, call, receiver, facts.place(call), call.args[0], kind)
    for call in facts.structure.all(n.Call):
        if facts.inference.callee(call) == f"operator.{kind}Of" and len(call.args) == 2:
            yield Operation(kind, call, call.args[0], facts.place(call), call.args[1], f"{kind}Of")


def _gives_index(facts: Facts, loop: n.Node) -> bool:
    """Whether a `for i, ...` loop that stops at the first match gives its counter."""
    counter = ""
    match loop:
        case n.For(target=n.Tuple(elts=[n.Name(id=counter), _]), iter=n.Call() as call):
            if facts.inference.callee(call) != "builtins.enumerate":
                return False
        case n.For(target=n.Name(id=counter), iter=n.Call() as call):
            if facts.inference.callee(call) != "builtins.range":
                return False
        case _:
            return False
    for node in n.descendants(loop):
        match node:
            case n.Return(value=n.Name(id=name)) | n.Assign(value=n.Name(id=name)):
                if name == counter:
                    return True
    return False


def count(facts: Facts) -> Iterator[Operation]:
    """`xs.count(x)`, and loops that count what equals a value."""
    yield from _called(facts, "count")
    for scan in facts.scans:
        if scan.outcome == "count" and scan.whole and scan.only:
            yield Operation("count", scan.node, scan.container, scan.place, scan.probe, "scan", scan=scan)


def lookup(facts: Facts) -> Iterator[Operation]:
    """A search for the items of which some part equals a value: a join, when done for each of other items."""
    for scan in facts.scans:
        if not scan.whole or scan.outcome == "collect":
            yield Operation("lookup", scan.node, scan.container, scan.place, scan.probe, "scan", scan=scan)


def reverse_lookup(facts: Facts) -> Iterator[Operation]:
    """A search for the keys under which a dict holds a value: `container` is the dict."""
    for scan in facts.scans:
        holder = _searched_by_value(facts, scan)
        if holder is not None:
            yield Operation("reverse-lookup", scan.node, holder, scan.place, scan.probe, scan.outcome, scan=scan)
    for call, receiver in method_calls(facts, "index"):
        taken = facts.structure.parent.get(call)
        match receiver, call.args, taken:
            case n.Call(args=[n.Call(func=n.Attribute(value=holder, attr="values"))]), [item], n.Subscript(index=index):
                if index is call and facts.inference.callee(receiver) == "builtins.list":
                    yield Operation("reverse-lookup", taken, holder, facts.place(call), item, "index", call=call)


def _searched_by_value(facts: Facts, scan: Equality) -> n.Expr | None:
    """The dict of `for k, v in d.items()` with a test of v, or of `for k in d` with a test of `d[k]`."""
    match scan.loop.iter, scan.loop.target, scan.key:
        case (
            n.Call(func=n.Attribute(value=holder, attr="items"), args=[]),
            n.Tuple(elts=[_, n.Name(id=value)]),
            n.Name(id=tested),
        ):
            return holder if value == tested else None
        case _, n.Name(id=key), n.Subscript(value=holder, index=n.Name(id=index)) if key == index:
            gone_through = scan.loop.iter
            if isinstance(gone_through, n.Call) and isinstance(gone_through.func, n.Attribute):
                gone_through = gone_through.func.value if gone_through.func.attr == "keys" else gone_through
            if gone_through is not None and facts.effects.same(gone_through, holder):
                return holder
    return None


def distinct_addition(facts: Facts) -> Iterator[Operation]:
    """An item is added to a container after a search for it there."""
    for operation in membership(facts):
        item = operation.item
        for call, receiver in method_calls(facts, "append"):
            if (
                item is not None
                and len(call.args) == 1
                and facts.place(call).scope is operation.place.scope
                and facts.effects.same(receiver, operation.container)
                and facts.effects.same(call.args[0], item)
            ):
                yield Operation(
                    "distinct-addition", operation.node, operation.container, operation.place, item, operation.spelling
                )
                break
