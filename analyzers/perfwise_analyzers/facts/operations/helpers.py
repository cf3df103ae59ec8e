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


def through_helpers(facts: Facts, kind: str) -> Iterator[Operation]:
    """Calls, in a loop, of functions of the module that do the operation each time they are called.

    Of several such calls in one loop on one container the first speaks for all.
    """
    told: set[tuple[str, str, Loop | None]] = set()
    for call in facts.structure.all(n.Call):
        place = facts.place(call)
        if place.loop is None:
            continue
        name, scans = _scans_of(facts, call)
        for scan in scans:
            if scan.operation != kind:
                continue
            container = _target_of(facts, call, scan.target, place)
            if container is None:
                continue
            outermost = list(facts.structure.loops_around(call))[-1]
            case = (name, facts.source(container), outermost)
            if case not in told:
                told.add(case)
                yield Operation(kind, call, container, place, None, "helper", helper=name)


def _scans_of(facts: Facts, call: n.Call) -> tuple[str, tuple[Scan, ...]]:
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
            return name, scans_in(facts, bindings[0].value)
    elif isinstance(func, n.Attribute):
        name = func.attr
        key = facts.inference.attribute_key(func)
        summary = facts.environment.lookup(key) if key else None
    return name, summary.scans if summary is not None and summary.kind == "function" else ()


def scans_in(facts: Facts, function: n.FunctionDef) -> tuple[Scan, ...]:
    """What a function does to containers of its callers or its module each time it is called.

    Only what is done outside of loops counts: a search in a loop of the function's own is its own to be told of.
    """
    found: dict[Scan, None] = {}
    scope = facts.structure.scope_of[function]
    for kind in KINDS:
        for operation in direct_operations(kind, facts):
            if operation.place.scope is not scope or operation.place.loop is not None:
                continue
            if not _is_unconditional(facts, operation, function):
                continue
            if kind in ("sort", "reduction") and operation.item is not None:
                continue  # A key, or a condition, may read what differs from call to call.
            if kind in ("sort", "reduction") and not _leaves_alone(facts, operation.container, function):
                continue
            if not facts.is_long(operation.container):
                continue
            target = _target_in(facts, operation.container, function)
            if target and not (kind == "concatenation" and _grows_in_place(facts, operation)):
                found[Scan(kind, target)] = None
    return tuple(found)


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


def _is_unconditional(facts: Facts, operation: Operation, function: n.FunctionDef) -> bool:
    """Whether nothing but `with` and `try` stands between the operation and its function."""
    stmt: n.Node = operation.place.stmt
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
                return f"parameter:{position - is_method}"
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
        position = int(name)
        return call.args[position] if position < len(call.args) else None
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
