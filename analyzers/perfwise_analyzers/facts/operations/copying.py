"""Loops that do nothing but put each item of one container into another, as it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.operations import Operation

if TYPE_CHECKING:
    from perfwise_analyzers.facts.facts import Facts

# Going through one of these runs no code of the user's.
_BUILT_IN = frozenset({"list", "tuple", "str", "range", "set", "dict", "keys", "values", "items", "bytes", "deque"})


def copy(facts: Facts) -> Iterator[Operation]:
    """`container` is filled from `item` by the loop `node`; `spelling` is "append", "add" or "entries" (into a dict).

    Left out are loops whose variables are used after them, and those that fill what they go through. A comprehension
    that only copies is a "list-display" or "dict-display", whose `container` is what it copies.
    """
    for loop in facts.structure.all(n.For):
        if loop.orelse or loop.is_async or len(loop.body) != 1:
            continue
        found = _filled(facts, loop)
        if found is None:
            continue
        out, copied, spelling = found
        targets = facts.effects.names_in(loop.target)
        read = facts.effects.names_in(out) | facts.effects.names_in(copied)
        if targets & read or facts.effects.names_in(copied) & facts.effects.names_in(out):
            continue
        if not any(facts.structure.is_used_after(name, loop) for name in targets):
            yield Operation("copy", loop, out, facts.place(loop), copied, spelling)
    for display in facts.structure.all(n.Comprehension):
        match display:
            case n.Comprehension(
                kind="list", element=n.Name(id=item), generators=[n.Generator(target=n.Name(id=name), ifs=[]) as clause]
            ) if item == name and not clause.is_async:
                yield Operation("copy", display, clause.iter, facts.place(display), None, "list-display")
            case n.Comprehension(
                kind="dict",
                element=n.Name(id=key),
                value=n.Name(id=value),
                generators=[
                    n.Generator(
                        target=n.Tuple(elts=[n.Name(id=first), n.Name(id=second)]),
                        iter=n.Call(func=n.Attribute(value=held, attr="items"), args=[]),
                        ifs=[],
                    )
                ],
            ) if (key, value) == (first, second):
                yield Operation("copy", display, held, facts.place(display), None, "dict-display")


def is_built_in(facts: Facts, copied: n.Expr) -> bool:
    """Whether going through a container runs no code that might look at another meanwhile."""
    return facts.type_of(copied).name in _BUILT_IN


def _filled(facts: Facts, loop: n.For) -> tuple[n.Expr, n.Expr, str] | None:
    """What a loop fills, from what, and how."""
    match loop.body[0]:
        case n.ExprStmt(
            value=n.Call(func=n.Attribute(value=out, attr=("append" | "add") as method), args=[put], keywords=[])
        ):
            copied = _gone_through(facts, loop, put)
            return (out, copied, method) if copied is not None else None
        case n.AugAssign(target=out, op="+", value=n.List(elts=[put])):
            copied = _gone_through(facts, loop, put)
            return (out, copied, "append") if copied is not None else None
        case n.Assign(targets=[n.Subscript(value=out, index=n.Name(id=at))], value=put):
            copied = _entries(facts, loop, at, put)
            return (out, copied, "entries") if copied is not None else None
    return None


def _gone_through(facts: Facts, loop: n.For, put: n.Expr) -> n.Expr | None:
    """The container whose items a loop goes through, in order, if what is put is the item."""
    match loop.target, put:
        case n.Name(id=item), n.Name(id=name) if item == name:
            return loop.iter
        case n.Name(id=index), n.Subscript(value=held, index=n.Name(id=name)) if index == name:
            match loop.iter:
                case n.Call(args=[n.Call(args=[measured]) as length]) as ranged:
                    if (
                        facts.inference.callee(ranged) == "builtins.range"
                        and facts.inference.callee(length) == "builtins.len"
                        and facts.effects.same(measured, held)
                    ):
                        return held
    return None


def _entries(facts: Facts, loop: n.For, at: str, put: n.Expr) -> n.Expr | None:
    """The dict, or the pairs, whose entries a loop goes through, if it sets each entry as it is."""
    match loop.target, put:
        case n.Tuple(elts=[n.Name(id=key), n.Name(id=value)]), n.Name(id=name) if (key, value) == (at, name):
            match loop.iter:
                case n.Call(func=n.Attribute(value=held, attr="items"), args=[], keywords=[]):
                    return held
            return loop.iter
        case n.Name(id=key), n.Subscript(value=held, index=n.Name(id=name)) if key == at == name:
            return held if facts.effects.same(held, loop.iter) else None
    return None
