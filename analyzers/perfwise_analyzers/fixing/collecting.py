"""Writing a fix: a text grown piece by piece becomes a list of its pieces, joined once after the loop."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.operations import Operation
from perfwise_analyzers.facts.structure import Loop
from perfwise_analyzers.fixing.draft import Draft, base_name, is_tried, leaves


def collected(facts: Facts, operation: Operation, loops: list[Loop], empty: str) -> Draft | None:
    """The draft, or None where the text is read while it grows, or the loop can be left with it half made.

    `empty` is the literal that joins the pieces. A text that grows at its front is joined from the last piece on.
    """
    container, item, outer = operation.container, operation.item, loops[-1]
    if item is None or operation.spelling not in ("augmented", "plus", "prefix"):
        return None
    if not isinstance(outer.node, (n.For, n.While)) or leaves(outer) or outer.node.orelse:
        return None
    inside = facts.effects.inside(outer)
    others = [node for node in inside if isinstance(node, type(container)) and facts.effects.same(node, container)]
    if operation.node not in inside or len(others) > (1 if operation.spelling == "augmented" else 2):
        return None
    draft = Draft(facts)
    source = facts.source(container)
    parts = draft.fresh(f"{base_name(container)}_parts")
    draft.before(outer.stmt, f"{parts} = [{source}]")
    draft.replace(operation.node, f"{parts}.append({facts.source(item)})")
    joined = f"reversed({parts})" if operation.spelling == "prefix" else parts
    draft.after(outer.stmt, f"{source} = {empty}.join({joined})")
    return draft


def why_seen(facts: Facts, operation: Operation) -> str:
    """Why it could be noticed that the text does not grow until the loop ends; "" where it cannot."""
    container = operation.container
    scope = facts.place(container).scope
    if (
        not isinstance(container, n.Name)
        or scope.kind != "function"
        or facts.inference.is_shared(container)
        or any(other is not scope and container.id in other.uses for other in facts.structure.scopes)
    ):
        return f"Until the loop ends, `{facts.source(container)}` would hold its old text."
    return "An exception in the loop would leave the old text." if is_tried(facts, operation.node) else ""


def grown_type(facts: Facts, operation: Operation) -> str:
    """The name of the type of what grows: that of what it starts as, where the additions do not tell theirs."""
    container, item = operation.container, operation.item
    kind = facts.type_of(container)
    if kind.known:
        return kind.name
    bindings = facts.inference.bindings(container) if isinstance(container, n.Name) else None
    grows = {op.node for op in facts.operations(operation.kind) if facts.effects.same(op.container, container)}
    starts = {
        (facts.inference.binding_type(binding) or kind).name
        for binding in bindings or ()
        if facts.structure.parent.get(binding.node) not in grows
    }
    if len(starts) == 1:
        return starts.pop()
    return facts.type_of(item).name if item is not None and not starts else "unknown"


def first_of_each(facts: Facts, operations: Iterable[Operation]) -> Iterator[tuple[Operation, list[Loop]]]:
    """The operations that make one container grow in loops, with the loops: of several in one loop the first."""
    told: list[tuple[n.Expr, Loop]] = []
    for operation in operations:
        loops = facts.growing_loops(operation)
        if not loops or any(loops[-1] is loop and facts.effects.same(operation.container, c) for c, loop in told):
            continue
        told.append((operation.container, loops[-1]))
        yield operation, loops
