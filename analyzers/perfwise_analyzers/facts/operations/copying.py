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
    """`container` is filled from `item`; `spelling` is "append", "add" or "entries" (of one dict into another).

    Left out are loops whose variables are used after them, and those that fill what they go through.
    """
    for loop in facts.structure.all(n.For):
        if loop.orelse or loop.is_async:
            continue
        found = _copied(loop)
        if found is None:
            continue
        out, copied, spelling = found
        targets = facts.effects.names_in(loop.target)
        read = facts.effects.names_in(out) | facts.effects.names_in(copied)
        if targets & read or facts.effects.names_in(copied) & facts.effects.names_in(out):
            continue
        if not any(facts.structure.is_used_after(name, loop) for name in targets):
            yield Operation("copy", loop, out, facts.place(loop), copied, spelling)


def is_built_in(facts: Facts, copied: n.Expr) -> bool:
    """Whether going through a container runs no code that might look at another meanwhile."""
    return facts.type_of(copied).name in _BUILT_IN


def _copied(loop: n.For) -> tuple[n.Expr, n.Expr, str] | None:
    match loop.target, loop.body:
        case (
            n.Name(id=item),
            [
                n.ExprStmt(
                    value=n.Call(
                        func=n.Attribute(value=out, attr=("append" | "add") as method),
                        args=[n.Name(id=put)],
                        keywords=[],
                    )
                )
            ],
        ) if put == item:
            return out, loop.iter, method
        case (
            n.Tuple(elts=[n.Name(id=key), n.Name(id=value)]),
            [n.Assign(targets=[n.Subscript(value=out, index=n.Name(id=at))], value=n.Name(id=put))],
        ) if (at, put) == (key, value):
            match loop.iter:
                case n.Call(func=n.Attribute(value=copied, attr="items"), args=[], keywords=[]):
                    return out, copied, "entries"
    return None
