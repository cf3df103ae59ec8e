"""What the rules on arrays and on frames that grow in a loop have in common."""

from __future__ import annotations

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.operations import Operation
from perfwise_analyzers.facts.structure import Loop
from perfwise_analyzers.finding import Fix
from perfwise_analyzers.fixing.draft import Draft, base_name, leaves


def growing_loops(facts: Facts, operation: Operation) -> list[Loop]:
    """The loops, innermost first, that make the container ever longer: setting it to nothing else but a start."""
    found: list[Loop] = []
    grows = {each.node for each in facts.operations("array-growth")}
    loop = operation.place.loop
    while loop is not None:
        for setter in _setters(facts, operation.container, loop):
            if setter not in grows and not _is_start(facts, setter, operation.container):
                return found
        if any(_is_read(facts, node, operation.container, grows) for node in facts.effects.inside(loop)):
            return found
        if not facts.is_short(loop) and not facts.runs_once(operation.place, loop):
            found.append(loop)
        loop = loop.parent
    return found


def _setters(facts: Facts, container: n.Expr, loop: Loop) -> list[n.Stmt]:
    """The statements of a loop that give the container, or what holds it, another value."""
    found = [
        binding.place.stmt
        for name in facts.effects.names_in(container) & loop.scope.bindings.keys()
        for binding in loop.scope.bindings[name]
        if binding.loop is loop or (binding.region is None and loop.encloses(binding.node))
    ]
    found += [
        node
        for node in facts.effects.inside(loop)
        if isinstance(node, n.Assign) and any(facts.effects.same(target, container) for target in node.targets)
    ]
    return found


def _is_read(facts: Facts, node: n.Node, container: n.Expr, grows: set[n.Node]) -> bool:
    """Whether the node reads what is in the container, so that it is needed before the loop ends."""
    if not isinstance(node, type(container)) or not facts.effects.same(node, container):
        return False
    place = facts.structure.place.get(node)
    around = facts.structure.parent.get(node)
    if place is None or place.stmt in grows or isinstance(around, (n.Assign, n.If, n.UnaryOp, n.BoolOp)):
        return False
    if isinstance(around, n.Compare):
        return around.ops not in (["is"], ["is not"])
    if isinstance(around, n.Attribute):
        return around.attr not in ("shape", "size", "empty", "ndim", "columns")
    return not (isinstance(around, n.Call) and facts.inference.callee(around) == "builtins.len")


def _is_start(facts: Facts, stmt: n.Stmt, container: n.Expr) -> bool:
    """Whether the statement is made once: in a branch that asks for the container, as `if array is None` does."""
    around = facts.structure.parent.get(stmt)
    return isinstance(around, n.If) and any(
        isinstance(node, type(container)) and facts.effects.same(node, container)
        for node in n.descendants(around.test)
        if isinstance(node, n.Expr)
    )


def collected(facts: Facts, operation: Operation, loops: list[Loop], joiner: str, *arguments: str) -> Fix | None:
    """The fix that collects the parts in a list and joins them once after the outermost of the loops."""
    container, item, outer = operation.container, operation.item, loops[-1]
    stmt = operation.node
    if not isinstance(stmt, n.Assign) or not isinstance(container, n.Name) or item is None:
        return None
    if (
        not isinstance(outer.node, (n.For, n.While))
        or outer.node.orelse
        or leaves(outer)
        or stmt.value is not operation.call
    ):
        return None
    mentions = [
        node for node in facts.effects.inside(outer) if isinstance(node, n.Name) and facts.effects.same(node, container)
    ]
    if len(mentions) != 2:
        return None
    draft = Draft(facts)
    source = facts.source(container)
    parts = draft.fresh(f"{base_name(container)}_parts")
    draft.before(outer.stmt, f"{parts} = [{source}]")
    if isinstance(item, (n.List, n.Tuple)) and operation.spelling != "numpy.append":
        first, *added = item.elts
        if not facts.effects.same(first, container) or not added:
            return None
        texts = [facts.source(each) for each in added]
        draft.replace(stmt, f"{parts}.append({texts[0]})" if len(texts) == 1 else f"{parts} += [{', '.join(texts)}]")
    else:
        draft.replace(stmt, f"{parts}.append({facts.source(item)})")
    draft.after(outer.stmt, f"{source} = {joiner}({', '.join([parts, *arguments])})")
    reason = f"`{source}` may get another type of elements, and is a new object also where the loop makes no round."
    return draft.fix("verify", f"Collect the parts of `{source}` and join them after the loop", reason)
