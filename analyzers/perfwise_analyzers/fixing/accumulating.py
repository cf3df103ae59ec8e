"""Loops that do nothing but add to one sum or text, and the single statement that could take their place."""

from __future__ import annotations

from collections.abc import Callable

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.fixing.draft import Draft, used_after


def addition(facts: Facts, loop: n.For) -> tuple[n.Name | n.Attribute, n.Expr] | None:
    """What a loop adds to, and what it adds in each round, where it does no more and neither reads the other."""
    match loop:
        case n.For(body=[n.AugAssign(target=total, op="+", value=value)], orelse=[], is_async=False):
            pass
        case n.For(
            body=[n.Assign(targets=[total], value=n.BinOp(left=left, op="+", right=value))], orelse=[], is_async=False
        ) if facts.effects.same(total, left):
            pass
        case _:
            return None
    if not isinstance(total, (n.Name, n.Attribute)):
        return None
    names = facts.effects.names_in(loop.target)
    if isinstance(total, n.Name) and total.id in names | facts.effects.names_in(loop.iter) | facts.effects.names_in(
        value
    ):
        return None
    return None if any(used_after(facts, name, loop) for name in names) else (total, value)


def starts_as(facts: Facts, total: n.Expr) -> set[str]:
    """The names of the types that what is added to has before anything is added."""
    kind = facts.type_of(total)
    if kind.known or not isinstance(total, n.Name):
        return {kind.name}
    return {
        (facts.inference.binding_type(binding) or kind).name
        for binding in facts.inference.bindings(total) or ()
        if binding.kind != "augmented"
        and not (isinstance(binding.value, n.BinOp) and total.id in facts.effects.names_in(binding.value))
    }


def at_once(facts: Facts, loop: n.For, total: n.Expr, added: str, is_empty: Callable[[n.Expr], bool]) -> Draft | None:
    """The draft that adds all at once, and instead of adding to what the statement before sets to nothing, sets it."""
    if "#" in facts.source(loop) and "#" not in added:
        return None
    draft = Draft(facts)
    block, index = facts.place(loop).path[-1]
    match facts.structure.blocks[block][index - 1] if index else None:
        case (
            n.Assign(targets=[target], value=n.Expr() as empty) | n.AnnAssign(target=target, value=n.Expr() as empty)
        ) as before if (
            facts.effects.same(target, total)
            and is_empty(empty)
            and empty.end == before.end
            and not facts.text[before.end : loop.start].strip()
        ):
            draft.edit(before.start, loop.end, facts.text[before.start : empty.start] + added)
        case _:
            draft.edit(loop.start, loop.end, f"{facts.source(total)} += {added}")
    return draft
