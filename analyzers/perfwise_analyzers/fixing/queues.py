"""Writing a fix: a list becomes a deque, where it is made and wherever it is used."""

from __future__ import annotations

from collections.abc import Iterable

from perfwise_analyzers.facts import Facts
from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.uses import Use, annotated_list
from perfwise_analyzers.fixing.draft import Draft


def as_deque(facts: Facts, draft: Draft, uses: Iterable[n.Expr]) -> None:
    """Adapts these uses of one list. Spoils the draft if one of them a deque has no answer to."""
    adapted = [(use, kind) for use in uses if (kind := facts.uses.of(use)) != "alike"]
    deque = draft.imported("collections", "deque") if any(kind == "made" for _, kind in adapted) else ""
    for use, kind in adapted:
        _adapt(facts, draft, use, kind, deque)


def everywhere(facts: Facts, key: str) -> Draft:
    """The part of a fix in one segment: every use of "Class.attribute", or of a name of the module, adapted."""
    draft = Draft(facts)
    as_deque(facts, draft, [use for use, _ in facts.uses.everywhere(key) if use is not None])
    return draft


def _adapt(facts: Facts, draft: Draft, use: n.Expr, kind: Use, deque: str) -> None:
    around = facts.structure.parent.get(use)
    match kind, around:
        case "taken", (n.Attribute() | n.Subscript()):
            draft.replace(facts.structure.parent[around], f"{facts.source(use)}.popleft()")
        case "put", n.Attribute():
            # Only what stands before the item changes: inside it, the list may be used again.
            call = facts.structure.parent[around]
            if isinstance(call, n.Call):
                if "#" in facts.text[use.end : call.args[1].start]:
                    draft.spoiled = True
                draft.edit(use.end, call.args[1].start, ".appendleft(")
        case "made", (n.Assign(value=n.Expr() as value) | n.AnnAssign(value=n.Expr() as value)):
            _make(facts, draft, value, deque)
            if isinstance(around, n.AnnAssign) and (name := annotated_list(around)) is not None:
                draft.replace(name, deque)
        case "raising", _:
            pass
        case _:
            draft.spoiled = True


def _make(facts: Facts, draft: Draft, value: n.Expr, deque: str) -> None:
    match value:
        case n.List(elts=[]):
            draft.replace(value, f"{deque}()")
        case n.Call(args=args) if facts.inference.callee(value) == "builtins.list":
            draft.replace(value, f"{deque}({', '.join(map(facts.source, args))})")
        case _:
            draft.edit(value.start, value.start, f"{deque}(")
            draft.edit(value.end, value.end, ")")
