"""Whether an expression gives the same value in each round of a loop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.known import MUTATING, PURE_METHODS
from perfwise_analyzers.facts.sizes import changes
from perfwise_analyzers.facts.structure import Loop, Place

if TYPE_CHECKING:
    from perfwise_analyzers.facts.facts import Facts

_WAITING = frozenset({"builtins.input", "getpass.getpass", "time.sleep"})
_WAITING_METHODS = frozenset({"sleep", "accept", "recv", "recvfrom", "select", "poll"})


def unchanged_loops(facts: Facts, parts: list[n.Expr], place: Place, within: n.Node | None = None) -> list[Loop]:
    """The loops around a place in which all of these expressions give the same each time, innermost first.

    What is done with them inside of `within` is known to leave them as they are. Loops of a constant number of rounds
    do not count, nor those that wait in each, nor those that the place's branch leaves at once.
    """
    found: list[Loop] = []
    loop = place.loop
    while loop is not None:
        if (
            waits(facts, loop)
            or is_handling(facts, parts[0], loop)
            or any(is_changed(facts, part, loop, within) for part in parts)
        ):
            break
        if not facts.is_short(loop) and not facts.runs_once(place, loop):
            found.append(loop)
        loop = loop.parent
    return found


def is_changed(facts: Facts, expr: n.Expr, loop: Loop, within: n.Node | None = None) -> bool:
    """Whether the loop changes something the expression reads, or hands it to code that might."""
    within = within or expr
    for node in n.descendants(expr):
        if not isinstance(node, (n.Name, n.Attribute, n.Subscript)) or is_own(facts, node, expr):
            continue
        if facts.varies(node, loop):
            return True
        for use in facts.effects.changes_in(node, loop):
            around = facts.structure.parent.get(use)
            if not (isinstance(around, n.Attribute) and around.attr == "sort"):
                return True
        if isinstance(node, n.Name) and (
            _is_handed_on(facts, node, within, loop)
            or _has_bound_method(facts, node)
            or _is_changed_by_another_name(facts, node, loop)
            or _is_changed_elsewhere(facts, node, loop)
        ):
            return True
    return False


def is_own(facts: Facts, node: n.Expr, expr: n.Node) -> bool:
    """Whether a name belongs to a comprehension or lambda inside the expression."""
    while isinstance(node, (n.Attribute, n.Subscript)):
        node = node.value
    bindings = facts.inference.bindings(node) if isinstance(node, n.Name) else None
    return bool(bindings) and all(
        binding.region is not None and expr.start <= binding.region[0] and binding.region[1] <= expr.end
        for binding in bindings or ()
    )


def touches_items(facts: Facts, loop: Loop) -> bool:
    """Whether the loop may change attributes or parts of items that it holds by other names."""
    for node in facts.effects.inside(loop):
        match node:
            case n.Assign(targets=targets):
                pass
            case n.AugAssign(target=target) | n.AnnAssign(target=target):
                targets = [target]
            case n.ExprStmt(value=n.Call(func=n.Attribute(value=receiver)) as call):
                if facts.effects.is_opaque(call):
                    return True
                if isinstance(receiver, (n.Attribute, n.Subscript)):
                    return True
                continue
            case n.ExprStmt(value=n.Call() as call) if facts.effects.is_opaque(call):
                return True
            case _:
                continue
        for target in targets:
            if isinstance(target, n.Attribute):
                return True
            if isinstance(target, n.Subscript) and not (
                isinstance(target.value, n.Name) and facts.effects.is_private(target.value)
            ):
                return True
    return False


def _has_bound_method(facts: Facts, name: n.Name) -> bool:
    """Whether a method that changes the container goes by a name of its own: `add = xs.append`."""
    for use in facts.place(name).scope.uses.get(name.id, ()):
        around = facts.structure.parent.get(use)
        if isinstance(around, n.Attribute) and around.attr in MUTATING and not changes(facts.inference, use):
            return True
    return False


def _is_changed_by_another_name(facts: Facts, name: n.Name, loop: Loop) -> bool:
    """Whether the loop changes the object by a name it was taken from or given to: `todo = self.todo`."""
    others: list[n.Expr] = []
    for assign in facts.structure.all(n.Assign):
        if facts.place(assign).scope is not facts.place(name).scope:
            continue
        for target in assign.targets:
            if facts.effects.same(target, name) and isinstance(assign.value, (n.Name, n.Attribute)):
                others.append(assign.value)
            elif facts.effects.same(assign.value, name) and isinstance(target, (n.Name, n.Attribute)):
                others.append(target)
    return any(facts.effects.changes_in(other, loop) for other in others)


def _is_changed_elsewhere(facts: Facts, name: n.Name, loop: Loop) -> bool:
    """Whether other functions change the object, which the loop might call."""
    summary = facts.environment.lookup(name.id) if facts.inference.is_free(name) else None
    if summary is not None and summary.mutated:
        return facts.effects.opaque(loop)
    scope = facts.place(name).scope
    return any(
        changes(facts.inference, use)
        for other in facts.structure.scopes
        if other is not scope and name.id not in other.bindings
        for use in other.uses.get(name.id, ())
    ) and facts.effects.opaque(loop)


def _is_handed_on(facts: Facts, name: n.Name, within: n.Node, loop: Loop) -> bool:
    """Whether code that is called outside of `within` is given the object, and might change it."""
    for node in facts.effects.inside(loop):
        if not isinstance(node, n.Call) or not facts.effects.is_opaque(node):
            continue
        if within.start <= node.start and node.end <= within.end:
            continue
        for inner in (node.func, *node.args, *(keyword.value for keyword in node.keywords)):
            uses = [use for use in n.descendants(inner) if isinstance(use, n.Name) and facts.effects.same(use, name)]
            if any(not within.start <= use.start < within.end for use in uses):
                return True
    return False


def stands_in_each_round(facts: Facts, stmt: n.Stmt, loop: Loop) -> bool:
    """Whether nothing but `with` and the body of a `try` stands between a statement and the loop's body."""
    for block, index in reversed(facts.place(stmt).path):
        if block == loop.body_block:
            return True
        inner = facts.structure.blocks[block][index]
        around = facts.structure.parent.get(inner)
        if not (isinstance(around, n.With) or (isinstance(around, n.Try) and inner in around.body)):
            return False
    return False


def is_handling(facts: Facts, node: n.Node, loop: Loop) -> bool:
    """Whether a node runs only when something has failed in the loop, which is seldom in each round."""
    return any(isinstance(around, n.Handler) and loop.encloses(around) for around in facts.structure.ancestors(node))


def waits(facts: Facts, loop: Loop) -> bool:
    """Whether a loop waits for a person, a clock or the network in its rounds, beside which nothing else counts."""
    for node in facts.effects.inside(loop):
        if isinstance(node, n.Call):
            attr = node.func.attr if isinstance(node.func, n.Attribute) else ""
            if attr in _WAITING_METHODS or facts.inference.callee(node) in _WAITING:
                return True
    return False


def is_only_read(facts: Facts, made: n.Expr) -> bool:
    """Whether what an expression makes is neither changed nor kept, so that all rounds of a loop may share one."""
    around = facts.structure.parent.get(made)
    match around:
        case n.Attribute(attr=method):
            return method in PURE_METHODS
        case n.Assign(targets=[n.Name() as name], value=value) if value is made:
            place = facts.place(made)
            uses = place.scope.uses.get(name.id, ())
            return place.loop is not None and not any(
                facts.effects.escapes(use) or facts.effects.changes_in(use, place.loop) for use in uses
            )
    return not facts.effects.escapes(made)
