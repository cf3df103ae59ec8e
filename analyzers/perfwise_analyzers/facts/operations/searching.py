"""Looking through a container for a value: is it there, where is it, how often."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.environment import Scan, Summary
from perfwise_analyzers.facts.inference import is_int
from perfwise_analyzers.facts.operations import Operation
from perfwise_analyzers.facts.structure import Place

if TYPE_CHECKING:
    from perfwise_analyzers.facts.facts import Facts


def method_calls(facts: Facts, *names: str) -> Iterator[tuple[n.Call, n.Expr]]:
    """Calls of methods of these names, with their receivers."""
    for call in facts.structure.all(n.Call):
        if isinstance(call.func, n.Attribute) and call.func.attr in names and not facts.inference.origin(call.func):
            yield call, call.func.value


def _membership(facts: Facts) -> Iterator[Operation]:
    """`x in xs`, and all that asks no more than that."""
    for compare in facts.structure.all(n.Compare):
        left = compare.left
        for op, right in zip(compare.ops, compare.comparators):
            if op in ("in", "not in"):
                yield Operation(
                    "membership", compare, right, facts.place(compare), left, "in" if len(compare.ops) == 1 else "chain",
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
            return left is call and ((op in (">", "==", "!=") and is_int(right, 0)) or (op == ">=" and is_int(right, 1)))
    return False


def _index(facts: Facts) -> Iterator[Operation]:
    """`xs.index(x)`, and searches that give the position of what equals a value."""
    for call, receiver in method_calls(facts, "index"):
        if len(call.args) == 1 and not call.keywords:
            yield Operation("index", call, receiver, facts.place(call), call.args[0], "index")
    for call in facts.structure.all(n.Call):
        if facts.inference.callee(call) == "operator.indexOf" and len(call.args) == 2:
            yield Operation("index", call, call.args[0], facts.place(call), call.args[1], "indexOf")
    for scan in facts.scans:
        if scan.whole and (scan.outcome == "index" or (scan.outcome == "first" and _gives_index(facts, scan.loop.node))):
            yield Operation("index", scan.node, scan.container, scan.place, scan.probe, "scan", scan=scan)


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


def _count(facts: Facts) -> Iterator[Operation]:
    """`xs.count(x)`, and loops that count what equals a value."""
    for call, receiver in method_calls(facts, "count"):
        if len(call.args) == 1 and not call.keywords:
            yield Operation("count", call, receiver, facts.place(call), call.args[0], "count")
    for call in facts.structure.all(n.Call):
        if facts.inference.callee(call) == "operator.countOf" and len(call.args) == 2:
            yield Operation("count", call, call.args[0], facts.place(call), call.args[1], "countOf")
    for scan in facts.scans:
        if scan.outcome == "count" and scan.whole and scan.only:
            yield Operation("count", scan.node, scan.container, scan.place, scan.probe, "scan", scan=scan)


def _lookup(facts: Facts) -> Iterator[Operation]:
    """A search for the items of which some part equals a value: a join, when done for each of other items."""
    for scan in facts.scans:
        if not scan.whole or scan.outcome == "collect":
            yield Operation("lookup", scan.node, scan.container, scan.place, scan.probe, "scan", scan=scan)


_SEARCHES = {"membership": _membership, "index": _index, "count": _count, "lookup": _lookup}


def _searches(kind: str, facts: Facts) -> Iterator[Operation]:
    yield from _SEARCHES[kind](facts)
    yield from _through_helpers(facts, kind)


membership, index, count, lookup = (partial(_searches, kind) for kind in _SEARCHES)


def _through_helpers(facts: Facts, kind: str) -> Iterator[Operation]:
    """Calls, in a loop, of functions of the module that do the operation each time they are called."""
    for call in facts.structure.all(n.Call):
        place = facts.place(call)
        if place.loop is None:
            continue
        name, scans = _scans_of(facts, call)
        for scan in scans:
            if scan.operation != kind:
                continue
            container = _target_of(facts, call, scan.target, place)
            if container is not None:
                yield Operation(kind, call, container, place, None, "helper", helper=name)


def _scans_of(facts: Facts, call: n.Call) -> tuple[str, tuple[Scan, ...]]:
    """The name of the function a call calls, and what it looks through each time."""
    func = call.func
    summary: Summary | None = None
    if isinstance(func, n.Name):
        bindings = facts.inference.bindings(func)
        if bindings is None:
            summary = facts.environment.lookup(func.id)
        elif len(bindings) == 1 and isinstance(bindings[0].value, n.FunctionDef):
            return func.id, scans_in(facts, bindings[0].value)
    elif isinstance(func, n.Attribute):
        key = facts.inference.attribute_key(func)
        summary = facts.environment.lookup(key) if key else None
    if summary is None or summary.kind != "function" or isinstance(func, n.Lambda):
        return "", ()
    return func.id if isinstance(func, n.Name) else getattr(func, "attr", ""), summary.scans


def scans_in(facts: Facts, function: n.FunctionDef) -> tuple[Scan, ...]:
    """What a function looks through, from end to end, each time it is called: for the summary its callers see.

    Only what is done outside of loops counts: a search in a loop of the function's own is its own to be told of.
    """
    found: dict[Scan, None] = {}
    scope = facts.structure.scope_of[function]
    for kind, search in _SEARCHES.items():
        for operation in search(facts):
            if operation.place.scope is not scope or operation.place.loop is not None:
                continue
            if not _may_be_long(facts, operation.container):
                continue
            target = _target_in(facts, operation.container, function)
            if target:
                found[Scan(kind, target)] = None
    return tuple(found)


def _may_be_long(facts: Facts, container: n.Expr) -> bool:
    return not facts.sizes.constant(container)


def _target_in(facts: Facts, container: n.Expr, function: n.FunctionDef) -> str:
    """How a caller names the container: a parameter by its position, a name or an attribute of the module."""
    if isinstance(container, n.Name):
        bindings = facts.inference.bindings(container)
        if bindings is None or all(b.place.scope is not facts.structure.scope_of[function] for b in bindings):
            return f"name:{container.id}"
        is_method = bool(function.params) and facts.type_of_parameter(function.params[0]).name.startswith("@")
        for position, parameter in enumerate(function.params):
            if len(bindings) == 1 and bindings[0].node is parameter:
                return f"parameter:{position - is_method}"
        return ""
    key = facts.inference.attribute_key(container)
    first = function.params[0].name if function.params else ""
    if key and isinstance(container, n.Attribute) and isinstance(container.value, n.Name) and container.value.id == first:
        return f"attribute:{key}"
    return ""


def _target_of(facts: Facts, call: n.Call, target: str, place: Place) -> n.Expr | None:
    """The container a helper's scan goes through, as seen from the call."""
    what, _, name = target.partition(":")
    if what == "parameter":
        position = int(name)
        return call.args[position] if position < len(call.args) else None
    stand_in: n.Expr
    if what == "name":
        stand_in = n.Name(call.start, call.end, name)
    else:
        base = call.func.value if isinstance(call.func, n.Attribute) else None
        if base is None:
            return None
        stand_in = n.Attribute(call.start, call.end, base, name.rpartition(".")[2])
    facts.structure.place[stand_in] = place
    return stand_in
