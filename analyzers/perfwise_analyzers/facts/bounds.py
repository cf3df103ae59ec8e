"""Containers that the code keeps short: a window of the last ten, a cycle of three."""

from __future__ import annotations

from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.effects import Effects
from perfwise_analyzers.facts.inference import Inference
from perfwise_analyzers.facts.sizes import changes
from perfwise_analyzers.facts.structure import own_nodes


def is_capped(inference: Inference, effects: Effects, container: n.Expr) -> bool:
    """Whether the function around a container holds its length below a constant."""
    if not isinstance(container, (n.Name, n.Attribute)):
        return False
    structure = inference.structure
    place = structure.place.get(container)
    if place is None:
        return False
    nodes = [node for kind in (n.If, n.Delete, n.Assign) for node in structure.all(kind)]
    return any(
        structure.place[node].scope is place.scope and _caps(inference, effects, container, node) for node in nodes
    )


def _caps(inference: Inference, effects: Effects, container: n.Expr, node: n.Node) -> bool:
    match node:
        case n.If(
            test=n.Compare(left=n.Call(args=[measured]) as length, ops=[(">" | ">=" | "==")], comparators=[limit])
        ):
            if inference.callee(length) != "builtins.len" or not effects.same(measured, container):
                return False
            inner_nodes = [inner for stmt in node.body for inner in own_nodes(stmt)]
            if _is_named_limit(limit):
                return any(isinstance(inner, n.Raise) for inner in inner_nodes)
            return _is_limit(limit) and any(
                isinstance(inner, (n.Break, n.Return, n.Raise)) or _is_shortened(inference, effects, container, inner)
                for inner in inner_nodes
            )
        case n.Delete(targets=[n.Subscript(value=value, index=n.Slice(lower=lower, upper=None))]):
            return effects.same(value, container) and _is_limit(lower)
        case n.Assign(
            targets=[target], value=n.Subscript(value=value, index=n.Slice(lower=lower, upper=upper, step=None))
        ):
            if not (effects.same(target, container) and effects.same(value, container)):
                return False
            last = lower.operand if isinstance(lower, n.UnaryOp) and lower.op == "-" else None
            return (upper is None and _is_limit(last)) or (lower is None and _is_limit(upper))
        case n.Assign(targets=[target], value=n.Call(keywords=[n.Keyword(arg="maxlen", value=limit)])):
            return effects.same(target, container) and isinstance(limit, n.Constant) and limit.kind == "int"
    return False


def _is_named_limit(expr: n.Expr) -> bool:
    """Whether a name says that no more is meant to be: beyond `max_redirects` something has gone wrong."""
    name = expr.attr if isinstance(expr, n.Attribute) else expr.id if isinstance(expr, n.Name) else ""
    return name.lower().startswith("max_") or name.lower().endswith("_limit")


def _is_limit(expr: n.Expr | None) -> bool:
    return isinstance(expr, n.Constant) and isinstance(expr.value, int) and expr.value >= 2


def _is_shortened(inference: Inference, effects: Effects, container: n.Expr, node: n.Node) -> bool:
    return isinstance(node, type(container)) and effects.same(node, container) and changes(inference, node)
