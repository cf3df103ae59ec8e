"""Containers that grow by being replaced by themselves with more: whether they could as well grow in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.known import MUTATING
from perfwise_analyzers.facts.operations import Operation
from perfwise_analyzers.facts.structure import Loop

if TYPE_CHECKING:
    from perfwise_analyzers.facts.facts import Facts


def is_kept(facts: Facts, container: n.Expr, loop: Loop) -> bool:
    """Whether the loop keeps what each round made somewhere, so that each has to be one of its own."""
    for node in facts.effects.inside(loop):
        if not isinstance(node, type(container)) or node is container or not facts.effects.same(node, container):
            continue
        match facts.structure.parent.get(node):
            case n.Call(func=n.Attribute(attr=method)) as call if node in call.args:
                if method in MUTATING:
                    return True
            case n.Yield() | n.Tuple() | n.List() | n.Dict() | n.Keyword():
                return True
            case n.Assign(value=value):
                if value is node:
                    return True
    return False


def is_own(facts: Facts, operation: Operation, outer: Loop) -> bool:
    """Whether nothing else holds what grows while it does, and no loop goes through it meanwhile."""
    container = operation.container
    if not isinstance(container, n.Name):
        return False
    bindings = facts.inference.bindings(container)
    scope = facts.place(container).scope
    if not bindings or scope.kind != "function":
        return False
    grows = {op.node for op in facts.operations(operation.kind) if facts.effects.same(op.container, container)}
    for binding in scope.bindings[container.id]:
        if binding.kind == "augmented" or facts.structure.parent.get(binding.node) in grows:
            continue
        if (
            binding.kind != "assign"
            or not isinstance(binding.value, n.Expr)
            or not facts.effects.is_fresh(binding.value)
        ):
            return False
    if any(other is not scope and container.id in other.uses for other in facts.structure.scopes):
        return False
    for use in scope.uses.get(container.id, ()):
        if use.start >= outer.end:
            continue
        stmt = next((around for around in facts.structure.ancestors(use) if isinstance(around, n.Stmt)), None)
        if stmt not in grows and (facts.effects.escapes(use) or _is_iterated(facts, use)):
            return False
    return True


def _is_iterated(facts: Facts, use: n.Expr) -> bool:
    around = facts.structure.parent.get(use)
    return isinstance(around, (n.For, n.Generator)) and around.iter is use
