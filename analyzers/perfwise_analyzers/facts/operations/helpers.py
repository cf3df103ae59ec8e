"""Operations that a function of the module does each time it is called: seen by its callers, as if done in the call."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.environment import Scan, Summary
from perfwise_analyzers.facts.operations import Kind, Operation, direct_operations
from perfwise_analyzers.facts.sizes import changes
from perfwise_analyzers.facts.structure import Loop, Place, own_nodes

if TYPE_CHECKING:
    from perfwise_analyzers.facts.facts import Facts

KINDS: tuple[Kind, ...] = (
    "membership",
    "index",
    "count",
    "lookup",
    "take-front",
    "put-front",
    "concatenation",
    "distinct-addition",
    "sort",
    "resort",
    "reduction",
    "reverse-lookup",
    "value-membership",
)
# What a function gives back instead of what it was given: more, in a copy.
RETURNED = {"concatenation": "returned-concatenation", "merge": "returned-merge"}


def through_helpers(facts: Facts, kind: str) -> Iterator[Operation]:
    """Calls, in a loop, of functions of the module that do the operation each time they are called.

    Of several such calls in one loop on one container the first speaks for all.
    """
    if kind in RETURNED:
        yield from _replaced(facts, kind)
    told: set[tuple[str, str, Loop | None]] = set()
    for call in facts.structure.all(n.Call):
        place = facts.place(call)
        if place.loop is None:
            continue
        name, scans = _scans_of(facts, call)
        for scan in scans:
            if scan.operation != kind or (kind == "membership" and Scan("distinct-addition", scan.target) in scans):
                continue  # A search that is part of an addition is told of as one.
            container = _target_of(facts, call, scan.target, place)
            if container is None:
                continue
            outermost = list(facts.structure.loops_around(call))[-1]
            case = (name, facts.source(container), outermost)
            if case not in told:
                told.add(case)
                yield Operation(kind, call, container, place, None, "helper", helper=name)


def _replaced(facts: Facts, kind: str) -> Iterator[Operation]:
    """`xs = added(xs, x)`, in a loop, where the function gives a copy with more."""
    for assign in facts.structure.all(n.Assign):
        place = facts.place(assign)
        if len(assign.targets) != 1 or not isinstance(assign.value, n.Call) or place.loop is None:
            continue
        name, scans = _scans_of(facts, assign.value)
        for scan in scans:
            container = (
                _target_of(facts, assign.value, scan.target, place) if scan.operation == RETURNED[kind] else None
            )
            if container is not None and facts.effects.same(container, assign.targets[0]):
                yield Operation(kind, assign, container, place, None, "helper", helper=name)


def _scans_of(facts: Facts, call: n.Call, around: tuple[n.FunctionDef, ...] = ()) -> tuple[str, tuple[Scan, ...]]:
    """The name of the function a call calls, and what it does each time."""
    func = call.func
    summary: Summary | None = None
    name = ""
    if isinstance(func, n.Name):
        name = func.id
        bindings = facts.inference.bindings(func)
        if bindings is None:
            summary = facts.environment.lookup(name)
        elif len(bindings) == 1 and isinstance(bindings[0].value, n.FunctionDef):
            called = bindings[0].value
            return name, scans_in(facts, called, around) if called not in around else ()
    elif isinstance(func, n.Attribute):
        name = func.attr
        key = facts.inference.attribute_key(func)
        summary = facts.environment.lookup(key) if key else None
    return name, summary.scans if summary is not None and summary.kind == "function" else ()


def scans_in(facts: Facts, function: n.FunctionDef, around: tuple[n.FunctionDef, ...] = ()) -> tuple[Scan, ...]:
    """What a function does to containers of its callers or its module each time it is called, itself or by other calls.

    Only what is done outside of loops counts: a search in a loop of the function's own is its own to be told of.
    `around` are the functions whose calls led to this one.
    """
    found: dict[Scan, None] = {}
    scope = facts.structure.scope_of[function]
    for kind in KINDS:
        for operation in direct_operations(kind, facts):
            if operation.place.scope is not scope or operation.place.loop is not None:
                continue
            if not _is_unconditional(facts, operation.place, function):
                continue
            if kind in ("sort", "reduction") and operation.item is not None:
                continue  # A key, or a condition, may read what differs from call to call.
            if kind in ("sort", "reduction") and not _leaves_alone(facts, operation.container, function):
                continue
            if not facts.is_long(operation.container) or not _is_by_key(facts, operation):
                continue
            target = _target_in(facts, operation.container, function)
            if target and not (kind == "concatenation" and _grows_in_place(facts, operation)):
                found[Scan(kind, target)] = None
    for scan in _scans_by_calls(facts, function, (*around, function)):
        found[scan] = None
    given = _given_back(facts, function)
    if given is not None:
        found[given] = None
    return tuple(found)


def _scans_by_calls(facts: Facts, function: n.FunctionDef, around: tuple[n.FunctionDef, ...]) -> Iterator[Scan]:
    """What the functions do that a function calls each time, to what it was given or to what is the module's."""
    scope = facts.structure.scope_of[function]
    for call in facts.structure.all(n.Call):
        place = facts.place(call)
        if place.scope is not scope or place.loop is not None or not _is_unconditional(facts, place, function):
            continue
        for scan in _scans_of(facts, call, around)[1]:
            if scan.operation in ("sort", "reduction", *RETURNED.values()):
                continue
            container = _target_of(facts, call, scan.target, place)
            target = _target_in(facts, container, function) if container is not None else ""
            if target:
                yield Scan(scan.operation, target)


def _given_back(facts: Facts, function: n.FunctionDef) -> Scan | None:
    """What a function does that gives back a copy of what it was given, with more: `return xs + [x]`."""
    old: n.Expr
    match function.body[-1] if function.body else None:
        case n.Return(value=n.List(elts=[n.Starred(value=old), _, *_])):
            kind = "concatenation"
        case n.Return(value=n.BinOp(op="+", left=left)):
            old, kind = left, "concatenation"
            while isinstance(old, n.BinOp) and old.op == "+":
                old = old.left
        case n.Return(value=n.Dict(keys=[None, *_], values=[old, _, *_])):
            kind = "merge"
        case n.Return(value=n.BinOp(op="|", left=old)):
            kind = "merge"
        case _:
            return None
    target = _target_in(facts, old, function) if isinstance(old, n.Name) else ""
    return Scan(RETURNED[kind], target) if target.startswith("parameter:") else None


def _is_by_key(facts: Facts, operation: Operation) -> bool:
    """Whether a search, if it is one, is for a given value of what an item has by itself, so that an index would do."""
    scan = operation.scan
    if scan is None or scan.loop.target is None:
        return True
    names = facts.effects.names_in(scan.key) - facts.effects.names_in(scan.loop.target)
    return not isinstance(scan.probe, n.Constant) and all(facts.inference.is_built_in(name) for name in names)


def _leaves_alone(facts: Facts, container: n.Expr, function: n.FunctionDef) -> bool:
    """Whether a function changes nothing about a container but its order, nor calls code that might."""
    for node in (inner for stmt in function.body for inner in own_nodes(stmt)):
        if facts.effects.is_opaque(node):
            return False
        if isinstance(node, type(container)) and facts.effects.same(node, container):
            around = facts.structure.parent.get(node)
            if isinstance(around, n.Assign) and node in around.targets:
                return False
            if changes(facts.inference, node) and not (isinstance(around, n.Attribute) and around.attr == "sort"):
                return False
    return True


def _is_unconditional(facts: Facts, place: Place, function: n.FunctionDef) -> bool:
    """Whether nothing but `with` and `try` stands between a place and its function."""
    stmt: n.Node = place.stmt
    for around in facts.structure.ancestors(stmt):
        if around is function:
            return True
        if not isinstance(around, (n.With, n.Try)):
            return False
    return False


def _grows_in_place(facts: Facts, operation: Operation) -> bool:
    """Whether `+=` changes the value itself, as it does a list, or replaces a value of the function's own."""
    if operation.spelling == "augmented" and facts.type_of(operation.container).name not in ("str", "bytes", "tuple"):
        return True
    return isinstance(operation.container, n.Name) and not facts.inference.is_shared(operation.container)


def _target_in(facts: Facts, container: n.Expr, function: n.FunctionDef) -> str:
    """How a caller names the container: a parameter by its position, a name or an attribute of the module."""
    if isinstance(container, n.Name):
        bindings = facts.inference.bindings(container)
        if bindings is None or all(b.place.scope is not facts.structure.scope_of[function] for b in bindings):
            return f"name:{container.id}"
        is_method = bool(function.params) and facts.type_of_parameter(function.params[0]).name.startswith("@")
        for position, parameter in enumerate(function.params):
            if len(bindings) == 1 and bindings[0].node is parameter:
                return f"parameter:{position - is_method}:{parameter.name}"
        return ""
    key = facts.inference.attribute_key(container)
    first = function.params[0].name if function.params else ""
    if (
        key
        and isinstance(container, n.Attribute)
        and isinstance(container.value, n.Name)
        and container.value.id == first
    ):
        return f"attribute:{key}"
    return ""


def _target_of(facts: Facts, call: n.Call, target: str, place: Place) -> n.Expr | None:
    """The container a helper works on, as seen from the call: an argument, or a node that stands in for a name."""
    what, _, name = target.partition(":")
    if what == "parameter":
        position, _, name = name.partition(":")
        if int(position) < len(call.args):
            return call.args[int(position)]
        return next((keyword.value for keyword in call.keywords if keyword.arg == name), None)
    stand_in: n.Expr
    if what == "name":
        stand_in, spelled = n.Name(call.start, call.end, name), name
    else:
        if not isinstance(call.func, n.Attribute):
            return None
        attr = name.rpartition(".")[2]
        stand_in = n.Attribute(call.start, call.end, call.func.value, attr)
        spelled = f"{facts.source(call.func.value)}.{attr}"
    facts.structure.stand_in(stand_in, spelled, place)
    return stand_in
