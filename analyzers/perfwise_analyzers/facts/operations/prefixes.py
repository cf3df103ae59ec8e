"""Reducing every prefix, or every suffix, of a sequence anew."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.inference import is_int
from perfwise_analyzers.facts.invariance import is_own
from perfwise_analyzers.facts.operations import Operation

if TYPE_CHECKING:
    from perfwise_analyzers.facts.facts import Facts

REDUCTIONS = frozenset(
    {
        "builtins.sum",
        "builtins.max",
        "builtins.min",
        "builtins.any",
        "builtins.all",
        "math.prod",
        "math.fsum",
        "statistics.mean",
        "statistics.fmean",
    }
)


def prefix(facts: Facts) -> Iterator[Operation]:
    """`sum(xs[:i])` and its like. `item` is the bound; `spelling` begins with "prefix" or "suffix"."""
    for call in facts.structure.all(n.Call):
        if facts.inference.callee(call) not in REDUCTIONS or not call.args:
            continue
        part = _part(facts, call.args[0])
        if part is not None and not _differs(facts, call, _worked_out(call.args[0])):
            container, bound, spelling = part
            yield Operation("prefix", call, container, facts.place(call), bound, spelling)
            continue
        match call.args[0]:
            case n.Comprehension(
                generators=[n.Generator(target=n.Name() as counter, iter=counted, ifs=ifs)], element=of
            ):
                found = _of_numbers(facts, call, counted, counter.id, [of, *ifs])
            case counted:
                found = _of_numbers(facts, call, counted, "", [])
        if found is not None:
            yield found
    for loop in facts.structure.all(n.For):
        found = _accumulating(facts, loop)
        if found is not None:
            yield found


def _part(facts: Facts, argument: n.Expr) -> tuple[n.Expr, n.Expr, str] | None:
    match argument:
        case n.Subscript(value=value, index=n.Slice(lower=lower, upper=upper, step=None)):
            if upper is not None and (lower is None or is_int(lower, 0)):
                return value, upper, "prefix"
            if lower is not None and upper is None:
                return value, lower, "suffix"
        case n.Call(args=[value, bound]) if facts.inference.callee(argument) == "itertools.islice":
            return value, bound, "prefix islice"
        case n.Comprehension(generators=[n.Generator(target=target, iter=iterated, ifs=[])], element=element):
            inner = _part(facts, iterated)
            if inner is not None:
                return inner[0], inner[1], f"{inner[2]} mapped"
            return _by_index(facts, target, iterated, element)
    return None


def _by_index(facts: Facts, target: n.Expr, iterated: n.Expr, element: n.Expr) -> tuple[n.Expr, n.Expr, str] | None:
    """`xs[j] for j in range(i)`."""
    match iterated:
        case n.Call(args=args) if facts.inference.callee(iterated) == "builtins.range" and args:
            if len(args) == 2 and not is_int(args[0], 0):
                return None
            for node in n.descendants(element):
                match node, target:
                    case n.Subscript(value=value, index=n.Name(id=index)), n.Name(id=name):
                        if index == name:
                            return value, args[1] if len(args) == 2 else args[0], "prefix indexed"
    return None


def _worked_out(argument: n.Expr) -> list[n.Expr]:
    match argument:
        case n.Comprehension(element=element, generators=[clause, *_]):
            return [element, *clause.ifs]
    return []


def _differs(facts: Facts, node: n.Node, parts: list[n.Expr], counter: str = "") -> bool:
    """Whether what is worked out of an item differs between the rounds of the loop around, as in a convolution."""
    loop = facts.place(node).loop
    if loop is None:
        return False
    read = [inner for part in parts for inner in n.descendants(part) if isinstance(inner, (n.Name, n.Attribute))]
    return any(
        getattr(inner, "id", "") != counter and (facts.varies(inner, loop) or facts.effects.changes_in(inner, loop))
        for inner in read
        if not is_own(facts, inner, node)
    )


def _of_numbers(facts: Facts, node: n.Node, counted: n.Expr, counter: str, parts: list[n.Expr]) -> Operation | None:
    """What is worked out of the numbers of `range(i)` alone, where i is what a loop around counts with."""
    match counted:
        case n.Call(args=[bound] | [n.Constant(), bound]) if facts.inference.callee(counted) == "builtins.range":
            pass
        case _:
            return None
    loop = facts.place(node).loop
    match bound, loop.target if loop is not None else None:
        case ((n.Name(id=name) | n.BinOp(left=n.Name(id=name), op=("+" | "-"), right=n.Constant())), n.Name(id=target)):
            if name != target or loop is None or loop.iter is None or not isinstance(loop.iter, n.Call):
                return None
        case _:
            return None
    if facts.inference.callee(loop.iter) != "builtins.range":
        return None
    if _differs(facts, node, parts, counter) or any(
        facts.effects.is_opaque(inner) for part in parts for inner in n.descendants(part)
    ):
        return None
    return Operation("prefix", node, loop.iter, facts.place(node), bound, "prefix counted")


def _accumulating(facts: Facts, loop: n.For) -> Operation | None:
    """An inner loop over a prefix whose body does nothing but add up, or keep the greatest or least."""
    match loop.body:
        case [n.AugAssign(op=("+" | "*"), target=n.Name(), value=element)]:
            pass
        case [n.Assign(targets=[n.Name(id=name)], value=n.BinOp(left=n.Name(id=left), op=("+" | "*"), right=element))]:
            if name != left:
                return None
        case [n.Assign(targets=[n.Name()], value=n.Call(args=[n.Name(), element]) as call)]:
            if facts.inference.callee(call) not in ("builtins.max", "builtins.min"):
                return None
        case [
            n.If(
                test=n.Compare(ops=[("<" | ">" | "<=" | ">=")]),
                body=[n.Assign(targets=[n.Name()], value=element)],
                orelse=[],
            )
        ]:
            pass
        case _:
            return None
    match loop.iter:
        case n.Subscript(value=value, index=n.Slice(lower=lower, upper=upper, step=None)):
            if upper is not None and (lower is None or is_int(lower, 0)):
                return Operation("prefix", loop, value, facts.place(loop), upper, "prefix loop")
            if lower is not None and upper is None:
                return Operation("prefix", loop, value, facts.place(loop), lower, "suffix loop")
            return None
    found = _by_index(facts, loop.target, loop.iter, element)
    if found is None:
        if not isinstance(loop.target, n.Name) or not _starts_anew(facts, loop):
            return None
        return _of_numbers(facts, loop, loop.iter, loop.target.id, [element])
    if _differs(facts, loop, [element], loop.target.id if isinstance(loop.target, n.Name) else ""):
        return None
    return Operation("prefix", loop, found[0], facts.place(loop), found[1], "prefix loop")


def _starts_anew(facts: Facts, loop: n.For) -> bool:
    """Whether what a loop adds up was set to a constant just before it, in each round of the loop around."""
    match loop.body[0]:
        case n.AugAssign(target=n.Name(id=name)) | n.Assign(targets=[n.Name(id=name)]):
            block, index = facts.place(loop).path[-1]
            return any(
                isinstance(before, n.Assign)
                and isinstance(before.value, n.Constant)
                and any(isinstance(target, n.Name) and target.id == name for target in before.targets)
                for before in facts.structure.blocks[block][:index]
            )
    return False
