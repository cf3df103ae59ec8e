"""Reducing every prefix, or every suffix, of a sequence anew."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from perfwise_analyzers.facts import nodes as n
from perfwise_analyzers.facts.inference import is_int
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
        if part is not None:
            container, bound, spelling = part
            yield Operation("prefix", call, container, facts.place(call), bound, spelling)
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
        return None
    return Operation("prefix", loop, found[0], facts.place(loop), found[1], "prefix loop")
